import { expect } from 'vitest';
import { derivationProblems, matchingBegins } from '../../../model/check/horn/checkDerivation.ts';
import { att, type Goal, type Theory } from '../../../model/check/horn/clauses.ts';
import type { Derivation } from '../../../model/check/horn/derivation.ts';
import { decideGoal } from '../../../model/check/horn/prove/decideGoal.ts';
import { goalClause, twoEnds } from '../../../model/check/horn/prove/goalClause.ts';
import { saturate, type ProverOptions, type Saturation } from '../../../model/check/horn/prove/saturate.ts';
import type { Verdict } from '../../../model/check/horn/prove/verdict.ts';
import { apply, sameTerm } from '../../../model/check/horn/terms.ts';
import { askOutside, type OutsideProver } from '../../../src/prove/outside.ts';
import { secondOpinion, type Opinion } from '../../../src/prove/secondOpinion.ts';
import { required } from '../../interop/peer.ts';

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

/** What other provers say that contradicts a verdict of ours, in words; and which of them did not end. A missing one counts as contradicting. */
export async function disagreements(
  { theory }: Saturation,
  goal: Goal,
  options: { verdict: Verdict; provers: readonly OutsideProver[]; seconds: number },
): Promise<{
  readonly contradictions: readonly string[];
  readonly undecided: readonly string[];
  readonly asked: number;
}> {
  const { opinions, contradictions, undecided } = await secondOpinion(theory, goal, options);
  const words = ({ prover, answer, problem }: Opinion): string => `${prover} says ${answer}: ${problem}`;
  const missing = undecided.filter(({ answer }) => answer === 'missing');
  return {
    contradictions: [...contradictions, ...missing].map(words),
    undecided: undecided.map(words),
    asked: opinions.length,
  };
}

/** Whether a prover is installed. */
async function answers(prover: OutsideProver): Promise<boolean> {
  const { answer } = await askOutside(prover, { name: 'nothing', clauses: [], never: [att(apply('a'))] });
  return answer !== 'missing';
}

/** The provers to compare with: all if interop is required, so that a missing one fails, else those that are installed. */
export async function outsiders(): Promise<readonly OutsideProver[]> {
  const all: readonly OutsideProver[] = ['eprover', 'spass'];
  if (required) return all;
  const there = await Promise.all(all.map(answers));
  return all.filter((_, index) => there[index]);
}
