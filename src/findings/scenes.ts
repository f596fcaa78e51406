/**
 * The people of the demonstrations: alice calls bob; mallory has an account and a key like anybody, and is dishonest.
 *
 * @module
 */
import type { CallStep, Scenario, UserSpec } from '../../model/modes/scenario.ts';
import { endpointsOf, plainUser } from '../../model/modes/standard.ts';

/** Identity of somebody with a name. */
export function sip(name: string): string {
  return `sip:${name}@example.com`;
}

/** A user who may have tickets. */
export function user(name: string, more: Partial<UserSpec> = {}): UserSpec {
  return { ...plainUser(name, sip(name)), mayRequest: true, ...more };
}

/** A user with two endpoints, `NAME-phone` and `NAME-laptop`. */
export function twoDevices(name: string): UserSpec {
  return user(name, { devices: endpointsOf(name, 2) });
}

/** A call from alice to bob with a new ticket, unless told otherwise. */
export function call(more: Partial<Omit<CallStep, 'do'>> = {}): CallStep {
  return { do: 'call', caller: 'alice', callee: sip('bob'), ticket: { from: 'KMS' }, ...more };
}

/** A scenario with one KMS. */
export function scene(users: readonly UserSpec[], more: Partial<Scenario> & Pick<Scenario, 'steps'>): Scenario {
  return {
    mode: 'demonstration',
    title: 'a demonstration',
    suite: 'sha256',
    kmss: [
      {
        name: 'kms',
        identity: sip('kms'),
        realm: ['sip:*@example.com'],
        agreements: [],
        longestValidity: 8 * 3600,
      },
    ],
    users,
    groups: [],
    sharedTicketKeys: [],
    allow: [],
    ticketType: 'MIKEY',
    ...more,
  };
}
