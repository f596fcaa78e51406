import { describe, expect, it } from 'vitest';
import type { Payload } from '../../model/message/payload.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { hdr, hex, join, thrownBy } from './octets.ts';

type P = Payload<Uint8Array>;

const fill = (length: number, octet: number): Uint8Array => new Uint8Array(length).fill(octet);
const repeat = (octet: string, times: number): string => octet.repeat(times);

/** The octets of a message whose one payload is given. */
function messageWith(payload: P): Uint8Array {
  const header = { version: 1, dataType: 11, v: false, prfFunc: 0, csbId: hex('01020304') };
  return encode({
    kind: 'Message',
    message: { header: { ...header, map: { type: 'Empty map' } }, payloads: [payload] },
  });
}

/** What a message with the given octets behind HDR holds. */
function payloadsOf(first: number, octets: Uint8Array): readonly P[] {
  return decode('Message', join(hdr(first), octets)).message.payloads;
}

/** Title, number of the payload, its octets with next payload 0, and what they stand for. */
const cases: readonly (readonly [title: string, number: number, octets: string, payload: P])[] = [
  ['T, NTP-UTC', 5, '00 00 c8e350ea 80000000', { kind: 'T', tsType: 0, value: hex('c8e350ea 80000000') }],
  ['T, NTP', 5, '00 01 c8e350ea 80000000', { kind: 'T', tsType: 1, value: hex('c8e350ea 80000000') }],
  ['T, COUNTER', 5, '00 02 00000007', { kind: 'T', tsType: 2, value: hex('00000007') }],
  ['[rfc6043:6.3-1] T, NTP-UTC-32', 5, '00 03 c8e350ea', { kind: 'T', tsType: 3, value: hex('c8e350ea') }],
  ['[rfc6043:6.4-1] TR', 13, '00 03 03 c8e350ea', { kind: 'TR', role: 3, tsType: 3, value: hex('c8e350ea') }],
  ['ID', 6, '00 01 0003 616263', { kind: 'ID', idType: 1, data: hex('616263') }],
  ['[rfc6043:6.6-2] IDR', 14, '00 02 01 0003 616263', { kind: 'IDR', role: 2, idType: 1, data: hex('616263') }],
  [
    '[rfc6043:6.5-1] IDR, byte string',
    14,
    '00 04 02 0002 00ff',
    { kind: 'IDR', role: 4, idType: 2, data: hex('00ff') },
  ],
  ['IDR, empty', 14, '00 05 02 0000', { kind: 'IDR', role: 5, idType: 2, data: hex('') }],
  ['CERT', 7, '00 02 0004 30820000', { kind: 'CERT', certType: 2, data: hex('30820000') }],
  ['CHASH, SHA-1', 8, `00 00 ${repeat('a1', 20)}`, { kind: 'CHASH', hashFunc: 0, hash: fill(20, 0xa1) }],
  ['CHASH, MD5', 8, `00 01 ${repeat('a2', 16)}`, { kind: 'CHASH', hashFunc: 1, hash: fill(16, 0xa2) }],
  [
    '[rfc6043:6.7-1] CHASH, SHA-256',
    8,
    `00 02 ${repeat('a3', 32)}`,
    { kind: 'CHASH', hashFunc: 2, hash: fill(32, 0xa3) },
  ],
  ['V, NULL', 9, '00 00', { kind: 'V', authAlg: 0, mac: hex('') }],
  ['V, HMAC-SHA-1-160', 9, `00 01 ${repeat('b1', 20)}`, { kind: 'V', authAlg: 1, mac: fill(20, 0xb1) }],
  [
    '[rfc6043:6.2-3] V, HMAC-SHA-256-256',
    9,
    `00 02 ${repeat('b2', 32)}`,
    { kind: 'V', authAlg: 2, mac: fill(32, 0xb2) },
  ],
  ['SP, no parameters', 10, '00 07 00 0000', { kind: 'SP', policyNo: 7, protType: 0, params: [] }],
  [
    'SP',
    10,
    '00 07 00 0008  00 01 01  0b 01 0a  0d 00',
    {
      kind: 'SP',
      policyNo: 7,
      protType: 0,
      params: [
        { type: 0, value: hex('01') },
        { type: 11, value: hex('0a') },
        { type: 13, value: hex('') },
      ],
    },
  ],
  ['RAND', 11, '00 04 01020304', { kind: 'RAND', rand: hex('01020304') }],
  ['[rfc6043:6.8-1] RANDR', 15, '00 03 04 01020304', { kind: 'RANDR', role: 3, rand: hex('01020304') }],
  ['ERR', 12, '00 0e 0000', { kind: 'ERR', errorNo: 14, reserved: 0 }],
  ['ERR, reserved bits', 12, '00 0f 8001', { kind: 'ERR', errorNo: 15, reserved: 0x8001 }],
  ['KEMAC, empty', 1, '00 00 0000 00', { kind: 'KEMAC', encrAlg: 0, encrData: hex(''), macAlg: 0, mac: hex('') }],
  [
    '[rfc6043:6.2-1] KEMAC',
    1,
    `00 03 0002 c1c2 02 ${repeat('d1', 32)}`,
    { kind: 'KEMAC', encrAlg: 3, encrData: hex('c1c2'), macAlg: 2, mac: fill(32, 0xd1) },
  ],
  // C = 2 and length 3: 10 000000 00000011
  ['PKE', 2, '00 8003 010203', { kind: 'PKE', cache: 2, data: hex('010203') }],
  // Reserv = 1, KV = 0: 0001 0000
  ['DH, OAKLEY 1', 3, `00 01 ${repeat('e1', 96)} 10`, dh(1, 96, { reserved: 1, kv: { kind: 'Null' } })],
  [
    'DH, OAKLEY 2, SPI',
    3,
    `00 02 ${repeat('e1', 128)} 01 02 0a0b`,
    dh(2, 128, { reserved: 0, kv: { kind: 'SPI', spi: hex('0a0b') } }),
  ],
  [
    'DH, OAKLEY 5, interval',
    3,
    `00 00 ${repeat('e1', 192)} 02 01 0a 02 0b0c`,
    dh(0, 192, { reserved: 0, kv: { kind: 'Interval', from: hex('0a'), to: hex('0b0c') } }),
  ],
  // S type = 1 and length 3: 0001 0000 00000011; no next payload field
  ['SIGN', 4, '1003 010203', { kind: 'SIGN', sType: 1, signature: hex('010203') }],
  ['General Extension', 21, '00 01 0002 abcd', { kind: 'General Ext.', type: 1, data: hex('abcd') }],
];

function dh(group: number, length: number, rest: Pick<Extract<P, { kind: 'DH' }>, 'reserved' | 'kv'>): P {
  return { kind: 'DH', group, value: fill(length, 0xe1), ...rest };
}

describe('payloads, octet by octet', () => {
  it.each(cases)('%s', (_, number, octets, payload) => {
    expect(payloadsOf(number, hex(octets))).toStrictEqual([payload]);
    expect(messageWith(payload)).toStrictEqual(join(hdr(number), hex(octets)));
  });

  it('[rfc6043:6.1-2] each payload names the next one', () => {
    const chain = payloadsOf(
      13,
      hex(`
        0e 01 03 00000001         # TR, next IDR
        0f 01 01 0001 61          # IDR, next RANDR
        10 01 01 ff               # RANDR, next TP
        11 0001 01 01 000000 0001 00             # TP, next TICKET
        00 0001 01 01 000000 0001 00 0000 0000   # TICKET, last
      `),
    );
    expect(chain.map(({ kind }) => kind)).toStrictEqual(['TR', 'IDR', 'RANDR', 'TP', 'TICKET']);
  });
});

describe('payloads that are turned down', () => {
  const refused: readonly (readonly [title: string, number: number, octets: string, error: object])[] = [
    ['[rfc6043:6.3-3] unknown TS type of T', 5, '00 04 00000000', place('ERR_TIMESTAMP', 11, 'T.TS type')],
    ['unknown TS type of TR', 13, '00 01 f1 00000000', place('ERR_TIMESTAMP', 12, 'TR.TS Type')],
    ['unknown Auth alg', 9, '00 03', place('ERR_MAC_ALG', 11, 'V.Auth alg')],
    ['unknown Mac alg', 1, '00 01 0001 ff 03', place('ERR_MAC_ALG', 15, 'KEMAC.Mac alg')],
    ['unknown Hash func', 8, '00 03', place('ERR_HASH_FUNC', 11, 'CHASH.Hash func')],
    ['unknown DH-Group', 3, '00 03', place('ERR_UNSUPPORTED_PAYLOAD', 11, 'DH.DH-Group')],
    ['unknown KV', 3, `00 01 ${repeat('e1', 96)} 03`, place('ERR_UNSUPPORTED_PAYLOAD', 108, 'DH.KV')],
    ['payload 18', 5, '12 00 0000000000000000', place('ERR_UNSUPPORTED_PAYLOAD', 10, 'T.Next payload')],
    ['IBAKE', 22, '00', place('ERR_UNSUPPORTED_PAYLOAD', 2, 'HDR.Next payload')],
    ['private payload', 250, '00', place('ERR_UNSUPPORTED_PAYLOAD', 2, 'HDR.Next payload')],
    ['Key data in a message', 20, '00 00 0000', place('ERR_MALFORMED', 2, 'HDR.Next payload')],
    [
      'SP parameter beyond its end',
      10,
      '00 07 00 0003 00 02 01 00',
      place('ERR_TRUNCATED', 17, 'SP.Policy param.Parameter.Value'),
    ],
    [
      'SP parameters that end early',
      10,
      '00 07 00 0004 00 01 01 0b',
      place('ERR_TRUNCATED', 19, 'SP.Policy param.Parameter[2].Length'),
    ],
    ['ID longer than the message', 6, '00 01 0004 616263', place('ERR_TRUNCATED', 14, 'ID.ID Data')],
    ['something behind SIGN', 4, '0001 aa 00', place('ERR_TRAILING', 13, 'Message')],
    ['the second payload of a kind', 14, '0e 01 01 0000 00 01 01 0001', place('ERR_TRUNCATED', 20, 'IDR[2].ID Data')],
  ];

  it.each(refused)('%s', (_, number, octets, error) => {
    expect(thrownBy(() => payloadsOf(number, hex(octets)))).toMatchObject(error);
  });

  const unencodable: readonly (readonly [title: string, payload: P, code: string])[] = [
    ['RAND of 256 octets', { kind: 'RAND', rand: fill(256, 0) }, 'ERR_MALFORMED'],
    ['RANDR of 256 octets', { kind: 'RANDR', role: 1, rand: fill(256, 0) }, 'ERR_MALFORMED'],
    ['RANDR role 256', { kind: 'RANDR', role: 256, rand: fill(1, 0) }, 'ERR_MALFORMED'],
    ['SP value of 256 octets', sp([fill(256, 0)]), 'ERR_MALFORMED'],
    ['SP of 65536 octets', sp(Array.from({ length: 256 }, () => fill(254, 0))), 'ERR_MALFORMED'],
    ['ID of 65536 octets', { kind: 'ID', idType: 0, data: fill(65536, 0) }, 'ERR_MALFORMED'],
    ['IDR of 65536 octets', { kind: 'IDR', role: 1, idType: 0, data: fill(65536, 0) }, 'ERR_MALFORMED'],
    ['CERT of 65536 octets', { kind: 'CERT', certType: 0, data: fill(65536, 0) }, 'ERR_MALFORMED'],
    ['PKE of 2^14 octets', { kind: 'PKE', cache: 0, data: fill(2 ** 14, 0) }, 'ERR_MALFORMED'],
    ['PKE with C = 4', { kind: 'PKE', cache: 4, data: fill(0, 0) }, 'ERR_MALFORMED'],
    ['SIGN of 2^12 octets', { kind: 'SIGN', sType: 0, signature: fill(4096, 0) }, 'ERR_MALFORMED'],
    ['SIGN with S type 16', { kind: 'SIGN', sType: 16, signature: fill(0, 0) }, 'ERR_MALFORMED'],
    ['General Extension of 65536 octets', { kind: 'General Ext.', type: 0, data: fill(65536, 0) }, 'ERR_MALFORMED'],
    ['ERR with 17 reserved bits', { kind: 'ERR', errorNo: 0, reserved: 65536 }, 'ERR_MALFORMED'],
    ['T of the wrong length', { kind: 'T', tsType: 0, value: fill(4, 0) }, 'ERR_MALFORMED'],
    ['T of an unknown type', { kind: 'T', tsType: 9, value: fill(4, 0) }, 'ERR_TIMESTAMP'],
    ['TR of the wrong length', { kind: 'TR', role: 1, tsType: 3, value: fill(8, 0) }, 'ERR_MALFORMED'],
    ['V with a short MAC', { kind: 'V', authAlg: 1, mac: fill(19, 0) }, 'ERR_MALFORMED'],
    ['V with an unknown MAC', { kind: 'V', authAlg: 9, mac: fill(20, 0) }, 'ERR_MAC_ALG'],
    ['CHASH of the wrong length', { kind: 'CHASH', hashFunc: 0, hash: fill(32, 0) }, 'ERR_MALFORMED'],
    ['CHASH with an unknown hash', { kind: 'CHASH', hashFunc: 7, hash: fill(32, 0) }, 'ERR_HASH_FUNC'],
    ['DH of the wrong length', dh(0, 191, { reserved: 0, kv: { kind: 'Null' } }), 'ERR_MALFORMED'],
    ['DH of an unknown group', dh(7, 192, { reserved: 0, kv: { kind: 'Null' } }), 'ERR_UNSUPPORTED_PAYLOAD'],
    [
      'DH with an SPI of 256 octets',
      dh(1, 96, { reserved: 0, kv: { kind: 'SPI', spi: fill(256, 0) } }),
      'ERR_MALFORMED',
    ],
    ['DH with 5 reserved bits', dh(1, 96, { reserved: 16, kv: { kind: 'Null' } }), 'ERR_MALFORMED'],
    ['Key data', { kind: 'Key data', type: 0, key: fill(16, 0), kv: { kind: 'Null' } }, 'ERR_MALFORMED'],
  ];

  it.each(unencodable)('not encoded: %s', (_, payload, code) => {
    expect(thrownBy(() => messageWith(payload)).code).toBe(code);
  });

  it('the longest value of each field is encoded', () => {
    const longest: readonly P[] = [
      { kind: 'RAND', rand: fill(255, 1) },
      { kind: 'PKE', cache: 3, data: fill(2 ** 14 - 1, 1) },
      { kind: 'SIGN', sType: 15, signature: fill(4095, 1) },
      { kind: 'ID', idType: 255, data: fill(65535, 1) },
      sp([fill(255, 1)]),
    ];
    for (const payload of longest) {
      expect(decode('Message', messageWith(payload)).message.payloads).toStrictEqual([payload]);
    }
  });

  it('SIGN that is not the last payload is not encoded', () => {
    const header = decode('Message', hdr(0)).message.header;
    const payloads: readonly P[] = [
      { kind: 'SIGN', sType: 0, signature: fill(3, 0) },
      { kind: 'RAND', rand: fill(3, 0) },
    ];
    const error = thrownBy(() => encode({ kind: 'Message', message: { header, payloads } }));
    expect(error).toMatchObject({ code: 'ERR_MALFORMED', clause: 'rfc3830:6.5' });
  });

  it('a KEMAC has 2^16 octets at most, and more is not decoded', () => {
    const kemac = (length: number): P => ({
      kind: 'KEMAC',
      encrAlg: 1,
      encrData: fill(length, 7),
      macAlg: 0,
      mac: hex(''),
    });
    const most = kemac(65531);
    expect(decode('Message', messageWith(most)).message.payloads).toStrictEqual([most]);
    expect(thrownBy(() => messageWith(kemac(65532)))).toMatchObject({ code: 'ERR_MALFORMED', clause: 'rfc3830:6.13' });
    expect(thrownBy(() => messageWith(kemac(65536))).code).toBe('ERR_MALFORMED');
    const tooLong = join(hdr(1), hex('00 01 fffc'), fill(65532, 7), hex('00'));
    expect(thrownBy(() => decode('Message', tooLong))).toMatchObject({ code: 'ERR_MALFORMED', clause: 'rfc3830:6.13' });
  });
});

function place(code: string, offset: number, path: string): object {
  return { code, offset, path };
}

function sp(values: readonly Uint8Array[]): P {
  return { kind: 'SP', policyNo: 0, protType: 0, params: values.map((value) => ({ type: 0, value })) };
}
