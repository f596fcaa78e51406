import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { strictProfile, type Profile } from '../../model/guard/profile.ts';
import type { Interpretation } from '../../model/modes/network.ts';
import { hexOf } from '../support/runs.ts';
import { disagreements, rungTwice, sharedTeks, type Sides } from './invariants.ts';
import { longRun, type LongRun } from './longRun.ts';

/** More calls take longer: about 5 ms each. */
const calls = Number(process.env['MIKEY_LONG_RUN_CALLS'] ?? 3000);
const seed = process.env['MIKEY_LONG_RUN_SEED'] ?? randomBytes(6).toString('hex');

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

describe(`a long run in a hostile network, MIKEY_LONG_RUN_SEED=${seed}`, () => {
  let run: LongRun;
  beforeAll(() => {
    run = longRun(seed, { calls });
  }, 3_600_000);

  test('is long, and the network was hostile', () => {
    const { town, played, sides, deeds, refusals, seconds } = run;
    const callers = tally(run.fates('initiator').map(({ atRest }) => atRest));
    const facts = { seed, calls: town.calls, seconds, callers, sides: sides.callers.length, deeds };
    console.log(JSON.stringify({ ...facts, refusals: Object.fromEntries(refusals) }));
    expect(played.outcomes.length).toBe(town.calls);
    expect(town.calls).toBeGreaterThanOrEqual(calls);
    expect(Math.min(...Object.values(deeds))).toBeGreaterThan(calls / 100);
    expect(sides.callers.length).toBeGreaterThan(calls / 4);
  });

  test('calls that nobody disturbs come out as they are to', () => {
    const { played, town } = run;
    const other = played.outcomes.filter((outcome, index) => town.undisturbed.has(index) && !outcome.asExpected);
    expect(other).toEqual([]);
  });

  test('keys are the same on both sides whenever both hold some, and nobody believes a wrong identity', () => {
    expect(disagreements(run.sides)).toEqual([]);
  });

  test('[rfc6043:12.4-1] no endpoint rings twice for one TRANSFER_INIT', () => {
    expect(rungTwice(run.sides)).toEqual([]);
  });

  test('[rfc6043:9-3] no two sessions share a TEK, but those of a group key with the same RANDs', () => {
    expect(sharedTeks(run.sides)).toEqual([]);
    const teks = run.sides.endpoints.flatMap(({ keys }) => keys.sessions.map(({ tek }) => hexOf(tek)));
    // By design: otherwise no group key was ever used twice.
    expect(new Set(teks).size).toBeLessThan(teks.length);
  });

  test('[rfc3830:5.1.2-7] every call ends: with keys, with a clear error, or when its user gives up', () => {
    for (const { actor, atRest, inTheEnd } of run.fates('initiator')) {
      const { rejection, answers } = actor.context() as {
        readonly rejection?: { readonly code: string; readonly reason: string };
        readonly answers: readonly unknown[];
      };
      expect(['established', 'failed', 'awaitingRequestResp', 'awaitingTransferResp']).toContain(atRest);
      expect(['established', 'failed', 'ended']).toContain(inTheEnd);
      expect(answers.length > 0).toBe(atRest === 'established');
      if (atRest === 'failed')
        expect([rejection?.code, rejection?.reason]).toEqual([expect.any(String), expect.any(String)]);
    }
    const endings = (role: string): readonly string[] => [
      ...new Set(run.fates(role).map(({ atRest, inTheEnd }) => `${atRest} -> ${inTheEnd}`)),
    ];
    const responder = ['established -> established', 'rejected -> rejected'];
    expect([...responder, 'awaitingResolveResp -> ended', 'ringing -> ended', 'idle -> idle']).toEqual(
      expect.arrayContaining([...endings('responder')]),
    );
    expect(endings('responder')).toEqual(expect.arrayContaining(responder));
    const kms = ['answered -> answered', 'refused -> refused'];
    expect([...kms, 'awaitingForeignResp -> refused', 'idle -> idle']).toEqual(
      expect.arrayContaining([...endings('kms')]),
    );
    expect(endings('kms')).toEqual(expect.arrayContaining(kms));
    // A machine that rests in its first state had nothing to do with any call: what came to it was for somebody else.
    for (const role of ['responder', 'kms']) {
      for (const { actor } of run.fates(role).filter(({ atRest }) => atRest === 'idle')) {
        expect([actor.context()['offer'], actor.context()['received']]).toEqual([undefined, undefined]);
      }
    }
  });

  test('[rfc6043:12.4-2] a KMS keeps nothing of tickets: what it has in the end is the replay entries of the last minutes', () => {
    for (const { exchanges, granted, stateSize, waiting } of run.played.kmss) {
      const mine = run.lastExchanges.filter((actor) => exchanges.includes(actor));
      expect(mine.map((actor) => actor.state())).toEqual(mine.map(() => 'answered'));
      expect(stateSize()).toBe(mine.length);
      expect(waiting()).toBe(0);
      expect(granted.length).toBeGreaterThan(calls / 8);
    }
  });

  test('an endpoint forgets tickets that are over and replays that are too old: one of each is left of the last call', () => {
    const sizes = run.played.sides.map((side) => [side.device.party.name, side.stateSize]);
    expect(sizes).toEqual(run.played.sides.map((side) => [side.device.party.name, 2]));
  });

  test('who has no rights gets no ticket and calls nobody, but can be called', () => {
    const { callers, endpoints } = run.sides;
    const { outsider } = run.town;
    const mine = run.fates('initiator').filter(({ actor }) => actor.party.name === outsider);
    expect(Object.keys(tally(mine.map(({ inTheEnd }) => inTheEnd))).sort()).toEqual(['ended', 'failed']);
    expect(mine.filter(({ actor }) => actor.context()['held'] !== undefined)).toEqual([]);
    expect(callers.filter(({ party }) => party === outsider)).toEqual([]);
    expect(endpoints.filter(({ peer }) => peer.includes(outsider))).toEqual([]);
    expect(endpoints.some(({ party }) => party === outsider)).toBe(true);
  });
});

describe('what the long run looks for, it would find', () => {
  const without = (...checks: readonly string[]): Profile => ({
    ...strictProfile,
    without: new Set(checks) as Profile['without'],
  });

  /** Short runs, until something is found. */
  function found(
    options: Omit<Parameters<typeof longRun>[1], 'calls'>,
    look: (sides: Sides) => readonly string[],
  ): readonly string[] {
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const texts = look(longRun(`attempt ${attempt}`, { calls: 100, ...options }).sides);
      if (texts.length > 0) return texts;
    }
    return [];
  }

  test('without a replay cache an endpoint rings twice', () => {
    expect(found({ profile: without('offerNotReplayed') }, rungTwice)).not.toEqual([]);
  });

  test('without the MAC of TRANSFER_INIT and a look at whose the ticket is, an endpoint believes a damaged name', () => {
    const profile = without('offerMacValid', 'viEqualsV', 'offerCallerOwnsTicket');
    const wrong = (sides: Sides): readonly string[] => disagreements(sides).filter((text) => text.includes('believes'));
    expect(found({ profile }, wrong)).not.toEqual([]);
  });

  test('without the MAC of TRANSFER_RESP a caller comes to other keys', () => {
    const other = (sides: Sides): readonly string[] =>
      disagreements(sides).filter((text) => text.includes('hold other keys'));
    expect(found({ profile: without('answerMacValid') }, other)).not.toEqual([]);
  });

  test('with RANDs that are always the same, calls with one ticket share their TEKs', () => {
    const change = (honest: Interpretation<Uint8Array>): Interpretation<Uint8Array> => ({
      ...honest,
      sourceOf: (party) => {
        const source = honest.sourceOf(party);
        const fixed = (length: number): Uint8Array => new Uint8Array(length).fill(7);
        return {
          now: () => source.now(),
          random: (length, purpose) =>
            purpose === 'RANDRi' || purpose === 'RANDRr' ? fixed(length) : source.random(length, purpose),
        };
      },
    });
    expect(found({ change }, sharedTeks)).not.toEqual([]);
  });
});
