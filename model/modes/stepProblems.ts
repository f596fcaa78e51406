/**
 * What is wrong with the steps of a scenario: they are gone through in their order, with who is in which group and who has which ticket
 * by then.
 *
 * @module
 */
import { dataTypes } from '../../spec/registry/header.ts';
import { catalogue } from '../guard/catalogue.ts';
import type { CallStep, Fault, Scenario, Step, TicketSpec, UserSpec } from './scenario.ts';
import { endpointNames, unknown, type ScenarioProblem } from './scenarioNames.ts';

/** What holds when a step is taken. */
interface Now {
  /** Names of the members of each group, by its identity. */
  readonly groups: ReadonlyMap<string, Set<string>>;
  /** The tickets that each endpoint may hold by then: its name, and that of the ticket. */
  readonly held: Set<string>;
  /** Endpoints that a call has reached. */
  readonly reached: Set<string>;
  /** Who has called whom: both names. */
  readonly calls: Set<string>;
}

/** Longest time that all steps together may wait, in seconds: the era of NTP timestamps ends in 2036. */
const longestWait = 100_000_000;

/** The name of a ticket that is given none. */
const defaultTicket = 'ticket';

/** What is wrong with the steps and the faults of a scenario whose parties are in order. */
export function stepProblems(scenario: Scenario): readonly ScenarioProblem[] {
  const now: Now = {
    groups: new Map(scenario.groups.map((group) => [group.identity, new Set(group.members)])),
    held: new Set(),
    reached: new Set(),
    calls: new Set(),
  };
  const waits = scenario.steps.reduce((sum, step) => sum + (step.do === 'wait' ? step.seconds : 0), 0);
  return [
    ...scenario.steps.flatMap((step, index) => problemsOf(scenario, step, { path: `steps[${index}]`, now })),
    ...(waits > longestWait ? [{ path: 'steps', problem: `they wait longer than ${longestWait} seconds` }] : []),
    ...(scenario.faults ?? []).flatMap((fault, index) => faultProblems(scenario, fault, `faults[${index}]`)),
  ];
}

function problemsOf(
  scenario: Scenario,
  step: Step,
  { path, now }: { readonly path: string; readonly now: Now },
): readonly ScenarioProblem[] {
  switch (step.do) {
    case 'call': {
      const problems = callProblems(scenario, step, { path, now });
      note(scenario, step, now);
      return problems;
    }
    case 'together': {
      // What the calls bring is there only when they are over.
      const problems = step.calls.flatMap((call, index) =>
        callProblems(scenario, call, { path: `${path}.calls[${index}]`, now }),
      );
      for (const call of step.calls) note(scenario, call, now);
      return problems;
    }
    case 'wait':
      return [];
    case 'update': {
      const endpoints = scenario.users.flatMap(endpointNames);
      const problems = [
        ...unknown(step.by, { path: `${path}.by`, among: endpoints, what: 'no endpoint' }),
        ...unknown(step.with, { path: `${path}.with`, among: endpoints, what: 'no endpoint' }),
      ];
      const called = [`${step.by} ${step.with}`, `${step.with} ${step.by}`].some((pair) => now.calls.has(pair));
      if (problems.length > 0 || called) return problems;
      return [{ path: `${path}.with`, problem: `no earlier call is between ${step.by} and ${step.with}` }];
    }
    case 'leave':
    case 'join': {
      const users = scenario.users.map((user) => user.name);
      const members = now.groups.get(step.group);
      const problems = [
        ...unknown(step.group, { path: `${path}.group`, among: [...now.groups.keys()], what: 'no group' }),
        ...unknown(step.member, { path: `${path}.member`, among: users, what: 'no user' }),
      ];
      if (!members || problems.length > 0) return problems;
      const inside = members.has(step.member);
      if (step.do === 'join') members.add(step.member);
      else members.delete(step.member);
      if (inside === (step.do === 'leave')) return [];
      return [
        { path: `${path}.member`, problem: `${step.member} is ${inside ? '' : 'not '}in the group at that time` },
      ];
    }
    case 'rotate-ticket-key':
      return unknown(step.kms, { path: `${path}.kms`, among: scenario.kmss.map((kms) => kms.name), what: 'no KMS' });
  }
}

function callProblems(
  scenario: Scenario,
  call: CallStep,
  { path, now }: { readonly path: string; readonly now: Now },
): readonly ScenarioProblem[] {
  const endpoints = scenario.users.flatMap(endpointNames);
  const parties = [...endpoints, ...scenario.kmss.map((kms) => kms.name), 'proxy'];
  const named = [
    ...unknown(call.caller, { path: `${path}.caller`, among: endpoints, what: 'no endpoint' }),
    ...unknown(call.reach ?? [], { path: `${path}.reach`, among: endpoints, what: 'no endpoint' }),
    ...unknown(call.expect?.answered ?? [], { path: `${path}.expect.answered`, among: endpoints, what: 'no endpoint' }),
    ...(call.expect?.refusals ?? []).flatMap(({ party, check }, index) => [
      ...unknown(party, { path: `${path}.expect.refusals[${index}].party`, among: parties, what: 'no party' }),
      ...(check in catalogue || check.startsWith('ERR_')
        ? []
        : [{ path: `${path}.expect.refusals[${index}].check`, problem: `there is no check ${check}` }]),
    ]),
  ];
  if (named.length > 0) return named;
  const reached = call.reach ?? endpointsFor(scenario, call.callee, now);
  if (reached.length === 0)
    return [{ path: `${path}.callee`, problem: `nobody answers for ${call.callee} at that time` }];
  return [
    ...unknown(call.answer ?? [], {
      path: `${path}.answer`,
      among: reached,
      what: 'no endpoint that the call reaches',
    }),
    ...ticketProblems(scenario, call, { path: `${path}.ticket`, now }),
  ];
}

/** What cannot be said of a ticket that is there already. */
const onlyNew = [
  'flags',
  'keys',
  'responders',
  'applications',
  'startsIn',
  'validFor',
  'rekeying',
] as const satisfies readonly (keyof TicketSpec)[];

function ticketProblems(
  scenario: Scenario,
  { ticket, caller }: CallStep,
  { path, now }: { readonly path: string; readonly now: Now },
): readonly ScenarioProblem[] {
  const name = ticket.name ?? defaultTicket;
  const problem = (text: string): readonly ScenarioProblem[] => [{ path: `${path}.from`, problem: text }];
  const user = scenario.users.find((one) => endpointNames(one).includes(caller));
  switch (ticket.from) {
    case 'KMS':
      return [];
    case 'self':
      return sharesKey(scenario, user, caller)
        ? []
        : problem(`${caller} shares no TPK to make tickets with (ownTickets.key, or sharedTicketKeys)`);
    case 'held':
    case 'resolved': {
      const has = ticket.from === 'held' ? now.held.has(`${caller} ${name}`) : now.reached.has(caller);
      const stray = onlyNew.filter((field) => ticket[field] !== undefined);
      const lacking =
        ticket.from === 'held'
          ? `${caller} has no ticket called ${name}: no earlier call of its used one`
          : `${caller} has resolved no ticket: no earlier call reached it`;
      return [
        ...(has ? [] : problem(lacking)),
        ...stray.map((field) => ({ path: `${path}.${field}`, problem: 'a ticket that is there already is as it is' })),
      ];
    }
  }
}

function sharesKey(scenario: Scenario, user: UserSpec | undefined, caller: string): boolean {
  return user?.ownTickets.key === true || scenario.sharedTicketKeys.some((pair) => pair.includes(caller));
}

/** Takes note of what a call may bring. */
function note(scenario: Scenario, call: CallStep, now: Now): void {
  now.held.add(`${call.caller} ${call.ticket.name ?? defaultTicket}`);
  for (const name of call.reach ?? endpointsFor(scenario, call.callee, now)) {
    now.reached.add(name);
    now.calls.add(`${call.caller} ${name}`);
  }
}

/** Names of the endpoints behind an identity: of the device, of the user, or of all members of the group. */
function endpointsFor({ users }: Scenario, callee: string, now: Now): readonly string[] {
  const members = now.groups.get(callee);
  if (members) return users.filter((user) => members.has(user.name)).flatMap(endpointNames);
  const device = users.flatMap((user) => user.devices).filter(({ identity }) => identity === callee);
  const user = users.find(({ identity }) => identity === callee);
  return user ? endpointNames(user) : device.map(({ name }) => name);
}

function faultProblems(scenario: Scenario, fault: Fault, path: string): readonly ScenarioProblem[] {
  const parties = [...scenario.users.flatMap(endpointNames), ...scenario.kmss.map((kms) => kms.name), 'proxy'];
  const types = Object.entries(dataTypes).flatMap(([name, type]) => (type === 6 || type >= 11 ? [name] : []));
  return [
    ...unknown(fault.to, { path: `${path}.to`, among: parties, what: 'no party' }),
    ...unknown(fault.message, { path: `${path}.message`, among: types, what: 'no message' }),
  ];
}
