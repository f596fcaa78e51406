import { describe, expect, test } from 'vitest';
import type { ReportedError } from '../../../model/exchange/acceptError.ts';
import { readSrtpPolicy } from '../../../model/policy/securityPolicy.ts';
import { all } from '../../../model/message/select.ts';
import { errorNos } from '../../../spec/registry/errors.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { Forger, intercepting } from '../../support/forger.ts';
import { h, hmac, len8, protectionKeys } from '../../support/independent.ts';
import {
  call,
  changed,
  errorOf,
  hop,
  hops,
  people,
  played,
  refused,
  secretOf,
  standard,
  withUser,
} from '../../support/plays.ts';
import { csb, fork, macOf, openTicketIn, rand, withoutMac } from '../../support/recompute.ts';
import { forger, honest } from '../../support/refusals/refusal.ts';
import { answerRefusals } from '../../support/refusals/answer.ts';
import { transferRefusals } from '../../support/refusals/call.ts';
import { resolveAnswerRefusals } from '../../support/refusals/resolveAnswer.ts';
import { resolveRefusals } from '../../support/refusals/resolveRequest.ts';
import { ticketRefusals } from '../../support/refusals/ticket.ts';
import { hexOf, only, type Hop } from '../../support/runs.ts';
import { encoded, withPayloads } from '../../support/tamper.ts';

/** MAC of an Error message under a key: over the Error message, and nothing else. */
function expectedMac(error: Hop, inkey: Buffer, tail: Buffer): string {
  return hexOf(hmac('sha256', protectionKeys('sha256', inkey, tail).auth, withoutMac(error, 'sha256')));
}
const tailOf = (about: Hop, octet: string, RANDRi?: Buffer, RANDRr?: Buffer): Buffer =>
  Buffer.concat([csb(about), h(octet), len8(RANDRi), len8(RANDRr)]);

describe('an Error message has the auth_key of the message that failed', () => {
  test('[rfc6043:5.4-17] [rfc6043:5.5-13] about REQUEST_INIT: PSK, direction 01, RANDRi', () => {
    const run = played(withUser(standard(), 'alice', { mayRequest: false }));
    const request = hop(run, 'REQUEST_INIT_PSK');
    const error = hop(run, 'Error');
    const tail = tailOf(request, '01', rand(request, 'RANDRi'));
    expect(macOf(error, 'sha256')).toBe(expectedMac(error, secretOf(run, 'PSK(alice)'), tail));
    expect(run.callers[0]!.state()).toBe('failed');
  });

  test('[rfc6043:5.4-17] about RESOLVE_INIT: PSK of the endpoint, direction 01, RANDRr', () => {
    const run = ticketRefusals.ticketMakerMatchesKey.run();
    const request = hop(run, 'RESOLVE_INIT_PSK');
    const error = hop(run, 'Error', { from: 'kms' });
    // The KMS got a changed RESOLVE_INIT with the same CSB ID and RANDRr.
    const tail = tailOf(request, '01', undefined, rand(request, 'RANDRr'));
    expect(macOf(error, 'sha256')).toBe(expectedMac(error, secretOf(honest, 'PSK(bob-phone)'), tail));
  });

  test("[rfc6043:5.4-17] about TRANSFER_RESP: MPKr', direction 02, both RANDs; the endpoint gives up the call", () => {
    const run = answerRefusals.answererAcceptable.run();
    const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
    const answer = hop(run, 'TRANSFER_RESP', { from: 'carol' });
    const error = hop(run, 'Error', { from: 'alice' });
    const ticket = openTicketIn(hop(run, 'REQUEST_RESP'), secretOf(run, 'TPK'), 'sha256');
    const MPKr = fork('sha256', '2b288856', ticket.MPKr, answer);
    const tail = tailOf(offer, '02', rand(offer, 'RANDRi'), rand(answer, 'RANDRr'));
    expect(macOf(error, 'sha256')).toBe(expectedMac(error, MPKr, tail));
    expect(hop(run, 'Error', { to: 'carol' }).octets).toEqual(error.octets);
    expect(refused(run)).toEqual(['alice answererAcceptable', 'carol ERR_PEER']);
    expect(run.endpoints[0]!.state()).toBe('rejected');
    expect(run.callers[0]!.state()).toBe('awaitingTransferResp');
  });

  test('[rfc6043:5.4-17] about TRANSFER_INIT, once it was verified: MPKi, direction 01, RANDRi', () => {
    // The SPI of the crypto sessions is the one thing that is looked at after the keys are known.
    const run = played(standard(), {
      intercept: forger.at({ type: 'TRANSFER_INIT', to: 'proxy' }, ({ header, payloads }) => {
        if (header.map.type !== 'GENERIC-ID') throw new Error(header.map.type);
        const sessions = header.map.sessions.map((session) => ({ ...session, spi: Buffer.from('deadbeef', 'hex') }));
        return { header: { ...header, map: { ...header.map, sessions } }, payloads };
      }),
    });
    const offer = hop(run, 'TRANSFER_INIT', { to: 'bob-phone' });
    const error = hop(run, 'Error', { from: 'bob-phone' });
    expect(refused(run)).toEqual(['bob-phone ERR_KEY_DATA', 'alice ERR_PEER']);
    expect(errorOf(error.message)).toEqual({ no: errorNos['Unspecified error'], mac: true });
    const tail = tailOf(offer, '01', rand(offer, 'RANDRi'));
    expect(macOf(error, 'sha256')).toBe(expectedMac(error, secretOf(honest, 'MPKi'), tail));
    // One endpoint that turns the call down ends nothing, however sure it is: another one may still answer.
    expect(run.callers[0]!.state()).toBe('awaitingTransferResp');
  });

  test.each([
    ['in a call with key forking', standard({ responders: ['sip:bob@example.com', 'sip:carol@example.com'] })],
    [
      'in a call without key forking',
      standard({ flags: 'DEFGHJNO', responders: ['sip:bob@example.com', 'sip:carol@example.com'] }, { allow: ['I=0'] }),
    ],
  ])('goes to the one endpoint whose answer failed, %s', (_, scenario) => {
    const users = people('alice', 'bob', 'carol');
    const steps = scenario.steps.map((step) => (step.do === 'call' ? { ...step, reach: ['bob', 'carol'] } : step));
    const both = withUser(changed(scenario, { users, steps }), 'alice', { mayRequest: true });
    const run = played(both, { without: ['offerAddressedToMe'] });
    expect(refused(run)).toEqual(['alice answererAcceptable', 'carol ERR_PEER']);
    expect(hops(run, 'Error', { from: 'proxy' }).map(({ to }) => to)).toEqual(['carol']);
    expect(run.outcomes[0]!.answered).toEqual(['bob']);
  });
});

describe('what an Error message tells', () => {
  test('[rfc6043:5.4-10] [rfc3830:5.1.1-1] [rfc3830:5.1.2-3] of a refused security policy: what the Responder supports; the Initiator notes it', () => {
    const run = transferRefusals.offerSecurityPolicyAcceptable.run();
    const { message } = hop(run, 'Error', { from: 'bob-phone' });
    const offered = only(hop(run, 'TRANSFER_INIT', { from: 'alice' }).message, 'SP');
    expect(all(message.payloads, 'SP').map((sp) => readSrtpPolicy(bytes, sp))).toEqual([
      readSrtpPolicy(bytes, offered),
    ]);
    const [noted] = run.callers[0]!.context()['peerErrors'] as readonly ReportedError<Uint8Array>[];
    expect(noted).toMatchObject({ authenticated: false, errors: [{ no: errorNos['Invalid SPpar'] }] });
    expect(noted!.supported).toHaveLength(1);
    expect(run.callers[0]!.state()).toBe('awaitingTransferResp');
  });

  test('of anything else: no security policies', () => {
    for (const refusal of [transferRefusals.offerTicketValidNow, answerRefusals.answerKemacAllowed]) {
      const errors = hops(refusal.run(), 'Error');
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.flatMap(({ message }) => all(message.payloads, 'SP'))).toEqual([]);
    }
  });

  test('[rfc6043:5.4-4] [rfc3830:5.3-5] [rfc3830:5.1.2-6] of failed authentication: that alone, without a MAC', () => {
    for (const { run, party } of [
      resolveRefusals.resolveMacValid,
      resolveRefusals.resolverKnown,
      answerRefusals.answerMacValid,
    ]) {
      const [error] = hops(run(), 'Error', { from: party });
      expect(errorOf(error!.message)).toEqual({ no: errorNos['Auth failure'], mac: false });
    }
  });

  test('[rfc6043:5.4-2] [rfc3830:5.1.2-1] [rfc3830:5.3-8] of a message without a payload that it must have: it is discarded and reported', () => {
    const run = played(standard(), {
      intercept: intercepting({ type: 'RESOLVE_INIT_PSK', to: 'kms' }, ({ message }) => [
        encoded(withPayloads(message, (payload) => (payload.kind === 'RANDR' ? [] : [payload]))),
      ]),
    });
    expect(refused(run)).toEqual(['kms ERR_MISSING_PAYLOAD']);
    expect(errorOf(hop(run, 'Error').message)).toEqual({ no: errorNos['Unspecified error'], mac: false });
    expect(run.kmss[0]!.stateSize()).toBe(1);
    // It is no more than a hint, so bob's phone still waits.
    expect(run.endpoints[0]!.state()).toBe('awaitingResolveResp');
  });

  test('[rfc6043:5.4-5] [rfc3830:5.1.2-1] every refusal but that of a replay is told; an Error message is never answered', () => {
    for (const [name, refusal] of Object.entries({
      ...transferRefusals,
      ...answerRefusals,
      ...resolveRefusals,
      ...ticketRefusals,
      ...resolveAnswerRefusals,
    })) {
      if (!('run' in refusal)) continue;
      const errors = refusal.run().trace.messages.filter(({ type }) => type === 'Error');
      const causes = new Set(errors.map(({ message }) => hexOf(message.header.csbId)));
      // One Error message for one exchange, which the proxy may carry on: nothing goes to and fro.
      expect([name, errors.length <= 2 * causes.size]).toEqual([name, true]);
    }
  });
});

test('[rfc6043:4.2.2.4-3] [rfc3830:5.1.1-2] after a refused answer the Initiator may offer what it supports in another call', () => {
  const scenario = standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' })] });
  const own = new Forger(played(scenario));
  const run = played(scenario, {
    // Another SRTP authentication tag under the number of the offered policy.
    intercept: own.at({ type: 'TRANSFER_RESP', to: 'alice' }, (message) => {
      const sp = only(hop(honest, 'TRANSFER_INIT', { from: 'alice' }).message, 'SP');
      const params = sp.params.map((one) => (one.type === 11 ? { ...one, value: Buffer.from([4]) } : one));
      return withPayloads(message, (payload) => (payload.kind === 'V' ? [{ ...sp, params }, payload] : [payload]));
    }),
  });
  expect(refused(run)).toEqual(['alice answerSecurityPolicyAcceptable', 'bob-phone ERR_PEER']);
  expect(run.outcomes.map(({ answered }) => answered)).toEqual([[], ['bob-phone']]);
  const offers = hops(run, 'TRANSFER_INIT', { from: 'alice' }).map(({ message }) => only(message, 'SP'));
  expect(offers[1]).toEqual(offers[0]);
});

test('an Error message about one call does not disturb another one of the same ticket', () => {
  const scenario = standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' })] });
  const own = new Forger(played(scenario));
  const run = played(scenario, {
    intercept: own.at({ type: 'TRANSFER_RESP', to: 'alice', nth: 2 }, (message) => ({
      ...message,
      payloads: message.payloads.map((payload) =>
        payload.kind === 'T' ? { ...payload, value: bytes.timestamp(0, 1n << 32n) } : payload,
      ),
    })),
  });
  expect(refused(run)[0]).toBe('alice answerTimestampFresh');
  expect(run.callers.map((one) => one.state())).toEqual(['established', 'awaitingTransferResp']);
  expect(run.endpoints.map((one) => one.state())).toEqual(['established', 'established']);
});
