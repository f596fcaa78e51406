/**
 * Putting an update into effect: new keys, and per crypto session the setting of the latest update.
 *
 * Two updates that cross each other, or arrive in another order than they were sent, leave both sides with the same keys: a crypto session
 * that both of them name belongs to the one with the later T, on both sides, and no two T are the same.
 *
 * Statements: rfc6043:5.2-1, -20; rfc6043:6.10-58, -60; rfc3830:4.5-1, -6.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { Env } from '../guard/profile.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { second } from '../message/timestamps.ts';
import { spiOf } from '../protection/keyTransport.ts';
import { withKeys, type Bundle, type HeldKey, type HeldSession } from './bundle.ts';
import { keyOfSession } from './sessions.ts';

/** An update on which both sides agree. */
export interface AgreedUpdate<B> {
  /** Crypto sessions as agreed: `setAt` is the T of the TRANSFER_INIT. */
  readonly sessions: readonly HeldSession<B>[];
  /** New keys of both sides. They are used as they are: a TGK of an update is not forked (rfc6043:5.2-20). */
  readonly newKeys: readonly KeyDataPayload<B>[];
}

/**
 * Puts an update into effect. Crypto sessions that it does not name go on as they are (rfc3830:4.5-6). A key that all crypto sessions
 * have left is forgotten after the clock skew: until then an update may arrive that was sent before and names it.
 *
 * @throws MikeyError ERR_KEY_DATA if a session names no key
 */
export function commit<B>(env: Env<B>, bundle: Bundle<B>, update: AgreedUpdate<B>): Bundle<B> {
  const A = env.algebra;
  const now = env.source.now();
  const sessions = mergeSessions(bundle.sessions, update.sessions);
  const pool: readonly HeldKey<B>[] = [
    ...bundle.sessionKeys,
    ...update.newKeys.map((key) => ({ key, since: now, named: false })),
  ];
  const sessionKeys = pool
    .map((held): HeldKey<B> => {
      const inUse = isNamed(A, held.key, sessions);
      const named = held.named || inUse || isNamed(A, held.key, update.sessions);
      return { ...held, named, leftAt: named && !inUse ? (held.leftAt ?? now) : undefined };
    })
    .filter(({ leftAt }) => leftAt === undefined || now <= leftAt + BigInt(env.profile.clockSkew) * second);
  return withKeys(A, { ...bundle, sessions, sessionKeys });
}

/**
 * When the keys in use must have been replaced: TRr seconds after the oldest of them came.
 *
 * @returns undefined if the ticket sets no rekeying interval
 */
export function rekeyDeadline<B>(A: Algebra<B>, bundle: Bundle<B>): Instant | undefined {
  const { TRr, sessions, sessionKeys } = bundle;
  if (TRr === undefined) return undefined;
  const times = sessionKeys.filter(({ key }) => isNamed(A, key, sessions)).map(({ since }) => since);
  const [first, ...rest] = times;
  if (first === undefined) return undefined;
  return rest.reduce((oldest, since) => (since < oldest ? since : oldest), first) + BigInt(TRr) * second;
}

/** Whether the keys may still be used. */
export function withinRekeyInterval<B>(env: Env<B>, bundle: Bundle<B>): boolean {
  const deadline = rekeyDeadline(env.algebra, bundle);
  return deadline === undefined || env.source.now() < deadline;
}

/** The key of a session, among those of the bundle and new ones. */
export function keyFor<B>(
  A: Algebra<B>,
  session: HeldSession<B>['session'],
  { bundle, newKeys }: { readonly bundle: Bundle<B>; readonly newKeys: readonly KeyDataPayload<B>[] },
): KeyDataPayload<B> | undefined {
  if (A.length(session.spi) === 0) return undefined;
  return keyOfSession(A, session, [...bundle.sessionKeys.map(({ key }) => key), ...newKeys]);
}

/** Per CS ID the session that was set last. */
function mergeSessions<B>(
  before: readonly HeldSession<B>[],
  updates: readonly HeldSession<B>[],
): readonly HeldSession<B>[] {
  const byId = new Map(before.map((held) => [held.session.csId, held]));
  for (const held of updates) {
    const known = byId.get(held.session.csId);
    if (!known || known.setAt <= held.setAt) byId.set(held.session.csId, held);
  }
  return [...byId.values()].sort((a, b) => a.session.csId - b.session.csId);
}

function isNamed<B>(A: Algebra<B>, key: KeyDataPayload<B>, sessions: readonly HeldSession<B>[]): boolean {
  const spi = spiOf(key);
  return spi !== undefined && sessions.some(({ session }) => A.equal(session.spi, spi));
}
