import { dataClauses, type Clause, type Theory } from '../../../model/check/horn/clauses.ts';
import { showTerm, sizeOf, substitute, type Substitution, type Term } from '../../../model/check/horn/terms.ts';

/** What the attacker derives, forwards, the naive way. */
export interface Closure {
  readonly facts: ReadonlyMap<string, Term>;
  /** Whether nothing was left out that could matter: for theories with ground clauses of their own only. */
  readonly complete: boolean;
}

/**
 * All that can be derived with terms of bounded size. What the attacker builds is limited to the subterms of theory and goal, and small terms.
 *
 * @param options - `maxSize`: no derived term is larger
 */
export function closure(
  theory: Theory,
  { asked, maxSize }: { readonly asked: Term; readonly maxSize: number },
): Closure {
  const clauses = [...theory.clauses, ...dataClauses(theory)];
  const wanted = new Set<string>();
  const want = (of: Term): void => {
    wanted.add(showTerm(of));
    if (of.kind === 'application') of.args.forEach(want);
  };
  want(asked);
  for (const { hypotheses, conclusion } of clauses)
    for (const { args } of [...hypotheses, conclusion]) args.forEach(want);
  const facts = new Map<string, Term>();
  let complete = true;
  for (let before = -1; before !== facts.size && facts.size < 400;) {
    before = facts.size;
    for (const clause of clauses) {
      for (const found of solutions(clause, [...facts.values()])) {
        const derived = substitute(clause.conclusion.args[0]!, found);
        const shown = showTerm(derived);
        const builds = /^(?:encrypt|hash|build)/u.test(clause.name);
        if (builds && !wanted.has(shown)) continue;
        if (sizeOf(derived) > maxSize) complete = false;
        else facts.set(shown, derived);
      }
    }
  }
  return { facts, complete: complete && facts.size < 400 };
}

function solutions(clause: Clause, known: readonly Term[]): readonly Substitution[] {
  let found: readonly ReadonlyMap<string, Term>[] = [new Map()];
  for (const { args } of clause.hypotheses) {
    found = found.flatMap((so) => known.flatMap((fact) => extend(args[0]!, fact, so) ?? []));
  }
  return found;
}

function extend(pattern: Term, of: Term, so: ReadonlyMap<string, Term>): ReadonlyMap<string, Term> | undefined {
  if (pattern.kind === 'variable') {
    const bound = so.get(pattern.name);
    if (bound) return showTerm(bound) === showTerm(of) ? so : undefined;
    return new Map([...so, [pattern.name, of]]);
  }
  if (of.kind === 'variable' || pattern.symbol !== of.symbol) return undefined;
  let found: ReadonlyMap<string, Term> | undefined = so;
  pattern.args.forEach((arg, index) => {
    found = found && extend(arg, of.args[index]!, found);
  });
  return found;
}
