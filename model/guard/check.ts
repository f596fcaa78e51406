/**
 * What a check is.
 *
 * @module
 */
import type { MikeyErrorCode } from '../error.ts';

/** One check. */
export interface Check {
  /** What must hold, as a sentence. */
  readonly demand: string;
  /** Requirement ids and findings, the most telling one first. */
  readonly clauses: readonly [string, ...string[]];
  readonly code: MikeyErrorCode;
  /** Whether the message counts as authenticated once this check holds. */
  readonly authenticates?: true;
}
