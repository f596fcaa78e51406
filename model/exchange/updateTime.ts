/**
 * Timestamps of CSB updates. As all updates of both sides are encrypted and authenticated under the same keys, no two of their
 * messages may bear the same T (finding C2), and T tells which of two updates is the later one.
 *
 * Statements: rfc6043:5.2-7; rfc3830:4.5-4.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { Env } from '../guard/profile.ts';
import type { TPayload } from '../message/payload.ts';
import { freshT, second } from '../message/timestamps.ts';

/** A timestamp that was used, and by which side. */
export interface UsedT<B> {
  readonly by: 'initiator' | 'responder';
  readonly T: TPayload<B>;
}

/** The time of a timestamp; 0 if it carries none (COUNTER), which is before any time. */
export function instantOfT<B>(A: Algebra<B>, T: TPayload<B>): Instant {
  return A.instant(T.tsType, T.value) ?? 0n;
}

/**
 * A timestamp that is later than all that were used, so that it is new and the update counts as the later one also if the clock of the
 * peer is ahead. It is ahead of the own clock by the clock skew at most, since no later one was accepted. The last bit is 0 for the
 * Initiator and 1 for the Responder: so the two do not collide even if both look at the same clock at the same moment. The bit is
 * worth a quarter of a nanosecond.
 *
 * @param by - the side that sends it
 */
export function unusedT<B>(
  env: Env<B>,
  used: readonly UsedT<B>[],
  { by }: { readonly by: UsedT<B>['by'] },
): TPayload<B> {
  const latest = latestOf(env.algebra, used);
  const now = env.source.now();
  const earliest = now > latest ? now : latest + 1n;
  const bit = by === 'initiator' ? 0n : 1n;
  return freshT(env.algebra, (earliest & 1n) === bit ? earliest : earliest + 1n);
}

/** Remembers a timestamp, and forgets those that no clock within the skew would find fresh any more. */
export function rememberT<B>(env: Env<B>, used: readonly UsedT<B>[], entry: UsedT<B>): readonly UsedT<B>[] {
  const A = env.algebra;
  const kept = [...used, entry];
  const oldest = latestOf(A, kept) - 2n * BigInt(env.profile.clockSkew) * second;
  return kept.filter(({ T }) => instantOfT(A, T) >= oldest);
}

/** Whether a timestamp was used; with `by`, whether by that side. */
export function isUsed<B>(
  A: Algebra<B>,
  T: TPayload<B>,
  { used, by }: { readonly used: readonly UsedT<B>[]; readonly by?: UsedT<B>['by'] },
): boolean {
  return used.some((entry) => (by === undefined || entry.by === by) && A.equal(entry.T.value, T.value));
}

function latestOf<B>(A: Algebra<B>, used: readonly UsedT<B>[]): Instant {
  return used.reduce((latest, { T }) => {
    const instant = instantOfT(A, T);
    return instant > latest ? instant : latest;
  }, 0n);
}
