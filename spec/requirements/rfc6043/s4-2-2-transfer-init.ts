/**
 * Requirements of RFC 6043: Ticket Transfer exchange: the exchange and TRANSFER_INIT.
 * @module
 * @see [RFC 6043, section 4.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Transfer exchange: the exchange and TRANSFER_INIT, in text order. */
export const transferInitRequirements = [
  {
    id: 'rfc6043:4.2.2-1',
    level: 'DEFINES',
    text: 'TRANSFER_INIT = HDR, T, RANDRi, [IDRi], [IDRr], {SP}, TICKET, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2-2',
    level: 'DEFINES',
    text: 'TRANSFER_RESP = HDR, T, [RANDRr], [IDRr], [RANDRkms], {SP}, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2-3',
    level: 'DEFINES',
    text: 'Session information may be chosen by the Initiator (as in RFC 3830) or by the Responder (as in RFC 4738).',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-1',
    level: 'MUST',
    text: 'Every TRANSFER_INIT that opens a session has the payloads HDR, T and RANDRi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-2',
    level: 'SHALL',
    text: 'The CSB ID of TRANSFER_INIT is assigned by the rules of RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-3',
    level: 'SHALL',
    text: 'The V flag of TRANSFER_INIT equals the F flag of the Ticket Policy.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-4',
    level: 'SHALL',
    text: 'The Responder ignores the V flag of the first TRANSFER_INIT.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.2.1-5', level: 'SHOULD', text: 'TRANSFER_INIT includes IDRi and IDRr.', status: implemented },
  {
    id: 'rfc6043:4.2.2.1-6',
    level: 'MAY',
    text: 'IDRi may be absent from TRANSFER_INIT if the Responder can tell the Initiator otherwise.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-7',
    level: 'MAY',
    text: 'IDRr may be absent from TRANSFER_INIT if the Responder is expected to have one identity only.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-8',
    level: 'MAY',
    text: 'Several SP payloads in TRANSFER_INIT may offer alternatives for one crypto session.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-9',
    level: 'MAY',
    text: 'Several SP payloads in TRANSFER_INIT may serve different crypto sessions.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-10',
    level: 'DEFINES',
    text: 'KEMAC in TRANSFER_INIT is treated as in a CSB update, but its encr_key always comes from MPKi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-11',
    level: 'MAY',
    text: 'The Initiator may supply keys for content that is already encrypted with certain TEKs.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-12',
    level: 'SHALL NOT',
    text: 'TRANSFER_INIT has no KEMAC when the L flag forbids keys from the Initiator.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.2.1-13', level: 'SHALL', text: 'V is the final payload of TRANSFER_INIT.', status: implemented },
  {
    id: 'rfc6043:4.2.2.1-14',
    level: 'SHALL',
    text: 'The auth_key of TRANSFER_INIT derives from MPKi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.1-15',
    level: 'SHALL',
    text: 'The MAC of TRANSFER_INIT covers the complete message (less the exceptions of 5.5) and the identities of both parties.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.2-1',
    level: 'SHALL',
    text: 'The Responder checks, before resolution, that the Ticket Policy is acceptable.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.2-2',
    level: 'SHALL',
    text: 'The Responder checks, before resolution, that the security policies are acceptable.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.2-3',
    level: 'SHALL',
    text: 'The Responder rejects unacceptable policies early, without a message to the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.2-4',
    level: 'SHOULD',
    text: 'The Responder ignores payloads of TRANSFER_INIT that it does not expect.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.2.2-5',
    level: 'MUST',
    text: 'The Responder sends TRANSFER_RESP when the F flag is 1.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
