/**
 * Limits how many messages of one sender are heard. It looks at nothing but where a message comes from, so it costs next to nothing, and comes
 * before any key is looked for; who may do what once it is heard is a matter of policy, which is the access control list.
 *
 * Statements: rfc6043:12.3-2.
 *
 * @module
 * @see [RFC 6043, section 12.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.3)
 */
import type { Instant } from '../algebra/algebra.ts';
import { second } from '../message/timestamps.ts';

/** What is left to a sender, and as of when. */
interface Allowed {
  readonly messages: number;
  readonly at: Instant;
}

/** A limit. Each sender may send a minute's worth at once, and gets it back evenly over the next minute. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #senders: number;
  readonly #left = new Map<string, Allowed>();

  /**
   * @param perMinute - messages that one sender may send in a minute
   * @param options - `senders`: of how many senders a note is kept; beyond that the one that was heard of longest ago is forgotten, so that strangers
   *   with ever new addresses cannot fill the memory; default 10000
   */
  constructor(perMinute: number, options: { readonly senders?: number } = {}) {
    this.#perMinute = perMinute;
    this.#senders = options.senders ?? 10_000;
  }

  /** Whether a message of a sender is to be heard now. */
  allows(sender: string, now: Instant): boolean {
    const known = this.#left.get(sender);
    const seconds = known === undefined || now < known.at ? 0 : Number((now - known.at) / second);
    const left = Math.min(this.#perMinute, (known?.messages ?? this.#perMinute) + (seconds * this.#perMinute) / 60);
    const heard = left >= 1;
    // Taken out and put in again: the order of the map is the order in which senders were heard of.
    this.#left.delete(sender);
    // Whole seconds count only, so the rest of a second must not be lost each time.
    const at = known === undefined ? now : known.at + BigInt(seconds) * second;
    this.#left.set(sender, { messages: heard ? left - 1 : left, at: at > now ? now : at });
    const [oldest] = this.#left.keys();
    if (this.#left.size > this.#senders && oldest !== undefined) this.#left.delete(oldest);
    return heard;
  }
}
