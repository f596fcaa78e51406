/**
 * Standard runs over terms.
 *
 * @module
 */
import type { Algebra } from '../../model/algebra/algebra.ts';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { runStandard, type StandardOptions, type StandardRun } from '../../model/modes/standard.ts';

/** 1 January 2026, in seconds since 1900. */
const start = 3_976_214_400n;

/** A standard run over a universe of terms of its own, and the algebra of that universe. */
export function termRun(options: StandardOptions = {}): StandardRun<Term> & { readonly algebra: Algebra<Term> } {
  const terms = new Terms();
  const algebra = termAlgebra(terms);
  return { algebra, ...runStandard({ algebra, sourceOf: termSources(terms, start << 32n) }, options) };
}
