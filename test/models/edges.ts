/**
 * The transitions of a role machine, by name, and which of them a machine took.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import { chartOf, conditionOf, type Chart, type ChartTransition } from '../../src/docs/chart.ts';

/** What a machine did in one microstep. */
export interface Taken {
  readonly from: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly to: string;
  readonly asked: readonly string[];
}

/** Where an event that no state expects leads: it is reported. */
export const unexpectedEdge = '* -> reported';

/** Name of a transition: state, event, guard outcome, next state. */
export function edgeName(one: ChartTransition): string {
  return [one.from, ...conditionOf(one), '->', one.to ?? one.from].join(' ');
}

/** Names of all transitions of a machine. */
export function edgesOf(machine: AnyStateMachine): readonly string[] {
  const chart = chartOf(machine);
  return [...chart.transitions.map(edgeName), ...(chart.unexpected.length > 0 ? [unexpectedEdge] : [])];
}

/**
 * The transition that a machine took: the first of its state, and of the event, whose guard holds, as the semantics of statecharts says.
 *
 * @param event - the event that the machine waited for; undefined if it left as soon as its step was done
 * @throws Error if the machine did something else than that transition says
 */
export function edgeTaken(machine: AnyStateMachine, { from, context, to, asked }: Taken, event?: string): string {
  const chart = chartOnce(machine);
  const found = chart.transitions.find(
    (one) =>
      one.from === from && one.event === event && (one.guard === undefined || holds(machine, one.guard, context)),
  );
  if (!found) {
    if (event !== undefined && from === to && asked.includes('illegalEvent')) return unexpectedEdge;
    throw new Error(`${chart.id}: no transition from ${from} at ${event ?? 'once'}`);
  }
  const silent = new Set(asked);
  const requests = found.actions.filter((action) => silent.has(action));
  if ((found.to ?? from) !== to || requests.length !== asked.length) {
    throw new Error(`${chart.id}: ${edgeName(found)}, but it went to ${to} and asked for ${asked.join(', ')}`);
  }
  return edgeName(found);
}

/** Names of all transitions that a machine took at one event. */
export function edgesTaken(machine: AnyStateMachine, event: string, taken: readonly Taken[]): readonly string[] {
  return taken.map((one, index) => edgeTaken(machine, one, index === 0 ? event : undefined));
}

const charts = new WeakMap<AnyStateMachine, Chart>();

function chartOnce(machine: AnyStateMachine): Chart {
  const chart = charts.get(machine) ?? chartOf(machine);
  charts.set(machine, chart);
  return chart;
}

/** Guards only read the context: they may be asked again. */
function holds(machine: AnyStateMachine, guard: string, context: Readonly<Record<string, unknown>>): boolean {
  const predicate: unknown = machine.implementations.guards[guard];
  if (typeof predicate !== 'function') throw new Error(`${machine.id} has no guard ${guard}`);
  return Boolean(predicate({ context, event: { type: '' } }, undefined));
}
