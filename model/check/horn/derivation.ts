/**
 * Derivations: trees that say, step by step and with every instance, how a fact follows from the clauses of a theory.
 *
 * Variables that are left in a derivation stand for different values that the attacker makes up.
 *
 * @module
 */
import { showFact, type Clause, type Fact } from './clauses.ts';
import type { Substitution } from './terms.ts';

/** A fact and how it follows. */
export type Derivation =
  | {
      readonly kind: 'step';
      readonly clause: Clause;
      /** What each variable of the clause stands for. */
      readonly substitution: Substitution;
      readonly fact: Fact;
      /** One for each hypothesis. */
      readonly premises: readonly Derivation[];
    }
  /** The attacker makes a value up: `att(variable)`. */
  | { readonly kind: 'chosen'; readonly fact: Fact }
  /** A begin event that happened. */
  | { readonly kind: 'assumed'; readonly fact: Fact };

/** Calls back for each node, premises first. */
export function eachNode(derivation: Derivation, visit: (node: Derivation) => void): void {
  if (derivation.kind === 'step') for (const premise of derivation.premises) eachNode(premise, visit);
  visit(derivation);
}

/** The begin events that a derivation needs. */
export function assumedFacts(derivation: Derivation): readonly Fact[] {
  const found: Fact[] = [];
  eachNode(derivation, (node) => {
    if (node.kind === 'assumed') found.push(node.fact);
  });
  return found;
}

/** A derivation as numbered lines, each fact once: "12. att(key)  by KMS answers, from 3, 7". */
export function showDerivation(derivation: Derivation): string {
  const lines: string[] = [];
  const numbers = new Map<string, number>();
  const number = (node: Derivation): number => {
    const shown = showFact(node.fact);
    const known = numbers.get(shown);
    if (known !== undefined) return known;
    let reason = node.kind === 'chosen' ? 'the attacker makes it up' : 'it happened';
    if (node.kind === 'step') {
      const from = node.premises.map(number);
      reason = `${node.clause.name}${from.length > 0 ? `, from ${from.join(', ')}` : ''}`;
    }
    const own = lines.length + 1;
    numbers.set(shown, own);
    lines.push(`${own}. ${shown}    [${reason}]`);
    return own;
  };
  number(derivation);
  return lines.join('\n');
}
