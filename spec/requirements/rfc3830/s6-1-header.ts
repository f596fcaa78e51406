/**
 * Requirements of RFC 3830: encoding in general, and the Common Header payload.
 * @module
 * @see [RFC 3830, section 6.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Encoding in general, and the Common Header payload, in text order. */
export const headerRequirements = [
  { id: 'rfc3830:6-1', level: 'DEFINES', text: 'Numbers are in network byte order.', status: implemented },
  {
    id: 'rfc3830:6-2',
    level: 'DEFINES',
    text: 'Types marked Mandatory or default in a table are to be implemented, the others need not be.',
    status: notApplicable('says how to read the tables; what is mandatory has records of its own'),
  },
  {
    id: 'rfc3830:6-3',
    level: 'MAY',
    text: 'Security protocols other than SRTP may be specified.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  { id: 'rfc3830:6.1-1', level: 'MUST', text: 'HDR is the first payload of every message.', status: implemented },
  {
    id: 'rfc3830:6.1-2',
    level: 'DEFINES',
    text: 'HDR layout: version 8, data type 8, next payload 8, V 1, PRF func 7, CSB ID 32, #CS 8, CS ID map type 8 bits, CS ID map info.',
    status: implemented,
  },
  { id: 'rfc3830:6.1-3', level: 'DEFINES', text: 'The version is 1.', status: implemented },
  {
    id: 'rfc3830:6.1-4',
    level: 'DEFINES',
    text: 'Table 6.1.a: data type 0 Pre-shared, 1 PSK ver msg, 2 Public key, 3 PK ver msg, 4 D-H init, 5 D-H resp, 6 Error.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-5',
    level: 'DEFINES',
    text: 'Table 6.1.b: 0 Last payload, 1 KEMAC, 2 PKE, 3 DH, 4 SIGN, 5 T, 6 ID, 7 CERT, 8 CHASH, 9 V, 10 SP, 11 RAND, 12 ERR, 20 Key data, 21 General Ext.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-6',
    level: 'DEFINES',
    text: 'In the last payload of a message the next payload field is 0.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-7',
    level: 'DEFINES',
    text: 'V is 1 if the Initiator expects a response, 0 if not.',
    status: notApplicable(
      'replaced by RFC 6043: 4.2 fixes the flag for each exchange and 6.1 gives it a meaning in CSB updates only; see finding A9',
    ),
  },
  { id: 'rfc3830:6.1-8', level: 'DEFINES', text: 'Table 6.1.c: PRF func 0 is MIKEY-1.', status: implemented },
  { id: 'rfc3830:6.1-9', level: 'RECOMMENDED', text: 'The Initiator picks the CSB ID at random.', status: implemented },
  {
    id: 'rfc3830:6.1-10',
    level: 'MUST',
    text: 'No two CSBs of one Initiator and Responder have the same CSB ID.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-11',
    level: 'MUST',
    text: 'An Initiator with CSBs towards this Responder makes sure that a new CSB ID is not among theirs.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-12',
    level: 'DEFINES',
    text: 'A response has the CSB ID of the initial message.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1-13',
    level: 'DEFINES',
    text: '#CS counts the crypto sessions; 0 means that there are none.',
    status: implemented,
  },
  { id: 'rfc3830:6.1-14', level: 'DEFINES', text: 'Table 6.1.d: CS ID map type 0 is SRTP-ID.', status: implemented },
  {
    id: 'rfc3830:6.1-15',
    level: 'DEFINES',
    text: 'CS ID map info has 16 bits, says the text; in the figure its length varies.',
    status: notApplicable('replaced by RFC 6043, section 6.1: variable length, as follows from map type and #CS'),
  },
  {
    id: 'rfc3830:6.1.1-1',
    level: 'DEFINES',
    text: 'SRTP-ID layout, once for each of #CS sessions: Policy_no 8, SSRC 32, ROC 32 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.1.1-2',
    level: 'MUST',
    text: 'The i-th SRTP stream uses SSRC_i.',
    status: notApplicable(
      'RFC 6043, section 6.1 forbids the SRTP-ID map in MIKEY-TICKET; the codec reads and writes it for RFC 3830 messages',
    ),
  },
  {
    id: 'rfc3830:6.1.1-3',
    level: 'DEFINES',
    text: 'An SSRC that the Initiator does not choose is 0, and the Responder fills it in.',
    status: notApplicable(
      'RFC 6043, section 6.1 forbids the SRTP-ID map; in GENERIC-ID the SSRC 0 has no special meaning',
    ),
  },
  {
    id: 'rfc3830:6.1.1-4',
    level: 'DEFINES',
    text: 'ROC_i is the current rollover counter, 0 before the session starts.',
    status: notApplicable('RFC 6043, section 6.1 forbids the SRTP-ID map; GENERIC-ID has a ROC of its own'),
  },
  {
    id: 'rfc3830:6.1.1-5',
    level: 'DEFINES',
    text: 'The CS ID of the stream with SSRC_i is i.',
    status: notApplicable('RFC 6043, section 6.1 forbids the SRTP-ID map; in GENERIC-ID the CS ID is a field'),
  },
] as const satisfies readonly Requirement[];
