/**
 * Numbers of the Key data transport payload (KEMAC): encryption and MAC algorithms, and the lengths they imply.
 *
 * Statements: rfc3830:6.2-4, -5.
 *
 * @module
 * @see [RFC 3830, section 6.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.2)
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import type { NumberOf } from './nameOf.ts';

/** Encr Alg. RFC 3830, Table 6.2.a; AES-CM-256: RFC 6043, Table 6.5 (rfc6043:6.2-1). */
export const encrAlgs = { NULL: 0, 'AES-CM-128': 1, 'AES-KW-128': 2, 'AES-CM-256': 3 } as const;

/** A registered Encr Alg. */
export type EncrAlg = NumberOf<typeof encrAlgs>;

/** MAC alg of KEMAC and Auth alg of V. RFC 3830, Table 6.2.b; HMAC-SHA-256-256: RFC 6043, Table 6.6 (rfc6043:6.2-3). */
export const macAlgs = { NULL: 0, 'HMAC-SHA-1-160': 1, 'HMAC-SHA-256-256': 2 } as const;

/** A registered MAC alg. */
export type MacAlg = NumberOf<typeof macAlgs>;

const encrKeyLengths: Readonly<Record<number, number>> = {
  [encrAlgs.NULL]: 0,
  [encrAlgs['AES-CM-128']]: 16,
  [encrAlgs['AES-KW-128']]: 16,
  [encrAlgs['AES-CM-256']]: 32,
};

const macLengths: Readonly<Record<number, number>> = {
  [macAlgs.NULL]: 0,
  [macAlgs['HMAC-SHA-1-160']]: 20,
  [macAlgs['HMAC-SHA-256-256']]: 32,
};

/**
 * Length of the encr_key of an encryption algorithm.
 *
 * @param encrAlg - number of the Encr alg
 * @returns octets; undefined if the algorithm is not registered
 */
export function encrKeyLength(encrAlg: number): number | undefined {
  return encrKeyLengths[encrAlg];
}

/**
 * Length of the MAC of an algorithm, which no field states (rfc3830:6.2, rfc3830:6.9).
 *
 * @param macAlg - number of the MAC alg
 * @returns octets; undefined if the algorithm is not registered
 */
export function macLength(macAlg: number): number | undefined {
  return macLengths[macAlg];
}
