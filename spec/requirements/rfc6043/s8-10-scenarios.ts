/**
 * Requirements of RFC 6043: Pre-encrypted content, groups and several KMSs.
 * @module
 * @see [RFC 6043, section 8](https://www.rfc-editor.org/rfc/rfc6043.html#section-8)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Pre-encrypted content, groups and several KMSs, in text order. */
export const scenariosRequirements = [
  {
    id: 'rfc6043:8-1',
    level: 'DEFINES',
    text: 'By default the KMS supplies the session keys inside the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:8-2',
    level: 'MAY',
    text: 'For pre-encrypted content the key exchange may run in the reverse direction.',
    status: implemented,
  },
  {
    id: 'rfc6043:8-3',
    level: 'DEFINES',
    text: 'For pre-encrypted content TRANSFER_INIT brings a ticket without session keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:8-4',
    level: 'DEFINES',
    text: 'For pre-encrypted content the Responder returns the TEK in KEMAC of TRANSFER_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:9-1',
    level: 'SHALL',
    text: 'The second of two decentralized Ticket Transfers names its own two parties, B and C.',
    status: implemented,
  },
  {
    id: 'rfc6043:9-2',
    level: 'DEFINES',
    text: 'Group key and session information go to members unasked (as in RFC 3830) or on request (as in RFC 4738).',
    status: implemented,
  },
  {
    id: 'rfc6043:9-3',
    level: 'MUST',
    text: 'With a TGK or GTGK as group key all Ticket Transfers derive session keys from the same RANDs.',
    status: implemented,
  },
  {
    id: 'rfc6043:9.1-1',
    level: 'MUST',
    text: 'With key forking a group key needs centralized signaling by the ticket requester, or one ticket per Ticket Transfer.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-1',
    level: 'SHALL',
    text: 'KMSs that signal to each other are mutually authenticated.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-2',
    level: 'SHALL',
    text: 'Signaling between KMSs has integrity protection.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-3',
    level: 'SHALL',
    text: 'Signaling between KMSs has confidentiality protection.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-4',
    level: 'MAY',
    text: 'Resolve messages may be routed from the KMS of the Responder to the KMS of the Initiator, as in Figure 9.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-5',
    level: 'SHOULD',
    text: 'A Responder that cannot open a ticket sends it to a KMS in RESOLVE_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-6',
    level: 'SHOULD',
    text: 'A Responder with no credential for the issuing KMS, or no knowledge of it, turns to a KMS it trusts.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-7',
    level: 'DEFINES',
    text: 'A KMS that cannot resolve a ticket asks another one, typically the issuer.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-8',
    level: 'MAY',
    text: 'KMSs may use the Ticket Resolve exchange between them.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-9',
    level: 'SHOULD',
    text: 'A forwarding KMS keeps IDRr and TICKET of the RESOLVE_INIT it received.',
    status: implemented,
  },
  {
    id: 'rfc6043:10-10',
    level: 'DEFINES',
    text: 'In forwarded messages IDRr does not lead to the pre-shared key or certificate.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
