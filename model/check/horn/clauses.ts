/**
 * Horn clauses, theories, and what is asked of them.
 *
 * `att(x)` says that the attacker can derive x. An *event* predicate says that a party did something. A *begin* event is only ever a hypothesis:
 * a clause that sends a message has the begin events of the party as hypotheses, so each derivation shows which of them it needs. An *end* event is
 * only ever a conclusion. Other predicates are ordinary relations (`oneof(x,y)`).
 *
 * The types hold what is extracted from role machines as well as what is written by hand.
 *
 * @module
 */
import { collectVariables, eachSymbol, showTerm, substitute, type Substitution, type Term } from './terms.ts';

/** The predicate of what the attacker can derive. */
export const attacker = 'att';

/** A predicate and its arguments. */
export interface Fact {
  readonly predicate: string;
  readonly args: readonly Term[];
}

/** If all hypotheses hold, so does the conclusion. */
export interface Clause {
  /** Where it comes from, for people: "KMS answers REQUEST_INIT". */
  readonly name: string;
  readonly hypotheses: readonly Fact[];
  readonly conclusion: Fact;
}

/** A set of clauses. */
export interface Theory {
  readonly name: string;
  /** What the clauses leave out or approximate; a verdict names it. */
  readonly abstraction: readonly string[];
  /**
   * Data constructors: whoever can derive `f(x,y)` can derive x and y, and the other way round. The clauses for that are implied, see {@link dataClauses}.
   */
  readonly data: ReadonlyMap<string, number>;
  /** Predicates that are begin events: hypotheses that nothing derives. */
  readonly begins: ReadonlySet<string>;
  readonly clauses: readonly Clause[];
}

/** No instance of the facts is derivable together, for instance `att(secret)`. */
export interface SecrecyGoal {
  readonly kind: 'secrecy';
  readonly name: string;
  readonly never: readonly Fact[];
}

/** Whenever the end event is derived, a matching begin event is among what its derivation needs. */
export interface AgreementGoal {
  readonly kind: 'agreement';
  readonly name: string;
  readonly end: Fact;
  /** Its variables are those of `end`, or free: "some". */
  readonly begin: Fact;
  /** Also: two ends never share one begin. The argument of `end` with this index (from 0) tells two ends apart. */
  readonly injective?: number | undefined;
  /** Closed or linear instances of `end` that outside provers look at, as they cannot decide the whole; see refutation.ts. */
  readonly targets?: readonly Substitution[] | undefined;
  /** Symbols, with arities, that begin events other than the target's are made of there; default all of the theory, which can be many clauses. */
  readonly universe?: ReadonlyMap<string, number> | undefined;
}

/** An honest end that must be derivable, else all other verdicts are empty. */
export interface ReachableGoal {
  readonly kind: 'reachable';
  readonly name: string;
  readonly reach: readonly Fact[];
}

/** What can be asked of a theory. */
export type Goal = SecrecyGoal | AgreementGoal | ReachableGoal;

/** A fact. */
export function fact(predicate: string, ...args: readonly Term[]): Fact {
  return { predicate, args };
}

/** The attacker can derive a term. */
export function att(term: Term): Fact {
  return fact(attacker, term);
}

/** Puts terms in the place of variables in a fact. */
export function substituteFact(of: Fact, substitution: Substitution): Fact {
  return { predicate: of.predicate, args: of.args.map((arg) => substitute(arg, substitution)) };
}

/** A fact as people write it. */
export function showFact(of: Fact): string {
  return of.args.length === 0 ? of.predicate : `${of.predicate}(${of.args.map(showTerm).join(', ')})`;
}

/** A clause as people write it. */
export function showClause(clause: Clause): string {
  const { hypotheses } = clause;
  return `${hypotheses.map(showFact).join(' & ')}${hypotheses.length > 0 ? ' => ' : ''}${showFact(clause.conclusion)}`;
}

/** The names of the variables of a clause. */
export function variablesOfClause(clause: Clause): readonly string[] {
  const found = new Set<string>();
  for (const { args } of [...clause.hypotheses, clause.conclusion])
    for (const arg of args) collectVariables(arg, found);
  return [...found];
}

/** The clauses that the data constructors of a theory imply: building, and taking each part out. */
export function dataClauses(theory: Theory): readonly Clause[] {
  return [...theory.data].flatMap(([symbol, arity]) => {
    const parts: readonly Term[] = Array.from({ length: arity }, (_, index) => ({
      kind: 'variable',
      name: `x${index}`,
    }));
    const whole: Term = { kind: 'application', symbol, args: parts };
    return [
      { name: buildName(symbol), hypotheses: parts.map(att), conclusion: att(whole) },
      ...parts.map((part, index) => ({
        name: partName(symbol, index),
        hypotheses: [att(whole)],
        conclusion: att(part),
      })),
    ];
  });
}

/** The name of the implied clause that builds data. */
export function buildName(symbol: string): string {
  return `build ${symbol}`;
}

/** The name of the implied clause that takes a part out of data. */
export function partName(symbol: string, index: number): string {
  return `part ${index} of ${symbol}`;
}

/** The function symbols of a theory and the facts of goals, with their arities. */
export function symbolsOf(theory: Theory, more: readonly Fact[] = []): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const facts = [...theory.clauses.flatMap((clause) => [...clause.hypotheses, clause.conclusion]), ...more];
  for (const [symbol, arity] of theory.data) found.set(symbol, arity);
  for (const { args } of facts) for (const arg of args) eachSymbol(arg, (symbol, arity) => found.set(symbol, arity));
  return found;
}

/** The predicates of a theory and the facts of goals, with their arities. */
export function predicatesOf(theory: Theory, more: readonly Fact[] = []): ReadonlyMap<string, number> {
  const facts = [...theory.clauses.flatMap((clause) => [...clause.hypotheses, clause.conclusion]), ...more];
  return new Map([[attacker, 1], ...facts.map((of): [string, number] => [of.predicate, of.args.length])]);
}
