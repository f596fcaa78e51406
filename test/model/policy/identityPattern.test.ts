import { describe, expect, test } from 'vitest';
import { fits, includes, overlap, tie } from '../../../model/policy/identityPattern.ts';

describe('a pattern fits', () => {
  test.each([
    ['sip:alice@example.com', 'sip:alice@example.com', true],
    ['sip:alice@example.com', 'sip:Alice@example.com', false],
    ['sip:alice@example.com', 'sip:alice@example.com;x', false],
    ['*', 'sip:alice@example.com', true],
    ['*', '', false],
    ['sip:*', 'sip:alice@example.com', true],
    ['sip:*@example.com', 'sip:alice@example.com', true],
    ['sip:*@example.com', 'sip:@example.com', false],
    ['sip:*@example.com', 'sip:alice@example.com.evil.example', false],
    ['sip:*@example.com', 'sip:mallory@evil.example;x=@example.com', false],
    ['sip:*@example.com', 'sip:alice@sub.example.com', false],
    ['sip:alice@*', 'sip:alice@example.com', true],
    ['sip:alice@*', 'sip:alice@evil@example.com', false],
    ['aba*ba', 'aba', false],
    ['aba*ba', 'abaxba', true],
    ['tel:+49*', 'tel:+4930', true],
  ])('%s: %s %s', (pattern, identity, expected) => {
    expect(fits(pattern, identity)).toBe(expected);
  });
});

test.each([
  ['sip:*@example.com', 'sip:alice@example.com', false],
  ['sip:*@example.com', 'sip:a*@example.com', false],
  ['sip:*@example.com', '*', false],
  ['sip:*@example.com', 'sip:*@example.org', false],
  ['sip:*@example.com', 'sip:*@example.com', true],
  ['sip:a@example.com', 'sip:a@example.com', true],
  ['sip:a*', '*@example.com', true],
  ['sip:a*', '*m', true],
])('%s and %s: tie %s', (a, b, expected) => {
  expect([tie(a, b), tie(b, a)]).toEqual([expected, expected]);
});

/** All texts over the letters, up to a length. */
function texts(letters: string, length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = texts(letters, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => letters.split('').map((letter) => text + letter))])];
}

test('inclusion is exactly that of what patterns fit, and patterns that fit something in common overlap', () => {
  const identities = texts('ab@', 6).slice(1);
  const parts = texts('ab@', 2);
  const patterns = [...parts.slice(1), ...parts.flatMap((before) => parts.map((after) => `${before}*${after}`))];
  const fitted = patterns.map((pattern) => identities.map((identity) => fits(pattern, identity)));
  const wrong = patterns.flatMap((a, x) =>
    patterns.flatMap((b, y) => {
      const [mine, other] = [fitted[x]!, fitted[y]!];
      const all = other.every((fit, index) => !fit || mine[index]!);
      const some = other.some((fit, index) => fit && mine[index]!);
      return includes(a, b) === all && (overlap(a, b) || !some) ? [] : [[a, b]];
    }),
  );
  expect(wrong).toEqual([]);
});
