/**
 * Requirements of RFC 6043: TP and TICKET payloads: layout, flags and implications.
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** TP and TICKET payloads: layout, flags and implications, in text order. */
export const ticketPolicyRequirements = [
  {
    id: 'rfc6043:6.10-1',
    level: 'DEFINES',
    text: 'TP is a wanted Ticket Policy, without the Ticket Data, Initiator Data and length fields of TICKET.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-2', level: 'DEFINES', text: 'Flag D = 0 implies L = 1.', status: implemented },
  { id: 'rfc6043:6.10-3', level: 'DEFINES', text: 'Flag G = 1 implies F = 1.', status: implemented },
  { id: 'rfc6043:6.10-4', level: 'DEFINES', text: 'Flag G = 0 implies H = 1.', status: implemented },
  { id: 'rfc6043:6.10-5', level: 'DEFINES', text: 'Flag H = 0 implies G = 1.', status: implemented },
  { id: 'rfc6043:6.10-6', level: 'DEFINES', text: 'Flag I = 1 implies E = 1.', status: implemented },
  { id: 'rfc6043:6.10-7', level: 'DEFINES', text: 'Flag K = 1 implies D = 1.', status: implemented },
  { id: 'rfc6043:6.10-8', level: 'DEFINES', text: 'Flag M = 1 implies F = 1.', status: implemented },
  { id: 'rfc6043:6.10-9', level: 'SHALL', text: 'F is 1 if I is 1 and the ticket encodes a TGK.', status: implemented },
  {
    id: 'rfc6043:6.10-10',
    level: 'DEFINES',
    text: 'Common layout: Next Payload 8, Ticket Type 16, Subtype 8, Version 8, PRF Func 7, flags D to O 1 each, Res 5 bits, TP Data length 16, TP Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-11',
    level: 'DEFINES',
    text: 'TICKET layout adds Ticket Data length 16 bits, Ticket Data, Initiator Data length 16 bits and Initiator Data (optional).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-12',
    level: 'DEFINES',
    text: 'Table 6.15: Ticket Type 1 MIKEY Base Ticket, 2 3GPP Base Ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-13',
    level: 'DEFINES',
    text: 'The MIKEY base ticket of Appendix A has Subtype 1 and Version 1.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-14',
    level: 'SHALL',
    text: 'PRF Func (7 bits) names the PRF for key forking.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-15',
    level: 'DEFINES',
    text: 'D flag: the maker of the ticket, KMS (1) or Initiator (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-16',
    level: 'DEFINES',
    text: 'E flag: who can resolve the ticket, only the KMS (1) or the Responder too (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-17',
    level: 'MANDATORY',
    text: 'E flag 1: the Ticket Resolve exchange has to take place.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-18',
    level: 'MAY',
    text: 'E flag 0: the Responder may open the ticket itself.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-19',
    level: 'DEFINES',
    text: 'F flag: with (1) or without (0) a TRANSFER_RESP.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-20', level: 'SHALL', text: 'F flag 1: the Responder sends TRANSFER_RESP.', status: implemented },
  {
    id: 'rfc6043:6.10-21',
    level: 'SHALL NOT',
    text: 'F flag 0: the Responder sends no TRANSFER_RESP.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-22', level: 'DEFINES', text: 'G flag: with (1) or without (0) a RANDRr.', status: implemented },
  { id: 'rfc6043:6.10-23', level: 'SHALL', text: 'G flag 1: the Responder makes RANDRr.', status: implemented },
  { id: 'rfc6043:6.10-24', level: 'SHALL NOT', text: 'G flag 0: the Responder makes no RANDRr.', status: implemented },
  {
    id: 'rfc6043:6.10-25',
    level: 'DEFINES',
    text: 'H flag: RANDRi in (1) or out of (0) keys from a TGK or GTGK.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-26',
    level: 'SHALL',
    text: 'H flag 1: RANDRi enters keys derived from a TGK or GTGK.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-27',
    level: 'SHALL NOT',
    text: 'H flag 0: RANDRi stays out of keys derived from a TGK or GTGK.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-28',
    level: 'DEFINES',
    text: 'I flag: with (1) or without (0) key forking.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-29', level: 'SHALL', text: 'I flag 1: key forking is used.', status: implemented },
  { id: 'rfc6043:6.10-30', level: 'SHALL NOT', text: 'I flag 0: key forking is not used.', status: implemented },
  { id: 'rfc6043:6.10-31', level: 'DEFINES', text: 'J flag: reuse allowed (1) or forbidden (0).', status: implemented },
  { id: 'rfc6043:6.10-32', level: 'MAY', text: 'J flag 1: the ticket may be used again.', status: implemented },
  { id: 'rfc6043:6.10-33', level: 'MAY', text: 'J flag 1: the ticket may be kept in a cache.', status: implemented },
  { id: 'rfc6043:6.10-34', level: 'SHALL NOT', text: 'J flag 0: the ticket is used once only.', status: implemented },
  {
    id: 'rfc6043:6.10-35',
    level: 'DEFINES',
    text: 'K flag: the KMS changed the wanted Ticket Policy or KEMAC (1) or left both alone (0).',
    status: implemented,
  },
  { id: 'rfc6043:6.10-36', level: 'SHALL', text: 'The Initiator sets K to 0 in TP.', status: implemented },
  { id: 'rfc6043:6.10-37', level: 'SHALL', text: 'The KMS ignores K in TP.', status: implemented },
  {
    id: 'rfc6043:6.10-38',
    level: 'DEFINES',
    text: 'L flag: session keys from the Initiator allowed (1) or forbidden (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-39',
    level: 'MAY',
    text: 'L flag 1: the Initiator may bring session keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-40',
    level: 'SHALL NOT',
    text: 'L flag 0: the Initiator brings no session keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-41',
    level: 'DEFINES',
    text: 'M flag: session keys from the Responder allowed (1) or forbidden (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-42',
    level: 'MAY',
    text: 'M flag 1: the Responder may bring session keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-43',
    level: 'SHALL NOT',
    text: 'M flag 0: the Responder brings no session keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-44',
    level: 'DEFINES',
    text: 'N flag: RFC 6043 suffices for TRANSFER_INIT with this ticket (1) or the Initiator has more to do (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-45',
    level: 'SHOULD',
    text: 'N flag 0: the Initiator acts as the specification of the Ticket Type says.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-46',
    level: 'DEFINES',
    text: 'O flag: RFC 6043 suffices to process TRANSFER_INIT with this ticket (1) or the Responder has more to do (0).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-47',
    level: 'SHOULD',
    text: 'O flag 0: the Responder acts as the specification of the Ticket Type says.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-48',
    level: 'DEFINES',
    text: 'Res (5 bits) behind the flags of TP and TICKET is reserved.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
