/**
 * Timestamps inside messages: fresh ones, and their 64-bit form for initialization vectors.
 *
 * Statements: rfc3830:6.6-3.
 *
 * @module
 * @see [RFC 3830, section 6.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.6)
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 */
import { tsTypes } from '../../spec/registry/timestamps.ts';
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { TPayload } from './payload.ts';

/** One second. */
export const second: Instant = 1n << 32n;

/** A fresh NTP-UTC timestamp. */
export function freshT<B>(A: Algebra<B>, now: Instant): TPayload<B> {
  return { kind: 'T', tsType: tsTypes['NTP-UTC'], value: A.timestamp(tsTypes['NTP-UTC'], now) };
}

/**
 * A timestamp as the 64 bits that go into an initialization vector: NTP-UTC-32 gets a zero fraction (rfc6043:6.3), COUNTER
 * gets leading zeros (rfc3830:6.6; finding A22).
 */
export function as64Bits<B>(A: Algebra<B>, t: { readonly tsType: number; readonly value: B }): B {
  if (t.tsType === tsTypes['NTP-UTC-32']) return A.concat([t.value, A.octets('00000000')]);
  if (t.tsType === tsTypes.COUNTER) return A.concat([A.octets('00000000'), t.value]);
  return t.value;
}
