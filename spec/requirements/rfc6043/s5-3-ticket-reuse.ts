/**
 * Requirements of RFC 6043: Ticket reuse.
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket reuse, in text order. */
export const ticketReuseRequirements = [
  {
    id: 'rfc6043:5.3-1',
    level: 'DEFINES',
    text: 'Every reuse of a ticket is a new Ticket Transfer.',
    status: implemented,
  },
  { id: 'rfc6043:5.3-2', level: 'MUST', text: 'A reuse takes a new CSB ID.', status: implemented },
  { id: 'rfc6043:5.3-3', level: 'MUST', text: 'A reuse takes a new timestamp.', status: implemented },
  { id: 'rfc6043:5.3-4', level: 'MUST', text: 'A reuse takes new RANDRi and RANDRr.', status: implemented },
  {
    id: 'rfc6043:5.3-5',
    level: 'DEFINES',
    text: 'A Responder that resolved the ticket earlier need not resolve it again.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.3-6',
    level: 'SHALL',
    text: 'A reuse without Ticket Resolve keeps the modifier (IDRr, RANDRkms).',
    status: implemented,
  },
  { id: 'rfc6043:5.3-7', level: 'MUST NOT', text: 'A ticket with J flag 0 is not used twice.', status: implemented },
  {
    id: 'rfc6043:5.3-8',
    level: 'DEFINES',
    text: 'The Initiator is responsible for unchanged group membership when a ticket with group keys is reused.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.3-9',
    level: 'SHOULD NOT',
    text: 'An Initiator that cannot easily verify group membership does not start a reuse.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.3-10',
    level: 'DEFINES',
    text: 'With key forking only the requester of a ticket has MPKr and TGKs and can start a Ticket Transfer with it.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
