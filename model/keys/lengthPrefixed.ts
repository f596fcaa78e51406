/**
 * Numbers and length-prefixed strings inside key derivation labels.
 *
 * @module
 * @see [RFC 6043, section 5.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';

/**
 * An unsigned integer as a constant, most significant octet first.
 *
 * @param octets - width in octets
 * @throws MikeyError ERR_MALFORMED if the value does not fit
 */
export function unsigned<B>(A: Algebra<B>, value: number, { octets }: { readonly octets: number }): B {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** octets) {
    throw new MikeyError('ERR_MALFORMED', `${value} does not fit into ${octets} octets`);
  }
  return A.octets(value.toString(16).padStart(2 * octets, '0'));
}

/**
 * A RAND as labels hold it: its length in one octet, then the RAND; one zero octet if there is none. The payload around it
 * (next payload, role) is not part of a label.
 *
 * @throws MikeyError ERR_MALFORMED if the RAND is longer than 255 octets
 */
export function lengthAndRand<B>(A: Algebra<B>, rand: B | undefined): B {
  return rand === undefined
    ? unsigned(A, 0, { octets: 1 })
    : A.concat([unsigned(A, A.length(rand), { octets: 1 }), rand]);
}

/** ID Data as the forking label holds it: its length in two octets, then the data. */
export function lengthAndIdData<B>(A: Algebra<B>, data: B): B {
  return A.concat([unsigned(A, A.length(data), { octets: 2 }), data]);
}
