/**
 * Protocol theories as people write them: what the attacker can do, and roles as steps of receiving and sending.
 *
 * A step of a role says: everything that it received so far, and all that is given, implies what it sends. That is also the shape of clauses that are
 * extracted from role machines.
 *
 * @module
 */
import { att, type AgreementGoal, type Clause, type Fact, type Goal, type Theory } from './clauses.ts';
import { matchFact } from './match.ts';
import { clauseOf, concatSymbol, factOf, facts, term } from './parse.ts';
import { apply, eachSymbol, variable, type Substitution } from './terms.ts';

/** One step of a role. All fields are text, see parse.ts. */
export interface RoleStep {
  readonly name: string;
  /** Terms that the role receives, one after the other. */
  readonly receive?: readonly string[];
  /** Facts that must hold: relations. */
  readonly given?: string;
  /** Begin events that happen before it sends. */
  readonly begin?: readonly string[];
  /** Terms that it sends, all in the open. */
  readonly send?: readonly string[];
  /** End events. */
  readonly end?: readonly string[];
}

/** A theory, written by hand. */
export interface TheoryText {
  readonly name: string;
  readonly abstraction: readonly string[];
  /** Terms that the attacker knows from the start; they may have variables. */
  readonly knows: readonly string[];
  /** Functions that anybody can compute, with their arities. */
  readonly functions: Readonly<Record<string, number>>;
  /** Clauses: destructors, relations, leaks. */
  readonly clauses: Readonly<Record<string, string>>;
  readonly roles: readonly (readonly RoleStep[])[];
}

/** Makes the theory. @throws SyntaxError if a text is none */
export function buildTheory(text: TheoryText): Theory {
  const clauses: Clause[] = [
    ...text.knows.map((known): Clause => ({ name: `known: ${known}`, hypotheses: [], conclusion: att(term(known)) })),
    ...Object.entries(text.functions).map(([symbol, arity]) => functionClause(symbol, arity)),
    ...Object.entries(text.clauses).map(([name, clause]) => clauseOf(name, clause)),
    ...text.roles.flatMap(roleClauses),
  ];
  const begins = new Set<string>();
  for (const step of text.roles.flat()) for (const begin of step.begin ?? []) begins.add(factOf(begin).predicate);
  return { name: text.name, abstraction: text.abstraction, data: concatenations(clauses), begins, clauses };
}

/** A clause that lets the attacker compute a function. */
function functionClause(symbol: string, arity: number): Clause {
  const args = Array.from({ length: arity }, (_, index) => variable(`X${index}`));
  return { name: `compute ${symbol}`, hypotheses: args.map(att), conclusion: att(apply(symbol, ...args)) };
}

/** The clauses of a role. */
function roleClauses(steps: readonly RoleStep[]): readonly Clause[] {
  const clauses: Clause[] = [];
  const hypotheses: Fact[] = [];
  for (const step of steps) {
    hypotheses.push(...facts(step.given ?? ''), ...(step.receive ?? []).map((text) => att(term(text))));
    hypotheses.push(...(step.begin ?? []).map(factOf));
    const sent = (step.send ?? []).map((text) => att(term(text)));
    const conclusions = [...sent, ...(step.end ?? []).map(factOf)];
    conclusions.forEach((conclusion, index) => {
      const name = conclusions.length === 1 ? step.name : `${step.name} (${index + 1})`;
      clauses.push({ name, hypotheses: [...hypotheses], conclusion });
    });
  }
  return clauses;
}

/** The concatenations in clauses. */
function concatenations(clauses: readonly Clause[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { hypotheses, conclusion } of clauses) {
    for (const arg of [...hypotheses, conclusion].flatMap(({ args }) => args)) {
      eachSymbol(arg, (symbol, arity) => {
        if (symbol === concatSymbol(arity)) found.set(symbol, arity);
      });
    }
  }
  return found;
}

/** The attacker never has a term. */
export function secret(name: string, never: string): Goal {
  return { kind: 'secrecy', name, never: [att(term(never))] };
}

/** No instance of some facts is ever derived together. */
export function never(name: string, texts: string): Goal {
  return { kind: 'secrecy', name, never: facts(texts) };
}

/** An honest end. */
export function reachable(name: string, texts: string): Goal {
  return { kind: 'reachable', name, reach: facts(texts) };
}

/**
 * An end that rests on a begin.
 *
 * @throws RangeError if a target is no instance of the end
 */
export function agreement(
  name: string,
  end: string,
  options: {
    readonly begin: string;
    /** See {@link AgreementGoal.injective}. */
    readonly injective?: number;
    /** Instances of the end that outside provers look at. */
    readonly targets?: readonly string[];
    /** See {@link AgreementGoal.universe}. */
    readonly universe?: Readonly<Record<string, number>>;
  },
): AgreementGoal {
  const pattern = factOf(end);
  const targets = options.targets?.map((text): Substitution => {
    const target = matchFact(pattern, factOf(text));
    if (!target) throw new RangeError(`${text} is no instance of ${end}`);
    return target;
  });
  const universe = options.universe && new Map(Object.entries(options.universe));
  const begin = factOf(options.begin);
  return { kind: 'agreement', name, end: pattern, begin, injective: options.injective, targets, universe };
}
