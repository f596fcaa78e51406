/**
 * How a field is named, how wide it is and which clause defines it: read, written and shown with the same words.
 *
 * @module
 */

/** A part of an encoding that has a name. */
export interface Part {
  /** Name as the RFC spells it. */
  readonly name: string;
  /** The clause that defines it, as `rfc6043:6.10` or a requirement id. */
  readonly clause: string;
}

/** A part that is an unsigned integer in network byte order. */
export interface Field extends Part {
  /** Width in bits. */
  readonly bits: number;
}

/**
 * Makes the fields of one clause.
 *
 * @param clause - the clause that defines them
 * @returns a function from name and width in bits to a field
 */
export function fieldsOf(clause: string): (name: string, bits: number) => Field {
  return (name, bits) => ({ name, bits, clause });
}

/**
 * The name of the n-th thing of its kind in a chain or list: `IDR`, `IDR[2]`, `IDR[3]`.
 *
 * @param name - name of the kind
 * @param n - counted from 1
 */
export function nth(name: string, n: number): string {
  return n === 1 ? name : `${name}[${n}]`;
}
