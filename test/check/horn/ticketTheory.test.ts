import { describe, expect, test } from 'vitest';
import { agreement, never } from '../../../model/check/horn/builder.ts';
import {
  ablationsOf,
  type TicketAblation,
  type TicketMode,
} from '../../../model/check/horn/theories/ticketSwitches.ts';
import { ticketGoals, type TicketGoalId } from '../../../model/check/horn/theories/ticketGoals.ts';
import { ticketTheory } from '../../../model/check/horn/theories/ticketTheory.ts';
import { disagreements, judged, outsiders, saturated } from './judge.ts';

const installed = await outsiders();
const goals = Object.entries(ticketGoals()) as [TicketGoalId, ReturnType<typeof ticketGoals>[TicketGoalId]][];
const modes: readonly TicketMode[] = ['mode 1', 'mode 3'];

const keysAtResponder: readonly TicketGoalId[] = ['tek-at-responder', 'tgk-at-responder', 'mpkr-at-responder'];
const keysAtInitiator: readonly TicketGoalId[] = ['tek-at-initiator', 'tgk-at-initiator', 'mpkr-at-initiator'];
const callerUnknown: readonly TicketGoalId[] = ['responder-agrees', 'responder-agrees-once'];

/** Which goals fall without a protection, exactly. */
const falls: Readonly<Record<TicketAblation, readonly TicketGoalId[]>> = {
  'idri-not-in-tp': [...keysAtResponder, ...callerUnknown],
  'tp-not-under-ticket-mac': [...keysAtResponder, 'mpki-of-honest', ...callerUnknown],
  'requester-not-compared': [...keysAtResponder, ...callerUnknown],
  'tpk-owner-not-compared': [...keysAtResponder, ...callerUnknown],
  'responder-ignores-idri': [...keysAtResponder, ...callerUnknown],
  'vi-not-compared': callerUnknown,
  'vr-not-checked': callerUnknown,
  'no-authorisation': ['mpki-of-honest'],
  'fork-without-idrr': [...keysAtInitiator, 'initiator-agrees'],
  'no-forking': [...keysAtInitiator, ...keysAtResponder, 'fork-uniqueness', 'initiator-agrees', ...callerUnknown],
  'no-replay-cache': ['responder-agrees-once'],
};

function fallsIn(mode: TicketMode, ablation: TicketAblation): readonly TicketGoalId[] {
  // In mode 3 the KMS compares IDRi with the owner of the TPK, so that a changed policy still cannot name another caller.
  return mode === 'mode 3' && ablation === 'tp-not-under-ticket-mac' ? ['mpki-of-honest'] : falls[ablation];
}

describe.each(modes)('the hand-written theory of %s with key forking', (mode) => {
  const saturation = saturated(ticketTheory(mode));

  test('saturates, and the attacker does not know everything', () => {
    expect(saturation.complete).toBe(true);
    expect(saturation.vacuous).toBe(false);
  });

  test.each(goals)('[rfc6043:4.2.3-9] proves %s', (id, goal) => {
    const verdict = judged(saturation, goal);
    console.log(`${mode} ${id}: ${verdict.answer}, ${verdict.stats.seconds.toFixed(3)} s`);
    expect(verdict.answer).toBe('proved');
  });

  test.skipIf(installed.length === 0).each(goals)('agrees with E and SPASS on %s', async (id, goal) => {
    const verdict = judged(saturation, goal);
    const { contradictions, undecided, asked } = await disagreements(saturation, goal, {
      verdict,
      // E runs away on the targets of agreement goals; SPASS ends on all of them.
      provers: goal.kind === 'agreement' ? installed.filter((prover) => prover === 'spass') : installed,
      seconds: 30,
    });
    expect(contradictions).toEqual([]);
    // Injectivity is no refutation; its plain form has targets.
    if (id !== 'responder-agrees-once' && installed.includes('spass')) {
      expect(asked).toBeGreaterThan(0);
      expect(undecided).toEqual([]);
    }
  });
});

describe.each(modes)('%s without key forking, if both who may answer are honest', (mode) => {
  const saturation = saturated(ticketTheory(mode, ['no-forking']));
  const honest = 'oneof(hon(X),hon(Y))';

  test.each([
    never('key at the initiator', `doneI(hon(A),hon(B),${honest},RT,K) & att(K)`),
    never('key at the responder', `doneR(hon(A),hon(B),${honest},RT,K) & att(K)`),
    agreement('initiator agrees', `doneI(hon(A),hon(B),${honest},RT,K)`, {
      begin: `beginR(hon(A),D,${honest},RT,K)`,
    }),
    agreement('responder agrees on the caller', `tookR(hon(A),hon(B),${honest},RT,TICKET,U)`, {
      begin: `beginI(hon(A),${honest},T,TICKET)`,
    }),
  ])('holds: $name', (goal) => {
    expect(judged(saturation, goal).answer).toBe('proved');
  });
});

describe.each(modes.flatMap((mode) => ablationsOf(mode).map((ablation) => ({ mode, ablation }))))(
  'the hand-written theory of $mode without: $ablation',
  ({ mode, ablation }) => {
    const saturation = saturated(ticketTheory(mode, [ablation]));

    test('loses exactly the goals that it must lose, each with a derivation that checks', () => {
      expect(saturation.vacuous).toBe(false);
      const attacked = goals.filter(([, goal]) => judged(saturation, goal).answer === 'attack').map(([id]) => id);
      expect([...attacked].sort()).toEqual([...fallsIn(mode, ablation)].sort());
      const proved = goals.filter(([, goal]) => judged(saturation, goal).answer === 'proved');
      expect(proved.length + attacked.length).toBe(goals.length);
    });

    test.skipIf(!installed.includes('spass'))('has an attack that SPASS confirms', async () => {
      const [, goal] = goals.find(([id]) => id === fallsIn(mode, ablation)[0])!;
      const verdict = judged(saturation, goal);
      const { contradictions, undecided, asked } = await disagreements(saturation, goal, {
        verdict,
        provers: ['spass'],
        seconds: 30,
      });
      expect(asked).toBeGreaterThan(0);
      expect({ contradictions, undecided }).toEqual({ contradictions: [], undecided: [] });
    });
  },
);
