/**
 * MPKi and MPKr, from the MPK that a base ticket holds.
 *
 * Statements: rfc6043:A.2.2-1, -3, -4, -5.
 *
 * @module
 * @see [RFC 6043, appendix A.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.2.2)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { mpkConstants } from './constants.ts';
import { lengthAndRand } from './lengthPrefixed.ts';

/**
 * Derives MPKi or MPKr.
 *
 * @param prfFunc - the PRF of the Ticket Policy
 * @param options - `MPK`, the `RAND` of the Ticket Data, and which key
 * @returns a key as long as the MPK
 */
export function deriveMpk<B>(
  A: Algebra<B>,
  prfFunc: number,
  { MPK, RAND, as }: { readonly MPK: B; readonly RAND: B; readonly as: keyof typeof mpkConstants },
): B {
  const label = A.concat([A.octets(`${mpkConstants[as]}ffffffffff06`), lengthAndRand(A, RAND)]);
  return A.prf(prfFunc, MPK, { label, length: A.length(MPK) });
}
