/**
 * Requirements of RFC 3830: payloads RAND, ERR, Key data with its validity, and General Extension.
 * @module
 * @see [RFC 3830, section 6.11](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.11)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Payloads RAND, ERR, Key data with its validity, and General Extension, in text order. */
export const keyDataRequirements = [
  {
    id: 'rfc3830:6.11-1',
    level: 'MUST',
    text: 'RAND is generated anew, and independently, for each CSB.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.11-2',
    level: 'MUST',
    text: 'All members of one CSB get one RAND from the Initiator.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.11-3',
    level: 'DEFINES',
    text: 'RAND layout: Next payload 8, RAND len 8 bits, RAND.',
    status: implemented,
  },
  { id: 'rfc3830:6.11-4', level: 'SHOULD', text: 'RAND has 16 bytes or more.', status: implemented },
  {
    id: 'rfc3830:6.12-1',
    level: 'DEFINES',
    text: 'ERR layout: Next Payload 8, Error no 8, Reserved 16 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.12-2',
    level: 'DEFINES',
    text: 'Table 6.12: Error no 0 Auth failure, 1 Invalid TS, 2 Invalid PRF, 3 Invalid MAC, 4 Invalid EA, 5 Invalid HA, 6 Invalid DH.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.12-3',
    level: 'DEFINES',
    text: 'Table 6.12: Error no 7 Invalid ID, 8 Invalid Cert, 9 Invalid SP, 10 Invalid SPpar, 11 Invalid DT, 12 Unspecified error.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-1',
    level: 'DEFINES',
    text: 'Key data sub-payloads occur in the encrypted part of a KEMAC only.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-2',
    level: 'DEFINES',
    text: 'Layout: Next Payload 8, Type 4, KV 4, Key data len 16 bits, Key data, Salt len 16 bits, Salt data, KV data.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-3',
    level: 'DEFINES',
    text: 'Table 6.13.a: Type 0 is TGK, 1 is TGK+SALT, 2 is TEK, 3 is TEK+SALT.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-4',
    level: 'DEFINES',
    text: 'A TEK that is sent serves one crypto session, unless the security protocol lets several share it.',
    status: notApplicable('SRTP, the only protocol in use, lets streams share a TEK'),
  },
  {
    id: 'rfc3830:6.13-5',
    level: 'DEFINES',
    text: 'Table 6.13.b: KV 0 is Null, 1 is SPI, 2 is Interval.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-6',
    level: 'DEFINES',
    text: 'A key with KV Null is valid from its first use to its replacement.',
    status: notApplicable('replaced by RFC 6043, section 6.2.1, which demands an SPI for every key'),
  },
  {
    id: 'rfc3830:6.13-7',
    level: 'MUST',
    text: 'The Key data of one KEMAC is short enough that the KEMAC has 2^16 bytes at most.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.13-8',
    level: 'DEFINES',
    text: 'Salt len and Salt data are there only if Type names a salt.',
    status: implemented,
  },
  { id: 'rfc3830:6.13-9', level: 'DEFINES', text: 'KV data is absent if KV is Null.', status: implemented },
  { id: 'rfc3830:6.14-1', level: 'DEFINES', text: 'SPI layout: SPI Length 8 bits, SPI.', status: implemented },
  {
    id: 'rfc3830:6.14-2',
    level: 'DEFINES',
    text: 'Interval layout: VF Length 8 bits, Valid From, VT Length 8 bits, Valid To.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.14-3',
    level: 'DEFINES',
    text: 'An interval for SRTP has 6 bytes at both ends, as long as the packet index.',
    status: notApplicable(
      'keys of MIKEY-TICKET have an SPI (RFC 6043, section 6.2.1); the codec carries intervals of any length',
    ),
  },
  {
    id: 'rfc3830:6.14-4',
    level: 'RECOMMENDED',
    text: 'SRTP streams that share keys and are to be rekeyed use the MKI, not an interval.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.15-1',
    level: 'DEFINES',
    text: 'General Extension layout: Next payload 8, Type 8, Length 16 bits, Data.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.15-2',
    level: 'DEFINES',
    text: 'Table 6.15: Type 0 is Vendor ID, 1 is SDP IDs.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.15-3',
    level: 'DEFINES',
    text: 'A General Extension may stand in any message and is covered by its MAC or signature.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
