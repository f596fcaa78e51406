/**
 * Appending the SIGN payload to a message, and verifying it.
 *
 * Statements: rfc6043:5.5-2; rfc3830:4.2.6-1; rfc3830:6.5-3.
 *
 * @module
 * @see [RFC 3830, section 6.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.5)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import type { SignatureHash } from '../algebra/publicKeys.ts';
import type { PublicKeyEnv } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { SignPayload } from '../message/payload.ts';
import type { SigningKey } from '../policy/certified.ts';

/**
 * Ends a message with SIGN. First SIGN stands there with as many zero octets as the signature will have, since the length field is
 * covered; the octets themselves are not (rfc6043:5.5-2).
 *
 * @param message - the message without SIGN
 * @param options - the signer's key, and the coverage of the message
 */
export function appendSign<B>(
  env: PublicKeyEnv<B>,
  message: Message<B>,
  { signer, cover }: { readonly signer: SigningKey<B>; readonly cover: (draft: Message<B>) => B },
): Message<B> {
  const { algebra: A, publicKeys: P, source } = env;
  const { sType, hash, privateKey } = signer;
  const withSignature = (signature: B): Message<B> => ({
    header: message.header,
    payloads: [...message.payloads, { kind: 'SIGN', sType, signature }],
  });
  const data = cover(withSignature(A.octets('00'.repeat(P.signatureLength(privateKey)))));
  const random = (length: number): B => source.random(length, 'salt of the signature');
  return withSignature(P.sign(sType, privateKey, { hash, data, random }));
}

/**
 * Whether SIGN holds the signature of `data`. The message does not say which hash is below it (finding A20): it is SHA-256, or where
 * the profile allows it SHA-1.
 */
export function signHolds<B>(
  env: PublicKeyEnv<B>,
  sign: SignPayload<B>,
  { publicKey, data }: { readonly publicKey: B; readonly data: B },
): boolean {
  const hashes: readonly SignatureHash[] = env.profile.allow.has('SHA-1 signatures') ? ['sha256', 'sha1'] : ['sha256'];
  return hashes.some((hash) =>
    env.publicKeys.signatureHolds(sign.sType, publicKey, { hash, data, signature: sign.signature }),
  );
}
