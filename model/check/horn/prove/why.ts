/**
 * Why a clause of the prover holds, kept small: a derivation is built from it only for the clause that matters.
 *
 * @module
 */
import type { Clause } from '../clauses.ts';

/**
 * Where a hypothesis went when a clause was simplified: a number is a hypothesis of the simplified clause; `any` was dropped as the attacker fills
 * it with whatever it likes; data was taken apart.
 */
export type Slot = number | 'any' | { readonly symbol: number; readonly parts: readonly Slot[] };

/** How a clause came about. */
export type Why =
  /** A clause of the theory, or a goal. */
  | { readonly step: 'input'; readonly clause: Clause; readonly slots: readonly Slot[] }
  /** The conclusion of one clause met a hypothesis of another. Slots: hypotheses of the producer, then those left of the consumer. */
  | {
      readonly step: 'resolve';
      readonly producer: { readonly why: Why; readonly hypotheses: readonly unknown[] };
      readonly consumer: { readonly why: Why; readonly hypotheses: readonly unknown[] };
      readonly at: number;
      readonly slots: readonly Slot[];
    }
  /** A part was taken out of data that a clause concludes. */
  | {
      readonly step: 'part';
      readonly symbol: number;
      readonly index: number;
      readonly whole: Why;
      readonly slots: readonly Slot[];
    };
