import { describe, expect, test } from 'vitest';
import { ImpossibleStep } from '../../model/modes/impossibleStep.ts';
import { playChanged, problemsOf, type Draft } from '../support/scenarios.ts';

type Case = readonly [string, string, (draft: Draft) => void, readonly string[]];

const reuse = { do: 'call', caller: 'alice', callee: 'sip:bob@example.com', ticket: { from: 'held' } };

/** What is wrong with built-in scenarios after a change. */
const cases: readonly Case[] = [
  [
    'a caller that is nobody',
    'standard',
    (d) => (d['steps'][0].caller = 'mallory'),
    ['steps[0].caller: no endpoint is called mallory'],
  ],
  [
    'a caller with devices',
    'standard',
    (d) => (d['steps'][0].caller = 'bob'),
    ['steps[0].caller: no endpoint is called bob'],
  ],
  [
    'a KMS that is nobody',
    'standard',
    (d) => (d['users'][0].kms = 'k'),
    ['users[0].kms: no KMS is called k; there is kms'],
  ],
  [
    'a callee that is nobody',
    'standard',
    (d) => (d['steps'][0].callee = 'sip:x@y'),
    ['steps[0].callee: nobody answers for sip:x@y'],
  ],
  [
    'devices that do not exist',
    'standard',
    (d) => (d['steps'][0].reach = ['bob-phone', 'bob-fax']),
    ['steps[0].reach[1]: no endpoint is called bob-fax'],
  ],
  [
    'an answer of one that the call does not reach',
    'standard',
    (d) => {
      d['steps'][0].reach = ['bob-phone'];
      d['steps'][0].answer = ['bob-laptop'];
    },
    ['steps[0].answer[0]: no endpoint that the call reaches is called bob-laptop'],
  ],
  [
    'two parties of one name',
    'standard',
    (d) => (d['users'][1].devices[1].name = 'bob-phone'),
    ['users[1].devices[1].name: another party is called bob-phone'],
  ],
  [
    'a user called as the KMS',
    'standard',
    (d) => (d['users'][0].name = 'kms'),
    ['users[0].name: another party is called kms'],
  ],
  [
    'two users of one name',
    'standard',
    (d) => (d['users'][1].name = 'alice'),
    ['users[1].name: another user is called alice'],
  ],
  [
    'a reserved name',
    'standard',
    (d) => (d['users'][0].name = 'proxy'),
    ['users[0].name: proxy is the name of the forking proxy'],
  ],
  [
    'one identity of two',
    'standard',
    (d) => (d['users'][0].identity = 'sip:bob-phone@example.com'),
    ['users[1].devices[0].identity: somebody else has the identity'],
  ],
  [
    'a group with the identity of a user',
    'group',
    (d) => (d['groups'][0].identity = 'sip:bob@example.com'),
    ['groups[0].identity: somebody else has the identity'],
  ],
  [
    'a member that is nobody',
    'group',
    (d) => (d['groups'][0].members = ['eve']),
    ['groups[0].members[0]: no user is called eve'],
  ],
  [
    'a member twice',
    'group',
    (d) => d['groups'][0].members.push('bob'),
    ['groups[0].members[3]: the group already has bob'],
  ],
  ['a group of no KMS', 'group', (d) => (d['groups'][0].kms = 'x'), ['groups[0].kms: no KMS is called x']],
  [
    'a group that is not',
    'group',
    (d) => (d['steps'][1].group = 'sip:x@y'),
    ['steps[1].group: no group is called sip:x@y'],
  ],
  [
    'who leaves twice',
    'group',
    (d) => d['steps'].splice(1, 0, d['steps'][1]),
    ['steps[2].member: dave is not in the group'],
  ],
  [
    'who joins what it is in',
    'group',
    (d) => (d['steps'][1] = { do: 'join', group: 'sip:team@example.com', member: 'bob' }),
    ['steps[1].member: bob is in the group'],
  ],
  [
    'nobody left in the group',
    'group',
    (d) => {
      d['groups'][0].members = [];
      delete d['steps'][0].reach;
      d['steps'].splice(1);
    },
    ['steps[0].callee: nobody answers for sip:team@example.com at that time'],
  ],
  [
    'an agreement with nobody',
    'two-kms',
    (d) => d['kmss'][0].agreements.push('kms-c'),
    ['kmss[0].agreements[1]: no KMS is called kms-c'],
  ],
  [
    'an agreement with oneself',
    'two-kms',
    (d) => d['kmss'][0].agreements.push('kms-a'),
    ['kmss[0].agreements[1]: a KMS needs no agreement with itself'],
  ],
  [
    'an agreement twice',
    'two-kms',
    (d) => d['kmss'][0].agreements.push('kms-b'),
    ['kmss[0].agreements[1]: there is already an agreement with kms-b'],
  ],
  [
    'a realm over users of another KMS',
    'two-kms',
    (d) => (d['kmss'][0].realm = ['sip:*']),
    ['kmss[1]: the policy that follows'],
  ],
  [
    'a ticket that is not held',
    'standard',
    (d) => (d['steps'][0].ticket = { from: 'held' }),
    ['steps[0].ticket.from: alice has no ticket called ticket'],
  ],
  [
    'a ticket of another name',
    'standard',
    (d) => d['steps'].push({ ...reuse, ticket: { from: 'held', name: 'x' } }),
    ['steps[1].ticket.from: alice has no ticket called x'],
  ],
  [
    'a ticket of somebody else',
    'standard',
    (d) => d['steps'].push({ ...reuse, caller: 'bob-phone', callee: 'sip:alice@example.com' }),
    ['steps[1].ticket.from: bob-phone has no ticket'],
  ],
  [
    'a ticket out of a call at the same time',
    'standard',
    (d) => (d['steps'] = [{ do: 'together', calls: [d['steps'][0], reuse] }]),
    ['steps[0].calls[1].ticket.from: alice has no ticket'],
  ],
  [
    'other flags for a ticket that is there',
    'reused',
    (d) => (d['steps'][2].ticket.flags = 'DEFGH'),
    ['steps[2].ticket.flags: a ticket that is there already is as it is'],
  ],
  [
    'a ticket that is not resolved',
    'standard',
    (d) => (d['steps'][0].ticket = { from: 'resolved' }),
    ['steps[0].ticket.from: alice has resolved no ticket'],
  ],
  [
    'a self-made ticket without a key',
    'standard',
    (d) => (d['steps'][0].ticket.from = 'self'),
    ['steps[0].ticket.from: alice shares no TPK'],
  ],
  [
    'a shared key with nobody',
    'pre-shared',
    (d) => (d['sharedTicketKeys'] = [['alice', 'x']]),
    ['sharedTicketKeys[0][1]: no endpoint is called x'],
  ],
  [
    'a shared key alone',
    'pre-shared',
    (d) => (d['sharedTicketKeys'] = [['alice', 'alice']]),
    ['sharedTicketKeys[0]: it takes two'],
  ],
  [
    'a shared key twice',
    'pre-shared',
    (d) => d['sharedTicketKeys'].push(['bob', 'alice']),
    ['sharedTicketKeys[1]: these two share a TPK already'],
  ],
  [
    'two keys to make tickets with',
    'pre-shared',
    (d) => (d['users'][0].ownTickets.key = true),
    ['users[0].ownTickets.key: alice shares a TPK with a peer too'],
  ],
  [
    'a rotation at nobody',
    'standard',
    (d) => d['steps'].push({ do: 'rotate-ticket-key', kms: 'x' }),
    ['steps[1].kms: no KMS is called x'],
  ],
  [
    'an expectation of nobody',
    'standard',
    (d) => (d['steps'][0].expect = { answered: ['x'] }),
    ['steps[0].expect.answered[0]: no endpoint is called x'],
  ],
  [
    'a refusal by nobody',
    'standard',
    (d) => (d['steps'][0].expect = { answered: [], refusals: [{ party: 'x', check: 'ERR_PEER' }] }),
    ['steps[0].expect.refusals[0].party: no party is called x'],
  ],
  [
    'a check that is not',
    'standard',
    (d) => (d['steps'][0].expect = { answered: [], refusals: [{ party: 'kms', check: 'x' }] }),
    ['steps[0].expect.refusals[0].check: there is no check x'],
  ],
  [
    'waiting beyond the era',
    'standard',
    (d) => d['steps'].push(...Array.from({ length: 11 }, () => ({ do: 'wait', seconds: 10_000_000 }))),
    ['steps: they wait longer'],
  ],
  [
    'an update with nobody',
    'update',
    (d) => (d['steps'][1].with = 'carol'),
    ['steps[1].with: no endpoint is called carol'],
  ],
  [
    'an update without a call',
    'update',
    (d) => (d['steps'][1].by = 'bob-laptop'),
    ['steps[1].with: no earlier call is between bob-laptop and bob-phone'],
  ],
  [
    'a fault at nobody',
    'standard',
    (d) => (d['faults'] = [{ do: 'drop', message: 'TRANSFER_INIT', to: 'x' }]),
    ['faults[0].to: no party is called x'],
  ],
  [
    'a fault of no message',
    'standard',
    (d) => (d['faults'] = [{ do: 'drop', message: 'TRANSFER', to: 'kms' }]),
    ['faults[0].message: no message is called TRANSFER'],
  ],
];

describe('what is wrong with a scenario is told with the path', () => {
  test.each(cases)('%s', (_, name, change, expected) => {
    const problems = problemsOf(name, change);
    expect(problems).toHaveLength(expected.length);
    expected.forEach((start, index) => expect(problems[index]!.slice(0, start.length)).toBe(start));
  });

  test('everything at once, not only the first', () => {
    const problems = problemsOf('standard', (d) => {
      d['users'][0].kms = 'x';
      d['users'][1].devices[1].name = 'bob-phone';
    });
    expect(problems).toHaveLength(2);
  });
});

describe('what only the run can tell', () => {
  test('a ticket that was refused cannot be used again', () => {
    const act = (): unknown =>
      playChanged('standard', (d) => {
        d['users'][0].mayRequest = false;
        d['steps'].push({ do: 'together', calls: [reuse] });
      });
    expect(act).toThrow(ImpossibleStep);
    expect(act).toThrow('steps[1].calls[0].ticket.from: alice holds no ticket called ticket');
  });

  test('a call that did not come about cannot be updated', () => {
    const act = (): unknown => playChanged('update', (d) => (d['users'][0].mayRequest = false));
    expect(act).toThrow('steps[1].with: alice and bob-phone have no call with each other');
  });

  test('a ticket that was never resolved cannot be passed on', () => {
    const act = (): unknown => playChanged('group-decentralised', (d) => (d['users'][0].mayRequest = false));
    expect(act).toThrow('steps[1].ticket.from: bob has resolved no ticket');
  });
});
