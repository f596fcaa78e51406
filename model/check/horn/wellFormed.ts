/**
 * What makes a theory one that the prover and the exports read alike.
 *
 * @module
 */
import { attacker, showClause, type Clause, type Theory } from './clauses.ts';
import { eachSymbol } from './terms.ts';

/** A plain identifier, as every prover accepts it. */
const identifier = /^[a-zA-Z][a-zA-Z0-9_]*$/u;

/**
 * What is wrong with a theory, in words; nothing if it is well formed.
 *
 * A symbol has one arity; a symbol is not a predicate too; names are identifiers; names of clauses are unique; nothing concludes a begin event; the
 * attacker has something to begin with.
 */
export function problemsOf(theory: Theory): readonly string[] {
  const arities = new Map<string, number>(theory.data);
  const predicates = new Map<string, number>([[attacker, 1]]);
  const names = new Set<string>();
  const problems: string[] = [];
  const once = (known: Map<string, number>, what: string, { name, arity }: { name: string; arity: number }): void => {
    const before = known.get(name);
    if (before !== undefined && before !== arity) problems.push(`${what} ${name} has ${before} and ${arity} arguments`);
    if (before === undefined && !identifier.test(name)) problems.push(`${what} ${name} is not an identifier`);
    known.set(name, arity);
  };
  for (const clause of theory.clauses) {
    if (names.has(clause.name)) problems.push(`two clauses are called "${clause.name}"`);
    names.add(clause.name);
    if (theory.begins.has(clause.conclusion.predicate))
      problems.push(`a begin event is concluded: ${showClause(clause)}`);
    for (const { predicate, args } of [...clause.hypotheses, clause.conclusion]) {
      once(predicates, 'predicate', { name: predicate, arity: args.length });
      for (const arg of args) eachSymbol(arg, (symbol, arity) => once(arities, 'symbol', { name: symbol, arity }));
    }
  }
  for (const symbol of arities.keys())
    if (predicates.has(symbol)) problems.push(`${symbol} is a symbol and a predicate`);
  if (!theory.clauses.some(givesConstant)) problems.push('the attacker knows no constant to begin with');
  return problems;
}

/** Whether a clause gives the attacker a constant for nothing. */
export function givesConstant({ hypotheses, conclusion }: Clause): boolean {
  const [known] = conclusion.args;
  const closed = known?.kind === 'application' && known.args.length === 0;
  return hypotheses.length === 0 && conclusion.predicate === attacker && closed;
}
