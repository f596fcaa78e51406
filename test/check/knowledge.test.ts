import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Knowledge } from '../../model/check/explore/knowledge.ts';
import { Terms, type Shape, type Term } from '../../model/check/term.ts';

/** A small term as a tree, before it is made. */
type Tree =
  | { readonly kind: 'name'; readonly n: number }
  | { readonly kind: 'own' }
  | { readonly kind: 'constant'; readonly n: number }
  | { readonly kind: 'pair' | 'mac' | 'prf' | 'enc' | 'coding'; readonly a: Tree; readonly b: Tree };

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(4).map((n) => ({ kind: 'name', n }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'own' } as const) },
  { weight: 1, arbitrary: fc.nat(1).map((n) => ({ kind: 'constant', n }) as const) },
);

function tree(depth: number): fc.Arbitrary<Tree> {
  if (depth === 0) return leaf;
  const inner = tree(depth - 1);
  const kind = fc.constantFrom(
    'pair' as const,
    'mac' as const,
    'prf' as const,
    'enc' as const,
    'enc' as const,
    'coding' as const,
  );
  return fc.oneof(leaf, fc.record({ kind, a: inner, b: inner }));
}

function made(terms: Terms, one: Tree): Term {
  const make = (shape: Shape): Term => terms.intern(shape, 16);
  if (one.kind === 'name') return make({ op: 'name', party: 'alice', purpose: 'n', serial: one.n });
  if (one.kind === 'own') return make({ op: 'name', party: 'attacker', purpose: 'n', serial: 0 });
  if (one.kind === 'constant') return make({ op: 'constant', hex: one.n === 0 ? '00' : '01' });
  const [a, b] = [made(terms, one.a), made(terms, one.b)];
  const nonce = make({ op: 'constant', hex: 'ff' });
  const shapes: Readonly<Record<typeof one.kind, Shape>> = {
    pair: { op: 'concat', parts: [a, b] },
    mac: { op: 'mac', macAlg: 1, key: a, data: b },
    prf: { op: 'prf', prfFunc: 0, inkey: a, label: b },
    enc: { op: 'enc', encrAlg: 1, key: a, nonce, data: b },
    coding: {
      op: 'encoding',
      syntax: {
        kind: 'Initiator Data',
        payloads: [
          { kind: 'RAND', rand: a },
          { kind: 'RAND', rand: b },
        ],
      },
      omit: '',
      parts: [a, b],
    },
  };
  return make(shapes[one.kind]);
}

/** All terms inside some, themselves included. */
function within(terms: readonly Term[]): ReadonlySet<Term> {
  const found = new Set<Term>();
  const visit = (term: Term): void => {
    if (found.has(term)) return;
    found.add(term);
    partsOf(term).forEach(visit);
  };
  terms.forEach(visit);
  return found;
}

function partsOf({ shape }: Term): readonly Term[] {
  if (shape.op === 'concat' || shape.op === 'encoding') return shape.parts;
  if (shape.op === 'mac') return [shape.key, shape.data];
  if (shape.op === 'prf') return [shape.inkey, shape.label];
  return shape.op === 'enc' ? [shape.key, shape.nonce, shape.data] : [];
}

/** The reference: applies every rule to everything, forwards, until nothing new comes, within the terms that can matter. */
function naive(heard: readonly Term[], goal: Term): boolean {
  const universe = within([...heard, goal]);
  const known = new Set(heard);
  for (const term of universe) {
    const { shape } = term;
    if (shape.op === 'constant' || (shape.op === 'name' && shape.party === 'attacker')) known.add(term);
  }
  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const term of universe) {
      const { shape } = term;
      const parts = partsOf(term);
      if (parts.length > 0 && parts.every((part) => known.has(part))) known.add(term);
      if (!known.has(term)) continue;
      if (shape.op === 'concat' || shape.op === 'encoding') shape.parts.forEach((part) => known.add(part));
      if (shape.op === 'enc' && known.has(shape.key) && known.has(shape.nonce)) known.add(shape.data);
    }
  }
  return known.has(goal);
}

describe('what the attacker can compute', () => {
  test('agrees with a naive reference on random small knowledge, in whatever order it is heard', () => {
    let derived = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(tree(3), { maxLength: 6 }), tree(2), fc.nat(), (heard, goal, cut) => {
        const terms = new Terms();
        const all = heard.map((one) => made(terms, one));
        const wanted = made(terms, goal);
        const at = all.length === 0 ? 0 : cut % all.length;
        const expected = naive(all, wanted);
        const start = Knowledge.of('attacker');
        expect(start.learn(all).canDerive(wanted)).toBe(expected);
        expect(start.learn(all.slice(at)).learn(all.slice(0, at)).canDerive(wanted)).toBe(expected);
        if (expected) derived += 1;
        else refused += 1;
      }),
      { numRuns: 5000 },
    );
    // Both verdicts come often enough to mean something.
    expect(Math.min(derived, refused)).toBeGreaterThan(500);
  });

  test('a key that is heard late opens what was heard before, and a key that is only used in a MAC opens nothing', () => {
    const terms = new Terms();
    const make = (shape: Shape): Term => terms.intern(shape, 16);
    const name = (serial: number): Term => make({ op: 'name', party: 'alice', purpose: 'n', serial });
    const nonce = make({ op: 'constant', hex: '00' });
    const inner = make({ op: 'enc', encrAlg: 1, key: name(1), nonce, data: name(2) });
    const outer = make({ op: 'enc', encrAlg: 1, key: name(3), nonce, data: inner });
    const before = Knowledge.of('attacker').learn([outer, make({ op: 'mac', macAlg: 1, key: name(3), data: nonce })]);
    expect(before.canDerive(name(2))).toBe(false);
    expect(before.learn([name(1)]).canDerive(name(2))).toBe(false);
    expect(
      before
        .learn([name(1)])
        .learn([name(3)])
        .canDerive(name(2)),
    ).toBe(true);
    expect(before.canDerive(name(2))).toBe(false);
  });
});
