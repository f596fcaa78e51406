/**
 * Numbers of the Security Policy payload (SP): protocols, SRTP parameters and their values.
 *
 * Statements: rfc3830:6.10-3; rfc3830:6.10.1-1, -2, -7, -8, -9, -10.
 *
 * @module
 * @see [RFC 3830, section 6.10](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.10)
 * @see [IANA, MIKEY Payload Name Spaces](https://www.iana.org/assignments/mikey-payloads/)
 */
import type { NumberOf } from './nameOf.ts';

/** Prot Type. SRTP: RFC 3830, Table 6.10; TESLA: RFC 4442. */
export const protTypes = { SRTP: 0, TESLA: 1 } as const;

/** A registered Prot Type. */
export type ProtType = NumberOf<typeof protTypes>;

/** MIKEY Security Protocol Parameters, for Prot Type SRTP. */
export const srtpParams = {
  // RFC 3830, Table 6.10.1.a
  'Encryption algorithm': 0,
  'Session Encr. key length': 1,
  'Authentication algorithm': 2,
  'Session Auth. key length': 3,
  'Session Salt key length': 4,
  'SRTP Pseudo Random Function': 5,
  'Key derivation rate': 6,
  'SRTP encryption off/on': 7,
  'SRTCP encryption off/on': 8,
  "sender's FEC order": 9,
  'SRTP authentication off/on': 10,
  'Authentication tag length': 11,
  'SRTP prefix length': 12,
  // RFC 4771
  'ROC transmission rate': 13,
  'SRTP Auth. algorithm': 14,
  'SRTCP Auth. algorithm': 15,
  'SRTP Session Auth. key len': 16,
  'SRTCP Session Auth. key len': 17,
  'SRTP Authentication tag len': 18,
  'SRTCP Authentication tag len': 19,
  // RFC 7714
  'AEAD authentication tag length': 20,
} as const;

/** A registered SRTP parameter. */
export type SrtpParam = NumberOf<typeof srtpParams>;

/** Encryption algorithm (parameter 0). 0 to 2: RFC 3830, Table 6.10.1.b; 3 to 5: RFC 5748; 6: RFC 7714; 7 and 8: RFC 8269. */
export const srtpEncrAlgs = {
  NULL: 0,
  'AES-CM': 1,
  'AES-F8': 2,
  'SEED-CTR': 3,
  'SEED-CCM': 4,
  'SEED-GCM': 5,
  'AES-GCM': 6,
  'ARIA-CTR': 7,
  'ARIA-GCM': 8,
} as const;

/** A registered SRTP encryption algorithm. */
export type SrtpEncrAlg = NumberOf<typeof srtpEncrAlgs>;

/** Authentication algorithm (parameter 2). 0 and 1: RFC 3830, Table 6.10.1.c; the others: RFC 4771. */
export const srtpAuthAlgs = { NULL: 0, 'HMAC-SHA-1': 1, RCCm1: 2, RCCm2: 3, RCCm3: 4 } as const;

/** A registered SRTP authentication algorithm. */
export type SrtpAuthAlg = NumberOf<typeof srtpAuthAlgs>;

/** SRTP Pseudo Random Function (parameter 5). AES-CM: RFC 3830, Table 6.10.1.d; SEED-CTR: RFC 5748; ARIA-CTR: RFC 8269. */
export const srtpPrfs = { 'AES-CM': 0, 'SEED-CTR': 1, 'ARIA-CTR': 2 } as const;

/** A registered SRTP pseudo random function. */
export type SrtpPrf = NumberOf<typeof srtpPrfs>;

/** Order of FEC and SRTP at the sender (parameter 9). RFC 3830, Table 6.10.1.e. */
export const fecOrders = { 'FEC-SRTP': 0 } as const;

/** A registered FEC order. */
export type FecOrder = NumberOf<typeof fecOrders>;
