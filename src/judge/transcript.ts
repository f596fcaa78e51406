/**
 * What a vector consists of: messages in their places, as exchanges, transfers, forks, updates and errors.
 *
 * @module
 */
import type { Message } from '../../model/message/message.ts';
import type { TicketPayload } from '../../model/message/payload.ts';
import type { Subject } from './findings.ts';

/** A decoded message. */
export interface Entry extends Subject {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly octets: Uint8Array;
  readonly message: Message<Uint8Array>;
}

/** An initial message with its response. */
export interface Exchange {
  readonly initial: Entry;
  readonly response: Entry | undefined;
}

/** A Ticket Resolve. */
export interface Resolve extends Exchange {
  /** Whether a KMS asks another KMS. */
  readonly betweenKmss: boolean;
  /** The exchange that this one forwards, if there is one. */
  readonly of: Exchange | undefined;
}

/** A transfer to one endpoint. */
export interface Transfer {
  /** TRANSFER_INIT, where it is listed first. */
  readonly initial: Entry;
  readonly ticket: TicketPayload<Uint8Array>;
  /** The Ticket Resolve of this endpoint for this ticket, the last one before it answers; undefined if there is none. */
  readonly resolve: Exchange | undefined;
  readonly response: Entry | undefined;
  /** The responder: the `from` of its TRANSFER_RESP or of its RESOLVE_INIT, or the `to` of TRANSFER_INIT. */
  readonly responder: string;
}

/** A CSB update after a transfer. */
export interface Update extends Exchange {
  readonly base: Transfer;
  readonly startedBy: 'initiator' | 'responder';
}

/** An Error message, and the message that it is about. */
export interface ErrorReport {
  readonly entry: Entry;
  readonly about: Entry | undefined;
}

/** A vector, sorted. */
export interface Transcript {
  readonly entries: readonly Entry[];
  readonly requests: readonly Exchange[];
  readonly resolves: readonly Resolve[];
  readonly transfers: readonly Transfer[];
  readonly updates: readonly Update[];
  readonly errors: readonly ErrorReport[];
}

/** What two entries have in common of which one is a copy of the other. */
export function copyKey(entry: Entry): string {
  return `${entry.to}\n${Buffer.from(entry.octets).toString('latin1')}`;
}

/** Whether two octet strings are the same. Not in constant time: vectors hold no secrets. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}

/** Whether two messages have the same CSB ID. */
export function sameCsb(a: Entry, b: Entry): boolean {
  return sameOctets(a.message.header.csbId, b.message.header.csbId);
}

/** Whether two TICKET payloads hold the same Ticket Data. */
export function sameTicketData(a: TicketPayload<Uint8Array>, b: TicketPayload<Uint8Array>): boolean {
  return sameOctets(a.ticketData, b.ticketData);
}
