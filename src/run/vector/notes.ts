/**
 * What the flags of vectors mean: features of what is to be accepted, and kinds of faults of what is to be turned down.
 *
 * @module
 * @see docs/vectors.md
 */

/** One note. */
export interface Note {
  /** What kind of bug a product has that gets such a vector wrong. */
  readonly bugType: string;
  readonly description: string;
  readonly clause?: string;
}

function note(bugType: string, description: string, clause: string): Note {
  return { bugType, description, clause };
}

/** Features: a product that lacks one leaves out its vectors. */
const features = {
  Sha1Suite: note('BASIC', 'PRF-HMAC-SHA-1, AES-CM-128, HMAC-SHA-1-160.', 'rfc6043:12.1-9'),
  Sha256Suite: note('BASIC', 'PRF-HMAC-SHA-256, AES-CM-256, HMAC-SHA-256-256.', 'rfc6043:12.1-10'),
  KeyForking: note('BASIC', 'Each endpoint that answers gets keys of its own.', 'rfc6043:5.1.1-4'),
  NoKeyForking: note('FEATURE', 'I = 0: all who resolve the ticket have the same keys.', 'rfc6043:6.10-28'),
  NoResponse: note('FEATURE', 'F = 0: there is no TRANSFER_RESP.', 'rfc6043:6.10-21'),
  NoResponderRand: note('FEATURE', 'G = 0: there is no RANDRr in session keys.', 'rfc6043:6.10-24'),
  NoInitiatorRand: note('FEATURE', 'H = 0: RANDRi takes no part in session keys.', 'rfc6043:6.10-27'),
  CarriedSalt: note('FEATURE', 'The salt comes with the key and is not derived.', 'rfc6043:5.1.3-6'),
  CarriedTek: note('FEATURE', 'The ticket brings a TEK, from which nothing is derived.', 'rfc6043:5.1.3-4'),
  GroupKey: note('FEATURE', 'The ticket brings a GTGK, which is never forked.', 'rfc6043:5.1.1-2'),
  SeveralStreams: note('FEATURE', 'More than one pair of crypto sessions.', 'rfc6043:6.1.1-1'),
  ReusedTicket: note('FEATURE', 'A ticket is used for more than one call.', 'rfc6043:5.3-1'),
  GroupTicket: note('FEATURE', 'The ticket names a group.', 'rfc6043:9-1'),
  DecentralisedGroup: note('FEATURE', 'Who resolved a group ticket calls other members with it.', 'rfc6043:9-1'),
  SelfMadeTicket: note('FEATURE', 'D = 0: the Initiator made the ticket.', 'rfc6043:4.1.1-3'),
  ResponderOpensTicket: note('FEATURE', 'E = 0: the Responder has the TPK.', 'rfc6043:6.10-18'),
  TwoKms: note('FEATURE', 'A KMS asks another one to resolve the ticket.', 'rfc6043:10-7'),
  PublicKey: note('FEATURE', 'REQUEST_INIT_PK and RESOLVE_INIT_PK.', 'rfc6043:4.2.1.3-8'),
  ThreeGppTicket: note(
    'CAN_OF_WORMS',
    '3GPP base ticket with the layout of the MIKEY base ticket, subtype and version 1: an assumption.',
    'rfc6043:11-8',
  ),
} as const satisfies Record<string, Note>;

/** Faults: what somebody did to the message that is to be turned down. */
const faults = {
  Truncated: note('PARSING', 'Octets are missing at the end.', 'rfc6043:5.4-1'),
  TrailingOctets: note('PARSING', 'Octets are left over after the last payload.', 'rfc6043:5.4-1'),
  MissingPayload: note('MISSING_STEP', 'A mandatory payload is left out; the MAC holds.', 'rfc6043:4.2.2-1'),
  DuplicatePayload: note(
    'CAN_OF_WORMS',
    'A payload stands there twice, so that two readers may read two different ones; the MAC holds.',
    'rfc6043:4.2.2-1',
  ),
  ModifiedMessage: note('AUTH_BYPASS', 'The message was changed on the way: its MAC does not hold.', 'rfc6043:5.5-1'),
  UnknownKey: note('AUTH_BYPASS', 'A message or ticket names a key that nobody shares.', 'rfc6043:4.2.1.2-5'),
  NullMac: note('AUTH_BYPASS', 'V has the NULL algorithm: anybody can have made it.', 'rfc6043:12.1-11'),
  NullEncryption: note('CONFIDENTIALITY', 'Keys travel under NULL encryption.', 'rfc6043:12.1-11'),
  MixedStrength: note('WEAK_PARAMS', 'An algorithm is weaker than the others of the run.', 'rfc6043:12.1-11'),
  UnknownAlgorithm: note('PARSING', 'A number that stands for no algorithm.', 'rfc6043:6.1-6'),
  Replay: note('MISSING_STEP', 'A genuine message comes a second time.', 'rfc6043:12.4-1'),
  StaleTimestamp: note(
    'MISSING_STEP',
    'The timestamp is further from the clock than clocks may be apart.',
    'rfc3830:5.4-4',
  ),
  CounterTimestamp: note(
    'WEAK_PARAMS',
    'The timestamp is a COUNTER or of whole seconds: it may repeat, and with it an initialization vector.',
    'C2',
  ),
  WrongHeader: note(
    'MISSING_STEP',
    'The header does not repeat what it has to of the initial message.',
    'rfc6043:4.2.2.3-1',
  ),
  WrongMap: note('MISSING_STEP', 'CS ID map type or map are not those of the message.', 'rfc6043:6.1-10'),
  WrongIdentity: note('AUTH_BYPASS', 'Somebody speaks in the name of another; the MAC holds.', 'rfc6043:4.2.1-4'),
  ShortRand: note('WEAK_PARAMS', 'A RAND is shorter than the keys that it is to make unique.', 'rfc6043:12.1-5'),
  ShortKey: note('WEAK_PARAMS', 'A key has less than 128 bits.', 'rfc6043:12.1-4'),
  IllegalFlags: note('MISSING_STEP', 'The flags of the Ticket Policy break an implication.', 'rfc6043:6.10-9'),
  ReservedBits: note('PARSING', 'A reserved bit is set.', 'rfc6043:6.10-48'),
  UnsupportedTicket: note('PARSING', 'Ticket Type, subtype or version are none that is known.', 'rfc6043:6.10-13'),
  WidenedPolicy: note('AUTH_BYPASS', 'The Ticket Policy was changed under the MAC of the ticket.', 'rfc6043:A.1-12'),
  NotAskedFor: note(
    'MISSING_STEP',
    'The KMS grants another policy than the one that was asked for.',
    'rfc6043:4.2.1.6-3',
  ),
  WantedKeys: note('MISSING_STEP', 'The keys or times that are asked for make no sense.', 'rfc6043:6.10-57'),
  ForgedMaker: note('AUTH_BYPASS', 'A self-made ticket says that somebody else made it.', 'W4'),
  MakerWithoutRight: note('AUTH_BYPASS', 'A ticket was made by a user that may make none.', 'rfc6043:4.1-3'),
  NotValidNow: note('MISSING_STEP', 'The ticket is valid no more, or not yet.', 'rfc6043:6.10-57'),
  ForbiddenReuse: note('MISSING_STEP', 'A ticket with J = 0 is used a second time.', 'rfc6043:5.3-7'),
  NotAuthorized: note('AUTH_BYPASS', 'Who asks is none of those that the ticket is for.', 'rfc6043:6.10-69'),
  ForeignKms: note('AUTH_BYPASS', 'A KMS asks another one without the right to.', 'rfc6043:10-1'),
  BadTicket: note('MISSING_STEP', 'A ticket with valid MAC that lacks what tickets need.', 'rfc6043:A.1-8'),
  InitiatorData: note('AUTH_BYPASS', 'Vi and Vr do not show that the owner of the ticket calls.', 'rfc6043:6.10-77'),
  KemacNotAllowed: note('MISSING_STEP', 'A party supplies keys though L or M forbid it.', 'rfc6043:6.10-40'),
  BadKeyData: note('MISSING_STEP', 'A KEMAC does not hold the keys that it must hold.', 'rfc6043:4.2.1.5-16'),
  BadModifier: note('MISSING_STEP', 'IDRr or RANDRkms are missing, or not those of the KMS.', 'rfc6043:4.2.2.3-14'),
  BadRandr: note('MISSING_STEP', 'RANDRr is missing with G = 1, or there with G = 0.', 'rfc6043:6.10-23'),
  BadSecurityPolicy: note(
    'MISSING_STEP',
    'A crypto session has no acceptable SP, or is not complete.',
    'rfc6043:4.2.2.4-1',
  ),
  BelowStrictProfile: note(
    'WEAK_PARAMS',
    'Legal, but less than the strict profile of this product demands; others may accept it.',
    'rfc6043:12.4-5',
  ),
  BadUpdate: note('AUTH_BYPASS', 'A CSB update that may be a reflection, or brings what it must not.', 'rfc6043:5.2-4'),
  BadCertificate: note('AUTH_BYPASS', 'The certificates are not those of the sender.', 'rfc6043:4.2.1.3-5'),
  BadEnvelope: note('MISSING_STEP', 'PKE is not what the KMS can take.', 'rfc6043:4.2.1.3-6'),
  BadErrorMessage: note('AUTH_BYPASS', 'An Error message that does not come from the peer.', 'rfc6043:5.4-17'),
} as const satisfies Record<string, Note>;

/** All notes by the names of their flags. */
export const notes = { ...features, ...faults } as const satisfies Record<string, Note>;

/** The name of a flag. */
export type NoteName = keyof typeof notes;
