/**
 * Numbers of the payloads for public keys and Diffie-Hellman values (PKE, DH and SIGN).
 *
 * Statements: rfc3830:6.3-2; rfc3830:6.4-2; rfc3830:6.5-2.
 *
 * @module
 * @see [RFC 3830, section 6.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.3)
 * @see [RFC 3830, section 6.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.4)
 * @see [RFC 3830, section 6.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.5)
 */
import type { NumberOf } from './nameOf.ts';

/** C, 2 bits: whether the envelope key may be cached. RFC 3830, Table 6.3. */
export const cacheIndicators = { 'No cache': 0, Cache: 1, 'Cache for CSB': 2 } as const;

/** A registered cache indicator. */
export type CacheIndicator = NumberOf<typeof cacheIndicators>;

/** DH-Group. RFC 3830, Table 6.4. */
export const dhGroups = { 'OAKLEY 5': 0, 'OAKLEY 1': 1, 'OAKLEY 2': 2 } as const;

/** A registered DH-Group. */
export type DhGroup = NumberOf<typeof dhGroups>;

/** S Type, 4 bits: the signature algorithm. RFC 3830, Table 6.5; ECCSI: RFC 6509. */
export const sTypes = { 'RSA/PKCS#1/1.5': 0, 'RSA/PSS': 1, ECCSI: 2 } as const;

/** A registered S Type. */
export type SType = NumberOf<typeof sTypes>;

const dhValueLengths: Readonly<Record<number, number>> = {
  [dhGroups['OAKLEY 5']]: 192,
  [dhGroups['OAKLEY 1']]: 96,
  [dhGroups['OAKLEY 2']]: 128,
};

/**
 * Length of the DH-value of a group, which no field states.
 *
 * @param group - number of the DH-Group
 * @returns octets; undefined if the group is not registered
 */
export function dhValueLength(group: number): number | undefined {
  return dhValueLengths[group];
}
