/**
 * Goals as refutation problems, which any first-order prover understands: clauses, and facts of which no instance may be derivable together.
 *
 * Secrecy is one as it stands. Agreement is not: clauses bound what is accepted from below only. Two kinds of problem help. For a *target*, an instance of
 * the end event, all begin events but those of the target are allowed, and the end must not be derivable; this checks a proof, for that target. For a
 * *found attack*, only the begin events of its derivation are allowed, and the end must be derivable; this checks an attack.
 *
 * @module
 */
import {
  att,
  dataClauses,
  fact,
  substituteFact,
  symbolsOf,
  type Clause,
  type Fact,
  type Goal,
  type Theory,
} from './clauses.ts';
import { assumedFacts, eachNode, type Derivation } from './derivation.ts';
import { matchFact } from './match.ts';
import { unifyTerms } from './unifyTerms.ts';
import { apply, variable, variablesOf, type Substitution, type Term } from './terms.ts';

/** Clauses, and what must not follow from them. */
export interface Refutation {
  readonly name: string;
  /** All that is needed: data constructors have clauses here, and begin events that may happen are left out. */
  readonly clauses: readonly Clause[];
  readonly never: readonly Fact[];
}

/** The problems of a goal: one for secrecy or reachability, one for each target of an agreement. */
export function refutationsOf(theory: Theory, goal: Goal): readonly Refutation[] {
  const name = `${theory.name}: ${goal.name}`;
  if (goal.kind !== 'agreement') {
    const never = goal.kind === 'secrecy' ? goal.never : goal.reach;
    return [{ name, clauses: withoutBegins(theory, theory.begins), never }];
  }
  const others = new Set([...theory.begins].filter((predicate) => predicate !== goal.begin.predicate));
  return (goal.targets ?? []).map((target, index) => {
    const [end, begin] = [substituteFact(goal.end, target), substituteFact(goal.begin, target)];
    const patterns = unlikeAll(begin.args, goal.universe ?? symbolsOf(theory, [end, begin]));
    const clauses = withoutBegins(theory, others).flatMap((clause) =>
      instancesWith(
        clause,
        patterns.map((args) => fact(begin.predicate, ...args)),
      ),
    );
    return { name: `${name}, target ${index + 1}`, clauses: withoutDead(clauses), never: [end] };
  });
}

/** The clauses of a theory, with begin events that may always happen left out. Provers end sooner than with clauses for them. */
function withoutBegins(theory: Theory, allowed: ReadonlySet<string>): readonly Clause[] {
  return [...theory.clauses, ...dataClauses(theory)].map((clause) => ({
    ...clause,
    hypotheses: clause.hypotheses.filter(({ predicate }) => !allowed.has(predicate)),
  }));
}

/** The instances of a clause in which the begin event is one of some facts, without it. */
function instancesWith(clause: Clause, happened: readonly Fact[]): readonly Clause[] {
  const [begin] = happened;
  const at = clause.hypotheses.findIndex(({ predicate }) => predicate === begin?.predicate);
  const hypothesis = clause.hypotheses[at];
  if (!hypothesis) return [clause];
  const rest = { ...clause, hypotheses: clause.hypotheses.filter((_, index) => index !== at) };
  const instances = happened.flatMap(({ args }) => {
    const unifier = unifyTerms(args.map((arg, index) => [arg, hypothesis.args[index] ?? arg]));
    return unifier ? [substituteClause(rest, unifier)] : [];
  });
  return withoutInstances(instances).flatMap((instance) => instancesWith(instance, happened));
}

/** Leaves out the clauses with a hypothesis that no clause concludes an instance of. */
function withoutDead(clauses: readonly Clause[]): readonly Clause[] {
  const conclusions = new Map<string, Fact[]>();
  for (const { conclusion } of clauses) {
    const primed = new Map([...conclusion.args].flatMap(variablesOf).map((name) => [name, variable(`${name}_c`)]));
    const known = conclusions.get(conclusion.predicate) ?? [];
    conclusions.set(conclusion.predicate, [...known, substituteFact(conclusion, primed)]);
  }
  const live = (of: Fact): boolean =>
    (conclusions.get(of.predicate) ?? []).some(
      ({ args }) => unifyTerms(args.map((arg, index) => [arg, of.args[index] ?? arg])) !== undefined,
    );
  return clauses.filter(({ hypotheses }) => hypotheses.every(live));
}

/** Leaves out the clauses that are instances of others. */
function withoutInstances(clauses: readonly Clause[]): readonly Clause[] {
  const kept: Clause[] = [];
  for (const clause of clauses) {
    if (kept.some((general) => isInstance(general, clause))) continue;
    kept.splice(0, kept.length, ...kept.filter((special) => !isInstance(clause, special)), clause);
  }
  return kept;
}

function isInstance(general: Clause, special: Clause): boolean {
  const facts = [special.conclusion, ...special.hypotheses];
  let found: Substitution | undefined = new Map();
  for (const [index, pattern] of [general.conclusion, ...general.hypotheses].entries()) {
    const of = facts[index];
    found = of && found && matchFact(pattern, of, found);
  }
  return found !== undefined;
}

function substituteClause(clause: Clause, substitution: Substitution): Clause {
  return {
    name: clause.name,
    hypotheses: clause.hypotheses.map((of) => substituteFact(of, substitution)),
    conclusion: substituteFact(clause.conclusion, substitution),
  };
}

/** The problem that says that a found derivation holds: it is refutable if the provers agree. */
export function confirmationOf(theory: Theory, derivation: Derivation): Refutation {
  if (derivation.kind !== 'step') throw new RangeError('the root of an attack is a goal');
  const frozen: Substitution = new Map(chosenIn(derivation).map((name) => [name, apply(`chosen_${name}`)]));
  const freeze = (of: Fact): Fact => substituteFact(of, frozen);
  const made = [...frozen.values()].map((value): Clause => ({
    name: `made up: ${value.kind === 'application' ? value.symbol : ''}`,
    hypotheses: [],
    conclusion: att(value),
  }));
  const begun = assumedFacts(derivation).map((of, index): Clause => ({
    name: `happened ${index}`,
    hypotheses: [],
    conclusion: freeze(of),
  }));
  const { clause, substitution } = derivation;
  return {
    name: `${theory.name}: attack on ${clause.name}`,
    clauses: [...theory.clauses, ...dataClauses(theory), ...made, ...begun],
    never:
      endsOf(derivation).length > 0
        ? endsOf(derivation).map(freeze)
        : clause.hypotheses.map((of) => freeze(substituteFact(of, substitution))),
  };
}

/** For two ends of an injective agreement, the ends themselves; the root's premises are goals then, not facts of the theory. */
function endsOf(derivation: Derivation): readonly Fact[] {
  if (derivation.kind !== 'step') return [];
  return derivation.premises.flatMap((premise) =>
    premise.kind === 'step' && premise.fact.predicate === 'goal' ? premise.premises.map(({ fact }) => fact) : [],
  );
}

function chosenIn(derivation: Derivation): readonly string[] {
  const found = new Set<string>();
  eachNode(derivation, ({ fact }) => {
    for (const arg of fact.args) for (const name of variablesOf(arg)) found.add(name);
  });
  return [...found];
}

function freshVariables(count: number): readonly Term[] {
  return Array.from({ length: count }, (_, index) => variable(`_y${index}`));
}

/**
 * Patterns that together are all lists of terms but the instances of the given one, read as if no variable stood in it twice.
 *
 * @param symbols - all there are, with their arities
 */
export function unlikeAll(args: readonly Term[], symbols: ReadonlyMap<string, number>): readonly (readonly Term[])[] {
  return args.flatMap((arg, place) =>
    unlike(arg, symbols).map((other) => args.map((_, index) => (index === place ? other : variable(`_z${index}`)))),
  );
}

function unlike(pattern: Term, symbols: ReadonlyMap<string, number>): readonly Term[] {
  if (pattern.kind === 'variable') return [];
  const others = [...symbols].filter(([symbol]) => symbol !== pattern.symbol);
  const depth = nextDepth(pattern);
  return [
    ...others.map(([symbol, arity]) => apply(symbol, ...freshVariables(arity))),
    ...pattern.args.flatMap((arg, place) =>
      unlike(arg, symbols).map((other) =>
        apply(
          pattern.symbol,
          ...pattern.args.map((_, index) => (index === place ? other : variable(`_w${depth}_${index}`))),
        ),
      ),
    ),
  ];
}

/** Variables of different levels must not be the same. */
function nextDepth(term: Term): number {
  return term.kind === 'variable' ? 0 : 1 + Math.max(0, ...term.args.map(nextDepth));
}
