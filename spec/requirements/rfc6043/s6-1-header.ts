/**
 * Requirements of RFC 6043: Common Header payload and GENERIC-ID map.
 * @module
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 */
import { deviation, implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Common Header payload and GENERIC-ID map, in text order. */
export const headerPayloadRequirements = [
  {
    id: 'rfc6043:6-1',
    level: 'DEFINES',
    text: 'Payloads that section 6 does not describe keep the encoding of RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:6-2',
    level: 'DEFINES',
    text: 'Fields of variable length end on a byte boundary, not on a 32-bit boundary.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1-1',
    level: 'DEFINES',
    text: 'Table 6.1: Data Types 11 to 18, from REQUEST_INIT_PSK to RESOLVE_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1-2',
    level: 'DEFINES',
    text: 'Table 6.2: Next Payload 13 TR, 14 IDR, 15 RANDR, 16 TP, 17 TICKET.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1-3',
    level: 'DEFINES',
    text: 'The V bit of HDR says if a response is expected (1) or not (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1-4',
    level: 'MUST',
    text: 'The V bit is 0 in every message except TRANSFER_INIT of a CSB update.',
    status: deviation(
      'contradicts 4.2.1.1, 4.2.2.1 and 4.2.3.1; we send what the exchange sections say and accept either value where the clauses conflict',
    ),
  },
  {
    id: 'rfc6043:6.1-5',
    level: 'MUST',
    text: 'A receiver ignores the V bit, except in TRANSFER_INIT of a CSB update.',
    status: implemented,
  },
  { id: 'rfc6043:6.1-6', level: 'DEFINES', text: 'Table 6.3: PRF func 1 is PRF-HMAC-SHA-256.', status: implemented },
  {
    id: 'rfc6043:6.1-7',
    level: 'SHALL',
    text: 'PRF-HMAC-SHA-256 is built like the PRF of RFC 3830, section 4.1.2.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1-8',
    level: 'SHALL',
    text: 'PRF-HMAC-SHA-256 takes HMAC-SHA-256 in place of HMAC-SHA-1.',
    status: implemented,
  },
  { id: 'rfc6043:6.1-9', level: 'SHALL', text: 'PRF-HMAC-SHA-256 takes 256 in place of 160.', status: implemented },
  { id: 'rfc6043:6.1-10', level: 'SHOULD', text: 'Ticket Transfer uses the map type GENERIC-ID.', status: implemented },
  {
    id: 'rfc6043:6.1-11',
    level: 'SHALL NOT',
    text: 'MIKEY-TICKET does not use the map type SRTP-ID.',
    status: implemented,
  },
  { id: 'rfc6043:6.1-12', level: 'DEFINES', text: 'Table 6.4: CS ID map type 2 is GENERIC-ID.', status: implemented },
  {
    id: 'rfc6043:6.1.1-1',
    level: 'DEFINES',
    text: '#CS (8 bits of HDR) counts the blocks of GENERIC-ID map info, one for each crypto session.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-2',
    level: 'DEFINES',
    text: 'GENERIC-ID block layout: CS ID 8, Prot type 8, S 1, #P 7 bits, Ps, Session Data Length 16, Session Data, SPI Length 8, SPI.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-3',
    level: 'DEFINES',
    text: 'Prot type of a GENERIC-ID block is the security protocol of the crypto session, with the values of Prot type in SP (RFC 3830, section 6.10).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-4',
    level: 'MAY',
    text: 'The S bit of a GENERIC-ID block is free for use by Session Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-5',
    level: 'SHALL',
    text: '#P of every GENERIC-ID block is 1 in response messages.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-6',
    level: 'MUST',
    text: 'If #P is 0 in the initial message, the response gives a security profile.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-7',
    level: 'SHOULD',
    text: 'If #P is above 0 in the initial message, the response picks one of those policies.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-8',
    level: 'MAY',
    text: 'The response may change the offered policies where needed, as in group communication.',
    status: notApplicable(
      'permits what our Responder does not do: it picks from the offer; of an answer the Initiator takes a policy only if it is among its own',
    ),
  },
  {
    id: 'rfc6043:6.1.1-9',
    level: 'SHALL',
    text: 'Ps of a GENERIC-ID block has exactly #P policies.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-10',
    level: 'SHALL',
    text: 'Every policy in Ps has the Prot type of its block.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-11',
    level: 'DEFINES',
    text: 'Ps layout in a GENERIC-ID block: #P octets Policy_no_i, each the policy_no of an SP payload.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-12',
    level: 'DEFINES',
    text: 'Policy_no_i of a response may point to an SP payload of the initial message.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-13',
    level: 'MAY',
    text: 'SRTP Session Data may be absent (length 0) from the initial message.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-14',
    level: 'MUST',
    text: 'SRTP Session Data is present in the response message.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-15',
    level: 'DEFINES',
    text: 'SRTP Session Data layout: SSRC 32 bits, then ROC 32 bits and SEQ 16 bits if the S bit is 1.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-16',
    level: 'MUST',
    text: 'The crypto session uses the SSRC of its Session Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-17',
    level: 'DEFINES',
    text: 'SSRC 0 is an ordinary value, without the special meaning of RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-18',
    level: 'DEFINES',
    text: 'ROC in SRTP Session Data is the current or first rollover counter, 0 before the session starts.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-19',
    level: 'MAY',
    text: 'SPI of a GENERIC-ID block may be absent (length 0) from the initial message.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-20',
    level: 'MUST',
    text: 'SPI of every GENERIC-ID block is present in the response message.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-21',
    level: 'DEFINES',
    text: 'SPI (or MKI) of a GENERIC-ID block selects the session key that the crypto session starts with; later other keys are possible.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.1.1-22',
    level: 'MUST',
    text: 'All keys of a crypto session belong to its crypto session bundle.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
