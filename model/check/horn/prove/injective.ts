/**
 * Injective agreement: no two ends rest on the same begin.
 *
 * Begin events carry what makes them unique (a session), so two that are the same fact are one. For each pair of clauses that conclude ends, each of
 * its own instance, a common begin must force both ends to be the same one. Each clause may rest on any of its matching begins; one choice for all
 * pairs must do.
 *
 * @module
 */
import type { AgreementGoal } from '../clauses.ts';
import type { Derivation } from '../derivation.ts';
import { beginsIn, type CAgreement } from './agreement.ts';
import { sameCTerm, type CClause, type CFact, type Names } from './compiled.ts';
import { derivationOf } from './derive.ts';
import { twoEnds } from './goalClause.ts';
import { Unifier } from './unify.ts';
import type { Why } from './why.ts';

interface Chosen {
  readonly clause: CClause;
  readonly begin: CFact;
}

const unifier = new Unifier();

/** Two ends that share their begin, or undefined if none do. */
export function sharedBegin(
  names: Names,
  ends: readonly CClause[],
  { goal, agreement }: { readonly goal: AgreementGoal; readonly agreement: CAgreement },
): Derivation | undefined {
  const session = goal.injective ?? 0;
  const chosen: Chosen[] = [];
  for (const clause of ends) {
    let trouble: readonly [Chosen, Chosen] | undefined;
    const choice = beginsIn(agreement, clause).find((begin) => {
      const candidate = { clause, begin };
      const clash = [...chosen, candidate].find((other) => mayShare(other, candidate, session));
      if (clash) trouble ??= [clash, candidate];
      return clash === undefined;
    });
    if (choice) chosen.push({ clause, begin: choice });
    else if (trouble) return bothEnds(names, trouble, goal);
  }
  return undefined;
}

/** Whether two instances can have one begin and different ends. */
function mayShare(first: Chosen, second: Chosen, session: number): boolean {
  const offset = first.clause.vars;
  unifier.reset(offset + second.clause.vars);
  if (!unifier.unifyFacts(first.begin, second.begin, offset)) return false;
  const [left, right] = [first.clause.conclusion.a[session], second.clause.conclusion.a[session]];
  if (!left || !right) throw new RangeError(`the end event has no argument ${session}`);
  return !sameCTerm(unifier.build(left, 0), unifier.build(right, offset));
}

function bothEnds(names: Names, [first, second]: readonly [Chosen, Chosen], goal: AgreementGoal): Derivation {
  const offset = first.clause.vars;
  unifier.reset(offset + second.clause.vars);
  unifier.unifyFacts(first.begin, second.begin, offset);
  const clause = twoEnds(goal);
  const identity = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  const [m, n] = [first.clause.hypotheses.length, second.clause.hypotheses.length];
  const root: Why = { step: 'input', clause, slots: [0, 1] };
  const half: Why = {
    step: 'resolve',
    producer: first.clause,
    consumer: { why: root, hypotheses: [0, 1] },
    at: 0,
    slots: identity(m + 1),
  };
  const why: Why = {
    step: 'resolve',
    producer: second.clause,
    consumer: { why: half, hypotheses: identity(m + 1) },
    at: m,
    slots: identity(n + m),
  };
  const hypotheses = [
    ...second.clause.hypotheses.map((of) => unifier.buildFact(of, offset)),
    ...first.clause.hypotheses.map((of) => unifier.buildFact(of, 0)),
  ];
  const conclusion = names.fact(clause.conclusion, new Map());
  return derivationOf(names, { why, hypotheses, conclusion, vars: unifier.fresh }, 'x');
}
