/**
 * Requirements of RFC 6043: Ticket Resolve exchange: the exchange and RESOLVE_INIT.
 * @module
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Resolve exchange: the exchange and RESOLVE_INIT, in text order. */
export const resolveInitRequirements = [
  {
    id: 'rfc6043:4.2.3-1',
    level: 'DEFINES',
    text: 'The KMS that resolves a ticket may be another one than the KMS that issued it.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-2',
    level: 'OPTIONAL',
    text: 'Whether the Responder runs Ticket Resolve depends on the Ticket Policy.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-3',
    level: 'SHOULD',
    text: 'Ticket Resolve is kept for tickets that the Responder cannot open by itself.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-4',
    level: 'DEFINES',
    text: 'The variant (PSK or PK) of RESOLVE_INIT does not depend on the variant of REQUEST_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-5',
    level: 'DEFINES',
    text: 'RESOLVE_INIT_PSK = HDR, T, RANDRr, [IDRr], [IDRkms], TICKET, [IDRpsk], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-6',
    level: 'DEFINES',
    text: 'RESOLVE_RESP = HDR, T, [IDRkms], KEMAC, [IDRr], [RANDRkms], V, the same for both variants.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-7',
    level: 'DEFINES',
    text: 'RESOLVE_INIT_PK = HDR, T, RANDRr, [IDRr], {CERTr}, [IDRkms], TICKET, [CHASH], PKE, SIGNr.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-8',
    level: 'MUST',
    text: 'RESOLVE_INIT proves to the KMS who the Responder is.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-9',
    level: 'SHALL',
    text: 'RESOLVE_INIT_PSK is protected by a MAC keyed by a pre-shared key.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-10',
    level: 'SHALL',
    text: 'RESOLVE_INIT_PK is protected by a signature.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-11',
    level: 'SHALL',
    text: 'RESOLVE_RESP to a PSK message is protected by the pre-shared key that RESOLVE_INIT_PSK named.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-12',
    level: 'SHALL',
    text: 'RESOLVE_RESP to a PK message is protected by the envelope key of RESOLVE_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-13',
    level: 'DEFINES',
    text: 'The KMS decides by ticket policy and its own policy if the Responder may resolve the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3-14',
    level: 'DEFINES',
    text: 'The KMS takes the session information out of the ticket and gives it to the Responder.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.1-1',
    level: 'MUST',
    text: 'Every RESOLVE_INIT has the payloads HDR, T and RANDRr.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.1-2',
    level: 'SHALL',
    text: 'The CSB ID of RESOLVE_INIT is assigned by the rules of RFC 3830.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.3.1-3', level: 'MUST', text: 'The HDR V flag of RESOLVE_INIT is 1.', status: implemented },
  { id: 'rfc6043:4.2.3.1-4', level: 'SHALL', text: 'The KMS ignores the V flag of RESOLVE_INIT.', status: implemented },
  {
    id: 'rfc6043:4.2.3.1-5',
    level: 'MANDATORY',
    text: 'The KMS answers an accepted RESOLVE_INIT in every case, whatever the V flag says.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.1-6',
    level: 'SHALL NOT',
    text: 'Ticket Resolve handles no crypto sessions.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.3.1-7', level: 'MUST', text: '#CS of RESOLVE_INIT is 0.', status: implemented },
  {
    id: 'rfc6043:4.2.3.1-8',
    level: 'SHALL',
    text: 'The CS ID map type of RESOLVE_INIT is the Empty map of RFC 4563.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.3.1-9', level: 'SHOULD', text: 'RESOLVE_INIT includes IDRkms.', status: implemented },
  {
    id: 'rfc6043:4.2.3.1-10',
    level: 'MAY',
    text: 'IDRkms may be absent from RESOLVE_INIT if the KMS is expected to have one identity only.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.3.2-1', level: 'SHOULD', text: 'RESOLVE_INIT_PSK includes IDRr.', status: implemented },
  {
    id: 'rfc6043:4.2.3.2-2',
    level: 'MAY',
    text: 'IDRr may be absent from RESOLVE_INIT_PSK if the KMS is expected to know the Responder otherwise.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.2-3',
    level: 'MAY',
    text: 'IDRpsk may be absent from RESOLVE_INIT_PSK if the KMS finds the key otherwise.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.3.2-4', level: 'SHALL', text: 'V is the final payload of RESOLVE_INIT_PSK.', status: implemented },
  {
    id: 'rfc6043:4.2.3.2-5',
    level: 'SHALL',
    text: 'The auth_key for V of RESOLVE_INIT_PSK derives from the pre-shared key of Responder and KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.2-6',
    level: 'SHALL',
    text: 'The MAC of RESOLVE_INIT_PSK covers the complete message and the identities of Responder and KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-1',
    level: 'SHOULD',
    text: 'RESOLVE_INIT_PK includes IDRr and CERTr.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-2',
    level: 'MAY',
    text: 'IDRr and CERTr may be absent from RESOLVE_INIT_PK if the KMS is expected to get the certificate otherwise.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-3',
    level: 'SHOULD',
    text: 'A certificate chain in RESOLVE_INIT_PK uses one CERT payload per certificate.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-4',
    level: 'MUST',
    text: 'The certificate of the Responder opens the chain in RESOLVE_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-5',
    level: 'MUST',
    text: 'Each later certificate of the chain in RESOLVE_INIT_PK directly certifies its predecessor.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-6',
    level: 'DEFINES',
    text: 'PKE of RESOLVE_INIT_PK = E(PKkms, env_key): the envelope key under the public key of the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-7',
    level: 'DEFINES',
    text: 'CHASH in RESOLVE_INIT_PK tells which of several KMS public keys was used.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.3-8',
    level: 'DEFINES',
    text: 'SIGNr is the signature of the Responder over the complete RESOLVE_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.4-1',
    level: 'MUST',
    text: 'The KMS sends RESOLVE_RESP when RESOLVE_INIT verifies, parses and the Responder is authorized for the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.4-2',
    level: 'SHALL',
    text: 'With the I flag the KMS also verifies the Initiator Data of the TICKET payload.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.3.4-3',
    level: 'SHOULD',
    text: 'The KMS ignores payloads of RESOLVE_INIT that it does not expect.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
