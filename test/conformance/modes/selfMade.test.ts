import { describe, expect, test } from 'vitest';
import { uri } from '../../../model/message/identity.ts';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import type { KmsPolicy } from '../../../model/policy/kmsPolicy.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { readTicketData } from '../../../model/ticket/baseTicket.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { Forger } from '../../support/forger.ts';
import { h, hmac, len8, protectionKeys } from '../../support/independent.ts';
import {
  agreedKeys,
  call,
  changed,
  errorOf,
  hop,
  hops,
  played,
  refusals,
  refused,
  secretOf,
  withUser,
} from '../../support/plays.ts';
import {
  csb,
  fieldPlace,
  fork,
  idData,
  macLength,
  macOf,
  openResolve,
  openTicketIn,
  rand,
  sessionOne,
} from '../../support/recompute.ts';
import { flags, tpData } from '../../support/refusals/refusal.ts';
import { hexOf, only } from '../../support/runs.ts';
import type { Change } from '../../support/tamper.ts';

const otwayRees = builtIn('otway-rees');
/** alice makes a ticket and calls bob's phone with it. */
const toPhone = (more: Parameters<typeof call>[0] = { from: 'self' }): Scenario =>
  changed(otwayRees, { steps: [call({ flags: 'EFGHIJLNO', ...more, from: 'self' }, { reach: ['bob-phone'] })] });

describe.each(['sha1', 'sha256'] as const)('a ticket that the Initiator made itself (mode 3): %s', (suite) => {
  const run = played(changed(otwayRees, { suite }));
  const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
  const ticket = openTicketIn(offer, secretOf(run, 'TPK(alice)'), suite);

  test('[rfc6043:4.1-2] [rfc6043:4.1-3] [rfc6043:4.1.1-3] [rfc6043:A-1] comes without a Ticket Request', () => {
    expect(run.trace.asExpected).toBe(true);
    expect(hops(run, 'REQUEST_INIT_PSK')).toEqual([]);
    expect(hops(run, 'RESOLVE_RESP')).toHaveLength(2);
    const { policy, ticketData } = only(offer.message, 'TICKET');
    expect([policy.flags.D, policy.flags.L, policy.flags.K]).toEqual([false, true, false]);
    const data = readTicketData(bytes, { kind: 'TICKET', policy, ticketData, initiatorData: Buffer.alloc(0) });
    expect(Buffer.from(data.IDRpsk!.data).toString()).toBe('tpk-alice');
  });

  test('is sealed under the TPK of its maker, MAC and keys, and has no KEMAC in TP Data', () => {
    expect(ticket.macFound).toBe(ticket.mac);
    expect(hexOf(ticket.MPKi)).toBe(hexOf(secretOf(run, 'MPKi')));
    expect(ticket.sessionKeys.map(({ key }) => hexOf(key))).toEqual([hexOf(secretOf(run, 'TGK'))]);
    expect(only(offer.message, 'TICKET').policy.tpData.map(({ kind }) => kind)).not.toContain('KEMAC');
    expect(openTicketMac(run, suite)).toBe(false);
  });

  test('TRANSFER_INIT is protected by its MPKi, and Initiator Data by its MPKr', () => {
    const tail = Buffer.concat([csb(offer), h('01'), len8(rand(offer, 'RANDRi')), h('00')]);
    const gap = fieldPlace(offer.octets, 'TICKET', 'Initiator Data length').start;
    const end = fieldPlace(offer.octets, 'TICKET', 'Initiator Data').end;
    const message = Buffer.concat([
      offer.octets.subarray(0, gap),
      offer.octets.subarray(end, offer.octets.length - macLength[suite]),
      idData(offer, 'IDRi'),
      idData(offer, 'IDRr'),
    ]);
    expect(macOf(offer, suite)).toBe(hexOf(hmac(suite, protectionKeys(suite, ticket.MPKi, tail).auth, message)));
  });

  test.each(['bob-phone', 'bob-laptop'])('the KMS opens it for %s, and forks its keys', (name) => {
    const response = hop(run, 'RESOLVE_RESP', { to: name });
    const { macsHold, keys } = openResolve(suite, {
      init: hop(run, 'RESOLVE_INIT_PSK', { from: name }),
      response,
      psk: secretOf(run, `PSK(${name})`),
    });
    const TGK = fork(suite, '1512b54a', ticket.sessionKeys[0]!.key, response);
    expect(macsHold).toBe(true);
    expect(keys.map(({ key }) => hexOf(key))).toEqual([
      hexOf(ticket.MPKi),
      hexOf(fork(suite, '2b288856', ticket.MPKr, response)),
      hexOf(TGK),
    ]);
    const answer = hop(run, 'TRANSFER_RESP', { from: name });
    const rands = { RANDRi: rand(offer, 'RANDRi'), RANDRr: rand(answer, 'RANDRr') };
    expect(agreedKeys(run, name)[0]).toBe(sessionOne(suite, TGK, rands));
  });
});

/** Whether the ticket verifies under the TPK of the KMS itself: it must not. */
function openTicketMac(run: ReturnType<typeof played>, suite: 'sha1' | 'sha256'): boolean {
  const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
  const data = Buffer.from(only(offer.message, 'TICKET').ticketData);
  const RAND = data.subarray(15, 15 + data[14]!);
  const { auth } = protectionKeys(suite, secretOf(run, 'TPK'), Buffer.concat([h('ffffffff05'), len8(RAND)]));
  const { start } = fieldPlace(offer.octets, 'TICKET', 'Ticket Type');
  const { end } = fieldPlace(offer.octets, 'TICKET', 'Ticket Data');
  const covered = offer.octets.subarray(start, end - macLength[suite]);
  return hexOf(hmac(suite, auth, Buffer.from(covered))) === hexOf(data.subarray(data.length - macLength[suite]));
}

describe('the right to make tickets', () => {
  test('[rfc6043:4.1.1-3] is asked of the local policy before anything is made: nothing is sent', () => {
    const run = played(withUser(toPhone(), 'alice', { ownTickets: { key: true, local: false, kms: true } }));
    expect(refused(run)).toEqual(['alice creationAllowed']);
    expect(run.trace.messages).toEqual([]);
  });

  test('[rfc6043:12.1-1] is asked of the policy of the KMS when it is to resolve: the resolver learns it under a MAC, the caller only that it failed', () => {
    const run = played(withUser(toPhone(), 'alice', { ownTickets: { key: true, local: true, kms: false } }));
    expect(refused(run)).toEqual(['kms ticketMakerAuthorized', 'bob-phone ERR_PEER']);
    expect(hops(run, 'Error').map(({ from, message }) => [from, errorOf(message)])).toEqual([
      ['kms', { no: 7, mac: true }],
      ['bob-phone', { no: 0, mac: false }],
      ['proxy', { no: 0, mac: false }],
    ]);
    expect(run.callers[0]!.state()).toBe('awaitingTransferResp');
    expect(run.trace.agreements).toEqual([]);
  });

  /** The policy of the KMS with some of it otherwise. */
  const governed = (scenario: Scenario, change: (policy: KmsPolicy) => KmsPolicy): Scenario => ({
    ...scenario,
    kmss: scenario.kmss.map((kms) => ({ ...kms, policy: change(policyOf(scenario, kms, [])) })),
  });

  test.each([
    ['longer than the KMS lets tickets be', toPhone({ from: 'self', validFor: 9 * 3600 }), 'system.longestValidity'],
    [
      'longer than the KMS lets its maker make them',
      governed(toPhone({ from: 'self', validFor: 3600 }), (policy) => ({
        ...policy,
        users: policy.users.map((user) =>
          user.mayCreate ? { ...user, mayCreate: { ...user.mayCreate, longestValidity: 1800 } } : user,
        ),
      })),
      'mayCreate.longestValidity',
    ],
    [
      'with a flag that is not on the list',
      governed(toPhone(), (policy) => ({
        ...policy,
        users: policy.users.map((user) =>
          user.mayCreate
            ? { ...user, mayCreate: { ...user.mayCreate, flags: ['E', 'F', 'G', 'H', 'I', 'L', 'N', 'O'] } }
            : user,
        ),
      })),
      'mayCreate.flags',
    ],
    [
      'for somebody whom its maker may not call',
      governed(toPhone(), (policy) => ({
        ...policy,
        users: policy.users.map((user) => (user.mayCreate ? { ...user, mayCall: ['sip:carol@example.com'] } : user)),
      })),
      'mayCall',
    ],
  ] as const)('does not reach to a ticket that is %s', (_, scenario, rule) => {
    const run = played(scenario);
    const [refusal] = refusals(run);
    expect([refusal!.party, refusal!.rejection.check]).toEqual(['kms', 'ticketMakerAuthorized']);
    expect(refusal!.rejection.reason).toContain(rule);
    expect(run.trace.agreements).toEqual([]);
  });
});

describe('a ticket under the TPK of a user', () => {
  const honest = played(toPhone());
  const forger = new Forger(honest);
  const atKms = (change: Change): ReturnType<typeof played> =>
    played(toPhone(), { intercept: forger.at({ type: 'RESOLVE_INIT_PSK', to: 'kms' }, change) });

  test.each([
    [
      '[rfc6043:6.10-15] that says that the KMS made it',
      forger.resealed({ policy: flags('DEFGHIJNO') }),
      'ticketMakerMatchesKey',
    ],
    [
      '[rfc6043:6.10-53] that names nobody as its owner',
      forger.resealed({ policy: tpData((data) => ({ ...data, IDRi: undefined })) }),
      'ticketMakerOwnsIdentity',
    ],
    [
      '[rfc6043:6.10-53] in the name of somebody else',
      forger.resealed({ policy: tpData((data) => ({ ...data, IDRi: uri(bytes, 'sip:carol@example.com') })) }),
      'ticketMakerOwnsIdentity',
    ],
    [
      '[rfc6043:12.1-4] with a TGK of 64 bits',
      forger.resealed({ keys: ([MPK, TGK]) => [MPK!, { ...TGK!, key: TGK!.key.subarray(0, 8) }] }),
      'ticketKeysStrong',
    ],
    [
      '[rfc6043:12.1-4] with an MPK of 128 bits',
      forger.resealed({ keys: ([MPK, TGK]) => [{ ...MPK!, key: MPK!.key.subarray(0, 16) }, TGK!] }),
      'ticketKeysStrong',
    ],
    [
      '[rfc6043:6.10-55] without a start of its validity, which could be a ticket for years in its last hour',
      forger.resealed({ policy: tpData((data) => ({ ...data, TRs: undefined })) }),
      'ticketMakerAuthorized',
    ],
  ] as const)('%s is refused', (_, change, check) => {
    const run = atKms(change);
    expect(refused(run)).toEqual([`kms ${check}`, 'bob-phone ERR_PEER']);
    expect(run.trace.agreements).toEqual([]);
  });
});
