/**
 * Requirements of RFC 6043: MAC and signature coverage.
 * @module
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** MAC and signature coverage, in text order. */
export const macCoverageRequirements = [
  {
    id: 'rfc6043:5.5-1',
    level: 'DEFINES',
    text: 'The MAC in V covers the message up to the MAC field.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-2',
    level: 'DEFINES',
    text: 'The signature in SIGN covers the message up to the signature field.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-3',
    level: 'MUST',
    text: 'For initial messages the identities (no payload headers) come right after the message in the MAC or signature input.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-4',
    level: 'SHALL NOT',
    text: 'The MAC of TRANSFER_INIT does not cover the fields Initiator Data length and Initiator Data of TICKET.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-5',
    level: 'MAY',
    text: 'Identity_r may be another one in TRANSFER_RESP than in TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-6',
    level: 'MUST',
    text: 'For response messages the complete initial message, with its MAC or signature, comes right after the message in the MAC input.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-7',
    level: 'DEFINES',
    text: 'Table 5.2, REQUEST_INIT: coverage is REQUEST_INIT || Identity_i || Identity_kms.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-8',
    level: 'DEFINES',
    text: 'Table 5.2, REQUEST_RESP: coverage is REQUEST_RESP || REQUEST_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-9',
    level: 'DEFINES',
    text: 'Table 5.2, TRANSFER_INIT: coverage is TRANSFER_INIT || Identity_i || Identity_r.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-10',
    level: 'DEFINES',
    text: 'Table 5.2, TRANSFER_RESP: coverage is TRANSFER_RESP || TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-11',
    level: 'DEFINES',
    text: 'Table 5.2, RESOLVE_INIT: coverage is RESOLVE_INIT || Identity_r || Identity_kms.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-12',
    level: 'DEFINES',
    text: 'Table 5.2, RESOLVE_RESP: coverage is RESOLVE_RESP || RESOLVE_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.5-13',
    level: 'DEFINES',
    text: 'Table 5.2, Error message: coverage is the Error message alone.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
