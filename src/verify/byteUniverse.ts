/**
 * Real octets for runs under attack.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import type { Universe } from '../../model/check/explore/cast.ts';
import { bytes } from '../run/byteRun.ts';
import { instantOfUnixMillis } from '../wire/time.ts';

/** Octets of a key data sub-payload that follow its key: SPI length and SPI. */
const afterKey = 5;

/** A universe of bytes: each fresh value is drawn once from the CSPRNG, and kept under its name. */
export function byteUniverse(): Universe<Uint8Array> {
  const drawn = new Map<string, Uint8Array>();
  return {
    algebra: bytes,
    fresh: ({ party, purpose, serial }, length) => {
      const key = `${party}|${purpose}|${serial}`;
      const value = drawn.get(key) ?? new Uint8Array(randomBytes(length));
      drawn.set(key, value);
      return value;
    },
    flipKey: (ciphertext) => {
      const place = ciphertext.length - afterKey - 1;
      return ciphertext.map((octet, index) => (index === place ? octet ^ 1 : octet));
    },
    start: instantOfUnixMillis(Date.now()),
  };
}
