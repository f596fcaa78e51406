import { describe, expect, test } from 'vitest';
import { second } from '../../model/message/timestamps.ts';
import { RateLimit } from '../../model/modes/rateLimit.ts';
import { standardScenario } from '../../model/modes/standard.ts';
import { call, changed, hops, played, refused, wait, withUser } from '../support/plays.ts';

const at = (seconds: number): bigint => BigInt(seconds) * second;

describe('a rate limit', () => {
  test('hears the worth of a minute at once, and then as much as a minute brings back', () => {
    const limit = new RateLimit(3);
    expect([0, 0, 0, 0].map((now) => limit.allows('mallory', at(now)))).toEqual([true, true, true, false]);
    expect([19, 20, 20, 40, 41].map((now) => limit.allows('mallory', at(now)))).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect([400, 400, 400, 400].map((now) => limit.allows('mallory', at(now)))).toEqual([true, true, true, false]);
  });

  test('gives back what is due however often one knocks in between', () => {
    const limit = new RateLimit(1);
    expect(limit.allows('mallory', at(0))).toBe(true);
    const heard = Array.from({ length: 600 }, (_, index) => limit.allows('mallory', (BigInt(index) * second) / 10n));
    expect(heard.filter(Boolean)).toHaveLength(0);
    expect(limit.allows('mallory', at(60))).toBe(true);
  });

  test('is one of each sender, and a clock that goes back gives nobody more', () => {
    const limit = new RateLimit(1);
    expect([limit.allows('alice', at(9)), limit.allows('bob', at(9)), limit.allows('alice', at(1))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('keeps no more notes than it is to keep', () => {
    const limit = new RateLimit(1, { senders: 2 });
    for (const sender of ['alice', 'bob', 'carol']) expect(limit.allows(sender, at(0))).toBe(true);
    // alice was forgotten, the others were not.
    expect(['carol', 'bob', 'alice'].map((sender) => limit.allows(sender, at(0)))).toEqual([false, false, true]);
  });
});

describe('[rfc6043:12.3-2] in a run', () => {
  const standard = standardScenario({ forks: 1 });
  const twoCalls = changed(standard, { steps: [call({ from: 'KMS' }), call({ from: 'KMS' })] });

  test('a KMS hears so many messages of one sender in a minute, and those of others all the same', () => {
    const limited = { ...twoCalls, kmss: [{ ...twoCalls.kmss[0]!, perMinute: 1 }] };
    const run = played(limited);
    expect(refused(run)).toEqual(['kms rateLimit']);
    expect(hops(run, 'REQUEST_INIT_PSK')).toHaveLength(2);
    expect(hops(run, 'REQUEST_RESP')).toHaveLength(1);
    expect(hops(run, 'RESOLVE_RESP')).toHaveLength(1);
    const [first, second_] = limited.steps;
    const later = played({ ...limited, steps: [first!, wait(61), second_!] });
    expect(refused(later)).toEqual([]);
    expect(hops(later, 'REQUEST_RESP')).toHaveLength(2);
  });

  test('an endpoint looks at so many calls in a minute, and asks the KMS about no more', () => {
    const run = played(withUser(twoCalls, 'bob', { callsPerMinute: 1 }));
    expect(refused(run)).toEqual(['bob-phone rateLimit']);
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(1);
    expect(refused(played(twoCalls))).toEqual([]);
  });
});
