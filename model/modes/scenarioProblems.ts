/**
 * What is wrong with a scenario as a whole: names that mean nobody, names and identities that mean two, tickets that nobody can have.
 *
 * A scenario without problems can be played, unless a ticket that a later step wants turns out to be refused.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import { policyProblems } from '../policy/policyProblems.ts';
import type { Scenario } from './scenario.ts';
import { texts, unknown, type Placed, type ScenarioProblem } from './scenarioNames.ts';
import { policyOf } from './scenarioPolicy.ts';
import { stepProblems } from './stepProblems.ts';

/** Names that runs use for others than the parties of a scenario. */
const reserved: Readonly<Record<string, string>> = {
  proxy: 'the forking proxy',
  network: 'whoever listens on all legs',
  setup: 'the preparation of a run',
};

/** What is wrong with a scenario; nothing if all is well. */
export function scenarioProblems(scenario: Scenario): readonly ScenarioProblem[] {
  const parties = [...placed(scenario.kmss, 'kmss', 'name'), ...endpointsOf(scenario, 'name')];
  const identities = [
    ...placed(scenario.kmss, 'kmss', 'identity'),
    ...placed(scenario.users, 'users', 'identity'),
    ...placed(scenario.groups, 'groups', 'identity'),
    // A device may go by the identity of its user, and of nobody else.
    ...scenario.users.flatMap((user, index) =>
      placed(user.devices, `users[${index}].devices`, 'identity').filter(({ text }) => text !== user.identity),
    ),
  ];
  const found = [
    ...repeated(parties, 'another party is called'),
    ...repeated(placed(scenario.users, 'users', 'name'), 'another user is called'),
    ...repeated(identities, 'somebody else has the identity'),
    ...parties.flatMap(({ path, text }) =>
      reserved[text] === undefined ? [] : [{ path, problem: `${text} is the name of ${reserved[text]}` }],
    ),
    ...referenceProblems(scenario),
  ];
  // What follows would only repeat, in other words, that a name means nobody.
  return found.length > 0 ? found : [...kmsPolicyProblems(scenario), ...stepProblems(scenario)];
}

/** The parties that call and are called, by the names of their machines: devices, and users without any. */
function endpointsOf({ users }: Scenario, field: 'name' | 'identity'): readonly Placed[] {
  return users.flatMap((user, index): readonly Placed[] =>
    user.devices.length > 0
      ? placed(user.devices, `users[${index}].devices`, field)
      : [{ path: `users[${index}].${field}`, text: user[field] }],
  );
}

/** Names that mean nobody, outside of steps. */
function referenceProblems(scenario: Scenario): readonly ScenarioProblem[] {
  const kmss = scenario.kmss.map((kms) => kms.name);
  const users = scenario.users.map((user) => user.name);
  const endpoints = endpointsOf(scenario, 'name').map(({ text }) => text);
  return [
    ...scenario.kmss.flatMap((kms, index) => [
      ...unknown(kms.agreements, { path: `kmss[${index}].agreements`, among: kmss, what: 'no KMS' }),
      ...repeated(texts(kms.agreements, `kmss[${index}].agreements`), 'there is already an agreement with'),
      ...texts(kms.agreements, `kmss[${index}].agreements`)
        .filter(({ text }) => text === kms.name)
        .map(({ path }) => ({ path, problem: 'a KMS needs no agreement with itself' })),
    ]),
    ...scenario.users.flatMap((user, index) =>
      unknown(user.kms, { path: `users[${index}].kms`, among: kmss, what: 'no KMS' }),
    ),
    ...scenario.groups.flatMap((group, index) => [
      ...unknown(group.kms, { path: `groups[${index}].kms`, among: kmss, what: 'no KMS' }),
      ...unknown(group.members, { path: `groups[${index}].members`, among: users, what: 'no user' }),
      ...repeated(texts(group.members, `groups[${index}].members`), 'the group already has'),
    ]),
    ...scenario.sharedTicketKeys.flatMap((pair, index) => {
      const path = `sharedTicketKeys[${index}]`;
      const again = scenario.sharedTicketKeys.findIndex((other) => pair.every((name) => other.includes(name))) < index;
      return [
        ...unknown(pair, { path, among: endpoints, what: 'no endpoint' }),
        ...(pair[0] === pair[1] ? [{ path, problem: 'it takes two to share a key' }] : []),
        ...(again ? [{ path, problem: 'these two share a TPK already' }] : []),
      ];
    }),
    ...scenario.users.flatMap(({ ownTickets, name }, index) => {
      const both = ownTickets.key && scenario.sharedTicketKeys.some((pair) => pair.includes(name));
      const path = `users[${index}].ownTickets.key`;
      return both ? [{ path, problem: `${name} shares a TPK with a peer too: which one is to seal its tickets?` }] : [];
    }),
  ];
}

/** Policies that the words of the scenario amount to and between whose rules nobody could decide. */
function kmsPolicyProblems(scenario: Scenario): readonly ScenarioProblem[] {
  const groups = scenario.groups.map((spec) => ({ spec, members: new Set(spec.members) }));
  return scenario.kmss.flatMap((kms, index) =>
    kms.policy
      ? []
      : policyProblems(policyOf(scenario, kms, groups)).map(({ path, message }) => ({
          path: `kmss[${index}]`,
          problem: `the policy that follows for it is not in order: ${path}: ${message}`,
        })),
  );
}

function repeated(all: readonly Placed[], problem: string): readonly ScenarioProblem[] {
  return all.flatMap(({ path, text }, index) =>
    all.findIndex((other) => other.text === text) < index ? [{ path, problem: `${problem} ${text}` }] : [],
  );
}

function placed<F extends 'name' | 'identity'>(
  all: readonly Readonly<Record<F, string>>[],
  path: string,
  field: F,
): readonly Placed[] {
  return all.map((one, index) => ({ path: `${path}[${index}].${field}`, text: one[field] }));
}
