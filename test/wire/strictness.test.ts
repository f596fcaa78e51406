import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MikeyError } from '../../model/error.ts';
import type { SyntaxKind } from '../../model/message/message.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { octets, syntax, syntaxes } from '../arbitraries/message.ts';
import { hex, join, thrownBy, toHex } from './octets.ts';

const kinds = Object.keys(syntaxes) as SyntaxKind[];

/**
 * What becomes of octets: `refused` with a place, or `kept`, which is to say that they encode to themselves; anything else is
 * wrong.
 */
function outcomeOf(kind: SyntaxKind, input: Uint8Array): string {
  let decoded;
  try {
    decoded = decode(kind, input);
  } catch (error) {
    return error instanceof MikeyError && hasPlace(error, input.length)
      ? 'refused'
      : `wrongly refused: ${String(error)}`;
  }
  const again = encode(decoded);
  return toHex(again) === toHex(input) ? 'kept' : `changed to ${toHex(again)}`;
}

function hasPlace({ offset = -1, path = '', clause = '' }: MikeyError, length: number): boolean {
  return offset >= 0 && offset <= length && path !== '' && /^rfc(3830|4563|6043):/.test(clause);
}

describe('strictness', () => {
  it.each(kinds)('turns down every truncation of %s', (kind) => {
    fc.assert(
      fc.property(syntaxes[kind], (value) => {
        const whole = encode(value);
        // An empty chain of key data is all right (RFC 3830, 6.2), so a cut to nothing is no truncation there.
        for (let length = kind === 'Key data' ? 1 : 0; length < whole.length; length++) {
          const error = thrownBy(() => decode(kind, whole.subarray(0, length)));
          expect(['ERR_TRUNCATED', 'ERR_TRAILING']).toContain(error.code);
          expect(hasPlace(error, length)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each(kinds)('turns down an octet behind %s', (kind) => {
    fc.assert(
      fc.property(syntaxes[kind], fc.nat(255), (value, octet) => {
        const whole = encode(value);
        if (whole.length === 0) return;
        const error = thrownBy(() => decode(kind, join(whole, Uint8Array.of(octet))));
        expect(error.code).toBe('ERR_TRAILING');
        expect(error.offset).toBe(whole.length);
      }),
    );
  });

  it.each(kinds)('any octets as %s: refused with a place, or they encode to themselves', (kind) => {
    fc.assert(
      fc.property(octets(200), (input) => {
        expect(['refused', 'kept']).toContain(outcomeOf(kind, input));
      }),
      { numRuns: 1000 },
    );
  });

  it('any octets behind a well-formed HDR: refused with a place, or they encode to themselves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 21 }), octets(120), (next, tail) => {
        const input = join(Uint8Array.of(1, 11, next, 0, 1, 2, 3, 4, 0, 2), tail);
        expect(['refused', 'kept']).toContain(outcomeOf('Message', input));
      }),
      { numRuns: 2000 },
    );
  });

  it('mutated octets: refused with a place, or they encode to themselves; both do happen', () => {
    const outcomes = { refused: 0, kept: 0 };
    fc.assert(
      fc.property(syntax, fc.infiniteStream(fc.nat()), (value, random) => {
        const outcome = outcomeOf(value.kind, mutate(encode(value), random));
        expect(Object.keys(outcomes)).toContain(outcome);
        outcomes[outcome as keyof typeof outcomes]++;
      }),
      { numRuns: 2000 },
    );
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.kept).toBeGreaterThan(100);
  });

  it('keeps unknown numbers where the length is known all the same', () => {
    // Data type 200, PRF func 100, IDR with role 77 and type 99, ERR 250, General Extension 201, KEMAC with Encr alg 88.
    const whole = hex(`
      01 c8 0e e4 01020304 00 02  # HDR
      0c 4d 63 0001 41            # IDR
      15 fa abcd                  # ERR
      01 c9 0000                  # General Extension
      00 58 0002 0506 00          # KEMAC
    `);
    const { message } = decode('Message', whole);
    expect(message.header).toMatchObject({ dataType: 200, prfFunc: 100, v: true });
    expect(message.payloads).toMatchObject([
      { kind: 'IDR', role: 77, idType: 99 },
      { kind: 'ERR', errorNo: 250, reserved: 0xabcd },
      { kind: 'General Ext.', type: 201 },
      { kind: 'KEMAC', encrAlg: 88 },
    ]);
    expect(encode({ kind: 'Message', message })).toStrictEqual(whole);
  });
});

/** Changes, inserts, removes or copies a few octets. */
function mutate(octets: Uint8Array, random: Iterator<number>): Uint8Array {
  const draw = (below: number): number => Number(random.next().value) % below;
  let list = [...octets];
  for (let times = 1 + draw(3); times > 0; times--) {
    const at = draw(list.length + 1);
    const how = draw(5);
    if (how === 0) list.splice(at, 1);
    else if (how === 1) list.splice(at, 0, draw(256));
    else if (how === 2) list = [...list.slice(0, at), ...list.slice(draw(list.length + 1))];
    else if (at < list.length) list[at] = how === 3 ? draw(256) : (list[at]! + 255 + 2 * draw(2)) % 256;
  }
  return Uint8Array.from(list);
}
