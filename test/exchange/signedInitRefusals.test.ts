import { describe, expect, test } from 'vitest';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { certTypes, idRoles } from '../../spec/registry/identities.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import { admitRequestInitPk, buildRequestInitPk, verifyRequestInitPk } from '../../model/exchange/requestInitPk.ts';
import { acceptRequestResp, grantTicket } from '../../model/exchange/requestResp.ts';
import { admitResolveInitPk, buildResolveInitPk, verifyResolveInitPk } from '../../model/exchange/resolveInitPk.ts';
import type { SignedInitInput } from '../../model/exchange/verifySignedInit.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import type { MadeCheck, Outcome } from '../../model/guard/checker.ts';
import { strictProfile, type Allowance, type Profile } from '../../model/guard/profile.ts';
import { messageEncrKeys } from '../../model/keys/protectionKeys.ts';
import { initialCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { Payload } from '../../model/message/payload.ts';
import { all, one } from '../../model/message/select.ts';
import { as64Bits, freshT, second } from '../../model/message/timestamps.ts';
import { ReplayCache } from '../../model/modes/storage.ts';
import type { PublicKeyAccess } from '../../model/policy/certified.ts';
import { strictSystem, strictUser } from '../../model/policy/kmsPolicy.ts';
import { policyAuthority } from '../../model/policy/policyAuthority.ts';
import { openKeys, sealKeys } from '../../model/protection/keyTransport.ts';
import { appendSign } from '../../model/protection/signature.ts';
import { sealTicket } from '../../model/ticket/baseTicket.ts';
import { keyData } from '../../model/exchange/newKeys.ts';
import { byteWorld, sip, termWorld, validity, type Holder, type World } from '../support/publicKeys.ts';

/** Both exchanges behind one face. */
interface Exchange {
  readonly holder: Holder;
  readonly carries: 'TP' | 'TICKET';
  /** The names of the checks that fail, in the order of the tests below. */
  readonly checks: Readonly<Record<Reason, CheckName>>;
  readonly build: <B>(
    w: World<B>,
    access: PublicKeyAccess<B>,
    profile?: Partial<Profile>,
  ) => Outcome<{ readonly message: Message<B> }>;
  readonly admit: <B>(w: World<B>, message: Message<B>, profile?: Partial<Profile>) => Outcome<unknown>;
  readonly verify: <B>(
    w: World<B>,
    message: Message<B>,
    input: Partial<SignedInitInput<B>>,
    profile: Partial<Profile>,
  ) => Outcome<unknown>;
}

type Reason =
  | 'certificateTypes'
  | 'signatureType'
  | 'cached'
  | 'certificate'
  | 'kmsKey'
  | 'signature'
  | 'identity'
  | 'rand'
  | 'envelope';

const request: Exchange = {
  holder: 'alice',
  carries: 'TP',
  checks: {
    certificateTypes: 'requestCertificateTypesUsable',
    signatureType: 'requestSignatureTypeKnown',
    cached: 'requestEnvelopeNotCached',
    certificate: 'requesterCertificateValid',
    kmsKey: 'requestKmsKeyKnown',
    signature: 'requestSignatureValid',
    identity: 'requesterCertified',
    rand: 'requestRandLongEnough',
    envelope: 'requestEnvelopeFits',
  },
  build: (w, access, profile) => buildRequestInitPk(w.env('alice', profile), { ...w.request(), access }),
  admit: (w, message, profile) => admitRequestInitPk(w.env('kms', profile), message, { kms: w.id('kms') }),
  verify: (w, message, input, profile) =>
    verifyRequestInitPk(w.env('kms', profile), message, { kms: w.id('kms'), service: w.service, onFile: [], ...input }),
};

const resolve: Exchange = {
  holder: 'bob-phone',
  carries: 'TICKET',
  checks: {
    certificateTypes: 'resolveCertificateTypesUsable',
    signatureType: 'resolveSignatureTypeKnown',
    cached: 'resolveEnvelopeNotCached',
    certificate: 'resolverCertificateValid',
    kmsKey: 'resolveKmsKeyKnown',
    signature: 'resolveSignatureValid',
    identity: 'resolverCertified',
    rand: 'resolveRandLongEnough',
    envelope: 'resolveEnvelopeFits',
  },
  build: (w, access, profile) => {
    const env = w.env('bob-phone', profile);
    const keys = [keyData(env, 'MPK', env.source.random(32, 'MPK'))];
    const { ticket } = sealTicket(env, w.request().policy, { TPK: w.TPK, keys });
    return buildResolveInitPk(env, { responder: w.id('bob-phone'), kms: w.id('kms'), access }, ticket);
  },
  admit: (w, message, profile) => admitResolveInitPk(w.env('kms', profile), message, { kms: w.id('kms') }),
  verify: (w, message, input, profile) =>
    verifyResolveInitPk(w.env('kms', profile), message, {
      kms: w.id('kms'),
      service: w.service,
      authority: w.authority,
      onFile: [],
      ...input,
    }),
};

/** What stopped a step: check, code and reason; `accepted` if nothing did. */
function stopped(outcome: Outcome<unknown>): readonly [string | undefined, string, string] {
  if (outcome.accepted) return ['accepted', '', ''];
  const { check, code, reason } = outcome.rejection;
  return [check, code, reason];
}

/** A case: what is done to an honest message, or to what it is verified with. */
interface Case {
  readonly reason: Reason;
  readonly code: string;
  readonly says?: RegExp;
  readonly access?: <B>(w: World<B>, access: PublicKeyAccess<B>) => PublicKeyAccess<B>;
  readonly change?: <B>(w: World<B>, payload: Payload<B>) => readonly Payload<B>[];
  /** Whether the signature is made again after the change; default yes. */
  readonly signed?: boolean;
  readonly input?: <B>(w: World<B>) => Partial<SignedInitInput<B>>;
  readonly profile?: Partial<Profile>;
}

/** Signs again, as the sender. */
function resign<B>(w: World<B>, message: Message<B>, access: PublicKeyAccess<B>, name: string): Message<B> {
  const env = w.env('again');
  const bare = { header: message.header, payloads: message.payloads.filter((payload) => payload.kind !== 'SIGN') };
  const cover = (draft: Message<B>): B => initialCoverage(env.algebra, draft, [w.id(name), w.id('kms')]);
  return appendSign(env, bare, { signer: access.own.signer, cover });
}

function run<B>(w: World<B>, exchange: Exchange, one: Case): readonly [string | undefined, string, string] {
  const { holder } = exchange;
  const access = one.access?.(w, w.access(holder)) ?? w.access(holder);
  const built = exchange.build(w, access, one.profile);
  if (!built.accepted) return stopped(built);
  const { header, payloads } = built.value.message;
  const changed = {
    header,
    payloads: one.change ? payloads.flatMap((payload) => one.change!(w, payload)) : payloads,
  };
  const message = one.change && one.signed !== false ? resign(w, changed, access, holder) : changed;
  const admitted = exchange.admit(w, message, one.profile);
  if (!admitted.accepted) return stopped(admitted);
  return stopped(exchange.verify(w, message, one.input?.(w) ?? {}, one.profile ?? {}));
}

/** Replaces the own chain. */
const chain =
  (make: <B>(w: World<B>) => readonly [B, ...B[]]) =>
  <B>(w: World<B>, access: PublicKeyAccess<B>): PublicKeyAccess<B> => ({
    ...access,
    own: { ...access.own, chain: make(w) },
  });
const signer =
  (change: object) =>
  <B>(_: World<B>, access: PublicKeyAccess<B>): PublicKeyAccess<B> => ({
    ...access,
    own: { ...access.own, signer: { ...access.own.signer, ...change } },
  });
const replace =
  (kind: Payload<never>['kind'], fields: (w: World<never>) => object) =>
  <B>(w: World<B>, payload: Payload<B>): readonly Payload<B>[] => [
    payload.kind === kind ? { ...payload, ...fields(w as World<never>) } : payload,
  ];

const cases = (holder: Holder): Readonly<Record<string, Case>> => ({
  '[rfc3830:6.7-5] the address of a certificate in place of the certificate': {
    reason: 'certificateTypes',
    code: 'ERR_CERTIFICATE',
    change: replace('CERT', () => ({ certType: certTypes['X.509v3 URL'] })),
  },
  'a certificate for encryption only': {
    reason: 'certificateTypes',
    code: 'ERR_CERTIFICATE',
    change: replace('CERT', () => ({ certType: certTypes['X.509v3 Encr'] })),
  },
  'an S type that is not RSA': {
    reason: 'signatureType',
    code: 'ERR_CERTIFICATE',
    change: replace('SIGN', () => ({ sType: sTypes.ECCSI })),
    signed: false,
  },
  '[rfc3830:6.3-3] a PKE that asks to be cached': {
    reason: 'cached',
    code: 'ERR_MALFORMED',
    change: replace('PKE', () => ({ cache: 1 })),
  },
  'an expired certificate': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /expired|not valid at this time/,
    access: chain((w) => [w.issue(holder, 'ca', { until: validity.from + second }), w.certificate.ca]),
  },
  'a certificate that is not valid yet': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /not valid/,
    access: chain((w) => [w.issue(holder, 'ca', { from: validity.until - second }), w.certificate.ca]),
  },
  '[rfc6043:4.2.1.3-5] [rfc6043:4.2.3.3-5] a certificate that is not directly issued by the next one': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /not directly issued/,
    access: chain((w) => [w.issue(holder, 'root', {}), w.certificate.ca]),
  },
  '[rfc6043:4.2.1.3-4] [rfc6043:4.2.3.3-4] a chain in the wrong order': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /no trusted root|not directly issued/,
    access: chain((w) => [w.certificate.ca, w.certificate[holder]]),
  },
  'an issuer that is no CA': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /no CA|not directly issued/,
    access: chain((w) => [w.issue(holder, 'mallory', {}), w.certificate.mallory, w.certificate.ca]),
  },
  '[rfc3830:4.3.2-1] a chain to a root that is not trusted': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /no trusted root/,
    access: chain((w) => [w.issue(holder, 'mallory', {}), w.issue('mallory', 'mallory', { ca: true })]),
  },
  '[rfc3830:4.3.1-2] a certificate that the local policy excludes': {
    reason: 'certificate',
    code: 'ERR_CERTIFICATE',
    says: /excluded/,
    input: (w) => ({ service: { ...w.service, trust: { ...w.trust, excluded: [w.certificate[holder]] } } }),
  },
  '[rfc3830:6.8-3] [rfc6043:4.2.1.3-7] [rfc6043:4.2.3.3-7] a CHASH of a certificate that the KMS does not have': {
    reason: 'kmsKey',
    code: 'ERR_CERTIFICATE',
    change: replace('CHASH', (w) => ({
      hash: w.publicKeys.certificateHash(hashFuncs['SHA-256'], w.certificate.mallory),
    })),
  },
  '[rfc6043:5.5-2] [rfc6043:4.2.1.3-8] [rfc6043:4.2.3.3-8] a message that was changed after signing': {
    reason: 'signature',
    code: 'ERR_AUTH_FAILED',
    change: replace('T', (w) => ({ ...freshT(w.env('x').algebra, w.env('x').source.now()) })),
    signed: false,
  },
  '[rfc6043:4.2.1-6] [rfc6043:4.2.3-10] a signature by another key': {
    reason: 'signature',
    code: 'ERR_AUTH_FAILED',
    access: (w, access) => ({ ...access, own: { ...access.own, signer: w.access('mallory').own.signer } }),
  },
  'a signature for another KMS': {
    reason: 'signature',
    code: 'ERR_AUTH_FAILED',
    // The identity is under the signature even where the payload is left out.
    change: (_, payload) => (payload.kind === 'IDR' && payload.role === 3 ? [] : [payload]),
    input: (w) => ({ kms: w.id('other-kms') }),
  },
  'a signature over SHA-1, unless allowed': {
    reason: 'signature',
    code: 'ERR_AUTH_FAILED',
    access: signer({ hash: 'sha1' }),
  },
  'a certificate for somebody else': {
    reason: 'identity',
    code: 'ERR_IDENTITY',
    access: chain((w) => [w.issue(holder, 'ca', { uris: [sip('somebody')] }), w.certificate.ca]),
  },
  'a certificate for nobody': {
    reason: 'identity',
    code: 'ERR_IDENTITY',
    access: chain((w) => [w.issue(holder, 'ca', { uris: [] }), w.certificate.ca]),
  },
  'an identity of another type with the same text': {
    reason: 'identity',
    code: 'ERR_IDENTITY',
    change: (_, payload) => [payload.kind === 'IDR' && payload.role < 3 ? { ...payload, idType: 0 } : payload],
  },
  'a RAND shorter than the envelope key': {
    reason: 'rand',
    code: 'ERR_RAND_LENGTH',
    change: replace('RANDR', (w) => ({ rand: w.env('x').source.random(16, 'short') })),
  },
  'a PKE that is cut short': {
    reason: 'envelope',
    code: 'ERR_AUTH_FAILED',
    change: replace('PKE', (w) => ({ data: w.env('x').source.random(255, 'PKE') })),
  },
});

describe.each([
  ['REQUEST_INIT_PK', request],
  ['RESOLVE_INIT_PK', resolve],
] as const)('the KMS refuses in %s', (_, exchange) => {
  const table = Object.entries(cases(exchange.holder));
  test.each(table)('%s, over bytes', (_, one) => {
    const [check, code, reason] = run(byteWorld(), exchange, one);
    expect([check, code]).toEqual([exchange.checks[one.reason], one.code]);
    expect(reason).toMatch(one.says ?? /./);
  });

  test.each(table)('%s, over terms', (_, one) => {
    const [check, code, reason] = run(termWorld(), exchange, one);
    expect([check, code]).toEqual([exchange.checks[one.reason], one.code]);
    expect(reason).toMatch(one.says ?? /./);
  });

  test('nothing of it in an honest message; SHA-1 where it is allowed', () => {
    const allow = new Set<Allowance>(['SHA-1 signatures']);
    const sha1: Case = { reason: 'signature', code: '', access: signer({ hash: 'sha1' }), profile: { allow } };
    for (const one of [{ reason: 'signature', code: '' } as const, sha1]) {
      expect(run(byteWorld(), exchange, one)[0]).toBe('accepted');
      expect(run(termWorld(), exchange, one)[0]).toBe('accepted');
    }
  });

  test('each check is what refuses: switched off, the message gets further', () => {
    for (const [name, one] of table) {
      const without = new Set([exchange.checks[one.reason]]);
      const profile = { ...one.profile, without };
      // Without an envelope key there is nothing to go on with.
      if (one.reason === 'envelope') continue;
      const [check] = run(byteWorld(), exchange, { ...one, profile });
      expect([name, check]).not.toEqual([name, exchange.checks[one.reason]]);
    }
  });

  test('a message without SIGN at its end, without PKE, with two CHASH, or of another type is none', () => {
    const w = byteWorld();
    const built = exchange.build(w, w.access(exchange.holder));
    const { header, payloads } = (built as { readonly value: { readonly message: Message<Uint8Array> } }).value.message;
    const code = (changed: Message<Uint8Array>): string => stopped(exchange.admit(w, changed))[1];
    const without = (kind: string): Message<Uint8Array> => ({
      header,
      payloads: payloads.filter((payload) => payload.kind !== kind),
    });
    expect(code(without('SIGN'))).toBe('ERR_MISSING_PAYLOAD');
    expect(code({ header, payloads: payloads.toReversed() })).toBe('ERR_MISSING_PAYLOAD');
    expect(code(without('PKE'))).toBe('ERR_MISSING_PAYLOAD');
    expect(code(without(exchange.carries))).toBe('ERR_MISSING_PAYLOAD');
    expect(code({ header, payloads: [one(payloads, 'CHASH'), ...payloads] })).toBe('ERR_DUPLICATE_PAYLOAD');
    expect(code({ header: { ...header, dataType: 11 }, payloads })).toBe('ERR_DATA_TYPE');
  });

  test('an Initiator or Responder seals no envelope key for a KMS whose certificate does not hold', () => {
    const w = byteWorld();
    const access = w.access(exchange.holder);
    const build = (chain: readonly [Uint8Array, ...Uint8Array[]]): readonly unknown[] =>
      stopped(exchange.build(w, { ...access, kmsCertificate: { ...access.kmsCertificate, chain } })).slice(0, 2);
    expect(build([w.certificate.kms])).toEqual(['kmsCertificateValid', 'ERR_CERTIFICATE']);
    expect(build([w.certificate.mallory, w.certificate.ca])).toEqual(['kmsCertificateNamesKms', 'ERR_IDENTITY']);
  });

  test('MD5 names no certificate', () => {
    const w = byteWorld();
    const change = replace('CHASH', () => ({ hashFunc: hashFuncs.MD5, hash: new Uint8Array(16) }));
    expect(run(w, exchange, { reason: 'kmsKey', code: '', change })[1]).toBe('ERR_HASH_FUNC');
    expect(run(termWorld(), exchange, { reason: 'kmsKey', code: '', change })[1]).toBe('ERR_HASH_FUNC');
  });
});

/** All users of these tests, Mallory too, may have tickets. */
const everybody = policyAuthority(() => ({
  system: { ...strictSystem, reuse: true },
  users: [{ ...strictUser, user: '*', mayRequest: true, mayCall: ['*'] }],
  groups: [],
  partners: [],
}));

/** The KMS grants a ticket for a request that is already verified; then the sender, who has `key`, looks at the answer. */
function answered(w: World<Uint8Array>, message: Message<Uint8Array>, key: Uint8Array) {
  const verified = verifyRequestInitPk(w.env('kms'), message, { kms: w.id('kms'), service: w.service, onFile: [] });
  if (!verified.accepted) return { verified, granted: undefined, made: [] as readonly MadeCheck[], outcome: undefined };
  const granted = grantTicket(w.env('kms'), message, {
    kms: w.id('kms'),
    authority: everybody,
    TPK: w.TPK,
    requester: verified.value.requester,
    inkey: verified.value.envelopeKey,
  });
  if (!granted.accepted) throw new Error(granted.rejection.reason);
  const outcome = acceptRequestResp(w.env('alice'), granted.value.message, {
    sent: message,
    request: w.request(),
    inkey: key,
  });
  return { verified, granted: granted.value, outcome };
}

describe('RESOLVE_INIT_PK of a partner KMS', () => {
  /** The certificate of bob's phone says that it is the partner; IDRr is somebody else's. */
  const partner =
    (uri: string, resolver: string, kms = 'kms') =>
    <B>(w: World<B>): readonly [string | undefined, string] => {
      const access = w.access('bob-phone');
      const own = {
        ...access.own,
        chain: [w.issue('bob-phone', 'ca', { uris: [sip(uri)] }), w.certificate.ca],
      } as const;
      const env = w.env('partner');
      const keys = [keyData(env, 'MPK', env.source.random(32, 'MPK'))];
      const { policy } = w.request();
      const tpData = policy.tpData.map((payload) =>
        payload.kind === 'IDR' && payload.role === idRoles.IDRkms ? { ...payload, data: w.id(kms).data } : payload,
      );
      const { ticket } = sealTicket(env, { ...policy, tpData }, { TPK: w.TPK, keys });
      const input = { responder: w.id(resolver), kms: w.id('kms'), access: { ...access, own } };
      const built = buildResolveInitPk(env, input, ticket);
      if (!built.accepted) return [built.rejection.check, built.rejection.code];
      const outcome = verifyResolveInitPk(w.env('kms'), built.value.message, {
        kms: w.id('kms'),
        service: w.service,
        onFile: [],
        authority: w.authority,
      });
      if (!outcome.accepted) return [outcome.rejection.check, outcome.rejection.code];
      const { partner: asking } = outcome.value;
      const isOther = asking !== undefined && env.algebra.equal(asking.data, w.id('other-kms').data);
      return [isOther ? 'for its partner' : 'for itself', ''];
    };
  const both = (of: ReturnType<typeof partner>): readonly unknown[] => [of(byteWorld()), of(termWorld())];

  test('counts for the users that policy lets it speak for, and for no others', () => {
    const twice = <T>(one: T): readonly T[] => [one, one];
    expect(both(partner('other-kms', 'carol'))).toEqual(twice(['for its partner', '']));
    expect(both(partner('other-kms', 'bob-phone'))).toEqual(twice(['partnerSpeaksForResolver', 'ERR_NOT_AUTHORIZED']));
    expect(both(partner('third-kms', 'carol'))).toEqual(twice(['resolverCertified', 'ERR_IDENTITY']));
    expect(both(partner('carol', 'carol'))).toEqual(twice(['for itself', '']));
    // A ticket of a third KMS: a user may bring it, a partner may not.
    expect(both(partner('carol', 'carol', 'third-kms'))).toEqual(twice(['for itself', '']));
    const twiceForwarded = twice(['resolveNotForwardedTwice', 'ERR_NOT_AUTHORIZED']);
    expect(both(partner('other-kms', 'carol', 'third-kms'))).toEqual(twiceForwarded);
  });
});

describe('an envelope that does not open', () => {
  const paddings = ['PKCS#1 v1.5', 'OAEP', 'OAEP, SHA-256'] as const;
  const wrong = (w: World<Uint8Array>, padding: (typeof paddings)[number]): Readonly<Record<string, Uint8Array>> => {
    const { publicKeys: P } = w;
    const of = (holder: Holder): Uint8Array => P.certifiedKey(w.certificate[holder]).publicKey;
    const random = (length: number): Uint8Array => w.env('attacker').source.random(length, '');
    const seal = (length: number, holder: Holder, how = padding): Uint8Array =>
      P.sealEnvelope(how, of(holder), { envelopeKey: random(length), random });
    return {
      'under another key': seal(32, 'kms'),
      'with another padding': seal(32, 'kms-new', padding === 'OAEP' ? 'PKCS#1 v1.5' : 'OAEP'),
      'with a key that is too short': seal(16, 'kms-new'),
      'with a key that is longer than RANDRi': seal(33, 'kms-new'),
      'with no padding at all': Uint8Array.of(0, ...random(255)),
    };
  };

  test.each(paddings)(
    '[rfc3830:6.3-6] is answered as any other, and the answer fails as under a wrong MAC key: %s',
    (padding) => {
      const w = byteWorld(padding);
      const built = buildRequestInitPk(w.env('alice'), w.request());
      if (!built.accepted) throw new Error(built.rejection.reason);
      const { message, envelopeKey } = built.value;
      expect(answered(w, message, envelopeKey).outcome?.accepted).toBe(true);
      const seen = Object.entries(wrong(w, padding)).map(([name, data]) => {
        const changed = {
          header: message.header,
          payloads: message.payloads.map((payload) => (payload.kind === 'PKE' ? { ...payload, data } : payload)),
        };
        const again = resign(w, changed, w.access('alice'), 'alice');
        const { verified, outcome } = answered(w, again, envelopeKey);
        expect([name, ...stopped(outcome!).slice(0, 2)]).toEqual([name, 'requestRespMacValid', 'ERR_AUTH_FAILED']);
        return verified.checks.map((check) => `${check.name} ${check.holds}`).join();
      });
      // All of them look the same to the KMS, too.
      expect(new Set(seen).size).toBe(1);
    },
  );
});

describe("'W1' an insider uses another user's envelope key", () => {
  const honest = (w: World<Uint8Array>) => {
    const built = buildRequestInitPk(w.env('alice'), w.request());
    if (!built.accepted) throw new Error(built.rejection.reason);
    return built.value;
  };
  /** Mallory's own request around what she copies from Alice's. */
  const attack = (w: World<Uint8Array>, of: Message<Uint8Array>): Message<Uint8Array> => {
    const { algebra: A, source } = w.env('mallory');
    const payloads = of.payloads.flatMap((payload): readonly Payload<Uint8Array>[] => {
      if (payload.kind === 'T') return [freshT(A, source.now())];
      if (payload.kind === 'IDR' && payload.role === 1) return [{ ...payload, data: w.id('mallory').data }];
      if (payload.kind === 'CERT') return [];
      if (payload.kind !== 'TP') return [payload];
      const tpData = payload.policy.tpData.map((inner) =>
        inner.kind === 'IDR' && inner.role === 1 ? { ...inner, data: w.id('mallory').data } : inner,
      );
      return [{ ...payload, policy: { ...payload.policy, tpData } }];
    });
    const certificates = w.access('mallory').own.chain.map((data) => ({ kind: 'CERT', certType: 0, data }) as const);
    return resign(
      w,
      { header: of.header, payloads: [...payloads.slice(0, 3), ...certificates, ...payloads.slice(3)] },
      w.access('mallory'),
      'mallory',
    );
  };

  test('the KMS sees a new message, but an envelope that it has seen', () => {
    const w = byteWorld();
    const A = w.env('kms').algebra;
    const { message } = honest(w);
    const input = { kms: w.id('kms'), service: w.service, onFile: [] };
    const [first, copied] = [message, attack(w, message)].map((one) => verifyRequestInitPk(w.env('kms'), one, input));
    if (!first?.accepted || !copied?.accepted) throw new Error('the insider must get that far');
    const cache = new ReplayCache(A);
    const now = w.env('kms').source.now();
    expect(cache.remember(first.value.replay, now)).toBe(true);
    expect(cache.remember(first.value.envelopeReplay, now)).toBe(true);
    expect(cache.remember(copied.value.replay, now)).toBe(true);
    expect(cache.remember(copied.value.envelopeReplay, now)).toBe(false);
  });

  test('and were it answered, the two answers have different keystreams, as each has a T of its own', () => {
    const w = byteWorld();
    const A = w.env('kms').algebra;
    const { message, envelopeKey } = honest(w);
    const [alice, mallory] = [message, attack(w, message)].map((one) => answered(w, one, envelopeKey).granted!);
    const t = (one: typeof alice): Uint8Array => as64Bits(A, all(one!.message.payloads, 'T')[0]!);
    expect(A.equal(t(alice), t(mallory))).toBe(false);
    const data = (one: typeof alice): Uint8Array => all(one!.message.payloads, 'KEMAC')[0]!.encrData;
    const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((octet, index) => octet ^ b[index]!));
    // Same layout, so the octets of MPKi stand at the same place in both plaintexts.
    const keys = [alice, mallory].map((one) => xor(one!.MPKi, mallory!.MPKi).toString('hex'))[0]!;
    expect(xor(data(alice), data(mallory)).toString('hex')).not.toContain(keys);
    // Under the literal reading, with T of the request that Mallory copied as well, the XOR of the keys lies open.
    const same = [alice, mallory].map((one) =>
      underT(w, { message, envelopeKey }, one!.message, as64Bits(A, all(message.payloads, 'T')[0]!)),
    );
    expect(xor(same[0]!, same[1]!).toString('hex')).toContain(keys);
  });
});

/** Encr data of a response if it had been encrypted with another T. */
function underT(
  w: World<Uint8Array>,
  sent: { readonly message: Message<Uint8Array>; readonly envelopeKey: Uint8Array },
  response: Message<Uint8Array>,
  t: Uint8Array,
): Uint8Array {
  const A = w.env('kms').algebra;
  const { header, payloads } = sent.message;
  const input = {
    prfFunc: header.prfFunc,
    inkey: sent.envelopeKey,
    direction: 'response',
    csbId: header.csbId,
    RANDRi: one(payloads, 'RANDR').rand,
  } as const;
  const KEMAC = one(response.payloads, 'KEMAC');
  const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, input), csbId: input.csbId };
  const keys = openKeys(A, KEMAC, { ...keying, t: as64Bits(A, one(response.payloads, 'T')) });
  return sealKeys(A, KEMAC.encrAlg, { keying: { ...keying, t }, keys }).encrData;
}

test('the strict profile allows no SHA-1 signatures', () => {
  expect(strictProfile.allow.has('SHA-1 signatures')).toBe(false);
});
