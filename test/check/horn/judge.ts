import { expect } from 'vitest';
import { derivationProblems, matchingBegins } from '../../../model/check/horn/checkDerivation.ts';
import type { Goal, Theory } from '../../../model/check/horn/clauses.ts';
import type { Derivation } from '../../../model/check/horn/derivation.ts';
import { decideGoal } from '../../../model/check/horn/prove/decideGoal.ts';
import { goalClause, twoEnds } from '../../../model/check/horn/prove/goalClause.ts';
import { saturate, type ProverOptions, type Saturation } from '../../../model/check/horn/prove/saturate.ts';
import type { Verdict } from '../../../model/check/horn/prove/verdict.ts';
import { confirmationOf, refutationsOf } from '../../../model/check/horn/refutation.ts';
import { sameTerm } from '../../../model/check/horn/terms.ts';
import { askOutside, type OutsideProver } from '../../../src/prove/outside.ts';

/** Saturates with a real clock. */
export function saturated(theory: Theory, options: ProverOptions = {}): Saturation {
  return saturate(theory, { clock: () => performance.now(), ...options });
}

/** Our verdict; a derivation that comes with it is checked. */
export function judged(saturation: Saturation, goal: Goal): Verdict {
  const verdict = decideGoal(saturation, goal);
  if (verdict.derivation) checkAll(saturation.theory, goal, verdict.derivation);
  if (verdict.answer === 'attack') expect(verdict.derivation).toBeDefined();
  return verdict;
}

/** Checks each step of a derivation, and that it shows what it is said to show. */
export function checkAll(theory: Theory, goal: Goal, derivation: Derivation): void {
  const goals = goal.kind === 'agreement' ? [goalClause(goal), twoEnds(goal)] : [goalClause(goal)];
  expect(derivationProblems(theory, derivation, goals)).toEqual([]);
  if (goal.kind !== 'agreement' || derivation.kind !== 'step') return;
  const ends = derivation.fact.predicate === 'twice' ? derivation.premises : [derivation];
  const begun = ends.flatMap((end) => {
    const own = end.kind === 'step' ? end.premises[0] : undefined;
    return own ? matchingBegins(goal, own.fact, own) : [];
  });
  const distinct = begun.filter((of, index) => begun.findIndex((other) => sameFacts(of.args, other.args)) === index);
  // One end without a begin, or two different ends with one begin between them.
  expect(distinct.length).toBeLessThan(ends.length);
  const [first, second] = ends;
  const session = goal.injective ?? 0;
  if (first && second) expect(sameTerm(first.fact.args[session]!, second.fact.args[session]!)).toBe(false);
}

function sameFacts(left: readonly Parameters<typeof sameTerm>[0][], right: typeof left): boolean {
  return left.every((arg, index) => sameTerm(arg, right[index]!));
}

/**
 * What other provers say that contradicts a verdict of ours, in words. An outside prover that does not end contradicts nothing but is reported in
 * `undecided`.
 */
export async function disagreements(
  saturation: Saturation,
  goal: Goal,
  { verdict, provers, seconds = 30 }: { verdict: Verdict; provers: readonly OutsideProver[]; seconds?: number },
): Promise<{
  readonly contradictions: readonly string[];
  readonly undecided: readonly string[];
  readonly asked: number;
}> {
  const { theory } = saturation;
  const contradictions: string[] = [];
  const undecided: string[] = [];
  let asked = 0;
  const problems: { problem: ReturnType<typeof confirmationOf>; want: 'derivable' | 'underivable' }[] = [];
  const holds = verdict.answer === 'proved' && goal.kind !== 'reachable';
  if (goal.kind !== 'agreement' || holds) {
    const want = verdict.answer === 'attack' || (goal.kind === 'reachable' && verdict.answer === 'proved');
    for (const problem of refutationsOf(theory, goal))
      problems.push({ problem, want: want ? 'derivable' : 'underivable' });
  }
  if (verdict.derivation) problems.push({ problem: confirmationOf(theory, verdict.derivation), want: 'derivable' });
  for (const { problem, want } of problems) {
    for (const prover of provers) {
      const { answer } = await askOutside(prover, problem, { seconds });
      asked += 1;
      if (answer === 'unknown' || answer === 'missing') undecided.push(`${prover}: ${problem.name}`);
      else if (answer !== want)
        contradictions.push(`${prover} says ${answer}, we say ${verdict.answer}: ${problem.name}`);
    }
  }
  return { contradictions, undecided, asked };
}
