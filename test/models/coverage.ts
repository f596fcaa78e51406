/**
 * How much of each role machine the runs over bytes went through, as a table.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import { chartOf } from '../../src/docs/chart.ts';
import { edgesOf } from './edges.ts';
import type { Track } from './world.ts';

/** What was gone through, of how much. */
export interface Coverage {
  readonly role: string;
  readonly states: readonly [number, number];
  readonly transitions: readonly [number, number];
  readonly guards: readonly [number, number];
  /** Transitions that no run took. */
  readonly missing: readonly string[];
}

/** Sums up the tracks of all runs. */
export function coverageOf(machine: AnyStateMachine, tracks: readonly Track[]): Coverage {
  const mine = tracks.filter((track) => track.machine.id === machine.id);
  const taken = new Set(mine.flatMap((track) => track.edges));
  const visited = new Set(mine.flatMap((track) => track.states));
  const edges = edgesOf(machine);
  const guarded = edges.filter((edge) => edge.includes('['));
  const states = chartOf(machine).states.map((state) => state.name);
  const part = (all: readonly string[], had: ReadonlySet<string>): readonly [number, number] => [
    all.filter((one) => had.has(one)).length,
    all.length,
  ];
  return {
    role: machine.id,
    states: part(states, visited),
    transitions: part(edges, taken),
    guards: part(guarded, taken),
    missing: edges.filter((edge) => !taken.has(edge)),
  };
}

/** The table, a line for each role. */
export function coverageTable(rows: readonly Coverage[]): string {
  const cell = ([had, all]: readonly [number, number]): string => `${had} of ${all}`.padEnd(14);
  return [
    `${'role'.padEnd(14)}${'states'.padEnd(14)}${'transitions'.padEnd(14)}guard outcomes`,
    ...rows.map(
      ({ role, states, transitions, guards }) => `${role.padEnd(14)}${cell(states)}${cell(transitions)}${cell(guards)}`,
    ),
    ...rows.flatMap(({ role, missing }) => missing.map((edge) => `not taken: ${role}, ${edge}`)),
  ].join('\n');
}
