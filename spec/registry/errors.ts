/**
 * Numbers of the Error payload (ERR).
 *
 * Statements: rfc3830:6.12-2, -3.
 *
 * @module
 * @see [RFC 3830, section 6.12](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.12)
 * @see [RFC 6043, section 6.9](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.9)
 */
import type { NumberOf } from './nameOf.ts';

/** Error No. */
export const errorNos = {
  // RFC 3830, Table 6.12
  'Auth failure': 0,
  'Invalid TS': 1,
  'Invalid PRF': 2,
  'Invalid MAC': 3,
  'Invalid EA': 4,
  'Invalid HA': 5,
  'Invalid DH': 6,
  'Invalid ID': 7,
  'Invalid Cert': 8,
  'Invalid SP': 9,
  'Invalid SPpar': 10,
  'Invalid DT': 11,
  'Unspecified error': 12,
  // RFC 4738
  'Unsupported message type': 13,
  // RFC 6043, Table 6.14 (rfc6043:6.9-1)
  'Invalid TICKET': 14,
  'Invalid TPpar': 15,
} as const;

/** A registered Error No. */
export type ErrorNo = NumberOf<typeof errorNos>;
