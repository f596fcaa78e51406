import { describe, expect, test } from 'vitest';
import { decideRequest, type TicketAsked } from '../../../model/policy/decide.ts';
import { flagsOf, lettersOf } from '../../../model/policy/flags.ts';
import { strictPolicy, strictSystem, type KmsPolicy, type SystemRules } from '../../../model/policy/kmsPolicy.ts';
import { ask, examplePolicy, policyOf, trusted } from '../../support/policies.ts';

const alice = 'sip:alice@example.com';
const bob = 'sip:bob@example.com';
const policy = policyOf([trusted(alice)]);

/** The verdict, the rule that decided, the flags granted, and what was changed by which rule. */
function outcome(of: KmsPolicy, asked: Partial<TicketAsked> = {}): readonly unknown[] {
  const decision = decideRequest(of, { ...ask, ...asked });
  if (decision.verdict === 'refused') {
    expect(decision.changed).toEqual([]);
    expect(decision.explain.at(-1)).toEqual({ rule: decision.rule, outcome: 'not met', says: decision.reason });
    return ['refused', decision.rule];
  }
  const changed = decision.changed.map(({ field, from, to, rule }) => `${field} ${from} to ${to} by ${rule}`);
  return ['granted', decision.rule, lettersOf(decision.granted.flags), changed];
}
const granted = (flags: string, changed: readonly string[] = []): readonly unknown[] => [
  'granted',
  'users[0].mayCall[0]',
  flags,
  changed,
];

describe('who may ask, for whom', () => {
  test('[rfc6043:4.2.1.4-1] a right that is there grants, and the rule that gives it is told', () => {
    expect(outcome(policy)).toEqual(granted('DEFGHINO'));
  });

  test('[rfc6043:12.1-1] each right that is missing refuses, and is told', () => {
    expect(outcome(strictPolicy)).toEqual(['refused', 'users']);
    expect(outcome(policyOf([trusted(alice, { mayRequest: false })]))).toEqual(['refused', 'users[0].mayRequest']);
    expect(outcome(policyOf([trusted(alice, { mayCall: ['sip:carol@example.com'] })]))).toEqual([
      'refused',
      'users[0].mayCall',
    ]);
    expect(outcome(policyOf([trusted(alice, { secureConnection: 'forbidden' })]))).toEqual([
      'refused',
      'users[0].secureConnection',
    ]);
    const bobMayNot = policyOf([trusted(alice), trusted(bob, { secureConnection: 'forbidden' })]);
    expect(outcome(bobMayNot)).toEqual(['refused', 'users[1].secureConnection']);
    expect(outcome(policy, { responders: [] })).toEqual(['refused', 'rfc6043:6.10']);
  });

  test('every responder counts', () => {
    const two = policyOf([trusted(alice, { mayCall: ['sip:carol@example.com', 'sip:b*@example.com'] })]);
    expect(outcome(two)).toEqual(['granted', 'users[0].mayCall[1]', 'DEFGHINO', []]);
    expect(outcome(two, { responders: [bob, 'sip:dave@example.com'] })).toEqual(['refused', 'users[0].mayCall']);
  });

  test('the most specific pattern decides, wherever it stands, and rules are not merged', () => {
    const wide = trusted('*');
    const domain = trusted('sip:*@example.com', { mayRequest: false });
    const exact = trusted(alice);
    expect(outcome(policyOf([wide, domain]))).toEqual(['refused', 'users[1].mayRequest']);
    expect(outcome(policyOf([domain, wide]))).toEqual(['refused', 'users[0].mayRequest']);
    expect(outcome(policyOf([wide, domain, exact]))[0]).toBe('granted');
    expect(outcome(policyOf([wide]))[0]).toBe('granted');
  });

  test('where no rule is the most specific, nobody has a right', () => {
    expect(outcome(policyOf([trusted('sip:alice*'), trusted('*@example.com')]))).toEqual(['refused', 'users']);
    expect(outcome(policyOf([trusted(alice), trusted(alice)]))).toEqual(['refused', 'users']);
  });

  test('[rfc6043:6.10-53] IDRi is the requester or an identity that it speaks for (weakness W3)', () => {
    const initiator = 'tel:+4930';
    const speaks = policyOf([trusted(alice, { speaksFor: [initiator] }), trusted(bob)]);
    expect(outcome(speaks, { initiator })[0]).toBe('granted');
    expect(outcome(speaks, { initiator, requester: initiator })[0]).toBe('granted');
    expect(outcome(speaks, { initiator: alice, requester: initiator })[0]).toBe('granted');
    expect(outcome(speaks, { initiator: bob })).toEqual(['refused', 'users[0].speaksFor']);
    // A pattern is about many users: it lets none of them speak for another.
    const shared = policyOf([trusted('sip:*@example.com', { speaksFor: [initiator] })]);
    expect(outcome(shared, { initiator })).toEqual(['refused', 'users[0].speaksFor']);
    expect(outcome(shared, { initiator: bob })).toEqual(['refused', 'users[0].speaksFor']);
  });

  test('calls to oneself, under any name, are refused unless allowed (weakness W21)', () => {
    const rule = trusted(alice, { speaksFor: ['tel:+4930'] });
    for (const responders of [[alice], ['tel:+4930'], [bob, alice]]) {
      expect(outcome(policyOf([rule]), { responders })).toEqual(['refused', 'system.selfCalls']);
      expect(outcome(policyOf([rule], { system: { selfCalls: true } }), { responders })[0]).toBe('granted');
    }
  });
});

/** Changes one system rule. */
const under = (system: Partial<SystemRules>): KmsPolicy => policyOf([trusted(alice)], { system });

describe('what the KMS narrows', () => {
  test('[rfc6043:6.10-35] [rfc6043:4.2.1.5-6] K says whether anything was changed', () => {
    expect(outcome(policy, { flags: flagsOf('DEFGHIJNO') })).toEqual(
      granted('DEFGHIKNO', ['J 1 to 0 by system.reuse']),
    );
    expect(outcome(under({ reuse: true }), { flags: flagsOf('DEFGHIJNO') })).toEqual(granted('DEFGHIJNO'));
  });

  test('[rfc6043:6.10-37] K of the request is ignored', () => {
    expect(outcome(policy, { flags: flagsOf('DEFGHIKNO') })).toEqual(granted('DEFGHINO'));
  });

  test('[rfc6043:12.4-5] key forking is mandatory by default; what is mandatory is set, with what it implies', () => {
    expect(strictSystem.keyForking).toBe('mandatory');
    expect(outcome(policy, { flags: flagsOf('DFGHNO') })).toEqual(
      granted('DEFGHIKNO', ['I 0 to 1 by system.keyForking', 'E 0 to 1 by rfc6043:6.10-6']),
    );
    const loose = { keyForking: 'allowed', response: 'optional', RANDRr: 'optional', RANDRi: 'optional' } as const;
    expect(outcome(under(loose), { flags: flagsOf('DHNO') })).toEqual(granted('DHNO'));
    expect(outcome(under({ ...loose, response: 'mandatory' }), { flags: flagsOf('DHNO') })).toEqual(
      granted('DFHKNO', ['F 0 to 1 by system.response']),
    );
    expect(outcome(under({ ...loose, RANDRr: 'mandatory' }), { flags: flagsOf('DHNO') })).toEqual(
      granted('DFGHKNO', ['G 0 to 1 by system.RANDRr', 'F 0 to 1 by rfc6043:6.10-3']),
    );
    expect(outcome(under({ ...loose, RANDRi: 'mandatory' }), { flags: flagsOf('DFGNO') })).toEqual(
      granted('DFGHKNO', ['H 0 to 1 by system.RANDRi']),
    );
    expect(outcome(under({ ...loose, keyForking: 'mandatory' }), { flags: flagsOf('DHNO') })).toEqual(
      granted('DEFHIKNO', [
        'I 0 to 1 by system.keyForking',
        'E 0 to 1 by rfc6043:6.10-6',
        'F 0 to 1 by rfc6043:6.10-9',
      ]),
    );
  });

  test('a ticket is never made weaker: where key forking is forbidden, a ticket with it is refused', () => {
    expect(outcome(under({ keyForking: 'forbidden' }))).toEqual(['refused', 'system.keyForking']);
    expect(outcome(under({ keyForking: 'forbidden' }), { flags: flagsOf('DEFGHNO') })).toEqual(granted('DEFGHNO'));
  });

  test('L and M are cleared where keys may not be supplied', () => {
    expect(outcome(policy, { flags: flagsOf('DEFGHILMNO') })).toEqual(
      granted('DEFGHIKNO', ['L 1 to 0 by system.suppliedKeys.initiator', 'M 1 to 0 by system.suppliedKeys.responder']),
    );
    const both = under({ suppliedKeys: { initiator: true, responder: true } });
    expect(outcome(both, { flags: flagsOf('DEFGHILMNO') })).toEqual(granted('DEFGHILMNO'));
  });

  test('[rfc6043:6.10-57] the validity period ends in time', () => {
    const hour = under({ longestValidity: 3600 });
    expect(outcome(hour)).toEqual(granted('DEFGHINO'));
    const cut = ['TRe 3601 s from now to 3600 s from now by system.longestValidity'];
    expect(outcome(hour, { validity: { TRe: 4601 } })).toEqual(granted('DEFGHIKNO', cut));
    const set = ['TRe no end to 3600 s from now by system.longestValidity'];
    expect(outcome(hour, { validity: {} })).toEqual(granted('DEFGHIKNO', set));
    expect(outcome(hour, { validity: { TRe: 1000 } })).toEqual(['refused', 'rfc6043:6.10']);
    expect(outcome(hour, { validity: { TRs: 4600, TRe: 4600 } })).toEqual(['refused', 'rfc6043:6.10']);
    // A ticket for tomorrow would outlive the rights of today.
    expect(outcome(hour, { validity: { TRs: 9000, TRe: 9600 } })).toEqual(['refused', 'rfc6043:6.10']);
  });

  test('[rfc6043:6.10-60] TRr is set and shortened', () => {
    const daily = under({ longestRekeying: 60 });
    expect(outcome(daily, { TRr: 60 })).toEqual(granted('DEFGHINO'));
    expect(outcome(daily, { TRr: 61 })).toEqual(granted('DEFGHIKNO', ['TRr 61 s to 60 s by system.longestRekeying']));
    expect(outcome(daily)).toEqual(granted('DEFGHIKNO', ['TRr none to 60 s by system.longestRekeying']));
    expect(outcome(policy, { TRr: 61 })).toEqual(granted('DEFGHINO'));
  });

  test('[rfc6043:6.10-68] applications are narrowed to those of the user, never to none, which would be all', () => {
    const some = policyOf([trusted(alice, { applications: ['voice', 'video', 'x-*'] })]);
    const apps = (applications: readonly string[]): unknown => {
      const decision = decideRequest(some, { ...ask, applications });
      return decision.verdict === 'granted' ? [decision.granted.applications, decision.granted.flags.K] : decision.rule;
    };
    expect(apps(['voice'])).toEqual([['voice'], false]);
    expect(apps(['x-game'])).toEqual([['x-game'], false]);
    expect(apps(['voice', 'fax'])).toEqual([['voice'], true]);
    expect(apps([])).toEqual([['voice', 'video'], true]);
    expect(apps(['fax'])).toBe('users[0].applications');
    const open = policyOf([trusted(alice, { applications: ['x-*'] })]);
    expect(outcome(open)).toEqual(['refused', 'users[0].applications']);
  });
});

describe('what no change can heal', () => {
  test('[rfc6043:12.1-1] [rfc6043:12.1-4] algorithms and key lengths beyond the limits', () => {
    expect(outcome(policy, { suite: 'sha1' })).toEqual(['refused', 'system.suites']);
    expect(outcome(under({ suites: ['sha256', 'sha1'] }), { suite: 'sha1' })).toEqual(granted('DEFGHINO'));
    const key = (length: number): Partial<TicketAsked> => ({ keys: [...ask.keys, { type: 'TEK', length }] });
    expect(outcome(policy, key(16))).toEqual(granted('DEFGHINO'));
    expect(outcome(policy, key(15))).toEqual(['refused', 'system.keyLength.smallest']);
    expect(outcome(policy, key(33))).toEqual(['refused', 'system.keyLength.longest']);
  });

  test('[rfc6043:6.10-15] [rfc6043:6.10-9] flags that the RFC rules out', () => {
    for (const flags of ['EFGHILNO', 'DFGHINO', 'DEHINO', 'DEGHINO']) {
      expect(outcome(policy, { flags: flagsOf(flags) })).toEqual(['refused', 'rfc6043:6.10']);
    }
  });
});

test('the example policy grants and refuses as its documentation says', () => {
  const example = examplePolicy();
  expect(outcome(example)[0]).toBe('granted');
  expect(
    outcome(example, { requester: bob, responders: ['sip:it-support@example.com'], applications: ['voice'] })[0],
  ).toBe('granted');
  expect(outcome(example, { requester: bob, responders: ['sip:carol@example.com'] })).toEqual([
    'refused',
    'users[1].mayCall',
  ]);
  expect(outcome(example, { responders: ['sip:lobby@example.com'] })).toEqual(['refused', 'users[2].secureConnection']);
  expect(outcome(example, { requester: 'sip:eve@evil.example' })).toEqual(['refused', 'users']);
});
