/**
 * What a KMS knows and no octet shows, as a vector tells it.
 *
 * @module
 * @see docs/vectors.md
 */
import type { Scenario, Step } from '../../../model/modes/scenario.ts';
import type { JudgedVector } from '../../judge/vectorFile.ts';

type Context = NonNullable<JudgedVector['context']>;

/**
 * The context of a scenario. Its members are told only where they matter: groups where a ticket names somebody who has several endpoints or
 * members, agreements and realms where there are several KMSs, who may have tickets where
 * somebody asks that may not, and who may make them where somebody means to.
 *
 * @param now - members of groups, where they are not those at the start
 */
export function contextOf(
  scenario: Scenario,
  now: Readonly<Record<string, readonly string[]>> = {},
): Context | undefined {
  const { kmss, users, groups } = scenario;
  const makers = users.filter(({ ownTickets }) => ownTickets.key);
  const several = kmss.length > 1;
  const asking = users.filter(({ name }) => scenario.steps.some((step) => asksKms(step, name)));
  const context: Context = {
    ...(groups.length > 0 || users.some(({ devices }) => devices.length > 0) ? { groups: namesOf(scenario, now) } : {}),
    ...(several ? { agreements: agreementsOf(scenario) } : {}),
    ...(several ? { realms: Object.fromEntries(kmss.map(({ identity, realm }) => [identity, [...realm]])) } : {}),
    ...(asking.some(({ mayRequest }) => !mayRequest)
      ? { mayRequest: users.filter(({ mayRequest }) => mayRequest).map(({ identity }) => identity) }
      : {}),
    ...(makers.length > 0
      ? {
          mayCreate: makers.filter(({ ownTickets }) => ownTickets.kms).map(({ identity }) => identity),
          owners: Object.fromEntries(makers.map(({ name, identity }) => [`tpk-${name}`, identity])),
        }
      : {}),
  };
  return Object.keys(context).length > 0 ? context : undefined;
}

/** Whether somebody asks the KMS for a ticket. */
function asksKms(step: Step, caller: string): boolean {
  const calls = step.do === 'call' ? [step] : step.do === 'together' ? step.calls : [];
  return calls.some((call) => call.caller === caller && call.ticket.from === 'KMS');
}

/** Who belongs to a name in a ticket: endpoints to their user, members and their endpoints to their group. */
function namesOf(
  { users, groups }: Scenario,
  now: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> {
  const endpoints = (name: string): readonly string[] =>
    users
      .filter((user) => user.name === name)
      .flatMap((user) => [user.identity, ...user.devices.map(({ identity }) => identity)]);
  const devices = users
    .filter((user) => user.devices.length > 0)
    .map((user) => [user.identity, user.devices.map(({ identity }) => identity)] as const);
  const members = groups.map(
    ({ identity, members: atStart }) => [identity, (now[identity] ?? atStart).flatMap(endpoints)] as const,
  );
  return Object.fromEntries([...devices, ...members]);
}

/** Agreements that both sides name. */
function agreementsOf({ kmss }: Scenario): [string, string][] {
  return kmss.flatMap((one, index) =>
    kmss
      .slice(index + 1)
      .filter((other) => one.agreements.includes(other.name) && other.agreements.includes(one.name))
      .map((other): [string, string] => [one.identity, other.identity]),
  );
}
