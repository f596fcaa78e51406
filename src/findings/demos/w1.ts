/**
 * W1: in public-key mode, whoever copies envelope, CSB ID, RANDRi and timestamp of a request has two key sets encrypted with one keystream.
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import { openResolveResp } from '../../../model/exchange/openResolveResp.ts';
import { buildRequestInitPk } from '../../../model/exchange/requestInitPk.ts';
import type { Granted } from '../../../model/exchange/requestResp.ts';
import { buildResolveInit } from '../../../model/exchange/resolveInit.ts';
import { resolveTicket } from '../../../model/exchange/resolveResp.ts';
import type { PublicKeyEnv } from '../../../model/guard/profile.ts';
import { initialCoverage } from '../../../model/message/coverage.ts';
import { keyName } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../../model/message/payload.ts';
import { lastSign, one } from '../../../model/message/select.ts';
import { appendSign } from '../../../model/protection/signature.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, value } from '../forge.ts';
import { envOf } from '../lab.ts';
import { grantedKeys, inLiteralReading, xor } from '../literalIv.ts';
import { freshPki, type Pki } from '../pki.ts';
import { secret, shown, type Story } from '../story.ts';
import { PkKms, requestOf } from '../pkKms.ts';

/** Mallory's request for a ticket that she resolves herself, with all of alice's that makes keystream. */
function copied(
  pki: Pki,
  env: PublicKeyEnv<Uint8Array>,
  { header, payloads }: Message<Uint8Array>,
): Message<Uint8Array> {
  const mine = requestOf(pki, 'mallory', { callee: 'mallory', flags: 'DEFGHJNO', keys: ['TGK', 'TGK'] });
  const { signer, chain } = mine.access.own;
  let certificate = 0;
  const changed = payloads.flatMap((payload): readonly Payload<Uint8Array>[] => {
    if (payload.kind === 'SIGN') return [];
    if (payload.kind === 'TP') return [{ ...payload, policy: mine.policy }];
    if (payload.kind === 'IDR' && payload.role === idRoles.IDRi) return [{ ...payload, ...mine.initiator }];
    if (payload.kind !== 'CERT') return [payload];
    const data = chain[certificate];
    certificate += 1;
    return data === undefined ? [] : [{ ...payload, data }];
  });
  return appendSign(
    env,
    { header, payloads: changed },
    { signer, cover: (draft) => initialCoverage(bytes, draft, [mine.initiator, mine.kms]) },
  );
}

/** Mallory resolves the ticket that came with her answer, and so knows the keys in the answer's KEMAC. */
function resolveOwn(kms: PkKms, response: Message<Uint8Array>): readonly KeyDataPayload<Uint8Array>[] {
  const env = envOf('mallory');
  const ticket = one(response.payloads, 'TICKET');
  const psk = { id: keyName(bytes, 'psk-mallory'), key: env.source.random(32, 'PSK') };
  const responder = identityOf('mallory');
  const sent = buildResolveInit(env, { responder, kms: kms.identity, psk }, ticket);
  const input = {
    kms: kms.identity,
    authority: kms.authority,
    TPK: kms.TPK,
    resolver: responder,
    partner: undefined,
    inkey: psk.key,
  };
  const { message } = value(resolveTicket(kms.env, sent, input));
  return openResolveResp(env, message, {
    sent,
    kms: kms.identity,
    inkey: psk.key,
    policy: ticket.policy,
    resolver: responder,
    need: () => {},
  }).all;
}

/** Both answers, what mallory knows of hers, and the keys in alice's. */
interface Taken {
  readonly ofAlice: Message<Uint8Array>;
  readonly ofMallory: Message<Uint8Array>;
  readonly known: readonly KeyDataPayload<Uint8Array>[];
  readonly wanted: readonly KeyDataPayload<Uint8Array>[];
}

/** @param literal - whether the KMS puts the timestamp of the request into the IV */
function attack(story: Story, kms: PkKms, pki: Pki, literal: boolean): Taken | undefined {
  const request = requestOf(pki, 'alice', { callee: 'bob', flags: 'DEFGHIJNO', keys: ['TGK'] });
  const { message: sent } = value(buildRequestInitPk(pki.env('alice', envOf('alice').profile), request));
  const genuine = value(kms.take(sent));
  const copy = copied(pki, pki.env('mallory', envOf('mallory').profile), sent);
  story.equal(
    'mallory copies PKE of alice',
    shown('PKE of alice', one(sent.payloads, 'PKE').data),
    shown('PKE of mallory', one(copy.payloads, 'PKE').data),
  );
  story.differ(
    'and signs with her own key',
    shown('SIGN of alice', lastSign(sent.payloads).signature),
    shown('SIGN of mallory', lastSign(copy.payloads).signature),
  );
  const mine = story.accepted(
    'the KMS takes the message of mallory: a cache of whole messages does not know it',
    kms.take(copy),
  );
  if (!mine) return undefined;
  const read = (granted: Granted<Uint8Array>, request: Message<Uint8Array>): Message<Uint8Array> =>
    literal ? inLiteralReading(granted, request, genuine.envelopeKey) : granted.message;
  const ofMallory = read(mine.granted, copy);
  return {
    ofAlice: read(genuine.granted, sent),
    ofMallory,
    known: resolveOwn(kms, ofMallory),
    wanted: grantedKeys(genuine.granted, sent, genuine.envelopeKey),
  };
}

/** What mallory computes: ciphertext of alice, ciphertext of her own, and the keys that she knows, at the place of each key. */
function recovered({ ofAlice, ofMallory, known }: Taken): readonly Uint8Array[] {
  const streams = [ofAlice, ofMallory].map(({ payloads }) => one(payloads, 'KEMAC').encrData);
  let offset = 0;
  return known.map((key) => {
    const start = offset + keyDataHeader;
    offset = start + key.key.length + spiField;
    return xor(...streams.map((octets) => octets.slice(start, start + key.key.length)), key.key);
  });
}

/** Octets of a key data sub-payload before the key, and behind it: KV is SPI, of four octets. */
const keyDataHeader = 4;
const spiField = 5;

const names = ['MPKi', 'MPKr', 'TGK'] as const;

/** W1. */
export const w1 = demonstration({
  id: 'W1',
  title: 'An insider copies a public-key request, and computes MPKi, MPKr and TGK of its sender',
  checks: ['requestEnvelopeNotReplayed'],
  rule: 'the IV holds the timestamp of the response',
  unprotected: (story, profile) => {
    const pki = freshPki();
    const taken = attack(story, new PkKms(pki, profile), pki, true);
    if (!taken) return;
    story.holds('mallory resolves her own ticket, so she knows three keys in her own answer', taken.known.length === 3);
    for (const [index, octets] of recovered(taken).entries()) {
      const name = names[index] ?? 'key';
      story.equal(
        `the XOR of both answers and a key of her own is ${name} of alice`,
        secret(`${name} of alice`, taken.wanted[index]?.key ?? new Uint8Array()),
        secret(`${name} that mallory computes`, octets),
      );
    }
  },
  shielded: (story, profile) => {
    const pki = freshPki();
    const kms = new PkKms(pki, profile);
    const request = requestOf(pki, 'alice', { callee: 'bob', flags: 'DEFGHIJNO', keys: ['TGK'] });
    const { message: sent } = value(buildRequestInitPk(pki.env('alice', envOf('alice').profile), request));
    story.accepted('the KMS takes the request of alice', kms.take(sent));
    const copy = copied(pki, pki.env('mallory', envOf('mallory').profile), sent);
    story.refusedStep('and no second one with the same PKE, RANDRi and CSB ID', 'kms', {
      check: 'requestEnvelopeNotReplayed',
      outcome: kms.take(copy),
    });
    const counter = {
      header: sent.header,
      payloads: sent.payloads.map((payload) =>
        payload.kind === 'T' ? { ...payload, tsType: tsTypes.COUNTER, value: Uint8Array.of(0, 0, 0, 1) } : payload,
      ),
    };
    story.refusedStep('nor one with a COUNTER, which its answer could repeat', 'kms', {
      check: 'requestTimestampFresh',
      outcome: kms.take(counter),
    });
    // What is left if the memory is lost.
    const forgetful = new PkKms(pki, {
      ...profile,
      without: new Set([...profile.without, 'requestEnvelopeNotReplayed'] as const),
    });
    const taken = attack(story, forgetful, pki, false);
    const [octets] = taken ? recovered(taken) : [];
    story.differ(
      'were it to, each answer has a T of its own, and XOR gives nothing',
      secret('MPKi of alice', taken?.wanted[0]?.key ?? new Uint8Array()),
      secret('what mallory computes', octets ?? new Uint8Array()),
    );
  },
});
