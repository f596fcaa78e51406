/**
 * Saturation of a theory: resolution with free selection, as ProVerif does it.
 *
 * A clause with a selected hypothesis is only resolved on that; a clause without one only on its conclusion. `att(variable)` and begin events are never
 * selected. When nothing new comes, each derivable fact has a derivation by clauses without selected hypothesis alone, and goals are decided with those
 * (decideGoal.ts).
 *
 * @module
 */
import type { Theory } from '../clauses.ts';
import { problemsOf } from '../wellFormed.ts';
import { ClauseBase } from './base.ts';
import { attP, cVar, Names, type CClause } from './compiled.ts';
import { ClauseIndex } from './index.ts';
import { simplify } from './simplify.ts';
import { defaultFuel, subsumption, type Subsumes } from './subsume.ts';
import { Unifier } from './unify.ts';

/** Where the prover stops, and how it measures. */
export interface ProverOptions {
  /** Clauses made at most, before the answer is `unknown`; default 200000. */
  readonly maxClauses?: number;
  /** Milliseconds; without it, verdicts say 0 seconds. */
  readonly clock?: () => number;
  /** Another subsumption test, for tests of the prover. */
  readonly subsumes?: Subsumes;
}

/** What was spent. */
export interface ProverStats {
  /** Clauses made by resolution. */
  readonly made: number;
  /** Clauses kept at the end. */
  readonly kept: number;
  readonly seconds: number;
}

/** A theory after saturation. */
export interface Saturation {
  readonly theory: Theory;
  readonly names: Names;
  /** Whether it ended; if not, only attacks can be found. */
  readonly complete: boolean;
  /** Whether the attacker can derive everything, so that the theory says nothing: as if a sender took a peer from nowhere and named it. */
  readonly vacuous: boolean;
  /** Clauses without a selected hypothesis. */
  readonly solved: ClauseIndex;
  /** What it was made with. */
  readonly options: Required<ProverOptions>;
  readonly stats: ProverStats;
}

/** Default bound of clauses made. */
export const defaultMaxClauses = 200_000;

/**
 * Saturates a theory.
 *
 * @throws RangeError if the theory is not well formed
 */
export function saturate(theory: Theory, options: ProverOptions = {}): Saturation {
  const problems = problemsOf(theory);
  if (problems.length > 0) throw new RangeError(`theory ${theory.name}: ${problems.join('; ')}`);
  const { maxClauses = defaultMaxClauses, clock = () => 0, subsumes = subsumption(defaultFuel) } = options;
  const start = clock();
  const names = new Names(theory);
  const base = new ClauseBase(subsumes);
  for (const clause of theory.clauses) {
    const compiled = names.clause(clause);
    for (const simple of simplify(names, compiled, (slots) => ({ step: 'input', clause, slots }))) base.add(simple);
  }
  const waiting = new ClauseIndex();
  const solved = new ClauseIndex();
  let made = 0;
  let given = base.queue.next();
  for (; given && made < maxClauses; given = base.queue.next()) {
    const turn = given;
    const fresh: CClause[] = [];
    const selected = turn.hypotheses[turn.selected];
    if (selected) {
      waiting.add(selected, turn);
      for (const producer of solved.unifiable(selected)) {
        if (base.isAlive(producer)) fresh.push(...resolve(names, producer, turn));
      }
    } else {
      solved.add(turn.conclusion, turn);
      for (const consumer of waiting.unifiable(turn.conclusion)) {
        if (base.isAlive(consumer)) fresh.push(...resolve(names, turn, consumer));
      }
    }
    made += fresh.length;
    for (const clause of fresh) base.add(clause);
  }
  const complete = given === undefined;
  const usable = new ClauseIndex();
  for (const clause of base.clauses) if (clause.selected < 0) usable.add(clause.conclusion, clause);
  return {
    theory,
    names,
    complete,
    vacuous: usable.general({ p: attP, a: [cVar(0)] }).length > 0,
    solved: usable,
    options: { maxClauses, clock, subsumes },
    stats: { made, kept: base.size, seconds: (clock() - start) / 1000 },
  };
}

const unifier = new Unifier();

/** The conclusion of the producer meets the selected hypothesis of the consumer. */
export function resolve(names: Names, producer: CClause, consumer: CClause): readonly CClause[] {
  const at = consumer.selected;
  const hypothesis = consumer.hypotheses[at];
  const offset = producer.vars;
  unifier.reset(producer.vars + consumer.vars);
  if (!hypothesis || !unifier.unifyFacts(producer.conclusion, hypothesis, offset)) return [];
  const hypotheses = [
    ...producer.hypotheses.map((of) => unifier.buildFact(of, 0)),
    ...consumer.hypotheses.flatMap((of, index) => (index === at ? [] : [unifier.buildFact(of, offset)])),
  ];
  const conclusion = unifier.buildFact(consumer.conclusion, offset);
  const raw = { hypotheses, conclusion, vars: unifier.fresh };
  return simplify(names, raw, (slots) => ({ step: 'resolve', producer, consumer, at, slots }));
}
