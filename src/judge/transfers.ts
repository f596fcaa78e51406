/**
 * Ticket Transfer: the answers, and the keys that both sides end with.
 *
 * @module
 * @see [RFC 6043, section 4.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import { forkKey, type Modifier } from '../../model/keys/forkedKeys.ts';
import { messageAuthKey, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { responseCoverage } from '../../model/message/coverage.ts';
import type { KeyDataPayload, SpPayload } from '../../model/message/payload.ts';
import { all, lastV, optional } from '../../model/message/select.ts';
import { isForked } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import { judgeRands } from './keyRules.ts';
import { judgeAnswerModifier, resolvedModifier } from './modifiers.ts';
import { judgeOffer, type JudgedOffer } from './offers.ts';
import { judgeSessions, type DerivedSession } from './sessions.ts';
import { judgeSuppliedKeys } from './suppliedKeys.ts';
import { ticketKey, type OpenedTicket, type Tickets } from './tickets.ts';
import type { Entry, Transcript, Transfer } from './transcript.ts';

/** What a responder and the Initiator hold after an exchange, recomputed. */
export interface Leg {
  readonly transfer: Transfer;
  readonly responder: string;
  /** Index of the message after which they hold it. */
  readonly index: number;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: Uint8Array | undefined;
  /** All session keys: of the ticket, forked where they are, and those that were supplied, the newest last. */
  readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
  /** How many of them did not come with the ticket. */
  readonly supplied: number;
  /** Sessions of the last map. */
  readonly sessions: readonly DerivedSession[];
  /** Sessions of earlier maps that the last one does not name: they go on (rfc3830:4.5-6). */
  readonly others: readonly DerivedSession[];
  readonly policies: readonly SpPayload<Uint8Array>[];
  /** What the keys of the last message of the transfer derive from: CSB updates use them again (finding A19). */
  readonly input: MessageKeyInput<Uint8Array>;
}

/** Judges all transfers; those that came to keys come back with them. */
export function judgeTransfers(bench: Bench, { transfers, resolves }: Transcript, tickets: Tickets): readonly Leg[] {
  const offers = new Map<Entry, JudgedOffer | undefined>();
  return transfers.flatMap((transfer) => {
    const opened = tickets.get(ticketKey(transfer.ticket));
    if (!opened) return [];
    const { initial } = transfer;
    if (!offers.has(initial)) {
      const mine = resolves.filter((resolve) =>
        all(resolve.initial.message.payloads, 'TICKET').some(
          (ticket) =>
            ticketKey(ticket) === ticketKey(transfer.ticket) &&
            bench.A.equal(ticket.initiatorData, transfer.ticket.initiatorData),
        ),
      );
      offers.set(initial, judgeOffer(bench, transfer, { opened, resolves: mine }));
    }
    judgePresence(bench, transfer, resolves.length > 0);
    const offer = offers.get(initial);
    if (!offer) return [];
    const { response } = transfer;
    const leg = response
      ? bench.attempt(response, 'rfc6043:4.2.2-2', () => judgeAnswer(bench, transfer, { response, opened, offer }))
      : bench.attempt(initial, 'rfc6043:6.10-21', () => judgeUnanswered(bench, transfer, { opened, offer }));
    return leg ? [leg] : [];
  });
}

/** What E and F demand. */
function judgePresence(
  bench: Bench,
  { initial, response, resolve, responder, ticket }: Transfer,
  someResolve: boolean,
): void {
  const { findings, vector } = bench;
  const { flags } = ticket.policy;
  const takesPart = response !== undefined || !flags.F;
  if (flags.E && !resolve && takesPart) {
    const reason = `${responder} did not resolve the ticket, though the E flag demands it`;
    // A vector of a reuse may leave out what happened at the first use (finding B10).
    const earlier = vector.mode.includes('reused') && !someResolve;
    if (earlier) findings.warning(response ?? initial, 'rfc6043:6.10-17', reason);
    else findings.error(response ?? initial, 'rfc6043:6.10-17', reason);
  }
  if (!response && resolve && flags.F) {
    findings.warning(initial, 'B6', `${responder} resolved the ticket and did not answer`);
  }
  if (response && !flags.F) {
    findings.error(response, 'rfc6043:6.10-21', 'TRANSFER_RESP was sent, though the F flag forbids it');
  }
}

/** F = 0: both sides use the keys after TRANSFER_INIT alone. Under key forking there is no TGK then (rfc6043:6.10-9). */
function judgeUnanswered(
  bench: Bench,
  transfer: Transfer,
  { opened, offer }: { readonly opened: OpenedTicket; readonly offer: JudgedOffer },
): Leg | undefined {
  const { A } = bench;
  const { initial, ticket, resolve, responder } = transfer;
  const { flags, prfFunc } = ticket.policy;
  if (flags.F) return undefined;
  const modifier = flags.I ? resolvedModifier(resolve?.response) : undefined;
  const MPKr = modifier && forkKey(A, prfFunc, { inkey: opened.MPKr, as: "MPKr'", modifier });
  const sessionKeys = [...forked(bench, opened, modifier), ...offer.supplied];
  const { input, supplied } = offer;
  const rands = { RANDRi: input.RANDRi, RANDRr: undefined };
  const after = judgeSessions(bench, { initial, response: undefined }, { sessionKeys, flags, ...rands, policies: [] });
  const index = resolve?.response?.index ?? initial.index;
  return { transfer, responder, index, MPKr, sessionKeys, supplied: supplied.length, ...after, others: [], input };
}

function judgeAnswer(
  bench: Bench,
  transfer: Transfer,
  known: { readonly response: Entry; readonly opened: OpenedTicket; readonly offer: JudgedOffer },
): Leg | undefined {
  const { A, findings } = bench;
  const { initial, responder, ticket } = transfer;
  const { response, opened, offer } = known;
  const { flags, prfFunc } = ticket.policy;
  const { payloads } = response.message;
  const modifier = judgeAnswerModifier(bench, transfer, response);
  if (flags.I && !modifier) return undefined;
  const { RANDRi } = offer.input;
  const RANDRr = optional(payloads, 'RANDR', randRoles.RANDRr)?.rand;
  findings.demand(flags.G === (RANDRr !== undefined), response, {
    clause: flags.G ? 'rfc6043:6.10-23' : 'rfc6043:6.10-24',
    reason: flags.G ? 'RANDRr is missing' : 'RANDRr is there, though the G flag forbids it',
  });
  const MPKr = modifier && forkKey(A, prfFunc, { inkey: opened.MPKr, as: "MPKr'", modifier });
  const input = { ...offer.input, inkey: MPKr ?? opened.MPKi, direction: 'response', RANDRr } as const;
  bench.keyInputs.set(response.index, input);
  const V = lastV(payloads);
  const data = responseCoverage(A, response.message, initial.message);
  const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), { data });
  bench.same(V.mac, mac, { subject: response, clause: 'rfc6043:5.5-10', name: 'the MAC in V' });
  const held = [...forked(bench, opened, modifier), ...offer.supplied];
  const own = judgeSuppliedKeys(bench, response, {
    input,
    allowed: flags.M,
    clause: 'rfc6043:4.2.2.3-19',
    held,
  });
  const sessionKeys = [...held, ...own];
  if (flags.G) {
    judgeRands(bench, response, { rands: [RANDRi, RANDRr], mpks: [opened.MPKi, MPKr], sessionKeys });
  }
  const after = judgeSessions(bench, { initial, response }, { sessionKeys, flags, RANDRi, RANDRr, policies: [] });
  const supplied = offer.supplied.length + own.length;
  return { transfer, responder, index: response.index, MPKr, sessionKeys, supplied, ...after, others: [], input };
}

/** The session keys of a ticket, TGKs forked; TEKs and GTGKs never are (rfc6043:5.1.1-2). */
function forked(
  { A }: Bench,
  { sessionKeys, ticket }: OpenedTicket,
  modifier: Modifier<Uint8Array> | undefined,
): readonly KeyDataPayload<Uint8Array>[] {
  const { prfFunc } = ticket.policy;
  return sessionKeys.map((key) =>
    modifier && isForked(key) ? { ...key, key: forkKey(A, prfFunc, { inkey: key.key, as: "TGK'", modifier }) } : key,
  );
}
