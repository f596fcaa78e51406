/**
 * Something that goes wrong in a run, in one place, and who has to notice.
 *
 * @module
 */
import type { MikeyErrorCode } from '../../../model/error.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import type { Message } from '../../../model/message/message.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import type { NoteName } from '../vector/notes.ts';
import type { Workbench } from './workbench.ts';

/** What arrives in place of a message: one message, or octets, or several of them. */
export type Change = (bench: Workbench) => Message<Uint8Array> | Uint8Array | readonly Uint8Array[];

/** One vector that is to be turned down. */
export interface Attack {
  readonly flag: NoteName;
  /** What is changed, for a person; with the mode in front it is the name of the vector. */
  readonly what: string;
  readonly scenario: Scenario;
  /** Which message is changed: the n-th of a type to a party, counted from 1; default the first. */
  readonly at: { readonly type: string; readonly to: string; readonly nth?: number };
  /** Left out, nothing is changed: the sender should not have sent it. */
  readonly change?: Change;
  /** Name of the party that turns it down, and by which check; by an error code, if it is so bad that no check is made. */
  readonly refused:
    { readonly by: string; readonly check: CheckName } | { readonly by: string; readonly code: MikeyErrorCode };
  /** The clause to name, where it is not the first one of the check. */
  readonly clause?: string;
  /** Checks that nobody makes in this run: what somebody earlier should have noticed and, being careless or an accomplice, does not. */
  readonly careless?: readonly CheckName[];
  /** A random value that a party makes too short: for what, and how many octets are left. */
  readonly short?: { readonly party: string; readonly purpose: string; readonly length: number };
  /** Whether it cannot be shown with 128-bit algorithms. */
  readonly sha256Only?: boolean;
  /** Who is in which group when the message arrives. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

/** A row of a table of attacks: the check that fails, and what is special about it. */
export type Row = { readonly check: CheckName } & Partial<Attack>;

/**
 * How to write down attacks on one kind of message.
 *
 * @param subject - the message, for the names of the vectors
 * @param usual - scenario, place, and who has to notice, where a row does not say otherwise
 */
export function attacksOn(
  subject: string,
  usual: Pick<Attack, 'scenario' | 'at'> & { readonly by: string },
): (flag: NoteName, what: string, row: Row) => Attack {
  const { scenario, at, by } = usual;
  return (flag, what, { check, ...more }) => ({
    flag,
    what: `${subject} ${what}`,
    scenario,
    at,
    refused: { by, check },
    ...more,
  });
}

/** A change by somebody who has the key: the MAC holds again. */
export function signed(change: (message: Message<Uint8Array>) => Message<Uint8Array>): Change {
  return (bench) => bench.sign(change(bench.message));
}
