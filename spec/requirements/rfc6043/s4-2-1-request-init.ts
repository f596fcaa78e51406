/**
 * Requirements of RFC 6043: Ticket Request exchange: the exchange and REQUEST_INIT.
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Request exchange: the exchange and REQUEST_INIT, in text order. */
export const requestInitRequirements = [
  {
    id: 'rfc6043:4.2.1-1',
    level: 'DEFINES',
    text: 'REQUEST_INIT_PSK = HDR, T, RANDRi, [IDRi], [IDRkms], TP, [IDRpsk], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-2',
    level: 'DEFINES',
    text: 'REQUEST_RESP = HDR, T, [IDRkms], TICKET, KEMAC, V, the same for both variants.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-3',
    level: 'DEFINES',
    text: 'REQUEST_INIT_PK = HDR, T, RANDRi, [IDRi], {CERTi}, [IDRkms], TP, [CHASH], PKE, SIGNi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-4',
    level: 'MUST',
    text: 'REQUEST_INIT proves to the KMS who the Initiator is.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-5',
    level: 'SHALL',
    text: 'REQUEST_INIT_PSK gets its integrity from a MAC keyed by a pre-shared key.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-6',
    level: 'SHALL',
    text: 'REQUEST_INIT_PK gets its integrity from a signature.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-7',
    level: 'SHALL',
    text: 'REQUEST_RESP to a PSK request is protected by the pre-shared key that the request named.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1-8',
    level: 'SHALL',
    text: 'REQUEST_RESP to a PK request is protected by the envelope key of that request.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-1',
    level: 'MUST',
    text: 'Every REQUEST_INIT has the payloads HDR, T and RANDRi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-2',
    level: 'SHALL',
    text: 'The CSB ID of REQUEST_INIT is assigned by the rules of RFC 3830.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.1.1-3', level: 'MUST', text: 'The HDR V flag of REQUEST_INIT is 1.', status: implemented },
  { id: 'rfc6043:4.2.1.1-4', level: 'SHALL', text: 'The KMS ignores the V flag of REQUEST_INIT.', status: implemented },
  {
    id: 'rfc6043:4.2.1.1-5',
    level: 'MANDATORY',
    text: 'The KMS answers an accepted REQUEST_INIT in every case, whatever the V flag says.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-6',
    level: 'SHALL NOT',
    text: 'Ticket Request handles no crypto sessions.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.1.1-7', level: 'MUST', text: '#CS of REQUEST_INIT is 0.', status: implemented },
  {
    id: 'rfc6043:4.2.1.1-8',
    level: 'SHALL',
    text: 'The CS ID map type of REQUEST_INIT is the Empty map of RFC 4563.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-9',
    level: 'SHOULD',
    text: 'The identity in IDRi of REQUEST_INIT also stands in the granted Ticket Policy.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-10',
    level: 'SHOULD',
    text: 'REQUEST_INIT includes IDRkms, the identity of the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.1-11',
    level: 'MAY',
    text: 'IDRkms may be absent from REQUEST_INIT if the KMS is expected to have one identity only.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.1.2-1', level: 'SHOULD', text: 'REQUEST_INIT_PSK includes IDRi.', status: implemented },
  {
    id: 'rfc6043:4.2.1.2-2',
    level: 'MAY',
    text: 'IDRi may be absent from REQUEST_INIT_PSK if the KMS is expected to know the Initiator otherwise.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.2-3',
    level: 'MAY',
    text: 'IDRpsk may be absent from REQUEST_INIT_PSK if the KMS finds the key otherwise.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.1.2-4', level: 'SHALL', text: 'V is the final payload of REQUEST_INIT_PSK.', status: implemented },
  {
    id: 'rfc6043:4.2.1.2-5',
    level: 'SHALL',
    text: 'The auth_key for V of REQUEST_INIT_PSK derives from the pre-shared key of Initiator and KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.2-6',
    level: 'SHALL',
    text: 'The MAC of REQUEST_INIT_PSK covers the complete message and the identities of Initiator and KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-1',
    level: 'SHOULD',
    text: 'REQUEST_INIT_PK includes IDRi and CERTi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-2',
    level: 'MAY',
    text: 'IDRi and CERTi may be absent from REQUEST_INIT_PK if the KMS is expected to get the certificate otherwise.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-3',
    level: 'SHOULD',
    text: 'A certificate chain in REQUEST_INIT_PK uses one CERT payload per certificate.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-4',
    level: 'MUST',
    text: 'The certificate of the Initiator opens the chain in REQUEST_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-5',
    level: 'MUST',
    text: 'Each later certificate of the chain in REQUEST_INIT_PK directly certifies its predecessor.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-6',
    level: 'DEFINES',
    text: 'PKE of REQUEST_INIT_PK = E(PKkms, env_key): the envelope key under the public key of the KMS.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-7',
    level: 'DEFINES',
    text: 'CHASH in REQUEST_INIT_PK tells which of several KMS public keys was used.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.3-8',
    level: 'DEFINES',
    text: 'SIGNi is the signature of the Initiator over the complete REQUEST_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.4-1',
    level: 'MUST',
    text: 'The KMS checks the authorization of the Initiator once REQUEST_INIT is verified and parsed.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.4-2',
    level: 'MUST',
    text: 'The KMS sends REQUEST_RESP to an Initiator authorized for the ticket, even if it has to modify the policy.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.4-3',
    level: 'SHOULD',
    text: 'The KMS ignores payloads of REQUEST_INIT that it does not expect.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
