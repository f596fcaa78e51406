import { describe, expect, test } from 'vitest';
import type { HeldTicket } from '../../../model/exchange/requestResp.ts';
import { buildTransferInit, type Call } from '../../../model/exchange/transferInit.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import { env } from '../../support/refusals/refusal.ts';
import type { Scenario, Step } from '../../../model/modes/scenario.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import {
  agreedKeys,
  call,
  changed,
  errorOf,
  hop,
  hops,
  idOf,
  played,
  randOf,
  refused,
  secretOf,
  timeOf,
} from '../../support/plays.ts';
import { csb, fork, openResolve, openTicketIn, rand, sessionOne } from '../../support/recompute.ts';
import { hexOf, only } from '../../support/runs.ts';

const team = 'sip:team@example.com';
const group = builtIn('group');
const withSteps = (...steps: readonly Step[]): Scenario => changed(group, { steps });

describe.each(['sha1', 'sha256'] as const)('a ticket for a group: %s', (suite) => {
  const run = played(changed(group, { suite }));
  const ticket = openTicketIn(hop(run, 'REQUEST_RESP'), secretOf(run, 'TPK'), suite);

  test.each(['bob', 'carol'])(
    '[rfc6043:12.5-2] names the group, and %s resolves it as a member, with keys of its own',
    (name) => {
      const [init] = hops(run, 'RESOLVE_INIT_PSK', { from: name });
      const [response] = hops(run, 'RESOLVE_RESP', { to: name });
      expect([
        idOf(init!.message, 'IDRr'),
        only(init!.message, 'TICKET')
          .policy.tpData.filter(({ kind }) => kind === 'IDR')
          .map((one) => 'data' in one && Buffer.from(one.data).toString()),
      ]).toEqual([`sip:${name}@example.com`, ['sip:kms@example.com', 'sip:alice@example.com', team]]);
      const { macsHold, keys } = openResolve(suite, {
        init: init!,
        response: response!,
        psk: secretOf(run, `PSK(${name})`),
      });
      expect(macsHold).toBe(true);
      expect(keys.map(({ key }) => hexOf(key))).toEqual([
        hexOf(ticket.MPKi),
        hexOf(fork(suite, '2b288856', ticket.MPKr, response!)),
        hexOf(fork(suite, '1512b54a', ticket.sessionKeys[0]!.key, response!)),
      ]);
    },
  );

  test('[rfc6043:12.5-1] is not resolved for who has left: the KMS says so under a MAC, and the call goes on with the others', () => {
    expect(run.trace.asExpected).toBe(true);
    const errors = hops(run, 'Error').map(({ from, to, message }) => [`${from} to ${to}`, errorOf(message)]);
    expect(errors).toEqual([
      ['kms to dave', { no: 7, mac: true }],
      ['dave to proxy', { no: 0, mac: false }],
      ['proxy to alice', { no: 0, mac: false }],
    ]);
    expect(run.trace.agreements.some(({ device }) => device === 'dave')).toBe(false);
  });
});

test('[rfc6043:12.5-2] membership counts as it is when the ticket is resolved', () => {
  const run = played(
    withSteps(
      call({ from: 'KMS' }, { callee: team, reach: ['bob'] }),
      { do: 'leave', group: team, member: 'dave' },
      call({ from: 'held' }, { callee: team, reach: ['dave'] }),
      { do: 'join', group: team, member: 'dave' },
      call({ from: 'held' }, { callee: team, reach: ['dave'] }),
    ),
  );
  expect(refused(run)).toEqual(['kms resolverAuthorized', 'dave ERR_PEER']);
  expect(run.outcomes.map(({ answered }) => answered)).toEqual([['bob'], [], ['dave']]);
});

describe('[rfc6043:5.3-8] [rfc6043:5.3-9] [rfc6043:12.5-3] a ticket for a group with forked keys', () => {
  const first = call({ from: 'KMS' }, { callee: team, reach: ['bob'] });
  const again = call({ from: 'held' }, { callee: team, reach: ['bob'] });

  test.each([
    [
      'is not used again if nobody looked at the group (finding N4)',
      [first, again],
      [],
      ['alice heldGroupVerified'],
      [['bob'], []],
    ],
    ['is, if the Initiator has looked', [first, { ...again, groupVerified: true }], [], [], [['bob'], ['bob']]],
    ['is, where the profile allows it', [first, again], ['unverified-group-reuse'], [], [['bob'], ['bob']]],
    ['is not needed if each call has a new one', [first, first], [], [], [['bob'], ['bob']]],
  ] as const)('%s', (_, steps, allow, refusals_, answered) => {
    const run = played(changed(group, { steps, allow }));
    expect(refused(run)).toEqual(refusals_);
    expect(run.outcomes.map((outcome) => outcome.answered)).toEqual(answered);
  });

  test('is one thing, a ticket for a member another: bob alone is no group', () => {
    const bob = 'sip:bob@example.com';
    const steps = [call({ from: 'KMS' }, { callee: bob }), call({ from: 'held' }, { callee: bob })];
    expect(refused(played(changed(group, { steps, allow: [] })))).toEqual([]);
  });

  test('that names bob beside the group, too: nobody else can answer for him, so he is called again unasked', () => {
    const bob = 'sip:bob@example.com';
    const ticket = { from: 'KMS', responders: [bob, team] } as const;
    const run = played(
      changed(group, { steps: [call(ticket, { callee: bob }), call({ from: 'held' }, { callee: bob })], allow: [] }),
    );
    expect(refused(run)).toEqual([]);
    expect(run.outcomes.map((outcome) => outcome.answered)).toEqual([['bob'], ['bob']]);
  });
});

describe('a group key', () => {
  const run = played(builtIn('group-key'));
  const offers = hops(run, 'TRANSFER_INIT', { from: 'alice' });

  test('[rfc6043:9-3] [rfc3830:6.11-2] all Ticket Transfers have the same RANDs; their CSB IDs and times differ', () => {
    expect(new Set(offers.map(({ message }) => randOf(message, 'RANDRi'))).size).toBe(1);
    expect(hops(run, 'TRANSFER_RESP').map(({ message }) => randOf(message, 'RANDRr'))).toEqual(
      hops(run, 'TRANSFER_RESP').map(() => undefined),
    );
    expect(new Set(offers.map((one) => hexOf(csb(one)))).size).toBe(3);
    expect(new Set(offers.map(({ message }) => timeOf(message))).size).toBe(3);
  });

  test('[rfc6043:9-2] [rfc6043:9-3] a GTGK comes to every member unasked, is not forked, and gives all of them one TEK', () => {
    const ticket = openTicketIn(hop(run, 'REQUEST_RESP'), secretOf(run, 'TPK'), 'sha256');
    const [GTGK] = ticket.sessionKeys;
    expect(GTGK!.type).toBe(5);
    for (const name of ['bob', 'carol', 'dave']) {
      const init = hop(run, 'RESOLVE_INIT_PSK', { from: name });
      const response = hop(run, 'RESOLVE_RESP', { to: name });
      const { keys } = openResolve('sha256', { init, response, psk: secretOf(run, `PSK(${name})`) });
      expect(keys[2]).toEqual(GTGK);
      expect(hexOf(keys[1]!.key)).toBe(hexOf(fork('sha256', '2b288856', ticket.MPKr, response)));
      const [session] = agreedKeys(run, name);
      const [tek] = sessionOne('sha256', GTGK!.key, { RANDRi: rand(offers[0]!, 'RANDRi'), RANDRr: undefined }).split(
        ' ',
      );
      // The salt comes with the key.
      expect(session).toBe(`${tek} ${hexOf(GTGK!.salt!)}`);
    }
  });

  test('[rfc6043:9-3] with RANDs of its own each member would get other keys: hence the rule', () => {
    const { steps } = builtIn('group-key');
    const apart = played(
      changed(builtIn('group-key'), {
        steps: steps.map((step) => (step.do === 'call' ? { ...step, sameRands: false, groupVerified: true } : step)),
      }),
    );
    expect(new Set(['bob', 'carol', 'dave'].map((name) => agreedKeys(apart, name)[0])).size).toBe(3);
  });

  test('[rfc3830:5.1.1-4] all members have one security policy: no choice is offered with it', () => {
    const offered = (scenario: Scenario): number => {
      const { held, call: made } = played(scenario).callers[0]!.context() as {
        readonly held: HeldTicket<Uint8Array>;
        readonly call: Call<Uint8Array>;
      };
      const policies = [aesCm256HmacSha1, aesCm128HmacSha1];
      const outcome = buildTransferInit(env, { ...made, policies }, held);
      return outcome.accepted ? outcome.value.payloads.filter(({ kind }) => kind === 'SP').length : -1;
    };
    expect([offered(builtIn('group-key')), offered(group)]).toEqual([1, 2]);
  });

  test.each([
    ['is refused if nobody looked at the group', {}, {}, ['alice heldGroupVerified'], [['bob'], []]],
    ['is for the Initiator to answer for, if it has looked', { groupVerified: true }, {}, [], [['bob'], ['carol']]],
    [
      'is possible where the profile allows it',
      {},
      { allow: ['unverified-group-reuse', 'G=0'] },
      [],
      [['bob'], ['carol']],
    ],
  ] as const)(
    '[rfc6043:5.3-8] [rfc6043:5.3-9] [rfc6043:12.5-3] its second use %s',
    (_, more, loose, refusals_, answered) => {
      const again = played(
        changed(builtIn('group-key'), {
          ...loose,
          steps: [
            call({ from: 'KMS', flags: 'DEFHIJNO', keys: ['GTGK'] }, { callee: team, reach: ['bob'] }),
            { do: 'leave', group: team, member: 'dave' },
            call({ from: 'held' }, { callee: team, reach: ['carol'], ...more }),
          ],
        }),
      );
      expect(refused(again)).toEqual(refusals_);
      expect(again.outcomes.map((outcome) => outcome.answered)).toEqual(answered);
    },
  );
});

describe('decentralised signaling', () => {
  const scenario = builtIn('group-decentralised');

  test('[rfc6043:9-1] the second Ticket Transfer is between its own two parties', () => {
    const direct = changed(scenario, {
      steps: [
        call({ from: 'KMS', flags: 'DEFHJNO', responders: ['sip:bob@example.com', 'sip:carol@example.com'] }),
        call({ from: 'resolved' }, { caller: 'bob', callee: 'sip:carol@example.com' }),
      ],
    });
    const run = played(direct);
    expect(run.trace.asExpected).toBe(true);
    const [first, second] = ['alice', 'bob'].map((from) => hop(run, 'TRANSFER_INIT', { from }).message);
    expect([idOf(first!, 'IDRi'), idOf(first!, 'IDRr')]).toEqual(['sip:alice@example.com', 'sip:bob@example.com']);
    expect([idOf(second!, 'IDRi'), idOf(second!, 'IDRr')]).toEqual(['sip:bob@example.com', 'sip:carol@example.com']);
    const carol = run.trace.agreements.find(({ party }) => party === 'carol');
    expect(carol!.peerIdentity).toBe('sip:bob@example.com');
  });

  test('[rfc6043:9-1] to a group it names the caller and the group', () => {
    const run = played(scenario);
    const second = hop(run, 'TRANSFER_INIT', { from: 'bob' }).message;
    expect([idOf(second, 'IDRi'), idOf(second, 'IDRr')]).toEqual(['sip:bob@example.com', team]);
    expect(run.trace.asExpected).toBe(true);
  });

  test('is refused by a strict Responder: the caller does not own the ticket', () => {
    const run = played(changed(scenario, { allow: ['I=0', 'G=0', 'unverified-group-reuse'] }));
    expect(refused(run)).toEqual(['carol offerCallerOwnsTicket']);
    expect(run.outcomes.map(({ answered }) => answered)).toEqual([['bob'], []]);
  });

  test('[rfc6043:9.1-1] does not work with key forking: who resolved the ticket lacks MPKr, and does not even call', () => {
    const steps = scenario.steps.map((step) =>
      step.do === 'call' && step.ticket.from === 'KMS'
        ? { ...step, ticket: { ...step.ticket, flags: 'DEFHIJNO' } }
        : step,
    );
    const run = played(changed(scenario, { steps }));
    expect(refused(run)).toEqual(['bob heldTicketMine']);
    expect(hops(run, 'TRANSFER_INIT', { from: 'bob' })).toEqual([]);
    // A Responder would not take it either, decentralised or not: there is no Initiator Data that the KMS would believe.
    expect(refused(played(changed(scenario, { steps }), { without: ['heldTicketMine'] }))).toEqual([
      'carol offerCallerOwnsTicket',
    ]);
  });
});
