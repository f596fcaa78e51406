/**
 * Requirements of RFC 6043: Ticket Resolve exchange: RESOLVE_RESP.
 * @module
 * @see [RFC 6043, section 4.2.3.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.5)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Resolve exchange: RESOLVE_RESP, in text order. */
export const resolveRespRequirements = [
  {
    id: 'rfc6043:4.2.3.5-1',
    level: 'SHALL',
    text: 'RESOLVE_RESP repeats version, PRF func, CSB ID, #CS and CS ID map type of RESOLVE_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-2',
    level: 'SHALL',
    text: 'The KMS sets the V flag of RESOLVE_RESP to 0.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-3',
    level: 'SHALL',
    text: 'The Responder ignores the V flag of RESOLVE_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-4',
    level: 'SHALL',
    text: 'With an NTP timestamp type the KMS puts a new timestamp of its own in RESOLVE_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-5',
    level: 'MAY',
    text: 'With the COUNTER type the timestamp of RESOLVE_RESP may repeat that of RESOLVE_INIT.',
    status: notApplicable('a permission we do not use: the strict profile refuses COUNTER timestamps'),
  },
  {
    id: 'rfc6043:4.2.3.5-6',
    level: 'SHALL',
    text: 'The KEMAC of RESOLVE_RESP has the NULL authentication algorithm, since V has the MAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-7',
    level: 'SHALL',
    text: 'encr_key (and salt_key) of the RESOLVE_RESP KEMAC derive from the pre-shared key after RESOLVE_INIT_PSK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-8',
    level: 'SHALL',
    text: 'encr_key (and salt_key) of the RESOLVE_RESP KEMAC derive from the envelope key after RESOLVE_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-9',
    level: 'DEFINES',
    text: 'Where the encryption algorithm asks for it, salt_key enters the IV of the RESOLVE_RESP KEMAC as in RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-10',
    level: 'SHALL',
    text: 'The KEMAC of RESOLVE_RESP has MPKi, the pre-shared key for Ticket Transfer messages.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-11',
    level: 'DEFINES',
    text: "RESOLVE_RESP: KEMAC = E(encr_key, MPKi || [MPKr'] || {TEK or TGK or GTGK}), in this order.",
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-12',
    level: 'SHALL',
    text: "With the I flag the KEMAC of RESOLVE_RESP has a second MPK, MPKr'.",
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-13',
    level: 'SHALL',
    text: 'With key forking the Responder verifies TRANSFER_INIT with MPKi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-14',
    level: 'SHALL',
    text: "With key forking the Responder protects TRANSFER_RESP with MPKr'.",
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-15',
    level: 'SHALL',
    text: 'With the I flag the KMS forks MPKr and the TGKs.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-16',
    level: 'SHALL',
    text: 'With the I flag RESOLVE_RESP has the modifier of the forked keys in IDRr and RANDRkms.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-17',
    level: 'DEFINES',
    text: 'IDRr of RESOLVE_RESP is the identity of the endpoint that answered.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-18',
    level: 'DEFINES',
    text: 'RANDRkms is a new random byte string made by the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-19',
    level: 'MAY',
    text: 'The KMS may change the identity of the Responder so that it fits one in the ticket.',
    status: notApplicable('a permission we do not use: the KMS returns the identity of the endpoint that asked'),
  },
  { id: 'rfc6043:4.2.3.5-20', level: 'SHALL', text: 'V is the final payload of RESOLVE_RESP.', status: implemented },
  {
    id: 'rfc6043:4.2.3.5-21',
    level: 'SHALL',
    text: 'The auth_key of RESOLVE_RESP derives from the pre-shared key after RESOLVE_INIT_PSK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-22',
    level: 'SHALL',
    text: 'The auth_key of RESOLVE_RESP derives from the envelope key after RESOLVE_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.5-23',
    level: 'SHALL',
    text: 'The MAC of RESOLVE_RESP covers the complete RESOLVE_RESP and the complete RESOLVE_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.6-1',
    level: 'MUST',
    text: 'The Responder verifies TRANSFER_INIT with the MPKi of a RESOLVE_RESP that verifies and parses.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.6-2',
    level: 'SHALL',
    text: 'With key forking the Responder compares the MACs of V and of Vi in TRANSFER_INIT; they must be the same.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.6-3',
    level: 'SHOULD',
    text: 'The Responder ignores payloads of RESOLVE_RESP that it does not expect.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
