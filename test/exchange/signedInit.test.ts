import { describe, expect, test } from 'vitest';
import { encrAlgs } from '../../spec/registry/kemac.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { admitRequestInitPk, buildRequestInitPk, verifyRequestInitPk } from '../../model/exchange/requestInitPk.ts';
import { acceptRequestResp, grantTicket } from '../../model/exchange/requestResp.ts';
import { admitResolveInitPk, buildResolveInitPk, verifyResolveInitPk } from '../../model/exchange/resolveInitPk.ts';
import { resolveTicket } from '../../model/exchange/resolveResp.ts';
import type { SentInit } from '../../model/exchange/signedInit.ts';
import type { Outcome } from '../../model/guard/checker.ts';
import { messageAuthKey, messageEncrKeys } from '../../model/keys/protectionKeys.ts';
import { suites } from '../../model/keys/suite.ts';
import { responseCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { TicketPayload } from '../../model/message/payload.ts';
import { all, lastV, one } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { macHolds } from '../../model/protection/authentication.ts';
import { openKeys, splitKeys } from '../../model/protection/keyTransport.ts';
import { sealInitiatorData } from '../../model/ticket/initiatorData.ts';
import { byteWorld, termWorld, type World } from '../support/publicKeys.ts';

/** The value of an outcome that must be an acceptance. */
function accepted<R>(outcome: Outcome<R>): R {
  if (!outcome.accepted) throw new Error(`${outcome.rejection.check}: ${outcome.rejection.reason}`);
  return outcome.value;
}

/** The message as the other side reads it. */
function received<B>(w: World<B>, message: Message<B>): Message<B> {
  const { algebra: A } = w.env('wire');
  return A.decode('Message', A.encode({ kind: 'Message', message })).message;
}

/** Alice asks, the KMS grants, Alice accepts. */
function ticketRequest<B>(w: World<B>, suite = suites.sha256) {
  const request = w.request(suite);
  const sent = accepted(buildRequestInitPk(w.env('alice'), request));
  const message = received(w, sent.message);
  const kms = { kms: w.id('kms') };
  const query = accepted(admitRequestInitPk(w.env('kms'), message, kms));
  const verified = accepted(verifyRequestInitPk(w.env('kms'), message, { ...kms, service: w.service, onFile: [] }));
  const granted = accepted(
    grantTicket(w.env('kms'), message, {
      kms: w.id('kms'),
      authority: w.authority,
      TPK: w.TPK,
      requester: verified.requester,
      inkey: verified.envelopeKey,
    }),
  );
  const held = accepted(
    acceptRequestResp(w.env('alice'), received(w, granted.message), {
      sent: sent.message,
      request,
      inkey: sent.envelopeKey,
    }),
  );
  return { sent, query, verified, granted, held };
}

/** The ticket as a TRANSFER_INIT would bring it. */
function ticketFor<B>(w: World<B>, held: ReturnType<typeof ticketRequest<B>>['held']): TicketPayload<B> {
  const { algebra: A } = w.env('alice');
  const { prfFunc } = held.ticket.policy;
  const { macAlg } = suites.sha256;
  const mac = A.mac(macAlg, held.MPKi, { data: A.text('TRANSFER_INIT') });
  const initiatorData = sealInitiatorData(A, { kind: 'V', authAlg: macAlg, mac }, { prfFunc, MPKr: held.MPKr! });
  return { ...held.ticket, initiatorData };
}

function resolveRequest<B>(w: World<B>) {
  return { responder: w.id('bob-phone'), kms: w.id('kms'), access: w.access('bob-phone') };
}

/** Everything of {@link ticketRequest}, then bob's phone resolves the ticket. */
function ticketResolve<B>(w: World<B>) {
  const { held, granted } = ticketRequest(w);
  const sent = accepted(buildResolveInitPk(w.env('bob-phone'), resolveRequest(w), ticketFor(w, held)));
  const message = received(w, sent.message);
  const kms = { kms: w.id('kms') };
  const query = accepted(admitResolveInitPk(w.env('kms'), message, kms));
  const verified = accepted(
    verifyResolveInitPk(w.env('kms'), message, { ...kms, service: w.service, onFile: [], authority: w.authority }),
  );
  const resolved = accepted(
    resolveTicket(w.env('kms'), message, {
      ...kms,
      TPK: w.TPK,
      authority: w.authority,
      resolver: verified.resolver,
      partner: verified.partner,
      inkey: verified.envelopeKey,
    }),
  );
  return { sent, query, verified, granted, resolved };
}

function interpretations(body: <B>(make: () => World<B>) => void): void {
  describe('over bytes', () => body(() => byteWorld()));
  describe('over terms', () => body(() => termWorld()));
}

interpretations((make) => {
  test('[rfc6043:4.2.1-3] REQUEST_INIT_PK has its payloads in order, and C = 0 [rfc6043:4.2.1.3-1] [rfc6043:4.2.1.3-3] [rfc3830:6.7-4]', () => {
    const { sent, query } = ticketRequest(make());
    const kinds = sent.message.payloads.map((payload) => payload.kind);
    expect(kinds).toEqual(['T', 'RANDR', 'IDR', 'CERT', 'CERT', 'IDR', 'TP', 'CHASH', 'PKE', 'SIGN']);
    expect(sent.message.header.dataType).toBe(12);
    expect(sent.message.header.v).toBe(true);
    expect(one(sent.message.payloads, 'PKE').cache).toBe(0);
    expect(all(sent.message.payloads, 'CERT').map((cert) => cert.certType)).toEqual([0, 0]);
    expect(query.chain).toHaveLength(2);
  });

  test('[rfc6043:4.2.3-7] RESOLVE_INIT_PK has its payloads in order [rfc6043:4.2.3.3-1] [rfc6043:4.2.3.3-3]', () => {
    const { sent, query } = ticketResolve(make());
    const kinds = sent.message.payloads.map((payload) => payload.kind);
    expect(kinds).toEqual(['T', 'RANDR', 'IDR', 'CERT', 'CERT', 'IDR', 'TICKET', 'CHASH', 'PKE', 'SIGN']);
    expect(sent.message.header.dataType).toBe(17);
    expect(query.chain).toHaveLength(2);
  });

  test('[rfc6043:4.2.1.3-6] [rfc6043:4.2.1-8] [rfc3830:4.2-1] [rfc3830:4.2.5-1] [rfc3830:6.3-6] the envelope key reaches the KMS, and Alice gets the keys that were granted', () => {
    const w = make();
    const A = w.env('test').algebra;
    const { sent, verified, granted, held } = ticketRequest(w);
    expect(A.equal(verified.envelopeKey, sent.envelopeKey)).toBe(true);
    expect(A.equal(verified.requester.data, w.id('alice').data)).toBe(true);
    expect(A.equal(held.MPKi, granted.MPKi) && A.equal(held.MPKr!, granted.MPKr)).toBe(true);
    expect(A.equal(held.sessionKeys[0]!.key, granted.sessionKeys[0]!.key)).toBe(true);
  });

  test('[rfc6043:4.2.1.5-9] [rfc6043:4.2.1.5-19] the keys of REQUEST_RESP derive from the envelope key', () => {
    const w = make();
    const { sent, granted } = ticketRequest(w);
    expectProtectedBy(w, sent, granted.message, 'RANDRi');
  });

  test('[rfc6043:4.2.3.5-8] [rfc6043:4.2.3.5-22] [rfc6043:4.2.3-12] [rfc6043:4.2.3.3-6] the keys of RESOLVE_RESP do, too', () => {
    const w = make();
    const { sent, resolved } = ticketResolve(w);
    const keys = expectProtectedBy(w, sent, resolved.message, 'RANDRr');
    const A = w.env('test').algebra;
    expect(keys.mpks.map((key, index) => A.equal(key.key, resolved.keys[index]!.key))).toEqual([true, true]);
  });

  test('[rfc6043:4.2.3-4] a ticket that came by REQUEST_INIT_PK names the same TPK to whoever resolves it, in either variant', () => {
    const w = make();
    const { verified } = ticketResolve(w);
    expect(w.env('test').algebra.equal(verified.tpkId!.data, w.TPK.id.data)).toBe(true);
  });

  test('works with 128-bit algorithms, PSS, and without CHASH under the first key of the KMS', () => {
    const w = make();
    ticketRequest(w, suites.sha1);
    const request = w.request();
    const { own, kmsCertificate } = request.access;
    const sent = accepted(
      buildRequestInitPk(w.env('alice'), {
        ...request,
        access: {
          ...request.access,
          own: { ...own, signer: { ...own.signer, sType: sTypes['RSA/PSS'] } },
          kmsCertificate: { ...kmsCertificate, chain: [w.certificate.kms, w.certificate.ca], hashFunc: undefined },
        },
      }),
    );
    const verified = verifyRequestInitPk(w.env('kms'), received(w, sent.message), {
      kms: w.id('kms'),
      service: w.service,
      onFile: [],
    });
    expect(w.env('test').algebra.equal(accepted(verified).envelopeKey, sent.envelopeKey)).toBe(true);
  });

  test('[rfc6043:4.2.1.3-2] [rfc6043:4.2.3.3-2] [rfc3830:4.3.1-1] CERT may be left out where the KMS has it on file', () => {
    const w = make();
    const request = w.request();
    const access = { ...request.access, own: { ...request.access.own, onFile: true } };
    const sent = accepted(buildRequestInitPk(w.env('alice'), { ...request, access }));
    expect(all(sent.message.payloads, 'CERT')).toEqual([]);
    const message = received(w, sent.message);
    const input = { kms: w.id('kms'), service: w.service };
    const query = accepted(admitRequestInitPk(w.env('kms'), message, input));
    expect(query.chain).toEqual([]);
    expect(w.env('test').algebra.equal(query.identity!.data, w.id('alice').data)).toBe(true);
    accepted(verifyRequestInitPk(w.env('kms'), message, { ...input, onFile: access.own.chain }));
    const without = verifyRequestInitPk(w.env('kms'), message, { ...input, onFile: [] });
    expect(!without.accepted && [without.rejection.check, without.rejection.code]).toEqual([
      'requesterCertificateKnown',
      'ERR_CERTIFICATE',
    ]);
  });

  test('certificates in the message count before those on file', () => {
    const w = make();
    const sent = accepted(buildRequestInitPk(w.env('alice'), w.request()));
    const onFile = [w.certificate.mallory, w.certificate.ca];
    const input = { kms: w.id('kms'), service: w.service, onFile };
    accepted(verifyRequestInitPk(w.env('kms'), received(w, sent.message), input));
  });

  test("'W1' every request has a message entry and an envelope entry of its own", () => {
    const w = make();
    const A = w.env('test').algebra;
    const first = ticketRequest(w).verified;
    const second = ticketRequest(w).verified;
    expect(A.equal(first.envelopeReplay.key, second.envelopeReplay.key)).toBe(false);
    expect(A.equal(first.replay.key, second.replay.key)).toBe(false);
    expect(A.equal(first.envelopeReplay.key, first.replay.key)).toBe(false);
  });
});

/** Opens a response with the envelope key alone. */
function expectProtectedBy<B>(w: World<B>, sent: SentInit<B>, response: Message<B>, rand: 'RANDRi' | 'RANDRr') {
  const A = w.env('test').algebra;
  const RAND = one(sent.message.payloads, 'RANDR', randRoles[rand]).rand;
  const input = {
    prfFunc: sent.message.header.prfFunc,
    inkey: sent.envelopeKey,
    direction: 'response',
    csbId: sent.message.header.csbId,
    [rand]: RAND,
  } as const;
  const V = lastV(response.payloads);
  const authKey = messageAuthKey(A, V.authAlg, input);
  expect(macHolds(A, V, { authKey, data: responseCoverage(A, response, sent.message) })).toBe(true);
  const KEMAC = one(response.payloads, 'KEMAC');
  // W1: T of the response itself, not the one of the request.
  const t = as64Bits(A, one(response.payloads, 'T'));
  expect(A.equal(t, as64Bits(A, one(sent.message.payloads, 'T')))).toBe(false);
  const keying = { ...messageEncrKeys(A, encrAlgs['AES-CM-256'], input), csbId: input.csbId, t };
  return splitKeys(A, openKeys(A, KEMAC, keying), 2)!;
}
