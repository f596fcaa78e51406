/**
 * Requirements of RFC 6043: Payloads T, TR, ID, IDR, CHASH, RANDR and ERR.
 * @module
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Payloads T, TR, ID, IDR, CHASH, RANDR and ERR, in text order. */
export const smallPayloadsRequirements = [
  {
    id: 'rfc6043:6.3-1',
    level: 'DEFINES',
    text: 'NTP-UTC-32 is four bytes: the seconds part of an NTP timestamp, counted from 1900 in UTC.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.3-2',
    level: 'MANDATORY',
    text: 'The extension of NTP time from 2036 to 2104 (RFC 4330) is supported.',
    status: implemented,
  },
  { id: 'rfc6043:6.3-3', level: 'DEFINES', text: 'Table 6.8: TS Type 3 is NTP-UTC-32, 32 bits.', status: implemented },
  {
    id: 'rfc6043:6.3-4',
    level: 'SHALL',
    text: 'NTP-UTC-32 becomes a 64-bit NTP-UTC time with a zero fraction where 64 bits are needed, as in an AES-CM IV.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.4-1',
    level: 'DEFINES',
    text: 'TR layout: Next Payload 8, TS Role 8, TS Type 8 bits, TS Value.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.4-2',
    level: 'DEFINES',
    text: 'Table 6.9: TS Role 1 TRi (issue), 2 TRs (start of validity), 3 TRe (end of validity), 4 TRr (rekeying interval).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.5-1',
    level: 'DEFINES',
    text: 'An ID of type byte string has no encoding rules; it is meant for names of pre-shared keys.',
    status: implemented,
  },
  { id: 'rfc6043:6.5-2', level: 'DEFINES', text: 'Table 6.10: ID Type 2 is Byte string.', status: implemented },
  {
    id: 'rfc6043:6.6-1',
    level: 'MUST',
    text: 'MIKEY-TICKET messages have IDR payloads and never ID payloads.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.6-2',
    level: 'DEFINES',
    text: 'IDR layout: Next Payload 8, ID Role 8, ID Type 8, ID len 16 bits, ID Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.6-3',
    level: 'DEFINES',
    text: 'Table 6.11: ID Role 1 IDRi, 2 IDRr, 3 IDRkms, 4 IDRpsk, 5 IDRapp.',
    status: implemented,
  },
  { id: 'rfc6043:6.7-1', level: 'DEFINES', text: 'Table 6.12: Hash func 2 is SHA-256, 256 bits.', status: implemented },
  {
    id: 'rfc6043:6.7-2',
    level: 'DEFINES',
    text: 'A certificate hash of type SHA-256 is computed as FIPS 180-3 says.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.8-1',
    level: 'DEFINES',
    text: 'RANDR layout: Next Payload 8, RAND Role 8, RAND length 8 bits, RAND.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.8-2',
    level: 'DEFINES',
    text: 'Table 6.13: RAND Role 1 RANDRi, 2 RANDRr, 3 RANDRkms.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.9-1',
    level: 'DEFINES',
    text: 'Table 6.14: Error no 14 Invalid TICKET (Ticket Type not supported), 15 Invalid TPpar (TP parameters not supported).',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
