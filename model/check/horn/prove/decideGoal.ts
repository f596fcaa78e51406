/**
 * Decides goals with the clauses of a saturation.
 *
 * The goal is resolved backwards until no hypothesis can be selected: what is left are values that the attacker makes up, and begin events.
 *
 * @module
 */
import type { AgreementGoal, Goal } from '../clauses.ts';
import { ClauseBase } from './base.ts';
import type { CClause } from './compiled.ts';
import { derivationOf } from './derive.ts';
import { goalClause } from './goalClause.ts';
import { beginsIn, compileAgreement, type CAgreement } from './agreement.ts';
import { sharedBegin } from './injective.ts';
import { resolve, type Saturation } from './saturate.ts';
import { simplify } from './simplify.ts';
import type { Answer, Verdict } from './verdict.ts';

/** Decides one goal. */
export function decideGoal(saturation: Saturation, goal: Goal): Verdict {
  const { names, options, theory } = saturation;
  const start = options.clock();
  const agreement = goal.kind === 'agreement' ? compileAgreement(names, goal) : undefined;
  const search = backward(saturation, goal, agreement);
  const verdict = (answer: Answer, found?: Verdict['derivation']): Verdict => ({
    goal: goal.name,
    theory: theory.name,
    answer,
    stats: { made: search.made, kept: search.ends.length, seconds: (options.clock() - start) / 1000 },
    ...(found ? { derivation: found } : {}),
  });
  const [hit] = search.hits;
  if (hit) return verdict(goal.kind === 'reachable' ? 'proved' : 'attack', derivationOf(names, hit, 'x'));
  if (!saturation.complete || !search.complete) return verdict('unknown');
  if (goal.kind === 'reachable') return verdict('unreachable');
  if (agreement && goal.kind === 'agreement' && goal.injective !== undefined) {
    const shared = sharedBegin(names, search.ends, { goal, agreement });
    if (shared) return verdict('attack', shared);
  }
  return verdict('proved');
}

interface Search {
  readonly made: number;
  readonly complete: boolean;
  /** Clauses that settle the goal against it, or reach it; at most one. */
  readonly hits: readonly CClause[];
  /** All clauses without a selected hypothesis. */
  readonly ends: readonly CClause[];
}

function backward(saturation: Saturation, goal: Goal, agreement: CAgreement | undefined): Search {
  const { names, solved, options } = saturation;
  const base = new ClauseBase(options.subsumes);
  const clause = goalClause(goal);
  const injective = isInjective(goal);
  for (const simple of simplify(names, names.clause(clause), (slots) => ({ step: 'input', clause, slots })))
    base.add(simple);
  const ends: CClause[] = [];
  let made = 0;
  let given = base.queue.next();
  for (; given && made < options.maxClauses; given = base.queue.next()) {
    const turn = given;
    // A clause that rests on its begin does so in all its instances.
    const rests = agreement !== undefined && beginsIn(agreement, turn).length > 0;
    if (rests && !injective) continue;
    const selected = turn.hypotheses[turn.selected];
    if (!selected) {
      if (!rests) return { made, complete: true, hits: [turn], ends };
      ends.push(turn);
      continue;
    }
    const fresh = solved.unifiable(selected).flatMap((producer) => resolve(names, producer, turn));
    made += fresh.length;
    for (const next of fresh) base.add(next);
  }
  return { made, complete: given === undefined, hits: [], ends: ends.filter((end) => base.isAlive(end)) };
}

function isInjective(goal: Goal): goal is AgreementGoal {
  return goal.kind === 'agreement' && goal.injective !== undefined;
}
