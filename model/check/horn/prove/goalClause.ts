/**
 * Goals as clauses: what a derivation of an attack derives in the end.
 *
 * @module
 */
import { fact, substituteFact, variablesOfClause, type AgreementGoal, type Clause, type Goal } from '../clauses.ts';
import { variable } from '../terms.ts';

/** The predicate that goals conclude. */
const reached = 'goal';

/** The clause that concludes once the facts of a goal are derived. */
export function goalClause(goal: Goal): Clause {
  switch (goal.kind) {
    case 'secrecy':
      return { name: goal.name, hypotheses: goal.never, conclusion: { predicate: reached, args: [] } };
    case 'reachable':
      return { name: goal.name, hypotheses: goal.reach, conclusion: { predicate: reached, args: [] } };
    case 'agreement':
      return { name: goal.name, hypotheses: [goal.end], conclusion: { predicate: reached, args: goal.end.args } };
  }
}

/** The clause of an injective agreement: two ends, of which a derivation shows that they share their only begin. */
export function twoEnds(goal: AgreementGoal): Clause {
  const [first, second] = [goalClause(goal), goalClause(goal)];
  const primed = new Map(variablesOfClause(second).map((name) => [name, variable(`${name}_2`)]));
  return {
    name: `${goal.name}: two ends`,
    hypotheses: [first.conclusion, substituteFact(second.conclusion, primed)],
    conclusion: fact('twice'),
  };
}
