/**
 * Terms and clauses as the prover holds them: symbols and variables are numbers, so that comparing is cheap.
 *
 * @module
 */
import { attacker, type Clause, type Fact, type Theory } from '../clauses.ts';
import { apply, variable, type Term } from '../terms.ts';
import type { Why } from './why.ts';

/** A term. */
export interface CTerm {
  /** Which variable; -1 if it is none. */
  readonly v: number;
  /** Which symbol; -1 if it is a variable. */
  readonly s: number;
  readonly a: readonly CTerm[];
  readonly size: number;
  readonly ground: boolean;
}

/** A fact. */
export interface CFact {
  readonly p: number;
  readonly a: readonly CTerm[];
}

/** A clause. Its variables are 0 to `vars` - 1. */
export interface CClause {
  readonly hypotheses: readonly CFact[];
  readonly conclusion: CFact;
  readonly vars: number;
  /** Index of the hypothesis to resolve on; -1: the conclusion. */
  readonly selected: number;
  /** Which predicates and outermost symbols its hypotheses have, as bits; a clause only subsumes one that has all of its bits. */
  readonly mask: number;
  readonly size: number;
  readonly why: Why;
}

/** The predicate `att`. */
export const attP = 0;

const noTerms: readonly CTerm[] = [];

/** A variable. */
export function cVar(v: number): CTerm {
  return { v, s: -1, a: noTerms, size: 1, ground: false };
}

/** An application. */
export function cApp(s: number, a: readonly CTerm[]): CTerm {
  let size = 1;
  let ground = true;
  for (const arg of a) {
    size += arg.size;
    ground &&= arg.ground;
  }
  return { v: -1, s, a, size, ground };
}

/** Whether two terms are the same. */
export function sameCTerm(l: CTerm, r: CTerm): boolean {
  if (l === r) return true;
  if (l.v !== r.v || l.s !== r.s || l.size !== r.size) return false;
  return sameAll(l.a, r.a);
}

/** Whether two facts are the same. */
export function sameCFact(l: CFact, r: CFact): boolean {
  return l.p === r.p && sameAll(l.a, r.a);
}

function sameAll(l: readonly CTerm[], r: readonly CTerm[]): boolean {
  for (let index = 0; index < l.length; index += 1) {
    const [left, right] = [l[index], r[index]];
    if (!left || !right || !sameCTerm(left, right)) return false;
  }
  return true;
}

/** Size of a fact. */
export function factSize({ a }: CFact): number {
  let size = 1;
  for (const arg of a) size += arg.size;
  return size;
}

/** Numbers for the symbols and predicates of a theory; it grows as goals bring new ones. */
export class Names {
  readonly #symbols = new Map<string, number>();
  readonly #symbolNames: string[] = [];
  readonly #predicates = new Map<string, number>([[attacker, attP]]);
  readonly #predicateNames: string[] = [attacker];
  /** Symbols of data constructors, with their arities. */
  readonly data = new Map<number, number>();
  /** Predicates of begin events. */
  readonly begins = new Set<number>();

  constructor(theory: Theory) {
    for (const [symbol, arity] of theory.data) this.data.set(this.symbol(symbol), arity);
    for (const predicate of theory.begins) this.begins.add(this.predicate(predicate));
  }

  /** The number of a symbol, a new one if need be. */
  symbol(name: string): number {
    return numberOf(this.#symbols, this.#symbolNames, name);
  }

  /** The number of a predicate, a new one if need be. */
  predicate(name: string): number {
    return numberOf(this.#predicates, this.#predicateNames, name);
  }

  /** The name of a symbol. */
  symbolName(s: number): string {
    return this.#symbolNames[s] ?? '?';
  }

  /**
   * A term, with numbers.
   *
   * @param scope - numbers of the variables of the clause; grows
   */
  term(term: Term, scope: Map<string, number>): CTerm {
    if (term.kind === 'variable') {
      const known = scope.get(term.name) ?? scope.size;
      scope.set(term.name, known);
      return cVar(known);
    }
    return cApp(
      this.symbol(term.symbol),
      term.args.map((arg) => this.term(arg, scope)),
    );
  }

  /** A fact, with numbers; `scope` as for a term. */
  fact(of: Fact, scope: Map<string, number>): CFact {
    return { p: this.predicate(of.predicate), a: of.args.map((arg) => this.term(arg, scope)) };
  }

  /** Back to a term; the variable n is called `prefix` n. */
  termBack(term: CTerm, prefix: string): Term {
    if (term.v >= 0) return variable(`${prefix}${term.v}`);
    return apply(this.symbolName(term.s), ...term.a.map((arg) => this.termBack(arg, prefix)));
  }

  /** Back to a fact; the variable n is called `prefix` n. */
  factBack(of: CFact, prefix: string): Fact {
    return { predicate: this.#predicateNames[of.p] ?? '?', args: of.a.map((arg) => this.termBack(arg, prefix)) };
  }

  /** A clause, with numbers and a scope of its own. */
  clause(clause: Clause): { readonly hypotheses: readonly CFact[]; readonly conclusion: CFact; readonly vars: number } {
    const scope = new Map<string, number>();
    const hypotheses = clause.hypotheses.map((hypothesis) => this.fact(hypothesis, scope));
    const conclusion = this.fact(clause.conclusion, scope);
    return { hypotheses, conclusion, vars: scope.size };
  }
}

function numberOf(numbers: Map<string, number>, names: string[], name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, names.length);
  names.push(name);
  return names.length - 1;
}
