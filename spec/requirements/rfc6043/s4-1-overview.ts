/**
 * Requirements of RFC 6043: Overview and modes of MIKEY-TICKET.
 * @module
 * @see [RFC 6043, section 4.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Overview and modes of MIKEY-TICKET, in text order. */
export const overviewRequirements = [
  {
    id: 'rfc6043:4.1-1',
    level: 'DEFINES',
    text: 'Three parties (Initiator, Responder, KMS) run up to three exchanges: Ticket Request, Ticket Transfer, Ticket Resolve.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-2',
    level: 'OPTIONAL',
    text: 'Whether Ticket Request takes place depends on the Ticket Type.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-3',
    level: 'MAY',
    text: 'An Initiator able to make the ticket itself may skip Ticket Request.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-4',
    level: 'DEFINES',
    text: 'A Responder that accepts Ticket Policy and session security policies sends the ticket to the KMS in RESOLVE_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-5',
    level: 'OPTIONAL',
    text: 'Whether Ticket Resolve takes place depends on the Ticket Policy.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-6',
    level: 'SHOULD',
    text: 'A Responder runs Ticket Resolve only for tickets that it cannot open without the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-7',
    level: 'DEFINES',
    text: 'A session key from Initiator or Responder travels in a separate KEMAC under keys derived from the MPK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1-8',
    level: 'DEFINES',
    text: 'Where RFC 6043 is silent, the terms, processing and considerations of RFC 3830 hold.',
    status: notApplicable('a rule for reading the text; what it brings in has records of its own'),
  },
  {
    id: 'rfc6043:4.1-9',
    level: 'DEFINES',
    text: 'A whole message gets integrity protection; encryption covers only the keys in it.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1.1-1',
    level: 'DEFINES',
    text: 'Mode 1: only the KMS knows the key that protects the ticket, so Initiator and Responder both contact the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1.1-2',
    level: 'DEFINES',
    text: 'Mode 2: KMS and Responder share the ticket key; the Responder resolves alone and Ticket Resolve drops out.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1.1-3',
    level: 'DEFINES',
    text: 'Mode 3: Initiator and KMS share the ticket key; the Initiator makes the ticket and Ticket Request drops out.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1.1-4',
    level: 'DEFINES',
    text: 'Mode 4: Initiator and Responder share the ticket key; only Ticket Transfer remains.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.1.1-5',
    level: 'DEFINES',
    text: 'Modes 1 and 2 may skip Ticket Request when tickets and keys reach the Initiator by another way.',
    status: notApplicable('a permission we do not use: the KMS hands out tickets by Ticket Request only'),
  },
] as const satisfies readonly Requirement[];
