/**
 * Theories for ProVerif's untyped Horn clause front end: `proverif -in horn FILE`.
 *
 * It is a set of clauses, not a process: ProVerif saturates them with its own resolution. Begin events are blocking predicates (never selected, kept as
 * hypotheses). For secrecy, "goal unreachable" means proved. For agreement the query asks for the end event, and ProVerif prints each way to derive it with
 * the begin events in its hypotheses: it holds if each has the begin event that is asked for; that reading is left to people. ProVerif is not packaged for
 * Debian, so nothing here runs it; the text follows the examples that come with ProVerif.
 *
 * @module
 * @see [ProVerif](https://bblanche.gitlabpages.inria.fr/proverif/)
 */
import { attacker, predicatesOf, symbolsOf, type Fact, type Goal, type Theory } from '../clauses.ts';
import { showVariable, type Term } from '../terms.ts';
import { encodeName } from './encoding.ts';

/** A theory and one goal as text for `proverif -in horn`. */
export function toProverif(theory: Theory, goal: Goal): string {
  const asked = goal.kind === 'secrecy' ? goal.never : goal.kind === 'reachable' ? goal.reach : [goal.end];
  const [only] = asked;
  const single = asked.length === 1 && only !== undefined ? only : undefined;
  const queried = single ?? { predicate: 'goal', args: [] };
  const more = single ? [] : [{ hypotheses: asked, conclusion: queried }];
  const predicates = new Map([...predicatesOf(theory, asked), [queried.predicate, queried.args.length]]);
  const symbols = symbolsOf(theory, asked);
  const remark = goal.kind === 'agreement' ? [`(* Each way must have the hypothesis ${writeFact(goal.begin)} *)`] : [];
  const clauses = [...theory.clauses, ...more].map(({ hypotheses, conclusion }) =>
    hypotheses.length === 0
      ? writeFact(conclusion)
      : `${hypotheses.map(writeFact).join(' & ')} -> ${writeFact(conclusion)}`,
  );
  return [
    `(* ${theory.name}: ${goal.name}. Run: proverif -in horn FILE *)`,
    ...[...predicates].map(([name, arity]) => `pred ${encodeName(name)}/${arity}${options(theory, name)}.`),
    `nounif ${encodeName(attacker)}:x.`,
    ...[...symbols].map(
      ([symbol, arity]) => `${theory.data.has(symbol) ? 'data' : 'fun'} ${encodeName(symbol)}/${arity}.`,
    ),
    ...remark,
    `query ${writeFact(queried)}.`,
    'reduc',
    `${clauses.map((clause) => `  ${clause}`).join(';\n')}.`,
    '',
  ].join('\n');
}

function options(theory: Theory, predicate: string): string {
  if (predicate === attacker) return ' elimVar,decompData';
  return theory.begins.has(predicate) ? ' block' : '';
}

/** ProVerif writes a fact as `predicate:arguments`. */
function writeFact({ predicate, args }: Fact): string {
  return `${encodeName(predicate)}:${args.map(writeTerm).join(',')}`;
}

function writeTerm(term: Term): string {
  if (term.kind === 'variable') return showVariable(term.name);
  const name = encodeName(term.symbol);
  return term.args.length === 0 ? `${name}()` : `${name}(${term.args.map(writeTerm).join(',')})`;
}
