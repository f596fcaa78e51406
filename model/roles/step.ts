/**
 * The pattern of every role: an event only carries what was received; the state that handles it computes once, on entry,
 * through the algebra; eventless transitions branch on the outcome. So no cryptography stands in a guard, and nothing is
 * computed twice.
 *
 * @module
 */
import type { ReportedError } from '../exchange/acceptError.ts';
import type { MadeCheck, Outcome, Rejection } from '../guard/checker.ts';

/** What every role remembers of its steps. */
export interface StepResult {
  /** Whether the latest step accepted its input. */
  readonly accepted: boolean;
  /** The checks of all steps so far, in order. */
  readonly checks: readonly MadeCheck[];
  /** Why the latest step turned its input down. */
  readonly rejection: Rejection | undefined;
}

/** Before any step. */
export const noStep: StepResult = { accepted: false, checks: [], rejection: undefined };

/**
 * Turns an outcome into changes of a role's context.
 *
 * @param before - the checks of the steps before
 * @param outcome - what the step ended in
 * @param keep - what to keep of an accepted value
 */
export function settle<R, C extends object>(
  before: StepResult,
  outcome: Outcome<R>,
  { keep }: { readonly keep: (value: R) => C },
): StepResult & Partial<C> {
  const checks = [...before.checks, ...outcome.checks];
  if (outcome.accepted) return { ...keep(outcome.value), accepted: true, checks, rejection: undefined };
  // The type cannot say that no part of C is set here.
  return { accepted: false, checks, rejection: outcome.rejection } as unknown as StepResult & Partial<C>;
}

/**
 * Turns what came of an Error message into changes of a role's context. One that is authenticated is the peer's word that it turned our
 * message down, and so ends the step in a rejection; any other one is only a hint (RFC 3830, 5.1.2).
 *
 * @param before - the checks of the steps before, and the Error messages that were accepted before
 */
export function settleError<B>(
  before: StepResult & { readonly peerErrors: readonly ReportedError<B>[] },
  outcome: Outcome<ReportedError<B>>,
): StepResult & { readonly peerErrors: readonly ReportedError<B>[] } {
  const checks = [...before.checks, ...outcome.checks];
  const { peerErrors } = before;
  if (!outcome.accepted) return { accepted: false, checks, rejection: outcome.rejection, peerErrors };
  const { errors, authenticated } = outcome.value;
  const after = { checks, peerErrors: [...peerErrors, outcome.value] };
  if (!authenticated) return { ...after, accepted: true, rejection: undefined };
  const reason = `the peer says: ${errors.map((error) => error.name).join(', ')}`;
  return { ...after, accepted: false, rejection: { code: 'ERR_PEER', reason, authenticated } };
}

/**
 * A value that an earlier state must have left in the context.
 *
 * @throws TypeError if it is not there: a fault of the machine, never of a peer
 */
export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new TypeError(`the machine has no ${name} in this state`);
  return value;
}
