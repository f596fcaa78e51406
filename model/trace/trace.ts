/**
 * One value for one run: who sent which message to whom, what each machine did, and what each party holds at the end.
 * Sequence diagrams, the knowledge matrix, captures and vectors are views of it.
 *
 * @module
 */
import type { Instant } from '../algebra/algebra.ts';
import type { Message } from '../message/message.ts';

/** What a party is in the run. */
export type PartyRole = 'initiator' | 'responder' | 'kms' | 'proxy';

/** Someone who takes part. */
export interface Party {
  /** Short unique name, such as `alice` or `bob-phone`. */
  readonly name: string;
  readonly role: PartyRole;
  /** Identity as in ID Data, such as `sip:alice@example.com`. The proxy's is a SIP URI that no message carries. */
  readonly identity: string;
}

/** A message on its way over one hop. */
export interface TracedMessage<B> {
  /** Position in the run, from 0. */
  readonly index: number;
  /** The name of the data type, such as `TRANSFER_INIT`. */
  readonly type: string;
  /** Name of the sending party of this hop. */
  readonly from: string;
  /** Name of the receiving party of this hop. */
  readonly to: string;
  /** The exchange that it belongs to. */
  readonly exchange: 'Ticket Request' | 'Ticket Transfer' | 'Ticket Resolve';
  /** When it was sent, by the sender's clock. */
  readonly at: Instant;
  /** The message as sent. */
  readonly octets: B;
  readonly message: Message<B>;
  /** The call that it belongs to, from 0, in the order of their set-up; absent: none. */
  readonly call?: number;
  /** Whether it belongs to a CSB update of that call. */
  readonly update?: boolean;
  /** What the network did to it on this hop; absent: nothing, it arrived once and as sent. */
  readonly fate?: Fate;
}

/** What can happen to a message on its way: it is lost, arrives changed, or several times. */
export type Fate = 'lost' | 'changed' | 'repeated';

/** A check that a party made. */
export interface TracedCheck {
  /** Name in the catalogue of checks. */
  readonly name: string;
  readonly holds: boolean;
}

/** One event that a machine took. */
export interface TracedStep {
  readonly party: string;
  /** The event's type, such as `RESOLVE_RESP`. */
  readonly event: string;
  /** Index of the message that the event carried, if it carried one. */
  readonly message?: number;
  /** State before. */
  readonly from: string;
  /** State after. */
  readonly to: string;
  /** The checks made in between, in order. */
  readonly checks: readonly TracedCheck[];
  /** Code and text of the rejection, if the step ended in one. */
  readonly rejection?: { readonly code: string; readonly check?: string; readonly reason: string };
}

/** A secret of the run, by its name in the RFC and whom or what it belongs to. */
export interface Secret<B> {
  /** Unique in the run, such as `PSK(alice)`, `MPKr'(bob-phone)`, `TEK1(bob-phone)`. */
  readonly name: string;
  /** What kind of key: `PSK`, `TPK`, `MPK`, `MPKi`, `MPKr`, `TGK`, `MPKr'`, `TGK'`, `TEK`, `SALT`. */
  readonly kind: string;
  readonly value: B;
  /** Number of the ticket that it is in or comes from, from 0; undefined for what was shared before. */
  readonly ticket?: number;
  /** Label of the exchange that it belongs to: {@link Agreement.responder}. */
  readonly exchange?: string;
  /** Whether it is, or comes from, a key that key forking makes unique. */
  readonly forked?: boolean;
}

/** Keys that one side ended with, per crypto session. */
export interface SessionKeys<B> {
  /** CS ID. */
  readonly csId: number;
  readonly tek: B;
  readonly salt: B;
  /** SPI (MKI) of the key it was derived from. */
  readonly spi: B;
}

/** What one side of a finished call ended with. */
export interface Agreement<B> {
  /** Name of the party that holds this. */
  readonly party: string;
  /**
   * The exchange, named after the answering endpoint: `bob-phone`, or `bob-phone#2` if it is the second of several that this endpoint had in
   * the run. The same on both sides.
   */
  readonly responder: string;
  /** Name of the answering endpoint. */
  readonly device: string;
  /** Name of the party that calls. */
  readonly caller: string;
  /** Number of the ticket that was used, from 0. */
  readonly ticket: number;
  /** Name of the KMS that asked the issuing KMS for the answering endpoint; undefined if there was none. */
  readonly forwarder: string | undefined;
  /** Whether the session keys come from forked TGKs alone. */
  readonly forked: boolean;
  /** Whether salts came with the keys, which key forking leaves as they are (finding C3). */
  readonly carriedSalt: boolean;
  /** The identity of the other side, as verified by the protocol. */
  readonly peerIdentity: string;
  /** The MPKr' (or MPKr without forking none) that protects the TRANSFER_RESP; null if key forking is off. */
  readonly mpkr: B | null;
  /** The TGKs in use: forked if key forking is on. */
  readonly tgks: readonly B[];
  /** Those of them that come from the ticket. */
  readonly ticketTgks: readonly B[];
  /** The GTGKs in use. */
  readonly gtgks: readonly B[];
  /** Session keys that one side brought in this exchange; `forked`: under a key that only this endpoint has. */
  readonly supplied: readonly { readonly value: B; readonly forked: boolean }[];
  readonly sessions: readonly SessionKeys<B>[];
  /** Whether it is an update of an earlier exchange, whose forked keys go on. */
  readonly update: boolean;
  /** CS IDs of those sessions whose keys are new with this exchange: all of them, but in an update. */
  readonly newSessions: readonly number[];
}

/** A statement about the run and whether it held. */
export interface Verdict {
  /** Name of the claim, such as `forks-have-different-keys`. */
  readonly claim: string;
  /** What it says, one sentence. */
  readonly text: string;
  readonly holds: boolean;
}

/** One run. */
export interface Trace<B> {
  /** MODE of the command line, such as `standard`. */
  readonly mode: string;
  /** One line for a person, such as `standard, 2 forks, PRF-HMAC-SHA-256`. */
  readonly title: string;
  readonly parties: readonly Party[];
  readonly messages: readonly TracedMessage<B>[];
  readonly steps: readonly TracedStep[];
  /** All secrets of the run, in the order of the key hierarchy. */
  readonly secrets: readonly Secret<B>[];
  /** What each party was given before the run, by party name: names of secrets. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  /** Both sides of each finished call. */
  readonly agreements: readonly Agreement<B>[];
  /** The tickets of the run. */
  readonly tickets: readonly TracedTicket[];
  /** Whether each call came out as the scenario says. */
  readonly asExpected: boolean;
}

/** A ticket of the run, and who has to do with it. */
export interface TracedTicket {
  /** Name of the party that requested or made it. */
  readonly owner: string;
  /** Names of the parties that hold the TPK which seals it. */
  readonly keyHolders: readonly string[];
  /** Whether key forking is used. */
  readonly forking: boolean;
  /** Names of the endpoints that came to its keys, and of the KMSs that asked for them. */
  readonly resolvers: readonly string[];
  /** Flags as in the ticket. */
  readonly flags: string;
}
