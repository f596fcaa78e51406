import { describe, expect, test } from 'vitest';
import { noStep } from '../../model/roles/step.ts';
import { chartOf } from '../../src/docs/chart.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { accepted, acceptedWith, explore, refused, rejected, showPassages, type Exploration } from './exploration.ts';

/** Stands for a value that a machine only hands on. */
const some = { message: 'a message', replay: 'a replay entry', tpkId: 'a key id' };

const ticket = (F: boolean): Readonly<Record<string, unknown>> => ({ held: { ticket: { policy: { flags: { F } } } } });

/** A step that only makes an Error message, if there is something to be said. */
const reporting = [
  { name: 'with a report', leaves: { report: some } },
  { name: 'without a report', leaves: { report: undefined } },
];

/** A step that reads an Error message: a hint, refused, or the word of the peer. */
const notice = [accepted, rejected, refused];

const initiatorContext = { ...noStep, requestInit: some, transferInit: some, answers: [], report: undefined };

/** What is explored of each machine, besides the machine. */
const settings: Readonly<Record<string, Omit<Exploration, 'machine'>>> = {
  initiator: {
    contexts: ['KMS', 'held', 'self'].map((from) => ({
      ...initiatorContext,
      source: { from, ...(from === 'held' ? ticket(true) : {}) },
      ...ticket(true),
    })),
    outcomes: {
      makeTicket: [acceptedWith('with F = 1', ticket(true)), acceptedWith('with F = 0', ticket(false)), refused],
      checkRequestResp: [
        acceptedWith('with F = 1', ticket(true)),
        acceptedWith('with F = 0', ticket(false)),
        rejected,
        refused,
      ],
      deriveKeys: [acceptedWith('with keys', { answers: [some] }), rejected, refused],
      checkTransferResp: [acceptedWith('with keys', { answers: [some] }), rejected, refused],
      checkRequestError: notice,
      checkTransferError: notice,
      makeReport: reporting,
    },
  },
  responder: {
    contexts: [
      {
        ...noStep,
        query: some,
        admitted: { ticket: { policy: { flags: { J: true } } }, tpData: {} },
        resolveInit: some,
        resolved: some,
        fresh: false,
        report: undefined,
      },
    ],
    outcomes: {
      chooseWay: [
        acceptedWith('from the KMS', { way: { from: 'KMS' } }),
        acceptedWith('kept', { way: { from: 'kept' } }),
        acceptedWith('with a TPK', { way: { from: 'ticket key' } }),
        refused,
      ],
      makeAnswer: [
        acceptedWith('with F = 1', { answer: { message: some } }),
        acceptedWith('with F = 0', { answer: {} }),
        rejected,
        refused,
      ],
      makeReport: reporting,
    },
  },
  kms: {
    contexts: [undefined, { foreignKms: 'another KMS', replay: 'a replay entry' }].map((foreign) => ({
      ...noStep,
      query: some,
      keyChoice: some,
      verifiedRequest: some,
      verifiedResolve: foreign ?? some,
      partner: some,
      forwarded: some,
      granted: some,
      resolved: some,
      fresh: false,
      report: undefined,
    })),
    outcomes: {
      verifyResolve: [accepted, rejected, refused],
      makeReport: reporting,
    },
  },
  forkingProxy: { contexts: [{}], outcomes: {} },
};

/** States in which a party believes to be done. */
const goals = new Set(['established', 'answered']);

/** The machine of the bundle has a review of its own, in `bundle.test.ts`. */
const charts = roleCharts().filter(({ machine }) => machine.id !== 'bundle');

describe.each(charts.map(({ machine }) => [machine.id, machine] as const))('the %s', (id, machine) => {
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
      if (from === to || last === undefined || last.step === 'makeReport' || last.step.endsWith('Error')) continue;
      expect([from, event, last.step, last.outcome.startsWith(accepted.name)]).toEqual([from, event, last.step, true]);
    }
  });

  test('makes no further step after one that turned its input down', () => {
    for (const { from, event, steps } of passages) {
      // But the one that makes an Error message about it.
      const bad = steps
        .filter(({ step }) => step !== 'makeReport')
        .slice(0, -1)
        .filter(({ outcome }) => !outcome.startsWith(accepted.name));
      expect([from, event, bad]).toEqual([from, event, []]);
    }
  });

  test('sends nothing but an Error message after a step that turned its input down', () => {
    for (const { event, steps, asked } of passages) {
      const good = steps.filter(({ outcome }) => outcome.startsWith(accepted.name)).length;
      const mayAsk = event !== 'END' && id === 'forkingProxy' ? 1 : good;
      const requests = asked.filter((request) => request !== 'illegalEvent' && request !== 'report');
      expect([event, requests.length <= mayAsk]).toEqual([event, true]);
    }
  });
});

test('[rfc3830:5.1.2-7] an unauthenticated answer ends nothing, one that is bad though authenticated does', () => {
  const initiator = roleCharts().find(({ machine }) => machine.id === 'initiator')!.machine;
  const responder = roleCharts().find(({ machine }) => machine.id === 'responder')!.machine;
  const ends = (machine: typeof initiator, event: string): unknown => {
    const bad = explore({ machine, ...settings[machine.id]! })
      .filter((passage) => passage.event === event && passage.steps.length > 0)
      .filter(({ steps }) => !steps[0]!.outcome.startsWith(accepted.name))
      .map(({ from, steps, to }) => JSON.stringify([from, steps[0]!.outcome, to]));
    return [...new Set(bad)].map((line): unknown => JSON.parse(line));
  };
  expect(ends(initiator, 'REQUEST_RESP')).toEqual([
    ['awaitingRequestResp', rejected.name, 'awaitingRequestResp'],
    ['awaitingRequestResp', refused.name, 'failed'],
  ]);
  expect(ends(responder, 'RESOLVE_RESP')).toEqual([
    ['awaitingResolveResp', rejected.name, 'awaitingResolveResp'],
    ['awaitingResolveResp', refused.name, 'rejected'],
  ]);
});
