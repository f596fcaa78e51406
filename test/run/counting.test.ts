import { describe, expect, test } from 'vitest';
import { runStandard, standardScenario } from '../../model/modes/standard.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import {
  countedOperations,
  countingAlgebra,
  countingParties,
  noOperations,
  operationsBetween,
  sumOperations,
} from '../../src/run/counting.ts';
import { measureCosts, measureExchanges } from '../../src/simulate/costs.ts';

const octets = (length: number): Uint8Array => new Uint8Array(length).fill(7);

describe('a counting algebra', () => {
  test('counts calls and octets, and changes no result', () => {
    const { algebra, counts } = countingAlgebra(bytes);
    const keying = { key: octets(32), salt: octets(14), csbId: octets(4), t: octets(8) };
    const label = { label: octets(9), length: 40 };
    expect(algebra.prf(1, octets(32), label)).toEqual(bytes.prf(1, octets(32), label));
    expect(algebra.mac(2, octets(32), { data: octets(100) })).toEqual(bytes.mac(2, octets(32), { data: octets(100) }));
    const sealed = algebra.encrypt(3, keying, { data: octets(50) });
    expect(algebra.decrypt(3, keying, { data: sealed })).toEqual(octets(50));
    algebra.decrypt(3, keying, { data: octets(11) });
    expect(counts()).toEqual({
      prf: { calls: 1, octets: 40 },
      mac: { calls: 1, octets: 100 },
      encrypt: { calls: 1, octets: 50 },
      decrypt: { calls: 2, octets: 61 },
    });
  });

  test('hands out books that later operations do not change', () => {
    const { algebra, counts } = countingAlgebra(bytes);
    const before = counts();
    algebra.mac(2, octets(32), { data: octets(5) });
    expect(before).toEqual(noOperations);
    expect(operationsBetween(before, counts()).mac).toEqual({ calls: 1, octets: 5 });
    expect(sumOperations([[3, counts()]]).mac).toEqual({ calls: 3, octets: 15 });
  });
});

describe('a run with counting parties', () => {
  const plain = runStandard(interpretation('count'), { forks: 3 });
  const counting = countingParties(interpretation('count'));
  const counted = runStandard(counting.interpretation, { forks: 3 });

  test('sends the same octets', () => {
    expect(counted.trace.messages.map((hop) => hop.octets)).toEqual(plain.trace.messages.map((hop) => hop.octets));
  });

  test('keeps the books of each party apart', () => {
    expect(counting.countsOf('proxy')).toEqual(noOperations);
    const laptop = counting.countsOf('bob-laptop');
    expect(laptop.prf.calls).toBeGreaterThan(0);
    // All endpoints do the same work; the names differ in length, so octets may too.
    for (const operation of countedOperations) {
      expect(counting.countsOf('bob-phone')[operation].calls).toBe(laptop[operation].calls);
      expect(counting.countsOf('bob-tablet')[operation].calls).toBe(laptop[operation].calls);
    }
    expect(counting.countsOf('alice')).not.toEqual(laptop);
  });

  test('the work of the KMS is one Ticket Request and a Ticket Resolve for each endpoint', () => {
    const exchanges = measureExchanges(standardScenario({ forks: 3 }), 'kms');
    expect(exchanges.map((exchange) => exchange.type)).toEqual([
      'REQUEST_RESP',
      'RESOLVE_RESP',
      'RESOLVE_RESP',
      'RESOLVE_RESP',
    ]);
    expect(sumOperations(exchanges.map((exchange) => [1, exchange.operations]))).toEqual(counting.countsOf('kms'));
    const atKms = plain.trace.messages.filter((hop) => hop.from === 'kms' || hop.to === 'kms');
    expect(exchanges.reduce((sum, exchange) => sum + exchange.messages, 0)).toBe(atKms.length);
    expect(exchanges.reduce((sum, exchange) => sum + exchange.octets, 0)).toBe(
      atKms.reduce((sum, hop) => sum + hop.octets.length, 0),
    );
    for (const exchange of exchanges.slice(2)) {
      for (const operation of countedOperations) {
        expect(exchange.operations[operation].calls).toBe(exchanges[1]!.operations[operation].calls);
      }
    }
  });

  test('each kind of ticket is measured, at each KMS that has to do with it', () => {
    const { request, resolve, ask, answer } = measureCosts();
    const all = [request, resolve, ask, answer].flatMap((of) => Object.values(of));
    expect(all).toHaveLength(2 + 3 * 4);
    for (const { octets, operations } of all) expect([octets > 0, operations.mac.calls > 0]).toEqual([true, true]);
    expect(Object.values(resolve).map(({ messages }) => messages)).toEqual([2, 2, 2, 2]);
    // The KMS of the endpoint speaks with both the endpoint and the other KMS, and computes for both legs.
    expect(Object.values(ask).map(({ messages }) => messages)).toEqual([4, 4, 4, 4]);
    for (const { octets } of Object.values(ask)) expect(octets).toBeGreaterThan(resolve.user.octets);
    // The ticket names its maker's TPK, so it is longer.
    expect(resolve.own.octets).not.toBe(resolve.user.octets);
  });

  test('costs depend on the suite', () => {
    expect(measureCosts('sha1').request.user.octets).toBeLessThan(measureCosts('sha256').request.user.octets);
    expect(measureCosts()).toEqual(measureCosts('sha256'));
  });
});
