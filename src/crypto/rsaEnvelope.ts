/**
 * Envelope keys under RSA: PKCS #1 v1.5 and OAEP.
 *
 * To tell anybody whether a padding was right is to decrypt for him (Bleichenbacher for PKCS #1 v1.5, Manger for OAEP). So what does not
 * open to a key of acceptable length opens to another key, made from the ciphertext and a secret that only the holder of the
 * private key has: the same each time, unknown to everybody else. The exchange goes on with it and ends, at its sender, in the same
 * failure as a wrong MAC. Which of the two keys comes out is decided without branches. JavaScript promises nothing
 * about time all the same; what remains is far below what a network shows.
 *
 * Statements: rfc3830:4.2.5-1, -2, -3; rfc3830:6.3-6.
 *
 * @module
 * @see [RFC 3830, section 4.2.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.5)
 * @see [RFC 8017, section 7](https://www.rfc-editor.org/rfc/rfc8017.html#section-7)
 */
import { createHmac } from 'node:crypto';
import { concatBytes } from '@noble/hashes/utils.js';
import type { EnvelopePadding } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import {
  hashLengths,
  hashOf,
  mask,
  modulusLength,
  rawPrivate,
  rawPublic,
  readPrivateKey,
  readPublicKey,
  type HashName,
} from './rsaPrimitives.ts';

/** The hash of each form of OAEP. */
const oaepHashes: Readonly<Record<Exclude<EnvelopePadding, 'PKCS#1 v1.5'>, HashName>> = {
  OAEP: 'sha1',
  'OAEP, SHA-256': 'sha256',
};

/**
 * Encrypts an envelope key.
 *
 * @param publicKey - SubjectPublicKeyInfo in DER
 * @param options - the key, and random octets by their number
 * @throws MikeyError ERR_KEY_LENGTH if the envelope key is too long for the modulus
 */
export function sealRsaEnvelope(
  padding: EnvelopePadding,
  publicKey: Uint8Array,
  { envelopeKey, random }: { readonly envelopeKey: Uint8Array; readonly random: (length: number) => Uint8Array },
): Uint8Array {
  const key = readPublicKey(publicKey);
  const length = modulusLength(key);
  const hash = padding === 'PKCS#1 v1.5' ? undefined : oaepHashes[padding];
  const overhead = hash ? 2 * hashLengths[hash] + 2 : 11;
  if (envelopeKey.length > length - overhead) {
    throw new MikeyError('ERR_KEY_LENGTH', `${envelopeKey.length} octets do not fit into the envelope`, {
      clause: 'rfc3830:4.2.5',
    });
  }
  return rawPublic(
    key,
    hash ? padOaep(hash, { envelopeKey, length, random }) : padV15(envelopeKey, { length, random }),
  );
}

/**
 * Decrypts an envelope key.
 *
 * @param privateKey - PKCS #8 in DER
 * @param options - ciphertext, and the bounds of an acceptable length in octets
 * @returns undefined if the ciphertext is not as long as the modulus, or not below it
 */
export function openRsaEnvelope(
  padding: EnvelopePadding,
  privateKey: Uint8Array,
  { data, least, most }: { readonly data: Uint8Array; readonly least: number; readonly most: number },
): Uint8Array | undefined {
  const block = rawPrivate(readPrivateKey(privateKey), data);
  if (!block) return undefined;
  const { valid, start } = padding === 'PKCS#1 v1.5' ? unpadV15(block) : unpadOaep(oaepHashes[padding], block);
  const length = block.length - start;
  const acceptable = valid & lessOrEqual(least, length) & lessOrEqual(length, most);
  const secret = createHmac('sha256', privateKey).update('implicit rejection').digest();
  const instead = createHmac('sha512', secret).update(data).digest().subarray(0, least);
  const padded = concatBytes(new Uint8Array(most), block);
  // Either the last `length` octets of the block, or the other key moved to the same place.
  const take = select(acceptable, length, least);
  const result = new Uint8Array(take);
  for (let index = 0; index < take; index += 1) {
    result[index] = select(acceptable, padded[padded.length - take + index] ?? 0, instead[index] ?? 0);
  }
  return result;
}

/** 00 02 PS 00 M with at least 8 octets PS, none of them zero. */
function padV15(
  envelopeKey: Uint8Array,
  { length, random }: { readonly length: number; readonly random: (length: number) => Uint8Array },
): Uint8Array {
  const padding: number[] = [];
  const wanted = length - 3 - envelopeKey.length;
  while (padding.length < wanted) padding.push(...random(wanted - padding.length).filter((octet) => octet !== 0));
  return concatBytes(Uint8Array.of(0, 2, ...padding, 0), envelopeKey);
}

/** Where the message starts; looks at all octets whatever they are. */
function unpadV15(block: Uint8Array): { readonly valid: number; readonly start: number } {
  let valid = isZero(block[0] ?? 1) & isZero((block[1] ?? 0) ^ 2);
  let found = 0;
  let start = block.length;
  for (let index = 2; index < block.length; index += 1) {
    const here = isZero(block[index] ?? 1) & ~found & 1;
    start = select(here, index + 1, start);
    found |= here;
  }
  valid &= found & lessOrEqual(11, start);
  return { valid, start };
}

/** 00 maskedSeed maskedDB, with DB = lHash 00... 01 M. */
function padOaep(
  hash: HashName,
  input: {
    readonly envelopeKey: Uint8Array;
    readonly length: number;
    readonly random: (length: number) => Uint8Array;
  },
): Uint8Array {
  const { envelopeKey, length } = input;
  const seed = Uint8Array.from(input.random(hashLengths[hash]));
  const db = new Uint8Array(length - seed.length - 1);
  db.set(hashOf(hash));
  db[db.length - envelopeKey.length - 1] = 1;
  db.set(envelopeKey, db.length - envelopeKey.length);
  mask(hash, db, seed);
  mask(hash, seed, db);
  return concatBytes(Uint8Array.of(0), seed, db);
}

/** Unmasks the block in place; where the message starts, as {@link unpadV15}. */
function unpadOaep(hash: HashName, block: Uint8Array): { readonly valid: number; readonly start: number } {
  const seed = block.subarray(1, 1 + hashLengths[hash]);
  const db = block.subarray(1 + hashLengths[hash]);
  mask(hash, seed, db);
  mask(hash, db, seed);
  let wrong = block[0] ?? 1;
  hashOf(hash).forEach((octet, index) => (wrong |= (db[index] ?? 0) ^ octet));
  let found = 0;
  let start = db.length;
  for (let index = hashLengths[hash]; index < db.length; index += 1) {
    const octet = db[index] ?? 0;
    const here = isZero(octet ^ 1) & ~found & 1;
    start = select(here, index + 1, start);
    found |= here;
    // Before the 01 there may be zeros only.
    wrong |= select(found, 0, octet);
  }
  return { valid: isZero(wrong) & found, start: start + 1 + hashLengths[hash] };
}

/** 1 if an octet is zero, otherwise 0. */
function isZero(octet: number): number {
  return ((octet - 1) >>> 31) & 1;
}

/** 1 if a <= b, otherwise 0, for lengths. */
function lessOrEqual(a: number, b: number): number {
  return 1 - (((b - a) >>> 31) & 1);
}

/** `a` if the bit is 1, `b` if it is 0. */
function select(bit: number, a: number, b: number): number {
  return (a & -bit) | (b & (bit - 1));
}
