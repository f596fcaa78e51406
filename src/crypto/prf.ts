/**
 * The PRFs of MIKEY: P_hash of TLS 1.0, XORed over the 256-bit blocks of the inkey.
 *
 * Statements: rfc3830:4.1.2-1, -2, -3, -4, -5, -6; rfc3830:4.2.2-2.
 *
 * @module
 * @see [RFC 3830, section 4.1.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.1.2)
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { prfFuncs } from '../../spec/registry/header.ts';
import { MikeyError } from '../../model/error.ts';

/** The inkey is split into blocks of 256 bits, also under SHA-256 (rfc6043:6.1-7, rfc6043:6.1-9 change nothing about it). */
const blockLength = 32;

/** The hash of each PRF (rfc3830:4.1.2, rfc6043:6.1-8). */
const hashes = { [prfFuncs['MIKEY-1']]: sha1, [prfFuncs['PRF-HMAC-SHA-256']]: sha256 } as const;

/**
 * PRF(inkey, label).
 *
 * @param prfFunc - number of the PRF
 * @param inkey - any length but zero
 * @param options - `label`, and `length` of the outkey in octets
 * @throws MikeyError ERR_PRF if the PRF is not known, ERR_KEY_LENGTH if the inkey is empty
 */
export function prf(
  prfFunc: number,
  inkey: Uint8Array,
  { label, length }: { readonly label: Uint8Array; readonly length: number },
): Uint8Array {
  const hash = prfFunc in hashes ? hashes[prfFunc as keyof typeof hashes] : undefined;
  if (!hash) throw new MikeyError('ERR_PRF', `PRF func ${prfFunc} is not supported`, { clause: 'rfc6043:6.1' });
  if (inkey.length === 0) throw new MikeyError('ERR_KEY_LENGTH', 'the inkey is empty', { clause: 'rfc3830:4.1.2' });
  const outkey = new Uint8Array(length);
  for (let start = 0; start < inkey.length; start += blockLength) {
    const block = pHash(hash, inkey.subarray(start, start + blockLength), { label, length });
    for (let index = 0; index < length; index += 1) outkey[index] = (outkey[index] ?? 0) ^ (block[index] ?? 0);
  }
  return outkey;
}

/** P(s, label, m): as many HMAC outputs as cover the length; what is too much is cut off by the caller. */
function pHash(
  hash: typeof sha1 | typeof sha256,
  s: Uint8Array,
  { label, length }: { readonly label: Uint8Array; readonly length: number },
): Uint8Array {
  const keyed = hmac.create(hash, s);
  const mac = (data: Uint8Array): Uint8Array => keyed.clone().update(data).digest();
  const blocks: Uint8Array[] = [];
  let a = label;
  for (let done = 0; done < length; done += hash.outputLen) {
    a = mac(a);
    blocks.push(mac(concatBytes(a, label)));
  }
  return concatBytes(...blocks);
}
