import { describe, expect, test } from 'vitest';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { bundleMachine } from '../../model/roles/bundle.ts';
import { noStep } from '../../model/roles/step.ts';
import { rfc3830 } from '../../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';
import { chartOf } from '../../src/docs/chart.ts';
import { dotOf } from '../../src/docs/dot.ts';
import { accepted, acceptedWith, explore, refused, rejected, showPassages } from './exploration.ts';

const terms = new Terms();
const env: Env<Term> = {
  algebra: termAlgebra(terms),
  source: termSources(terms, 0n)('a party'),
  profile: strictProfile,
};
const machine = bundleMachine(env);
const chart = chartOf(machine);

/** Stands for a value that the machine only hands on. */
const some = { message: 'a message' };
const passages = explore({
  machine,
  contexts: [{ ...noStep, bundle: {}, replay: some, verdictPending: false, fresh: false }],
  outcomes: {
    makeUpdate: [
      acceptedWith('with an answer to come', { started: some, pending: some }),
      acceptedWith('without', { started: some, pending: undefined }),
      rejected,
      refused,
    ],
    checkUpdateInit: [acceptedWith('', { verdictPending: true }), rejected, refused],
    makeAnswer: [
      acceptedWith('with an answer', { answer: some }),
      acceptedWith('without', { answer: undefined }),
      rejected,
      refused,
    ],
    checkUpdateResp: [
      acceptedWith('', { pending: undefined }),
      rejected,
      { ...refused, leaves: { ...refused.leaves, pending: undefined } },
    ],
  },
});

describe('the machine of a bundle', () => {
  test('is the one that was reviewed, and does in every state and at every event what was reviewed', async () => {
    await expect(dotOf(machine)).toMatchFileSnapshot('./__snapshots__/bundle.dot');
    await expect(showPassages(passages)).toMatchFileSnapshot('./__snapshots__/pairs-bundle.txt');
  });

  test('takes every event in every state where it waits or ends, and comes to all of them', () => {
    const resting = chart.states.filter((state) => state.kind !== 'transient').map((state) => state.name);
    const events = [...new Set(chart.transitions.flatMap(({ event }) => (event === undefined ? [] : [event])))];
    const pairs = new Set(passages.map(({ from, event }) => `${from} ${event}`));
    expect([...pairs].sort()).toEqual(
      resting.flatMap((state) => [...events, 'NONSENSE'].map((event) => `${state} ${event}`)).sort(),
    );
    expect(resting).toEqual(['established', 'awaitingUpdateResp', 'checkingReplay', 'ended', 'keysExpired']);
  });

  test('every transition names a clause with statements, but END', () => {
    const clauses = new Set(
      [...rfc6043, ...rfc3830].flatMap(({ id }) => {
        const parts = id.replace(/-\d+$/, '').split('.');
        return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
      }),
    );
    for (const one of chart.transitions.filter((candidate) => candidate.event !== 'END')) {
      expect([one.from, one.event, clauses.has(one.clause ?? '')]).toEqual([one.from, one.event, true]);
    }
  });

  test('[rfc3830:5.1.2-7] a message that is turned down unauthenticated changes no state', () => {
    const bad = passages.filter(({ steps }) => steps.some(({ outcome }) => outcome === rejected.name));
    const messages = bad.filter(({ event, steps }) => event.startsWith('TRANSFER') && steps.length === 1);
    expect(messages.length).toBeGreaterThan(2);
    for (const { from, event, to } of messages) expect([from, event, to]).toEqual([from, event, from]);
  });

  test('an answer goes out only if the update was new and accepted; own updates only if they could be made', () => {
    for (const { event, steps, asked } of passages.filter((passage) => passage.asked.includes('send'))) {
      expect([event, steps.every(({ outcome }) => outcome.startsWith(accepted.name)), asked.length]).toEqual([
        event,
        true,
        asked.includes('scheduleRekey') ? 2 : 1,
      ]);
    }
  });

  test('[rfc6043:6.10-60] keys expire by the own clock alone', () => {
    const expired = passages.filter(({ from, to }) => to === 'keysExpired' && from !== to);
    expect(new Set(expired.map(({ event }) => event))).toEqual(new Set(['REKEY_DUE']));
    expect(new Set(expired.map(({ from }) => from))).toEqual(
      new Set(['established', 'awaitingUpdateResp', 'checkingReplay']),
    );
  });

  test('an event that is not expected is reported and changes nothing', () => {
    for (const { from, event, asked, unchanged, steps, to } of passages) {
      if (chart.transitions.some((one) => one.from === from && one.event === event)) continue;
      expect({ from, event, asked, unchanged, steps, to }).toEqual({
        from,
        event,
        asked: ['illegalEvent'],
        unchanged: true,
        steps: [],
        to: from,
      });
    }
  });
});
