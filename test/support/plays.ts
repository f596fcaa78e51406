/**
 * Scenarios played over bytes with a seed, and quick ways to what came out of them.
 *
 * @module
 */
import type { CheckName } from '../../model/guard/catalogue.ts';
import { strictProfile, type Profile } from '../../model/guard/profile.ts';
import type { Message } from '../../model/message/message.ts';
import { play, type Played, type Surroundings } from '../../model/modes/play.ts';
import type { CallStep, Scenario, Step, TicketSpec, UserSpec } from '../../model/modes/scenario.ts';
import { plainUser, standardScenario } from '../../model/modes/standard.ts';
import type { TracedStep } from '../../model/trace/trace.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import { all } from '../../model/message/select.ts';
import { hexOf, only, type Hop } from './runs.ts';

/** A scenario that was played over bytes. */
export type BytesPlayed = Played<Uint8Array>;

/** A check that all plays leave out, see {@link leavingOut}. */
let leftOut: CheckName | undefined;

/** Does something with plays in which all parties leave out a check. */
export function leavingOut<R>(check: CheckName, body: () => R): R {
  leftOut = check;
  try {
    return body();
  } finally {
    leftOut = undefined;
  }
}

/** Plays a scenario; all plays have one seed, so that keys are the same until a party does something else. */
export function played(
  scenario: Scenario,
  surroundings: Omit<Surroundings<Uint8Array>, 'profile'> & { readonly without?: readonly CheckName[] } = {},
): BytesPlayed {
  const { without = [], ...rest } = surroundings;
  const off = [...without, ...(leftOut === undefined ? [] : [leftOut])];
  const profile: Profile = { ...strictProfile, without: new Set(off) };
  return play(interpretation('test'), scenario, { ...rest, profile });
}

/** A scenario with some parts of it replaced. */
export function changed(scenario: Scenario, change: Partial<Scenario>): Scenario {
  return { ...scenario, ...change };
}

/** A scenario in which some users are otherwise. */
export function withUser(scenario: Scenario, name: string, change: Partial<UserSpec>): Scenario {
  return { ...scenario, users: scenario.users.map((user) => (user.name === name ? { ...user, ...change } : user)) };
}

/** The standard flow with one endpoint, and what the ticket is asked to be. */
export function standard(ticket: Partial<TicketSpec> = {}, more: Partial<Scenario> = {}): Scenario {
  const base = standardScenario({ forks: 1 });
  return { ...base, ...more, steps: more.steps ?? [call({ from: 'KMS', ...ticket })] };
}

/** alice calls bob, or whom else `more` says. */
export function call(ticket: TicketSpec, more: Partial<CallStep> = {}): CallStep {
  return { do: 'call', caller: 'alice', callee: 'sip:bob@example.com', ticket, ...more };
}

/** Users with the rights of anybody. */
export function people(...names: readonly string[]): readonly UserSpec[] {
  return names.map((name) => plainUser(name, `sip:${name}@example.com`));
}

/** A pause. */
export function wait(seconds: number): Step {
  return { do: 'wait', seconds };
}

/** A step that ended in a rejection. */
export type RejectedStep = TracedStep & { readonly rejection: NonNullable<TracedStep['rejection']> };

/** The steps in which somebody turned something down, in order. */
export function refusals(run: BytesPlayed): readonly RejectedStep[] {
  return run.trace.steps.flatMap((step) => (step.rejection ? [{ ...step, rejection: step.rejection }] : []));
}

/** Who turned what down, as `bob-phone offerMacValid`. */
export function refused(run: BytesPlayed): readonly string[] {
  return refusals(run).map(({ party, rejection }) => `${party} ${rejection.check ?? rejection.code}`);
}

/** The hops of a type, also from or to a party. */
export function hops(run: BytesPlayed, type: string, ends: { from?: string; to?: string } = {}): readonly Hop[] {
  return run.trace.messages.filter(
    (hop) => hop.type === type && (!ends.from || hop.from === ends.from) && (!ends.to || hop.to === ends.to),
  );
}

/** The one hop of a type, from or to a party. */
export function hop(run: BytesPlayed, type: string, ends: { from?: string; to?: string } = {}): Hop {
  const found = hops(run, type, ends);
  if (found.length !== 1) throw new Error(`${found.length} hops ${type} ${JSON.stringify(ends)}`);
  return found[0]!;
}

/** Value of a secret. */
export function secretOf(run: BytesPlayed, name: string): Buffer {
  const found = run.trace.secrets.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no secret ${name} among ${run.trace.secrets.map((one) => one.name).join(', ')}`);
  return Buffer.from(found.value);
}

/** RAND of a role, if it is there, as hexadecimal text. */
export function randOf(message: Message<Uint8Array>, role: keyof typeof randRoles): string | undefined {
  const [found] = all(message.payloads, 'RANDR', randRoles[role]);
  return found && hexOf(found.rand);
}

/** Text of the identity of a role, if it is there. */
export function idOf(message: Message<Uint8Array>, role: keyof typeof idRoles): string | undefined {
  const [found] = all(message.payloads, 'IDR', idRoles[role]);
  return found && Buffer.from(found.data).toString();
}

/** T as hexadecimal text. */
export function timeOf(message: Message<Uint8Array>): string {
  return hexOf(only(message, 'T').value);
}

/** The Error no of an Error message, and whether it has a MAC. */
export function errorOf(message: Message<Uint8Array>): { readonly no: number; readonly mac: boolean } {
  return { no: only(message, 'ERR').errorNo, mac: all(message.payloads, 'V').length > 0 };
}

/** What both sides of an exchange ended with agrees, and there are two sides. */
export function agreedKeys(run: BytesPlayed, responder: string): readonly string[] {
  const both = run.trace.agreements.filter((one) => one.responder === responder);
  const [a, b] = both.map(({ sessions }) => sessions.map(({ tek, salt }) => `${hexOf(tek)} ${hexOf(salt)}`));
  if (both.length !== 2 || a!.join() !== b!.join()) throw new Error(`no agreement about ${responder}`);
  return a!;
}

/** Octets of a part of a message, for comparisons. */
export function ticketOctets(message: Message<Uint8Array>): string {
  return hexOf(bytes.encode({ kind: 'TICKET', ticket: only(message, 'TICKET') }));
}
