/**
 * Problems in the DFG language, for SPASS.
 *
 * "Proof found": the facts that must never be derived are. "Completion found": they are not.
 *
 * @module
 * @see [DFG syntax](https://www.spass-prover.org/download/binaries/spass-input-syntax15.pdf)
 */
import { variablesOfClause, type Clause, type Fact } from '../clauses.ts';
import type { Refutation } from '../refutation.ts';
import { eachSymbol, showVariable, type Term } from '../terms.ts';
import { encodeName } from './encoding.ts';

/** A problem as DFG text. */
export function toDfg(problem: Refutation): string {
  const facts = [
    ...problem.clauses.flatMap(({ hypotheses, conclusion }) => [...hypotheses, conclusion]),
    ...problem.never,
  ];
  const symbols = new Map<string, number>();
  for (const arg of facts.flatMap(({ args }) => args)) eachSymbol(arg, (symbol, arity) => symbols.set(symbol, arity));
  const predicates = new Map(facts.map((of): [string, number] => [of.predicate, of.args.length]));
  const declare = (names: ReadonlyMap<string, number>): string =>
    [...names].map(([name, arity]) => `(${encodeName(name)},${arity})`).join(', ');
  const functions = symbols.size > 0 ? [`functions[${declare(symbols)}].`] : [];
  const [first, ...more] = problem.never;
  const never = first ? [clauseText({ name: 'never', hypotheses: more, conclusion: first }, '', false)] : [];
  return [
    'begin_problem(theory).',
    'list_of_descriptions.',
    `name({*${problem.name}*}).`,
    'author({*exported*}).',
    'status(unknown).',
    'description({*Horn clauses of a protocol*}).',
    'end_of_list.',
    'list_of_symbols.',
    ...functions,
    `predicates[${declare(predicates)}].`,
    'end_of_list.',
    'list_of_clauses(axioms, cnf).',
    ...problem.clauses.map((clause, index) => clauseText(clause, `c${index}`, true)),
    'end_of_list.',
    'list_of_clauses(conjectures, cnf).',
    ...never,
    'end_of_list.',
    'end_problem.',
    '',
  ].join('\n');
}

/** @param positive - whether the conclusion is one; else all facts are denied */
function clauseText(clause: Clause, label: string, positive: boolean): string {
  const { hypotheses, conclusion } = clause;
  const denied = hypotheses.map((of) => `not(${writeFact(of)})`);
  const last = positive ? writeFact(conclusion) : `not(${writeFact(conclusion)})`;
  const body = `or(${[...denied, last].join(',')})`;
  const variables = variablesOfClause(clause).map(showVariable);
  const quantified = variables.length > 0 ? `forall([${variables.join(',')}],${body})` : body;
  return label === '' ? `clause(${quantified}).` : `clause(${quantified},${label}).`;
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
