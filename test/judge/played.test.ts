/**
 * Vectors of the built-in scenarios: what the machines did over the network, judged from octets and secrets alone.
 */
import { describe, expect, test } from 'vitest';
import { playAndAnalyse } from '../../src/run/byteRun.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';
import { changed, errors, flip } from './support/findings.ts';
import { playedVector } from './support/played.ts';

/** Scenarios whose vectors need more than a trace turned around: envelope keys, updates in dialogs of their own. */
const later = new Set(['initiator-keys', 'public-key', 'update']);

describe.each(builtInNames().filter((name) => !later.has(name)))('the scenario %s', (name) => {
  const vector = playedVector(playAndAnalyse(builtIn(name), `judge/${name}`).played.trace);

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
