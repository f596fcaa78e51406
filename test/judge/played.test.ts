/**
 * Vectors of the built-in scenarios: what the machines did over the network, judged from octets and secrets alone.
 */
import { describe, expect, test } from 'vitest';
import { playAndAnalyse } from '../../src/run/byteRun.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';
import { changed, errors, flip } from './support/findings.ts';
import { playedVector } from './support/played.ts';

/**
 * bob calls carol with a RANDRi of his own, in the same group: each pair gets another TEK from the one GTGK. Section 9 wants the same RANDs
 * wherever a GTGK serves as group key (finding B2).
 */
const known: Readonly<Record<string, readonly string[]>> = { 'group-decentralised': ['6 rfc6043:9-3'] };

describe.each(builtInNames())('the scenario %s', (name) => {
  const vector = playedVector(playAndAnalyse(builtIn(name), `judge/${name}`).played.trace);

  test('leaves nothing to say but warnings', () => {
    expect(errors(vector)).toEqual(known[name] ?? []);
  });

  test('would not pass with another TEK or another message', () => {
    const [fork] = Object.keys(vector.expected!.forks);
    const tek = changed(vector, (one) => {
      const keys = one.expected!.forks[fork!]!.tek;
      keys['1'] = flip(keys['1']!, 0);
    });
    expect(errors(tek)).toEqual([...(known[name] ?? []), `expected.forks.${fork} rfc6043:5.1.3-4`]);
    vector.messages.forEach(({ hex, type }, message) => {
      if (type === 'Error') return;
      const copy = changed(vector, (one) => (one.messages[message]!.hex = flip(hex, hex.length / 2 - 1)));
      expect(errors(copy)).not.toEqual(known[name] ?? []);
    });
  });
});
