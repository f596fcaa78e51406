/**
 * Honest vectors of every mode: the judge finds nothing, recomputes all keys, and misses no octet that is flipped.
 */
import { describe, expect, test } from 'vitest';
import type { JudgedVector } from '../../src/judge/vectorFile.ts';
import { changed, errors, flip } from './support/findings.ts';
import { honest, type HonestName } from './support/honest.ts';

const names = Object.keys(honest) as HonestName[];

describe('honest vectors of every mode', () => {
  test.each(names)('%s: no error', (name) => {
    expect(errors(honest[name]())).toEqual([]);
  });

  test.each(names)('%s: a wrong TEK of any exchange is found', (name) => {
    const vector = honest[name]();
    for (const fork of Object.keys(vector.expected!.forks)) {
      const copy = changed(vector, (one) => {
        const { tek } = one.expected!.forks[fork]!;
        const [csId] = Object.keys(tek);
        tek[csId!] = flip(tek[csId!]!, 0);
      });
      expect(errors(copy)).toEqual([`expected.forks.${fork} rfc6043:5.1.3-4`]);
    }
  });
});

describe('octets', () => {
  const missed = (vector: JudgedVector, shift: number): readonly string[] =>
    vector.messages.flatMap(({ hex, type }, message) =>
      Array.from({ length: hex.length / 2 }, (_, octet) => octet)
        .filter((octet) => octet % 6 === shift)
        .flatMap((octet) => {
          const copy = changed(vector, (one) => {
            one.messages[message]!.hex = flip(hex, octet);
          });
          return errors(copy).length === 0 ? [`${message} ${type} octet ${octet}`] : [];
        }),
    );

  // Every sixth octet: flipping all of them takes a minute, and was done.
  test.each(['otway-rees', 'kerberos', 'pre-shared', 'updated', 'supplied', 'error'] as const)(
    '[rfc6043:5.5-1] %s: an error for the octets that are flipped',
    (name) => {
      expect(missed(honest[name](), name.length % 3)).toEqual([]);
    },
    60_000,
  );
});
