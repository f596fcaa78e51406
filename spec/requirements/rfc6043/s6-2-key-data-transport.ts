/**
 * Requirements of RFC 6043: KEMAC and key data sub-payload.
 * @module
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** KEMAC and key data sub-payload, in text order. */
export const keyDataTransportRequirements = [
  { id: 'rfc6043:6.2-1', level: 'DEFINES', text: 'Table 6.5: Encr alg 3 is AES-CM-256.', status: implemented },
  {
    id: 'rfc6043:6.2-2',
    level: 'SHALL',
    text: 'AES-CM-256 is the AES-CM of RFC 3830, section 4.2.3, with a key of 256 bits.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.2-3',
    level: 'DEFINES',
    text: 'Table 6.6: MAC alg 2 is HMAC-SHA-256-256, with 256 bits of output.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.2-4',
    level: 'DEFINES',
    text: 'HMAC-SHA-256-256 is the HMAC of RFC 2104 with SHA-256.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.2-5',
    level: 'SHALL',
    text: 'HMAC-SHA-256-256 has an authentication key of 256 bits.',
    status: implemented,
  },
  { id: 'rfc6043:6.2.1-1', level: 'DEFINES', text: 'A GTGK is used like a TGK.', status: implemented },
  { id: 'rfc6043:6.2.1-2', level: 'SHALL NOT', text: 'A GTGK is not forked.', status: implemented },
  { id: 'rfc6043:6.2.1-3', level: 'MUST', text: 'Every key has an SPI (or MKI).', status: implemented },
  {
    id: 'rfc6043:6.2.1-4',
    level: 'DEFINES',
    text: 'Table 6.7: Key Data Type 4 GTGK, 5 GTGK+SALT, 6 MPK.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
