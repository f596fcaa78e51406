import { describe, expect, test } from 'vitest';
import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import { chartOf } from '../../src/docs/chart.ts';
import { dotOf } from '../../src/docs/dot.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { statechartSvg } from '../../src/docs/statechartSvg.ts';
import { rfc3830 } from '../../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';

/** Clauses that have at least one statement, in them or below them. */
const clauses = new Set(
  [...rfc6043, ...rfc3830].flatMap(({ id }) => {
    const clause = id.replace(/-\d+$/, '');
    const parts = clause.split('.');
    return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  }),
);

/** Guards: each only reads what a step left, or what the machine started with. */
const readingGuards = [
  'accepted',
  'refused',
  'answerExpected',
  'answered',
  'answerToSend',
  'reportToSend',
  'holdsTicket',
  'makesTicket',
  'hasKept',
  'hasTicketKey',
  'foreignTicket',
];

/** The machine of the bundle has a review of its own, in `bundle.test.ts`. */
const charts = roleCharts().filter(({ machine }) => machine.id !== 'bundle');

describe.each(charts.map((role) => [role.machine.id, role] as const))('the machine of the %s', (_, role) => {
  const { machine } = role;
  const chart = chartOf(machine);
  const events = [...new Set(chart.transitions.flatMap((one) => (one.event === undefined ? [] : [one.event])))].sort();

  test('is the one that was reviewed', () => {
    expect(dotOf(machine)).toMatchSnapshot();
  });

  test('every state can be reached, and every state but final ones can be left', () => {
    const reached = new Set([chart.initial]);
    for (const state of reached) {
      for (const one of chart.transitions.filter((candidate) => candidate.from === state))
        if (one.to !== undefined) reached.add(one.to);
    }
    expect([...reached].sort()).toEqual(chart.states.map((state) => state.name).sort());
    for (const state of chart.states) {
      expect([state.name, chart.transitions.some((one) => one.from === state.name)]).toEqual([
        state.name,
        state.kind !== 'final',
      ]);
    }
  });

  test('every transition names its clause, but END: that a user hangs up is no matter of the RFC', () => {
    for (const one of chart.transitions.filter((candidate) => candidate.event !== 'END')) {
      expect([one.from, one.event, clauses.has(one.clause ?? '')]).toEqual([one.from, one.event, true]);
    }
  });

  test('a state that computes has one step and leaves at once; its guards only read what the step left', () => {
    for (const state of chart.states) {
      const out = chart.transitions.filter((one) => one.from === state.name);
      if (state.kind === 'transient') {
        expect([state.name, state.entry.length, out.every((one) => one.event === undefined)]).toEqual([
          state.name,
          1,
          true,
        ]);
      } else
        expect([state.name, state.entry, out.every((one) => one.event !== undefined)]).toEqual([state.name, [], true]);
    }
    const guards = new Set(chart.transitions.flatMap((one) => (one.guard === undefined ? [] : [one.guard])));
    for (const guard of guards) expect(readingGuards).toContain(guard);
  });

  test('an event that a state does not expect changes nothing and is reported, in every state', () => {
    const [start] = initialTransition(machine, {}) as [AnyMachineSnapshot, unknown];
    for (const state of chart.states.filter((candidate) => candidate.kind === 'waiting')) {
      const snapshot = machine.resolveState({ value: state.name, context: start.context as never });
      for (const event of [...events, 'NONSENSE']) {
        if (chart.transitions.some((one) => one.from === state.name && one.event === event)) continue;
        const [after, actions] = transition(machine, snapshot, { type: event }) as [
          AnyMachineSnapshot,
          readonly { type: string; params: unknown }[],
        ];
        expect([state.name, event, after.value, actions.map((action) => [action.type, action.params])]).toEqual([
          state.name,
          event,
          state.name,
          [['illegalEvent', { event }]],
        ]);
      }
    }
  });

  test('the picture shows every state, event and clause, and is the same each time', async () => {
    const svg = await statechartSvg(machine, role);
    expect(await statechartSvg(machine, role)).toBe(svg);
    for (const state of chart.states) expect(svg).toContain(`>${state.name}<`);
    for (const event of events) expect(svg).toContain(event);
    for (const one of chart.transitions) {
      const [rfc, clause] = (one.clause ?? 'rfc6043:').split(':');
      expect(svg).toContain(`RFC ${rfc!.slice(3)}${clause === '' ? '' : `, ${clause}`}`);
    }
    expect(svg).not.toMatch(/<script|NaN|undefined/);
  });
});
