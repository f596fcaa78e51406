/**
 * Sameness and instances of facts.
 *
 * @module
 */
import type { Fact } from './clauses.ts';
import { sameTerm, type Substitution, type Term } from './terms.ts';

/** Whether two facts are the same. */
export function sameFact(left: Fact, right: Fact): boolean {
  return (
    left.predicate === right.predicate &&
    left.args.length === right.args.length &&
    left.args.every((arg, index) => {
      const other = right.args[index];
      return other !== undefined && sameTerm(arg, other);
    })
  );
}

/** What a pattern's variables stand for, if the term is an instance of it. */
function matchInto(pattern: Term, term: Term, found: Map<string, Term>): boolean {
  if (pattern.kind === 'variable') {
    const known = found.get(pattern.name);
    if (known) return sameTerm(known, term);
    found.set(pattern.name, term);
    return true;
  }
  return (
    term.kind === 'application' &&
    pattern.symbol === term.symbol &&
    pattern.args.length === term.args.length &&
    pattern.args.every((arg, index) => {
      const other = term.args[index];
      return other !== undefined && matchInto(arg, other, found);
    })
  );
}

/** What the variables of a fact stand for in an instance of it, given some already; undefined if it is no instance. */
export function matchFact(pattern: Fact, of: Fact, given: Substitution = new Map()): Substitution | undefined {
  if (pattern.predicate !== of.predicate || pattern.args.length !== of.args.length) return undefined;
  const found = new Map(given);
  const fits = pattern.args.every((arg, index) => {
    const other = of.args[index];
    return other !== undefined && matchInto(arg, other, found);
  });
  return fits ? found : undefined;
}
