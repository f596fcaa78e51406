/**
 * What a day brought a KMS.
 *
 * @module
 */
import { sumOperations, type OperationCounts } from '../run/counting.ts';
import type { Costs } from './costs.ts';

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
  #requests = 0;
  #resolves = 0;
  #fromOtherKms = 0;
  #toOtherKms = 0;
  readonly #exchangesByMinute = new Uint32Array(minutes);
  readonly #requestsByMinute = new Uint32Array(minutes);

  /** A Ticket Request. @param at - seconds since midnight */
  request(at: number): void {
    this.#requests += 1;
    count(this.#requestsByMinute, at);
    count(this.#exchangesByMinute, at);
  }

  /** A Ticket Resolve of an endpoint. @param foreign - whether another KMS has to be asked */
  resolve(at: number, foreign: boolean): void {
    this.#resolves += 1;
    if (foreign) this.#toOtherKms += 1;
    count(this.#exchangesByMinute, at);
  }

  /** A Ticket Resolve of another KMS. */
  resolveForKms(at: number): void {
    this.#fromOtherKms += 1;
    count(this.#exchangesByMinute, at);
  }

  /** The load at the end of the day, with what each exchange costs. */
  load(costs: Costs): Load {
    const answered = this.#resolves + this.#fromOtherKms;
    // Asking another KMS is an exchange of its own on the wire. What it costs to protect it is not known (RFC 6043, section 10), so no
    // operation is counted for the KMS that asks.
    const exchanged = answered + this.#toOtherKms;
    return {
      requests: this.#requests,
      resolves: this.#resolves,
      fromOtherKms: this.#fromOtherKms,
      toOtherKms: this.#toOtherKms,
      messages: this.#requests * costs.request.messages + exchanged * costs.resolve.messages,
      octets: this.#requests * costs.request.octets + exchanged * costs.resolve.octets,
      operations: sumOperations([
        [this.#requests, costs.request.operations],
        [answered, costs.resolve.operations],
      ]),
      peakPerMinute: peakOf(this.#exchangesByMinute),
      requestsByMinute: [...this.#requestsByMinute],
    };
  }

  /** All counters as if they were one KMS. */
  static together(counters: readonly LoadCounter[]): LoadCounter {
    const all = new LoadCounter();
    for (const one of counters) {
      all.#requests += one.#requests;
      all.#resolves += one.#resolves;
      all.#fromOtherKms += one.#fromOtherKms;
      all.#toOtherKms += one.#toOtherKms;
      for (let minute = 0; minute < minutes; minute += 1) {
        all.#exchangesByMinute[minute] = (all.#exchangesByMinute[minute] ?? 0) + (one.#exchangesByMinute[minute] ?? 0);
        all.#requestsByMinute[minute] = (all.#requestsByMinute[minute] ?? 0) + (one.#requestsByMinute[minute] ?? 0);
      }
    }
    return all;
  }
}

function count(byMinute: Uint32Array, at: number): void {
  const minute = Math.min(minutes - 1, Math.floor(at / 60));
  byMinute[minute] = (byMinute[minute] ?? 0) + 1;
}

function peakOf(byMinute: Uint32Array): number {
  return byMinute.reduce((peak, value) => Math.max(peak, value), 0);
}
