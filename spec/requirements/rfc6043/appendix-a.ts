/**
 * Requirements of RFC 6043: MIKEY base ticket.
 * @module
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** MIKEY base ticket, in text order. */
export const appendixARequirements = [
  {
    id: 'rfc6043:A-1',
    level: 'MAY',
    text: 'The MIKEY base ticket serves in each of the four modes.',
    status: implemented,
  },
  {
    id: 'rfc6043:A-2',
    level: 'SHALL',
    text: 'Ticket Data of the MIKEY base ticket consists of MIKEY payloads.',
    status: implemented,
  },
  {
    id: 'rfc6043:A-3',
    level: 'SHALL',
    text: 'Ticket Data of the MIKEY base ticket has a MAC keyed by a pre-shared TPK.',
    status: implemented,
  },
  {
    id: 'rfc6043:A-4',
    level: 'SHOULD',
    text: 'Payloads in Ticket Data that are not expected are ignored.',
    status: implemented,
  },
  {
    id: 'rfc6043:A-5',
    level: 'DEFINES',
    text: 'Ticket Data = THDR, T, RAND, KEMAC, [IDRpsk], V.',
    status: implemented,
  },
  { id: 'rfc6043:A.1-1', level: 'MUST', text: 'Ticket Data opens with THDR.', status: implemented },
  {
    id: 'rfc6043:A.1-2',
    level: 'DEFINES',
    text: 'T in Ticket Data is the time of issue or a counter.',
    status: implemented,
  },
  { id: 'rfc6043:A.1-3', level: 'MAY', text: 'T of Ticket Data may enter the IV of its KEMAC.', status: implemented },
  {
    id: 'rfc6043:A.1-4',
    level: 'SHALL',
    text: 'KEMAC of Ticket Data has the NULL authentication algorithm, since V has the MAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-5',
    level: 'SHALL',
    text: 'encr_key and salt_key of the Ticket Data KEMAC derive from the TPK.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-6',
    level: 'DEFINES',
    text: 'Where the encryption algorithm asks for it, salt_key enters the IV of the Ticket Data KEMAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-7',
    level: 'SHALL',
    text: 'CSB ID in the IV of the Ticket Data KEMAC is 0xFFFFFFFF.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-8',
    level: 'DEFINES',
    text: 'Ticket Data: KEMAC = E(encr_key, MPK || {TEK or TGK or GTGK}).',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-9',
    level: 'MAY',
    text: 'IDRpsk may be absent from Ticket Data if the TPK is found otherwise.',
    status: implemented,
  },
  { id: 'rfc6043:A.1-10', level: 'SHALL', text: 'V is the final payload of Ticket Data.', status: implemented },
  {
    id: 'rfc6043:A.1-11',
    level: 'SHALL',
    text: 'The auth_key for V of Ticket Data derives from the TPK.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.1-12',
    level: 'SHALL',
    text: 'The MAC of Ticket Data covers TICKET without its Next Payload, Initiator Data length, Initiator Data and the MAC itself.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2-1',
    level: 'SHALL NOT',
    text: 'Key derivation labels of the MIKEY base ticket hold no complete RAND payload, only its RAND length and RAND.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.1-1',
    level: 'SHALL',
    text: 'Keys derive from the TPK with the PRF that the Ticket Policy names.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.1-2',
    level: 'DEFINES',
    text: 'Label for TPK keys = constant || 0xFF || 0xFFFFFFFF || 0x05 || length RAND || RAND, with the TPK as inkey.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.1-3',
    level: 'DEFINES',
    text: 'Length RAND in the label for TPK keys counts bytes in 8 bits, unsigned.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.1-4',
    level: 'DEFINES',
    text: 'The constants for TPK keys are those of RFC 3830, section 4.1.4.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.1-5',
    level: 'DEFINES',
    text: 'Figure 10 (AES-CM): TPK and RAND give auth_key, encr_key and salt_key; salt_key and TS Value give the IV of KEMAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.2-1',
    level: 'SHALL',
    text: 'MPKi and MPKr derive from the MPK with the PRF that the Ticket Policy names.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.2-2',
    level: 'DEFINES',
    text: 'Label for MPKi and MPKr = constant || 0xFF || 0xFFFFFFFF || 0x06 || length RAND || RAND, with the MPK as inkey.',
    status: implemented,
  },
  { id: 'rfc6043:A.2.2-3', level: 'SHALL', text: 'MPKi and MPKr are as long as the MPK.', status: implemented },
  {
    id: 'rfc6043:A.2.2-4',
    level: 'DEFINES',
    text: 'Length RAND in the label for MPKi and MPKr counts bytes in 8 bits, unsigned.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.2.2-5',
    level: 'DEFINES',
    text: 'Table A.1: constants 0x220E99A2 for MPKi and 0x1F4D675B for MPKr.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.3-1',
    level: 'DEFINES',
    text: 'THDR layout: Next Payload 8, THDR Data length 16 bits (in bytes), THDR Data.',
    status: implemented,
  },
  {
    id: 'rfc6043:A.3-2',
    level: 'SHOULD',
    text: 'A party that does not expect THDR Data ignores it.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
