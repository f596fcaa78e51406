/**
 * Requirements of RFC 6043: Ticket Transfer exchange: TRANSFER_RESP.
 * @module
 * @see [RFC 6043, section 4.2.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.3)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Transfer exchange: TRANSFER_RESP, in text order. */
export const transferRespRequirements = [
  {
    id: 'rfc6043:4.2.2.3-1',
    level: 'SHALL',
    text: 'TRANSFER_RESP repeats version, PRF func and CSB ID of TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-2',
    level: 'SHALL',
    text: 'The Responder sets the V flag of TRANSFER_RESP to 0.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-3',
    level: 'SHALL',
    text: 'The Initiator ignores the V flag of TRANSFER_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-4',
    level: 'SHALL',
    text: 'CS ID map info of TRANSFER_RESP names exactly one security policy for each crypto session.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-5',
    level: 'MUST',
    text: 'TRANSFER_RESP has Session Data (SRTP at least) for every crypto session left without it by the Initiator.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-6',
    level: 'MUST',
    text: 'TRANSFER_RESP has an SPI for every crypto session left without it by the Initiator.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-7',
    level: 'MAY',
    text: 'The Responder may replace Session Data and SPI that the Initiator gave, where needed.',
    status: notApplicable('a permission we do not use: the Responder keeps what the Initiator gave'),
  },
  {
    id: 'rfc6043:4.2.2.3-8',
    level: 'SHALL',
    text: '#CS of TRANSFER_RESP counts the crypto sessions that the Responder adds.',
    status: notApplicable('our Responder adds no crypto sessions'),
  },
  {
    id: 'rfc6043:4.2.2.3-9',
    level: 'SHALL',
    text: 'With an NTP timestamp type the Responder puts a new timestamp of its own in TRANSFER_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-10',
    level: 'MAY',
    text: 'With the COUNTER type the timestamp of TRANSFER_RESP may repeat that of TRANSFER_INIT.',
    status: notApplicable('a permission we do not use: the strict profile refuses COUNTER timestamps'),
  },
  {
    id: 'rfc6043:4.2.2.3-11',
    level: 'SHALL',
    text: 'With the G flag the Responder makes a new random RANDRr.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-12',
    level: 'MUST',
    text: 'TRANSFER_RESP repeats the identity of the IDRr that RESOLVE_RESP brought.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-13',
    level: 'MAY',
    text: 'IDRr of TRANSFER_RESP may differ from IDRr of TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-14',
    level: 'MUST',
    text: 'TRANSFER_RESP repeats the RANDRkms that RESOLVE_RESP brought.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-15',
    level: 'MAY',
    text: 'The Responder may add SP payloads of its own.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-16',
    level: 'SHOULD NOT',
    text: 'The Responder does not send back SP payloads that came from the Initiator.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-17',
    level: 'SHALL',
    text: 'KEMAC in TRANSFER_RESP is treated as in a CSB update.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-18',
    level: 'MAY',
    text: 'The Responder may supply keys for content that is already encrypted with certain TEKs.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-19',
    level: 'SHALL NOT',
    text: 'TRANSFER_RESP has no KEMAC when the M flag forbids keys from the Responder.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.2.3-20', level: 'SHALL', text: 'V is the final payload of TRANSFER_RESP.', status: implemented },
  {
    id: 'rfc6043:4.2.2.3-21',
    level: 'SHALL',
    text: "The auth_key of TRANSFER_RESP derives from MPKr' with key forking and from MPKi without.",
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.3-22',
    level: 'SHALL',
    text: 'The MAC of TRANSFER_RESP covers the complete TRANSFER_RESP and the complete TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.4-1',
    level: 'MUST',
    text: 'The Initiator checks that security policies made by the Responder are acceptable, once TRANSFER_RESP verifies and parses.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.4-2',
    level: 'SHALL',
    text: 'The Initiator discards a TRANSFER_RESP with security policies it cannot accept.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.4-3',
    level: 'MAY',
    text: 'An Initiator that refused the policies of TRANSFER_RESP may say which ones it supports in another TRANSFER_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.4-4',
    level: 'SHOULD',
    text: 'The Initiator ignores payloads of TRANSFER_RESP that it does not expect.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
