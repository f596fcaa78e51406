/**
 * What an Initiator may offer after its policies were refused.
 *
 * The list in an Error message is not a proposal to follow: it can be forged (finding W16). It only selects among the policies that
 * the own profile accepts anyway, so that no error, genuine or not, leads to anything weaker than those.
 *
 * Statements: rfc3830:5.1.1-1, -2.
 *
 * @module
 * @see [RFC 3830, section 5.1.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.1.1)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Suite } from '../keys/suite.ts';
import type { SpPayload } from '../message/payload.ts';
import { readSrtpPolicy, samePolicy, type SrtpPolicy } from './securityPolicy.ts';

/** What the Initiator knows when it reads the peer's list. */
export interface NegotiationInput<B> {
  /** SP payloads from the Error message. */
  readonly supported: readonly SpPayload<B>[];
  /** The policies that the own profile accepts, the preferred one first. */
  readonly own: readonly SrtpPolicy[];
  /** The policies that the refused TRANSFER_INIT offered. */
  readonly offered: readonly SrtpPolicy[];
  /** The suite of the ticket: under 128-bit algorithms no session key is longer than 16 octets (rfc6043:12.1-12). */
  readonly suite: Suite;
}

/**
 * The policies for a new TRANSFER_INIT: those that both sides support, in the own order of preference.
 *
 * What was offered before is left out, because a genuine peer would have taken it. So each new offer has something new in it, and
 * forged errors cannot keep the Initiator calling for ever.
 *
 * @returns empty if there is nothing to agree on: the call fails, and never goes on with less
 */
export function negotiatePolicies<B>(A: Algebra<B>, input: NegotiationInput<B>): readonly SrtpPolicy[] {
  const has = (list: readonly SrtpPolicy[], policy: SrtpPolicy): boolean =>
    list.some((candidate) => samePolicy(candidate, policy));
  const supported = input.supported.flatMap((sp) => readable(A, sp));
  return input.own.filter(
    (policy) =>
      has(supported, policy) &&
      !has(input.offered, policy) &&
      (input.suite.strength === 256 || policy.keyLength <= input.suite.keyLength),
  );
}

/** The policy in an SP payload; nothing if it cannot be read: the other entries of the list may still be good. */
function readable<B>(A: Algebra<B>, sp: SpPayload<B>): readonly SrtpPolicy[] {
  try {
    const policy = readSrtpPolicy(A, sp);
    return policy ? [policy] : [];
  } catch (error) {
    if (error instanceof MikeyError) return [];
    throw error;
  }
}
