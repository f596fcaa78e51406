/**
 * Requirements of RFC 3830: payloads T, ID, CERT, CHASH and V.
 * @module
 * @see [RFC 3830, section 6.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.6)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Payloads T, ID, CERT, CHASH and V, in text order. */
export const smallPayloadsRequirements = [
  {
    id: 'rfc3830:6.6-1',
    level: 'DEFINES',
    text: 'T layout: Next Payload 8, TS type 8 bits, TS value.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.6-2',
    level: 'DEFINES',
    text: 'Table 6.6: TS type 0 NTP-UTC (64 bits), 1 NTP (64 bits), 2 COUNTER (32 bits).',
    status: implemented,
  },
  {
    id: 'rfc3830:6.6-3',
    level: 'SHALL',
    text: 'As input of the default PRF a COUNTER is lengthened to 64 bits by zeros in front.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.7-1',
    level: 'DEFINES',
    text: 'ID and CERT layout: Next Payload 8, ID or Cert Type 8, ID or Cert len 16 bits, ID or Certificate Data.',
    status: implemented,
  },
  { id: 'rfc3830:6.7-2', level: 'DEFINES', text: 'Table 6.7.a: ID Type 0 NAI, 1 URI.', status: implemented },
  {
    id: 'rfc3830:6.7-3',
    level: 'DEFINES',
    text: 'Table 6.7.b: Cert Type 0 X.509v3, 1 X.509v3 URL, 2 X.509v3 Sign, 3 X.509v3 Encr.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.7-4',
    level: 'DEFINES',
    text: 'Each certificate of a chain has a CERT payload of its own.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.7-5',
    level: 'DEFINES',
    text: 'X.509 certificates are sent in DER; an X.509v3 URL is plain ASCII.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.8-1',
    level: 'DEFINES',
    text: 'CHASH layout: Next Payload 8, Hash func 8 bits, Hash; the function implies the length.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.8-2',
    level: 'DEFINES',
    text: 'Table 6.8: Hash func 0 SHA-1 (160 bits), 1 MD5 (128 bits).',
    status: implemented,
  },
  {
    id: 'rfc3830:6.8-3',
    level: 'DEFINES',
    text: 'Hash is the hash of the certificate in use.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.9-1',
    level: 'DEFINES',
    text: 'V layout: Next Payload 8, Auth alg 8 bits, Ver data; the algorithm implies the length.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.9-2',
    level: 'DEFINES',
    text: 'Auth alg has the numbers of MAC alg in Table 6.2.b.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.9-3',
    level: 'DEFINES',
    text: 'Ver data is the MAC over the message, the IDs and the timestamp.',
    status: notApplicable('replaced by RFC 6043, section 5.5, Table 5.2; see finding A8'),
  },
] as const satisfies readonly Requirement[];
