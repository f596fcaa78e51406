/**
 * Requirements of RFC 6043: Message keys and session keys.
 * @module
 * @see [RFC 6043, section 5.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.2)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Message keys and session keys, in text order. */
export const messageKeysRequirements = [
  {
    id: 'rfc6043:5.1.2-1',
    level: 'SHALL',
    text: "With key forking the keys for TRANSFER_INIT come from MPKi and those for TRANSFER_RESP from MPKr'.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-2',
    level: 'SHALL',
    text: 'Keys for initial messages use the parameter set with octet 0x01 in the label.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-3',
    level: 'DEFINES',
    text: 'Label for initial messages (inkey PSK, envelope key or MPKi) = constant || 0xFF || CSB ID || 0x01 || length RANDRi || [RANDRi] || length RANDRr || [RANDRr].',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-4',
    level: 'SHALL',
    text: 'Keys for response messages use the parameter set with octet 0x02 in the label.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-5',
    level: 'DEFINES',
    text: "Label for response messages (inkey PSK, envelope key, MPKi or MPKr') = constant || 0xFF || CSB ID || 0x02 || length RANDRi || [RANDRi] || length RANDRr || [RANDRr].",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-6',
    level: 'DEFINES',
    text: 'The constants for encr_key, auth_key and salt_key of messages are those of RFC 3830, section 4.1.4.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-7',
    level: 'SHALL',
    text: 'RANDRi enters the keys of Ticket Request and Ticket Transfer.',
    status: implemented,
  },
  { id: 'rfc6043:5.1.2-8', level: 'SHALL', text: 'RANDRr enters the keys of Ticket Resolve.', status: implemented },
  {
    id: 'rfc6043:5.1.2-9',
    level: 'SHALL',
    text: 'RANDRr enters the keys of TRANSFER_RESP when the G flag is 1.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-10',
    level: 'DEFINES',
    text: 'Lengths of RANDRi and RANDRr in message key labels count bytes in 8 bits, unsigned.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-11',
    level: 'SHALL',
    text: 'Length RANDRi is 0 in a message key label without RANDRi.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.2-12',
    level: 'SHALL',
    text: 'Length RANDRr is 0 in a message key label without RANDRr.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-1',
    level: 'SHALL',
    text: 'With key forking a TGK of the ticket is forked before keys derive from it.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-2',
    level: 'SHALL',
    text: "With key forking TGK' is the inkey in place of TGK.",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-3',
    level: 'SHALL',
    text: 'Session keys derive from a TGK or GTGK with the PRF named in HDR.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-4',
    level: 'DEFINES',
    text: "Label for session keys (inkey TGK, TGK' or GTGK) = constant || CS ID || 0xFFFFFFFF || 0x03 || length RANDRi || [RANDRi] || length RANDRr || [RANDRr].",
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-5',
    level: 'DEFINES',
    text: 'The constants for keys from a TGK or GTGK are those of RFC 3830, section 4.1.3.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-6',
    level: 'SHALL',
    text: 'A security protocol that needs a salt uses the one in the key data sub-payload, if there is one.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-7',
    level: 'SHALL NOT',
    text: 'No salt is derived where the key data sub-payload brings one.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-8',
    level: 'SHALL',
    text: 'RANDRi enters the session key label when the H flag is 1.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-9',
    level: 'SHALL',
    text: 'RANDRr enters the session key label when the G flag is 1.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-10',
    level: 'DEFINES',
    text: 'Lengths of RANDRi and RANDRr in session key labels count bytes in 8 bits, unsigned.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.1.3-11',
    level: 'SHALL',
    text: 'The length of a RANDRi or RANDRr left out of the session key label is 0.',
    status: implemented,
  },
  { id: 'rfc6043:5.1.3-12', level: 'MUST', text: 'Every session key label has RANDRi or RANDRr.', status: implemented },
] as const satisfies readonly Requirement[];
