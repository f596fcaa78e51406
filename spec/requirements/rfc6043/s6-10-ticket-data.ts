/**
 * Requirements of RFC 6043: TP and TICKET payloads: TP Data, Ticket Data and Initiator Data.
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { deviation, implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** TP and TICKET payloads: TP Data, Ticket Data and Initiator Data, in text order. */
export const ticketPayloadDataRequirements = [
  {
    id: 'rfc6043:6.10-49',
    level: 'SHALL',
    text: 'TP Data consists of MIKEY payloads after its first octet.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-50',
    level: 'SHOULD',
    text: 'Payloads in TP Data that are not expected are ignored.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-51',
    level: 'DEFINES',
    text: 'TP Data = First Payload, [IDRkms], [IDRi], [TRs], [TRe], [TRr], [KEMAC], {IDRapp}, (IDRr).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-52',
    level: 'DEFINES',
    text: 'IDRkms in TP Data is a KMS able to resolve the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-53',
    level: 'DEFINES',
    text: 'IDRi in TP Data is the requester or creator of the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-54',
    level: 'SHALL',
    text: 'TRs is read as a time from 1968 to 2104 (RFC 4330).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-55',
    level: 'DEFINES',
    text: 'TRs in TP Data is the start of validity; without it validity has no start.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-56',
    level: 'SHALL',
    text: 'TRe is read as a time from 1968 to 2104 (RFC 4330).',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-57',
    level: 'DEFINES',
    text: 'TRe in TP Data is the end of validity; without it validity has no end.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-58',
    level: 'MUST',
    text: 'TRr in TP Data gives the interval of rekeying.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-59', level: 'SHALL', text: 'TRr has TS Type NTP-UTC-32.', status: implemented },
  {
    id: 'rfc6043:6.10-60',
    level: 'SHALL NOT',
    text: 'Two rekeyings are at most the whole seconds of TRr apart.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-61',
    level: 'DEFINES',
    text: 'KEMAC in TP Data can state number, types, lengths and validity of the wanted keys.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-62',
    level: 'SHALL',
    text: 'KEMAC in TP Data has NULL as encryption algorithm.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-63',
    level: 'SHALL',
    text: 'KEMAC in TP Data has NULL as authentication algorithm.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-64',
    level: 'DEFINES',
    text: 'TP Data: KEMAC = {TEK or TGK or GTGK}, in clear.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-65',
    level: 'SHALL',
    text: 'The Initiator fills the Key Data fields of the TP KEMAC with zero.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-66',
    level: 'SHALL',
    text: 'The KMS ignores the Key Data fields of the TP KEMAC.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-67', level: 'SHALL NOT', text: 'The granted Ticket Policy has no KEMAC.', status: implemented },
  {
    id: 'rfc6043:6.10-68',
    level: 'DEFINES',
    text: 'Without IDRapp every application is authorized.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-69',
    level: 'DEFINES',
    text: 'IDRr in TP Data is a responder, or a group of them, authorized to resolve the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-70',
    level: 'SHALL',
    text: 'Each authorized responder has an IDR payload of its own.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-71',
    level: 'SHALL',
    text: 'The Initiator inserts Initiator Data in TICKET with the I flag and never without it.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-72',
    level: 'SHALL',
    text: 'Initiator Data consists of MIKEY payloads after its first octet.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-73',
    level: 'SHOULD',
    text: 'Payloads in Initiator Data that are not expected are ignored.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-74', level: 'DEFINES', text: 'Initiator Data = First Payload, Vi, Vr.', status: implemented },
  {
    id: 'rfc6043:6.10-75',
    level: 'SHALL',
    text: 'Vi is the same payload as V of TRANSFER_INIT.',
    status: deviation(
      'the Next Payload octet of Vi names V, because Vr follows in the chain; Auth alg and MAC are identical',
    ),
  },
  {
    id: 'rfc6043:6.10-76',
    level: 'SHALL',
    text: 'Vr, a Verification payload, ends Initiator Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-77',
    level: 'SHALL',
    text: 'The MAC of Vr covers all of Initiator Data up to the MAC.',
    status: implemented,
  },
  { id: 'rfc6043:6.10-78', level: 'SHALL', text: 'Vr has the authentication algorithm of Vi.', status: implemented },
  {
    id: 'rfc6043:6.10-79',
    level: 'SHALL',
    text: 'The auth_key of Vr derives from MPKr before forking.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-80',
    level: 'DEFINES',
    text: 'Label for Vr = constant || 0xFF || 0xFFFFFFFF || 0x04, with MPKr as inkey.',
    status: implemented,
  },
  {
    id: 'rfc6043:6.10-81',
    level: 'DEFINES',
    text: 'The constants in the Vr label are those of RFC 3830, section 4.1.4.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
