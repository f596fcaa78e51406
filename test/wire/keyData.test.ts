import { describe, expect, it } from 'vitest';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { hex, join, thrownBy } from './octets.ts';

type Key = KeyDataPayload<Uint8Array>;

const encodeKeys = (...keys: readonly Key[]): Uint8Array => encode({ kind: 'Key data', keys });
const keysOf = (octets: Uint8Array): readonly Key[] => decode('Key data', octets).keys;

const plain: Key = { kind: 'Key data', type: 0, key: hex('0a0b'), kv: { kind: 'Null' } };

const cases: readonly (readonly [title: string, octets: string, key: Key])[] = [
  ['TGK', '00 00 0002 0a0b', plain],
  ['TGK+SALT', '00 10 0002 0a0b 0003 010203', { ...plain, type: 1, salt: hex('010203') }],
  ['TEK with SPI', '00 21 0002 0a0b 04 01020304', { ...plain, type: 2, kv: { kind: 'SPI', spi: hex('01020304') } }],
  [
    'TEK+SALT with interval',
    '00 32 0002 0a0b 0001 ff 02 0001 03 000002',
    { ...plain, type: 3, salt: hex('ff'), kv: { kind: 'Interval', from: hex('0001'), to: hex('000002') } },
  ],
  ['[rfc6043:6.2.1-4] GTGK', '00 40 0002 0a0b', { ...plain, type: 4 }],
  ['[rfc6043:6.2.1-4] GTGK+SALT', '00 50 0002 0a0b 0000', { ...plain, type: 5, salt: hex('') }],
  ['[rfc6043:6.2.1-4] MPK', '00 61 0002 0a0b 01 aa', { ...plain, type: 6, kv: { kind: 'SPI', spi: hex('aa') } }],
  ['K_PR', '00 70 0000', { ...plain, type: 7, key: hex('') }],
];

describe('Key data', () => {
  it.each(cases)('%s', (_, octets, key) => {
    expect(keysOf(hex(octets))).toStrictEqual([key]);
    expect(encodeKeys(key)).toStrictEqual(hex(octets));
  });

  it('several keys are chained by next payload 20', () => {
    const octets = hex('14 61 0001 0a 01 01  14 61 0001 0b 01 02  00 00 0001 0c');
    expect(keysOf(octets).map(({ type }) => type)).toStrictEqual([6, 6, 0]);
    expect(encodeKeys(...keysOf(octets))).toStrictEqual(octets);
  });

  it('there may be none', () => {
    expect(keysOf(hex(''))).toStrictEqual([]);
    expect(encodeKeys()).toStrictEqual(hex(''));
  });

  it.each([
    ['key type 8', '00 80 0000', 'ERR_UNSUPPORTED_PAYLOAD', 1, 'KEMAC plaintext.Key data.Type'],
    ['KV type 3', '00 03 0000', 'ERR_UNSUPPORTED_PAYLOAD', 1, 'KEMAC plaintext.Key data.KV'],
    ['a T payload', '05 00 0000 00 0000000000000000', 'ERR_MALFORMED', 0, 'KEMAC plaintext.Key data.Next payload'],
    ['payload 99', '63 00 0000', 'ERR_UNSUPPORTED_PAYLOAD', 0, 'KEMAC plaintext.Key data.Next payload'],
    ['a missing salt', '00 10 0001 aa', 'ERR_TRUNCATED', 5, 'KEMAC plaintext.Key data.Salt len'],
    ['a missing SPI', '00 01 0001 aa', 'ERR_TRUNCATED', 5, 'KEMAC plaintext.Key data.SPI Length'],
    ['a missing second key', '14 00 0001 aa', 'ERR_TRUNCATED', 5, 'KEMAC plaintext.Key data[2].Next payload'],
    ['something behind the last key', '00 00 0001 aa 00', 'ERR_TRAILING', 5, 'KEMAC plaintext'],
  ])('turns down %s', (_, octets, code, offset, path) => {
    expect(thrownBy(() => keysOf(hex(octets)))).toMatchObject({ code, offset, path });
  });

  it.each<readonly [string, Key, string]>([
    ['a salt that the type does not have', { ...plain, salt: hex('00') }, 'ERR_MALFORMED'],
    ['a missing salt', { ...plain, type: 1 }, 'ERR_MALFORMED'],
    ['an unknown type', { ...plain, type: 8 }, 'ERR_UNSUPPORTED_PAYLOAD'],
    ['a key of 65536 octets', { ...plain, key: new Uint8Array(65536) }, 'ERR_MALFORMED'],
    ['a salt of 65536 octets', { ...plain, type: 1, salt: new Uint8Array(65536) }, 'ERR_MALFORMED'],
    ['an SPI of 256 octets', { ...plain, kv: { kind: 'SPI', spi: new Uint8Array(256) } }, 'ERR_MALFORMED'],
    [
      'an interval that starts with 256 octets',
      { ...plain, kv: { kind: 'Interval', from: new Uint8Array(256), to: hex('') } },
      'ERR_MALFORMED',
    ],
    [
      'an interval that ends with 256 octets',
      { ...plain, kv: { kind: 'Interval', from: hex(''), to: new Uint8Array(256) } },
      'ERR_MALFORMED',
    ],
  ])('does not encode %s', (_, key, code) => {
    expect(thrownBy(() => encodeKeys(key)).code).toBe(code);
  });

  it('takes a key of 65535 octets', () => {
    const key = { ...plain, key: new Uint8Array(65535).fill(7) };
    expect(encodeKeys(key)).toStrictEqual(join(hex('00 00 ffff'), key.key));
    expect(keysOf(encodeKeys(key))).toStrictEqual([key]);
  });
});
