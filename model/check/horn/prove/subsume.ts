/**
 * Subsumption: one clause says at least what another says, so the other can go.
 *
 * Each hypothesis of the general clause must match a hypothesis of its own of the special one. The search has a fuel limit; to give up means to keep a
 * clause too many, which is sound.
 *
 * @module
 */
import type { CClause } from './compiled.ts';
import { Matcher } from './unify.ts';

/** How a general clause is compared with a special one. */
export type Subsumes = (general: CClause, special: CClause) => boolean;

const matcher = new Matcher();

/** Attempts to match a hypothesis, before giving up. */
export const defaultFuel = 500;

/** A subsumption test that gives up after so many attempts. */
export function subsumption(fuel: number): Subsumes {
  return (general, special) => {
    const wanted = general.hypotheses;
    const offered = special.hypotheses;
    if (wanted.length > offered.length || (general.mask & ~special.mask) !== 0) return false;
    matcher.reset(general.vars);
    if (!matcher.fact(general.conclusion, special.conclusion)) return false;
    if (wanted.length === 0) return true;
    const used: boolean[] = offered.map(() => false);
    let left = fuel;
    const place = (index: number): boolean => {
      const hypothesis = wanted[index];
      if (!hypothesis) return true;
      for (let candidate = 0; candidate < offered.length; candidate += 1) {
        const fact = offered[candidate];
        if (!fact || used[candidate] === true || fact.p !== hypothesis.p) continue;
        left -= 1;
        if (left < 0) return false;
        const mark = matcher.mark;
        if (matcher.fact(hypothesis, fact)) {
          used[candidate] = true;
          if (place(index + 1)) return true;
          used[candidate] = false;
        }
        matcher.undo(mark);
      }
      return false;
    };
    return place(0);
  };
}
