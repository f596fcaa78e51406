/**
 * The policies of a scenario: what its short words mean as the policy of a KMS, and as the local policy of a user.
 *
 * @module
 */
import { flagNames } from '../message/ticketFlags.ts';
import type { Authority } from '../policy/authority.ts';
import { strictSystem, strictUser, type KmsPolicy, type SystemRules, type UserRule } from '../policy/kmsPolicy.ts';
import { policyAuthority } from '../policy/policyAuthority.ts';
import type { GroupSpec, KmsSpec, Scenario, UserSpec } from './scenario.ts';

/** Who is in which group, now. */
export type GroupsNow = readonly { readonly spec: GroupSpec; readonly members: ReadonlySet<string> }[];

/** The policy of a KMS of a scenario, as an authority that looks at the groups anew each time. */
export function kmsAuthority(scenario: Scenario, kms: KmsSpec, groups: GroupsNow): Authority {
  return policyAuthority(() => kms.policy ?? policyOf(scenario, kms, groups));
}

/** What a user's local policy says about tickets of its own making. */
export function localAuthority(user: UserSpec): Authority {
  const rule = { ...userRule(user), ...(user.ownTickets.local ? { mayCreate: anyTicket } : { mayCreate: undefined }) };
  return policyAuthority(() => ({ system: openSystem, users: [rule], groups: [], partners: [] }));
}

/** A day, in seconds: the longest validity of self-made tickets here. */
const day = 24 * 3600;

/** Flags and times of self-made tickets, as far as the RFC allows them. */
const anyTicket = { flags: flagNames.filter((flag) => flag !== 'D' && flag !== 'K'), longestValidity: day };

/** All that the RFC allows: what a party accepts of it is for its own profile to say. */
const openSystem: SystemRules = {
  ...strictSystem,
  suites: ['sha1', 'sha256'],
  keyForking: 'allowed',
  response: 'optional',
  RANDRr: 'optional',
  RANDRi: 'optional',
  reuse: true,
  suppliedKeys: { initiator: true, responder: true },
  longestValidity: day,
  // Decentralised group signaling lets a resolver call others with a ticket that names them all, itself included.
  selfCalls: true,
};

/** The policy of a KMS of a scenario, as it is now. */
export function policyOf(scenario: Scenario, kms: KmsSpec, groups: GroupsNow): KmsPolicy {
  const identityOf = (name: string): readonly string[] =>
    scenario.users.filter((user) => user.name === name).map((user) => user.identity);
  return {
    system: { ...openSystem, longestValidity: kms.longestValidity },
    users: scenario.users.filter((user) => user.kms === kms.name).map(userRule),
    groups: groups
      .filter(({ spec }) => spec.kms === kms.name)
      .map(({ spec, members }) => ({ identity: spec.identity, members: [...members].flatMap(identityOf) })),
    partners: scenario.kmss
      .filter((other) => other !== kms)
      .map((other) => ({
        kms: other.identity,
        realm: other.realm,
        agreement: kms.agreements.includes(other.name),
      })),
  };
}

function userRule(user: UserSpec): UserRule {
  return {
    ...strictUser,
    user: user.identity,
    devices: user.devices.map((device) => device.identity).filter((identity) => identity !== user.identity),
    mayRequest: user.mayRequest,
    mayCreate: user.ownTickets.kms ? anyTicket : undefined,
    mayCall: ['*'],
  };
}
