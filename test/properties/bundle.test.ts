import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { otherSide, type Side } from '../../model/exchange/bundle.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { one } from '../../model/message/select.ts';
import { bytePair, flipped, shared, teks, type BundlePair, type PairOptions } from '../support/bundle.ts';
import { hexOf } from '../support/runs.ts';

type Pair = BundlePair<Uint8Array>;

const side = fc.constantFrom<Side>('initiator', 'responder');
const keyType = fc.constantFrom('TGK', 'TGK+SALT', 'TEK', 'TEK+SALT', 'GTGK', 'GTGK+SALT' as const);
const request = fc.record({
  keys: fc.array(keyType, { maxLength: 2 }),
  streams: fc.nat(1),
  peerChoosesKeys: fc.boolean(),
});
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('update' as const), side, request }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('deliver' as const), side }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), side, which: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reflect' as const), side, which: fc.nat(100) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('damage' as const), side, which: fc.nat(100), where: fc.nat(10_000) }),
  },
);
const suite = fc.constantFrom('sha1' as const, 'sha256' as const);
const flags = fc.constantFrom('DEFGHIJLMNO', 'DEFGHJLMNO', 'DEFHIJLMNO');

/** A side whose update is under way waits for its answer before it starts another; what is under way may cross. */
function mayStart(pair: Pair, starter: Side): boolean {
  return pair.state(starter) === 'established' && Object.keys(teks(pair)).length < 40;
}

/** A message that a side has sent at some time. */
function sentBy(pair: Pair, sender: Side, which: number): Uint8Array | undefined {
  const all = pair.sent(sender);
  return all.length === 0 ? undefined : all[which % all.length];
}

/** Hands octets to a side, if they are a message at all. */
function give(pair: Pair, to: Side, octets: Uint8Array): void {
  try {
    pair.message(octets);
  } catch {
    return;
  }
  pair.inject(to, octets);
}

function expectSame(pair: Pair): void {
  expect(shared(pair, 'responder')).toEqual(shared(pair, 'initiator'));
  expect([pair.state('initiator'), pair.state('responder')]).toEqual(['established', 'established']);
}

/** The session keys that no crypto session has left. */
function inUse(pair: Pair): readonly KeyDataPayload<Uint8Array>[] {
  return pair.bundle('responder').sessionKeys.flatMap(({ key, leftAt }) => (leftAt === undefined ? [key] : []));
}

describe('random updates by both sides', () => {
  test('[rfc6043:5.2-1] one after the other: both sides hold the same keys after each', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(side, request), { maxLength: 6 }), suite, flags, (updates, name, letters) => {
        const pair = bytePair({ forks: 1, suite: name, flags: letters, supply: ['TGK'] });
        for (const [starter, wanted] of updates) {
          pair.update(starter, wanted);
          pair.run();
          expectSame(pair);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('[rfc6043:5.2-1] crossing, in any order of delivery, under repetition, reflection and damage: in the end both hold the same keys', () => {
    let crossed = 0;
    let done = 0;
    let vain = 0;
    fc.assert(
      fc.property(fc.array(action, { minLength: 15, maxLength: 30 }), suite, (actions, name) => {
        const pair = bytePair({ forks: 1, suite: name, supply: ['TGK'] });
        for (const step of actions) {
          if (step.kind === 'update') {
            if (mayStart(pair, step.side)) pair.update(step.side, step.request);
            if (pair.underway('initiator') && pair.underway('responder')) crossed += 1;
          } else if (step.kind === 'deliver') {
            if (pair.underway(step.side)) pair.deliver(step.side);
          } else {
            const octets = sentBy(pair, step.side, step.which);
            if (!octets) continue;
            if (step.kind === 'repeat') give(pair, otherSide(step.side), octets);
            else if (step.kind === 'reflect') give(pair, step.side, octets);
            else give(pair, otherSide(step.side), flipped(octets, step.where % octets.length, step.where % 8));
          }
        }
        pair.run();
        // A message that overtook the one it builds on was turned down: whoever waits in vain starts anew.
        for (const starter of ['initiator', 'responder'] as const) {
          if (pair.state(starter) !== 'awaitingUpdateResp') continue;
          vain += 1;
          pair.update(starter, { keys: ['TGK'] });
          pair.run();
        }
        expectSame(pair);
        // No T twice in all the messages of both sides: no keystream twice (finding C2).
        const times = (['initiator', 'responder'] as const).flatMap((sender) =>
          pair.sent(sender).map((octets) => hexOf(one(pair.message(octets).payloads, 'T').value)),
        );
        expect(new Set(times).size).toBe(times.length);
        done += times.length;
      }),
      { numRuns: 250 },
    );
    // Enough happened to say so: it would be in vain too if hardly anything crossed.
    expect({ crossed: crossed > 50, messages: done > 500, inVain: vain < 20 }).toEqual({
      crossed: true,
      messages: true,
      inVain: true,
    });
  });
});

describe('both sides start at once', () => {
  const options: PairOptions = { forks: 1, suite: 'sha256' };

  test.each([
    ['initiator', ['initiator', 'responder', 'responder', 'initiator']],
    ['initiator', ['responder', 'initiator', 'initiator', 'responder']],
    ['responder', ['initiator', 'responder', 'initiator', 'responder']],
    ['responder', ['responder', 'responder', 'initiator', 'initiator']],
  ] as const)('the later one, of the %s, wins on both sides; delivered %j', (second, order) => {
    const pair = bytePair(options);
    const before = Object.values(teks(pair));
    pair.update(otherSide(second), { keys: ['TGK'] });
    pair.update(second, { keys: ['GTGK'] });
    for (const sender of order) if (pair.underway(sender)) pair.deliver(sender);
    pair.run();
    expectSame(pair);
    expect([pair.refusals('initiator'), pair.refusals('responder')]).toEqual([[], []]);
    // GTGK is type 4.
    expect(inUse(pair).map((key) => key.type)).toEqual([4]);
    expect(Object.values(teks(pair)).some((tek) => before.includes(tek))).toBe(false);
  });

  test('both add streams: no CS ID collides, nothing is lost', () => {
    const pair = bytePair(options);
    pair.update('initiator', { streams: 2 });
    pair.update('responder', { streams: 2 });
    pair.run();
    expectSame(pair);
    expect(Object.keys(teks(pair))).toHaveLength(10);
    expect(new Set(Object.values(teks(pair))).size).toBe(10);
  });

  test('one replaces the keys, the other adds a stream under the old one: the old key stays as long as it is in use', () => {
    for (const rekeyer of ['initiator', 'responder'] as const) {
      const pair = bytePair(options);
      const [old] = pair.bundle('initiator').sessionKeys;
      pair.update(rekeyer, { keys: ['TGK'] });
      pair.update(otherSide(rekeyer), { streams: 1 });
      pair.run();
      expectSame(pair);
      expect(Object.keys(teks(pair))).toHaveLength(4);
      expect(inUse(pair).map(({ key }) => hexOf(key))).toContain(hexOf(old!.key.key));
      pair.update(rekeyer, { keys: ['TGK'] });
      pair.run();
      expectSame(pair);
      expect(inUse(pair)).toHaveLength(1);
    }
  });

  test('without answers (F = 0) too', () => {
    const pair = bytePair({ forks: 1, flags: 'DEHJLNO', suite: 'sha1' });
    pair.update('initiator', { keys: ['TGK'], answered: false });
    pair.update('responder', { streams: 1, answered: false });
    pair.update('initiator', { keys: ['TGK'], answered: false });
    pair.update('responder', { streams: 1, answered: false });
    pair.run();
    expectSame(pair);
    expect([pair.refusals('initiator'), pair.refusals('responder')]).toEqual([[], []]);
  });
});

describe('a network that loses messages', () => {
  test.each([['TRANSFER_INIT'], ['TRANSFER_RESP']] as const)(
    'a lost %s: the next update of the starter takes the place of the lost one, and both hold the same keys again',
    (lost) => {
      for (const starter of ['initiator', 'responder'] as const) {
        for (const wanted of [{ keys: ['TGK'] as const }, { streams: 1 }, { keys: ['TEK'] as const, streams: 1 }]) {
          const pair = bytePair({ forks: 1 });
          pair.update(starter, wanted);
          if (lost === 'TRANSFER_RESP') {
            pair.deliver(starter);
            pair.intercept(otherSide(starter));
          } else pair.intercept(starter);
          expect(pair.state(starter)).toBe('awaitingUpdateResp');
          pair.update(starter, wanted);
          pair.run();
          expectSame(pair);
        }
      }
    },
  );
});
