/**
 * Requirements of RFC 6043: Key hierarchy and key forking.
 * @module
 * @see [RFC 6043, section 5.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Key hierarchy and key forking, in text order. */
export const keyForkingRequirements = [
  {
    id: 'rfc6043:5.1-1',
    level: 'SHALL NOT',
    text: 'Ticket Request and Ticket Resolve handle no crypto sessions, so no TEK is derived in them.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-2',
    level: 'SHALL',
    text: 'With key forking, KMS and Initiator fork MPKr and the TGKs of the ticket with the same modifier.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-3',
    level: 'SHALL',
    text: "With key forking, MPKi serves TRANSFER_INIT and MPKr' serves TRANSFER_RESP.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-4',
    level: 'MAY',
    text: 'The Responder may make a RAND of its own, so that it is assured of fresh keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-5',
    level: 'DEFINES',
    text: 'Figure 4 (no forking, no RANDRr): MPKi, CSB ID and RANDRi give auth_key; TGK, CS ID and RANDRi give TEK; SALT passes through.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-6',
    level: 'DEFINES',
    text: "Figure 5 (forking, RANDRr): the modifier turns MPKr and TGK into MPKr' and TGK'; these give auth_key and TEK; SALT is not forked.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1-7',
    level: 'SHALL NOT',
    text: 'Key derivation labels hold no complete RANDR payload, only its RAND length and RAND.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-1',
    level: 'SHALL',
    text: 'With the I flag, MPKr and the TGKs of the ticket are forked.',
    status: implemented,
  },
  { id: 'rfc6043:5.1.1-2', level: 'SHALL NOT', text: 'TEKs and GTGKs are never forked.', status: implemented },
  {
    id: 'rfc6043:5.1.1-3',
    level: 'DEFINES',
    text: 'Forking is done by KMS and Initiator, with the PRF that the Ticket Policy names.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-4',
    level: 'DEFINES',
    text: 'Label for forking (inkey MPKr or TGK) = constant || 0xFF || 0xFFFFFFFF || 0x00 || length ID Data || ID Data || length RANDRkms || RANDRkms.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-5',
    level: 'SHALL',
    text: "A forked key (MPKr', TGK') is as long as its inkey.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-6',
    level: 'DEFINES',
    text: 'ID Data in the forking label is that of IDRr in RESOLVE_RESP and TRANSFER_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-7',
    level: 'DEFINES',
    text: 'In the forking label, length ID Data counts bytes in 16 bits and length RANDRkms in 8 bits, both unsigned.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.1-8',
    level: 'DEFINES',
    text: "Table 5.1: forking constants 0x2B288856 for MPKr' and 0x1512B54A for TGK'.",
    status: implemented,
  },
] as const satisfies readonly Requirement[];
