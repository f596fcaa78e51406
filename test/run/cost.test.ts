import { describe, expect, test } from 'vitest';
import { play } from '../../model/modes/play.ts';
import { standardScenario } from '../../model/modes/standard.ts';
import { interpretation, playAndAnalyse } from '../../src/run/byteRun.ts';
import { costOfRole, sumCosts, type PartyCost } from '../../src/run/cost.ts';
import { countedOperations, noOperations } from '../../src/run/counting.ts';
import { planRuns } from '../../src/run/modes.ts';
import { measureExchanges } from '../../src/simulate/costs.ts';
import { playChanged } from '../support/scenarios.ts';

const runs = planRuns([], {}).map(({ id, scenario }) => ({ id, scenario, ...playAndAnalyse(scenario, 'cost') }));
const named = (id: string): (typeof runs)[number] => runs.find((run) => run.id === id)!;
const kms = (id: string): PartyCost => costOfRole({ trace: named(id).played.trace, cost: named(id).cost }, 'kms');

describe('what a run costs', () => {
  test.each(runs.map((run) => [run.id, run] as const))('%s: keeping the books changes no octet', (_, run) => {
    const plain = play(interpretation('cost'), run.scenario);
    expect(run.played.trace.messages.map((hop) => hop.octets)).toEqual(plain.trace.messages.map((hop) => hop.octets));
  });

  test.each(runs.map((run) => [run.id, run] as const))(
    '%s: every message counts at both ends, and steps add up to the whole',
    (_, { played, cost }) => {
      const all = sumCosts(Object.values(cost.total));
      const { messages } = played.trace;
      expect(all.messages).toBe(2 * messages.length);
      expect(all.octets).toBe(2 * messages.reduce((sum, hop) => sum + hop.octets.length, 0));
      expect(cost.calls).toBe(played.outcomes.length);
      for (const [name, total] of Object.entries(cost.total)) {
        expect(sumCosts(cost.steps.map(({ parties }) => parties[name]!))).toEqual(total);
      }
      expect(cost.total['proxy']!.operations).toEqual(noOperations);
    },
  );

  test('agrees with what each exchange of the KMS was measured to cost', () => {
    const exchanges = measureExchanges(standardScenario({ forks: 2 }), 'kms');
    const { operations, messages } = named('standard').cost.total['kms']!;
    expect(exchanges.reduce((sum, exchange) => sum + exchange.messages, 0)).toBe(messages);
    for (const operation of countedOperations) {
      expect(operations[operation].calls).toBe(
        exchanges.reduce((sum, exchange) => sum + exchange.operations[operation].calls, 0),
      );
    }
  });

  test('is what the modes are for: they spare the KMS exchanges', () => {
    // Two calls for the price of one, as far as requests go; no request at all; no resolve at all; nothing at all.
    expect(named('reused').cost.steps.map(({ parties }) => parties['kms']!.messages)).toEqual([4, 2]);
    expect(kms('otway-rees').messages).toBe(kms('standard').messages - 2);
    expect(kms('kerberos').messages).toBe(2);
    expect(kms('pre-shared')).toEqual({ messages: 0, octets: 0, operations: noOperations });
    // Each endpoint resolves at its own KMS, which asks the other one.
    expect(kms('two-kms').messages).toBe(kms('standard').messages + 2 * 4);
  });

  test('counts what is lost at its sender only, and what comes twice twice', () => {
    const costs = (faults: readonly object[]): Readonly<Record<string, PartyCost>> =>
      playChanged('standard', (draft) => (draft['faults'] = faults)).cost.total;
    const plain = costs([]);
    const lost = costs([{ do: 'drop', message: 'TRANSFER_INIT', to: 'bob-phone' }]);
    expect([plain['proxy']!.messages - lost['proxy']!.messages, lost['bob-phone']!.messages]).toEqual([2, 0]);
    const twice = costs([{ do: 'duplicate', message: 'RESOLVE_RESP', to: 'bob-phone' }]);
    expect(twice['bob-phone']!.messages - plain['bob-phone']!.messages).toBe(1);
    expect(twice['kms']!.messages).toBe(plain['kms']!.messages);
  });

  test('updates are steps of their own, and cost the KMS nothing', () => {
    const { steps } = named('update').cost;
    expect(steps.map(({ label }) => label)).toEqual(['call 1', 'update 1', 'update 2']);
    for (const { parties } of steps.slice(1)) {
      expect([parties['kms']!.messages, parties['alice']!.messages, parties['bob-laptop']!.messages]).toEqual([
        0, 2, 0,
      ]);
    }
  });

  test('several calls at the same time count as one step', () => {
    const { cost } = playChanged('standard', (draft) => {
      const [call] = draft['steps'];
      draft['steps'] = [{ do: 'together', calls: [call, { ...call, ticket: { from: 'KMS', name: 'other' } }] }, call];
    });
    expect(cost.steps.map(({ label }) => label)).toEqual(['calls 1 to 2', 'call 3']);
    expect(cost.calls).toBe(3);
  });
});
