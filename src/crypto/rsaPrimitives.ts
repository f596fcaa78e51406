/**
 * RSA without any padding, by node:crypto, and the mask generation that two paddings share.
 *
 * The paddings are made here and not by OpenSSL: their random octets must come from the given source, so that seeded runs are
 * repeatable, and a wrong padding must not show (see `rsaEnvelope.ts`).
 *
 * @module
 * @see [RFC 8017, section 5](https://www.rfc-editor.org/rfc/rfc8017.html#section-5)
 */
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  type KeyObject,
} from 'node:crypto';
import { MikeyError } from '../../model/error.ts';

/** A hash in use. */
export type HashName = 'sha1' | 'sha256';

/** Length of a hash in octets. */
export const hashLengths: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32 };

/** The hash of data. */
export function hashOf(hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const state = createHash(hash);
  for (const part of parts) state.update(part);
  return new Uint8Array(state.digest());
}

/** A private key from PKCS #8 in DER. @throws MikeyError ERR_CERTIFICATE if it is no RSA key */
export function readPrivateKey(octets: Uint8Array): KeyObject {
  return rsaOnly(() => createPrivateKey({ key: Buffer.from(octets), format: 'der', type: 'pkcs8' }));
}

/** A public key from SubjectPublicKeyInfo in DER. @throws MikeyError ERR_CERTIFICATE if it is no RSA key */
export function readPublicKey(octets: Uint8Array): KeyObject {
  return rsaOnly(() => createPublicKey({ key: Buffer.from(octets), format: 'der', type: 'spki' }));
}

/** Length of the modulus in octets. */
export function modulusLength(key: KeyObject): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

/** m^e mod n, as long as the modulus. */
export function rawPublic(key: KeyObject, message: Uint8Array): Uint8Array {
  return new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, message));
}

/** c^d mod n, as long as the modulus; undefined if c is not as long as the modulus, or not below it. */
export function rawPrivate(key: KeyObject, input: Uint8Array): Uint8Array | undefined {
  if (input.length !== modulusLength(key)) return undefined;
  try {
    return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, input));
  } catch {
    return undefined;
  }
}

/** XORs the mask that MGF1 makes of `seed` into `target`, in place. */
export function mask(hash: HashName, target: Uint8Array, seed: Uint8Array): void {
  for (let block = 0, done = 0; done < target.length; block += 1) {
    const counter = new Uint8Array(4);
    new DataView(counter.buffer).setUint32(0, block);
    for (const octet of hashOf(hash, seed, counter)) {
      if (done < target.length) target[done] = (target[done] ?? 0) ^ octet;
      done += 1;
    }
  }
}

function rsaOnly(read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Whatever OpenSSL says about it: the octets are secret.
  }
  throw new MikeyError('ERR_CERTIFICATE', 'no RSA key', { clause: 'rfc3830:4.2.5-2' });
}
