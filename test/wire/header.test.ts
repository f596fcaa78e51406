import { describe, expect, it } from 'vitest';
import type { CsIdMap, GenericIdSession, Header } from '../../model/message/header.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import { hex, join, thrownBy, toHex } from './octets.ts';

/** The header of a message without payloads. */
function headerOf(octets: Uint8Array): Header<Uint8Array> {
  return decode('Message', octets).message.header;
}

function octetsOf(header: Header<Uint8Array>): Uint8Array {
  return encode({ kind: 'Message', message: { header, payloads: [] } });
}

const plain: Header<Uint8Array> = {
  version: 1,
  dataType: 14,
  v: false,
  prfFunc: 0,
  csbId: hex('aabbccdd'),
  map: { type: 'Empty map' },
};

describe('HDR', () => {
  it('[rfc6043:6.1-3] V is the top bit of the octet it shares with PRF func', () => {
    const octets = hex('01 0e 00 81 aabbccdd 00 01');
    expect(headerOf(octets)).toStrictEqual({ ...plain, v: true, prfFunc: 1 });
    expect(headerOf(hex('01 0e 00 7f aabbccdd 00 01'))).toStrictEqual({ ...plain, v: false, prfFunc: 127 });
    expect(octetsOf({ ...plain, v: true, prfFunc: 1 })).toStrictEqual(octets);
  });

  it.each([0, 2, 255])('turns down version %i', (version) => {
    const error = thrownBy(() => headerOf(join(Uint8Array.of(version), hex('0e 00 00 aabbccdd 00 01'))));
    expect(error).toMatchObject({ code: 'ERR_VERSION', offset: 0, path: 'HDR.version', clause: 'rfc3830:6.1' });
    expect(thrownBy(() => octetsOf({ ...plain, version })).code).toBe('ERR_VERSION');
  });

  it.each([
    ['dataType', { dataType: 256 }],
    ['negative dataType', { dataType: -1 }],
    ['fraction', { dataType: 1.5 }],
    ['NaN', { dataType: Number.NaN }],
    ['prfFunc', { prfFunc: 128 }],
    ['CSB ID', { csbId: hex('aabbcc') }],
    ['CSB ID too long', { csbId: hex('aabbccddee') }],
  ])('does not encode a value that does not fit: %s', (_, wrong) => {
    expect(thrownBy(() => octetsOf({ ...plain, ...wrong })).code).toBe('ERR_MALFORMED');
  });

  it('a message without payloads has next payload 0, and nothing behind HDR', () => {
    expect(decode('Message', hex('01 0e 00 00 aabbccdd 00 01')).message.payloads).toStrictEqual([]);
    const error = thrownBy(() => decode('Message', hex('01 0e 00 00 aabbccdd 00 01 00')));
    expect(error).toMatchObject({ code: 'ERR_TRAILING', offset: 10, path: 'Message' });
  });
});

describe('CS ID map', () => {
  it('SRTP-ID: policy, SSRC and ROC for each crypto session', () => {
    const map: CsIdMap<Uint8Array> = {
      type: 'SRTP-ID',
      sessions: [
        { policyNo: 1, ssrc: hex('11223344'), roc: 5 },
        { policyNo: 2, ssrc: hex('00000000'), roc: 0xffffffff },
      ],
    };
    const octets = hex('01 0e 00 00 aabbccdd 02 00  01 11223344 00000005  02 00000000 ffffffff');
    expect(headerOf(octets).map).toStrictEqual(map);
    expect(octetsOf({ ...plain, map })).toStrictEqual(octets);
  });

  it('[rfc6043:6.1.1-1] [rfc6043:6.1.1-2] [rfc6043:6.1.1-11] GENERIC-ID: #CS blocks', () => {
    const octets = hex(`
      01 0e 00 00 aabbccdd 02 02
      07 00 02  05 06  0004 11223344  02 0a0b    # CS ID 7, SRTP, S=0, #P=2, SSRC, SPI
      08 00 80         000a 55667788 00000001 0203  00   # CS ID 8, SRTP, S=1, #P=0, SSRC ROC SEQ, no SPI
    `);
    const sessions: readonly GenericIdSession<Uint8Array>[] = [
      { csId: 7, protType: 0, s: false, policies: [5, 6], sessionData: hex('11223344'), spi: hex('0a0b') },
      { csId: 8, protType: 0, s: true, policies: [], sessionData: hex('55667788 00000001 0203'), spi: hex('') },
    ];
    expect(headerOf(octets).map).toStrictEqual({ type: 'GENERIC-ID', sessions });
    expect(octetsOf({ ...plain, map: { type: 'GENERIC-ID', sessions } })).toStrictEqual(octets);
  });

  const session: GenericIdSession<Uint8Array> = {
    csId: 1,
    protType: 0,
    s: false,
    policies: [],
    sessionData: hex(''),
    spi: hex(''),
  };
  const withSession = (changed: Partial<GenericIdSession<Uint8Array>>): Uint8Array =>
    octetsOf({ ...plain, map: { type: 'GENERIC-ID', sessions: [{ ...session, ...changed }] } });

  it('[rfc6043:6.1.1-13] [rfc6043:6.1.1-19] Session Data and SPI may be absent', () => {
    expect(toHex(withSession({}))).toBe('010e0000aabbccdd0102010000000000');
  });

  it('[rfc6043:6.1.1-9] Ps has exactly #P policies', () => {
    expect(toHex(withSession({ policies: [9] }))).toContain('01000109');
    const most = Array.from({ length: 127 }, (_, index) => index);
    expect(headerOf(withSession({ policies: most })).map).toMatchObject({ sessions: [{ policies: most }] });
    expect(thrownBy(() => withSession({ policies: [...most, 0] })).path).toBe('HDR.CS.#P');
    // #P = 3, but the octets end after two policies.
    expect(thrownBy(() => headerOf(hex('01 0e 00 00 aabbccdd 01 02  01 00 03 01 02')))).toMatchObject({
      code: 'ERR_TRUNCATED',
      offset: 13,
      path: 'HDR.CS.Ps',
    });
  });

  it('[rfc6043:6.1.1-4] [rfc6043:6.1.1-15] SRTP Session Data is SSRC, and with S also ROC and SEQ', () => {
    expect(toHex(withSession({ s: true, sessionData: hex('11223344 00000000 0001') }))).toContain('80000a');
    for (const [s, length] of [
      [false, 10],
      [false, 3],
      [true, 4],
      [true, 11],
    ] as const) {
      const error = thrownBy(() => withSession({ s, sessionData: new Uint8Array(length) }));
      expect(error).toMatchObject({ code: 'ERR_MALFORMED', clause: 'rfc6043:6.1.1-15' });
    }
    expect(thrownBy(() => headerOf(hex('01 0e 00 00 aabbccdd 01 02  01 00 00 0003 112233 00')))).toMatchObject({
      code: 'ERR_MALFORMED',
      offset: 13,
      path: 'HDR.CS.Session Data Length',
      clause: 'rfc6043:6.1.1-15',
    });
  });

  it('[rfc6043:6.1.1-3] Session Data of another protocol can have any length; an unknown protocol is kept', () => {
    const octets = withSession({ protType: 99, s: true, sessionData: hex('010203') });
    expect(headerOf(octets).map).toMatchObject({ sessions: [{ protType: 99, s: true, sessionData: hex('010203') }] });
  });

  it('[rfc6043:6.1.1-17] SSRC 0 is kept as any other', () => {
    const octets = withSession({ sessionData: hex('00000000') });
    expect(headerOf(octets).map).toMatchObject({ sessions: [{ sessionData: hex('00000000') }] });
  });

  it.each([
    ['Session Data', { protType: 1, sessionData: new Uint8Array(65536) }, 'Session Data Length'],
    ['SPI', { spi: new Uint8Array(256) }, 'SPI Length'],
    ['CS ID', { csId: 256 }, 'CS ID'],
    ['policy number', { policies: [256] }, 'Policy_no'],
  ])('does not encode what does not fit: %s', (_, wrong, field) => {
    expect(thrownBy(() => withSession(wrong))).toMatchObject({ code: 'ERR_MALFORMED', path: `HDR.CS.${field}` });
  });

  it('counts up to 255 sessions', () => {
    const map = (length: number): CsIdMap<Uint8Array> => ({
      type: 'GENERIC-ID',
      sessions: Array.from({ length }, () => session),
    });
    expect(headerOf(octetsOf({ ...plain, map: map(255) })).map).toStrictEqual(map(255));
    expect(thrownBy(() => octetsOf({ ...plain, map: map(256) })).path).toBe('HDR.#CS');
  });

  it('an empty map has no crypto sessions', () => {
    expect(thrownBy(() => headerOf(hex('01 0e 00 00 aabbccdd 01 01')))).toMatchObject({
      code: 'ERR_MALFORMED',
      offset: 9,
      clause: 'rfc4563:5',
    });
  });

  it.each([3, 240, 255])('turns down the unknown map type %i, as its length is not known', (type) => {
    const error = thrownBy(() => headerOf(join(hex('01 0e 00 00 aabbccdd 00'), Uint8Array.of(type))));
    expect(error).toMatchObject({ code: 'ERR_UNSUPPORTED_PAYLOAD', offset: 9, path: 'HDR.CS ID map type' });
  });

  it('[rfc6043:6-2] fields of variable length are not padded', () => {
    const octets = withSession({ protType: 1, sessionData: hex('01'), spi: hex('020304') });
    expect(octets).toHaveLength(10 + 3 + 2 + 1 + 1 + 3);
  });
});
