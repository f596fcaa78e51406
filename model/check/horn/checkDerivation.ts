/**
 * Checks derivations. It shares with the prover nothing but the types: no unification, no search; each step must be an instance of a clause.
 *
 * @module
 */
import {
  attacker,
  dataClauses,
  showFact,
  substituteFact,
  type AgreementGoal,
  type Clause,
  type Fact,
  type Theory,
} from './clauses.ts';
import { assumedFacts, type Derivation } from './derivation.ts';
import { matchFact, sameFact } from './match.ts';

/**
 * What is wrong with a derivation, in words; nothing if it holds.
 *
 * @param goals - clauses that it may use besides those of the theory
 */
export function derivationProblems(
  theory: Theory,
  derivation: Derivation,
  goals: readonly Clause[] = [],
): readonly string[] {
  const allowed = [...theory.clauses, ...dataClauses(theory), ...goals];
  return problemsOfNode(derivation, { theory, allowed });
}

function problemsOfNode(
  node: Derivation,
  scope: { readonly theory: Theory; readonly allowed: readonly Clause[] },
): readonly string[] {
  const { theory, allowed } = scope;
  if (node.kind === 'chosen') {
    const [term] = node.fact.args;
    const open = node.fact.predicate === attacker && term?.kind === 'variable';
    return open ? [] : [`the attacker cannot just make up ${showFact(node.fact)}`];
  }
  if (node.kind === 'assumed') {
    return theory.begins.has(node.fact.predicate) ? [] : [`${showFact(node.fact)} is no begin event`];
  }
  const { clause, substitution, fact, premises } = node;
  const problems: string[] = [];
  if (!allowed.some((known) => sameClause(known, clause))) problems.push(`no clause of the theory: ${clause.name}`);
  if (!sameFact(substituteFact(clause.conclusion, substitution), fact)) {
    problems.push(`"${clause.name}" does not conclude ${showFact(fact)}`);
  }
  if (premises.length !== clause.hypotheses.length) problems.push(`"${clause.name}" has other hypotheses`);
  clause.hypotheses.forEach((hypothesis, index) => {
    const premise = premises[index];
    if (premise && !sameFact(substituteFact(hypothesis, substitution), premise.fact)) {
      problems.push(`"${clause.name}" does not follow from ${showFact(premise.fact)}`);
    }
  });
  return [...problems, ...premises.flatMap((premise) => problemsOfNode(premise, scope))];
}

function sameClause(left: Clause, right: Clause): boolean {
  return (
    left === right ||
    (left.name === right.name &&
      sameFact(left.conclusion, right.conclusion) &&
      left.hypotheses.length === right.hypotheses.length &&
      left.hypotheses.every((hypothesis, index) => {
        const other = right.hypotheses[index];
        return other !== undefined && sameFact(hypothesis, other);
      }))
  );
}

/** The begin events among the assumed ones that the end event of a derivation may rest on. */
export function matchingBegins(goal: AgreementGoal, end: Fact, derivation: Derivation): readonly Fact[] {
  const given = matchFact(goal.end, end);
  if (!given) return [];
  return assumedFacts(derivation).filter((begun) => matchFact(goal.begin, begun, given) !== undefined);
}
