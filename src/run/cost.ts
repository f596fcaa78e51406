/**
 * What a run costs each party, step by step: messages, octets and operations, counted while it is played.
 *
 * @module
 */
import type { Interpretation } from '../../model/modes/network.ts';
import { callsOf, type Scenario } from '../../model/modes/scenario.ts';
import { endpointNames } from '../../model/modes/scenarioNames.ts';
import type { Trace } from '../../model/trace/trace.ts';
import { countingParties, noOperations, operationsBetween, sumOperations, type OperationCounts } from './counting.ts';

/** What something costs a party. */
export interface PartyCost {
  /** Messages in and out. */
  readonly messages: number;
  /** Octets of MIKEY in and out, without transport framing. */
  readonly octets: number;
  readonly operations: OperationCounts;
}

/** What one step of a scenario costs: a call, several at the same time, or a CSB update. */
export interface StepCost {
  /** Which one, counted from 1: `call 2`, `calls 3 to 5`, or `update 1`. */
  readonly label: string;
  /** By the names of the parties. */
  readonly parties: Readonly<Record<string, PartyCost>>;
}

/** What a run costs. */
export interface RunCost {
  /** How many calls were set up. */
  readonly calls: number;
  readonly steps: readonly StepCost[];
  /** All steps together, by the names of the parties. */
  readonly total: Readonly<Record<string, PartyCost>>;
}

/** Nothing. */
const noCost: PartyCost = { messages: 0, octets: 0, operations: noOperations };

/** Keeps the books while a scenario is played. */
export interface CostBooks {
  /** To play with. */
  readonly interpretation: Interpretation<Uint8Array>;
  /** Is to be told when a message is sent. */
  readonly onMessage: () => void;
  /** Is to be told when a step is done. */
  readonly afterStep: (step: number) => void;
  /** What it cost, when all is over. */
  readonly cost: (trace: Trace<Uint8Array>) => RunCost;
}

/**
 * Opens books.
 */
export function costBooks(interpretation: Interpretation<Uint8Array>, scenario: Scenario): CostBooks {
  const counting = countingParties(interpretation);
  const names = [...scenario.users.flatMap(endpointNames), ...scenario.kmss.map((kms) => kms.name), 'proxy'];
  const look = (): ReadonlyMap<string, OperationCounts> =>
    new Map(names.map((name) => [name, counting.countsOf(name)]));
  let sent = 0;
  const looks = [{ step: -1, messages: 0, counts: look() }];
  return {
    interpretation: counting.interpretation,
    onMessage: () => (sent += 1),
    afterStep: (step) => looks.push({ step, messages: sent, counts: look() }),
    cost: (trace) => {
      let calls = 0;
      let updates = 0;
      const steps = looks.slice(1).flatMap((after, index): readonly StepCost[] => {
        const before = looks[index];
        const made = callsOf(scenario.steps[after.step]).length;
        const updated = scenario.steps[after.step]?.do === 'update';
        if (!before || (made === 0 && !updated)) return [];
        if (updated) updates += 1;
        const several = made === 1 ? `call ${calls + 1}` : `calls ${calls + 1} to ${calls + made}`;
        const label = updated ? `update ${updates}` : several;
        calls += made;
        const parties = names.map((name) => [
          name,
          {
            ...traffic(trace.messages.slice(before.messages, after.messages), name),
            operations: operationsBetween(
              before.counts.get(name) ?? noOperations,
              after.counts.get(name) ?? noOperations,
            ),
          },
        ]);
        return [{ label, parties: Object.fromEntries(parties) as StepCost['parties'] }];
      });
      const total = names.map((name) => [name, sumCosts(steps.map(({ parties }) => parties[name] ?? noCost))]);
      return { calls, steps, total: Object.fromEntries(total) as RunCost['total'] };
    },
  };
}

/** Several costs together. */
export function sumCosts(costs: readonly PartyCost[]): PartyCost {
  return {
    messages: costs.reduce((sum, cost) => sum + cost.messages, 0),
    octets: costs.reduce((sum, cost) => sum + cost.octets, 0),
    operations: sumOperations(costs.map((cost) => [1, cost.operations])),
  };
}

/** What all parties of a role cost together. */
export function costOfRole(
  { trace, cost }: { readonly trace: Trace<Uint8Array>; readonly cost: RunCost },
  role: Trace<Uint8Array>['parties'][number]['role'],
): PartyCost {
  const names = trace.parties.filter((party) => party.role === role).map((party) => party.name);
  return sumCosts(names.map((name) => cost.total[name] ?? noCost));
}

/** Messages that a party sent, and those that reached it. */
function traffic(messages: Trace<Uint8Array>['messages'], name: string): Pick<PartyCost, 'messages' | 'octets'> {
  const passed = messages.flatMap((hop) => {
    const arrivals = hop.fate === 'lost' ? 0 : hop.fate === 'repeated' ? 2 : 1;
    const times = (hop.from === name ? 1 : 0) + (hop.to === name ? arrivals : 0);
    return Array.from({ length: times }, () => hop.octets.length);
  });
  return { messages: passed.length, octets: passed.reduce((sum, octets) => sum + octets, 0) };
}
