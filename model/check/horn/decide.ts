/**
 * One call from a theory to verdicts.
 *
 * @module
 */
import type { Goal, Theory } from './clauses.ts';
import { decideGoal } from './prove/decideGoal.ts';
import { saturate, type ProverOptions, type ProverStats } from './prove/saturate.ts';
import type { Verdict } from './prove/verdict.ts';

/** Verdicts on the goals of a theory. */
export interface Decision {
  /** Of the saturation, which all goals share. */
  readonly saturation: ProverStats;
  readonly verdicts: readonly Verdict[];
}

/**
 * Decides goals of a theory.
 *
 * @throws RangeError if the theory is not well formed, or the attacker can derive everything, so that no verdict would mean anything
 */
export function decide(theory: Theory, goals: readonly Goal[], options: ProverOptions = {}): Decision {
  const saturation = saturate(theory, options);
  if (saturation.vacuous) throw new RangeError(`theory ${theory.name}: the attacker can derive everything`);
  return { saturation: saturation.stats, verdicts: goals.map((goal) => decideGoal(saturation, goal)) };
}
