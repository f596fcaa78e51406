/**
 * The storage that a KMS and its peers ask, in memory: accounts, TPKs, replay caches, and what endpoints remember of tickets.
 *
 * Statements: rfc3830:5.4-5.
 *
 * @module
 * @see [RFC 3830, section 5.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.4)
 */
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { SenderOnFile, SenderQuery } from '../exchange/kmsListens.ts';
import type { CredentialQuery } from '../exchange/requestInit.ts';
import type { Resolution } from '../exchange/verifyOffer.ts';
import { second } from '../message/timestamps.ts';
import { isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Account, NamedKey } from '../policy/account.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import type { Remembered } from '../roles/responderContext.ts';

/** An account and the name of its PSK. */
export interface StoredAccount<B> extends Account<B> {
  /** IDRpsk of its PSK. */
  readonly id: Identity<B>;
}

/** Finds an account by IDRpsk; without IDRpsk by the identity that the message names. */
export function findAccount<B>(
  A: Algebra<B>,
  accounts: readonly StoredAccount<B>[],
  query: CredentialQuery<B>,
): StoredAccount<B> | undefined {
  const { IDRpsk, identity } = query;
  if (IDRpsk) return accounts.find((account) => sameIdentity(A, account.id, IDRpsk));
  return identity && accounts.find((account) => isAmong(A, identity, account.identities));
}

/** Chains that a KMS has on file, by identity. */
export interface StoredChain<B> {
  readonly identity: Identity<B>;
  readonly chain: readonly B[];
}

/** Finds what a KMS has of the sender of an initial message: its account, or its certificates. */
export function findSender<B>(
  A: Algebra<B>,
  { accounts, chains }: { readonly accounts: readonly StoredAccount<B>[]; readonly chains: readonly StoredChain<B>[] },
  query: SenderQuery<B>,
): SenderOnFile<B> {
  if (!('chain' in query)) return { account: findAccount(A, accounts, query), chain: [] };
  const { identity } = query;
  const found = identity && chains.find((one) => sameIdentity(A, one.identity, identity));
  return { account: undefined, chain: found?.chain ?? [] };
}

/** Finds a TPK by the IDRpsk in a ticket; without one the first, which is the only one then. */
export function findTicketKey<B, K extends NamedKey<B>>(
  A: Algebra<B>,
  keys: readonly K[],
  id: Identity<B> | undefined,
): K | undefined {
  if (!id) return keys.length === 1 ? keys[0] : undefined;
  return keys.find((key) => sameIdentity(A, key.id, id));
}

/** A replay cache: what was authenticated, until its timestamp alone keeps it out. */
export class ReplayCache<B> {
  readonly #algebra: Algebra<B>;
  readonly #lost: { readonly at: Instant; readonly clockSkew: number } | undefined;
  #entries: ReplayEntry<B>[] = [];

  /**
   * @param lost - when an earlier cache was lost, and the clock skew in seconds. What came before is not known, so nothing counts
   *   as fresh until timestamps alone keep it out (rfc3830:5.4-5). That takes twice the skew: a message that was taken just before may
   *   have a timestamp that lies the skew ahead, and keeps fresh for the skew after that.
   */
  constructor(algebra: Algebra<B>, lost?: { readonly at: Instant; readonly clockSkew: number }) {
    this.#algebra = algebra;
    this.#lost = lost;
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#entries.length;
  }

  /**
   * Looks an entry up and remembers it.
   *
   * @returns whether it was not there: the message is fresh
   */
  remember(entry: ReplayEntry<B>, now: Instant): boolean {
    this.#entries = this.#entries.filter((kept) => kept.until >= now);
    if (this.#lost && now <= this.#lost.at + BigInt(2 * this.#lost.clockSkew) * second) return false;
    if (this.#entries.some((kept) => this.#algebra.equal(kept.key, entry.key))) return false;
    this.#entries.push(entry);
    return true;
  }
}

/** What an endpoint remembers of tickets: which it has seen, and what they were resolved to. */
export class TicketMemories<B> {
  readonly #algebra: Algebra<B>;
  #entries: Remembered<B>[] = [];

  constructor(algebra: Algebra<B>) {
    this.#algebra = algebra;
  }

  /** How many tickets are remembered. */
  get size(): number {
    return this.#entries.length;
  }

  /** Remembers a ticket; what was known of it before is replaced. Tickets that are over are forgotten. */
  remember(entry: Remembered<B>, now: Instant): void {
    this.#entries = this.#entries.filter(
      (kept) => (kept.until === undefined || kept.until >= now) && !this.#algebra.equal(kept.key, entry.key),
    );
    this.#entries.push(entry);
  }

  /** What is known of a ticket. */
  recall(key: B): { readonly seen: boolean; readonly resolution: Resolution<B> | undefined } {
    const entry = this.#entries.find((kept) => this.#algebra.equal(kept.key, key));
    return { seen: entry !== undefined, resolution: entry?.resolution };
  }
}
