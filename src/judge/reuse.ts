/**
 * Several transfers with one ticket: reuse, and group keys.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 * @see [RFC 6043, section 9](https://www.rfc-editor.org/rfc/rfc6043.html#section-9)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import { all } from '../../model/message/select.ts';
import { isForked, isGenerating } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import { ticketKey, type OpenedTicket, type Tickets } from './tickets.ts';
import { sameCsb, sameOctets, type Entry, type Transcript, type Transfer } from './transcript.ts';

/** Judges what several transfers with one ticket have to have in common, and what not. */
export function judgeReuse(bench: Bench, { transfers }: Transcript, tickets: Tickets): void {
  const groups = new Map<string, Transfer[]>();
  for (const transfer of transfers) {
    const key = ticketKey(transfer.ticket);
    groups.set(key, [...(groups.get(key) ?? []), transfer]);
  }
  for (const [key, list] of groups) judgeOne(bench, list, tickets.get(key));
}

function judgeOne(bench: Bench, transfers: readonly Transfer[], opened: OpenedTicket | undefined): void {
  const initials = [...new Set(transfers.map((transfer) => transfer.initial))];
  const isGroup = bench.vector.mode.split('-').includes('group');
  const groupKey = isGroup && opened !== undefined && holdsGroupKey(opened);
  initials.forEach((initial, index) => {
    const before = initials.slice(0, index);
    if (before.length > 0) judgeNew(bench, initial, { before, transfers, groupKey });
  });
  if (groupKey) judgeGroupRands(bench, transfers);
  else judgeNewRandr(bench, transfers);
}

/** The other half of new RANDs: that of the Responder. */
function judgeNewRandr(bench: Bench, transfers: readonly Transfer[]): void {
  transfers.forEach(({ response, responder }, index) => {
    const own = randOf(response, randRoles.RANDRr);
    const before = transfers.slice(0, index).filter((other) => other.responder === responder);
    const old = before.some((other) => {
      const rand = randOf(other.response, randRoles.RANDRr);
      return own !== undefined && rand !== undefined && sameOctets(own, rand);
    });
    if (old && response) bench.findings.error(response, 'rfc6043:5.3-4', 'its RANDRr was used before with this ticket');
  });
}

/** A key that all members share: a GTGK, or a TGK that is not forked. */
function holdsGroupKey({ ticket, sessionKeys }: OpenedTicket): boolean {
  return sessionKeys.some((key) => isGenerating(key) && !(ticket.policy.flags.I && isForked(key)));
}

/** J allows reuse; CSB ID, T and RANDRi are new (finding B2: but for the RANDs of a group key). */
function judgeNew(
  bench: Bench,
  initial: Entry,
  known: { readonly before: readonly Entry[]; readonly transfers: readonly Transfer[]; readonly groupKey: boolean },
): void {
  const { findings } = bench;
  const { before, transfers, groupKey } = known;
  const [ticket] = all(initial.message.payloads, 'TICKET');
  findings.demand(ticket?.policy.flags.J ?? true, initial, {
    clause: 'rfc6043:5.3-7',
    reason: 'the ticket was used before, though the J flag forbids that',
  });
  findings.demand(!before.some((other) => sameCsb(other, initial)), initial, {
    clause: 'rfc6043:5.3-2',
    reason: 'its CSB ID was used before with this ticket',
  });
  const stamp = timestamp(initial);
  findings.demand(!before.some((other) => stamp !== undefined && timestamp(other) === stamp), initial, {
    clause: 'rfc6043:5.3-3',
    reason: 'its timestamp was used before with this ticket',
  });
  const responders = (entry: Entry): readonly string[] =>
    transfers.filter((one) => one.initial === entry).map((one) => one.responder);
  // A group key goes to each member with the same RANDRi once; to the same member again it is a reuse.
  const repeats = before.filter(
    (other) =>
      sameRand(other, initial) && (!groupKey || responders(other).some((who) => responders(initial).includes(who))),
  );
  findings.demand(repeats.length === 0, initial, {
    clause: 'rfc6043:5.3-4',
    reason: 'its RANDRi was used before with this ticket',
  });
}

/** With a group key all transfers derive from the same RANDs: no RANDRr, and in mode `group` one RANDRi (finding B2). */
function judgeGroupRands(bench: Bench, transfers: readonly Transfer[]): void {
  const { findings, vector } = bench;
  const [first] = transfers;
  if (!first) return;
  const reused = vector.mode.endsWith('reused');
  for (const transfer of transfers.slice(1)) {
    findings.demand(reused || sameRand(first.initial, transfer.initial), transfer.initial, {
      clause: 'rfc6043:9-3',
      reason: 'RANDRi is not that of the other transfers of the group key',
    });
    const peer = transfers.find((other) => other !== transfer && sameRand(other.initial, transfer.initial));
    const own = randOf(transfer.response, randRoles.RANDRr);
    const other = randOf(peer?.response, randRoles.RANDRr);
    findings.demand(!own || !other || sameOctets(own, other), transfer.response ?? transfer.initial, {
      clause: 'rfc6043:9-3',
      reason: 'RANDRr is not that of the other transfers of the group key',
    });
  }
}

function timestamp(entry: Entry): string | undefined {
  const [T] = all(entry.message.payloads, 'T');
  return T && `${T.tsType}/${Buffer.from(T.value).toString('hex')}`;
}

function randOf(entry: Entry | undefined, role: number): Uint8Array | undefined {
  return entry && all(entry.message.payloads, 'RANDR', role)[0]?.rand;
}

function sameRand(a: Entry, b: Entry): boolean {
  const [one, other] = [randOf(a, randRoles.RANDRi), randOf(b, randRoles.RANDRi)];
  return one !== undefined && other !== undefined && sameOctets(one, other);
}
