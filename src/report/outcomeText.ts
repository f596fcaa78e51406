/**
 * What came out of the calls of a run, in words.
 *
 * @module
 */
import type { CallOutcome } from '../../model/modes/outcome.ts';

/** What came out of a call. */
export interface OutcomeWords {
  readonly headline: string;
  /** Who turned what down, and why. */
  readonly refusals: readonly string[];
  readonly asExpected: boolean;
}

/** The outcomes of a run, in the order of its calls. */
export function outcomeWords(outcomes: readonly CallOutcome[]): readonly OutcomeWords[] {
  return outcomes.map(({ caller, callee, answered, refusals, asExpected }, index) => {
    const number = outcomes.length > 1 ? `Call ${index + 1}: ` : '';
    const who = answered.length === 0 ? 'nobody' : answered.join(', ');
    return {
      headline: `${number}${caller} calls ${callee}: keys with ${who}`,
      refusals: refusals.map(({ party, check, reason }) => `${party} turns it down (${check}): ${reason}`),
      asExpected,
    };
  });
}
