import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dataTypes } from '../../spec/registry/header.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { instantOf, isoText } from '../../src/wire/time.ts';

/** Messages printed in RFC 4567, section 5.1, as base64. */
function example(name: string): Uint8Array {
  const base64 = readFileSync(new URL(`../fixtures/rfc4567/${name}.b64`, import.meta.url), 'utf8');
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);

describe('the example of RFC 4567, section 5.1', () => {
  it.each(['offer', 'answer'])('the %s decodes and encodes to the same octets', (name) => {
    const octets = example(name);
    expect(encode(decode('Message', octets))).toStrictEqual(octets);
  });

  it('the offer is a pre-shared key message', () => {
    const { header, payloads } = decode('Message', example('offer')).message;
    expect(header).toMatchObject({ dataType: dataTypes['Pre-shared'], v: true, prfFunc: 0 });
    expect(header.map).toStrictEqual({ type: 'SRTP-ID', sessions: [{ policyNo: 0, ssrc: new Uint8Array(4), roc: 0 }] });
    expect(payloads.map(({ kind }) => kind)).toStrictEqual(['T', 'RAND', 'ID', 'SP', 'KEMAC']);
    const [t, , id] = payloads;
    expect(t?.kind === 'T' && isoText(instantOf(t.tsType, t.value)!)).toBe('2006-10-20T13:43:06Z');
    expect(id?.kind === 'ID' && text(id.data)).toBe('donald@duck.com');
  });

  it('the answer is its verification message, in the same CSB', () => {
    const { header, payloads } = decode('Message', example('answer')).message;
    expect(header.dataType).toBe(dataTypes['PSK ver msg']);
    expect(header.csbId).toStrictEqual(decode('Message', example('offer')).message.header.csbId);
    expect(payloads.map(({ kind }) => kind)).toStrictEqual(['T', 'ID', 'V']);
    const [, id] = payloads;
    expect(id?.kind === 'ID' && text(id.data)).toBe('mickey@mouse.com');
  });
});
