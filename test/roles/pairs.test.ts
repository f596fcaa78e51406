import { describe, expect, test } from 'vitest';
import { noStep } from '../../model/roles/step.ts';
import { chartOf } from '../../src/docs/chart.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { accepted, acceptedWith, explore, refused, rejected, showPassages, type Exploration } from './exploration.ts';

/** Stands for a value that a machine only hands on. */
const some = { message: 'a message', replay: 'a replay entry', tpkId: 'a key id' };

const ticket = (F: boolean): Readonly<Record<string, unknown>> => ({ held: { ticket: { policy: { flags: { F } } } } });

/** What is explored of each machine, besides the machine. */
const settings: Readonly<Record<string, Omit<Exploration, 'machine'>>> = {
  initiator: {
    context: { ...noStep, requestInit: some, transferInit: some, answers: [] },
    outcomes: {
      checkRequestResp: [
        acceptedWith('with F = 1', ticket(true)),
        acceptedWith('with F = 0', ticket(false)),
        rejected,
        refused,
      ],
      deriveKeys: [acceptedWith('with keys', { answers: [some] }), rejected, refused],
      checkTransferResp: [acceptedWith('with keys', { answers: [some] }), rejected, refused],
    },
  },
  responder: {
    context: { ...noStep, resolveInit: some, resolved: some, fresh: false },
    outcomes: {
      makeAnswer: [
        acceptedWith('with F = 1', { answer: { message: some } }),
        acceptedWith('with F = 0', { answer: {} }),
        rejected,
        refused,
      ],
    },
  },
  kms: {
    context: {
      ...noStep,
      query: some,
      verifiedRequest: some,
      verifiedResolve: some,
      granted: some,
      resolved: some,
      fresh: false,
    },
    outcomes: {},
  },
  forkingProxy: { context: {}, outcomes: {} },
};

/** States in which a party believes to be done. */
const goals = new Set(['established', 'answered']);

describe.each(roleCharts().map(({ machine }) => [machine.id, machine] as const))('the %s', (id, machine) => {
  const chart = chartOf(machine);
  const passages = explore({ machine, ...settings[id]! });
  const resting = chart.states.filter((state) => state.kind !== 'transient').map((state) => state.name);
  const events = [...new Set(chart.transitions.flatMap(({ event }) => (event === undefined ? [] : [event])))];

  test('does in every state and at every event, whatever comes out of its steps, what was reviewed', async () => {
    await expect(showPassages(passages)).toMatchFileSnapshot(`./__snapshots__/pairs-${id}.txt`);
  });

  test('comes to all states where it waits or ends, and takes every event in each', () => {
    const pairs = new Set(passages.map(({ from, event }) => `${from} ${event}`));
    expect([...pairs].sort()).toEqual(
      resting.flatMap((state) => [...events, 'NONSENSE'].map((event) => `${state} ${event}`)).sort(),
    );
    expect(passages.filter(({ to }) => !resting.includes(to))).toEqual([]);
  });

  test('takes each of its transitions for some outcome', () => {
    const made = new Set(passages.flatMap(({ steps }) => steps.map(({ step }) => step)));
    expect(made).toEqual(new Set(chart.states.flatMap((state) => state.entry)));
    for (const { from, event, actions, to } of chart.transitions.filter((one) => one.event !== undefined)) {
      const taken = passages.filter((passage) => passage.from === from && passage.event === event);
      expect([from, event, taken.length > 0]).toEqual([from, event, true]);
      const requests = actions.filter((action) => !action.startsWith('keep'));
      for (const { asked } of taken) expect(asked.slice(0, requests.length)).toEqual(requests);
      if (to !== undefined && resting.includes(to)) expect(new Set(taken.map((one) => one.to))).toEqual(new Set([to]));
    }
  });

  test('reports an event that it does not expect, once, and neither moves nor remembers it', () => {
    for (const passage of passages) {
      const { from, event, asked, unchanged, steps, to } = passage;
      const expected = chart.transitions.some((one) => one.from === from && one.event === event);
      if (expected) {
        expect([from, event, asked.includes('illegalEvent')]).toEqual([from, event, false]);
      } else {
        expect({ from, event, asked, unchanged, steps, to }).toEqual({
          from,
          event,
          asked: ['illegalEvent'],
          unchanged: true,
          steps: [],
          to: from,
        });
      }
    }
  });

  test('never believes to be done because of a step that turned its input down', () => {
    for (const { from, event, steps, to } of passages.filter((passage) => goals.has(passage.to))) {
      const last = steps.at(-1);
      // A bad further answer leaves the answers accepted before as they are (rfc6043:4.2.2.4-2).
      if (from === to || last === undefined) continue;
      expect([from, event, last.step, last.outcome.startsWith(accepted.name)]).toEqual([from, event, last.step, true]);
    }
  });

  test('makes no further step after one that turned its input down', () => {
    for (const { from, event, steps } of passages) {
      const bad = steps.slice(0, -1).filter(({ outcome }) => !outcome.startsWith(accepted.name));
      expect([from, event, bad]).toEqual([from, event, []]);
    }
  });

  test('sends nothing after a step that turned its input down', () => {
    for (const { event, steps, asked } of passages) {
      const good = steps.filter(({ outcome }) => outcome.startsWith(accepted.name)).length;
      const mayAsk = event.startsWith('TRANSFER') && id === 'forkingProxy' ? 1 : good;
      const requests = asked.filter((request) => request !== 'illegalEvent');
      expect([event, requests.length <= mayAsk]).toEqual([event, true]);
    }
  });
});

test('[rfc3830:5.1.2-7] an unauthenticated answer ends nothing, one that is bad though authenticated does', () => {
  const initiator = roleCharts().find(({ machine }) => machine.id === 'initiator')!.machine;
  const responder = roleCharts().find(({ machine }) => machine.id === 'responder')!.machine;
  const ends = (machine: typeof initiator, event: string): unknown =>
    explore({ machine, ...settings[machine.id]! })
      .filter((passage) => passage.event === event && passage.steps.length === 1)
      .filter(({ steps }) => !steps[0]!.outcome.startsWith(accepted.name))
      .map(({ from, steps, to }) => [from, steps[0]!.outcome, to]);
  expect(ends(initiator, 'REQUEST_RESP')).toEqual([
    ['awaitingRequestResp', rejected.name, 'awaitingRequestResp'],
    ['awaitingRequestResp', refused.name, 'failed'],
  ]);
  expect(ends(responder, 'RESOLVE_RESP')).toEqual([
    ['awaitingResolveResp', rejected.name, 'awaitingResolveResp'],
    ['awaitingResolveResp', refused.name, 'rejected'],
  ]);
});
