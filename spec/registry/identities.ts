/**
 * Numbers of the identity and certificate payloads (ID, IDR and CERT).
 *
 * Statements: rfc3830:6.7-2, -3.
 *
 * @module
 * @see [RFC 3830, section 6.7](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.7)
 * @see [RFC 6043, section 6.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.5)
 * @see [RFC 6043, section 6.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.6)
 */
import type { NumberOf } from './nameOf.ts';

/** ID Type. RFC 3830, Table 6.7.a; Byte string: RFC 6043, Table 6.10 (rfc6043:6.5-2). */
export const idTypes = { NAI: 0, URI: 1, 'Byte string': 2 } as const;

/** A registered ID Type. */
export type IdType = NumberOf<typeof idTypes>;

/** Cert Type. RFC 3830, Table 6.7.b. */
export const certTypes = { 'X.509v3': 0, 'X.509v3 URL': 1, 'X.509v3 Sign': 2, 'X.509v3 Encr': 3 } as const;

/** A registered Cert Type. */
export type CertType = NumberOf<typeof certTypes>;

/** ID Role, by its short name. */
export const idRoles = {
  // RFC 6043, Table 6.11 (rfc6043:6.6-3)
  IDRi: 1,
  IDRr: 2,
  IDRkms: 3,
  IDRpsk: 4,
  IDRapp: 5,
  // RFC 6509
  IDRkmsi: 6,
  IDRkmsr: 7,
  // TS 33.180
  IDRuidi: 8,
  IDRuidr: 9,
} as const;

/** A registered ID Role. */
export type IdRole = NumberOf<typeof idRoles>;
