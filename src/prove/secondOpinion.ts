/**
 * What provers of others say of a verdict of ours. Ours never speaks alone: where they contradict, one of the three is wrong, and the build fails.
 *
 * @module
 */
import type { Goal, Theory } from '../../model/check/horn/clauses.ts';
import type { Verdict } from '../../model/check/horn/prove/verdict.ts';
import { confirmationOf, refutationsOf, type Refutation } from '../../model/check/horn/refutation.ts';
import { askOutside, type OutsideProver, type OutsideVerdict } from './outside.ts';

/** An answer of an outside prover, and the one that would agree with us. */
export interface Opinion extends OutsideVerdict {
  readonly problem: string;
  readonly expected: 'derivable' | 'underivable';
}

/** What all outside provers said. */
export interface SecondOpinion {
  readonly opinions: readonly Opinion[];
  /** Those that contradict us. */
  readonly contradictions: readonly Opinion[];
  /** Those of provers that did not end, or are missing. */
  readonly undecided: readonly Opinion[];
}

/**
 * Asks outside provers about a verdict.
 *
 * Secrecy and reachability are asked as they stand. A proved agreement is asked for its targets; an attack is confirmed by its own derivation.
 *
 * @param options - `seconds`: processor time for each problem and prover; default 20
 */
export async function secondOpinion(
  theory: Theory,
  goal: Goal,
  { verdict, provers, seconds = 20 }: { verdict: Verdict; provers: readonly OutsideProver[]; seconds?: number },
): Promise<SecondOpinion> {
  const opinions: Opinion[] = [];
  for (const { problem, expected } of problemsFor(theory, goal, verdict)) {
    for (const prover of provers) {
      const verdict = await askOutside(prover, problem, { seconds });
      opinions.push({ ...verdict, problem: problem.name, expected });
    }
  }
  const isDefinite = ({ answer }: Opinion): boolean => answer === 'derivable' || answer === 'underivable';
  return {
    opinions,
    contradictions: opinions.filter((opinion) => isDefinite(opinion) && opinion.answer !== opinion.expected),
    undecided: opinions.filter((opinion) => !isDefinite(opinion)),
  };
}

interface Expected {
  readonly problem: Refutation;
  readonly expected: 'derivable' | 'underivable';
}

function problemsFor(theory: Theory, goal: Goal, { answer, derivation }: Verdict): readonly Expected[] {
  if (answer === 'unknown') return [];
  const derivable = derivation !== undefined;
  const expected = derivable ? 'derivable' : 'underivable';
  // Whether a target falls is not said by an attack on an agreement; its own derivation is confirmed instead.
  const whole = goal.kind === 'agreement' && derivable ? [] : refutationsOf(theory, goal);
  const problems = whole.map((problem): Expected => ({ problem, expected }));
  return derivation ? [...problems, { problem: confirmationOf(theory, derivation), expected: 'derivable' }] : problems;
}
