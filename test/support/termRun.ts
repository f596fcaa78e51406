/**
 * Runs over terms.
 *
 * @module
 */
import type { Algebra } from '../../model/algebra/algebra.ts';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { termInfrastructure } from '../../model/check/termInfrastructure.ts';
import type { Interpretation } from '../../model/modes/network.ts';
import { play, type Played } from '../../model/modes/play.ts';
import type { Scenario } from '../../model/modes/scenario.ts';
import { runStandard, type StandardOptions, type StandardRun } from '../../model/modes/standard.ts';

/** 1 January 2026, in seconds since 1900. */
const start = 3_976_214_400n << 32n;

/** A universe of terms of its own. */
export function termInterpretation(): Interpretation<Term> {
  const terms = new Terms();
  return {
    algebra: termAlgebra(terms),
    sourceOf: termSources(terms, start),
    infrastructure: () => termInfrastructure(terms, start),
  };
}

/** A standard run over a universe of terms of its own, and the algebra of that universe. */
export function termRun(options: StandardOptions = {}): StandardRun<Term> & { readonly algebra: Algebra<Term> } {
  const interpretation = termInterpretation();
  return { algebra: interpretation.algebra, ...runStandard(interpretation, options) };
}

/** A scenario that was played over a universe of terms of its own, and the algebra of that universe. */
export function termPlay(scenario: Scenario): Played<Term> & { readonly algebra: Algebra<Term> } {
  const interpretation = termInterpretation();
  return { algebra: interpretation.algebra, ...play(interpretation, scenario) };
}
