/**
 * What a day brought a KMS.
 *
 * @module
 */
import { sumOperations, type OperationCounts } from '../run/counting.ts';
import type { Costs, ExchangeCost } from './costs.ts';
import { ticketKinds, type TicketKind } from './ticketKind.ts';

/** Minutes of a day. */
export const minutes = 1440;

/** What a KMS, or all of them together, had to do. */
export interface Load {
  /** Ticket Requests of its own users. */
  readonly requests: number;
  /** Ticket Resolves of endpoints of its own users. */
  readonly resolves: number;
  /** Ticket Resolves that another KMS asked for, because this one's users called there. */
  readonly fromOtherKms: number;
  /** Ticket Resolves that it had to ask another KMS for. */
  readonly toOtherKms: number;
  /** Messages in and out. One between two KMSs counts at both. */
  readonly messages: number;
  /** Octets of MIKEY in and out. */
  readonly octets: number;
  readonly operations: OperationCounts;
  /** Most exchanges that began in one minute. */
  readonly peakPerMinute: number;
  /** Ticket Requests in each minute of the day. */
  readonly requestsByMinute: readonly number[];
}

/** Counts what a KMS has to do. */
export class LoadCounter {
  readonly #requests = { user: 0, group: 0 };
  /** Ticket Resolves for endpoints of its own users, with tickets of its own users. */
  readonly #resolves = perKind();
  /** The same with tickets of another KMS, which has to be asked. */
  readonly #asked = perKind();
  /** Ticket Resolves for other KMSs. */
  readonly #answered = perKind();
  readonly #exchangesByMinute = new Uint32Array(minutes);
  readonly #requestsByMinute = new Uint32Array(minutes);

  /** A Ticket Request. @param at - seconds since midnight */
  request(at: number, ticketFor: 'user' | 'group'): void {
    this.#requests[ticketFor] += 1;
    count(this.#requestsByMinute, at);
    count(this.#exchangesByMinute, at);
  }

  /** A Ticket Resolve of an endpoint. @param foreign - whether another KMS has to be asked */
  resolve(at: number, { kind, foreign }: { readonly kind: TicketKind; readonly foreign: boolean }): void {
    if (foreign) this.#asked[kind] += 1;
    else this.#resolves[kind] += 1;
    count(this.#exchangesByMinute, at);
  }

  /** A Ticket Resolve of another KMS. */
  resolveForKms(at: number, kind: TicketKind): void {
    this.#answered[kind] += 1;
    count(this.#exchangesByMinute, at);
  }

  /** The load at the end of the day, with what each exchange costs. */
  load(costs: Costs): Load {
    const priced: readonly (readonly [number, ExchangeCost])[] = [
      ...(['user', 'group'] as const).map((kind) => [this.#requests[kind], costs.request[kind]] as const),
      ...ticketKinds.flatMap((kind) => [
        [this.#resolves[kind], costs.resolve[kind]] as const,
        [this.#asked[kind], costs.ask[kind]] as const,
        [this.#answered[kind], costs.answer[kind]] as const,
      ]),
    ];
    const total = (of: 'messages' | 'octets'): number =>
      priced.reduce((sum, [times, cost]) => sum + times * cost[of], 0);
    return {
      requests: this.#requests.user + this.#requests.group,
      resolves: totalOf(this.#resolves) + totalOf(this.#asked),
      fromOtherKms: totalOf(this.#answered),
      toOtherKms: totalOf(this.#asked),
      messages: total('messages'),
      octets: total('octets'),
      operations: sumOperations(priced.map(([times, { operations }]) => [times, operations])),
      peakPerMinute: peakOf(this.#exchangesByMinute),
      requestsByMinute: [...this.#requestsByMinute],
    };
  }

  /** All counters as if they were one KMS. */
  static together(counters: readonly LoadCounter[]): LoadCounter {
    const all = new LoadCounter();
    for (const one of counters) {
      for (const kind of ['user', 'group'] as const) all.#requests[kind] += one.#requests[kind];
      for (const kind of ticketKinds) {
        all.#resolves[kind] += one.#resolves[kind];
        all.#asked[kind] += one.#asked[kind];
        all.#answered[kind] += one.#answered[kind];
      }
      for (let minute = 0; minute < minutes; minute += 1) {
        all.#exchangesByMinute[minute] = (all.#exchangesByMinute[minute] ?? 0) + (one.#exchangesByMinute[minute] ?? 0);
        all.#requestsByMinute[minute] = (all.#requestsByMinute[minute] ?? 0) + (one.#requestsByMinute[minute] ?? 0);
      }
    }
    return all;
  }
}

/** A counter for each kind of ticket. */
function perKind(): Record<TicketKind, number> {
  return { user: 0, group: 0, own: 0, 'own group': 0 };
}

function totalOf(counts: Readonly<Record<TicketKind, number>>): number {
  return ticketKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

function count(byMinute: Uint32Array, at: number): void {
  const minute = Math.min(minutes - 1, Math.floor(at / 60));
  byMinute[minute] = (byMinute[minute] ?? 0) + 1;
}

function peakOf(byMinute: Uint32Array): number {
  return byMinute.reduce((peak, value) => Math.max(peak, value), 0);
}
