/**
 * Encryption of key data: AES in counter mode.
 *
 * Statements: rfc6043:6.2-2; rfc3830:4.2.3-1, -2, -6.
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import { ctr } from '@noble/ciphers/aes.js';
import { encrAlgs } from '../../spec/registry/kemac.ts';
import type { Keying } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';

/** Key length of each algorithm, in octets. NULL is not among them: TP Data is never encrypted in the first place. */
const keyLengths: ReadonlyMap<number, number> = new Map([
  [encrAlgs['AES-CM-128'], 16],
  [encrAlgs['AES-CM-256'], 32],
]);

/** Lengths in octets of what the initialization vector is made of. */
const lengths = { salt: 14, csbId: 4, t: 8 } as const;

/**
 * IV = (salt XOR (0x0000 || CSB ID || T)) || 0x0000.
 *
 * @throws MikeyError ERR_KEY_LENGTH if salt, CSB ID or T have another length than they must have
 */
export function initializationVector(keying: Keying<Uint8Array>): Uint8Array {
  for (const [name, length] of Object.entries(lengths)) {
    const value = keying[name as keyof typeof lengths];
    if (value.length !== length) {
      throw new MikeyError('ERR_KEY_LENGTH', `${name} has ${value.length} octets instead of ${length}`, {
        clause: 'rfc3830:4.2.3',
      });
    }
  }
  const iv = new Uint8Array(16);
  iv.set(keying.csbId, 2);
  iv.set(keying.t, 6);
  keying.salt.forEach((octet, index) => {
    iv[index] = (iv[index] ?? 0) ^ octet;
  });
  return iv;
}

/**
 * Encrypts or, which is the same in counter mode, decrypts.
 *
 * @param encrAlg - number of the Encr alg
 * @param keying - key, salt, CSB ID and T
 * @throws MikeyError ERR_ENCR_ALG if the algorithm is not supported, ERR_KEY_LENGTH if the key does not fit
 */
export function transportCipher(
  encrAlg: number,
  keying: Keying<Uint8Array>,
  { data }: { readonly data: Uint8Array },
): Uint8Array {
  const keyLength = keyLengths.get(encrAlg);
  if (keyLength === undefined) {
    throw new MikeyError('ERR_ENCR_ALG', `Encr alg ${encrAlg} is not supported`, { clause: 'rfc6043:6.2' });
  }
  if (keying.key.length !== keyLength) {
    throw new MikeyError('ERR_KEY_LENGTH', `encr_key has ${keying.key.length} octets instead of ${keyLength}`, {
      clause: 'rfc3830:4.2.3',
    });
  }
  if (data.length === 0) return data;
  return ctr(keying.key, initializationVector(keying)).encrypt(data);
}
