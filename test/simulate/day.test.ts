import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/simulate/calls.ts';
import { featureSet } from '../../src/simulate/compare.ts';
import { noOperations } from '../../src/run/counting.ts';
import { measureCosts, type Costs, type ExchangeCost } from '../../src/simulate/costs.ts';
import { runDay, type DayLoad } from '../../src/simulate/day.ts';
import type { Caching } from '../../src/simulate/parameters.ts';
import type { Population } from '../../src/simulate/population.ts';
import { ticketKinds } from '../../src/simulate/ticketKind.ts';

const { request, resolve } = measureCosts();
const everywhere = { user: resolve.user, group: resolve.user, own: resolve.user, 'own group': resolve.user };

/** Costs that do not depend on the kind of ticket, so that days can be counted by hand; asking costs two exchanges. */
const costs: Costs = {
  request: { user: request.user, group: request.user },
  resolve: everywhere,
  ask: Object.fromEntries(
    ticketKinds.map((kind) => [kind, { ...resolve.user, messages: 4, octets: 2 * resolve.user.octets }]),
  ) as Costs['ask'],
  answer: everywhere,
};

/** Three users with two endpoints each; all of them are one group. */
const population: Population = {
  users: 3,
  kmss: 1,
  kmsOf: () => 0,
  devicesOf: () => 2,
  mayCreate: (user) => user === 0,
  members: [[0, 1, 2]],
  groupsOf: [[0], [0], [0]],
};

/** Seven Ticket Transfers; tickets are valid for 1000 seconds. */
const calls: readonly Call[] = [
  { at: 0, caller: 0, to: { user: 1 } },
  { at: 100, caller: 0, to: { user: 1 } },
  { at: 200, caller: 0, to: { group: 0 } },
  { at: 300, caller: 0, to: { user: 2 } },
  { at: 2000, caller: 0, to: { user: 1 } },
  { at: 2100, caller: 1, to: { user: 0 } },
];

function day(features: string, caching: Caching = 'strict', world = population): DayLoad {
  return runDay(
    { population: world, calls },
    { features: featureSet(features).features, validity: 1000, caching },
    costs,
  );
}

describe('a tiny day, counted by hand', () => {
  test.each<[string, Caching, number, number]>([
    // A ticket for each callee of each call, resolved by both endpoints.
    ['none', 'strict', 7, 14],
    // New tickets: 0 to 1, 0 to 2 within the call to the group, 0 to 1 after the first has expired, 1 to 0. Each resolved once.
    ['reuse', 'strict', 4, 8],
    ['reuse', 'always', 4, 8],
    ['reuse', 'never', 4, 14],
    // One ticket instead of two for the call to the group.
    ['group', 'strict', 6, 14],
    // The group ticket serves the call at 300 too, but is resolved again.
    ['reuse+group', 'strict', 4, 12],
    ['reuse+group', 'always', 4, 10],
    ['reuse+group', 'never', 4, 14],
    // User 0 makes its own; 1 asks.
    ['own', 'strict', 1, 14],
    ['reuse+own', 'strict', 1, 8],
    ['reuse+group+own', 'always', 1, 10],
  ])('%s, caching %s: %i requests, %i resolves', (features, caching, requests, resolves) => {
    const { total, transfers } = day(features, caching);
    expect([total.requests, total.resolves, transfers]).toEqual([requests, resolves, 7]);
    expect(total.messages).toBe(2 * (requests + resolves));
    expect(total.octets).toBe(requests * request.user.octets + resolves * resolve.user.octets);
    for (const operation of ['prf', 'mac', 'encrypt', 'decrypt'] as const) {
      expect(total.operations[operation].calls).toBe(
        requests * request.user.operations[operation].calls + resolves * resolve.user.operations[operation].calls,
      );
    }
  });

  test('Ticket Requests fall into their minutes, and the peak counts all exchanges of a minute', () => {
    const { total } = day('none');
    const byMinute = total.requestsByMinute.flatMap((value, minute) => (value > 0 ? [[minute, value]] : []));
    expect(byMinute).toEqual([
      [0, 1],
      [1, 1],
      [3, 2],
      [5, 1],
      [33, 1],
      [35, 1],
    ]);
    // At 200 seconds: two requests, four resolves.
    expect(total.peakPerMinute).toBe(6);
  });

  test('a ticket that is valid to the end is used to the end, and not after', () => {
    const valid = (validity: number): number =>
      runDay({ population, calls }, { features: featureSet('reuse').features, validity, caching: 'strict' }, costs)
        .total.requests;
    expect(valid(2000)).toBe(3);
    expect(valid(1999.9)).toBe(4);
    expect(valid(99)).toBe(7);
  });

  test('without J, a group ticket serves one call only', () => {
    const twice: readonly Call[] = [
      { at: 0, caller: 0, to: { group: 0 } },
      { at: 1, caller: 0, to: { group: 0 } },
    ];
    const requests = (features: string): number =>
      runDay(
        { population, calls: twice },
        { features: featureSet(features).features, validity: 1000, caching: 'always' },
        costs,
      ).total.requests;
    expect([requests('none'), requests('group'), requests('reuse'), requests('reuse+group')]).toEqual([4, 2, 2, 1]);
  });

  test('a call to a group whose members are all covered needs no further ticket', () => {
    const one: readonly Call[] = [
      { at: 0, caller: 0, to: { user: 1 } },
      { at: 1, caller: 0, to: { user: 2 } },
      { at: 2, caller: 0, to: { group: 0 } },
    ];
    const { total } = runDay(
      { population, calls: one },
      { features: featureSet('reuse+group').features, validity: 1000, caching: 'strict' },
      costs,
    );
    // The tickets are for one responder each, so nothing is resolved again.
    expect([total.requests, total.resolves]).toEqual([2, 4]);
  });

  test('with two KMSs, the one of the callee asks the one of the caller', () => {
    const two: Population = { ...population, kmss: 2, kmsOf: (user) => (user === 1 ? 1 : 0) };
    const { perKms, total } = day('none', 'strict', two);
    // User 1 calls once and is called four times; its endpoints resolve 4 x 2, user 0's and 2's resolve (1 + 2) x 2.
    expect(perKms.map((kms) => [kms.requests, kms.resolves, kms.fromOtherKms, kms.toOtherKms])).toEqual([
      [6, 6, 8, 2],
      [1, 8, 2, 8],
    ]);
    expect(perKms.map((kms) => kms.messages)).toEqual([2 * (6 + 6 + 8 + 2), 2 * (1 + 8 + 2 + 8)]);
    expect([total.requests, total.resolves, total.fromOtherKms]).toEqual([7, 14, 10]);
    expect(perKms[0]!.operations.prf.calls).toBe(
      6 * request.user.operations.prf.calls + 14 * resolve.user.operations.prf.calls,
    );
  });

  test('self-made tickets are counted, not requested', () => {
    expect([day('own').ownTickets, day('reuse+own').ownTickets, day('none').ownTickets]).toEqual([6, 3, 0]);
  });

  test('each exchange has the price of its kind of ticket', () => {
    // Prices in octets, each in a decimal place of its own, so that a sum tells how often each was paid.
    const priced = (octets: number): ExchangeCost => ({ messages: 0, octets, operations: noOperations });
    const row = (first: number): Costs['resolve'] => ({
      user: priced(first),
      group: priced(first * 1e2),
      own: priced(first * 1e4),
      'own group': priced(first * 1e6),
    });
    const octets = (features: string, prices: Partial<Costs>, kmsOf: Population['kmsOf'] = () => 0): number => {
      const nothing = { request: { user: priced(0), group: priced(0) }, resolve: row(0), ask: row(0), answer: row(0) };
      const world = { ...population, kmss: 2, kmsOf };
      const rules = { features: featureSet(features).features, validity: 1000, caching: 'strict' as const };
      return runDay({ population: world, calls }, rules, { ...nothing, ...prices }).total.octets;
    };
    const request = { user: priced(1), group: priced(100) };
    expect(octets('none', { request })).toBe(7);
    // One of the six tickets is for the group: it has two callees.
    expect(octets('group', { request })).toBe(105);
    expect(octets('group', { resolve: row(1) })).toBe(4_10);
    // User 0 makes all its tickets itself; only the call of user 1 is with a ticket of the KMS.
    expect(octets('own', { resolve: row(1) })).toBe(12_00_02);
    expect(octets('group+own', { resolve: row(1) })).toBe(4_08_00_02);
    // User 1 belongs to another KMS: calls between it and the others are foreign.
    const apart = (user: number): number => (user === 1 ? 1 : 0);
    expect(octets('group+own', { resolve: row(1) }, apart)).toBe(2_02_00_00);
    expect(octets('group+own', { ask: row(1) }, apart)).toBe(2_06_00_02);
    expect(octets('group+own', { answer: row(1) }, apart)).toBe(2_06_00_02);
  });
});
