/**
 * The policy of a KMS beyond the Ticket Policy of each ticket: system rules, rules about users, groups, partners. Plain data.
 *
 * A user keeps a local policy of the same shape, for the tickets that it makes itself. Identities are texts and are compared as they
 * stand (finding A6); patterns are described in `identityPattern.ts`. All times are in seconds, all key lengths in octets.
 *
 * Statements: rfc6043:12.1-1, -4; rfc6043:12.4-5.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import type { Suite } from '../keys/suite.ts';
import type { FlagName } from '../message/ticketFlags.ts';

/** Rules that hold for every ticket. */
export interface SystemRules {
  /** Allowed algorithms. */
  readonly suites: readonly Suite['name'][];
  /** Length of session keys, in octets. Never below 16 (rfc6043:12.1-4). */
  readonly keyLength: { readonly smallest: number; readonly longest: number };
  /** Flag I. */
  readonly keyForking: 'mandatory' | 'allowed' | 'forbidden';
  /** Flag F: TRANSFER_RESP. */
  readonly response: 'mandatory' | 'optional';
  /** Flag G: RANDRr in the session keys. */
  readonly RANDRr: 'mandatory' | 'optional';
  /** Flag H: RANDRi in the session keys. */
  readonly RANDRi: 'mandatory' | 'optional';
  /** How far from now a ticket may end at most, in seconds. */
  readonly longestValidity: number;
  /** Longest TRr, in seconds, and the TRr of a ticket that was asked for without one; undefined: TRr is the user's affair. */
  readonly longestRekeying?: number | undefined;
  /** Whether J may be set. */
  readonly reuse: boolean;
  /** Whether L and M may be set in tickets that the KMS makes. A ticket that a user makes has L by the RFC (rfc6043:6.10-2). */
  readonly suppliedKeys: { readonly initiator: boolean; readonly responder: boolean };
  /** Whether somebody may call, or answer, a call of its own (weakness W21). */
  readonly selfCalls: boolean;
}

/** What tickets a user may make itself. */
export interface CreationRule {
  /** Flags that may be set in such a ticket. */
  readonly flags: readonly FlagName[];
  /** From TRs to TRe, in seconds. */
  readonly longestValidity: number;
}

/** What a user may do. The most specific pattern that fits an identity decides; rules are not merged. */
export interface UserRule {
  /** Pattern of the identities that the rule is about. */
  readonly user: string;
  /** Further identities of the one user that the rule names; none if `user` is a pattern. */
  readonly speaksFor: readonly string[];
  /** Identities of devices that are endpoints of the one user that the rule names; none if `user` is a pattern. */
  readonly devices: readonly string[];
  /** Whether it may ask the KMS for tickets. */
  readonly mayRequest: boolean;
  /** The tickets that it may make itself (mode 3); undefined: none. */
  readonly mayCreate?: CreationRule | undefined;
  /** Patterns of identities, also those of groups, that it may name as responders. */
  readonly mayCall: readonly string[];
  /** Patterns of application IDs. */
  readonly applications: readonly string[];
  /** Whether its media must, may or must not be protected by keys of this KMS. */
  readonly secureConnection: 'required' | 'allowed' | 'forbidden';
}

/** A group: who may resolve a ticket that names it, as of now. */
export interface Group {
  /** What IDRr says. Taken as it stands, also with a `*`. */
  readonly identity: string;
  /** Patterns of identities; also users of a partner. Groups do not nest. */
  readonly members: readonly string[];
}

/** Another KMS. */
export interface PartnerRule {
  /** IDRkms of the partner. */
  readonly kms: string;
  /** Patterns of the identities for which it may speak. */
  readonly realm: readonly string[];
  /** Whether there is an agreement: without, nothing is resolved for it. */
  readonly agreement: boolean;
}

/** The policy of a KMS. */
export interface KmsPolicy {
  readonly system: SystemRules;
  readonly users: readonly UserRule[];
  readonly groups: readonly Group[];
  readonly partners: readonly PartnerRule[];
}

/** System rules where nothing else is said: 256-bit algorithms, key forking as RFC 6043 prefers it (rfc6043:12.4-5), eight hours. */
export const strictSystem: SystemRules = {
  suites: ['sha256'],
  keyLength: { smallest: 16, longest: 32 },
  keyForking: 'mandatory',
  response: 'mandatory',
  RANDRr: 'mandatory',
  RANDRi: 'mandatory',
  longestValidity: 8 * 3600,
  reuse: false,
  suppliedKeys: { initiator: false, responder: false },
  selfCalls: false,
};

/** What a rule about a user says where it says nothing: no tickets, nobody to call; but every application. */
export const strictUser: Omit<UserRule, 'user'> = {
  speaksFor: [],
  devices: [],
  mayRequest: false,
  mayCall: [],
  applications: ['*'],
  secureConnection: 'required',
};

/** Nobody may do anything. */
export const strictPolicy: KmsPolicy = { system: strictSystem, users: [], groups: [], partners: [] };
