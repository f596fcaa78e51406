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
import {
  admitRequestInitPk,
  buildRequestInitPk,
  verifyRequestInitPk,
  type TicketRequestPk,
} from '../../../model/exchange/requestInitPk.ts';
import { grantTicket, type Granted } from '../../../model/exchange/requestResp.ts';
import { buildResolveInit } from '../../../model/exchange/resolveInit.ts';
import { resolveTicket } from '../../../model/exchange/resolveResp.ts';
import { wantedKeys, type SessionKeyType } from '../../../model/exchange/newKeys.ts';
import { attempt, type Outcome } from '../../../model/guard/checker.ts';
import type { Profile, PublicKeyEnv } from '../../../model/guard/profile.ts';
import { suites } from '../../../model/keys/suite.ts';
import { initialCoverage } from '../../../model/message/coverage.ts';
import { keyName } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../../model/message/payload.ts';
import { lastSign, one } from '../../../model/message/select.ts';
import { second } from '../../../model/message/timestamps.ts';
import { ReplayCache } from '../../../model/modes/storage.ts';
import type { TicketKey } from '../../../model/policy/account.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { strictSystem, strictUser } from '../../../model/policy/kmsPolicy.ts';
import { policyAuthority } from '../../../model/policy/policyAuthority.ts';
import { writeTpData } from '../../../model/policy/tpData.ts';
import { appendSign } from '../../../model/protection/signature.ts';
import { mikeyBaseTicket, numbersOf } from '../../../model/ticket/ticketType.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, value } from '../forge.ts';
import { envOf } from '../lab.ts';
import { grantedKeys, inLiteralReading, xor } from '../literalIv.ts';
import { freshPki, type Pki } from '../pki.ts';
import { sip } from '../scenes.ts';
import { secret, shown, type Story } from '../story.ts';

type Holder = 'alice' | 'mallory';

/** A KMS in public-key mode: every user may have tickets, also without key forking. */
class PkKms {
  readonly env: PublicKeyEnv<Uint8Array>;
  readonly identity = identityOf('kms');
  readonly authority = policyAuthority(() => ({
    system: { ...strictSystem, keyForking: 'allowed' as const, suites: ['sha256'] as const, selfCalls: true },
    users: ['alice', 'bob', 'mallory'].map((name) => ({
      ...strictUser,
      user: sip(name),
      mayRequest: true,
      mayCall: ['*'],
    })),
    groups: [],
    partners: [],
  }));
  readonly TPK: TicketKey<Uint8Array>;
  readonly #pki: Pki;
  readonly #messages = new ReplayCache(bytes);
  readonly #envelopes = new ReplayCache(bytes);

  constructor(pki: Pki, profile: Profile) {
    this.#pki = pki;
    this.env = pki.env('kms', profile);
    this.TPK = { id: keyName(bytes, 'tpk-1'), key: this.env.source.random(32, 'TPK'), maker: undefined };
  }

  /** Takes REQUEST_INIT_PK. @returns the envelope key, and what it grants; rejected as by the role of the KMS */
  take(
    message: Message<Uint8Array>,
  ): Outcome<{ readonly envelopeKey: Uint8Array; readonly granted: Granted<Uint8Array> }> {
    const { env, identity: kms, authority, TPK } = this;
    const admitted = admitRequestInitPk(env, message, { kms });
    if (!admitted.accepted) return admitted;
    const verified = verifyRequestInitPk(env, message, { kms, service: this.#pki.service, onFile: [] });
    if (!verified.accepted) return verified;
    const { replay, envelopeReplay, envelopeKey, requester } = verified.value;
    const now = env.source.now();
    const fresh = attempt(env.profile, (need) => {
      need('requestNotReplayed', () => this.#messages.remember(replay, now));
      need('requestEnvelopeNotReplayed', () => this.#envelopes.remember(envelopeReplay, now));
    });
    if (!fresh.accepted) return fresh;
    const granted = grantTicket(env, message, { kms, authority, TPK, requester, inkey: envelopeKey });
    return granted.accepted ? { ...granted, value: { envelopeKey, granted: granted.value } } : granted;
  }
}

/** What a user asks for: a ticket for `callee`. */
function requestOf(
  pki: Pki,
  who: Holder,
  options: { readonly callee: string; readonly flags: string; readonly keys: readonly SessionKeyType[] },
): TicketRequestPk<Uint8Array> {
  const suite = suites.sha256;
  const now = envOf(who).source.now() / second;
  return {
    initiator: identityOf(who),
    kms: identityOf('kms'),
    suite,
    access: pki.access(who),
    policy: {
      ...numbersOf(mikeyBaseTicket),
      prfFunc: suite.prfFunc,
      flags: flagsOf(options.flags),
      res: 0,
      tpData: writeTpData(bytes, {
        IDRkms: identityOf('kms'),
        IDRi: identityOf(who),
        TRs: now * second,
        TRe: (now + 3600n) * second,
        KEMAC: wantedKeys(bytes, options.keys, { length: suite.keyLength }),
        IDRapp: [],
        IDRr: [identityOf(options.callee)],
      }),
    },
  };
}

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
