/**
 * Time: clock skew, validity periods, and what a replay cache remembers.
 *
 * Statements: rfc6043:12.4-2.
 *
 * @module
 * @see [RFC 3830, section 5.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.4)
 * @see [RFC 6043, section 12.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.4)
 */
import type { Instant } from '../algebra/algebra.ts';
import type { Env } from '../guard/profile.ts';
import type { TPayload, VPayload } from '../message/payload.ts';
import { second } from '../message/timestamps.ts';
import type { TpData } from '../policy/tpData.ts';

/**
 * Whether a timestamp is a time within the clock skew. A COUNTER is none: the strict profile refuses it, because a response may
 * repeat it and so repeat an initialization vector (findings C2, W1).
 */
export function isFresh<B>(env: Env<B>, t: TPayload<B>): boolean {
  const instant = env.algebra.instant(t.tsType, t.value);
  if (instant === undefined) return false;
  const now = env.source.now();
  const distance = instant > now ? instant - now : now - instant;
  return distance <= BigInt(env.profile.clockSkew) * second;
}

/**
 * Whether now lies inside a validity period; an omitted end is open (rfc6043:6.10-55, rfc6043:6.10-57). The start may lie ahead by the clock skew:
 * otherwise a ticket that was just made would be refused by everybody whose clock is a little slow.
 */
export function isValidNow<B>(env: Env<B>, data: TpData<B>): boolean {
  const now = env.source.now();
  const skew = BigInt(env.profile.clockSkew) * second;
  return (data.TRs === undefined || data.TRs - skew <= now) && (data.TRe === undefined || now <= data.TRe);
}

/** What a replay cache keeps of an authenticated message, and how long. */
export interface ReplayEntry<B> {
  /** The MAC or signature: it covers the whole message, so it stands for it. Or what else must not come twice. */
  readonly key: B;
  /** After this time the timestamp alone keeps the message out. */
  readonly until: Instant;
}

/** The entry of a message for the replay cache; its timestamp must have been found fresh. */
export function replayEntry<B>(env: Env<B>, t: TPayload<B>, v: VPayload<B>): ReplayEntry<B> {
  return replayEntryOf(env, t, v.mac);
}

/** As {@link replayEntry}, of anything that must not come twice. */
export function replayEntryOf<B>(env: Env<B>, t: TPayload<B>, key: B): ReplayEntry<B> {
  const instant = env.algebra.instant(t.tsType, t.value) ?? env.source.now();
  return { key, until: instant + BigInt(env.profile.clockSkew) * second };
}
