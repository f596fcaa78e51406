/**
 * Requirements of RFC 6043: CSB updating.
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** CSB updating, in text order. */
export const csbUpdatingRequirements = [
  {
    id: 'rfc6043:5.2-1',
    level: 'DEFINES',
    text: 'A CSB update, for new keys or new crypto sessions, is another run of Ticket Transfer.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-2',
    level: 'DEFINES',
    text: 'Update by the Initiator: TRANSFER_INIT = HDR, T, [IDRi], [IDRr], {SP}, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-3',
    level: 'DEFINES',
    text: 'Answer of the Responder to an update: TRANSFER_RESP = HDR, T, [IDRr], {SP}, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-4',
    level: 'DEFINES',
    text: 'Update by the Responder: TRANSFER_INIT = HDR, T, [IDRr], [IDRi], {SP}, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-5',
    level: 'DEFINES',
    text: 'Answer of the Initiator to an update: TRANSFER_RESP = HDR, T, [IDRi], {SP}, [KEMAC], V.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-6',
    level: 'MUST',
    text: 'An update keeps the CSB ID of the initial exchange.',
    status: implemented,
  },
  { id: 'rfc6043:5.2-7', level: 'MUST', text: 'An update uses new timestamps.', status: implemented },
  {
    id: 'rfc6043:5.2-8',
    level: 'DEFINES',
    text: '#CS, CS ID map info and SP of an update follow the rules of the initial exchange.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-9',
    level: 'SHALL',
    text: 'The V flag of an update TRANSFER_INIT tells if an answer is expected.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-10',
    level: 'SHOULD NOT',
    text: 'An update does not repeat RANDRi, RANDRr, RANDRkms or TICKET, except where a use case needs them.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-11',
    level: 'MUST NOT',
    text: 'An update brings no new RAND and no new TICKET.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-12',
    level: 'SHALL NOT',
    text: 'New RANDs stay out of updates so that peers need not track RANDs per TGK.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-13',
    level: 'SHALL',
    text: 'Both update messages use the keys of the last message of the initial exchange.',
    status: implemented,
  },
  { id: 'rfc6043:5.2-14', level: 'MAY', text: 'KEMAC of an update may carry new keys.', status: implemented },
  {
    id: 'rfc6043:5.2-15',
    level: 'SHALL NOT',
    text: 'An update has no KEMAC where the L and M flags forbid one.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-16',
    level: 'MUST',
    text: 'TRANSFER_RESP of an update gives a session key for every crypto session.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-17',
    level: 'SHALL',
    text: 'KEMAC of an update has the NULL authentication algorithm, since V has the MAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-18',
    level: 'SHALL',
    text: "encr_key (and salt_key) of an update KEMAC derive from MPKi or MPKr'.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-19',
    level: 'DEFINES',
    text: 'Where the encryption algorithm asks for it, salt_key enters the IV of an update KEMAC as in RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-20',
    level: 'SHALL NOT',
    text: 'A TGK sent in an update is not forked.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.2-21',
    level: 'DEFINES',
    text: 'Update: KEMAC = E(encr_key, (TEK or TGK or GTGK)), with one key or more.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
