/**
 * First-order terms, as the clauses of a theory use them.
 *
 * A fresh value ("name") is a function of what makes it unique: `MPK(kms, request)`. A constant is a function of no argument.
 *
 * @module
 * @see `clauses.ts` for facts, clauses and goals over these terms
 */

/** A variable; its scope is one clause. */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
}

/** A function symbol and its arguments. */
export interface Application {
  readonly kind: 'application';
  readonly symbol: string;
  readonly args: readonly Term[];
}

/** A term. */
export type Term = Variable | Application;

/** What each variable stands for. */
export type Substitution = ReadonlyMap<string, Term>;

/** A variable. */
export function variable(name: string): Variable {
  return { kind: 'variable', name };
}

/** A function symbol applied to arguments; to none, a constant. */
export function apply(symbol: string, ...args: readonly Term[]): Application {
  return { kind: 'application', symbol, args };
}

/** Whether two terms are the same. */
export function sameTerm(left: Term, right: Term): boolean {
  if (left === right) return true;
  if (left.kind === 'variable') return right.kind === 'variable' && left.name === right.name;
  return (
    right.kind === 'application' &&
    left.symbol === right.symbol &&
    left.args.length === right.args.length &&
    left.args.every((arg, index) => {
      const other = right.args[index];
      return other !== undefined && sameTerm(arg, other);
    })
  );
}

/** Puts terms in the place of variables, once; a variable without one stays. */
export function substitute(term: Term, substitution: Substitution): Term {
  if (term.kind === 'variable') return substitution.get(term.name) ?? term;
  if (term.args.length === 0) return term;
  return { ...term, args: term.args.map((arg) => substitute(arg, substitution)) };
}

/** The names of the variables in a term, each once, in order of appearance. */
export function variablesOf(term: Term): readonly string[] {
  const found = new Set<string>();
  collectVariables(term, found);
  return [...found];
}

/** Adds the names of the variables in a term to a set. */
export function collectVariables(term: Term, found: Set<string>): void {
  if (term.kind === 'variable') found.add(term.name);
  else for (const arg of term.args) collectVariables(arg, found);
}

/** A term as people write it: `enc(k,m)`. Variables are written with a capital, or an underscore before what is no letter. */
export function showTerm(term: Term): string {
  if (term.kind === 'variable') return showVariable(term.name);
  return term.args.length === 0 ? term.symbol : `${term.symbol}(${term.args.map(showTerm).join(',')})`;
}

/** A variable with a capital first, as in TPTP. */
export function showVariable(name: string): string {
  const first = name.charAt(0);
  return /[a-z]/iu.test(first) ? first.toUpperCase() + name.slice(1) : `V${name}`;
}

/** How many symbols and variables a term has. */
export function sizeOf(term: Term): number {
  return term.kind === 'variable' ? 1 : term.args.reduce((sum, arg) => sum + sizeOf(arg), 1);
}

/** Calls back for each function symbol in a term. */
export function eachSymbol(term: Term, visit: (symbol: string, arity: number) => void): void {
  if (term.kind === 'variable') return;
  visit(term.symbol, term.args.length);
  for (const arg of term.args) eachSymbol(arg, visit);
}
