import { afterAll, describe, expect, test } from 'vitest';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { coverageOf, coverageTable } from './coverage.ts';
import { drivers } from './drivers.ts';
import { edgesOf } from './edges.ts';
import { pathsThrough } from './paths.ts';
import { happen, World, type Track } from './world.ts';

/** Transitions that no run over bytes can take, and why. */
const impossible: Readonly<Record<string, string>> = {
  'initiator: derivingKeys [otherwise] -> failed':
    'the keys come from sessions that the same machine offered a moment before, with the SPI of a key of the same ticket',
};

const roles = roleCharts().map(({ machine }) => [machine.id, machine, pathsThrough(machine)] as const);
const tracks: Track[] = [];
const driven = new Set<string>();

describe.each(roles)('the machine of the %s', (id, machine, paths) => {
  test('has a path to each of its transitions', () => {
    expect(paths.map((path) => path.goal)).toEqual(edgesOf(machine));
  });

  test.each(paths.map((path) => [path.goal, path] as const))('over bytes: %s', (goal, path) => {
    if (`${id}: ${goal}` in impossible) return;
    const world = new World();
    for (const { key } of path.steps) {
      const driver = drivers[id]?.[key];
      if (driver) driven.add(`${id}: ${key}`);
      driver?.(world);
    }
    const happened = happen(world, path);
    tracks.push(...happened);
    const mine = happened.filter((track) => track.machine.id === id).map((track) => track.edges);
    const closest = mine.toSorted((a, b) => common(b, path.edges) - common(a, path.edges))[0] ?? [];
    expect(closest.slice(0, path.edges.length)).toEqual(path.edges);
    expect(path.edges.at(-1)).toBe(goal);
  });
});

test('every driver drives a path', () => {
  const all = Object.entries(drivers).flatMap(([id, own]) => Object.keys(own).map((key) => `${id}: ${key}`));
  expect(all.filter((key) => !driven.has(key))).toEqual([]);
});

test('every state, transition and guard outcome of every role was taken over bytes, but those that cannot be', () => {
  const rows = roles.map(([, machine]) => coverageOf(machine, tracks));
  const missing = rows.flatMap(({ role, missing: edges }) => edges.map((edge) => `${role}: ${edge}`));
  expect(missing).toEqual(Object.keys(impossible));
  for (const { role, states } of rows) expect([role, states[0]]).toEqual([role, states[1]]);
});

afterAll(() => {
  const reasons = Object.entries(impossible).map(([edge, reason]) => `cannot be taken: ${edge}, as ${reason}`);
  console.log([coverageTable(roles.map(([, machine]) => coverageOf(machine, tracks))), ...reasons].join('\n'));
});

/** How many transitions two ways have in common at the start. */
function common(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((edge, index) => edge !== b[index]);
  return end < 0 ? a.length : end;
}
