/**
 * The checks of a CSB update, and those of session keys that Initiator or Responder bring themselves, in an update or in the first
 * Ticket Transfer.
 *
 * Both directions of an update use one auth_key, one encr_key and one salt_key (finding A19). What keeps the directions apart are the
 * order of the IDR payloads and the timestamps, so the RFC's optional payloads are demanded here.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 * @see [RFC 3830, section 4.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.5)
 */
import type { Check } from './check.ts';

/** Checks made in CSB updates, in the order in which they are made. */
export const updateChecks = {
  // Either side, before it starts an update and whenever a message of one comes.
  keysWithinRekeyInterval: {
    demand: 'no session key in use is older than the rekeying interval TRr of the ticket',
    clauses: ['rfc6043:6.10-60', 'rfc6043:6.10-58'],
    code: 'ERR_TICKET_EXPIRED',
  },
  // The answerer on TRANSFER_INIT, before V is known to be good. The starter makes those on algorithms, RANDs and T too.
  updateOfThisBundle: {
    demand: 'the update has version, PRF func and CSB ID of the initial exchange',
    clauses: ['rfc6043:5.2-6', 'rfc3830:4.5-3'],
    code: 'ERR_HEADER',
  },
  updateAlgorithmsMatch: {
    demand: 'Auth alg of V is of the strength of the initial exchange',
    clauses: ['rfc6043:12.1-11', 'rfc6043:12.1-10'],
    code: 'ERR_ALGORITHM_MIX',
  },
  updateKeepsTicketAndRands: {
    demand: 'the update brings no RAND and no TICKET',
    clauses: ['rfc6043:5.2-11', 'rfc6043:5.2-10', 'rfc6043:5.2-12', 'rfc3830:4.5-5'],
    code: 'ERR_UNSPECIFIED',
  },
  updateNamesBoth: {
    demand: 'IDRi and IDRr of the update are there, and are Initiator and Responder of the bundle',
    clauses: ['rfc6043:5.2-2', 'rfc6043:5.2-4', 'C1'],
    code: 'ERR_IDENTITY',
  },
  updateStarterIsPeer: {
    demand: 'the first IDR of the update is that of the other side: it is the one who started it',
    clauses: ['rfc6043:5.2-4', 'rfc6043:5.2-2', 'C1', 'W8'],
    code: 'ERR_IDENTITY',
  },
  updateTimestampPrecise: {
    demand: 'the timestamp is of type NTP-UTC, 64 bits: a COUNTER or whole seconds repeat too easily',
    clauses: ['C2', 'rfc6043:5.2-7'],
    code: 'ERR_TIMESTAMP',
  },
  updateTimestampFresh: {
    demand: 'the timestamp of the update message is a time within the clock skew',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  updateNotReflected: {
    demand: 'the timestamp is none that this side has sent itself',
    clauses: ['C1', 'W8', 'rfc6043:5.2-7'],
    code: 'ERR_REPLAY',
  },
  updateTimestampUnused: {
    demand: 'the timestamp has not been used under these keys, by neither side',
    clauses: ['C2', 'rfc6043:5.2-7', 'rfc3830:4.5-4'],
    code: 'ERR_REPLAY',
  },
  updateMacValid: {
    demand:
      'V of the update verifies under the keys of the last message of the initial exchange, over the message, Identity_i and Identity_r',
    clauses: ['rfc6043:5.2-13', 'rfc6043:5.5-9', 'A19'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  updateNotReplayed: {
    demand: 'the update has not been seen before',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-3'],
    code: 'ERR_REPLAY',
  },
  // The answerer, once it knows who speaks. The starter makes those on keys and sessions too.
  updateAnswerAllowed: {
    demand:
      'the update asks for an answer only if the F flag allows one, and goes without only if the own profile does',
    clauses: ['rfc6043:5.2-9', 'rfc6043:6.10-21'],
    code: 'ERR_TICKET_POLICY',
  },
  updateMapGeneric: {
    demand: 'the update maps at least one crypto session by GENERIC-ID, each CS ID once',
    clauses: ['rfc6043:5.2-8', 'rfc6043:6.1-10', 'B15'],
    code: 'ERR_SECURITY_POLICY',
  },
  updateKemacAllowed: {
    demand: 'there is no KEMAC from the Initiator if the L flag forbids it, nor from the Responder if the M flag does',
    clauses: ['rfc6043:5.2-15', 'rfc6043:6.10-40', 'rfc6043:6.10-43'],
    code: 'ERR_TICKET_POLICY',
  },
  suppliedAlgorithmsMatch: {
    demand: 'the KEMAC encrypts with the strength of the exchange and has a NULL MAC',
    clauses: ['rfc6043:5.2-17', 'rfc6043:12.1-11'],
    code: 'ERR_ALGORITHM_MIX',
  },
  suppliedTimestampPrecise: {
    demand: 'the timestamp of the message that carries the KEMAC is of type NTP-UTC, 64 bits',
    clauses: ['C2', 'A1'],
    code: 'ERR_TIMESTAMP',
  },
  suppliedKeysComplete: {
    demand: 'the KEMAC holds one key or more, all TEK, TGK or GTGK, each with an SPI of its own and all of them new',
    clauses: ['rfc6043:5.2-21', 'rfc6043:6.2.1-3', 'A24', 'B15'],
    code: 'ERR_KEY_DATA',
  },
  suppliedKeysStrong: {
    demand: 'the session keys have 128 bits or more, and fit the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  updateRandLongEnough: {
    demand: 'RANDRi and RANDRr of the initial exchange together are as long as every new TGK and GTGK',
    clauses: ['rfc6043:12.1-5', 'B1'],
    code: 'ERR_RAND_LENGTH',
  },
  updateSecurityPolicyAcceptable: {
    demand: 'every crypto session of the update has an acceptable SP whose keys fit the strength of the algorithms',
    clauses: ['rfc6043:5.2-8', 'rfc6043:4.2.2.2-2', 'rfc6043:4.2.2.4-1'],
    code: 'ERR_SECURITY_POLICY',
  },
  updateSessionsComplete: {
    demand:
      'every crypto session ends up with exactly one policy, Session Data, and the SPI of a session key of the bundle',
    clauses: ['rfc6043:5.2-16', 'rfc6043:4.2.2.3-4', 'rfc6043:4.2.2.3-5', 'rfc6043:4.2.2.3-6'],
    code: 'ERR_SECURITY_POLICY',
  },
  updateSessionsConsistent: {
    demand: 'a crypto session that keeps its key keeps its policy; a TEK is as long as the policy of its sessions says',
    clauses: ['rfc6043:5.2-8', 'A14'],
    code: 'ERR_SECURITY_POLICY',
  },
  // The starter, on TRANSFER_RESP.
  updateRespHeaderEchoed: {
    demand: 'TRANSFER_RESP repeats version, PRF func and CSB ID of the update',
    clauses: ['rfc6043:4.2.2.3-1', 'rfc6043:5.2-6'],
    code: 'ERR_HEADER',
  },
  updateRespFromPeer: {
    demand: 'TRANSFER_RESP has one IDR, that of the other side',
    clauses: ['rfc6043:5.2-3', 'rfc6043:5.2-5', 'C1'],
    code: 'ERR_IDENTITY',
  },
  updateRespMacValid: {
    demand: 'V of TRANSFER_RESP verifies under the same keys, over the message and the whole TRANSFER_INIT',
    clauses: ['rfc6043:5.2-13', 'rfc6043:5.5-10'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
} as const satisfies Record<string, Check>;
