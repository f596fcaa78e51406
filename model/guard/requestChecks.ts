/**
 * The checks of the Ticket Request exchange: those of the KMS on REQUEST_INIT and those of the Initiator on REQUEST_RESP.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 */
import type { Check } from './check.ts';

/** Checks made in the Ticket Request exchange, in the order in which they are made. */
export const requestChecks = {
  // The KMS, before it looks for any key.
  requestMapEmpty: {
    demand: 'REQUEST_INIT has #CS = 0 and the Empty map',
    clauses: ['rfc6043:4.2.1.1-8', 'rfc6043:4.2.1.1-7', 'rfc6043:4.2.1.1-6'],
    code: 'ERR_MALFORMED',
  },
  requestTimestampFresh: {
    demand: 'the timestamp of REQUEST_INIT is a time within the clock skew',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  requestAlgorithmsMatch: {
    demand: 'PRF of HDR, PRF of the Ticket Policy and Auth alg of V are of one strength',
    clauses: ['rfc6043:12.1-11', 'rfc6043:12.1-10'],
    code: 'ERR_ALGORITHM_MIX',
  },
  requestNamesThisKms: {
    demand: 'IDRkms of REQUEST_INIT, if there, is this KMS',
    clauses: ['rfc6043:4.2.1.1-10', 'rfc6043:4.2.1.1-11'],
    code: 'ERR_IDENTITY',
  },
  // The KMS, with the key at hand.
  requesterKnown: {
    demand: 'the pre-shared key that REQUEST_INIT names is known',
    clauses: ['rfc6043:4.2.1.2-5', 'rfc6043:4.2.1.2-3'],
    code: 'ERR_AUTH_FAILED',
  },
  requesterKeyStrong: {
    demand: 'the pre-shared key has 128 bits or more, 256 bits for 256-bit algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-11'],
    code: 'ERR_KEY_LENGTH',
  },
  requestMacValid: {
    demand: 'V of REQUEST_INIT verifies over the message, Identity_i and Identity_kms',
    clauses: ['rfc6043:4.2.1.2-6', 'rfc6043:4.2.1-4', 'rfc6043:5.5-7'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  requesterOwnsIdentity: {
    demand: 'IDRi of REQUEST_INIT belongs to the owner of the pre-shared key',
    clauses: ['rfc6043:4.2.1-4', 'W3'],
    code: 'ERR_IDENTITY',
  },
  requestRandLongEnough: {
    demand: 'RANDRi of REQUEST_INIT is as long as the pre-shared key or envelope key',
    clauses: ['rfc6043:12.1-5', 'B1'],
    code: 'ERR_RAND_LENGTH',
  },
  requestNotReplayed: {
    demand: 'REQUEST_INIT has not been seen before',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-3'],
    code: 'ERR_REPLAY',
  },
  requestedTicketTypeSupported: {
    demand: 'the requested Ticket Type, subtype and version are supported',
    clauses: ['rfc6043:6.10-13', 'rfc6043:6.10-12'],
    code: 'ERR_TICKET',
  },
  requestedFlagsLegal: {
    demand: 'the requested flags obey the implications, D is set, and the reserved bits are zero',
    clauses: ['rfc6043:6.10-9', 'rfc6043:6.10-15', 'rfc6043:6.10-48', 'B8', 'B10'],
    code: 'ERR_TICKET_POLICY',
  },
  requestedPolicyNamesRequester: {
    demand: 'IDRi in the requested TP Data is there and is the requester',
    clauses: ['rfc6043:6.10-53', 'rfc6043:4.2.1.1-9', 'W3'],
    code: 'ERR_IDENTITY',
  },
  requestedValiditySane: {
    demand: 'the requested validity period is not over, not empty and not too long',
    clauses: ['rfc6043:6.10-57', 'rfc6043:6.10-55'],
    code: 'ERR_TICKET_EXPIRED',
  },
  requestedKeysAdequate: {
    demand: 'the requested keys have 128 bits or more, and fit the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  requesterAuthorized: {
    demand: 'the requester may have a ticket with this policy',
    clauses: ['rfc6043:4.2.1.4-1', 'rfc6043:4.2.1.4-2'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  requestedTicketKeyShared: {
    demand: 'there is a key to seal the ticket with: the TPK of the KMS or, with E = 0, one shared with the responder',
    clauses: ['rfc6043:4.1.1-2', 'rfc6043:A-3'],
    code: 'ERR_TICKET_POLICY',
  },
  // The Initiator.
  requestRespHeaderEchoed: {
    demand: 'REQUEST_RESP repeats version, PRF func, CSB ID and the Empty map of REQUEST_INIT',
    clauses: ['rfc6043:4.2.1.5-1'],
    code: 'ERR_HEADER',
  },
  requestRespTimestampFresh: {
    demand: 'the timestamp of REQUEST_RESP is a time within the clock skew',
    clauses: ['rfc6043:4.2.1.5-4', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  requestRespFromAskedKms: {
    demand: 'IDRkms of REQUEST_RESP, if there, is the KMS that was asked',
    clauses: ['rfc6043:4.2.1-2'],
    code: 'ERR_IDENTITY',
  },
  requestRespMacValid: {
    demand: 'V of REQUEST_RESP verifies over the message and the whole REQUEST_INIT',
    clauses: ['rfc6043:4.2.1.5-20', 'rfc6043:5.5-8'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  requestRespAlgorithmsMatch: {
    demand:
      'V, KEMAC and granted Ticket Policy use algorithms of the strength that was asked for; the KEMAC has a NULL MAC',
    clauses: ['rfc6043:4.2.1.5-7', 'rfc6043:12.1-11'],
    code: 'ERR_ALGORITHM_MIX',
  },
  grantedKeysComplete: {
    demand: 'the KEMAC holds MPKi, with key forking also MPKr, then the session keys, each with an SPI of its own',
    clauses: ['rfc6043:4.2.1.5-16', 'rfc6043:4.2.1.5-12', 'rfc6043:4.2.1.5-13', 'rfc6043:6.2.1-3', 'B15'],
    code: 'ERR_KEY_DATA',
  },
  grantedKeysStrong: {
    demand: 'every granted key has 128 bits or more, and fits the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  grantedPolicyAcceptable: {
    demand: 'the granted Ticket Policy is the one that was asked for, or allowed by the own profile',
    clauses: ['rfc6043:4.2.1.6-3', 'rfc6043:4.2.1.6-4', 'B3'],
    code: 'ERR_TICKET_POLICY',
  },
  grantedTicketClean: {
    demand: 'the granted ticket has no KEMAC in TP Data and no Initiator Data',
    clauses: ['rfc6043:6.10-67', 'rfc6043:6.10-71', 'A10'],
    code: 'ERR_TICKET',
  },
} as const satisfies Record<string, Check>;
