/**
 * Requirements of RFC 3830: the transforms: hash, PRF, encryption, MAC, public key operations, timestamps.
 * @module
 * @see [RFC 3830, section 4.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2)
 */
import { deviation, implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** The transforms: hash, PRF, encryption, MAC, public key operations, timestamps, in text order. */
export const transformsRequirements = [
  {
    id: 'rfc3830:4.2-1',
    level: 'MANDATORY',
    text: 'The default transforms of this section are supported, each wherever its case can arise.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.1-1',
    level: 'MANDATORY',
    text: 'SHA-1 is implemented, as the default hash function.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.2-1',
    level: 'MUST',
    text: 'Keys and nonces come from a cryptographically secure generator.',
    status: implemented,
  },
  { id: 'rfc3830:4.2.2-2', level: 'MANDATORY', text: 'The PRF of section 4.1 is implemented.', status: implemented },
  {
    id: 'rfc3830:4.2.2-3',
    level: 'MAY',
    text: 'Further PRFs may be specified in standards track RFCs.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.2.3-1',
    level: 'MANDATORY',
    text: "Keys are encrypted by SRTP's AES counter mode with a derived 128-bit key and SRTP_PREFIX_LENGTH 0.",
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.3-2',
    level: 'DEFINES',
    text: 'The IV of AES-CM is ((0x0000 || CSB ID || T) XOR S) || 0x0000, with a derived salting key S of 112 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.3-3',
    level: 'DEFINES',
    text: 'T in the IV is the 64-bit timestamp of the Initiator.',
    status: deviation(
      'the T of the message or ticket that holds the KEMAC is taken instead, as RFC 6043 gives every response a T of its own; see finding A1',
    ),
  },
  {
    id: 'rfc3830:4.2.3-4',
    level: 'DEFINES',
    text: 'One IV serves for 2^23 bits at most.',
    status: notApplicable('cannot be exceeded, as a KEMAC has 2^16 bytes at most'),
  },
  {
    id: 'rfc3830:4.2.3-5',
    level: 'OPTIONAL',
    text: 'NULL encryption may be implemented.',
    status: notApplicable(
      'a permission we do not use for keys (finding B7); NULL occurs in TP Data only, where RFC 6043, section 6.10 demands it',
    ),
  },
  {
    id: 'rfc3830:4.2.3-6',
    level: 'MUST NOT',
    text: 'NULL encryption is out of use unless lower layers guarantee security.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.3-7',
    level: 'MAY',
    text: 'NULL encryption with NULL authentication may serve the pre-shared key method over SDP that is protected end to end.',
    status: notApplicable('a permission we do not use; see finding B7'),
  },
  {
    id: 'rfc3830:4.2.3-8',
    level: 'OPTIONAL',
    text: 'The AES key wrap function may be implemented.',
    status: notApplicable('a permission we do not use; see finding A21'),
  },
  {
    id: 'rfc3830:4.2.3-9',
    level: 'RECOMMENDED',
    text: 'Key wrap in the public key method goes with the NULL MAC.',
    status: notApplicable('AES key wrap is not supported; see finding A21'),
  },
  {
    id: 'rfc3830:4.2.3-10',
    level: 'SHOULD NOT',
    text: 'Key wrap in the pre-shared key method does not go with the NULL MAC.',
    status: notApplicable('AES key wrap is not supported; see finding A21'),
  },
  {
    id: 'rfc3830:4.2.3-11',
    level: 'DEFINES',
    text: 'Key wrap has a 128-bit key, and the derived 64-bit salt S is its IV.',
    status: notApplicable('AES key wrap is not supported; see finding A21'),
  },
  {
    id: 'rfc3830:4.2.4-1',
    level: 'MANDATORY',
    text: 'HMAC-SHA-1 with a tag of 160 bits is implemented.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.4-2',
    level: 'DEFINES',
    text: 'Authentication keys are derived as section 4.1.4 says.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.4-3',
    level: 'SHOULD',
    text: 'An authentication key is as long as the output of the hash function, 160 bits for HMAC-SHA-1.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.4-4',
    level: 'OPTIONAL',
    text: 'The NULL authentication algorithm may be implemented, together with NULL encryption.',
    status: notApplicable(
      'a permission we do not use: no V has the NULL MAC (finding B7); in a KEMAC RFC 6043 demands it, as V has the MAC',
    ),
  },
  {
    id: 'rfc3830:4.2.4-5',
    level: 'MUST NOT',
    text: 'NULL authentication is out of use unless lower layers guarantee security.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.4-6',
    level: 'MAY',
    text: 'The pre-shared key method may lean on SIP security with NULL encryption and NULL authentication.',
    status: notApplicable('a permission we do not use; see finding B7'),
  },
  {
    id: 'rfc3830:4.2.5-1',
    level: 'DEFINES',
    text: 'The certificate determines how the envelope key is encrypted.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.5-2',
    level: 'MANDATORY',
    text: 'Envelope keys can be encrypted with RSA PKCS#1 v1.5.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.5-3',
    level: 'RECOMMENDED',
    text: 'Envelope keys can be encrypted with RSA OAEP too.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.6-1',
    level: 'DEFINES',
    text: 'The certificate determines the signature algorithm.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.6-2',
    level: 'MANDATORY',
    text: 'RSA PKCS#1 v1.5 signatures are supported.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.6-3',
    level: 'RECOMMENDED',
    text: 'RSA PSS signatures are supported too.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.7-1',
    level: 'MANDATORY',
    text: 'Whoever supports Diffie-Hellman implements OAKLEY 5.',
    status: notApplicable('MIKEY-TICKET has no Diffie-Hellman exchange'),
  },
  {
    id: 'rfc3830:4.2.7-2',
    level: 'OPTIONAL',
    text: 'OAKLEY 1 and OAKLEY 2 are further groups to choose.',
    status: notApplicable('MIKEY-TICKET has no Diffie-Hellman exchange'),
  },
  {
    id: 'rfc3830:4.2.8-1',
    level: 'DEFINES',
    text: 'A timestamp is an NTP time: 64 bits, in seconds since the start of the year 1900.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.2.8-2',
    level: 'MUST',
    text: 'An implementation copes with the overflow of NTP time, once in about 136 years.',
    status: implemented,
  },
  { id: 'rfc3830:4.2.8-3', level: 'RECOMMENDED', text: 'Times are in UTC.', status: implemented },
  {
    id: 'rfc3830:4.2.9-1',
    level: 'SHALL',
    text: 'New transforms and parameters get an IANA number and, where needed, a specification.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.2.9-2',
    level: 'MUST',
    text: 'A new Diffie-Hellman group comes in a standards track RFC.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.2.9-3',
    level: 'RECOMMENDED',
    text: 'A new Diffie-Hellman group has the format of the OAKLEY groups.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.2.9-4',
    level: 'MUST',
    text: 'Support for another security protocol brings a map sub-payload, a policy payload and usage guidelines.',
    status: notApplicable('addressed to authors of later specifications'),
  },
] as const satisfies readonly Requirement[];
