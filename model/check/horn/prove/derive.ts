/**
 * From the reasons of a clause to a derivation with every instance written out.
 *
 * @module
 */
import { attacker, buildName, partName, type Clause, type Fact } from '../clauses.ts';
import type { Derivation } from '../derivation.ts';
import { apply, variable, type Term } from '../terms.ts';
import { attP, type CFact, type CTerm, type Names } from './compiled.ts';
import { Unifier } from './unify.ts';
import type { Slot, Why } from './why.ts';

/** A derivation without instances. */
type Skeleton =
  | { readonly kind: 'clause'; readonly clause: Clause; readonly premises: readonly Skeleton[] }
  | { readonly kind: 'hypothesis'; readonly index: number }
  | { readonly kind: 'any' };

/** A derivation being made: facts with variables that the unifier still knows better. */
type Draft =
  | {
      readonly kind: 'step';
      readonly clause: Clause;
      readonly scope: ReadonlyMap<string, number>;
      readonly base: number;
    }
  | { readonly kind: 'leaf' };

interface Node {
  readonly draft: Draft;
  readonly fact: CFact;
  readonly premises: readonly Node[];
}

/** Clauses that a derivation for a set of facts came to. */
export interface Proved {
  readonly why: Why;
  readonly hypotheses: readonly CFact[];
  readonly conclusion: CFact;
  readonly vars: number;
}

/**
 * The derivation of what a clause concludes from its hypotheses; its root is the goal's clause.
 *
 * @param prefix - what variables left free are called
 */
export function derivationOf(names: Names, proved: Proved, prefix: string): Derivation {
  const writer = new Writer(names, proved, prefix);
  return writer.write(expand(names, proved.why, (index) => ({ kind: 'hypothesis', index })));
}

function expand(names: Names, why: Why, fill: (index: number) => Skeleton): Skeleton {
  const slot = (of: Slot | undefined): Skeleton => {
    if (of === undefined || of === 'any') return { kind: 'any' };
    if (typeof of === 'number') return fill(of);
    return {
      kind: 'clause',
      clause: buildClause(names.symbolName(of.symbol), of.parts.length),
      premises: of.parts.map(slot),
    };
  };
  switch (why.step) {
    case 'input':
      return { kind: 'clause', clause: why.clause, premises: why.slots.map(slot) };
    case 'resolve': {
      const { producer, consumer, at, slots } = why;
      const shift = producer.hypotheses.length;
      return expand(names, consumer.why, (index) => {
        if (index === at) return expand(names, producer.why, (inner) => slot(slots[inner]));
        return slot(slots[shift + (index < at ? index : index - 1)]);
      });
    }
    case 'part': {
      const whole = expand(names, why.whole, (index) => slot(why.slots[index]));
      const symbol = names.symbolName(why.symbol);
      return {
        kind: 'clause',
        clause: partClause(symbol, why.index, names.data.get(why.symbol) ?? 0),
        premises: [whole],
      };
    }
  }
}

function parts(arity: number): readonly Term[] {
  return Array.from({ length: arity }, (_, index) => variable(`x${index}`));
}

function buildClause(symbol: string, arity: number): Clause {
  const hypotheses = parts(arity).map((part): Fact => ({ predicate: attacker, args: [part] }));
  return {
    name: buildName(symbol),
    hypotheses,
    conclusion: { predicate: attacker, args: [apply(symbol, ...parts(arity))] },
  };
}

function partClause(symbol: string, index: number, arity: number): Clause {
  const part = parts(arity)[index] ?? variable('x0');
  return {
    name: partName(symbol, index),
    hypotheses: [{ predicate: attacker, args: [apply(symbol, ...parts(arity))] }],
    conclusion: { predicate: attacker, args: [part] },
  };
}

/** Gives each step variables of its own, unifies each conclusion with the hypothesis that it serves, then writes all instances out. */
class Writer {
  readonly #names: Names;
  readonly #proved: Proved;
  readonly #prefix: string;
  readonly #unifier = new Unifier();
  #next: number;

  constructor(names: Names, proved: Proved, prefix: string) {
    this.#names = names;
    this.#proved = proved;
    this.#prefix = prefix;
    this.#next = proved.vars;
    this.#unifier.reset(proved.vars);
  }

  write(skeleton: Skeleton): Derivation {
    return this.#finish(this.#instance(skeleton, this.#proved.conclusion, 0));
  }

  #instance(skeleton: Skeleton, wanted: CFact, wantedBase: number): Node {
    const fact: CFact = { p: wanted.p, a: wanted.a };
    if (skeleton.kind !== 'clause') {
      if (skeleton.kind === 'hypothesis') {
        const hypothesis = this.#proved.hypotheses[skeleton.index];
        if (!hypothesis) throw new RangeError(`no hypothesis ${skeleton.index}`);
        this.#meet([hypothesis, 0], [fact, wantedBase]);
        return { draft: { kind: 'leaf' }, fact: hypothesis, premises: [] };
      }
      return { draft: { kind: 'leaf' }, fact: shifted(fact, wantedBase), premises: [] };
    }
    const { clause } = skeleton;
    const scope = new Map<string, number>();
    const hypotheses = clause.hypotheses.map((of) => this.#names.fact(of, scope));
    const conclusion = this.#names.fact(clause.conclusion, scope);
    const base = this.#next;
    this.#next += scope.size;
    this.#meet([conclusion, base], [fact, wantedBase]);
    const premises = skeleton.premises.map((premise, index) => {
      const hypothesis = hypotheses[index];
      if (!hypothesis) throw new RangeError(`clause "${clause.name}" has no hypothesis ${index}`);
      return this.#instance(premise, hypothesis, base);
    });
    return { draft: { kind: 'step', clause, scope, base }, fact: shifted(conclusion, base), premises };
  }

  #meet([left, leftBase]: readonly [CFact, number], [right, rightBase]: readonly [CFact, number]): void {
    if (!this.#unifier.unifyFacts(shifted(left, leftBase), shifted(right, rightBase), 0)) {
      throw new RangeError('the reasons of a clause do not fit together: the prover is wrong');
    }
  }

  #finish({ draft, fact, premises }: Node): Derivation {
    const shown = this.#names.factBack(this.#unifier.buildFact(fact, 0), this.#prefix);
    if (draft.kind === 'leaf') {
      return { kind: fact.p === attP ? 'chosen' : 'assumed', fact: shown };
    }
    const substitution = new Map(
      [...draft.scope].map(([name, index]): [string, Term] => {
        const term = this.#unifier.build({ v: index + draft.base, s: -1, a: [], size: 1, ground: false }, 0);
        return [name, this.#names.termBack(term, this.#prefix)];
      }),
    );
    return {
      kind: 'step',
      clause: draft.clause,
      substitution,
      fact: shown,
      premises: premises.map((premise) => this.#finish(premise)),
    };
  }
}

function shifted(of: CFact, base: number): CFact {
  return base === 0 ? of : { p: of.p, a: of.a.map((arg) => shiftedTerm(arg, base)) };
}

function shiftedTerm(term: CTerm, base: number): CTerm {
  if (term.ground) return term;
  if (term.v >= 0) return { ...term, v: term.v + base };
  return { ...term, a: term.a.map((arg) => shiftedTerm(arg, base)) };
}
