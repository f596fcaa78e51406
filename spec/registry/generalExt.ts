/**
 * Numbers of the General Extension payload and of what it carries.
 *
 * Statements: rfc3830:6.15-2.
 *
 * @module
 * @see [RFC 3830, section 6.15](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.15)
 * @see [IANA, MIKEY Payload Name Spaces](https://www.iana.org/assignments/mikey-payloads/)
 */
import type { NumberOf } from './nameOf.ts';

/** Type of a General Extension. 0 and 1: RFC 3830, Table 6.15; 2: RFC 4442; 3: RFC 4563; 4: RFC 4738; 5: RFC 4909; 6 and 7: TS 33.180. */
export const generalExtTypes = {
  'Vendor ID': 0,
  'SDP IDs': 1,
  'TESLA I-Key': 2,
  'Key ID': 3,
  CSB_ID: 4,
  'OMA BCAST': 5,
  'SAKKE-to-self': 6,
  '3GPP key parameters': 7,
} as const;

/** A registered type of General Extension. */
export type GeneralExtType = NumberOf<typeof generalExtTypes>;

/** Key ID Types, inside a General Extension of type Key ID. RFC 4563. */
export const keyIdTypes = { 'MBMS Key Domain ID': 0, 'MBMS Service Key ID': 1, 'MBMS Transport Key ID': 2 } as const;

/** A registered Key ID Type. */
export type KeyIdType = NumberOf<typeof keyIdTypes>;

/** OMA BCAST Data Subtype, inside a General Extension of type OMA BCAST. 1 and 2: RFC 4909; 3 and 4: RFC 5410. */
export const omaBcastSubtypes = { LTKM: 1, STKM: 2, 'LTKM Reporting': 3, 'Parental Control': 4 } as const;

/** A registered OMA BCAST Data Subtype. */
export type OmaBcastSubtype = NumberOf<typeof omaBcastSubtypes>;
