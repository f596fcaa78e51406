/**
 * Keys for crypto sessions: TEK, salt and the others, from a TGK, TGK' or GTGK.
 *
 * Statements: rfc6043:5.1-6; rfc6043:5.1.3-1, -2, -3, -5, -10, -11, -12; rfc3830:4.1.1-1.
 *
 * @module
 * @see [RFC 6043, section 5.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.3)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { sessionKeyConstants, type SessionKeyName } from './constants.ts';
import { lengthAndRand, unsigned } from './lengthPrefixed.ts';

/** What the keys of a crypto session are derived from. */
export interface SessionKeyInput<B> {
  /** PRF func of HDR. */
  readonly prfFunc: number;
  /** TGK, TGK' or GTGK. */
  readonly inkey: B;
  /** CS ID, 8 bits. The label holds no CSB ID (finding A23). */
  readonly csId: number;
  /** Left out if H is not set. */
  readonly RANDRi?: B | undefined;
  /** Left out if G is not set. */
  readonly RANDRr?: B | undefined;
}

/**
 * Derives one key of a crypto session.
 *
 * @param name - which key
 * @param options - the input and the `length` of the key in octets
 */
export function deriveSessionKey<B>(
  A: Algebra<B>,
  name: SessionKeyName,
  { input, length }: { readonly input: SessionKeyInput<B>; readonly length: number },
): B {
  const label = A.concat([
    A.octets(sessionKeyConstants[name]),
    unsigned(A, input.csId, { octets: 1 }),
    A.octets('ffffffff03'),
    lengthAndRand(A, input.RANDRi),
    lengthAndRand(A, input.RANDRr),
  ]);
  return A.prf(input.prfFunc, input.inkey, { label, length });
}
