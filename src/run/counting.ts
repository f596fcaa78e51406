/**
 * What a party computes, counted: an algebra that does its work through another one and keeps the books.
 *
 * @module
 */
import type { Algebra } from '../../model/algebra/algebra.ts';
import type { Interpretation } from '../../model/modes/network.ts';

/** The operations that are counted. */
export const countedOperations = ['prf', 'mac', 'encrypt', 'decrypt'] as const;

/** One of them. */
export type CountedOperation = (typeof countedOperations)[number];

/** How often something was computed, and over how much. */
export interface Tally {
  readonly calls: number;
  /** Octets of outkey (prf), of data covered (mac), or of data that went through the cipher. */
  readonly octets: number;
}

/** What was computed. */
export type OperationCounts = Readonly<Record<CountedOperation, Tally>>;

/** An algebra and its books. */
export interface Counting<B> {
  readonly algebra: Algebra<B>;
  /** What was computed so far. */
  readonly counts: () => OperationCounts;
}

/**
 * Wraps an algebra. An operation that throws counts too: it was begun.
 *
 * @param A - does the work
 */
export function countingAlgebra<B>(A: Algebra<B>): Counting<B> {
  const books: Record<CountedOperation, Tally> = { ...noOperations };
  const book = (operation: CountedOperation, octets: number): void => {
    const { calls, octets: before } = books[operation];
    books[operation] = { calls: calls + 1, octets: before + octets };
  };
  const algebra: Algebra<B> = {
    ...A,
    prf: (prfFunc, inkey, options) => {
      book('prf', options.length);
      return A.prf(prfFunc, inkey, options);
    },
    mac: (macAlg, key, options) => {
      book('mac', A.length(options.data));
      return A.mac(macAlg, key, options);
    },
    encrypt: (encrAlg, keying, options) => {
      book('encrypt', A.length(options.data));
      return A.encrypt(encrAlg, keying, options);
    },
    decrypt: (encrAlg, keying, options) => {
      book('decrypt', A.length(options.data));
      return A.decrypt(encrAlg, keying, options);
    },
  };
  return { algebra, counts: () => ({ ...books }) };
}

/** An interpretation in which each party has books of its own. */
export interface CountingInterpretation<B> {
  readonly interpretation: Interpretation<B>;
  /** What a party has computed so far, by its name. */
  readonly countsOf: (party: string) => OperationCounts;
}

/** Gives each party of a run a counting algebra. */
export function countingParties<B>(interpretation: Interpretation<B>): CountingInterpretation<B> {
  const parties = new Map<string, Counting<B>>();
  const countingOf = (party: string): Counting<B> => {
    const counting = parties.get(party) ?? countingAlgebra(interpretation.algebraOf?.(party) ?? interpretation.algebra);
    parties.set(party, counting);
    return counting;
  };
  return {
    interpretation: { ...interpretation, algebraOf: (party) => countingOf(party).algebra },
    countsOf: (party) => countingOf(party).counts(),
  };
}

const nothing: Tally = { calls: 0, octets: 0 };

/** Nothing computed. */
export const noOperations: OperationCounts = { prf: nothing, mac: nothing, encrypt: nothing, decrypt: nothing };

/** What was computed between two looks at the same books. */
export function operationsBetween(before: OperationCounts, after: OperationCounts): OperationCounts {
  return combine(after, before, (a, b) => a - b);
}

/** The sum of counts, each multiplied by how often it occurred. */
export function sumOperations(parts: readonly (readonly [times: number, counts: OperationCounts])[]): OperationCounts {
  return parts.reduce((sum, [times, counts]) => combine(sum, counts, (a, b) => a + times * b), noOperations);
}

function combine(
  first: OperationCounts,
  second: OperationCounts,
  join: (a: number, b: number) => number,
): OperationCounts {
  const tally = (operation: CountedOperation): Tally => ({
    calls: join(first[operation].calls, second[operation].calls),
    octets: join(first[operation].octets, second[operation].octets),
  });
  return { prf: tally('prf'), mac: tally('mac'), encrypt: tally('encrypt'), decrypt: tally('decrypt') };
}
