import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { strictPolicy, strictSystem, strictUser } from '../../model/policy/kmsPolicy.ts';
import { parsePolicy, policySchema } from '../../src/policy/file.ts';
import { exampleText } from '../support/policies.ts';

/** What is wrong with a policy file of these parts. */
function problems(parts: object): readonly string[] {
  const read = parsePolicy(JSON.stringify({ format: 'mikey-ticket-policy/1', ...parts }));
  return read.ok ? [] : read.problems;
}

test('the JSON Schema in spec/ is that of the code: npm run policy:schema writes it', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../spec/kms-policy.schema.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(policySchema())));
});

test('[rfc6043:12.1-1] the example is a policy', () => {
  const read = parsePolicy(exampleText);
  expect(read).toMatchObject({ ok: true });
  expect(read.ok && read.policy.users[0]?.mayCreate).toEqual({ flags: 'EFGHILNO'.split(''), longestValidity: 600 });
});

test('what is left out is strict: nobody may do anything', () => {
  expect(parsePolicy('{"format":"mikey-ticket-policy/1"}')).toEqual({ ok: true, policy: strictPolicy });
  const read = parsePolicy(
    '{"format":"mikey-ticket-policy/1","system":{"keyLength":{"longest":64}},"users":[{"user":"sip:a@b"}]}',
  );
  expect(read.ok && read.policy.system).toEqual({ ...strictSystem, keyLength: { smallest: 16, longest: 64 } });
  expect(read.ok && read.policy.users).toEqual([{ ...strictUser, user: 'sip:a@b' }]);
});

describe('errors of form tell the path', () => {
  test.each([
    [{ users: [{}] }, 'users[0].user: '],
    [{ users: [{ user: 'a' }, { user: 'b' }, { user: 'c', mayCall: [7] }] }, 'users[2].mayCall[0]: '],
    [{ users: [{ user: 'a*b*' }] }, 'users[0].user: not a pattern of identities'],
    [{ users: [{ user: 'a b' }] }, 'users[0].user: not a pattern of identities'],
    [{ users: [{ user: '' }] }, 'users[0].user: not a pattern of identities'],
    [{ users: [{ user: 'a', speaksFor: ['b*'] }] }, 'users[0].speaksFor[0]: not an identity'],
    [{ users: [{ user: 'a', devices: ['b', ''] }] }, 'users[0].devices[1]: not an identity'],
    [{ users: [{ user: 'a', mayCal: ['b'] }] }, 'users[0].mayCal: there is no such field'],
    [{ users: [{ user: 'a', mayRequest: 'yes' }] }, 'users[0].mayRequest: '],
    [
      { users: [{ user: 'a', mayCreate: { flags: 'DEF', longestValidity: 1 } }] },
      'users[0].mayCreate.flags: not a list of flags',
    ],
    [{ users: [{ user: 'a', mayCreate: { flags: 'L', longestValidity: 0 } }] }, 'users[0].mayCreate.longestValidity: '],
    [{ users: [{ user: 'a', secureConnection: 'maybe' }] }, 'users[0].secureConnection: '],
    [{ system: { keyLength: { smallest: 15 } } }, 'system.keyLength.smallest: '],
    [{ system: { longestValidity: 1.5 } }, 'system.longestValidity: '],
    [{ system: { longestRekeying: 2 ** 32 } }, 'system.longestRekeying: '],
    [{ system: { suites: [] } }, 'system.suites: '],
    [{ system: { suites: ['md5'] } }, 'system.suites[0]: '],
    [{ groups: [{ identity: 'g', members: [] }] }, 'groups[0].members: '],
    [{ partners: [{ kms: 'k', realm: ['a*'] }] }, 'partners[0].agreement: '],
    [{ format: 'mikey-ticket-policy/2' }, 'format: '],
    [{ extra: 1 }, 'extra: there is no such field'],
  ])('%j', (parts, problem) => {
    expect(problems(parts)).toEqual([expect.stringContaining(problem)]);
    expect(problems(parts)[0]!.startsWith(problem)).toBe(true);
  });

  test.each(['', 'nonsense', '[]', 'null', '{}', '['.repeat(100_000)])('%.20s is no policy', (text) => {
    expect(parsePolicy(text).ok).toBe(false);
  });

  test('one line each, and not without end', () => {
    expect(problems({ users: Array.from({ length: 500 }, () => ({ user: '', mayCall: ['\n'] })) })).toHaveLength(20);
  });
});

describe('errors of the whole tell the path', () => {
  const create = (flags: string): object => ({ users: [{ user: 'a', mayCreate: { flags, longestValidity: 9 } }] });
  test.each([
    [{ users: [{ user: 'a' }, { user: 'a' }] }, 'users[1].user: a is about the same identities'],
    [{ users: [{ user: 'a*' }, { user: '*b' }] }, 'users[1].user: *b is about the same identities'],
    [{ users: [{ user: 'a' }, { user: 'b', speaksFor: ['a'] }] }, 'users[1].speaksFor[0]: a is about'],
    [
      {
        users: [
          { user: 'a', speaksFor: ['t'] },
          { user: 'b', speaksFor: ['t'] },
        ],
      },
      'users[1].speaksFor[0]: t is about',
    ],
    [{ users: [{ user: 'a*', devices: ['d'] }] }, 'users[0].devices[0]: would belong to everybody that a* fits'],
    [{ users: [{ user: 'a*', speaksFor: ['t'] }] }, 'users[0].speaksFor[0]: would belong to everybody'],
    [create('EFGHI'), 'users[0].mayCreate.flags: lacks L'],
    [create('LEFGH'), 'users[0].mayCreate.flags: lacks I: system.keyForking'],
    [{ ...create('LEIGH'), system: { response: 'optional' } }, 'users[0].mayCreate.flags: lacks F: system.RANDRr'],
    [create('LEFIG'), 'users[0].mayCreate.flags: lacks H: system.RANDRi'],
    [create('LEFIH'), 'users[0].mayCreate.flags: lacks G: system.RANDRr'],
    [create('LFGIH'), 'users[0].mayCreate.flags: lacks E: system.keyForking'],
    [{ system: { keyLength: { smallest: 33, longest: 32 } } }, 'system.keyLength.smallest: is above longest'],
    [{ system: { keyLength: { smallest: 33, longest: 64 } } }, 'system.suites[0]: sha256 makes keys of 32 octets'],
    [{ system: { suites: ['sha256', 'sha256'] } }, 'system.suites[1]: sha256 is listed twice'],
    [
      {
        groups: [
          { identity: 'g', members: ['a'] },
          { identity: 'g', members: ['b'] },
        ],
      },
      'groups[1].identity: g is the same group',
    ],
    [
      {
        groups: [
          { identity: 'g', members: ['a', 'h'] },
          { identity: 'h', members: ['b'] },
        ],
      },
      'groups[0].members[1]: h is a group',
    ],
    [
      { partners: [{ kms: 'k', realm: ['*'], agreement: true }] },
      'partners[0].realm[0]: a partner may not speak for everybody',
    ],
    [
      { users: [{ user: 'xa' }], partners: [{ kms: 'k', realm: ['x*'], agreement: true }] },
      'partners[0].realm[0]: fits xa, a user of this KMS (users[0].user)',
    ],
    [
      { users: [{ user: 'a', devices: ['xd'] }], partners: [{ kms: 'k', realm: ['b', 'x*'], agreement: true }] },
      'partners[0].realm[1]: fits xd',
    ],
    [
      {
        partners: [
          { kms: 'k', realm: ['x*'], agreement: true },
          { kms: 'l', realm: ['xy*'], agreement: true },
        ],
      },
      'partners[1].realm[0]: overlaps with',
    ],
    [
      {
        partners: [
          { kms: 'k', realm: ['x'], agreement: true },
          { kms: 'k', realm: ['y'], agreement: true },
        ],
      },
      'partners[1].kms: k is the same KMS',
    ],
  ])('%j', (parts, problem) => {
    expect(problems(parts)).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    { users: [{ user: '*' }, { user: 'sip:*' }, { user: 'sip:*@b' }, { user: 'sip:a@b', speaksFor: ['tel:1'] }] },
    { users: [{ user: '*' }], partners: [{ kms: 'k', realm: ['x*'], agreement: true }] },
    { ...create('LH'), system: { keyForking: 'allowed', response: 'optional', RANDRr: 'optional' } },
    { groups: [{ identity: 'sip:*@b', members: ['sip:*@b'] }] },
  ])('nothing is wrong with %j', (parts) => {
    expect(problems(parts)).toEqual([]);
  });
});
