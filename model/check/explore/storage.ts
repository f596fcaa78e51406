/**
 * What a party keeps between its sessions, as a value that is never changed: so each point of each run has its own.
 *
 * @module
 * @see [RFC 3830, section 5.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.4)
 */
import type { Algebra, Instant } from '../../algebra/algebra.ts';
import type { TicketMemory } from '../../exchange/chooseResolution.ts';
import type { TicketKey } from '../../policy/account.ts';
import type { ReplayEntry } from '../../protection/freshness.ts';
import type { Remembered } from '../../roles/responderContext.ts';

/** A replay cache, and what is known of tickets. */
export interface Storage<B> {
  readonly seen: readonly ReplayEntry<B>[];
  readonly tickets: readonly Remembered<B>[];
}

/** Keeps nothing yet. */
export const emptyStorage: Storage<never> = { seen: [], tickets: [] };

/** Looks an entry up and remembers it. @param options - the time, and whether the cache was lost, which then calls all fresh */
export function checkReplay<B>(
  A: Algebra<B>,
  storage: Storage<B>,
  { entry, now, lost }: { readonly entry: ReplayEntry<B>; readonly now: Instant; readonly lost: boolean },
): { readonly storage: Storage<B>; readonly fresh: boolean } {
  const kept = storage.seen.filter((one) => one.until >= now);
  const fresh = lost || !kept.some((one) => A.equal(one.key, entry.key));
  return { storage: { tickets: storage.tickets, seen: fresh ? [...kept, entry] : kept }, fresh };
}

/** Remembers a ticket; what was known of it before is replaced. */
export function rememberTicket<B>(A: Algebra<B>, { seen, tickets }: Storage<B>, ticket: Remembered<B>): Storage<B> {
  return { seen, tickets: [...tickets.filter((one) => !A.equal(one.key, ticket.key)), ticket] };
}

/** What is known of a ticket. @param TPK - the key that opens it, if the party shares it */
export function recallTicket<B>(
  A: Algebra<B>,
  { tickets }: Storage<B>,
  { key, TPK }: { readonly key: B; readonly TPK: TicketKey<B> | undefined },
): TicketMemory<B> {
  const entry = tickets.find((one) => A.equal(one.key, key));
  return { seen: entry !== undefined, resolution: entry?.resolution, TPK };
}

/** A text that is the same for equal storages only, if `idOf` is the same for equal values only. */
export function storageKey<B>({ seen, tickets }: Storage<B>, idOf: (value: B) => number | undefined): string {
  const id = (value: B | undefined): string => (value === undefined ? '-' : String(idOf(value)));
  const known = tickets.map(({ key, resolution }) => {
    const { MPKi, MPKr, modifier } = resolution ?? {};
    return `${id(key)}:${id(MPKi)}:${id(MPKr)}:${id(modifier?.RANDRkms)}`;
  });
  const entries = seen.map((entry) => id(entry.key));
  return `${entries.sort().join(',')};${known.sort().join(',')}`;
}
