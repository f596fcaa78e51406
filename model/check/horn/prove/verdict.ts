/**
 * Verdicts of the prover.
 *
 * @module
 */
import type { Derivation } from '../derivation.ts';
import type { ProverStats } from './saturate.ts';

/**
 * What the prover says of a goal.
 *
 * - `proved`: no instance of what must not be derivable is; or each end rests on its begin; or what must be reachable is (with the derivation);
 * - `attack`: a derivation shows the contrary;
 * - `unreachable`: what must be reachable is not, so that other verdicts about the theory say nothing;
 * - `unknown`: a bound was hit.
 */
export type Answer = 'proved' | 'attack' | 'unreachable' | 'unknown';

/** An answer and what it rests on. */
export interface Verdict {
  readonly goal: string;
  readonly theory: string;
  readonly answer: Answer;
  /** For `attack`, and for a reachable end. Its root is the goal, see goalClause.ts. */
  readonly derivation?: Derivation;
  /** Of this goal alone; saturation has its own. */
  readonly stats: ProverStats;
}
