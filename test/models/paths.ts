/**
 * Paths through a role machine, generated from its graph: for every transition the shortest one that ends with it.
 *
 * @module
 */
import { getMicrosteps, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { abstractions, AbstractMachine, type ScriptedEvent } from './abstraction.ts';
import { edgesOf, edgesTaken } from './edges.ts';

/** One event of a path. */
export interface PathStep {
  /** State, event, and how its steps end: what has to come true in a run. */
  readonly key: string;
  readonly from: string;
  readonly event: string;
  /** Transitions that it brings about. */
  readonly edges: readonly string[];
}

/** A path to a transition. */
export interface Path {
  /** The transition that it ends with. */
  readonly goal: string;
  readonly steps: readonly PathStep[];
  /** All transitions up to the goal. */
  readonly edges: readonly string[];
}

/** More than any role machine has, so that an abstraction without end is found out. */
const limit = 20_000;

/**
 * Generates paths.
 *
 * @returns a path for every transition that can be reached, in the order of the machine
 */
export function pathsThrough(machine: AnyStateMachine): readonly Path[] {
  const abstraction = abstractions[machine.id];
  if (!abstraction) throw new Error(`nothing is known of ${machine.id}`);
  const abstract = new AbstractMachine(machine, abstraction);
  const found = new Map<string, Path>();
  const events = (snapshot: AnyMachineSnapshot): readonly ScriptedEvent[] => [
    ...abstract.events(snapshot),
    ...(snapshot.value === abstraction.unexpected.state ? [{ type: abstraction.unexpected.event, outcomes: {} }] : []),
  ];
  for (const start of abstract.starts()) {
    const paths = getShortestPaths(abstract.machine, {
      fromState: start as never,
      events: events as never,
      limit,
    }) as unknown as readonly {
      readonly state: AnyMachineSnapshot;
      readonly steps: readonly { readonly event: ScriptedEvent }[];
    }[];
    for (const { state, steps } of paths) {
      const before = walk(abstract.machine, start, steps.map((step) => step.event).filter(isScripted));
      for (const event of events(state)) {
        const last = stepOf(abstract.machine, state, event);
        const all = [...before, last];
        for (const goal of last.edges) {
          const known = found.get(goal);
          if (known && cost(known.steps) <= cost(all)) continue;
          const edges = all.flatMap((step) => step.edges);
          found.set(goal, {
            goal,
            steps: all,
            edges: edges.slice(0, edges.length - last.edges.length + last.edges.indexOf(goal) + 1),
          });
        }
      }
    }
  }
  return edgesOf(machine).flatMap((edge) => found.get(edge) ?? []);
}

/**
 * Shorter is better; but a call without an answer is a dead end for an attacker, too: nothing more comes to the caller. And a machine to which
 * nothing ever happened is not seen to give up.
 */
function cost(steps: readonly PathStep[]): number {
  const oneWay = steps.filter((step) => step.key.includes('F = 0')).length;
  return steps.length + 2 * oneWay + (steps[0]?.event === 'END' ? 10 : 0);
}

/** The start of a path is an event of XState's own. */
function isScripted(event: ScriptedEvent): boolean {
  return event.outcomes !== undefined;
}

function walk(
  machine: AnyStateMachine,
  start: AnyMachineSnapshot,
  events: readonly ScriptedEvent[],
): readonly PathStep[] {
  let snapshot = start;
  return events.map((event) => {
    const step = stepOf(machine, snapshot, event);
    snapshot = (getMicrosteps(machine, snapshot, event).at(-1)?.[0] ?? snapshot) as AnyMachineSnapshot;
    return step;
  });
}

function stepOf(machine: AnyStateMachine, before: AnyMachineSnapshot, event: ScriptedEvent): PathStep {
  let snapshot = before;
  const taken = getMicrosteps(machine, before, event).map(([after, actions]) => {
    const one = {
      from: String(snapshot.value),
      context: snapshot.context as Readonly<Record<string, unknown>>,
      to: String((after as AnyMachineSnapshot).value),
      asked: actions.map((action) => action.type),
    };
    snapshot = after as AnyMachineSnapshot;
    return one;
  });
  const outcomes = Object.entries(event.outcomes)
    .filter(([step]) => step !== 'makeReport')
    .map(([step, outcome]) => `${step}: ${outcome}`);
  const from = String(before.value);
  const what = [`${from} ${event.type}`, ...outcomes].join(', ');
  return { key: what, from, event: event.type, edges: edgesTaken(machine, event.type, taken) };
}
