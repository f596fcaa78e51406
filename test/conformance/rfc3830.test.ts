import { describe, expect, test } from 'vitest';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { errorNos } from '../../spec/registry/errors.ts';
import { generalExtTypes } from '../../spec/registry/generalExt.ts';
import { csIdMapTypes, dataTypes, mikeyVersion, nextPayloads, prfFuncs } from '../../spec/registry/header.ts';
import { certTypes, idTypes } from '../../spec/registry/identities.ts';
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { keyDataTypes, kvTypes } from '../../spec/registry/keyData.ts';
import { cacheIndicators, dhGroups, sTypes } from '../../spec/registry/publicKey.ts';
import { fecOrders, protTypes, srtpAuthAlgs, srtpEncrAlgs, srtpParams, srtpPrfs } from '../../spec/registry/sp.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { protectionKeyConstants, sessionKeyConstants } from '../../model/keys/constants.ts';
import { suites } from '../../model/keys/suite.ts';
import type { Header } from '../../model/message/header.ts';
import type { Payload } from '../../model/message/payload.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import {
  aesCm128HmacSha1,
  aesCm256HmacSha1,
  readSrtpPolicy,
  samePolicy,
  writeSrtpPolicy,
} from '../../model/policy/securityPolicy.ts';
import { MikeyError } from '../../model/error.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { instantOf, isoText, timestampOf } from '../../src/wire/time.ts';
import { byteRun, hexOf, ofType, only, rejections } from '../support/runs.ts';
import { changing } from '../support/tamper.ts';

const o = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/ /g, ''), 'hex'));
const header: Header<Uint8Array> = {
  version: 1,
  dataType: 0,
  v: false,
  prfFunc: 0,
  csbId: o('01020304'),
  map: { type: 'Empty map' },
};

/** Octets of a message with one payload, after HDR. */
function layoutOf(payload: Payload<Uint8Array>): string {
  const message = { header, payloads: [payload] };
  const octets = encode({ kind: 'Message', message });
  expect(decode('Message', octets).message.payloads).toEqual([payload]);
  return hexOf(octets).slice(20);
}

const code = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof MikeyError) return error.code;
    throw error;
  }
  return 'none';
};

describe('layouts of RFC 3830, written out by hand', () => {
  test('[rfc3830:6-1] [rfc3830:6.1-1] [rfc3830:6.1-2] [rfc3830:6.1-3] [rfc3830:6.1-13] HDR: numbers in network byte order', () => {
    const message = {
      header: { ...header, dataType: 11, v: true, prfFunc: 1 },
      payloads: [{ kind: 'RAND' as const, rand: o('aa') }],
    };
    expect(hexOf(encode({ kind: 'Message', message }))).toBe('010b0b81010203040001' + '0001aa');
    expect(mikeyVersion).toBe(1);
    expect(code(() => decode('Message', o('02 0b 0b 81 01020304 00 01 00 01 aa')))).toBe('ERR_VERSION');
  });

  test('[rfc3830:6.1.1-1] [rfc3830:6.1-14] SRTP-ID map', () => {
    const map = { type: 'SRTP-ID' as const, sessions: [{ policyNo: 7, ssrc: o('11223344'), roc: 5 }] };
    expect(hexOf(encode({ kind: 'Message', message: { header: { ...header, map }, payloads: [] } })).slice(16)).toBe(
      '0100' + '07' + '11223344' + '00000005',
    );
    expect(csIdMapTypes['SRTP-ID']).toBe(0);
  });

  test('[rfc3830:6.1-6] [rfc3830:5.2-2] payloads are chained without padding, the last one says 0', () => {
    const payloads = [
      { kind: 'RAND' as const, rand: o('aa') },
      { kind: 'RAND' as const, rand: o('bb') },
    ];
    expect(hexOf(encode({ kind: 'Message', message: { header, payloads } })).slice(20)).toBe('0b01aa' + '0001bb');
    expect(code(() => decode('Message', o('01 00 0b 00 01020304 00 01 0b 01 aa')))).toBe('ERR_TRUNCATED');
  });

  test.each<readonly [string, Payload<Uint8Array>, string]>([
    [
      '[rfc3830:6.2-1] KEMAC',
      { kind: 'KEMAC', encrAlg: 1, encrData: o('aabbcc'), macAlg: 0, mac: o('') },
      '00 01 0003 aabbcc 00',
    ],
    [
      '[rfc3830:6.2-1] KEMAC with a MAC',
      { kind: 'KEMAC', encrAlg: 0, encrData: o(''), macAlg: 1, mac: o('11'.repeat(20)) },
      `00 00 0000 01 ${'11'.repeat(20)}`,
    ],
    ['[rfc3830:6.3-1] PKE', { kind: 'PKE', cache: 2, data: o('aabb') }, '00 8002 aabb'],
    [
      '[rfc3830:6.4-1] [rfc3830:6.4-3] DH, KV Null',
      { kind: 'DH', group: 1, value: o('22'.repeat(96)), reserved: 0, kv: { kind: 'Null' } },
      `00 01 ${'22'.repeat(96)} 00`,
    ],
    [
      '[rfc3830:6.4-1] DH, KV SPI',
      { kind: 'DH', group: 1, value: o('22'.repeat(96)), reserved: 0, kv: { kind: 'SPI', spi: o('99') } },
      `00 01 ${'22'.repeat(96)} 01 01 99`,
    ],
    [
      '[rfc3830:6.5-1] [rfc3830:5.2-3] SIGN, always last',
      { kind: 'SIGN', sType: 1, signature: o('aabbcc') },
      '1003 aabbcc',
    ],
    ['[rfc3830:6.6-1] T', { kind: 'T', tsType: 0, value: o('0102030405060708') }, '00 00 0102030405060708'],
    ['[rfc3830:6.6-2] T, COUNTER', { kind: 'T', tsType: 2, value: o('01020304') }, '00 02 01020304'],
    ['[rfc3830:6.7-1] ID', { kind: 'ID', idType: 1, data: o('7369703a61') }, '00 01 0005 7369703a61'],
    ['[rfc3830:6.7-1] CERT', { kind: 'CERT', certType: 0, data: o('3000') }, '00 00 0002 3000'],
    ['[rfc3830:6.8-1] CHASH', { kind: 'CHASH', hashFunc: 1, hash: o('33'.repeat(16)) }, `00 01 ${'33'.repeat(16)}`],
    [
      '[rfc3830:6.9-1] [rfc3830:6.9-2] V',
      { kind: 'V', authAlg: 1, mac: o('44'.repeat(20)) },
      `00 01 ${'44'.repeat(20)}`,
    ],
    [
      '[rfc3830:6.10-1] [rfc3830:6.10-4] SP',
      {
        kind: 'SP',
        policyNo: 3,
        protType: 0,
        params: [
          { type: 1, value: o('10') },
          { type: 4, value: o('') },
        ],
      },
      '00 03 00 0005 010110 0400',
    ],
    ['[rfc3830:6.11-3] RAND', { kind: 'RAND', rand: o('5566') }, '00 02 5566'],
    ['[rfc3830:6.12-1] ERR', { kind: 'ERR', errorNo: 12, reserved: 0 }, '00 0c 0000'],
    ['[rfc3830:6.15-1] General Ext.', { kind: 'General Ext.', type: 1, data: o('6d') }, '00 01 0001 6d'],
  ])('%s', (_, payload, hex) => {
    expect(layoutOf(payload)).toBe(hex.replace(/ /g, ''));
  });

  test('[rfc3830:6.2-2] [rfc3830:6.13-2] [rfc3830:6.13-8] [rfc3830:6.13-9] [rfc3830:6.14-1] [rfc3830:6.14-2] Key data', () => {
    const keys = [
      { kind: 'Key data' as const, type: 0, key: o('aabb'), kv: { kind: 'Null' as const } },
      { kind: 'Key data' as const, type: 1, key: o('cc'), salt: o('dd'), kv: { kind: 'SPI' as const, spi: o('eeff') } },
      {
        kind: 'Key data' as const,
        type: 2,
        key: o('11'),
        kv: { kind: 'Interval' as const, from: o('22'), to: o('3344') },
      },
    ];
    const octets = encode({ kind: 'Key data', keys });
    expect(hexOf(octets)).toBe('14000002aabb' + '14110001cc0001dd02eeff' + '002200011101220233' + '44');
    expect(decode('Key data', octets).keys).toEqual(keys);
  });

  test('[rfc3830:6.13-1] Key data stand nowhere but in a KEMAC', () => {
    expect(code(() => decode('Message', o('01 00 14 00 01020304 00 01 00000001aa')))).not.toBe('none');
  });

  test('[rfc3830:6.13-7] a KEMAC that its length field cannot tell is refused', () => {
    const KEMAC = { kind: 'KEMAC' as const, encrAlg: 1, encrData: new Uint8Array(65_536), macAlg: 0, mac: o('') };
    expect(code(() => encode({ kind: 'Message', message: { header, payloads: [KEMAC] } }))).toBe('ERR_MALFORMED');
  });

  test('[rfc3830:5.3-1] a message is read payload by payload, and an error says where', () => {
    try {
      decode('Message', o('01 00 0b 00 01020304 00 01 05 01 aa 00 00 0102'));
      expect.fail('it was accepted');
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_TRUNCATED', offset: 15 });
    }
  });

  test('[rfc3830:6.15-3] a General Extension may stand anywhere, and the MAC covers it', () => {
    const stray: Payload<Uint8Array> = { kind: 'General Ext.', type: 0, data: o('6869') };
    const payloads: Payload<Uint8Array>[] = [
      stray,
      { kind: 'RAND', rand: o('aa') },
      stray,
      { kind: 'V', authAlg: 1, mac: o('00'.repeat(20)) },
    ];
    const message = { header, payloads };
    expect(decode('Message', encode({ kind: 'Message', message })).message.payloads).toEqual(payloads);
    expect(hexOf(encode({ kind: 'Message', message }, ['MAC field'])).match(/6869/g)).toHaveLength(2);
  });
});

describe('tables of RFC 3830', () => {
  test('[rfc3830:6.1-4] [rfc3830:6.1-5] [rfc3830:6.1-8] header', () => {
    expect(Object.values(dataTypes).filter((value) => value < 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(dataTypes['Pre-shared']).toBe(0);
    expect(dataTypes.Error).toBe(6);
    const names = [
      'Last payload',
      'KEMAC',
      'PKE',
      'DH',
      'SIGN',
      'T',
      'ID',
      'CERT',
      'CHASH',
      'V',
      'SP',
      'RAND',
      'ERR',
    ] as const;
    expect(names.map((name) => nextPayloads[name])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([nextPayloads['Key data'], nextPayloads['General Ext.'], prfFuncs['MIKEY-1']]).toEqual([20, 21, 0]);
  });

  test('[rfc3830:6.2-4] [rfc3830:6.2-5] [rfc3830:6.3-2] [rfc3830:6.4-2] [rfc3830:6.5-2] algorithms', () => {
    expect([encrAlgs.NULL, encrAlgs['AES-CM-128'], encrAlgs['AES-KW-128']]).toEqual([0, 1, 2]);
    expect([macAlgs.NULL, macAlgs['HMAC-SHA-1-160']]).toEqual([0, 1]);
    expect(Object.values(cacheIndicators)).toEqual([0, 1, 2]);
    expect([dhGroups['OAKLEY 5'], dhGroups['OAKLEY 1'], dhGroups['OAKLEY 2']]).toEqual([0, 1, 2]);
    expect([sTypes['RSA/PKCS#1/1.5'], sTypes['RSA/PSS']]).toEqual([0, 1]);
  });

  test('[rfc3830:6.7-2] [rfc3830:6.7-3] [rfc3830:6.8-2] [rfc3830:6.12-2] [rfc3830:6.12-3] [rfc3830:6.13-3] [rfc3830:6.13-5] [rfc3830:6.15-2] the others', () => {
    expect([idTypes.NAI, idTypes.URI]).toEqual([0, 1]);
    expect(Object.values(certTypes).slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect([hashFuncs['SHA-1'], hashFuncs.MD5]).toEqual([0, 1]);
    expect(Object.values(errorNos).filter((value) => value < 13)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([errorNos['Auth failure'], errorNos['Invalid TS'], errorNos['Invalid ID']]).toEqual([0, 1, 7]);
    expect([keyDataTypes.TGK, keyDataTypes['TGK+SALT'], keyDataTypes.TEK, keyDataTypes['TEK+SALT']]).toEqual([
      0, 1, 2, 3,
    ]);
    expect([kvTypes.Null, kvTypes.SPI, kvTypes.Interval]).toEqual([0, 1, 2]);
    expect([generalExtTypes['Vendor ID'], generalExtTypes['SDP IDs']]).toEqual([0, 1]);
    expect([tsTypes['NTP-UTC'], tsTypes.NTP, tsTypes.COUNTER]).toEqual([0, 1, 2]);
  });

  test('[rfc3830:6.10-3] [rfc3830:6.10.1-1] [rfc3830:6.10.1-2] [rfc3830:6.10.1-7] [rfc3830:6.10.1-8] [rfc3830:6.10.1-9] [rfc3830:6.10.1-10] SRTP policies', () => {
    expect(protTypes.SRTP).toBe(0);
    expect(srtpParams['Encryption algorithm']).toBe(0);
    expect(srtpParams['Session Encr. key length']).toBe(1);
    expect(srtpParams['Session Salt key length']).toBe(4);
    expect(srtpParams['Key derivation rate']).toBe(6);
    expect(Object.values(srtpParams).filter((value) => value < 13)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([srtpEncrAlgs.NULL, srtpEncrAlgs['AES-CM'], srtpAuthAlgs.NULL, srtpAuthAlgs['HMAC-SHA-1']]).toEqual([
      0, 1, 0, 1,
    ]);
    expect([srtpPrfs['AES-CM'], fecOrders['FEC-SRTP']]).toEqual([0, 0]);
  });

  test('[rfc3830:4.1.3-2] [rfc3830:4.1.4-2] the constants are groups of nine digits of e', () => {
    const digits = '718281828459045235360287471352662497757247093699959574966967627724';
    const constants = { ...sessionKeyConstants, ...protectionKeyConstants };
    for (const hex of Object.values(constants)) {
      expect(digits).toContain(String(Number.parseInt(hex, 16)));
    }
    expect(constants).toEqual({
      TEK: '2ad01c64',
      authentication: '1b5c7973',
      encryption: '15798cef',
      salting: '39a2c14b',
      encr_key: '150533e1',
      auth_key: '2d22ac75',
      salt_key: '29b88916',
    });
  });
});

describe('keys, time and policies', () => {
  test('[rfc3830:4.1-1] [rfc3830:4.1.1-1] [rfc3830:4.1.1-3] [rfc3830:4.2.1-1] [rfc3830:4.2.2-2] [rfc3830:4.2.4-2] [rfc3830:4.2.4-3] authentication keys are as long as the hash', () => {
    const input = {
      inkey: o('11'.repeat(16)),
      direction: 'initial' as const,
      csbId: o('01020304'),
      RANDRi: o('22'.repeat(16)),
    };
    expect(messageAuthKey(bytes, 1, { ...input, prfFunc: 0 })).toHaveLength(20);
    expect(messageAuthKey(bytes, 2, { ...input, prfFunc: 1 })).toHaveLength(32);
    expect([suites.sha1.macLength, suites.sha256.macLength]).toEqual([20, 32]);
  });

  test('[rfc3830:4.2.3-6] [rfc3830:4.2.4-5] NULL encryption and NULL authentication are refused', () => {
    expect(code(() => bytes.mac(0, o('00'), { data: o('') }))).toBe('ERR_MAC_ALG');
    const keying = { key: o('00'.repeat(16)), salt: o('00'.repeat(14)), csbId: o('00000000'), t: o('00'.repeat(8)) };
    expect(code(() => bytes.encrypt(0, keying, { data: o('00') }))).toBe('ERR_ENCR_ALG');
  });

  test('[rfc3830:4.2.8-1] [rfc3830:4.2.8-2] [rfc3830:4.2.8-3] times are UTC, and go on after the overflow of 2036', () => {
    expect(isoText(instantOf(0, o('83aa7e8000000000'))!)).toMatch(/^1970-01-01T00:00:00/);
    expect(isoText(instantOf(0, o('0000000000000000'))!)).toMatch(/^2036-02-07T06:28:16/);
    expect(hexOf(timestampOf(0, instantOf(0, o('0000000100000000'))!))).toBe('0000000100000000');
  });

  test('[rfc3830:6.6-3] a COUNTER is lengthened by zeros in front, where 64 bits are needed', () => {
    expect(hexOf(as64Bits(bytes, { tsType: tsTypes.COUNTER, value: o('01020304') }))).toBe('0000000001020304');
    expect(hexOf(as64Bits(bytes, { tsType: tsTypes['NTP-UTC-32'], value: o('01020304') }))).toBe('0102030400000000');
  });

  test('[rfc3830:4.3.3-1] [rfc3830:6.10.1-3] [rfc3830:6.10.1-4] [rfc3830:6.10.1-5] [rfc3830:6.10.1-6] an SP says what it says, and the SRTP defaults say the rest', () => {
    const written = writeSrtpPolicy(bytes, 4, aesCm256HmacSha1);
    expect(written.params.every((param) => param.value.length === 1)).toBe(true);
    expect(readSrtpPolicy(bytes, written)).toEqual(aesCm256HmacSha1);
    expect(readSrtpPolicy(bytes, { ...written, params: [] })).toEqual(aesCm128HmacSha1);
    expect(readSrtpPolicy(bytes, { ...written, params: [{ type: 10, value: o('00') }] })).toBeUndefined();
    expect(readSrtpPolicy(bytes, { ...written, params: [{ type: 1, value: o('20') }] })?.keyLength).toBe(32);
    expect(samePolicy(aesCm128HmacSha1, aesCm256HmacSha1)).toBe(false);
    const run = byteRun({ suite: 'sha256', forks: 1 });
    expect(run.trace.agreements[0]!.sessions[0]!.tek).toHaveLength(32);
  });
});

describe('messages of a run', () => {
  const run = byteRun({ forks: 1, streams: 2 });

  test('[rfc3830:5.2-1] [rfc3830:5.2-4] [rfc3830:5.2-6] [rfc3830:6.1-12] [rfc3830:6.10-2] HDR comes first, V last, and the response has the CSB ID of its initial message', () => {
    for (const hop of run.trace.messages) {
      expect(hop.octets[0]).toBe(1);
      expect(hop.message.payloads.at(-1)!.kind).toBe('V');
      const numbers = hop.message.payloads.flatMap((payload) => (payload.kind === 'SP' ? [payload.policyNo] : []));
      expect(new Set(numbers).size).toBe(numbers.length);
    }
    expect(hexOf(ofType(run, 'REQUEST_RESP')[0]!.octets.subarray(4, 8))).toBe(
      hexOf(ofType(run, 'REQUEST_INIT_PSK')[0]!.octets.subarray(4, 8)),
    );
  });

  test('[rfc3830:4.1.3-4] [rfc3830:4.1.3-5] [rfc3830:4.3.3-2] [rfc3830:4.5-7] [rfc3830:6.14-4] several sessions: each names its key by an SPI; salts are derived or taken', () => {
    const { map } = ofType(run, 'TRANSFER_RESP')[0]!.message.header;
    if (map.type !== 'GENERIC-ID') throw new Error(map.type);
    expect(map.sessions.map((session) => session.csId)).toEqual([1, 2, 3, 4]);
    for (const session of map.sessions) expect(session.spi).toHaveLength(4);
    const derived = run.trace.agreements[0]!.sessions.map((session) => hexOf(session.salt));
    expect(new Set(derived).size).toBe(4);
    const taken = byteRun({ forks: 1, keys: ['TGK+SALT'] }).trace.agreements[0]!.sessions.map((session) =>
      hexOf(session.salt),
    );
    expect(new Set(taken).size).toBe(1);
  });

  test('[rfc3830:6.11-1] [rfc3830:6.11-4] every RAND is new and has 16 octets or more', () => {
    const rands = run.trace.messages.flatMap((hop) =>
      hop.message.payloads.flatMap((payload) => (payload.kind === 'RANDR' ? [payload.rand] : [])),
    );
    for (const rand of rands) expect(rand.length).toBeGreaterThanOrEqual(16);
    const other = byteRun({ forks: 1, suite: 'sha1' });
    expect(hexOf(only(ofType(other, 'TRANSFER_INIT')[0]!.message, 'RANDR').rand)).not.toBe(
      hexOf(only(ofType(run, 'TRANSFER_INIT')[0]!.message, 'RANDR').rand),
    );
  });

  test('[rfc3830:5.3-2] [rfc3830:5.3-3] [rfc3830:5.3-4] [rfc3830:5.3-6] [rfc3830:5.3-7] [rfc3830:5.3-9] a receiver checks the time, then the MAC, and only then remembers; what fails goes no further', () => {
    const kms = run.trace.steps.filter((step) => step.party === 'kms');
    const checks = kms.flatMap((step) => step.checks.map((check) => check.name));
    const at = (name: string): number => checks.indexOf(name);
    expect(at('requestTimestampFresh')).toBeLessThan(at('requestMacValid'));
    expect(at('requestMacValid')).toBeLessThan(at('requestNotReplayed'));
    const damaged = byteRun(
      { forks: 1 },
      changing('RESOLVE_INIT_PSK', 'kms', (hop) => [
        hop.octets.map((octet, index) => (index === 30 ? octet ^ 1 : octet)),
      ]),
    );
    const [rejected] = rejections(damaged);
    expect(rejected!.rejection.check).toBe('resolveMacValid');
    const after = damaged.trace.steps.slice(
      damaged.trace.steps.indexOf(damaged.trace.steps.find((step) => step.rejection)!) + 1,
    );
    expect(after.filter((step) => step.party === 'kms')).toEqual([]);
  });

  test('[rfc3830:5.4-6] an Initiator that has not asked takes no response', () => {
    const { caller } = byteRun({ forks: 1 }, () => []);
    expect(caller.state()).toBe('awaitingRequestResp');
    caller.take({ type: 'TRANSFER_RESP', message: ofType(run, 'TRANSFER_RESP')[0]!.message });
    expect(caller.state()).toBe('awaitingRequestResp');
  });
});
