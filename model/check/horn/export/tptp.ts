/**
 * Problems in the TPTP language (clause normal form), for E.
 *
 * Unsatisfiable: the facts that must never be derived are. Satisfiable: they are not.
 *
 * @module
 * @see [TPTP syntax](https://www.tptp.org/TPTP/SyntaxBNF.html)
 */
import type { Fact } from '../clauses.ts';
import type { Refutation } from '../refutation.ts';
import { showVariable, type Term } from '../terms.ts';
import { encodeName } from './encoding.ts';

/** A problem as TPTP text. */
export function toTptp(problem: Refutation): string {
  const clauses = problem.clauses.map(
    ({ name, hypotheses, conclusion }, index) =>
      `% ${name}\ncnf(c${index}, axiom, (${[writeFact(conclusion), ...hypotheses.map((of) => `~${writeFact(of)}`)].join(' | ')})).`,
  );
  const goal = problem.never.map((of) => `~${writeFact(of)}`).join(' | ');
  return [`% ${problem.name}`, ...clauses, `% never`, `cnf(never, negated_conjecture, (${goal})).`, ''].join('\n');
}

function writeFact({ predicate, args }: Fact): string {
  const name = encodeName(predicate);
  return args.length === 0 ? name : `${name}(${args.map(writeTerm).join(',')})`;
}

function writeTerm(term: Term): string {
  if (term.kind === 'variable') return showVariable(term.name);
  const name = encodeName(term.symbol);
  return term.args.length === 0 ? name : `${name}(${term.args.map(writeTerm).join(',')})`;
}
