/**
 * Vectors of the built-in scenarios: what the machines did over the network, judged from octets and secrets alone.
 */
import { describe, expect, test } from 'vitest';
import { play } from '../../model/modes/play.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { noting, type CertifiedParties } from '../../src/run/vector/certified.ts';
import { vectorOf } from '../../src/run/vector/vectorOf.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';
import { changed, errors, flip } from './support/findings.ts';

describe.each(builtInNames())('the scenario %s', (name) => {
  const scenario = builtIn(name);
  const certified: CertifiedParties = new Map();
  const { trace } = play(noting(interpretation(`judge/${name}`), certified), scenario);
  const vector = vectorOf(trace, scenario, { certified });

  test('leaves nothing to say but warnings', () => {
    expect(errors(vector)).toEqual([]);
  });

  test('would not pass with another TEK or another message', () => {
    const [fork] = Object.keys(vector.expected!.forks);
    const tek = changed(vector, (one) => {
      const keys = one.expected!.forks[fork!]!.tek;
      keys['1'] = flip(keys['1']!, 0);
    });
    expect(errors(tek)).toEqual([`expected.forks.${fork} rfc6043:5.1.3-4`]);
    vector.messages.forEach(({ hex, type }, message) => {
      if (type === 'Error') return;
      const copy = changed(vector, (one) => (one.messages[message]!.hex = flip(hex, hex.length / 2 - 1)));
      expect(errors(copy)).not.toEqual([]);
    });
  });
});
