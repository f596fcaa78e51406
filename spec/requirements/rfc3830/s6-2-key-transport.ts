/**
 * Requirements of RFC 3830: payloads KEMAC, PKE, DH and SIGN.
 * @module
 * @see [RFC 3830, section 6.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.2)
 */
import { deviation, implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Payloads KEMAC, PKE, DH and SIGN, in text order. */
export const keyTransportRequirements = [
  {
    id: 'rfc3830:6.2-1',
    level: 'DEFINES',
    text: 'KEMAC layout: Next payload 8, Encr alg 8, Encr data len 16 bits, Encr data, MAC alg 8 bits, MAC.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.2-2',
    level: 'DEFINES',
    text: 'The encrypted data is one or more Key data sub-payloads, of which the last says Last payload.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.2-3',
    level: 'DEFINES',
    text: 'In an update the sub-payloads may be absent, so that Encr data len is 0.',
    status: deviation('RFC 6043, 5.2 writes one key or more, so an empty KEMAC is refused there (finding A24).'),
  },
  {
    id: 'rfc3830:6.2-4',
    level: 'DEFINES',
    text: 'Table 6.2.a: Encr alg 0 NULL, 1 AES-CM-128, 2 AES-KW-128.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.2-5',
    level: 'DEFINES',
    text: 'Table 6.2.b: MAC alg 0 NULL without MAC, 1 HMAC-SHA-1-160 with 160 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.3-1',
    level: 'DEFINES',
    text: 'PKE layout: Next payload 8, C 2, Data len 14 bits, Data.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.3-2',
    level: 'DEFINES',
    text: 'Table 6.3: C 0 No cache, 1 Cache, 2 Cache for CSB.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.3-3',
    level: 'MUST NOT',
    text: 'With C = 0 nobody caches the envelope key.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.3-4',
    level: 'MUST',
    text: 'With C = 1 the envelope key is cached.',
    status: deviation(
      'The KMS remembers nothing about its users, and no update could use the key: a request to cache is refused.',
    ),
  },
  {
    id: 'rfc3830:6.3-5',
    level: 'MUST',
    text: 'With C = 2 the envelope key is cached for use in this CSB alone.',
    status: deviation(
      'The KMS remembers nothing about its users, and no update could use the key: a request to cache is refused.',
    ),
  },
  {
    id: 'rfc3830:6.3-6',
    level: 'DEFINES',
    text: 'Data is the envelope key, encrypted by the algorithm that the certificate implies.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.4-1',
    level: 'DEFINES',
    text: 'DH layout: Next Payload 8, DH-Group 8 bits, DH-value, Reserv 4, KV 4 bits, KV data.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.4-2',
    level: 'DEFINES',
    text: 'Table 6.4: DH-Group 0 OAKLEY 5 (1536 bits), 1 OAKLEY 1 (768 bits), 2 OAKLEY 2 (1024 bits).',
    status: implemented,
  },
  { id: 'rfc3830:6.4-3', level: 'DEFINES', text: 'KV data of DH is absent if KV is Null.', status: implemented },
  {
    id: 'rfc3830:6.5-1',
    level: 'DEFINES',
    text: 'SIGN layout: S type 4, Signature len 12 bits, Signature; it has no Next payload field and ends the message.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.5-2',
    level: 'DEFINES',
    text: 'Table 6.5: S type 0 RSA/PKCS#1/1.5, 1 RSA/PSS.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.5-3',
    level: 'DEFINES',
    text: 'Format and padding of the signature follow from its type and the certificate.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
