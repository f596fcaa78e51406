/**
 * Key forking: MPKr and the TGKs of a ticket, made unique for the endpoint that resolved it.
 *
 * Statements: rfc6043:5.1-2; rfc6043:5.1.1-3, -5, -6, -7, -8; rfc6043:6.10-29, -30.
 *
 * @module
 * @see [RFC 6043, section 5.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.1)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { forkConstants } from './constants.ts';
import { lengthAndIdData, lengthAndRand } from './lengthPrefixed.ts';

/** What forks a key: the identity that the KMS confirmed, and its random octets. */
export interface Modifier<B> {
  /** ID Data of the IDRr in RESOLVE_RESP and TRANSFER_RESP. */
  readonly idData: B;
  /** RANDRkms of the same messages. */
  readonly RANDRkms: B;
}

/**
 * Derives MPKr' or TGK' from `inkey`, an MPKr or a TGK.
 *
 * @param prfFunc - the PRF of the Ticket Policy, not that of HDR
 * @returns a key as long as `inkey`
 */
export function forkKey<B>(
  A: Algebra<B>,
  prfFunc: number,
  {
    inkey,
    as,
    modifier,
  }: { readonly inkey: B; readonly as: keyof typeof forkConstants; readonly modifier: Modifier<B> },
): B {
  const label = A.concat([
    A.octets(`${forkConstants[as]}ffffffffff00`),
    lengthAndIdData(A, modifier.idData),
    lengthAndRand(A, modifier.RANDRkms),
  ]);
  return A.prf(prfFunc, inkey, { label, length: A.length(inkey) });
}
