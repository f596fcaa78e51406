/**
 * Which TRANSFER_RESP answers which TRANSFER_INIT, who resolved the ticket for it, and which exchanges are CSB updates.
 *
 * @module
 */
import type { TicketPayload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { carried, type Findings } from './findings.ts';
import {
  sameCsb,
  sameOctets,
  sameTicketData,
  type Entry,
  type Resolve,
  type Transfer,
  type Update,
} from './transcript.ts';

/** A TRANSFER_INIT that opens a session, with its answers. */
interface Opening {
  readonly initial: Entry;
  readonly ticket: TicketPayload<Uint8Array>;
}

/** Which responses belong to which initial message. */
type Answers = ReadonlyMap<Entry, readonly Entry[]>;

/** Sorts transfers by endpoint, and CSB updates by the transfer that they follow. */
export function pairTransfers(
  entries: readonly Entry[],
  resolves: readonly Resolve[],
  findings: Findings,
): { readonly transfers: readonly Transfer[]; readonly updates: readonly Update[] } {
  const initials = entries.filter((entry) => entry.type === 'TRANSFER_INIT');
  const openings = openingsOf(initials, findings);
  const followUps = initials.filter((entry) => all(entry.message.payloads, 'TICKET').length === 0);
  const answers = pairAnswers(entries, { openings, followUps }, findings);
  const direct = resolves.filter((resolve) => !resolve.betweenKmss);
  const transfers: Transfer[] = [];
  for (const opening of openings)
    transfers.push(...transfersOf(opening, { openings, answers, resolves: direct, before: transfers }));
  const updates = followUps.flatMap((initial) => {
    const found = updateOf(initial, { transfers, response: answers.get(initial)?.[0] });
    if (!found)
      findings.error(initial, 'rfc6043:5.2-6', 'it has no TICKET, and follows no Ticket Transfer of its CSB ID');
    return found ? [found] : [];
  });
  return { transfers, updates };
}

/** The different messages that open a session; the same octets to several endpoints are one message. */
function openingsOf(initials: readonly Entry[], findings: Findings): readonly Opening[] {
  const found: Opening[] = [];
  for (const initial of initials) {
    const [ticket, ...more] = all(initial.message.payloads, 'TICKET');
    if (!ticket || found.some((opening) => sameOctets(opening.initial.octets, initial.octets))) continue;
    if (more.length > 0) findings.error(initial, 'rfc6043:4.2.2-1', 'it has several tickets');
    else {
      const copies = initials.filter((other) => sameOctets(other.octets, initial.octets));
      found.push({ initial: carried(initial, copies), ticket });
    }
  }
  return found;
}

function pairAnswers(
  entries: readonly Entry[],
  { openings, followUps }: { readonly openings: readonly Opening[]; readonly followUps: readonly Entry[] },
  findings: Findings,
): Answers {
  const answers = new Map<Entry, Entry[]>();
  const updates = new Set(followUps);
  const initials = [...openings.map((opening) => opening.initial), ...followUps].toSorted((a, b) => b.index - a.index);
  for (const response of entries.filter((entry) => entry.type === 'TRANSFER_RESP')) {
    const possible = initials.filter((initial) => initial.index < response.index && sameCsb(initial, response));
    if (possible.length === 0)
      findings.error(response, 'rfc6043:4.2.2.3-1', 'no TRANSFER_INIT before it has its CSB ID');
    const open = possible.filter((initial) =>
      updates.has(initial)
        ? !answers.has(initial)
        : !answers.get(initial)?.some((other) => other.from === response.from),
    );
    const back = open.filter((initial) => initial.from === response.to);
    const chosen =
      back.find((initial) => updates.has(initial) && initial.to === response.from) ??
      back.find((initial) => !updates.has(initial)) ??
      open.find((initial) => !updates.has(initial)) ??
      open[0];
    if (chosen) answers.set(chosen, [...(answers.get(chosen) ?? []), response]);
    else if (possible.length > 0) findings.error(response, 'W7', `${response.from} has answered already`);
  }
  return answers;
}

/** The endpoints that one opening reached, as far as they show. */
function transfersOf(
  { initial, ticket }: Opening,
  known: {
    readonly openings: readonly Opening[];
    readonly answers: Answers;
    readonly resolves: readonly Resolve[];
    readonly before: readonly Transfer[];
  },
): readonly Transfer[] {
  const responses = known.answers.get(initial) ?? [];
  const mine = known.resolves.filter((resolve) => {
    const resolved = ticketOf(resolve);
    return resolved !== undefined && sameTicketData(resolved, ticket);
  });
  const answered = responses.map((response): Transfer => {
    const own = mine.filter(
      (resolve) => resolve.initial.from === response.from && resolve.initial.index < response.index,
    );
    const exact = own.findLast((resolve) => concerns(resolve, ticket));
    return { initial, ticket, response, responder: response.from, resolve: exact ?? own.at(-1) };
  });
  const isAnswered = (who: string): boolean =>
    [...known.answers.values()].flat().some((response) => response.from === who && sameCsb(response, initial));
  const silent = mine
    .filter((resolve) => concerns(resolve, ticket) && !isAnswered(resolve.initial.from))
    .filter((resolve) => openingOf(resolve, known) === initial)
    .map((resolve): Transfer => ({ initial, ticket, resolve, response: undefined, responder: resolve.initial.from }));
  const found = [
    ...answered,
    ...silent.filter((one, index) => silent.findIndex((other) => other.responder === one.responder) === index),
  ];
  if (found.length > 0) return found;
  // Nobody shows: those who took the ticket at an earlier transfer to the same identity, or that identity itself.
  const earlier = known.before.filter((one) => sameTicketData(one.ticket, ticket) && one.initial.to === initial.to);
  const names =
    ticket.policy.flags.F || earlier.length === 0 ? [initial.to] : [...new Set(earlier.map((one) => one.responder))];
  return names.map((responder) => {
    const resolve = mine.findLast((one) => one.initial.from === responder && one.initial.index < initial.index);
    return { initial, ticket, resolve, response: undefined, responder };
  });
}

/** The opening that an endpoint resolved for: one that was addressed to it, else the last one before. */
function openingOf(
  resolve: Resolve,
  { openings, answers }: { readonly openings: readonly Opening[]; readonly answers: Answers },
): Entry | undefined {
  const ticket = ticketOf(resolve);
  const possible = openings
    .filter((opening) => opening.initial.index < resolve.initial.index && concerns(resolve, opening.ticket))
    .filter((opening) => !ticket || sameTicketData(opening.ticket, ticket))
    .map((opening) => opening.initial);
  const own = possible.findLast((initial) => initial.to === resolve.initial.from);
  const answered = possible.find((initial) =>
    answers.get(initial)?.some((entry) => entry.from === resolve.initial.from),
  );
  return own ?? answered ?? possible.at(-1);
}

function ticketOf(resolve: Resolve): TicketPayload<Uint8Array> | undefined {
  return all(resolve.initial.message.payloads, 'TICKET')[0];
}

/** Whether a resolve concerns this very transfer: the ticket is the same, Initiator Data included. */
function concerns(resolve: Resolve, ticket: TicketPayload<Uint8Array>): boolean {
  const resolved = ticketOf(resolve);
  return (
    resolved !== undefined &&
    sameTicketData(resolved, ticket) &&
    sameOctets(resolved.initiatorData, ticket.initiatorData)
  );
}

/** The transfer that an update follows: the one with its other party. */
function updateOf(
  initial: Entry,
  { transfers, response }: { readonly transfers: readonly Transfer[]; readonly response: Entry | undefined },
): Update | undefined {
  const bases = transfers.filter((one) => one.initial.index < initial.index && sameCsb(one.initial, initial));
  const byResponder = bases.find((one) => one.responder === initial.from);
  if (byResponder) return { initial, response, base: byResponder, startedBy: 'responder' };
  const toResponder =
    bases.find((one) => one.responder === (response?.from ?? initial.to)) ??
    (bases.length === 1 ? bases[0] : undefined);
  return toResponder && { initial, response, base: toResponder, startedBy: 'initiator' };
}
