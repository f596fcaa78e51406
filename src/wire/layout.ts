/**
 * Where each field of an encoding stands: the by-product of decoding, for whoever has to check octet by octet.
 *
 * @module
 */
import type { Part } from './field.ts';

/** A field, or a group of fields, and its place. */
export interface LayoutNode extends Part {
  /** Offset from the start of the outermost input, in octets. */
  readonly offset: number;
  /** Length in octets; for a bit field that of the octets which it shares with its neighbours. */
  readonly length: number;
  /** For a field narrower than its octets: the first bit, counted from the most significant one of `offset`, and the number of bits. */
  readonly bits?: { readonly first: number; readonly count: number };
  /** The value; absent for a group. */
  readonly value?: number | Uint8Array;
  /** The parts of a group, in order. */
  readonly children: readonly LayoutNode[];
}
