/**
 * The messages of a vector, decoded and put in their places: exchanges, transfers, forks.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import type { Message } from '../../model/message/message.ts';
import type { TicketPayload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { dataTypes } from '../../spec/registry/header.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import { decode } from '../wire/codec.ts';
import type { Findings, Subject } from './findings.ts';
import type { JudgedVector } from './vectorFile.ts';

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

/** A transfer to one endpoint. */
export interface Transfer {
  readonly initial: Entry;
  readonly ticket: TicketPayload<Uint8Array>;
  /** The Ticket Resolve of this endpoint for this ticket; undefined if there is none. */
  readonly resolve: Exchange | undefined;
  readonly response: Entry | undefined;
  /** The responder: the `from` of its TRANSFER_RESP, or of its RESOLVE_INIT. */
  readonly responder: string;
}

/** A vector, sorted. */
export interface Transcript {
  readonly entries: readonly Entry[];
  readonly requests: readonly Exchange[];
  readonly resolves: readonly Exchange[];
  readonly transfers: readonly Transfer[];
}

/** Decodes and sorts the messages of a vector. */
export function readTranscript(vector: JudgedVector, findings: Findings): Transcript {
  const entries = vector.messages.flatMap((listed, index) => decodeEntry(listed, { index, findings }));
  const requests = exchanges(entries, 'REQUEST', findings);
  const resolves = exchanges(entries, 'RESOLVE', findings);
  for (const entry of entries) {
    if (entry.type.endsWith('_PK')) findings.error(entry, 'rfc6043:4.2.1.3-1', 'public-key messages are not judged');
    if (entry.type === 'Error') findings.error(entry, 'rfc6043:5.4-1', 'Error messages are not judged');
  }
  return { entries, requests, resolves, transfers: transfers({ entries, resolves }, findings) };
}

function decodeEntry(
  listed: JudgedVector['messages'][number],
  { index, findings }: { readonly index: number; readonly findings: Findings },
): readonly Entry[] {
  const octets = Uint8Array.from(Buffer.from(listed.hex, 'hex'));
  const subject = { index, type: listed.type };
  try {
    const { message } = decode('Message', octets);
    const type = nameOf(dataTypes, message.header.dataType);
    findings.demand(type === listed.type, subject, {
      clause: 'rfc6043:6.1-1',
      reason: `data type ${message.header.dataType} is ${type ?? 'not registered'}, listed as ${listed.type}`,
    });
    return [{ ...subject, from: listed.from, to: listed.to, octets, message }];
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    const where = `offset ${error.offset ?? '?'}${error.path === undefined ? '' : `, ${error.path}`}`;
    findings.error(subject, error.clause ?? 'rfc3830:6', `malformed at ${where}: ${error.message}`);
    return [];
  }
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}

function sameCsb(a: Entry, b: Entry): boolean {
  return sameOctets(a.message.header.csbId, b.message.header.csbId);
}

/** Pairs initial messages and responses by CSB ID and party. */
function exchanges(entries: readonly Entry[], name: 'REQUEST' | 'RESOLVE', findings: Findings): readonly Exchange[] {
  const responses = entries.filter((entry) => entry.type === `${name}_RESP`);
  const paired = new Set<Entry>();
  const found = entries
    .filter((entry) => entry.type === `${name}_INIT_PSK`)
    .map((initial): Exchange => {
      const response = responses.find(
        (entry) =>
          entry.index > initial.index && entry.to === initial.from && sameCsb(entry, initial) && !paired.has(entry),
      );
      // About the whole vector, not about the initial message: nothing is wrong with that.
      const subject = { index: undefined, type: `${initial.type} (message ${initial.index})` };
      const clause = name === 'REQUEST' ? 'rfc6043:4.2.1.4-2' : 'rfc6043:4.2.3.4-1';
      if (response) paired.add(response);
      else findings.error(subject, clause, 'it has no response');
      return { initial, response };
    });
  for (const response of responses.filter((entry) => !paired.has(entry))) {
    const clause = name === 'REQUEST' ? 'rfc6043:4.2.1.5-1' : 'rfc6043:4.2.3.5-1';
    findings.error(response, clause, 'no initial message before it has its CSB ID');
  }
  return found;
}

/** Sorts transfers by endpoint: who answered, or at least resolved the ticket. */
function transfers(
  { entries, resolves }: Pick<Transcript, 'entries' | 'resolves'>,
  findings: Findings,
): readonly Transfer[] {
  const initials = new Map<string, Entry>();
  for (const entry of entries.filter((candidate) => candidate.type === 'TRANSFER_INIT')) {
    initials.set(Buffer.from(entry.octets).toString('latin1'), entry);
  }
  const distinct = [...initials.values()].toSorted((a, b) => a.index - b.index);
  const found = distinct.flatMap((initial) => transfersOf(initial, { entries, resolves }, findings));
  for (const entry of entries.filter((candidate) => candidate.type === 'TRANSFER_RESP')) {
    if (!distinct.some((initial) => sameCsb(initial, entry))) {
      findings.error(entry, 'rfc6043:4.2.2.3-1', 'no TRANSFER_INIT has its CSB ID');
    }
  }
  return found;
}

function transfersOf(
  initial: Entry,
  { entries, resolves }: Pick<Transcript, 'entries' | 'resolves'>,
  findings: Findings,
): readonly Transfer[] {
  const [ticket, ...more] = all(initial.message.payloads, 'TICKET');
  if (!ticket || more.length > 0) {
    findings.error(
      initial,
      'rfc6043:4.2.2-1',
      ticket ? 'it has several tickets' : 'without TICKET it is a CSB update, which is not judged',
    );
    return [];
  }
  const responses = entries.filter((entry) => entry.type === 'TRANSFER_RESP' && sameCsb(entry, initial));
  const resolvedBy = (who: string): Exchange | undefined =>
    resolves.findLast((resolve) => {
      const [resolved] = all(resolve.initial.message.payloads, 'TICKET');
      return (
        resolve.initial.from === who && resolved !== undefined && sameOctets(resolved.ticketData, ticket.ticketData)
      );
    });
  const answered = responses.map((response): Transfer => ({
    initial,
    ticket,
    response,
    responder: response.from,
    resolve: resolvedBy(response.from),
  }));
  const silent = resolves
    .filter((resolve) => sameTicket(resolve, ticket) && !responses.some((entry) => entry.from === resolve.initial.from))
    .map((resolve): Transfer => ({ initial, ticket, resolve, response: undefined, responder: resolve.initial.from }));
  return [...answered, ...silent];
}

/** Whether a resolve concerns this very transfer: the ticket is the same, Initiator Data included. */
function sameTicket(resolve: Exchange, ticket: TicketPayload<Uint8Array>): boolean {
  const [resolved] = all(resolve.initial.message.payloads, 'TICKET');
  return (
    resolved !== undefined &&
    sameOctets(resolved.ticketData, ticket.ticketData) &&
    sameOctets(resolved.initiatorData, ticket.initiatorData)
  );
}
