/**
 * The KMS on REQUEST_INIT_PK and RESOLVE_INIT_PK: what it checks before it looks for any key, and with the keys at hand.
 *
 * The envelope key is opened last, for an authenticated sender only; and what is wrong inside of it shows in no check, but in
 * an answer that its sender cannot read (see `openEnvelope`).
 *
 * Statements: rfc6043:4.2.1.3-2, -4, -5, -7; rfc6043:4.2.3.3-2, -4, -5, -7; rfc3830:4.3.2-1; rfc3830:6.3-3; rfc3830:6.7-5.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { certTypes, idRoles, idTypes } from '../../spec/registry/identities.ts';
import { cacheIndicators, sTypes } from '../../spec/registry/publicKey.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { CheckName } from '../guard/catalogue.ts';
import type { Need } from '../guard/checker.ts';
import type { Env, PublicKeyEnv } from '../guard/profile.ts';
import { lengthAndRand } from '../keys/lengthPrefixed.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { initialCoverage } from '../message/coverage.ts';
import { isAmong, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { all, lastSign, one, optional } from '../message/select.ts';
import type { KmsKeyPair, PublicKeyService } from '../policy/certified.ts';
import { replayEntryOf, type ReplayEntry } from '../protection/freshness.ts';
import { signHolds } from '../protection/signature.ts';
import { admitInit, type InitShape } from './kmsInit.ts';
import { once } from './signedInit.ts';

/** The checks of one of the two messages. */
export interface SignedInitChecks {
  readonly certificateTypesUsable: CheckName;
  readonly signatureTypeKnown: CheckName;
  readonly envelopeNotCached: CheckName;
  readonly certificateKnown: CheckName;
  readonly certificateValid: CheckName;
  readonly kmsKeyKnown: CheckName;
  readonly signatureValid: CheckName;
  readonly certified: CheckName;
  readonly randLongEnough: CheckName;
  readonly envelopeFits: CheckName;
}

/** Whose certificates the KMS needs before it can go on. */
export interface CertificateQuery<B> {
  /** The certificates in the message; if there are none, the KMS looks for the chain of `identity` on file. */
  readonly chain: readonly B[];
  /** IDRi or IDRr, if it is there. */
  readonly identity: Identity<B> | undefined;
}

/** Cert types that may certify a signature key. An address is not followed: a stranger chose it. */
const signatureCertTypes: ReadonlySet<number> = new Set([certTypes['X.509v3'], certTypes['X.509v3 Sign']]);

const knownSTypes: ReadonlySet<number> = new Set([sTypes['RSA/PKCS#1/1.5'], sTypes['RSA/PSS']]);

/** Checks what needs no key. */
export function admitSignedInit<B>(
  env: Env<B>,
  message: Message<B>,
  options: {
    readonly need: Need;
    readonly shape: InitShape;
    readonly type: 'REQUEST_INIT_PK' | 'RESOLVE_INIT_PK';
    readonly kms: Identity<B>;
    readonly checks: SignedInitChecks;
  },
): CertificateQuery<B> {
  const { need, checks } = options;
  const { payloads } = message;
  const identity = admitInit(env, message, { ...options, last: lastSign });
  const PKE = one(payloads, 'PKE');
  optional(payloads, 'CHASH');
  const certificates = all(payloads, 'CERT');
  need(checks.certificateTypesUsable, () => certificates.every((cert) => signatureCertTypes.has(cert.certType)));
  need(checks.signatureTypeKnown, () => knownSTypes.has(lastSign(payloads).sType));
  // Caching could only serve an update, which these exchanges do not have; and this KMS remembers nothing about its users.
  need(checks.envelopeNotCached, () => PKE.cache === cacheIndicators['No cache']);
  return { chain: certificates.map((cert) => cert.data), identity };
}

/** An authenticated initial message of the public-key variants. */
export interface VerifiedSignedInit<B> {
  readonly party: Identity<B>;
  /** Where the pre-shared key would be. */
  readonly envelopeKey: B;
  readonly replay: ReplayEntry<B>;
  /** Must be as new as `replay`, or an insider could have somebody else's envelope key used a second time (weakness W1). */
  readonly envelopeReplay: ReplayEntry<B>;
}

/** What the KMS verifies with. */
export interface SignedInitInput<B> {
  readonly kms: Identity<B>;
  readonly service: PublicKeyService<B>;
  /** The chain that the storage has of the sender; looked at only if the message has no certificates. */
  readonly onFile: readonly B[];
}

/** Checks what needs certificates and keys. */
export function verifySignedInit<B>(
  env: PublicKeyEnv<B>,
  message: Message<B>,
  options: SignedInitInput<B> & {
    readonly need: Need;
    readonly shape: InitShape;
    readonly checks: SignedInitChecks;
    /** Checks that the owner of the certificate may speak for the party. */
    readonly checkOwner?: (party: Identity<B>, certified: readonly Identity<B>[]) => void;
  },
): VerifiedSignedInit<B> {
  const { algebra: A, publicKeys: P } = env;
  const { need, checks, shape, kms, service } = options;
  const { payloads, header } = message;
  const sent = all(payloads, 'CERT').map((cert) => cert.data);
  const chain = sent.length > 0 ? sent : options.onFile;
  const [certificate] = chain;
  need(checks.certificateKnown, () => certificate !== undefined);
  if (certificate === undefined) throw new RangeError(`${checks.certificateKnown} cannot be switched off without one`);
  const at = env.source.now();
  const fault = once(() => P.chainFault(chain, { trust: service.trust, at, use: 'digitalSignature' }));
  need(checks.certificateValid, () => fault() === undefined, { because: () => fault() ?? '' });
  const { publicKey, identities } = P.certifiedKey(certificate);

  const key = namedKey(env, message, service);
  need(checks.kmsKeyKnown, () => key !== undefined);
  const { privateKey, padding } = key ?? service.keys[0];

  const sign = lastSign(payloads);
  const party = optional(payloads, 'IDR', idRoles[shape.party]) ?? firstOf(identities);
  need(checks.signatureValid, () =>
    signHolds(env, sign, { publicKey, data: initialCoverage(A, message, party ? [party, kms] : [kms]) }),
  );
  const uris = identities.map((data): Identity<B> => ({ idType: idTypes.URI, data }));
  if (party && options.checkOwner) options.checkOwner(party, uris);
  else need(checks.certified, () => party !== undefined && isAmong(A, party, uris));
  if (!party) throw new RangeError(`${checks.certified} cannot be switched off without an identity`);

  const least = suiteOfPrf(header.prfFunc).keyLength;
  const RAND = one(payloads, 'RANDR', randRoles[shape.rand]).rand;
  need(checks.randLongEnough, () => A.length(RAND) >= least);
  const PKE = one(payloads, 'PKE');
  // A key longer than the RAND would break rfc6043:12.1-5. To say so would tell what is in the envelope.
  const bounds = { least, most: Math.max(least, A.length(RAND)) };
  const envelopeKey = P.openEnvelope(padding, privateKey, { data: PKE.data, ...bounds });
  need(checks.envelopeFits, () => envelopeKey !== undefined);
  if (envelopeKey === undefined) throw new RangeError(`${checks.envelopeFits} cannot be switched off without a key`);
  const T = one(payloads, 'T');
  return {
    party,
    envelopeKey,
    replay: replayEntryOf(env, T, sign.signature),
    envelopeReplay: replayEntryOf(env, T, A.concat([header.csbId, lengthAndRand(A, RAND), PKE.data])),
  };
}

/** The key pair that CHASH names; without CHASH the first one. */
function namedKey<B>(
  env: PublicKeyEnv<B>,
  message: Message<B>,
  { keys }: PublicKeyService<B>,
): KmsKeyPair<B> | undefined {
  const CHASH = optional(message.payloads, 'CHASH');
  if (!CHASH) return keys[0];
  const hashOf = (pair: KmsKeyPair<B>): B => env.publicKeys.certificateHash(CHASH.hashFunc, pair.certificate);
  return keys.find((pair) => env.algebra.equal(hashOf(pair), CHASH.hash));
}

function firstOf<B>([first]: readonly B[]): Identity<B> | undefined {
  return first === undefined ? undefined : { idType: idTypes.URI, data: first };
}
