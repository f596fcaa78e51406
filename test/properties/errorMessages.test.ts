import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptError } from '../../model/exchange/acceptError.ts';
import { buildError } from '../../model/exchange/errorMessage.ts';
import { MikeyError } from '../../model/error.ts';
import { aesCm128HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { env, rejected, sentIn, type Sent } from '../support/errors.ts';
import { encoded } from '../support/tamper.ts';

type Code = Parameters<typeof rejected>[0];

/** An authenticated Error message, as octets. */
function errorOctets(sent: Sent, code: Code, policies: number): Uint8Array {
  const supported = Array.from({ length: policies }, (_, no) => writeSrtpPolicy(bytes, no, aesCm128HmacSha1));
  return encoded(buildError(env, { failed: sent.header, rejection: rejected(code), supported, auth: sent.auth }));
}

/** What the receiver makes of octets. */
function received(sent: Sent, octets: Uint8Array): 'refused' | 'hint' | 'authenticated' {
  try {
    const { message } = bytes.decode('Message', octets);
    const outcome = acceptError(env, message, { sent: sent.header, auth: sent.auth });
    if (!outcome.accepted) return 'refused';
    return outcome.value.authenticated ? 'authenticated' : 'hint';
  } catch (error) {
    if (error instanceof MikeyError) return 'refused';
    throw error;
  }
}

/** Octets with one bit flipped. */
function flipped(octets: Uint8Array, bit: number): Uint8Array {
  return octets.map((value, index) => (index === bit >> 3 ? value ^ (1 << (bit & 7)) : value));
}

/** The octet of a message, without SP, that names V as the payload behind ERR: HDR 10 (Empty map), T 10, then ERR. */
const nextOfErr = 20;

describe('a network that damages Error messages', () => {
  // Next Payload 9 (V) with its lowest bit flipped is 8 (CHASH). V with HMAC-SHA-256-256 has the very layout of CHASH with SHA-256, so the
  // damage reads as an unexpected payload in place of V. It is what anybody could send without a MAC: a hint.
  test.each([
    ['sha256', [8 * nextOfErr]],
    ['sha1', []],
  ] as const)(
    '[rfc6043:5.5-13] %s: a flipped bit anywhere is refused; where it hides the V, a hint is left',
    (suite, hints) => {
      const sent = sentIn('REQUEST_INIT_PSK', suite);
      const octets = errorOctets(sent, 'ERR_NOT_AUTHORIZED', 0);
      expect(received(sent, octets)).toBe('authenticated');
      const verdicts = Array.from({ length: 8 * octets.length }, (_, bit) => received(sent, flipped(octets, bit)));
      expect(verdicts.filter((verdict) => verdict === 'authenticated')).toEqual([]);
      expect(verdicts.flatMap((verdict, bit) => (verdict === 'hint' ? [bit] : []))).toEqual(hints);
    },
  );

  test('[rfc6043:5.4-9] whatever is reported: no damaged message is ever taken as authenticated', () => {
    const sent = sentIn('TRANSFER_INIT');
    const codes = fc.constantFrom<Code[]>('ERR_SECURITY_POLICY', 'ERR_TICKET', 'ERR_TIMESTAMP', 'ERR_MALFORMED');
    fc.assert(
      fc.property(codes, fc.nat(4), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (code, policies, places) => {
        const octets = errorOctets(sent, code, policies);
        expect(received(sent, octets)).toBe('authenticated');
        const bits = new Set(places.map((place) => place % (8 * octets.length)));
        const damaged = [...bits].reduce((one, bit) => flipped(one, bit), octets);
        expect(received(sent, damaged)).not.toBe('authenticated');
      }),
      { numRuns: 500 },
    );
  });
});
