/**
 * What REQUEST_INIT_PK and RESOLVE_INIT_PK have in common: certificates, an envelope key for the KMS, and a signature.
 *
 * The envelope key stands in for the pre-shared key in all that follows: whoever derives message keys takes it as inkey.
 *
 * Statements: rfc6043:4.2.1.3-1, -2, -3, -4, -6, -7, -8; rfc6043:4.2.3.3-1, -2, -3, -4, -6, -7, -8; rfc3830:6.3-3, -6;
 * rfc3830:6.7-4, -5; rfc3830:6.8-3.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 * @see [RFC 6043, section 4.2.3.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.3)
 */
import { certTypes, idTypes } from '../../spec/registry/identities.ts';
import { cacheIndicators } from '../../spec/registry/publicKey.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { PublicKeyEnv } from '../guard/profile.ts';
import { initialCoverage } from '../message/coverage.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { CertPayload, Payload, PkePayload } from '../message/payload.ts';
import type { KmsCertificate, PublicKeyAccess } from '../policy/certified.ts';
import { appendSign } from '../protection/signature.ts';
import { draftInit, type InitInput, type InitShape } from './kmsInit.ts';

/** An initial message that was made, and the key to its answer. */
export interface SentInit<B> {
  readonly message: Message<B>;
  /** Where the pre-shared key would be. Not cached: it dies with the exchange (rfc3830:6.3-3). */
  readonly envelopeKey: B;
}

/**
 * Makes HDR, T, RANDR, IDR, {CERT}, IDRkms, TP or TICKET, [CHASH], PKE, SIGN.
 *
 * @param shape - which of the two
 * @param input - what both variants need, and the keys and certificates of this one
 * @returns rejected if the certificate of the KMS does not hold: an envelope key is sealed for nobody else
 */
export function buildSignedInit<B>(
  env: PublicKeyEnv<B>,
  shape: InitShape,
  input: Omit<InitInput<B>, 'keyLength' | 'certificates'> & { readonly access: PublicKeyAccess<B> },
): Outcome<SentInit<B>> {
  const { algebra: A, publicKeys: P, source } = env;
  const { own, kmsCertificate, trust } = input.access;
  return attempt(env.profile, (need) => {
    const [certificate] = kmsCertificate.chain;
    const at = source.now();
    const fault = once(() => P.chainFault(kmsCertificate.chain, { trust, at, use: 'keyEncipherment' }));
    need('kmsCertificateValid', () => fault() === undefined, { because: () => fault() ?? '' });
    const certified = P.certifiedKey(certificate);
    need('kmsCertificateNamesKms', () => isCertified(env, input.kms, certified.identities));

    const { message: draft } = draftInit(env, shape, {
      ...input,
      keyLength: input.suite.keyLength,
      certificates: own.onFile ? [] : own.chain.map((data) => certPayload(data)),
    });
    const envelopeKey = source.random(input.suite.keyLength, 'env_key');
    const PKE: PkePayload<B> = {
      kind: 'PKE',
      cache: cacheIndicators['No cache'],
      data: P.sealEnvelope(kmsCertificate.padding, certified.publicKey, {
        envelopeKey,
        random: (length) => source.random(length, 'padding'),
      }),
    };
    const payloads = [...draft.payloads, ...certificateHash(env, kmsCertificate), PKE];
    const message = appendSign(
      env,
      { header: draft.header, payloads },
      { signer: own.signer, cover: (unsigned) => initialCoverage(A, unsigned, [input.party, input.kms]) },
    );
    return { message, envelopeKey };
  });
}

/** Whether an identity is among those that a certificate is for: they are URIs, compared octet for octet. */
export function isCertified<B>(env: PublicKeyEnv<B>, identity: Identity<B>, certified: readonly B[]): boolean {
  return identity.idType === idTypes.URI && certified.some((data) => env.algebra.equal(data, identity.data));
}

/** A value that is computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: compute() }).value;
}

/** One certificate of a chain, in a payload of its own (rfc3830:6.7-4). */
function certPayload<B>(data: B): CertPayload<B> {
  return { kind: 'CERT', certType: certTypes['X.509v3'], data };
}

/** CHASH, if the key of the KMS is to be named. */
function certificateHash<B>(env: PublicKeyEnv<B>, { chain, hashFunc }: KmsCertificate<B>): readonly Payload<B>[] {
  if (hashFunc === undefined) return [];
  return [{ kind: 'CHASH', hashFunc, hash: env.publicKeys.certificateHash(hashFunc, chain[0]) }];
}
