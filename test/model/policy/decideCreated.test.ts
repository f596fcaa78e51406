import { expect, test } from 'vitest';
import { decideCreated, type TicketCreated } from '../../../model/policy/decide.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import type { SystemRules, UserRule } from '../../../model/policy/kmsPolicy.ts';
import { ask, examplePolicy, policyOf, trusted } from '../../support/policies.ts';

const alice = 'sip:alice@example.com';
const made: TicketCreated = { ...ask, maker: alice, flags: flagsOf('EFGHILNO'), validity: { TRs: 1000, TRe: 4600 } };

/** `granted` or the rule that refuses. */
function outcome(
  ticket: Partial<TicketCreated>,
  rules: { user?: Partial<UserRule>; system?: Partial<SystemRules> } = {},
): string {
  const decision = decideCreated(policyOf([trusted(alice, rules.user)], { system: rules.system ?? {} }), {
    ...made,
    ...ticket,
  });
  if (decision.verdict === 'refused') expect(decision.explain.at(-1)?.rule).toBe(decision.rule);
  else expect(decision.rule).toBe('users[0].mayCall[0]');
  return decision.verdict === 'granted' ? 'granted' : decision.rule;
}
const create = (flags: string, longestValidity = 3600): Partial<UserRule> => ({
  mayCreate: { flags: flags.split('') as never, longestValidity },
});

test('a user with the right may make tickets, one without may not', () => {
  expect(outcome({})).toBe('granted');
  expect(outcome({}, { user: { mayCreate: undefined } })).toBe('users[0].mayCreate');
  expect(outcome({}, { user: { mayRequest: false } })).toBe('granted');
  expect(outcome({}, { user: { mayCall: [] } })).toBe('users[0].mayCall');
  expect(outcome({}, { user: { secureConnection: 'forbidden' } })).toBe('users[0].secureConnection');
  expect(outcome({ maker: 'sip:bob@example.com' })).toBe('users');
});

test('[rfc6043:6.10-53] the maker names itself as IDRi, or somebody that it speaks for (weakness W4)', () => {
  expect(outcome({ initiator: alice })).toBe('granted');
  expect(outcome({ initiator: 'tel:+4930' }, { user: { speaksFor: ['tel:+4930'] } })).toBe('granted');
  expect(outcome({ initiator: 'sip:carol@example.com' })).toBe('users[0].speaksFor');
});

test('[rfc6043:6.10-2] [rfc6043:6.10-7] [rfc6043:6.10-15] D is 0, hence L is 1 and K is 0', () => {
  expect(outcome({ flags: flagsOf('DEFGHILNO') })).toBe('rfc6043:6.10');
  expect(outcome({ flags: flagsOf('EFGHINO') })).toBe('rfc6043:6.10');
  expect(outcome({ flags: flagsOf('EFGHIKLNO') })).toBe('rfc6043:6.10');
});

test('only flags on the list of the maker may be set', () => {
  expect(outcome({}, { user: create('EFGHILNO') })).toBe('granted');
  expect(outcome({}, { user: create('EFGHIL') })).toBe('users[0].mayCreate.flags');
});

test('the system rules hold for self-made tickets too, and nothing is narrowed', () => {
  const loose = { keyForking: 'allowed', response: 'optional', RANDRr: 'optional', RANDRi: 'optional' } as const;
  expect(outcome({ flags: flagsOf('EHLNO') }, { system: loose })).toBe('granted');
  expect(outcome({ flags: flagsOf('EHLNO') }, { system: { ...loose, keyForking: 'mandatory' } })).toBe(
    'system.keyForking',
  );
  expect(outcome({}, { system: { ...loose, keyForking: 'forbidden' } })).toBe('system.keyForking');
  expect(outcome({ flags: flagsOf('EHLNO') }, { system: { ...loose, response: 'mandatory' } })).toBe('system.response');
  expect(outcome({ flags: flagsOf('EFHLNO') }, { system: { ...loose, RANDRr: 'mandatory' } })).toBe('system.RANDRr');
  expect(outcome({ flags: flagsOf('EFGLNO') }, { system: { ...loose, RANDRi: 'mandatory' } })).toBe('system.RANDRi');
  expect(outcome({ flags: flagsOf('EFGHIJLNO') })).toBe('system.reuse');
  expect(outcome({ flags: flagsOf('EFGHIJLNO') }, { system: { reuse: true } })).toBe('granted');
  expect(outcome({ flags: flagsOf('EFGHILMNO') })).toBe('system.suppliedKeys.responder');
  const responder = { suppliedKeys: { initiator: false, responder: true } };
  expect(outcome({ flags: flagsOf('EFGHILMNO') }, { system: responder })).toBe('granted');
  expect(outcome({ suite: 'sha1' })).toBe('system.suites');
  expect(outcome({ keys: [{ type: 'TGK', length: 15 }] })).toBe('system.keyLength.smallest');
});

test('[rfc6043:6.10-55] [rfc6043:6.10-57] the period is told in full and is no longer than both limits', () => {
  expect(outcome({ validity: { TRs: 1000, TRe: 4601 } })).toBe('users[0].mayCreate.longestValidity');
  expect(outcome({ validity: { TRs: 1000, TRe: 1000 } })).toBe('users[0].mayCreate.longestValidity');
  expect(outcome({ validity: { TRe: 1100 } })).toBe('users[0].mayCreate.longestValidity');
  expect(outcome({ validity: { TRs: 1000 } })).toBe('users[0].mayCreate.longestValidity');
  expect(outcome({}, { system: { longestValidity: 3599 } })).toBe('system.longestValidity');
  expect(outcome({}, { system: { longestValidity: 3600 } })).toBe('granted');
});

test('[rfc6043:6.10-60] TRr is demanded where the system rules do', () => {
  expect(outcome({}, { system: { longestRekeying: 60 } })).toBe('system.longestRekeying');
  expect(outcome({ TRr: 61 }, { system: { longestRekeying: 60 } })).toBe('system.longestRekeying');
  expect(outcome({ TRr: 60 }, { system: { longestRekeying: 60 } })).toBe('granted');
});

test('[rfc6043:6.10-68] a ticket for all applications needs the right to all', () => {
  const user = { applications: ['voice', 'x-*'] };
  expect(outcome({ applications: ['voice', 'x-game'] }, { user })).toBe('granted');
  expect(outcome({ applications: ['voice', 'fax'] }, { user })).toBe('users[0].applications');
  expect(outcome({}, { user })).toBe('users[0].applications');
});

test('the example policy lets alice make tickets for ten minutes, and bob none', () => {
  const ticket = { ...made, TRr: 3600, validity: { TRs: 1000, TRe: 1600 } };
  expect(decideCreated(examplePolicy(), ticket).verdict).toBe('granted');
  expect(decideCreated(examplePolicy(), { ...ticket, validity: { TRs: 1000, TRe: 1601 } }).rule).toBe(
    'users[0].mayCreate.longestValidity',
  );
  expect(decideCreated(examplePolicy(), { ...ticket, maker: 'sip:bob@example.com' }).rule).toBe('users[1].mayCreate');
});
