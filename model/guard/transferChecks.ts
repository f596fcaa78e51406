/**
 * The checks of the Ticket Transfer exchange: those of the Responder on TRANSFER_INIT before it asks the KMS, and those of the
 * Initiator before it calls and on TRANSFER_RESP. What the Responder can check only after Ticket Resolve stands with the
 * checks of that exchange.
 *
 * @module
 * @see [RFC 6043, section 4.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2)
 */
import type { Check } from './check.ts';

/** Checks made in the Ticket Transfer exchange, in the order in which they are made. */
export const transferChecks = {
  // The Initiator, before it uses a ticket.
  calleeInTicket: {
    demand: 'the callee is among the responders that the ticket names',
    clauses: ['rfc6043:6.10-69'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  heldTicketValidNow: {
    demand: 'now lies inside the validity period of the ticket',
    clauses: ['rfc6043:6.10-57', 'rfc6043:6.10-55'],
    code: 'ERR_TICKET_EXPIRED',
  },
  heldTicketReusable: {
    demand: 'a ticket that was used before may be used again: its J flag is set',
    clauses: ['rfc6043:5.3-7', 'rfc6043:6.10-34', 'B2'],
    code: 'ERR_TICKET_POLICY',
  },
  heldGroupVerified: {
    demand:
      'a ticket for a group, or with keys that a group shares, is used again only if somebody made sure that the group is the same',
    clauses: ['rfc6043:5.3-9', 'rfc6043:5.3-8', 'rfc6043:12.5-3', 'N4'],
    code: 'ERR_TICKET_POLICY',
  },
  heldTicketMine: {
    demand: 'with key forking only who requested or made the ticket calls with it, as nobody else has MPKr',
    clauses: ['rfc6043:9.1-1', 'rfc6043:5.3-10'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  callMaySupplyKeys: {
    demand: 'the Initiator brings session keys only if the L flag lets it',
    clauses: ['rfc6043:6.10-40', 'rfc6043:4.2.2.1-12'],
    code: 'ERR_TICKET_POLICY',
  },
  callHasKeys: {
    demand: 'there is a session key to offer, or the M flag lets the Responder bring one',
    clauses: ['rfc6043:8-3', 'rfc6043:6.10-42'],
    code: 'ERR_KEY_DATA',
  },
  // The Initiator, when it makes a ticket itself.
  creationAllowed: {
    demand: 'the local policy lets the user make such a ticket itself',
    clauses: ['rfc6043:4.1-3', 'rfc6043:4.1.1-3'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  createdFlagsLegal: {
    demand: 'the flags of a self-made ticket obey the implications; D and K are 0',
    clauses: ['rfc6043:6.10-9', 'rfc6043:6.10-15', 'B10'],
    code: 'ERR_TICKET_POLICY',
  },
  createdKeysAdequate: {
    demand: 'the TPK and every key of a self-made ticket have 128 bits or more, and fit the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-11', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  // The Responder, early: nothing of this costs the KMS anything.
  offerTicketTypeSupported: {
    demand: 'Ticket Type, subtype and version are supported',
    clauses: ['rfc6043:6.10-13', 'rfc6043:4.2.2.2-1'],
    code: 'ERR_TICKET',
  },
  offerFlagsLegal: {
    demand: 'the flags of the ticket obey the implications, and the reserved bits are zero',
    clauses: ['rfc6043:4.2.2.2-1', 'rfc6043:6.10-48', 'B8', 'B10'],
    code: 'ERR_TICKET_POLICY',
  },
  offerPolicyAcceptable: {
    demand: 'the ticket demands key forking, a response and both RANDs, unless the own profile allows less',
    clauses: ['rfc6043:4.2.2.2-1', 'rfc6043:12.4-5', 'W5', 'W17'],
    code: 'ERR_TICKET_POLICY',
  },
  offerMapGeneric: {
    demand: 'TRANSFER_INIT maps at least one crypto session by GENERIC-ID, each CS ID once',
    clauses: ['rfc6043:6.1-10', 'rfc6043:6.1-11', 'B15'],
    code: 'ERR_SECURITY_POLICY',
  },
  offerTimestampFresh: {
    demand: 'the timestamp of TRANSFER_INIT is a time within the clock skew',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  offerAlgorithmsMatch: {
    demand: 'PRF of HDR, PRF of the Ticket Policy and Auth alg of V are of one strength',
    clauses: ['rfc6043:12.1-11', 'rfc6043:12.1-10'],
    code: 'ERR_ALGORITHM_MIX',
  },
  offerTicketValidNow: {
    demand: 'now lies inside the validity period of the ticket',
    clauses: ['rfc6043:4.2.2.2-1', 'rfc6043:6.10-57'],
    code: 'ERR_TICKET_EXPIRED',
  },
  offerCallerOwnsTicket: {
    demand:
      'IDRi in TP Data is there and is the Initiator that TRANSFER_INIT names; with decentralised signaling TRANSFER_INIT names one',
    clauses: ['rfc6043:6.10-53', 'rfc6043:9-1', 'B4', 'W3'],
    code: 'ERR_IDENTITY',
  },
  offerAddressedToMe: {
    demand: 'IDRr of TRANSFER_INIT, if there, is an identity that this endpoint answers for',
    clauses: ['rfc6043:4.2.2.1-5', 'rfc6043:4.2.2.1-7'],
    code: 'ERR_IDENTITY',
  },
  offerTicketNamesMe: {
    demand: 'the ticket names a responder that this endpoint answers for',
    clauses: ['rfc6043:6.10-69', 'rfc6043:4.2.2.2-1'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  offerApplicationAuthorized: {
    demand: 'the application that takes the call is among those that the ticket names, if it names any',
    clauses: ['rfc6043:6.10-70', 'B13'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  offerInitiatorDataIffForking: {
    demand: 'Initiator Data is there if and only if the I flag is set',
    clauses: ['rfc6043:6.10-71', 'C4'],
    code: 'ERR_TICKET',
  },
  offerKemacAllowed: {
    demand: 'there is no KEMAC in TRANSFER_INIT when the L flag forbids it',
    clauses: ['rfc6043:4.2.2.1-12', 'rfc6043:6.10-40'],
    code: 'ERR_TICKET_POLICY',
  },
  offerSecurityPolicyAcceptable: {
    demand: 'every crypto session has an acceptable SP whose keys fit the strength of the algorithms',
    clauses: ['rfc6043:4.2.2.2-2', 'rfc6043:4.2.2.2-3', 'rfc6043:12.1-12'],
    code: 'ERR_SECURITY_POLICY',
  },
  offerTicketReusable: {
    demand: 'a ticket that this endpoint has seen before may be used again: its J flag is set',
    clauses: ['rfc6043:5.3-7', 'rfc6043:6.10-34'],
    code: 'ERR_TICKET_POLICY',
  },
  offerResolvableHere: {
    demand: 'a ticket that the Responder is to resolve itself names a TPK that it shares, or the KMS may resolve it',
    clauses: ['rfc6043:4.1.1-2', 'rfc6043:4.1.1-4', 'rfc6043:6.10-18'],
    code: 'ERR_TICKET',
  },
  answerMaySupplyKeys: {
    demand: 'the Responder brings session keys only if the M flag lets it',
    clauses: ['rfc6043:6.10-43', 'rfc6043:4.2.2.3-19'],
    code: 'ERR_TICKET_POLICY',
  },
  // The Initiator, on the answer.
  answerHeaderEchoed: {
    demand: 'TRANSFER_RESP repeats version, PRF func and CSB ID of TRANSFER_INIT',
    clauses: ['rfc6043:4.2.2.3-1'],
    code: 'ERR_HEADER',
  },
  answerTimestampFresh: {
    demand: 'the timestamp of TRANSFER_RESP is a time within the clock skew',
    clauses: ['rfc6043:4.2.2.3-9', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  answerModifierPresent: {
    demand: 'with key forking TRANSFER_RESP has IDRr and RANDRkms, the latter as long as the longest MPKr and TGK',
    clauses: ['rfc6043:4.2.2.3-12', 'rfc6043:4.2.2.3-14', 'rfc6043:12.1-6'],
    code: 'ERR_MISSING_PAYLOAD',
  },
  answerRandIffG: {
    demand: 'RANDRr is there if and only if the G flag is set',
    clauses: ['rfc6043:6.10-23', 'rfc6043:6.10-24'],
    code: 'ERR_MISSING_PAYLOAD',
  },
  answerMacValid: {
    demand:
      "V of TRANSFER_RESP verifies under MPKr', or MPKi without key forking, over the message and the whole TRANSFER_INIT",
    clauses: ['rfc6043:4.2.2.3-22', 'rfc6043:4.2.1.5-15', 'rfc6043:5.5-10'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  answerRandLongEnough: {
    demand: 'RANDRi and RANDRr together are as long as the longest MPK and TGK',
    clauses: ['rfc6043:12.1-5', 'B1'],
    code: 'ERR_RAND_LENGTH',
  },
  answererAcceptable: {
    demand:
      'the answerer is the callee, or the ticket names nobody but the callee, so that the KMS vouches for the endpoint',
    clauses: ['rfc6043:4.2.2.3-13', 'W10'],
    code: 'ERR_IDENTITY',
  },
  answerNotRepeated: {
    demand: 'no answer with this modifier has been accepted before',
    clauses: ['rfc6043:12.4-1', 'W7'],
    code: 'ERR_REPLAY',
  },
  answerKemacAllowed: {
    demand: 'there is no KEMAC in TRANSFER_RESP when the M flag forbids it',
    clauses: ['rfc6043:4.2.2.3-19', 'rfc6043:6.10-43'],
    code: 'ERR_TICKET_POLICY',
  },
  answerSessionsComplete: {
    demand: 'every crypto session of the answer has exactly one policy, Session Data, and the SPI of a session key',
    clauses: ['rfc6043:4.2.2.3-4', 'rfc6043:4.2.2.3-5', 'rfc6043:4.2.2.3-6', 'rfc6043:6.1.1-5'],
    code: 'ERR_SECURITY_POLICY',
  },
  answerSecurityPolicyAcceptable: {
    demand: 'the policy chosen for each crypto session is one that was offered or is acceptable',
    clauses: ['rfc6043:4.2.2.4-1', 'rfc6043:4.2.2.4-2', 'rfc6043:6.1.1-7'],
    code: 'ERR_SECURITY_POLICY',
  },
} as const satisfies Record<string, Check>;
