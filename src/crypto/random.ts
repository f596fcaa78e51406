/**
 * Sources of randomness and time.
 *
 * Statements: rfc3830:4.2.2-1; rfc3830:5.2-7.
 *
 * @module
 * @see [RFC 3830, section 4.2.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.2)
 */
import { randomBytes } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Instant, Source } from '../../model/algebra/algebra.ts';
import { instantOfUnixMillis } from '../wire/time.ts';

/** A clock: the time, which may stand still. */
export type Clock = () => Instant;

/** The clock of the machine. */
export function systemClock(): Clock {
  return () => instantOfUnixMillis(Date.now());
}

/**
 * A clock for repeatable runs: each look at it moves it on.
 *
 * @param start - Unix time in milliseconds
 * @param step - milliseconds by which each look moves it on; default 1
 */
export function steppingClock(start: number, step = 1): Clock {
  let now = start;
  return () => {
    now += step;
    return instantOfUnixMillis(now);
  };
}

/** Makes a clock that never shows the same time twice: all timestamps of a party are unique (RFC 3830, 5.2). */
function strictlyIncreasing(clock: Clock): Clock {
  let last: Instant = -1n;
  return () => {
    const now = clock();
    last = now > last ? now : last + 1n;
    return last;
  };
}

/** The operating system's generator, and a clock. */
export function csprngSource(clock: Clock = systemClock()): Source<Uint8Array> {
  return { random: (length) => new Uint8Array(randomBytes(length)), now: strictlyIncreasing(clock) };
}

/**
 * A deterministic generator: HMAC-SHA-256 in counter mode, keyed by the seed and the party's name. For vectors and repeatable
 * reports only: whoever knows the seed knows every key.
 *
 * @param seed - any text
 * @param party - parties with different names draw different octets
 */
export function seededSource(seed: string, party: string, clock: Clock): Source<Uint8Array> {
  const key = hmac(sha256, utf8ToBytes(seed), utf8ToBytes(party));
  let counter = 0;
  return {
    random: (length) => {
      const blocks: Uint8Array[] = [];
      for (let done = 0; done < length; done += sha256.outputLen) {
        const input = new Uint8Array(8);
        new DataView(input.buffer).setBigUint64(0, BigInt(counter));
        counter += 1;
        blocks.push(hmac(sha256, key, input));
      }
      return concatBytes(...blocks).slice(0, length);
    },
    now: strictlyIncreasing(clock),
  };
}
