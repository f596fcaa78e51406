/**
 * The checks of the Ticket Resolve exchange: those of the KMS on RESOLVE_INIT and on the ticket in it, and those of the
 * Responder on RESOLVE_RESP and, with the keys at hand, on the TRANSFER_INIT that waited.
 *
 * @module
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import type { Check } from './check.ts';

/** Checks made in the Ticket Resolve exchange, in the order in which they are made. */
export const resolveChecks = {
  // The KMS, before it looks for any key.
  resolveMapEmpty: {
    demand: 'RESOLVE_INIT has #CS = 0 and the Empty map',
    clauses: ['rfc6043:4.2.3.1-8', 'rfc6043:4.2.3.1-7', 'rfc6043:4.2.3.1-6'],
    code: 'ERR_MALFORMED',
  },
  resolveTimestampFresh: {
    demand: 'the timestamp of RESOLVE_INIT is a time within the clock skew',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  resolveAlgorithmsMatch: {
    demand: 'PRF of HDR, PRF of the Ticket Policy and Auth alg of V are of one strength',
    clauses: ['rfc6043:12.1-11', 'rfc6043:12.1-10'],
    code: 'ERR_ALGORITHM_MIX',
  },
  resolveNamesThisKms: {
    demand: 'IDRkms of RESOLVE_INIT, if there, is this KMS',
    clauses: ['rfc6043:4.2.3.1-9', 'rfc6043:4.2.3.1-10'],
    code: 'ERR_IDENTITY',
  },
  // The KMS, with the key at hand.
  resolverKnown: {
    demand: 'the pre-shared key that RESOLVE_INIT names is known',
    clauses: ['rfc6043:4.2.3.2-5', 'rfc6043:4.2.3.2-3'],
    code: 'ERR_AUTH_FAILED',
  },
  resolverKeyStrong: {
    demand: 'the pre-shared key has 128 bits or more, 256 bits for 256-bit algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-11'],
    code: 'ERR_KEY_LENGTH',
  },
  resolveMacValid: {
    demand: 'V of RESOLVE_INIT verifies over the message, Identity_r and Identity_kms',
    clauses: ['rfc6043:4.2.3.2-6', 'rfc6043:4.2.3-8', 'rfc6043:5.5-11'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  resolverOwnsIdentity: {
    demand: 'IDRr of RESOLVE_INIT belongs to the owner of the pre-shared key',
    clauses: ['rfc6043:4.2.3-8'],
    code: 'ERR_IDENTITY',
  },
  resolveRandLongEnough: {
    demand: 'RANDRr of RESOLVE_INIT is as long as the pre-shared key or envelope key',
    clauses: ['rfc6043:12.1-5', 'B1'],
    code: 'ERR_RAND_LENGTH',
  },
  resolveNotReplayed: {
    demand: 'RESOLVE_INIT has not been seen before',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-3'],
    code: 'ERR_REPLAY',
  },
  ticketTypeSupported: {
    demand: 'Ticket Type, subtype and version are supported',
    clauses: ['rfc6043:6.10-13', 'rfc6043:6.10-12'],
    code: 'ERR_TICKET',
  },
  ticketKeyKnown: {
    demand: 'the TPK that the ticket names is known',
    clauses: ['rfc6043:A.1-9', 'rfc6043:A-3'],
    code: 'ERR_TICKET',
  },
  ticketMacValid: {
    demand: 'V of the Ticket Data verifies over the TICKET payload',
    clauses: ['rfc6043:A.1-12', 'rfc6043:A-3', 'rfc6043:11-4'],
    code: 'ERR_TICKET',
  },
  ticketAlgorithmsMatch: {
    demand:
      'V and KEMAC of the Ticket Data use algorithms of the strength of the Ticket Policy PRF; the KEMAC has a NULL MAC',
    clauses: ['rfc6043:A.1-4', 'rfc6043:12.1-11'],
    code: 'ERR_ALGORITHM_MIX',
  },
  ticketRandLongEnough: {
    demand: 'RAND of the Ticket Data is as long as the longer of TPK and MPK',
    clauses: ['rfc6043:12.1-7'],
    code: 'ERR_RAND_LENGTH',
  },
  ticketKeysComplete: {
    demand: 'the KEMAC of the ticket holds one MPK, then the session keys, each with an SPI of its own',
    clauses: ['rfc6043:A.1-8', 'rfc6043:6.2.1-3', 'B15'],
    code: 'ERR_KEY_DATA',
  },
  ticketKeysStrong: {
    demand: 'every key in the ticket has 128 bits or more, and fits the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  ticketFlagsLegal: {
    demand: 'the flags of the ticket obey the implications',
    clauses: ['rfc6043:6.10-9', 'B10'],
    code: 'ERR_TICKET_POLICY',
  },
  ticketMakerMatchesKey: {
    demand: 'the D flag says who made the ticket, as its TPK says: the KMS, or the user that shares the TPK',
    clauses: ['rfc6043:6.10-15', 'W4'],
    code: 'ERR_TICKET_POLICY',
  },
  ticketMakerOwnsIdentity: {
    demand: 'IDRi in TP Data of a ticket that a user made is an identity of that user',
    clauses: ['rfc6043:6.10-53', 'W4'],
    code: 'ERR_IDENTITY',
  },
  ticketMakerAuthorized: {
    demand: 'the user may make such a ticket: policy allows it, with these flags, keys and validity period',
    clauses: ['rfc6043:4.1.1-3', 'rfc6043:12.1-1'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  ticketNamesThisKms: {
    demand: 'IDRkms in TP Data, if there, is this KMS',
    clauses: ['rfc6043:6.10-52'],
    code: 'ERR_TICKET',
  },
  ticketValidNow: {
    demand: 'now lies inside the validity period of the ticket',
    clauses: ['rfc6043:6.10-57', 'rfc6043:6.10-55'],
    code: 'ERR_TICKET_EXPIRED',
  },
  resolverAuthorized: {
    demand: 'the ticket names the resolver, or somebody for whom the resolver is an endpoint',
    clauses: ['rfc6043:4.2.3-13', 'rfc6043:6.10-69', 'rfc6043:4.2.3.4-1'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  initiatorDataValid: {
    demand: 'with key forking, Initiator Data is Vi and Vr, and Vr verifies under MPKr',
    clauses: ['rfc6043:4.2.3.4-2', 'rfc6043:6.10-77', 'rfc6043:6.10-78', 'C5'],
    code: 'ERR_TICKET',
  },
  // A KMS that gets the request of a partner KMS, or passes one on.
  partnerSpeaksForResolver: {
    demand: 'the KMS that asks has an agreement with this one, and IDRr is one of its own users',
    clauses: ['rfc6043:10-1', 'W19'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  resolveNotForwardedTwice: {
    demand: 'a ticket that a partner KMS sends is for this KMS: it is not passed on again',
    clauses: ['rfc6043:10-7', 'W19'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  partnerKnown: {
    demand: 'there is an agreement with the KMS that the ticket names, and a key shared with it',
    clauses: ['rfc6043:10-1', 'rfc6043:10-7'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  foreignResolverAuthorized: {
    demand: 'policy lets the resolver have the keys of a ticket of another KMS that names it',
    clauses: ['rfc6043:4.2.3-13', 'rfc6043:12.5-1', 'W19'],
    code: 'ERR_NOT_AUTHORIZED',
  },
  // The Responder.
  resolveRespHeaderEchoed: {
    demand: 'RESOLVE_RESP repeats version, PRF func, CSB ID and the Empty map of RESOLVE_INIT',
    clauses: ['rfc6043:4.2.3.5-1'],
    code: 'ERR_HEADER',
  },
  resolveRespTimestampFresh: {
    demand: 'the timestamp of RESOLVE_RESP is a time within the clock skew',
    clauses: ['rfc6043:4.2.3.5-4', 'rfc3830:5.4-4'],
    code: 'ERR_TIMESTAMP',
  },
  resolveRespFromAskedKms: {
    demand: 'IDRkms of RESOLVE_RESP, if there, is the KMS that was asked',
    clauses: ['rfc6043:4.2.3-6'],
    code: 'ERR_IDENTITY',
  },
  resolveRespMacValid: {
    demand: 'V of RESOLVE_RESP verifies over the message and the whole RESOLVE_INIT',
    clauses: ['rfc6043:4.2.3.5-23', 'rfc6043:5.5-12'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  resolveRespAlgorithmsMatch: {
    demand: 'V and KEMAC of RESOLVE_RESP use algorithms of the strength that was asked for; the KEMAC has a NULL MAC',
    clauses: ['rfc6043:4.2.3.5-6', 'rfc6043:12.1-11'],
    code: 'ERR_ALGORITHM_MIX',
  },
  resolvedKeysComplete: {
    demand: "the KEMAC holds MPKi, with key forking also MPKr', then the session keys, each with an SPI of its own",
    clauses: ['rfc6043:4.2.3.5-11', 'rfc6043:4.2.3.5-10', 'rfc6043:4.2.3.5-12', 'rfc6043:6.2.1-3', 'B15'],
    code: 'ERR_KEY_DATA',
  },
  resolvedKeysStrong: {
    demand: 'every key has 128 bits or more, and fits the strength of the algorithms',
    clauses: ['rfc6043:12.1-4', 'rfc6043:12.1-12'],
    code: 'ERR_KEY_LENGTH',
  },
  resolvedModifierPresent: {
    demand: "with key forking RESOLVE_RESP has IDRr and RANDRkms, the latter as long as the longest MPKr' and TGK'",
    clauses: ['rfc6043:4.2.3.5-16', 'rfc6043:12.1-6'],
    code: 'ERR_MISSING_PAYLOAD',
  },
  resolvedIdentityMine: {
    demand: 'IDRr of RESOLVE_RESP, if there, is an identity of this endpoint',
    clauses: ['rfc6043:4.2.3.5-17', 'rfc6043:4.2.3.5-19'],
    code: 'ERR_IDENTITY',
  },
  offerMacValid: {
    demand: 'V of TRANSFER_INIT verifies under MPKi over the message, Identity_i and Identity_r',
    clauses: ['rfc6043:4.2.3.6-1', 'rfc6043:4.2.2.1-15', 'rfc6043:5.5-9'],
    code: 'ERR_AUTH_FAILED',
  },
  viEqualsV: {
    demand: 'with key forking, the MAC in Vi is the MAC in V of TRANSFER_INIT',
    clauses: ['rfc6043:4.2.3.6-2', 'C5', 'W20'],
    code: 'ERR_AUTH_FAILED',
  },
  offerRandLongEnough: {
    demand: 'RANDRi, with RANDRr where there is one, is as long as the longest MPK and TGK',
    clauses: ['rfc6043:12.1-5', 'B1'],
    code: 'ERR_RAND_LENGTH',
  },
  offerNotReplayed: {
    demand: 'TRANSFER_INIT has not been seen before by this endpoint',
    clauses: ['rfc6043:12.4-1', 'rfc3830:5.4-3', 'W7'],
    code: 'ERR_REPLAY',
  },
} as const satisfies Record<string, Check>;
