/**
 * What only the receiver of a message can know counts in vectors that are to be turned down, for the message that they name.
 */
import { describe, expect, test } from 'vitest';
import type { JudgedVector } from '../../src/judge/vectorFile.ts';
import { makeVectors } from '../../src/run/vectors.ts';
import { changed, errors } from './support/findings.ts';

const { vectors } = makeVectors('refusable', { modes: ['standard'], only: 'valid' });
const vector = vectors.find(({ name }) => name === 'standard, 1 endpoint, key forking, PRF-HMAC-SHA-256')!;

/** The same, said to be turned down at a message. */
function turnedDown(message: number, change: (copy: JudgedVector) => void = () => {}): JudgedVector {
  return changed(vector, (copy) => {
    change(copy);
    delete copy.expected;
    copy.reject = { message, error: 'ERR_IDENTITY', clause: 'rfc6043:4.2.1.1-10' };
  });
}

describe('a message for somebody else', () => {
  test.each([
    ['[rfc6043:4.2.1.1-10] REQUEST_INIT', 0, 'sip:other-kms@example.com'],
    ['[rfc6043:4.2.2.1-5] TRANSFER_INIT', 2, 'sip:carol@example.com'],
    ['[rfc6043:4.2.3.1-9] RESOLVE_INIT', 3, 'sip:other-kms@example.com'],
  ])('%s may be turned down by who gets it', (_, message, to) => {
    const astray = (copy: JudgedVector): void => void (copy.messages[message]!.to = to);
    expect(errors(turnedDown(message, astray))).toEqual([]);
    expect(errors(turnedDown(message))).toEqual(['reject rfc6043:4.2.1.1-10']);
  });

  test('is none in a vector that is to be accepted: who knows by which name it was sent', () => {
    expect(errors(changed(vector, (copy) => void (copy.messages[2]!.to = 'sip:carol@example.com')))).toEqual([]);
  });

  test('does not count in another message than the named one', () => {
    const astray = turnedDown(3, (copy) => void (copy.messages[0]!.to = 'sip:other-kms@example.com'));
    expect(errors(astray)).toEqual(['reject rfc6043:4.2.1.1-10']);
  });
});
