/**
 * Who may do what: the ticket's validity and owner, and what only a KMS knows, where the vector tells it in `context`.
 *
 * @module
 * @see [RFC 6043, section 12.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.5)
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import type { Identity } from '../../model/message/identity.ts';
import { all, optional } from '../../model/message/select.ts';
import { readTpData, type TpData } from '../../model/policy/tpData.ts';
import type { Bench } from './bench.ts';
import { carried, type Subject } from './findings.ts';
import { identityOf } from './kmsExchanges.ts';
import { matches, mayResolve, textOf } from './members.ts';
import { keyNames } from './secrets.ts';
import { ticketKey, type OpenedTicket, type Tickets } from './tickets.ts';
import { timeOf } from './times.ts';
import type { Entry, Resolve, Transcript, Transfer } from './transcript.ts';

/** Judges who requests, makes, uses and resolves tickets. */
export function judgeAuthority(bench: Bench, transcript: Transcript, tickets: Tickets): void {
  for (const { initial } of transcript.requests) judgeRequester(bench, initial);
  const used = new Set<string>();
  const seen = new Set<Entry>();
  for (const transfer of transcript.transfers) {
    if (seen.has(transfer.initial)) continue;
    seen.add(transfer.initial);
    const key = ticketKey(transfer.ticket);
    const resolves = transcript.resolves.filter((resolve) =>
      all(resolve.initial.message.payloads, 'TICKET').some((one) => ticketKey(one) === key),
    );
    judgeUse(bench, transfer, { opened: tickets.get(key), first: !used.has(key), resolves });
    used.add(key);
  }
  for (const resolve of transcript.resolves) judgeResolver(bench, resolve);
}

/** Who asks may ask; and the wanted policy names its requester, else somebody else's name gets into the ticket (weakness W3). */
function judgeRequester(bench: Bench, initial: Entry): void {
  bench.attempt(initial, 'rfc6043:4.2.1.4-1', () => {
    const asked = optional(initial.message.payloads, 'TP');
    const IDRi = asked && optional(asked.policy.tpData, 'IDR', idRoles.IDRi);
    const requester = identityOf(initial, idRoles.IDRi, initial.from);
    const { mayRequest } = bench.vector.context ?? {};
    bench.findings.demand(mayRequest?.includes(textOf(requester)) ?? true, initial, {
      clause: 'rfc6043:4.2.1.4-1',
      reason: `${textOf(requester)} has no right to tickets`,
    });
    if (IDRi && !bench.A.equal(IDRi.data, requester.data)) {
      bench.findings.warning(initial, 'W3', 'TP Data names another initiator than the requester');
    }
  });
}

/** A ticket is used in time and, under key forking or by its maker, in the name that it holds. */
function judgeUse(
  bench: Bench,
  { initial, ticket, responder }: Transfer,
  options: {
    readonly opened: OpenedTicket | undefined;
    readonly first: boolean;
    readonly resolves: readonly Resolve[];
  },
): void {
  const { A, findings, vector } = bench;
  bench.attempt(initial, 'rfc6043:6.10-51', () => {
    const { flags, tpData } = ticket.policy;
    const data = readTpData(A, tpData);
    judgeValidity(bench, initial, data);
    const sender = identityOf(initial, idRoles.IDRi, initial.from);
    const subject = carried(
      initial,
      options.resolves.map((resolve) => resolve.initial),
    );
    if (!data.IDRi) findings.warning(initial, 'W3', 'TP Data does not name the Initiator');
    else if (!flags.D && options.first) judgeMaker(bench, subject, { IDRi: data.IDRi, sender, opened: options.opened });
    // Without key forking, members of a group pass a ticket on (finding B4).
    else if (flags.I && !A.equal(data.IDRi.data, sender.data))
      findings.error(initial, 'B4', 'IDRi is not the owner of the ticket');
    if (!flags.E && !mayResolve(bench, data.IDRr, responder)) {
      findings.error(initial, 'rfc6043:6.10-69', `${responder} is none of the responders that the ticket names`);
    }
    judgeMakersKey(bench, subject, { isOurs: flags.D, opened: options.opened });
    const { mayCreate } = vector.context ?? {};
    const maker = textOf(data.IDRi ?? sender);
    findings.demand(flags.D || !mayCreate || mayCreate.includes(maker), subject, {
      clause: 'rfc6043:4.1-3',
      reason: `${maker} has no right to make tickets`,
    });
  });
}

/** Who made a ticket is who it names, and who owns the key that seals it (weakness W4). */
function judgeMaker(
  bench: Bench,
  subject: Subject,
  known: {
    readonly IDRi: Identity<Uint8Array>;
    readonly sender: Identity<Uint8Array>;
    readonly opened: OpenedTicket | undefined;
  },
): void {
  const { A, findings } = bench;
  const { IDRi, sender, opened } = known;
  findings.demand(A.equal(IDRi.data, sender.data), subject, {
    clause: 'W4',
    reason: 'IDRi of TP Data is not the Initiator that made the ticket',
  });
  const owner = ownerOf(bench, opened);
  findings.demand(owner === undefined || owner === textOf(IDRi), subject, {
    clause: 'W4',
    reason: 'IDRi of TP Data is not the owner of the key that seals the ticket',
  });
}

/** A ticket that a user's key seals was not made by the KMS. */
function judgeMakersKey(
  bench: Bench,
  subject: Subject,
  { isOurs, opened }: { readonly isOurs: boolean; readonly opened: OpenedTicket | undefined },
): void {
  const owner = ownerOf(bench, opened);
  bench.findings.demand(!isOurs || owner === undefined, subject, {
    clause: 'rfc6043:6.10-15',
    reason: `D = 1 says that the KMS made the ticket, but its key is that of ${owner}`,
  });
}

/** Whose key seals a ticket, if the vector tells it. */
function ownerOf({ vector }: Bench, opened: OpenedTicket | undefined): string | undefined {
  const owners = vector.context?.owners ?? {};
  const name = (opened?.IDRpsk ? keyNames(opened.IDRpsk) : []).find((one) => Object.hasOwn(owners, one));
  return name === undefined ? undefined : owners[name];
}

/** A resolver belongs to the ticket, and a KMS speaks to a KMS that it has an agreement with, for its own users. */
function judgeResolver(bench: Bench, { initial, betweenKmss }: Resolve): void {
  const { findings, vector } = bench;
  const { agreements, realms } = vector.context ?? {};
  bench.attempt(initial, 'rfc6043:4.2.3-13', () => {
    const [ticket] = all(initial.message.payloads, 'TICKET');
    if (!ticket) return;
    const data = readTpData(bench.A, ticket.policy.tpData);
    judgeValidity(bench, initial, data);
    const IDRr = textOf(identityOf(initial, idRoles.IDRr, initial.from));
    findings.demand(mayResolve(bench, data.IDRr, IDRr), initial, {
      clause: 'rfc6043:12.5-1',
      reason: `${IDRr} is none of the responders that the ticket names, and in none of its groups`,
    });
    if (!betweenKmss) return;
    const agreed = agreements?.some((pair) => pair.includes(initial.from) && pair.includes(initial.to)) ?? true;
    findings.demand(agreed, initial, {
      clause: 'rfc6043:10-1',
      reason: `${initial.from} and ${initial.to} have no agreement`,
    });
    const patterns = realms && (Object.hasOwn(realms, initial.from) ? realms[initial.from] : []);
    const own = patterns?.some((pattern) => matches(pattern, IDRr)) ?? true;
    findings.demand(own, initial, { clause: 'W19', reason: `${IDRr} is no user of ${initial.from}` });
  });
}

function judgeValidity(bench: Bench, entry: Entry, data: TpData<Uint8Array>): void {
  const at = timeOf(bench, entry);
  if (at === undefined) return;
  const valid = (data.TRs === undefined || data.TRs <= at) && (data.TRe === undefined || at <= data.TRe);
  bench.findings.demand(valid, entry, {
    clause: 'rfc6043:6.10-57',
    reason: 'the ticket is not valid at its timestamp',
  });
}
