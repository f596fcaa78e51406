import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SyntaxKind } from '../../model/message/message.ts';
import type { Payload, PayloadKind } from '../../model/message/payload.ts';
import { decode, decodeWithLayout, encode } from '../../src/wire/codec.ts';
import { header, payloads, syntax, syntaxes } from '../arbitraries/message.ts';
import { toHex } from './octets.ts';

const kinds = Object.keys(syntaxes) as SyntaxKind[];

describe('abstract syntax to octets and back', () => {
  it.each(kinds)('[rfc6043:6-1] %s', (kind) => {
    fc.assert(
      fc.property(syntaxes[kind], (value) => {
        const octets = encode(value);
        const again = decode(kind, octets);
        expect(again).toStrictEqual(value);
        expect(toHex(encode(again))).toBe(toHex(octets));
      }),
    );
  });

  const messagePayloads = (Object.keys(payloads) as PayloadKind[]).filter((kind) => kind !== 'Key data');
  it.each(messagePayloads)('[rfc6043:6-1] a message of one payload: %s', (kind) => {
    fc.assert(
      fc.property(header, payloads[kind] as fc.Arbitrary<Payload<Uint8Array>>, (header, payload) => {
        const value = { kind: 'Message', message: { header, payloads: [payload] } } as const;
        expect(decode('Message', encode(value))).toStrictEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('does not share memory with its input', () => {
    fc.assert(
      fc.property(syntax, (value) => {
        const octets = encode(value);
        const decoded = decode(value.kind, octets);
        octets.fill(0xee);
        expect(decoded).toStrictEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('takes a Buffer like any Uint8Array', () => {
    fc.assert(
      fc.property(syntax, (value) => {
        expect(decode(value.kind, Buffer.from(encode(value)))).toStrictEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same with layout', () => {
    fc.assert(
      fc.property(syntax, (value) => {
        expect(decodeWithLayout(value.kind, encode(value)).syntax).toStrictEqual(value);
      }),
      { numRuns: 50 },
    );
  });
});
