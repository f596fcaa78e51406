import { describe, expect, test } from 'vitest';
import { reachable } from '../../../model/check/horn/builder.ts';
import { subsumption } from '../../../model/check/horn/prove/subsume.ts';
import type { Answer } from '../../../model/check/horn/prove/verdict.ts';
import { substituteFact } from '../../../model/check/horn/clauses.ts';
import { disagreements, judged, outsiders, saturated } from './judge.ts';
import { kerberosLike } from './protocols/kerberosLike.ts';
import { needhamSchroeder } from './protocols/needhamSchroeder.ts';
import { otwayRees } from './protocols/otwayRees.ts';
import { yahalom } from './protocols/yahalom.ts';

const protocols = [
  needhamSchroeder(false),
  needhamSchroeder(true),
  otwayRees('untyped'),
  otwayRees('boyd-mao'),
  otwayRees('tagged'),
  otwayRees('tagged, self-call'),
  yahalom('tagged'),
  yahalom('BAN, untyped'),
  kerberosLike(false),
  kerberosLike(true),
];

const installed = await outsiders();

/** Goals on which both of the others run away. */
const hard = new Set(['Yahalom, BAN, untyped: key of A']);

describe.each(protocols)('$theory.name', ({ theory, goals }) => {
  const saturation = saturated(theory);

  test('saturates, and the attacker does not know everything', () => {
    expect(saturation.complete).toBe(true);
    expect(saturation.vacuous).toBe(false);
  });

  test.each(goals)('gets the published verdict: $goal.name: $published', ({ goal, published }) => {
    expect(judged(saturation, goal).answer).toBe(published);
  });

  test.each(goals.filter(({ goal }) => goal.kind === 'agreement'))(
    'can reach the targets of: $goal.name',
    ({ goal }) => {
      if (goal.kind !== 'agreement') return;
      for (const target of goal.targets ?? []) {
        const end = {
          ...reachable('target', 'x'),
          kind: 'reachable' as const,
          reach: [substituteFact(goal.end, target)],
        };
        expect(judged(saturation, end).answer).toBe('proved');
      }
    },
  );

  test.skipIf(installed.length === 0)(
    `agrees with ${installed.join(' and ')} (peers: ${installed.length} of 2)`,
    async () => {
      for (const { goal } of goals) {
        const verdict = judged(saturation, goal);
        const { contradictions, undecided, asked } = await disagreements(saturation, goal, {
          verdict,
          provers: installed,
          seconds: 6,
        });
        expect(contradictions).toEqual([]);
        // Some goals are hard for one of the two; none of ours goes without a second opinion but those that neither decides.
        if (asked > 0 && installed.length === 2)
          expect([goal.name, undecided.length < asked || hard.has(`${theory.name}: ${goal.name}`)]).toEqual([
            goal.name,
            true,
          ]);
      }
    },
  );
});

describe('a prover that is broken on purpose', () => {
  const right = subsumption(500);

  test.skipIf(installed.length === 0)('is caught by the others: subsumption the wrong way round', async () => {
    const { theory, goals } = needhamSchroeder(false);
    const broken = saturated(theory, { subsumes: (general, special) => right(special, general) });
    const found: string[] = [];
    const wrong: Answer[] = [];
    for (const { goal, published } of goals) {
      const verdict = judged(broken, goal);
      if (verdict.answer !== published) wrong.push(verdict.answer);
      const { contradictions } = await disagreements(broken, goal, { verdict, provers: installed, seconds: 6 });
      found.push(...contradictions);
    }
    expect(wrong.length).toBeGreaterThan(0);
    expect(found.length).toBeGreaterThan(0);
  });
});
