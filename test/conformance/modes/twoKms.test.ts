import { describe, expect, test } from 'vitest';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { idRoles } from '../../../spec/registry/identities.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { Forger } from '../../support/forger.ts';
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
  ticketOctets,
  timeOf,
} from '../../support/plays.ts';
import { csb, fork, openResolve, openTicketIn, rand, sessionOne } from '../../support/recompute.ts';
import { hexOf, only } from '../../support/runs.ts';
import { withPayloads } from '../../support/tamper.ts';

const twoKms = builtIn('two-kms');
const toPhone = { callee: 'sip:bob@b.example', reach: ['bob-phone'] };
const onePhone = changed(twoKms, { steps: [call({ from: 'KMS' }, toPhone)] });

describe.each(['sha1', 'sha256'] as const)(
  'a ticket of the KMS of the caller, at the KMS of the callee: %s',
  (suite) => {
    const run = played(changed(onePhone, { suite }));
    const asked = hop(run, 'RESOLVE_INIT_PSK', { from: 'bob-phone' });
    const forwarded = hop(run, 'RESOLVE_INIT_PSK', { from: 'kms-b' });
    const fromA = hop(run, 'RESOLVE_RESP', { from: 'kms-a' });
    const fromB = hop(run, 'RESOLVE_RESP', { from: 'kms-b' });
    const between = openResolve(suite, { init: forwarded, response: fromA, psk: secretOf(run, 'PSK(kms-b, kms-a)') });
    const toBob = openResolve(suite, { init: asked, response: fromB, psk: secretOf(run, 'PSK(bob-phone)') });
    const ticket = openTicketIn(hop(run, 'REQUEST_RESP'), secretOf(run, 'TPK(kms-a)'), suite);

    test('[rfc6043:4.2.3-1] [rfc6043:10-4] [rfc6043:10-6] [rfc6043:10-7] [rfc6043:10-8] takes the way of Figure 9', () => {
      expect(run.trace.asExpected).toBe(true);
      const resolve = run.trace.messages.filter(({ type }) => type.startsWith('RESOLVE'));
      expect(resolve.map(({ from, to }) => `${from} to ${to}`)).toEqual([
        'bob-phone to kms-b',
        'kms-b to kms-a',
        'kms-a to kms-b',
        'kms-b to bob-phone',
      ]);
      expect([idOf(asked.message, 'IDRkms'), idOf(forwarded.message, 'IDRkms')]).toEqual([
        'sip:kms@b.example',
        'sip:kms@a.example',
      ]);
    });

    test('[rfc6043:10-9] keeps IDRr and TICKET octet for octet; all else is new', () => {
      expect(idOf(forwarded.message, 'IDRr')).toBe(idOf(asked.message, 'IDRr'));
      expect(ticketOctets(forwarded.message)).toBe(ticketOctets(asked.message));
      expect(hexOf(csb(forwarded))).not.toBe(hexOf(csb(asked)));
      expect(timeOf(forwarded.message)).not.toBe(timeOf(asked.message));
      expect(randOf(forwarded.message, 'RANDRr')).not.toBe(randOf(asked.message, 'RANDRr'));
    });

    test('[rfc6043:10-1] [rfc6043:10-2] [rfc6043:10-10] is protected hop by hop: the PSK of the KMSs, named by IDRpsk and not by IDRr', () => {
      expect([between.macsHold, toBob.macsHold]).toEqual([true, true]);
      expect([idOf(asked.message, 'IDRpsk'), idOf(forwarded.message, 'IDRpsk')]).toEqual([
        'psk-bob-phone',
        'psk-kms-b-kms-a',
      ]);
      const wrong = { init: forwarded, response: fromA, psk: secretOf(run, 'PSK(bob-phone)') };
      expect(openResolve(suite, wrong).macsHold).toBe(false);
    });

    test('brings the callee the keys that the KMS of the caller made, forked for the callee', () => {
      const expected = [
        ticket.MPKi,
        fork(suite, '2b288856', ticket.MPKr, fromA),
        fork(suite, '1512b54a', ticket.sessionKeys[0]!.key, fromA),
      ].map(hexOf);
      expect(between.keys.map(({ key }) => hexOf(key))).toEqual(expected);
      expect(toBob.keys).toEqual(between.keys);
      expect([randOf(fromB.message, 'RANDRkms'), idOf(fromB.message, 'IDRr')]).toEqual([
        randOf(fromA.message, 'RANDRkms'),
        'sip:bob-phone@b.example',
      ]);
      const answer = hop(run, 'TRANSFER_RESP', { from: 'bob-phone' });
      const rands = {
        RANDRi: rand(hop(run, 'TRANSFER_INIT', { from: 'alice' }), 'RANDRi'),
        RANDRr: rand(answer, 'RANDRr'),
      };
      expect(agreedKeys(run, 'bob-phone')[0]).toBe(
        sessionOne(suite, fork(suite, '1512b54a', ticket.sessionKeys[0]!.key, answer), rands),
      );
    });

    test('[rfc6043:10-3] sends no key in clear, and each hop encrypts anew', () => {
      const octets = run.trace.messages.map((one) => hexOf(one.octets));
      for (const { key } of between.keys) expect(octets.filter((one) => one.includes(hexOf(key)))).toEqual([]);
      expect(hexOf(only(fromA.message, 'KEMAC').encrData)).not.toBe(hexOf(only(fromB.message, 'KEMAC').encrData));
    });
  },
);

describe('a KMS that speaks for others', () => {
  const forger = new Forger(played(onePhone));
  const toA = { type: 'RESOLVE_INIT_PSK', to: 'kms-a' };
  const named = (name: string): ReturnType<typeof played> =>
    played(onePhone, {
      intercept: forger.at(toA, (message) =>
        withPayloads(message, (payload) => [
          payload.kind === 'IDR' && payload.role === idRoles.IDRr ? { ...payload, data: Buffer.from(name) } : payload,
        ]),
      ),
    });

  test.each([
    ['a user of the other KMS', 'sip:alice@a.example'],
    ['the realm of the other KMS', 'sip:mallory@a.example'],
    ['a third realm', 'sip:bob@c.example'],
  ])('[rfc6043:10-1] speaks for its own users only, not for %s (weakness W19)', (_, name) => {
    const run = named(name);
    expect(refused(run)).toEqual(['kms-a partnerSpeaksForResolver', 'kms-b ERR_PEER', 'bob-phone ERR_PEER']);
    expect(run.trace.agreements).toEqual([]);
  });

  test('[rfc6043:4.2.3-13] gets no keys of a ticket that names none of its users', () => {
    const steps = [call({ from: 'KMS', responders: ['sip:carol@a.example'] }, toPhone)];
    const run = played(changed(onePhone, { steps }), { without: ['calleeInTicket', 'offerTicketNamesMe'] });
    expect(refused(run)).toEqual(['kms-a resolverAuthorized', 'kms-b ERR_PEER', 'bob-phone ERR_PEER']);
    expect(run.trace.agreements).toEqual([]);
  });

  test.each([
    ['the callee has none with it', 'kms-b', ['kms-b partnerKnown', 'bob-phone ERR_PEER'], 1],
    [
      'it has none with the callee',
      'kms-a',
      ['kms-a partnerSpeaksForResolver', 'kms-b ERR_PEER', 'bob-phone ERR_PEER'],
      2,
    ],
  ] as const)('[rfc6043:10-1] needs an agreement on both sides: %s', (_, kms, expected, asked) => {
    const partnerless = (scenario: Scenario): Scenario => ({
      ...scenario,
      kmss: scenario.kmss.map((one) => {
        if (one.name !== kms) return one;
        const policy = policyOf(scenario, one, []);
        return {
          ...one,
          policy: { ...policy, partners: policy.partners.map((rule) => ({ ...rule, agreement: false })) },
        };
      }),
    });
    const run = played(partnerless(onePhone));
    expect(refused(run)).toEqual(expected);
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(asked);
    expect(run.trace.agreements).toEqual([]);
  });

  test('hands a refusal of the other KMS on, each hop under its own MAC; the caller gets a hint', () => {
    const run = named('sip:bob@c.example');
    const errors = hops(run, 'Error').map(({ from, to, message }) => [`${from} to ${to}`, errorOf(message)]);
    expect(errors).toEqual([
      ['kms-a to kms-b', { no: 7, mac: true }],
      ['kms-b to bob-phone', { no: 12, mac: true }],
      ['bob-phone to proxy', { no: 0, mac: false }],
      ['proxy to alice', { no: 0, mac: false }],
    ]);
    expect(run.kmss.map(({ exchanges }) => exchanges.at(-1)!.state())).toEqual(['refused', 'refused']);
  });

  test('[rfc6043:10-7] does not pass on what a KMS asks: a ticket of a third KMS goes nowhere', () => {
    const third = played(onePhone, {
      intercept: forger.at(toA, (message) =>
        withPayloads(message, (payload) => [
          payload.kind === 'TICKET'
            ? {
                ...payload,
                policy: {
                  ...payload.policy,
                  tpData: payload.policy.tpData.map((part) =>
                    part.kind === 'IDR' && part.role === idRoles.IDRkms
                      ? { ...part, data: Buffer.from('sip:kms@b.example') }
                      : part,
                  ),
                },
              }
            : payload,
        ]),
      ),
    });
    expect(refused(third)).toEqual(['kms-a resolveNotForwardedTwice', 'kms-b ERR_PEER', 'bob-phone ERR_PEER']);
    expect(hops(third, 'RESOLVE_INIT_PSK')).toHaveLength(2);
  });
});

test('a ticket of the own KMS is resolved there: nothing is passed on', () => {
  const run = played(
    changed(twoKms, {
      users: twoKms.users.map((user) =>
        user.name === 'bob' ? { ...user, kms: 'kms-a', identity: 'sip:bob@a.example', devices: [] } : user,
      ),
      steps: [call({ from: 'KMS' }, { callee: 'sip:bob@a.example' })],
    }),
  );
  expect(run.trace.asExpected).toBe(true);
  expect(hops(run, 'RESOLVE_INIT_PSK').map(({ to }) => to)).toEqual(['kms-a']);
});
