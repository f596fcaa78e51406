/**
 * Whether an end event rests on its begin event.
 *
 * @module
 */
import type { AgreementGoal } from '../clauses.ts';
import type { CClause, CFact, Names } from './compiled.ts';
import { goalClause } from './goalClause.ts';
import { Matcher } from './unify.ts';

/** The end and the begin of a goal, in one scope of variables. */
export interface CAgreement {
  readonly end: CFact;
  readonly begin: CFact;
  readonly vars: number;
}

/** A goal as the prover holds it. */
export function compileAgreement(names: Names, goal: AgreementGoal): CAgreement {
  const scope = new Map<string, number>();
  const end = names.fact(goalClause(goal).conclusion, scope);
  const begin = names.fact(goal.begin, scope);
  return { end, begin, vars: scope.size };
}

const matcher = new Matcher();

/** The hypotheses of a clause that are the begin that its end wants. */
export function beginsIn({ end, begin, vars }: CAgreement, clause: CClause): readonly CFact[] {
  matcher.reset(vars);
  if (!matcher.fact(end, clause.conclusion)) return [];
  const mark = matcher.mark;
  return clause.hypotheses.filter((hypothesis) => {
    const fits = matcher.fact(begin, hypothesis);
    matcher.undo(mark);
    return fits;
  });
}
