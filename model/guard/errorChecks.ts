/**
 * The checks that every party makes on an Error message, whichever exchange it ends.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 */
import type { Check } from './check.ts';

/** Checks made on an Error message, in the order in which they are made. */
export const errorChecks = {
  errorAnswersNoError: {
    demand: 'the message that an Error message answers is no Error message itself',
    clauses: ['rfc6043:5.4-5'],
    code: 'ERR_DATA_TYPE',
  },
  errorHeaderEchoed: {
    demand: 'an Error message repeats version, PRF func and CSB ID of the message that it answers',
    clauses: ['rfc6043:5.4-12'],
    code: 'ERR_HEADER',
  },
  errorTimestampFresh: {
    demand: 'the timestamp of an Error message is a time within the clock skew',
    clauses: ['rfc6043:5.4-15', 'rfc3830:5.4-4', 'C2'],
    code: 'ERR_TIMESTAMP',
  },
  errorMacValid: {
    demand:
      'V of an Error message, if there, verifies under the auth_key of the answered message over the Error message alone',
    clauses: ['rfc6043:5.5-13', 'rfc6043:5.4-17', 'rfc6043:5.4-6', 'rfc6043:5.4-9', 'W18'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  errorNamesError: {
    demand: 'an Error message has an ERR payload',
    clauses: ['rfc6043:5.4-7', 'rfc6043:5.4-11'],
    code: 'ERR_MISSING_PAYLOAD',
  },
} as const satisfies Record<string, Check>;
