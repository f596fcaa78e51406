/**
 * Key data inside KEMAC payloads: sealing, opening, and what a party demands of the keys.
 *
 * Statements: rfc6043:6.2.1-1, -2; rfc3830:6.13-1; rfc3830:6.14-4; rfc3830:4.3.3-2.
 *
 * @module
 * @see [RFC 3830, section 6.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.2)
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import type { Algebra, Keying } from '../algebra/algebra.ts';
import type { Suite } from '../keys/suite.ts';
import type { KemacPayload, KeyDataPayload } from '../message/payload.ts';

/** The types of session keys that are TGKs and so are forked; GTGK and TEK are not (rfc6043:5.1.1-2). */
const forkedTypes: ReadonlySet<number> = new Set([keyDataTypes.TGK, keyDataTypes['TGK+SALT']]);

/** The types of session keys from which a TEK is derived, in contrast to those that are the TEK. */
const generatingTypes: ReadonlySet<number> = new Set([...forkedTypes, keyDataTypes.GTGK, keyDataTypes['GTGK+SALT']]);

/** Encrypts keys into a KEMAC whose own MAC is NULL, as V carries the MAC (rfc6043:4.2.1.5-7). */
export function sealKeys<B>(
  A: Algebra<B>,
  encrAlg: number,
  { keying, keys }: { readonly keying: Keying<B>; readonly keys: readonly KeyDataPayload<B>[] },
): KemacPayload<B> {
  const data = A.encode({ kind: 'Key data', keys });
  return {
    kind: 'KEMAC',
    encrAlg,
    encrData: A.encrypt(encrAlg, keying, { data }),
    macAlg: macAlgs.NULL,
    mac: A.octets(''),
  };
}

/**
 * Decrypts a KEMAC.
 *
 * @throws MikeyError with the codec's codes if the plaintext is no chain of key data, as under a wrong key
 */
export function openKeys<B>(A: Algebra<B>, kemac: KemacPayload<B>, keying: Keying<B>): readonly KeyDataPayload<B>[] {
  return A.decode('Key data', A.decrypt(kemac.encrAlg, keying, { data: kemac.encrData })).keys;
}

/** Whether a key is an MPK. */
export function isMpk<B>(key: KeyDataPayload<B>): boolean {
  return key.type === keyDataTypes.MPK;
}

/** Whether a key is a TGK that forking changes. */
export function isForked<B>(key: KeyDataPayload<B>): boolean {
  return forkedTypes.has(key.type);
}

/** Whether TEKs are derived from this key, in contrast to a TEK that is used as it is. */
export function isGenerating<B>(key: KeyDataPayload<B>): boolean {
  return generatingTypes.has(key.type);
}

/** The SPI of a key; undefined if it has none. */
export function spiOf<B>(key: KeyDataPayload<B>): B | undefined {
  return key.kv.kind === 'SPI' ? key.kv.spi : undefined;
}

/**
 * Splits keys into MPKs and session keys.
 *
 * @param mpks - how many MPKs must come first: 1 or 2
 * @returns undefined unless there are exactly that many MPKs, at the front, and every key has a non-empty SPI of its own
 *   (rfc6043:6.2.1-3; findings A16, B15)
 */
export function splitKeys<B>(
  A: Algebra<B>,
  keys: readonly KeyDataPayload<B>[],
  mpks: 1 | 2,
): { readonly mpks: readonly KeyDataPayload<B>[]; readonly sessionKeys: readonly KeyDataPayload<B>[] } | undefined {
  const sessionKeys = keys.slice(mpks);
  const front = keys.slice(0, mpks);
  if (front.length !== mpks || !front.every(isMpk) || sessionKeys.some(isMpk)) return undefined;
  const spis = keys.map(spiOf).filter((spi) => spi !== undefined && A.length(spi) > 0);
  if (spis.length !== keys.length || !allDifferent(A, spis as readonly B[])) return undefined;
  return { mpks: front, sessionKeys };
}

/**
 * Whether keys are adequate: MPKs as long as the suite wants them, session keys of 128 bits or more, and not more than 128 bits
 * under 128-bit algorithms (rfc6043:12.1-4, rfc6043:12.1-12).
 */
export function keysAdequate<B>(A: Algebra<B>, suite: Suite, keys: readonly KeyDataPayload<B>[]): boolean {
  return keys.every((key) => {
    const length = A.length(key.key);
    if (isMpk(key)) return length >= suite.keyLength;
    return length >= 16 && (suite.strength === 256 || length <= 16);
  });
}

/** The length of the longest key, in octets. */
export function longestKey<B>(A: Algebra<B>, keys: readonly B[]): number {
  return Math.max(0, ...keys.map((key) => A.length(key)));
}

/** Whether no two of the values are the same. */
export function allDifferent<B>(A: Algebra<B>, values: readonly B[]): boolean {
  return values.every((value, index) => values.slice(index + 1).every((other) => !A.equal(value, other)));
}
