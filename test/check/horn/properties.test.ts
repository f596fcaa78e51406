import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  att,
  substituteFact,
  type Clause,
  type Fact,
  type Goal,
  type Theory,
} from '../../../model/check/horn/clauses.ts';
import { derivationProblems } from '../../../model/check/horn/checkDerivation.ts';
import type { Derivation } from '../../../model/check/horn/derivation.ts';
import { goalClause } from '../../../model/check/horn/prove/goalClause.ts';
import { clauseOf, term } from '../../../model/check/horn/parse.ts';
import { apply, showTerm, sizeOf, substitute, variable, type Term } from '../../../model/check/horn/terms.ts';
import { judged, saturated } from './judge.ts';
import { closure } from './closure.ts';

const constants = ['a', 'b', 'k', 'c'].map((name) => apply(name));
const shapes: fc.Arbitrary<(...args: Term[]) => Term> = fc.constantFrom(
  (l: Term, r: Term) => apply('senc', l, r),
  (l: Term, r: Term) => apply('t2', l, r),
  (l: Term) => apply('h', l),
);

function terms(leaves: readonly Term[], depth: number): fc.Arbitrary<Term> {
  const leaf = fc.constantFrom(...leaves);
  if (depth === 0) return leaf;
  const inner = terms(leaves, depth - 1);
  return fc.oneof(
    leaf,
    fc.tuple(shapes, inner, inner).map(([shape, l, r]) => shape(l, r)),
  );
}

const attackerClauses: readonly Clause[] = [
  clauseOf('constant', 'att(c)'),
  clauseOf('encrypt', 'att(X) & att(Y) => att(senc(X,Y))'),
  clauseOf('decrypt', 'att(senc(X,Y)) & att(Y) => att(X)'),
  clauseOf('hash', 'att(X) => att(h(X))'),
];

function theoryOf(clauses: readonly Clause[]): Theory {
  return {
    name: 'random',
    abstraction: [],
    data: new Map([['t2', 2]]),
    begins: new Set(),
    clauses: [...attackerClauses, ...clauses.map((clause, index) => ({ ...clause, name: `random ${index}` }))],
  };
}

function isDerived(theory: Theory, asked: Term): 'attack' | 'proved' | 'unknown' | 'unreachable' {
  const goal: Goal = { kind: 'secrecy', name: `never ${showTerm(asked)}`, never: [att(asked)] };
  // Enough for `definite` below; 3000 could take more than two minutes for one random theory.
  const saturation = saturated(theory, { maxClauses: 250 });
  return judged(saturation, goal).answer;
}

/** Clauses; `leaves` decides whether they have variables. A conclusion has no variable that the hypotheses lack. */
function clauses(leaves: readonly Term[], depth: number): fc.Arbitrary<Clause> {
  return fc
    .tuple(fc.array(terms(leaves, depth), { maxLength: 2 }), terms(leaves, depth))
    .map(([hypotheses, conclusion]) => {
      const seen = new Set(hypotheses.flatMap((of) => [...showTerm(of).matchAll(/[XYZ]/gu)].map(([name]) => name)));
      const closed = new Map(['X', 'Y', 'Z'].filter((name) => !seen.has(name)).map((name) => [name, apply('a')]));
      return { name: '', hypotheses: hypotheses.map(att), conclusion: att(substitute(conclusion, closed)) };
    });
}

describe('the saturation', () => {
  test('derives what a naive closure derives, on random ground theories', () => {
    fc.assert(
      fc.property(fc.array(clauses(constants, 2), { maxLength: 6 }), terms(constants, 2), (random, asked) => {
        const theory = theoryOf(random);
        // With ground clauses, a derivation need not leave the subterms of theory and goal.
        const { facts, complete } = closure(theory, { asked, maxSize: 40 });
        if (!complete) return;
        expect(isDerived(theory, asked)).toBe(facts.has(showTerm(asked)) ? 'attack' : 'proved');
      }),
      { numRuns: 300, verbose: 1 },
    );
  });

  test('agrees with bounded forward closure wherever both are definite, on random theories with variables', () => {
    const leaves = [...constants, variable('X'), variable('Y'), variable('Z')];
    let definite = 0;
    fc.assert(
      fc.property(fc.array(clauses(leaves, 2), { maxLength: 4 }), terms(constants, 1), (random, asked) => {
        const theory = theoryOf(random);
        const { facts } = closure(theory, { asked, maxSize: 9 });
        const answer = isDerived(theory, asked);
        if (facts.has(showTerm(asked)) && answer !== 'unknown') expect(answer).toBe('attack');
        if (answer !== 'unknown') definite += 1;
        // The other way round, `attack` comes with a derivation, which `judged` has checked.
      }),
      // The seed is fixed: one run of up to 8000 theories ended out of memory, as the bounds count clauses and not the size of terms.
      { numRuns: 200, verbose: 1, seed: 20_261_124 },
    );
    expect(definite).toBeGreaterThan(100);
  });
});

describe('the checker of derivations', () => {
  const goal: Goal = { kind: 'secrecy', name: 'k stays', never: [att(term('k'))] };
  const theory = theoryOf([clauseOf('', 'att(senc(k,h(c)))')]);
  const { derivation } = judged(saturated(theory), goal);

  test('accepts what the prover found, refuses each change of one fact of it', () => {
    expect(derivation).toBeDefined();
    const goals = [goalClause(goal)];
    expect(derivationProblems(theory, derivation!, goals)).toEqual([]);
    let changed = 0;
    for (const broken of changes(derivation!)) {
      changed += 1;
      expect(derivationProblems(theory, broken, goals)).not.toEqual([]);
    }
    expect(changed).toBeGreaterThan(4);
  });

  test('refuses clauses of another theory, secrets that are made up, and events that are none', () => {
    expect(derivationProblems(theoryOf([]), derivation!, [goalClause(goal)])).toEqual([
      'no clause of the theory: random 0',
    ]);
    expect(derivationProblems(theory, { kind: 'chosen', fact: att(apply('k')) })).toHaveLength(1);
    expect(derivationProblems(theory, { kind: 'assumed', fact: att(apply('k')) })).toHaveLength(1);
  });
});

/** All derivations with one fact replaced. */
function changes(of: Derivation): readonly Derivation[] {
  const other = (fact: Fact): Fact =>
    substituteFact({ ...fact, args: [...fact.args, apply('zero')].slice(-1) }, new Map());
  const own = { ...of, fact: other(of.fact) };
  if (of.kind !== 'step') return [own];
  const inner = of.premises.flatMap((premise, index) =>
    changes(premise).map((change) => ({
      ...of,
      premises: of.premises.map((kept, place) => (place === index ? change : kept)),
    })),
  );
  return [own, ...inner];
}

test('sizes count symbols and variables', () => {
  expect(sizeOf(term('senc([a,X],k)'))).toBe(5);
});
