import { createCipheriv, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MikeyError } from '../../model/error.ts';
import { createByteAlgebra } from '../../src/crypto/byteAlgebra.ts';
import { initializationVector } from '../../src/crypto/keyTransport.ts';
import { csprngSource, seededSource, steppingClock, systemClock } from '../../src/crypto/random.ts';

const A = createByteAlgebra();
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const octets = (text: string): Uint8Array => A.octets(text);
const bytes = (min: number, max: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: min, maxLength: max });
const code = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof MikeyError) return error.code;
  }
  return 'none';
};

describe('MACs', () => {
  // RFC 2202, section 3, and RFC 4231, section 4: cases 1, 2, 3 and 6.
  test.each([
    [1, '0b'.repeat(20), '4869205468657265', 'b617318655057264e28bc0b6fb378c8ef146be00'],
    [
      1,
      hex(Buffer.from('Jefe')),
      hex(Buffer.from('what do ya want for nothing?')),
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    ],
    [1, 'aa'.repeat(20), 'dd'.repeat(50), '125d7342b9ac11cd91a39af48aa17b4f63f175d3'],
    [
      1,
      'aa'.repeat(80),
      hex(Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First')),
      'aa4ae5e15272d00e95705637ce8a3b55ed402112',
    ],
    [2, '0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      2,
      hex(Buffer.from('Jefe')),
      hex(Buffer.from('what do ya want for nothing?')),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [2, 'aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      2,
      'aa'.repeat(131),
      hex(Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First')),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('[rfc3830:4.2.4-1] [rfc6043:6.2-4] agree with the published vectors: alg %i, key %.8s', (alg, key, data, mac) => {
    expect(hex(A.mac(alg, octets(key), { data: octets(data) }))).toBe(mac);
  });

  test('[rfc6043:6.2-3] [rfc6043:6.2-5] agree with node:crypto for random input', () => {
    fc.assert(
      fc.property(bytes(1, 80), bytes(0, 300), (key, data) => {
        expect(hex(A.mac(1, key, { data }))).toBe(createHmac('sha1', key).update(data).digest('hex'));
        expect(hex(A.mac(2, key, { data }))).toBe(createHmac('sha256', key).update(data).digest('hex'));
      }),
    );
  });

  test('NULL and unknown algorithms are refused', () => {
    for (const alg of [0, 3, 255])
      expect(code(() => A.mac(alg, octets('00'), { data: octets('') }))).toBe('ERR_MAC_ALG');
  });
});

describe('key transport', () => {
  // RFC 3711, B.2: the keystream of AES-CM.
  const keying = {
    key: octets('2b7e151628aed2a6abf7158809cf4f3c'),
    salt: octets('f0f1f2f3f4f5f6f7f8f9fafbfcfd'),
    csbId: octets('00000000'),
    t: octets('0000000000000000'),
  };

  test('[rfc3830:4.2.3-1] gives the keystream of RFC 3711, B.2', () => {
    const stream = hex(A.encrypt(1, keying, { data: new Uint8Array(48) }));
    expect(stream).toBe(
      'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0',
    );
  });

  test('[rfc3830:4.2.3-2] IV = (salt XOR (0x0000 || CSB ID || T)) || 0x0000', () => {
    const iv = initializationVector({ ...keying, csbId: octets('01020304'), t: octets('1112131415161718') });
    const plain = Buffer.from('0000010203041112131415161718', 'hex');
    const salt = Buffer.from(keying.salt);
    const expected = Buffer.concat([Buffer.from(salt.map((octet, index) => octet ^ plain[index]!)), Buffer.alloc(2)]);
    expect(hex(iv)).toBe(expected.toString('hex'));
  });

  test('[rfc6043:6.2-1] [rfc6043:6.2-2] agrees with node:crypto, and decrypts what it encrypted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 3),
        bytes(32, 32),
        bytes(14, 14),
        bytes(4, 4),
        bytes(8, 8),
        bytes(0, 200),
        (alg, k, salt, csbId, t, data) => {
          const key = alg === 1 ? k.subarray(0, 16) : k;
          const cipher = createCipheriv(
            alg === 1 ? 'aes-128-ctr' : 'aes-256-ctr',
            key,
            initializationVector({ key, salt, csbId, t }),
          );
          const encrypted = A.encrypt(alg, { key, salt, csbId, t }, { data });
          expect(hex(encrypted)).toBe(hex(Buffer.concat([cipher.update(data), cipher.final()])));
          expect(hex(A.decrypt(alg, { key, salt, csbId, t }, { data: encrypted }))).toBe(hex(data));
        },
      ),
    );
  });

  test('refuses NULL, AES-KW and lengths that do not fit', () => {
    for (const alg of [0, 2, 4])
      expect(code(() => A.encrypt(alg, keying, { data: octets('00') }))).toBe('ERR_ENCR_ALG');
    expect(code(() => A.encrypt(3, keying, { data: octets('00') }))).toBe('ERR_KEY_LENGTH');
    for (const part of ['salt', 'csbId', 't'] as const) {
      expect(code(() => A.encrypt(1, { ...keying, [part]: octets('00') }, { data: octets('00') }))).toBe(
        'ERR_KEY_LENGTH',
      );
    }
  });
});

describe('the PRF', () => {
  /** A second PRF, straight from RFC 3830, 4.1.2. */
  function reference(hash: 'sha1' | 'sha256', inkey: Uint8Array, label: Uint8Array, length: number): string {
    const h = (key: Uint8Array, data: Uint8Array): Buffer => createHmac(hash, key).update(data).digest();
    const out = Buffer.alloc(length);
    for (let n = 0; n * 32 < inkey.length; n += 1) {
      const s = inkey.subarray(n * 32, n * 32 + 32);
      let a: Uint8Array = label;
      let p = Buffer.alloc(0);
      while (p.length < length) {
        a = h(s, a);
        p = Buffer.concat([p, h(s, Buffer.concat([a, label]))]);
      }
      for (let index = 0; index < length; index += 1) out[index]! ^= p[index]!;
    }
    return out.toString('hex');
  }

  test('[rfc3830:4.1.2-1] [rfc3830:4.1.2-2] [rfc3830:4.1.2-3] [rfc3830:4.1.2-6] agrees with a second implementation', () => {
    fc.assert(
      fc.property(bytes(1, 100), bytes(0, 100), fc.integer({ min: 1, max: 100 }), (inkey, label, length) => {
        expect(hex(A.prf(0, inkey, { label, length }))).toBe(reference('sha1', inkey, label, length));
        expect(hex(A.prf(1, inkey, { label, length }))).toBe(reference('sha256', inkey, label, length));
      }),
    );
  });

  test('a shorter outkey is a prefix of a longer one (finding A14)', () => {
    const [inkey, label] = [octets('11'.repeat(40)), octets('22'.repeat(9))];
    expect(hex(A.prf(1, inkey, { label, length: 64 })).startsWith(hex(A.prf(1, inkey, { label, length: 16 })))).toBe(
      true,
    );
  });

  test('unknown PRFs and empty inkeys are refused', () => {
    expect(code(() => A.prf(2, octets('00'), { label: octets(''), length: 1 }))).toBe('ERR_PRF');
    expect(code(() => A.prf(0, octets(''), { label: octets(''), length: 1 }))).toBe('ERR_KEY_LENGTH');
  });
});

describe('bit strings', () => {
  test('constants are pairs of hexadecimal digits', () => {
    expect(hex(A.octets('00ffAb'))).toBe('00ffab');
    for (const text of ['0', 'zz', '0x', ' 00']) expect(code(() => A.octets(text))).toBe('ERR_MALFORMED');
  });

  test('numbers have one to four octets', () => {
    expect(A.number(octets('ffffffff'))).toBe(0xffff_ffff);
    expect(A.number(octets('0100'))).toBe(256);
    for (const text of ['', '0000000000']) expect(code(() => A.number(octets(text)))).toBe('ERR_MALFORMED');
  });

  test('equality compares octets and lengths', () => {
    expect(A.equal(octets('0102'), octets('0102'))).toBe(true);
    expect(A.equal(octets('0102'), octets('0103'))).toBe(false);
    expect(A.equal(octets('01'), octets('0100'))).toBe(false);
  });
});

describe('sources', () => {
  test('a seeded source repeats itself, and differs by seed and party', () => {
    const draw = (seed: string, party: string): string => {
      const source = seededSource(seed, party, steppingClock(0));
      return hex(source.random(16, 'a')) + hex(source.random(40, 'b'));
    };
    expect(draw('s', 'alice')).toBe(draw('s', 'alice'));
    expect(new Set([draw('s', 'alice'), draw('s', 'bob'), draw('t', 'alice')]).size).toBe(3);
  });

  test('[rfc3830:4.2.2-1] the real source does not repeat itself', () => {
    const draws = Array.from({ length: 1000 }, () => hex(csprngSource().random(16, 'RANDRi')));
    expect(new Set(draws).size).toBe(1000);
  });

  test('[rfc3830:5.2-7] a clock never shows the same time twice, even if the machine’s stands still', () => {
    const frozen = seededSource('s', 'p', steppingClock(1000, 0));
    const times = Array.from({ length: 1000 }, () => frozen.now());
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
    const real = csprngSource(systemClock());
    expect(real.now() < real.now()).toBe(true);
  });
});
