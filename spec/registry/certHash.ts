/**
 * Numbers of the Cert hash payload (CHASH).
 *
 * Statements: rfc3830:6.8-2.
 *
 * @module
 * @see [RFC 3830, section 6.8](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.8)
 * @see [RFC 6043, section 6.7](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.7)
 */
import type { NumberOf } from './nameOf.ts';

/** Hash Func. RFC 3830, Table 6.8; SHA-256: RFC 6043, Table 6.12 (rfc6043:6.7-1). */
export const hashFuncs = { 'SHA-1': 0, MD5: 1, 'SHA-256': 2 } as const;

/** A registered Hash Func. */
export type HashFunc = NumberOf<typeof hashFuncs>;

const hashLengths: Readonly<Record<number, number>> = {
  [hashFuncs['SHA-1']]: 20,
  [hashFuncs.MD5]: 16,
  [hashFuncs['SHA-256']]: 32,
};

/**
 * Length of the hash of a hash function, which no field states.
 *
 * @param hashFunc - number of the Hash func
 * @returns octets; undefined if the function is not registered
 */
export function hashLength(hashFunc: number): number | undefined {
  return hashLengths[hashFunc];
}
