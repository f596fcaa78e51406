import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawCalls } from '../../src/simulate/calls.ts';
import { compare, featureSet, outcomeOf, type Comparison } from '../../src/simulate/compare.ts';
import { conclusionsOf } from '../../src/simulate/conclusions.ts';
import { measureCosts } from '../../src/simulate/costs.ts';
import { featureNames, problemsOf, usualParameters, type Parameters } from '../../src/simulate/parameters.ts';
import { contactOf, populate } from '../../src/simulate/population.ts';
import { plotSvg } from '../../src/simulate/plotSvg.ts';
import { seededDraw, zipfDraw } from '../../src/simulate/random.ts';
import { scaledDown, sensitivityOf, verdictOf } from '../../src/simulate/sensitivity.ts';
import { ticksTo } from '../../src/simulate/ticks.ts';
import { grouped } from '../../src/simulate/words.ts';

const costs = measureCosts();

/** Small days of all kinds. */
const parameters: fc.Arbitrary<Parameters> = fc
  .record({
    users: fc.integer({ min: 6, max: 40 }),
    groups: fc.integer({ min: 0, max: 8 }),
    groupSize: fc.record({ from: fc.integer({ min: 2, max: 3 }), to: fc.integer({ min: 3, max: 6 }) }),
    devices: fc.integer({ min: 1, max: 3 }),
    callsPerHour: fc.constantFrom(0.05, 0.3, 1),
    groupShare: fc.constantFrom(0, 0.2, 0.8),
    contacts: fc.constantFrom(1, 2),
    zipf: fc.constantFrom(0, 1, 2.5),
    validity: fc.constantFrom(60, 3600, 20_000, 86_400),
    ownShare: fc.constantFrom(0, 0.4, 1),
    caching: fc.constantFrom('never', 'strict', 'always' as const),
    kmss: fc.constantFrom(1, 2),
    seed: fc.string({ maxLength: 8 }),
  })
  .map((drawn) => ({ ...usualParameters(drawn.users), ...drawn, foreignShare: drawn.kmss === 1 ? 0 : 0.3 }));

/** Runs a property; fast-check prints seed and counterexample when it fails. */
function always(property: (comparison: Comparison) => void, runs = 60): void {
  fc.assert(
    fc.property(parameters, (drawn) => property(compare(drawn, costs))),
    { numRuns: runs },
  );
}

describe('what holds on every day', () => {
  test('a further feature never adds a Ticket Request', () => {
    always(({ outcomes }) => {
      for (const smaller of outcomes) {
        for (const larger of outcomes) {
          if (!featureNames.every((name) => !smaller.features[name] || larger.features[name])) continue;
          expect(larger.total.requests).toBeLessThanOrEqual(smaller.total.requests);
        }
      }
    });
  });

  test('without features each transfer has its ticket, and each endpoint resolves it', () => {
    always((comparison) => {
      const { total, transfers } = outcomeOf(comparison, 'none');
      expect(total.requests).toBe(transfers);
      expect(total.resolves).toBe(transfers * comparison.parameters.devices);
      for (const outcome of comparison.outcomes) expect(outcome.transfers).toBe(transfers);
    });
  });

  test('where everybody may create tickets, nobody asks; where nobody may, the feature changes nothing', () => {
    always(({ parameters, outcomes }) => {
      for (const outcome of outcomes.filter(({ features }) => features.own)) {
        if (parameters.ownShare === 1) expect(outcome.total.requests).toBe(0);
        const without = outcomes.find(({ id }) => id === (outcome.id.replace(/\+?own$/, '') || 'none'))!;
        expect(outcome.total.resolves).toBe(without.total.resolves);
        expect(outcome.total.requests + outcome.ownTickets).toBe(without.total.requests);
        if (parameters.ownShare === 0) expect(outcome.total).toEqual(without.total);
      }
    });
  });

  test('the KMSs together have the load of each of them, and what one asks another answers', () => {
    always(({ outcomes }) => {
      for (const { total, perKms } of outcomes) {
        for (const of of ['requests', 'resolves', 'fromOtherKms', 'toOtherKms', 'messages', 'octets'] as const) {
          expect(perKms.reduce((sum, kms) => sum + kms[of], 0)).toBe(total[of]);
        }
        expect(total.fromOtherKms).toBe(total.toOtherKms);
        expect(total.requestsByMinute.reduce((sum, value) => sum + value, 0)).toBe(total.requests);
        expect(total.peakPerMinute).toBeLessThanOrEqual(perKms.reduce((sum, kms) => sum + kms.peakPerMinute, 0));
      }
    }, 30);
  });

  test('the freer the caching, the fewer resolves; it does not touch Ticket Requests', () => {
    fc.assert(
      fc.property(parameters, (drawn) => {
        const [never, strict, free] = (['never', 'strict', 'always'] as const).map((caching) =>
          compare({ ...drawn, caching }, costs),
        );
        for (const { id, total } of strict!.outcomes) {
          expect(total.resolves).toBeLessThanOrEqual(outcomeOf(never!, id).total.resolves);
          expect(total.resolves).toBeGreaterThanOrEqual(outcomeOf(free!, id).total.resolves);
          expect(total.requests).toBe(outcomeOf(never!, id).total.requests);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the same seed gives the same day, another seed another one', () => {
    const base = usualParameters(60);
    const text = (seed: string): string => JSON.stringify(compare({ ...base, seed }, costs).outcomes);
    expect(text('x')).toBe(text('x'));
    expect(text('x')).not.toBe(text('y'));
    const population = populate(base);
    expect(drawCalls(base, population)).toEqual(drawCalls(base, populate(base)));
  });
});

describe('the choice among contacts', () => {
  test.each([0, 1, 2])('follows Zipf with exponent %d', (exponent) => {
    const draw = zipfDraw(seededDraw('zipf'), exponent, 4);
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 40_000; index += 1) counts[draw()]! += 1;
    for (const [rank, count] of counts.entries()) {
      expect(Math.abs(counts[0]! / count / (rank + 1) ** exponent - 1)).toBeLessThan(0.15);
    }
  });
});

describe('the population', () => {
  test('contacts are distinct, not the caller, and at the right KMS', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 60 }), fc.integer({ min: 1, max: 5 }), (users, kmss) => {
        for (let user = 0; user < users; user += 1) {
          for (const foreign of [false, true]) {
            const pool = Array.from({ length: users }, (_, other) => other).filter(
              (other) => other !== user && (other % kmss === user % kmss) === !foreign,
            );
            const contacts = pool.map((_, rank) => contactOf({ users, kmss }, user, { rank, foreign }));
            expect(contacts.sort((a, b) => a - b)).toEqual(pool);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('groups have the sizes asked for; with a share of 0 all members are at one KMS', () => {
    const base = { ...usualParameters(200), groups: 40, groupSize: { from: 3, to: 9 } };
    const { members } = populate({ ...base, foreignShare: 0 });
    expect(new Set(members.map((group) => group.length))).toEqual(new Set([3, 4, 5, 6, 7, 8, 9]));
    for (const group of members) expect(new Set(group.map((user) => user % 2)).size).toBe(1);
    expect(
      populate({ ...base, foreignShare: 0.5 }).members.some((group) => new Set(group.map((u) => u % 2)).size === 2),
    ).toBe(true);
  });

  test('calls follow rate, day profile, and the shares of groups and foreign callees', () => {
    const base = { ...usualParameters(2000), callsPerHour: 2, groups: 800, groupShare: 0.25, foreignShare: 0.3 };
    const population = populate(base);
    const calls = drawCalls(base, population);
    expect(calls.length / (2000 * 2 * 24)).toBeCloseTo(1, 1);
    expect(calls.every((call, index) => index === 0 || calls[index - 1]!.at <= call.at)).toBe(true);
    const within = (hour: number): number => calls.filter((call) => Math.floor(call.at / 3600) === hour).length;
    expect(within(10) / within(20)).toBeCloseTo(44 / 14, 0);
    const single = calls.flatMap(({ caller, to }) => ('user' in to ? [[caller, to.user] as const] : []));
    expect(single.filter(([a, b]) => a % 2 !== b % 2).length / single.length).toBeCloseTo(0.3, 1);
    const grouped = calls.filter(({ caller }) => population.groupsOf[caller]!.length > 0);
    expect(grouped.filter(({ to }) => 'group' in to).length / grouped.length).toBeCloseTo(0.25, 1);
    for (const { caller, to } of calls) if ('group' in to) expect(population.members[to.group]).toContain(caller);
  });
});

describe('parameters', () => {
  const base = usualParameters(100);

  test('the usual ones make sense for every population', () => {
    for (const users of [2, 3, 4, 5, 6, 7, 10, 99, 1000, 100_000])
      expect(problemsOf(usualParameters(users))).toEqual([]);
  });

  test.each<[string, Partial<Parameters>]>([
    ['users', { users: 1 }],
    ['users', { users: 2.5 }],
    ['size of a group', { groupSize: { from: 1, to: 3 } }],
    ['size of a group', { groupSize: { from: 5, to: 3 } }],
    ['larger than', { groupSize: { from: 5, to: 101 } }],
    ['devices', { devices: 0 }],
    ['calls per hour', { callsPerHour: -1 }],
    ['calls per hour', { callsPerHour: Number.NaN }],
    ['24 weights', { dayProfile: [1] }],
    ['24 weights', { dayProfile: Array.from({ length: 24 }, () => 0) }],
    ['calls a day', { callsPerHour: 1e6 }],
    ['group calls', { groupShare: 1.1 }],
    ['contacts', { contacts: 0 }],
    ['at its KMS', { contacts: 50 }],
    ['at other KMSs', { contacts: 51, foreignShare: 1 }],
    ['Zipf', { zipf: -0.1 }],
    ['validity', { validity: 0 }],
    ['create tickets', { ownShare: -1 }],
    ['KMSs', { kmss: 0 }],
    ['too few', { kmss: 60 }],
    ['foreign', { kmss: 1 }],
  ])('about %s: %j is turned down', (about, changed) => {
    const wrong = { ...base, ...changed };
    expect(problemsOf(wrong).join('\n')).toContain(about);
    expect(() => compare(wrong, costs)).toThrow(RangeError);
  });

  test('a feature that there is not', () => {
    expect(() => featureSet('reuse+magic')).toThrow('no feature magic');
  });
});

describe('conclusions come from the numbers', () => {
  const busy = { ...usualParameters(100), callsPerHour: 2 };

  test('the claim holds on one day and not on another', () => {
    const [good] = conclusionsOf(compare({ ...busy, ownShare: 0.9 }, costs));
    const comparison = compare({ ...busy, validity: 1, ownShare: 0, groupShare: 0 }, costs);
    const [bad] = conclusionsOf(comparison);
    expect(good).toContain('the claim holds on this day');
    expect(bad).toContain('the claim does not hold on this day');
    const { total } = outcomeOf(comparison, 'reuse+group+own');
    expect(bad).toContain(`leave ${grouped(total.requests)} of `);
    expect(conclusionsOf(compare({ ...busy, callsPerHour: 0 }, costs))).toEqual(['No call was made on this day.']);
  });

  test('that group tickets cost resolves is said only where they do', () => {
    const about = (caching: Parameters['caching']): boolean =>
      conclusionsOf(compare({ ...busy, caching, groupShare: 0.5 }, costs)).some((text) =>
        text.includes('further Ticket Resolve'),
      );
    expect([about('strict'), about('never')]).toEqual([true, false]);
  });

  test('sensitivity: features help with frequent calls to few people, and not with short validity or J = 0', () => {
    const rows = sensitivityOf(usualParameters(3000), costs);
    const verdict = (change: RegExp): string => rows.find((row) => change.test(row.change))!.verdict;
    expect(verdict(/for 60 seconds/)).toBe('hardly helps');
    expect(verdict(/for 86 400 seconds/)).toBe('helps');
    expect(verdict(/over 400 contacts/)).toBe('hardly helps');
    expect(verdict(/over 5 contacts/)).toBe('helps');
    expect(verdict(/J = 0 and no calls to groups/)).toBe('hardly helps');
    expect(verdict(/4 endpoints a user, resolved at each use/)).toBe('helps with requests only');
    const nobody = rows.find((row) => row.change === 'nobody may create tickets')!;
    expect(nobody.spared).toEqual({ requests: 0, messages: 0 });
    expect(sensitivityOf({ ...usualParameters(10), callsPerHour: 0 }, costs)[0]!.verdict).toBe('no calls');
    expect(verdictOf({ requests: 0.5, messages: -0.1 })).toBe('makes it worse');
    // A thousand users are too few for a hundred KMSs: this day is not scaled down.
    expect(scaledDown({ ...usualParameters(20_000), kmss: 100 }).users).toBe(20_000);
  });
});

describe('the plot', () => {
  const comparison = compare(usualParameters(50), costs);
  const svg = plotSvg(comparison);

  test('has a line and a bar of each part for each set of features', () => {
    expect(svg.match(/<polyline /g)).toHaveLength(8);
    expect(svg.match(/<rect class="(?:request|resolve|inter)"/g)).toHaveLength(3 + 3 * 8);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|<script|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });

  test('bars are as long as their numbers', () => {
    const widths = [...svg.matchAll(/<rect class="request" x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="18"/g)].map(
      ([, width]) => Number(width),
    );
    const requests = comparison.outcomes.map(({ total }) => total.requests);
    for (const [index, width] of widths.entries()) {
      expect(width / widths[0]!).toBeCloseTo(requests[index]! / requests[0]!, 2);
    }
  });

  test('is drawn for a day without calls too', () => {
    expect(plotSvg(compare({ ...usualParameters(50), callsPerHour: 0 }, costs))).not.toMatch(/NaN|undefined|Infinity/);
  });

  test.each([
    [0, [0, 1]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [562, [0, 200, 400, 600]],
    [7, [0, 2, 4, 6, 8]],
  ])('marks up to %d are round', (largest, ticks) => {
    expect(ticksTo(largest)).toEqual(ticks);
  });
});
