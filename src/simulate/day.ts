/**
 * A day of calls, call by call: who needs a new ticket, and who has to resolve one.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3), reuse
 * @see [RFC 6043, section 9](https://www.rfc-editor.org/rfc/rfc6043.html#section-9), groups
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10), several KMSs
 */
import type { Call } from './calls.ts';
import type { Costs } from './costs.ts';
import { LoadCounter, type Load } from './load.ts';
import type { Caching, Features } from './parameters.ts';
import type { Population } from './population.ts';
import { kindOf } from './ticketKind.ts';

/** What is done with tickets on a day. */
export interface Rules {
  readonly features: Features;
  /** How long a ticket can be used, in seconds. */
  readonly validity: number;
  readonly caching: Caching;
}

/** What a day brought. */
export interface DayLoad {
  /** All KMSs together. */
  readonly total: Load;
  /** Each KMS. */
  readonly perKms: readonly Load[];
  /** Tickets that Initiators made themselves. */
  readonly ownTickets: number;
  /** Ticket Transfers: one for each user that is called, to all of its endpoints. */
  readonly transfers: number;
}

/** A ticket that a caller holds. */
interface Ticket {
  /** Second of the day up to which it can be used. */
  readonly until: number;
  readonly forGroup: boolean;
  /** Whether the caller made it itself. */
  readonly own: boolean;
  /** Users whose endpoints have resolved it. */
  readonly resolvedBy: Set<number>;
}

/** Lets a day pass. @param calls - in the order of time */
export function runDay(
  { population, calls }: { readonly population: Population; readonly calls: readonly Call[] },
  rules: Rules,
  costs: Costs,
): DayLoad {
  const { features, validity, caching } = rules;
  const { kmsOf, groupsOf, members } = population;
  const counters = Array.from({ length: population.kmss }, () => new LoadCounter());
  const counterOf = (user: number): LoadCounter => counters[kmsOf(user)] as LoadCounter;
  const forUser = new Map<number, Ticket>();
  const forGroup = new Map<number, Ticket>();
  const isMember = members.map((group) => new Set(group));
  const userKey = (caller: number, callee: number): number => caller * population.users + callee;
  const groupKey = (caller: number, group: number): number => caller * members.length + group;
  let [ownTickets, transfers] = [0, 0];

  for (const { at, caller, to } of calls) {
    if ('user' in to) callUser(caller, to.user, at);
    else callGroup(caller, to.group, at);
  }
  return {
    total: LoadCounter.together(counters).load(costs),
    perKms: counters.map((counter) => counter.load(costs)),
    ownTickets,
    transfers,
  };

  function callUser(caller: number, callee: number, at: number): void {
    const held = heldFor(caller, callee, at);
    const ticket = held ?? newTicket(caller, false, at);
    if (!held && features.reuse) forUser.set(userKey(caller, callee), ticket);
    transfer(caller, callee, { ticket, at });
  }

  /** Without group tickets, a call to a group takes a ticket for each other member. */
  function callGroup(caller: number, group: number, at: number): void {
    const callees = (members[group] ?? []).filter((member) => member !== caller);
    const held = features.reuse ? valid(forGroup.get(groupKey(caller, group)), at) : undefined;
    const covered = !features.group || callees.every((callee) => heldFor(caller, callee, at) !== undefined);
    if (!held && covered) {
      for (const callee of callees) callUser(caller, callee, at);
      return;
    }
    const ticket = held ?? newTicket(caller, true, at);
    if (!held && features.reuse) forGroup.set(groupKey(caller, group), ticket);
    for (const callee of callees) transfer(caller, callee, { ticket, at });
  }

  /** A ticket that the caller holds and that covers the callee: for the callee alone, before one for a group with the callee in it. */
  function heldFor(caller: number, callee: number, at: number): Ticket | undefined {
    if (!features.reuse) return undefined;
    const own = valid(forUser.get(userKey(caller, callee)), at);
    if (own || !features.group) return own;
    for (const group of groupsOf[caller] ?? []) {
      const ticket = isMember[group]?.has(callee) ? valid(forGroup.get(groupKey(caller, group)), at) : undefined;
      if (ticket) return ticket;
    }
    return undefined;
  }

  function newTicket(caller: number, forGroup: boolean, at: number): Ticket {
    const own = features.own && population.mayCreate(caller);
    if (own) ownTickets += 1;
    else counterOf(caller).request(at, forGroup ? 'group' : 'user');
    return { until: at + validity, forGroup, own, resolvedBy: new Set() };
  }

  /** Every endpoint of the callee resolves, whether or not it answers, unless it may rely on having done so. */
  function transfer(caller: number, callee: number, use: { readonly ticket: Ticket; readonly at: number }): void {
    const { ticket, at } = use;
    transfers += 1;
    const mayCache = caching === 'always' || (caching === 'strict' && !ticket.forGroup);
    if (mayCache && ticket.resolvedBy.has(callee)) return;
    ticket.resolvedBy.add(callee);
    const foreign = kmsOf(caller) !== kmsOf(callee);
    const kind = kindOf(ticket);
    for (let device = 0; device < population.devicesOf(callee); device += 1) {
      counterOf(callee).resolve(at, { kind, foreign });
      if (foreign) counterOf(caller).resolveForKms(at, kind);
    }
  }
}

function valid(ticket: Ticket | undefined, at: number): Ticket | undefined {
  return ticket && at <= ticket.until ? ticket : undefined;
}
