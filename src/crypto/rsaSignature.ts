/**
 * RSA signatures of the SIGN payload: PKCS #1 v1.5 and PSS.
 *
 * PSS has MGF1 over the same hash and a salt as long as the hash; a signature with another salt length does not verify (finding A20
 * holds for it too: no field states any of this).
 *
 * Statements: rfc3830:4.2.6-1, -2, -3; rfc3830:6.5-3.
 *
 * @module
 * @see [RFC 3830, section 4.2.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.6)
 * @see [RFC 8017, section 8](https://www.rfc-editor.org/rfc/rfc8017.html#section-8)
 */
import { constants, sign as nodeSign, verify as nodeVerify, type KeyObject } from 'node:crypto';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { SignatureHash } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import {
  hashLengths,
  hashOf,
  mask,
  modulusLength,
  rawPrivate,
  readPrivateKey,
  readPublicKey,
} from './rsaPrimitives.ts';

/**
 * Signs.
 *
 * @param sType - S type
 * @param privateKey - PKCS #8 in DER
 * @throws MikeyError ERR_CERTIFICATE if the S type is not supported or the key is no RSA key
 */
export function rsaSign(
  sType: number,
  privateKey: Uint8Array,
  {
    hash,
    data,
    random,
  }: { readonly hash: SignatureHash; readonly data: Uint8Array; readonly random: (length: number) => Uint8Array },
): Uint8Array {
  const key = readPrivateKey(privateKey);
  if (sType === sTypes['RSA/PKCS#1/1.5']) {
    return new Uint8Array(nodeSign(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }));
  }
  if (sType === sTypes['RSA/PSS']) return signPss(key, { hash, data, salt: random(hashLengths[hash]) });
  throw new MikeyError('ERR_CERTIFICATE', `S type ${sType} is not supported`, { clause: 'rfc3830:6.5' });
}

/**
 * Whether a signature holds.
 *
 * @param publicKey - SubjectPublicKeyInfo in DER
 */
export function rsaSignatureHolds(
  sType: number,
  publicKey: Uint8Array,
  {
    hash,
    data,
    signature,
  }: { readonly hash: SignatureHash; readonly data: Uint8Array; readonly signature: Uint8Array },
): boolean {
  const key = readPublicKey(publicKey);
  if (sType === sTypes['RSA/PKCS#1/1.5']) {
    return nodeVerify(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  }
  if (sType !== sTypes['RSA/PSS']) return false;
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: hashLengths[hash] };
  return nodeVerify(hash, data, options, signature);
}

/** Length of a signature in octets. */
export function rsaSignatureLength(privateKey: Uint8Array): number {
  return modulusLength(readPrivateKey(privateKey));
}

/** EMSA-PSS and RSASP1 (RFC 8017, 9.1.1 and 5.2.1); the modulus has a multiple of 8 bits. */
function signPss(
  key: KeyObject,
  { hash, data, salt }: { readonly hash: SignatureHash; readonly data: Uint8Array; readonly salt: Uint8Array },
): Uint8Array {
  const length = modulusLength(key);
  const h = hashOf(hash, new Uint8Array(8), hashOf(hash, data), salt);
  const block = new Uint8Array(length - h.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  mask(hash, block, h);
  block[0] = (block[0] ?? 0) & 0x7f;
  const encoded = Uint8Array.of(...block, ...h, 0xbc);
  const signature = rawPrivate(key, encoded);
  if (!signature)
    throw new MikeyError('ERR_CERTIFICATE', 'the key is too short for PSS', { clause: 'rfc3830:4.2.6-3' });
  return signature;
}
