/**
 * Requirements of RFC 6043: New Ticket Types and security considerations.
 * @module
 * @see [RFC 6043, section 11](https://www.rfc-editor.org/rfc/rfc6043.html#section-11)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** New Ticket Types and security considerations, in text order. */
export const considerationsRequirements = [
  { id: 'rfc6043:11-1', level: 'SHOULD', text: 'Ticket information has integrity protection.', status: implemented },
  { id: 'rfc6043:11-2', level: 'DEFINES', text: 'Keys inside a ticket are encrypted.', status: implemented },
  {
    id: 'rfc6043:11-3',
    level: 'MUST',
    text: 'Ticket Data leads the resolving party to an encoded KEMAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:11-4',
    level: 'MUST',
    text: 'The integrity of the TICKET payload can be verified.',
    status: implemented,
  },
  {
    id: 'rfc6043:11-5',
    level: 'RECOMMENDED',
    text: 'New Ticket Types keep the recommended payload order.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc6043:11-6',
    level: 'RECOMMENDED',
    text: 'New Ticket Types add no payloads and no processing.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc6043:11-7',
    level: 'SHOULD NOT',
    text: 'New Ticket Types leave the work of the Responder as it is.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc6043:11-8',
    level: 'MUST',
    text: 'A Ticket Type that needs more processing says so with the N and O flags.',
    status: implemented,
  },
  {
    id: 'rfc6043:11-9',
    level: 'MUST',
    text: 'The specification of a Ticket Type names the modes it supports.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc6043:11-10',
    level: 'MUST',
    text: 'The specification of a Ticket Type names its further security considerations.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc6043:12-1',
    level: 'SHOULD',
    text: 'Profiles of MIKEY-TICKET state which options are to be supported.',
    status: notApplicable('addressed to protocol designers who profile MIKEY-TICKET'),
  },
  {
    id: 'rfc6043:12.1-1',
    level: 'MAY',
    text: 'The KMS may have policies of its own, shared with the peers in some way.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-2',
    level: 'MAY',
    text: 'The KMS may give keys to authorized network nodes between the users.',
    status: notApplicable('a permission we do not use: only Initiator and Responder get keys'),
  },
  {
    id: 'rfc6043:12.1-3',
    level: 'MAY',
    text: 'Anonymous or temporary credentials may serve user privacy.',
    status: notApplicable('a permission we do not use: privacy techniques are outside of the protocol'),
  },
  {
    id: 'rfc6043:12.1-4',
    level: 'MUST',
    text: 'All keys, also those that protect tickets, have 128 bits or more.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-5',
    level: 'MUST',
    text: 'RANDRi and RANDRr together are as long as the longest PSK, envelope key, MPK, TGK or GTGK.',
    status: implemented,
  },
  { id: 'rfc6043:12.1-6', level: 'MUST', text: 'RANDRkms is as long as the longest MPKr or TGK.', status: implemented },
  {
    id: 'rfc6043:12.1-7',
    level: 'MUST',
    text: 'RAND of the MIKEY base ticket is as long as the longer of TPK and MPK.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-8',
    level: 'MAY',
    text: 'A RAND by the Responder makes freshness of all derived keys mutual.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-9',
    level: 'SHALL',
    text: 'AES-CM-256, HMAC-SHA-256-256 and PRF-HMAC-SHA-256 are supported all or none.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-10',
    level: 'SHOULD',
    text: 'The three 256-bit algorithms are used together.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-11',
    level: 'SHALL NOT',
    text: '256-bit algorithms are never combined with algorithms of shorter keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.1-12',
    level: 'SHALL NOT',
    text: 'With a TEK, TGK or GTGK of more than 128 bits no 128-bit algorithm is in use.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.2-1',
    level: 'MUST NOT',
    text: 'Session keys reach no entity but the endpoint that answers.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.2-2',
    level: 'DEFINES',
    text: "With key forking each responder has its own MPKr' and TGK', out of reach for the other responders.",
    status: implemented,
  },
  {
    id: 'rfc6043:12.3-1',
    level: 'DEFINES',
    text: 'The KMS builds no state before it has authenticated the Initiator or Responder.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.3-2',
    level: 'SHOULD',
    text: 'KMS and clients limit rates and use access control lists.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.3-3',
    level: 'SHOULD',
    text: 'The Responder gives up before RESOLVE_INIT when the signaling looks suspicious.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.4-1',
    level: 'DEFINES',
    text: 'Timestamps and a replay cache stop the replay of a complete message.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.4-2',
    level: 'DEFINES',
    text: 'The replay cache keeps a message, a part or a hash until the timestamp is outdated.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.4-3',
    level: 'DEFINES',
    text: 'With key forking a ticket replayed by another party is found out when the ticket is resolved.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.4-4',
    level: 'DEFINES',
    text: 'Without key forking a ticket replayed by a party that lacks MPKi is found out.',
    status: implemented,
  },
  { id: 'rfc6043:12.4-5', level: 'RECOMMENDED', text: 'Key forking is the preferred choice.', status: implemented },
  {
    id: 'rfc6043:12.5-1',
    level: 'DEFINES',
    text: 'The KMS rejects resolution by responders outside the group.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.5-2',
    level: 'DEFINES',
    text: 'The KMS maps the identity in RESOLVE_INIT to membership of the group named in the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:12.5-3',
    level: 'NOT RECOMMENDED',
    text: 'Ticket reuse is to be avoided by an Initiator unsure of the group membership.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
