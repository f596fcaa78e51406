/**
 * Requirements of RFC 3830: the key derivation function, its labels and constants.
 * @module
 * @see [RFC 3830, section 4.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.1)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** The key derivation function, its labels and constants, in text order. */
export const keyCalculationRequirements = [
  {
    id: 'rfc3830:4.1-1',
    level: 'DEFINES',
    text: 'One PRF derives all keys: TEKs from a TGK, and encryption, authentication and salting keys from a PSK or envelope key.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.1-1',
    level: 'DEFINES',
    text: 'csb_id is an unsigned number of 32 bits, cs_id one of 8 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.1-2',
    level: 'DEFINES',
    text: 'RAND, 128 bits or more, is chosen by the Initiator in the initial exchange.',
    status: notApplicable(
      'replaced by RFC 6043, sections 5.1 and 12.1: RANDRi and RANDRr take its place, with a length rule of their own',
    ),
  },
  {
    id: 'rfc3830:4.1.1-3',
    level: 'DEFINES',
    text: 'The derivation takes inkey, inkey_len in bits, label and outkey_len in bits, and gives outkey.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.2-1',
    level: 'DEFINES',
    text: 'P(s, label, m) is the concatenation of HMAC(s, A_i || label) for i from 1 to m.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.2-2',
    level: 'DEFINES',
    text: 'A_0 is the label, and every later A_i is HMAC(s, A_(i-1)).',
    status: implemented,
  },
  { id: 'rfc3830:4.1.2-3', level: 'DEFINES', text: 'HMAC in the default PRF is HMAC-SHA-1.', status: implemented },
  {
    id: 'rfc3830:4.1.2-4',
    level: 'DEFINES',
    text: 'inkey is cut into n = ceil(inkey_len / 256) blocks s_1 to s_n; only the last may have fewer than 256 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.2-5',
    level: 'DEFINES',
    text: 'The number of iterations is m = ceil(outkey_len / 160).',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.2-6',
    level: 'DEFINES',
    text: 'outkey is the leading outkey_len bits of the XOR of P(s_i, label, m) over all blocks.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.2-7',
    level: 'MAY',
    text: 'PRFs added later may take other input parameters.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.1.3-1',
    level: 'SHALL',
    text: 'Keys come from a TGK by the PRF with label constant || cs_id || csb_id || RAND.',
    status: notApplicable('replaced by RFC 6043, section 5.1.3, which has a label of its own'),
  },
  {
    id: 'rfc3830:4.1.3-2',
    level: 'DEFINES',
    text: 'Table 4.1.3, constants: TEK 0x2AD01C64, authentication key 0x1B5C7973, encryption key 0x15798CEF, salting key 0x39A2C14B.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.3-3',
    level: 'MAY',
    text: 'Authentication and encryption keys may come straight from the TGK if the security protocol cannot derive them from the TEK.',
    status: notApplicable('a permission we do not use: SRTP derives its keys from the TEK'),
  },
  {
    id: 'rfc3830:4.1.3-4',
    level: 'SHALL',
    text: 'A salt in the Key data sub-payload is the salt that the security protocol uses.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.3-5',
    level: 'DEFINES',
    text: 'If no salt is sent, the salt can be derived from the TGK.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.1.4-1',
    level: 'DEFINES',
    text: 'Keys that protect messages come from the PSK or envelope key with label constant || 0xFF || csb_id || RAND.',
    status: notApplicable(
      'replaced by RFC 6043, section 5.1.2, which has labels of its own for initial and response messages',
    ),
  },
  {
    id: 'rfc3830:4.1.4-2',
    level: 'DEFINES',
    text: 'Table 4.1.4, constants: encryption key 0x150533E1, authentication key 0x2D22AC75, salt key 0x29B88916.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
