/**
 * Runs of the model over bytes: the real algebra, real randomness, or an explicit seed for what must be repeatable.
 *
 * @module
 */
import type { Algebra } from '../../model/algebra/algebra.ts';
import { runStandard, type StandardOptions, type StandardRun } from '../../model/modes/standard.ts';
import type { Intercept, Interpretation } from '../../model/modes/network.ts';
import { play, type Played } from '../../model/modes/play.ts';
import type { Scenario } from '../../model/modes/scenario.ts';
import { createByteAlgebra } from '../crypto/byteAlgebra.ts';
import { csprngSource, seededSource, steppingClock, systemClock } from '../crypto/random.ts';
import { instantOfUnixMillis } from '../wire/time.ts';
import { faultyNetwork } from '../scenario/faults.ts';
import { analyse, type Analysis } from './analysis.ts';
import { costBooks, type RunCost } from './cost.ts';
import { createInfrastructure } from './infrastructure.ts';

/** A run and what it shows. */
export interface AnalysedRun {
  readonly run: StandardRun<Uint8Array>;
  readonly analysis: Analysis;
}

/** A scenario that was played over bytes, and what it shows. */
export interface AnalysedPlay {
  readonly played: Played<Uint8Array>;
  readonly analysis: Analysis;
  readonly cost: RunCost;
}

/** The algebra that all runs share: it has no state. */
export const bytes: Algebra<Uint8Array> = createByteAlgebra();

/** When seeded runs take place: 2026-01-01T00:00:00Z, one thousandth of a second passing at each look at the clock. */
const seededStart = Date.UTC(2026, 0, 1);

/**
 * Where runs get randomness and time from.
 *
 * @param seed - undefined: the CSPRNG and the system clock. A text: a deterministic generator and a clock of its own, for vectors and
 *   repeatable reports only; such keys are worth nothing.
 */
export function interpretation(seed?: string): Interpretation<Uint8Array> {
  if (seed === undefined) {
    const now = instantOfUnixMillis(Date.now());
    return {
      algebra: bytes,
      sourceOf: () => csprngSource(systemClock()),
      infrastructure: () => createInfrastructure(now, false),
    };
  }
  const clock = steppingClock(seededStart);
  const sources = new Map<string, ReturnType<typeof seededSource>>();
  return {
    algebra: bytes,
    sourceOf: (party) => {
      const source = sources.get(party) ?? seededSource(seed, party, clock);
      sources.set(party, source);
      return source;
    },
    infrastructure: () => createInfrastructure(instantOfUnixMillis(seededStart), true),
  };
}

/**
 * Runs the standard flow and analyses it.
 *
 * @param seed - see {@link interpretation}
 */
export function runAndAnalyse(options: StandardOptions, seed?: string): AnalysedRun {
  const run = runStandard(interpretation(seed), options);
  return { run, analysis: analyse(bytes, run.trace) };
}

/**
 * Plays a scenario with its faults, counts what it costs, and analyses it.
 *
 * @param seed - see {@link interpretation}
 * @throws RangeError if the scenario names somebody or something that does not exist
 * @throws ImpossibleStep with the path into the scenario, if a step or a fault turns out to be impossible
 */
export function playAndAnalyse(scenario: Scenario, seed?: string): AnalysedPlay {
  const faults = faultyNetwork(scenario.faults ?? []);
  const books = costBooks(interpretation(seed), scenario);
  const { afterStep } = books;
  const intercept: Intercept<Uint8Array> = (hop) => {
    books.onMessage();
    return faults.intercept(hop);
  };
  const played = play(books.interpretation, scenario, { intercept, afterStep });
  faults.finish();
  return { played, analysis: analyse(bytes, played.trace), cost: books.cost(played.trace) };
}
