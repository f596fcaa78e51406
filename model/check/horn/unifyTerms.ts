/**
 * Unification of terms, the plain way. It serves what is exported for other provers, and shares nothing with our own.
 *
 * @module
 */
import { apply, variablesOf, type Substitution, type Term } from './terms.ts';

/** The most general substitution under which all pairs are equal, every variable in it replaced; undefined if there is none. */
export function unifyTerms(pairs: readonly (readonly [Term, Term])[]): Substitution | undefined {
  const found = new Map<string, Term>();
  const todo = [...pairs];
  for (let pair = todo.pop(); pair; pair = todo.pop()) {
    const [left, right] = [resolved(pair[0], found), resolved(pair[1], found)];
    if (left.kind === 'variable' || right.kind === 'variable') {
      const [name, term] =
        left.kind === 'variable' ? [left.name, right] : [right.kind === 'variable' ? right.name : '', left];
      if (term.kind === 'variable' && term.name === name) continue;
      if (variablesOf(term).includes(name)) return undefined;
      found.set(name, term);
    } else {
      if (left.symbol !== right.symbol || left.args.length !== right.args.length) return undefined;
      left.args.forEach((arg, index) => todo.push([arg, right.args[index] ?? arg]));
    }
  }
  return new Map([...found].map(([name, term]) => [name, resolved(term, found)]));
}

/** A term with all that is known of its variables put in. */
function resolved(term: Term, found: ReadonlyMap<string, Term>): Term {
  if (term.kind === 'variable') {
    const bound = found.get(term.name);
    return bound ? resolved(bound, found) : term;
  }
  return apply(term.symbol, ...term.args.map((arg) => resolved(arg, found)));
}
