/**
 * What came out of a call, and whether that is what the scenario says is to come out.
 *
 * @module
 */
import type { AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import type { TracedStep } from '../trace/trace.ts';
import type { Actor } from './network.ts';
import type { CallStep } from './scenario.ts';

/** Somebody turned something down. */
export interface Refusal {
  readonly party: string;
  /** The check that failed; the error code if the input could not even be read. */
  readonly check: string;
  readonly code: string;
  readonly reason: string;
}

/** What came out of a call. */
export interface CallOutcome {
  readonly caller: string;
  readonly callee: string;
  /** The endpoints with which the caller ended up with keys, in the order of their answers. */
  readonly answered: readonly string[];
  readonly refusals: readonly Refusal[];
  /** State in which the caller's machine ended. */
  readonly state: string;
  /** Whether this is what was to be expected. */
  readonly asExpected: boolean;
}

/**
 * Says what came out of a call.
 *
 * @param options - the machines of the call, the steps that were made during it, and the name of the endpoint with an identity
 */
export function outcomeOf(
  step: CallStep,
  options: {
    readonly caller: Actor;
    readonly endpoints: readonly Actor[];
    readonly steps: readonly TracedStep[];
    readonly nameOf: (identity: unknown) => string | undefined;
  },
): CallOutcome {
  const { caller, endpoints, steps } = options;
  const answers = (caller.context()['answers'] ?? []) as readonly AcceptedAnswer<unknown>[];
  const established = endpoints.filter((one) => one.state() === 'established').map((one) => one.party.name);
  // Without TRANSFER_RESP the caller does not know who answered: all that took the call did.
  const answered = answers.flatMap(({ keys, mac }) =>
    mac === undefined ? established : [options.nameOf(keys.peer) ?? 'somebody unknown'],
  );
  const refusals = steps.flatMap(({ party, rejection }): Refusal[] =>
    rejection
      ? [{ party, check: rejection.check ?? rejection.code, code: rejection.code, reason: rejection.reason }]
      : [],
  );
  const expect = step.expect ?? {
    answered: step.answer ?? endpoints.map((one) => one.party.name),
    refusals: [],
  };
  return {
    caller: step.caller,
    callee: step.callee,
    answered,
    refusals,
    state: caller.state(),
    asExpected:
      sameNames(expect.answered, answered) &&
      sameNames(
        expect.refusals.map(({ party, check }) => `${party} ${check}`),
        refusals.map(({ party, check }) => `${party} ${check}`),
      ),
  };
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join('\n') === b.toSorted().join('\n');
}
