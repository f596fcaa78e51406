import { describe, expect, test } from 'vitest';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { otherSide } from '../../model/exchange/bundle.ts';
import { all } from '../../model/message/select.ts';
import { BundlePair, bothBringKeys, type PairOptions } from '../support/bundle.ts';

/** 1 January 2026, in seconds since 1900. */
const start = 3_976_214_400n << 32n;

function termPair(options: PairOptions = {}): BundlePair<Term> {
  const terms = new Terms();
  return new BundlePair({ algebra: termAlgebra(terms), sourceOf: termSources(terms, start) }, { forks: 1, ...options });
}

/** Keys of the crypto sessions of both sides. Terms are the same if and only if they are one object. */
function teks(pair: BundlePair<Term>): readonly (readonly (readonly [number, number])[])[] {
  return (['initiator', 'responder'] as const).map((side) =>
    pair.bundle(side).keys.map(({ csId, tek }) => [csId, tek.id] as const),
  );
}

/** Key and nonce of every KEMAC that was sent. */
function keystreams(pair: BundlePair<Term>): readonly string[] {
  return (['initiator', 'responder'] as const).flatMap((side) =>
    pair.sent(side).flatMap((octets) =>
      all(pair.message(octets).payloads, 'KEMAC').flatMap(({ encrData: { shape } }) => {
        if (shape.op !== 'enc') throw new Error('not encrypted');
        return [`${shape.key.id} ${shape.nonce.id}`];
      }),
    ),
  );
}

describe.each([
  ['key forking', bothBringKeys, true],
  ['no key forking', 'DEFGHJLMNO', true],
  ['F = 0', 'DEHJLNO', false],
] as const)('updates over terms, %s', (_, flags, F) => {
  test.each([['initiator'], ['responder']] as const)(
    '[rfc6043:5.2-13] [rfc6043:5.2-20] started by the %s: both sides hold the same terms',
    (starter) => {
      const pair = termPair({ flags, supply: ['GTGK'] });
      const [before] = teks(pair);
      pair.update(starter, { keys: F || starter === 'initiator' ? ['TGK'] : [], streams: 1, answered: F });
      pair.run();
      expect([pair.refusals('initiator'), pair.refusals('responder')]).toEqual([[], []]);
      const [mine, theirs] = teks(pair);
      expect(mine).toEqual(theirs);
      expect(mine).toHaveLength(4);
      if (F) expect(mine!.some(([, tek]) => before!.some(([, old]) => old === tek))).toBe(false);
    },
  );
});

describe('who listens', () => {
  test('[rfc6043:5.2-7] sees no keystream twice, also where both sides bring keys at once (C2)', () => {
    const pair = termPair({ supply: ['TEK'] });
    for (let count = 0; count < 3; count += 1) {
      pair.update('initiator', { keys: ['TGK'], peerChoosesKeys: true });
      pair.update('responder', { keys: ['TGK'], peerChoosesKeys: true });
      pair.run();
    }
    const seen = keystreams(pair);
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
    const [mine, theirs] = teks(pair);
    expect(mine).toEqual(theirs);
  });

  test.each([['initiator'], ['responder']] as const)('[rfc6043:5.2-4] reflects an update to the %s (C1)', (starter) => {
    const without = ['updateStarterIsPeer', 'updateNotReflected', 'updateTimestampUnused'] as const;
    for (const left of [without, without.slice(1), without.slice(0, 2), []]) {
      const pair = termPair({ without: left });
      const before = teks(pair);
      pair.update(starter, { keys: ['TGK'] });
      pair.inject(starter, pair.intercept(starter));
      const fooled = left.length === without.length;
      expect([left, pair.refusals(starter).length]).toEqual([left, fooled ? 0 : 1]);
      expect(JSON.stringify(teks(pair)) === JSON.stringify(before)).toBe(!fooled);
      expect(pair.underway(otherSide(starter))).toBe(false);
    }
  });
});
