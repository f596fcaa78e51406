/**
 * Requirements of RFC 6043: Error handling.
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Error handling, in text order. */
export const errorHandlingRequirements = [
  {
    id: 'rfc6043:5.4-1',
    level: 'SHOULD',
    text: 'A message with a fatal parse error is discarded.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-2',
    level: 'SHOULD',
    text: 'A fatal parse error is reported to the other party in an Error message.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-3',
    level: 'SHALL',
    text: 'A message whose sender cannot be authenticated is discarded.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-4',
    level: 'OPTIONAL',
    text: 'An Error message about failed authentication is a choice, with the caveats of RFC 3830, section 5.1.2.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-5',
    level: 'DEFINES',
    text: 'Error messages answer initial and response messages, never Error messages.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-6',
    level: 'MAY',
    text: 'An Error message in Ticket Request or Ticket Resolve may have a MAC or a signature.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-7',
    level: 'DEFINES',
    text: 'Error message of Ticket Request and Ticket Resolve = HDR, T, (ERR), [V or SIGNx], x in {i, r, kms}.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-8',
    level: 'SHOULD',
    text: 'Payloads of an Error message that are not expected are ignored.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-9',
    level: 'MAY',
    text: 'An Error message in Ticket Transfer may have a MAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-10',
    level: 'SHOULD',
    text: 'An Error message about unsupported security policies lists the supported parameters.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-11',
    level: 'DEFINES',
    text: 'Error message of Ticket Transfer = HDR, T, (ERR), {SP}, [V].',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-12',
    level: 'SHALL',
    text: 'An Error message repeats version, PRF func and CSB ID of the message with the error.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-13',
    level: 'SHALL',
    text: 'The V flag of an Error message is 0.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-14',
    level: 'SHALL',
    text: 'The receiver ignores the V flag of an Error message.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-15',
    level: 'SHALL',
    text: 'With an NTP timestamp type an Error message has a new timestamp.',
    status: implemented,
  },
  {
    id: 'rfc6043:5.4-16',
    level: 'MAY',
    text: 'With the COUNTER type the timestamp of an Error message may repeat that of the message with the error.',
    status: notApplicable(
      'a permission we do not use: Error messages have NTP-UTC timestamps, and COUNTER is refused (finding C2)',
    ),
  },
  {
    id: 'rfc6043:5.4-17',
    level: 'SHALL',
    text: 'The auth_key of an Error message is that of the message with the error.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
