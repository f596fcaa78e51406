import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { EnvelopePadding } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import { second } from '../../model/message/timestamps.ts';
import { issueCertificate, issueRoot, pemOf, type CertificateContent } from '../../src/crypto/certificates.ts';
import { oid, oidText, readElements, sequence, time, unsignedInteger } from '../../src/crypto/der.ts';
import { createPublicKeyAlgebra } from '../../src/crypto/publicKeyAlgebra.ts';
import { seededSource, steppingClock } from '../../src/crypto/random.ts';
import { freshKeyPair, worthlessKeyCount, worthlessKeyPair } from '../../src/crypto/rsaKeys.ts';
import { readPrivateKey, readPublicKey } from '../../src/crypto/rsaPrimitives.ts';
import { instantOfUnixMillis } from '../../src/wire/time.ts';

const P = createPublicKeyAlgebra();
const [rootKeys, caKeys, keys, otherKeys] = [0, 1, 2, 3].map((index) => worthlessKeyPair(index)) as [
  ReturnType<typeof worthlessKeyPair>,
  ReturnType<typeof worthlessKeyPair>,
  ReturnType<typeof worthlessKeyPair>,
  ReturnType<typeof worthlessKeyPair>,
];
const source = seededSource('public key tests', 'test', steppingClock(0));
const random = (length: number): Uint8Array => source.random(length, '');
const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');
const code = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    if (error instanceof MikeyError) return error.code;
    throw error;
  }
  return 'none';
};

describe('signatures', () => {
  const data = Buffer.from('a message');
  const options = { hash: 'sha256', data, random } as const;

  test.each([
    ['[rfc3830:4.2.6-2] PKCS#1 v1.5', sTypes['RSA/PKCS#1/1.5'], constants.RSA_PKCS1_PADDING],
    ['[rfc3830:4.2.6-3] PSS', sTypes['RSA/PSS'], constants.RSA_PKCS1_PSS_PADDING],
  ])(
    '%s: node:crypto verifies them, for both hashes and messages of any length [rfc3830:6.5-3]',
    (_, sType, padding) => {
      const key = createPublicKey({ key: Buffer.from(keys.publicKey), format: 'der', type: 'spki' });
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('sha1', 'sha256'), (message, hash) => {
          const signature = P.sign(sType, keys.privateKey, { hash, data: message, random });
          expect(signature).toHaveLength(P.signatureLength(keys.privateKey));
          const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
          expect(verify(hash, message, { key, padding, saltLength }, signature)).toBe(true);
          expect(P.signatureHolds(sType, keys.publicKey, { hash, data: message, signature })).toBe(true);
        }),
        { numRuns: 30 },
      );
    },
  );

  test.each([sTypes['RSA/PKCS#1/1.5'], sTypes['RSA/PSS']])(
    '[rfc3830:4.2.6-1] S type %i: nothing else verifies',
    (sType) => {
      const signature = P.sign(sType, keys.privateKey, options);
      const holds = (change: object, type: number = sType, publicKey = keys.publicKey): boolean =>
        P.signatureHolds(type, publicKey, { hash: 'sha256', data, signature, ...change });
      expect(holds({})).toBe(true);
      expect(holds({ data: Buffer.from('another message') })).toBe(false);
      expect(holds({ hash: 'sha1' })).toBe(false);
      expect(holds({}, 1 - sType)).toBe(false);
      expect(holds({}, sTypes.ECCSI)).toBe(false);
      expect(holds({}, sType, otherKeys.publicKey)).toBe(false);
      for (const forged of [
        signature.map((octet, index) => (index === 99 ? octet ^ 1 : octet)),
        signature.slice(1),
        new Uint8Array(0),
      ]) {
        expect(holds({ signature: forged })).toBe(false);
      }
    },
  );

  test('PSS with a salt of another length does not verify', () => {
    const make = (saltLength: number): Uint8Array =>
      sign('sha256', data, {
        key: readPrivateKey(keys.privateKey),
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength,
      });
    const holds = (saltLength: number): boolean =>
      P.signatureHolds(sTypes['RSA/PSS'], keys.publicKey, { hash: 'sha256', data, signature: make(saltLength) });
    expect([20, 32, 64].map(holds)).toEqual([false, true, false]);
  });

  test('a seed decides about PSS, too', () => {
    const make = (seed: string): string => {
      const seeded = seededSource(seed, 'signer', steppingClock(0));
      return hex(
        P.sign(sTypes['RSA/PSS'], keys.privateKey, { ...options, random: (length) => seeded.random(length, '') }),
      );
    };
    expect(make('a')).toBe(make('a'));
    expect(make('a')).not.toBe(make('b'));
  });

  test('other S types and other keys are refused', () => {
    expect(code(() => P.sign(sTypes.ECCSI, keys.privateKey, options))).toBe('ERR_CERTIFICATE');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const ec = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
    expect(code(() => P.sign(0, ec, options))).toBe('ERR_CERTIFICATE');
    expect(code(() => P.sign(0, Buffer.from('no key'), options))).toBe('ERR_CERTIFICATE');
  });
});

describe('envelopes', () => {
  const paddings: readonly EnvelopePadding[] = ['PKCS#1 v1.5', 'OAEP', 'OAEP, SHA-256'];
  const bounds = { least: 16, most: 64 };

  test.each(paddings)('[rfc3830:4.2.5-2] [rfc3830:4.2.5-3] %s: what was sealed opens, whatever it is', (padding) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (envelopeKey) => {
        const data = P.sealEnvelope(padding, keys.publicKey, { envelopeKey, random });
        expect(data).toHaveLength(256);
        expect(hex(P.openEnvelope(padding, keys.privateKey, { data, ...bounds }))).toBe(hex(envelopeKey));
      }),
      { numRuns: 40 },
    );
  });

  test('[rfc3830:4.2.5-2] node:crypto seals for us under PKCS#1 v1.5, and under OAEP in both directions', () => {
    const publicKey = readPublicKey(keys.publicKey);
    const privateKey = readPrivateKey(keys.privateKey);
    for (let index = 0; index < 20; index += 1) {
      const envelopeKey = random(16 + index);
      const v15 = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, envelopeKey);
      expect(hex(P.openEnvelope('PKCS#1 v1.5', keys.privateKey, { data: v15, ...bounds }))).toBe(hex(envelopeKey));
      for (const [padding, oaepHash] of [
        ['OAEP', 'sha1'],
        ['OAEP, SHA-256', 'sha256'],
      ] as const) {
        const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
        const theirs = publicEncrypt({ key: publicKey, ...options }, envelopeKey);
        expect(hex(P.openEnvelope(padding, keys.privateKey, { data: theirs, ...bounds }))).toBe(hex(envelopeKey));
        const ours = P.sealEnvelope(padding, keys.publicKey, { envelopeKey, random });
        expect(hex(privateDecrypt({ key: privateKey, ...options }, ours))).toBe(hex(envelopeKey));
      }
    }
  });

  /** Encrypts a block as it is. */
  const raw = (block: Uint8Array): Uint8Array =>
    publicEncrypt({ key: readPublicKey(keys.publicKey), padding: constants.RSA_NO_PADDING }, block);
  const open = (data: Uint8Array, padding: EnvelopePadding = 'PKCS#1 v1.5', limits = bounds): Uint8Array | undefined =>
    P.openEnvelope(padding, keys.privateKey, { data, ...limits });
  /** 00 02 FF... 00 and a key of 32 octets 5A, with some octets changed. */
  const block = (changes: Readonly<Record<number, number>> = {}): Uint8Array => {
    const octets = new Uint8Array(256).fill(0xff);
    octets.fill(0x5a, 224);
    for (const [index, value] of Object.entries({ 0: 0, 1: 2, 223: 0, ...changes })) octets[Number(index)] = value;
    return octets;
  };

  test('a block made by hand opens', () => {
    expect(hex(open(raw(block())))).toBe('5a'.repeat(32));
    // Eight octets of padding are enough, but then the key is longer than any bound.
    expect(hex(open(raw(block({ 10: 0 })), 'PKCS#1 v1.5', { least: 16, most: 245 }))).toHaveLength(2 * 245);
  });

  test.each([
    ['the first octet is not 0', block({ 0: 1 })],
    ['the block type is not 2', block({ 1: 1 })],
    ['there is no 0 at the end of the padding', block({ 223: 1 })],
    ['the padding has seven octets', block({ 9: 0 })],
    ['the key is empty', new Uint8Array(256).fill(0xff).with(0, 0).with(1, 2).with(255, 0)],
    ['the key is too short', block({ 240: 0 }).fill(0xff, 2, 240)],
    ['the key is too long', block({ 100: 0 })],
  ])('implicit rejection: %s, and another key comes out, always the same, of the shortest length', (_, wrong) => {
    const first = open(raw(wrong));
    expect(first).toHaveLength(16);
    expect(hex(open(raw(wrong)))).toBe(hex(first));
    expect(hex(wrong)).not.toContain(hex(first));
    expect(hex(open(raw(wrong.with(200, 0x77))))).not.toBe(hex(first));
  });

  test('implicit rejection: padding of seven octets, even if the key could be as long as that', () => {
    const limits = { least: 16, most: 256 };
    expect(open(raw(block({ 9: 0 })), 'PKCS#1 v1.5', limits)).toHaveLength(16);
    expect(open(raw(block({ 10: 0 })), 'PKCS#1 v1.5', limits)).toHaveLength(245);
  });

  /** OAEP with SHA-256, made here: 00, masked seed, masked DB. */
  const oaepBlock = (db: Uint8Array, first = 0): Uint8Array => {
    const mgf1 = (from: Uint8Array, length: number): Buffer =>
      Buffer.concat(
        Array.from({ length: Math.ceil(length / 32) }, (_, counter) =>
          createHash('sha256')
            .update(from)
            .update(Uint8Array.of(0, 0, 0, counter))
            .digest(),
        ),
      ).subarray(0, length);
    const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((octet, index) => octet ^ b[index]!);
    const seed = new Uint8Array(32).fill(7);
    const maskedDb = xor(db, mgf1(seed, db.length));
    return Uint8Array.of(first, ...xor(seed, mgf1(maskedDb, 32)), ...maskedDb);
  };
  /** lHash 00... 01 and a key of 32 octets 5A. */
  const oaepDb = (changes: Readonly<Record<number, number>> = {}): Uint8Array => {
    const octets = new Uint8Array(223);
    octets.set(createHash('sha256').digest());
    octets[190] = 1;
    octets.fill(0x5a, 191);
    for (const [index, value] of Object.entries(changes)) octets[Number(index)] = value;
    return octets;
  };

  test.each([
    ['nothing is wrong', oaepBlock(oaepDb()), 32],
    ['the first octet is not 0', oaepBlock(oaepDb(), 1), 16],
    ['the label is another one', oaepBlock(oaepDb({ 0: 0 })), 16],
    ['the last octet of the label hash differs', oaepBlock(oaepDb({ 31: 0 })), 16],
    ['there is something between label and key', oaepBlock(oaepDb({ 100: 2 })), 16],
    ['there is no 01', oaepBlock(oaepDb({ 190: 0 }).fill(0, 191)), 16],
  ])('OAEP, octet by octet: %s', (_, made, length) => {
    const opened = open(raw(made), 'OAEP, SHA-256');
    expect(opened).toHaveLength(length);
    expect(hex(opened) === '5a'.repeat(32)).toBe(length === 32);
  });

  test('OAEP rejects in the same way', () => {
    const data = P.sealEnvelope('OAEP', keys.publicKey, { envelopeKey: random(32), random });
    expect(open(data, 'OAEP')).toHaveLength(32);
    expect(open(data, 'OAEP, SHA-256')).toHaveLength(16);
    expect(open(raw(block()), 'OAEP')).toHaveLength(16);
    expect(open(data, 'OAEP', { least: 33, most: 64 })).toHaveLength(33);
  });

  test('what cannot be of this key at all opens to nothing', () => {
    const modulus = new Uint8Array(256).fill(0xff);
    expect(open(modulus)).toBeUndefined();
    expect(open(random(255).fill(0, 0, 1))).toBeUndefined();
    expect(open(new Uint8Array(257))).toBeUndefined();
    expect(open(new Uint8Array(0))).toBeUndefined();
  });

  test('a seed decides about the padding, and a zero among its octets is drawn again', () => {
    const seal = (draw: (length: number) => Uint8Array): string =>
      hex(P.sealEnvelope('PKCS#1 v1.5', keys.publicKey, { envelopeKey: new Uint8Array(32), random: draw }));
    const ones = (length: number): Uint8Array => new Uint8Array(length).fill(1);
    const first: boolean[] = [];
    const zerosFirst = (length: number): Uint8Array => (first.push(true) === 1 ? new Uint8Array(length) : ones(length));
    expect(seal(zerosFirst)).toBe(seal(ones));
    expect(first).toHaveLength(2);
    expect(seal(random)).not.toBe(seal(random));
  });

  test.each(paddings)('%s: a key that does not fit is refused', (padding) => {
    const most = { 'PKCS#1 v1.5': 245, OAEP: 214, 'OAEP, SHA-256': 190 }[padding];
    const seal = (length: number) => () =>
      P.sealEnvelope(padding, keys.publicKey, { envelopeKey: random(length), random });
    expect(code(seal(most))).toBe('none');
    expect(code(seal(most + 1))).toBe('ERR_KEY_LENGTH');
  });
});

const from = instantOfUnixMillis(Date.UTC(2026, 0, 1));
const until = from + 86_400n * second;
const content = { name: 'holder', publicKey: keys.publicKey, from, until, uris: ['sip:holder@example.com'] };
const root = issueRoot({ name: 'root', from, until }, rootKeys);
const rootIssuer = { name: 'root', keys: rootKeys };
const caIssuer = { name: 'ca', keys: caKeys };
const ca = issueCertificate({ ...content, name: 'ca', publicKey: caKeys.publicKey, uris: [], ca: true }, rootIssuer);
const fault = (
  chain: readonly Uint8Array[],
  roots = [root],
  at = from,
  use = 'digitalSignature' as const,
): string | undefined => P.chainFault(chain, { trust: { roots, excluded: [] }, at, use });
const issued = (change: Partial<CertificateContent>, issuer = caIssuer): Uint8Array =>
  issueCertificate({ ...content, ...change }, issuer);

describe('certificates', () => {
  test('[rfc3830:4.3.2-1] a chain holds: with the root, without it, and if the peer itself is trusted', () => {
    expect(fault([issued({}), ca])).toBeUndefined();
    expect(fault([issued({}), ca, root])).toBeUndefined();
    expect(fault([issued({})], [issued({})])).toBeUndefined();
    expect(fault([issued({}, rootIssuer)])).toBeUndefined();
  });

  const weak = freshKeyPair(1024);
  const small = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = (key: typeof ec.publicKey): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
  const subordinate = { ...content, name: 'sub', publicKey: otherKeys.publicKey, uris: [], ca: true } as const;
  const subIssuer = { name: 'sub', keys: otherKeys };
  const limited = issueCertificate(
    { ...subordinate, name: 'ca', publicKey: caKeys.publicKey, ca: { pathLength: 0 } },
    rootIssuer,
  );
  const honest = issued({});
  const flipped = honest.with(honest.length - 1, honest.at(-1)! ^ 1);

  test.each<readonly [string, RegExp, readonly Uint8Array[]]>([
    ['nothing at all', /no certificate/, []],
    ['the CA is missing', /no trusted root/, [issued({})]],
    ['an unknown root', /no trusted root/, [issued({}, { name: 'elsewhere', keys: caKeys })]],
    ['a root of the same name with another key', /no trusted root/, [issued({}, { name: 'root', keys: otherKeys })]],
    ['another CA in between', /not directly issued/, [issued({}, rootIssuer), ca]],
    ['the right key under another name', /not directly issued/, [issued({}, { name: 'other', keys: caKeys }), ca]],
    ['a forged signature', /not directly issued/, [flipped, ca]],
    [
      'an issuer without CA flag',
      /is no CA/,
      [issued({}, subIssuer), issued({ name: 'sub', publicKey: otherKeys.publicKey }), ca],
    ],
    ['expired', /expired/, [issued({ until: from - second, from: from - 2n * second }), ca]],
    ['not valid yet', /not valid yet/, [issued({ from: from + second }), ca]],
    ['a key for other uses', /not for digitalSignature/, [issued({ uses: ['keyEncipherment'] }), ca]],
    ['a CA too deep', /too many CAs/, [issued({}, subIssuer), issueCertificate(subordinate, caIssuer), limited]],
    ['1024 bits', /1024 bits only/, [issued({ publicKey: weak.publicKey }), ca]],
    ['exponent 3', /exponent/, [issued({ publicKey: spki(small.publicKey) }), ca]],
    ['no RSA key', /not for an RSA key/, [issued({ publicKey: spki(ec.publicKey) }), ca]],
    ['an element too many', /no DER/, [Uint8Array.of(...issued({}), 5, 0), ca]],
    ['an octet too many', /no DER/, [Uint8Array.of(...issued({}), 0), ca]],
    ['PEM', /no DER/, [Buffer.from(pemOf(issued({}))), ca]],
    ['no certificate', /no DER/, [Buffer.from('certificate'), ca]],
    ['a long chain', /more than 6/, Array.from({ length: 7 }, () => ca)],
  ])('[rfc6043:4.2.1.3-5] [rfc3830:6.7-5] refused, with the reason: %s', (_, reason, chain) => {
    expect(fault(chain)).toMatch(reason);
  });

  test('a root can be excluded, too; and a path may have as many CAs as it is said to', () => {
    const trust = { roots: [root], excluded: [root] };
    expect(P.chainFault([issued({}), ca], { trust, at: from, use: 'keyEncipherment' })).toMatch(/root is excluded/);
    expect(fault([issued({}, caIssuer), limited])).toBeUndefined();
  });

  test('validity ends with its last second', () => {
    expect(fault([issued({}), ca], [root], until)).toBeUndefined();
    expect(fault([issued({}), ca], [root], until + second)).toMatch(/expired/);
    expect(fault([issued({}), ca], [root], from - second)).toMatch(/not valid yet/);
  });

  test('identities are the URIs, octet for octet, and nothing else', () => {
    const uris = ['sip:a@example.com', 'sip:b@example.com, URI:sip:c@example.com'];
    const { identities, publicKey } = P.certifiedKey(issued({ name: 'URI:sip:d@example.com', uris }));
    expect(identities.map((data) => Buffer.from(data).toString())).toEqual(uris);
    expect(hex(publicKey)).toBe(hex(keys.publicKey));
    expect(P.certifiedKey(issued({ uris: [] })).identities).toEqual([]);
    expect(code(() => P.certifiedKey(Buffer.from('x')))).toBe('ERR_CERTIFICATE');
  });

  test('[rfc6043:6.7-2] [rfc3830:6.8-3] the hash of a certificate is what others compute', () => {
    const x509 = new X509Certificate(ca);
    const digits = (text: string): string => text.replaceAll(':', '').toLowerCase();
    expect(hex(P.certificateHash(hashFuncs['SHA-256'], ca))).toBe(digits(x509.fingerprint256));
    expect(hex(P.certificateHash(hashFuncs['SHA-1'], ca))).toBe(digits(x509.fingerprint));
    for (const other of [hashFuncs.MD5, 3]) expect(code(() => P.certificateHash(other, ca))).toBe('ERR_HASH_FUNC');
  });

  test('the same content gives the same certificate, another content another number', () => {
    expect(hex(issued({}))).toBe(hex(issued({})));
    const number = (one: Uint8Array): string => new X509Certificate(one).serialNumber;
    expect(number(issued({}))).not.toBe(number(issued({ uris: [] })));
  });
});

describe('keys', () => {
  test('worthless keys are pairs, all different; fresh ones are fresh', () => {
    const all = Array.from({ length: worthlessKeyCount }, (_, index) => worthlessKeyPair(index));
    const pairs = [...all, freshKeyPair(), freshKeyPair()];
    expect(new Set(pairs.map((pair) => hex(pair.publicKey))).size).toBe(pairs.length);
    for (const pair of pairs) {
      const data = random(20);
      const signature = P.sign(0, pair.privateKey, { hash: 'sha256', data, random });
      expect(P.signatureHolds(0, pair.publicKey, { hash: 'sha256', data, signature })).toBe(true);
    }
    expect(() => worthlessKeyPair(worthlessKeyCount)).toThrow(RangeError);
  });
});

describe('DER', () => {
  test('object identifiers, integers and times', () => {
    for (const dotted of ['2.5.29.17', '1.2.840.113549.1.1.11', '0.9.2342', '2.999.3']) {
      expect(oidText(readElements(oid(dotted))[0]!.value)).toBe(dotted);
    }
    expect(hex(unsignedInteger(Uint8Array.of(0, 0, 0x80)))).toBe('02020080');
    expect(hex(unsignedInteger(Uint8Array.of(0)))).toBe('020100');
    expect(
      Buffer.from(time(Date.UTC(2049, 11, 31, 23, 59, 59)))
        .toString('latin1')
        .slice(2),
    ).toBe('491231235959Z');
    expect(
      Buffer.from(time(Date.UTC(2050, 0, 1)))
        .toString('latin1')
        .slice(2),
    ).toBe('20500101000000Z');
  });

  test('lengths of any size are read back; what is not the shortest form is refused', () => {
    for (const length of [0, 127, 128, 255, 256, 70_000]) {
      const [element] = readElements(sequence(new Uint8Array(length)));
      expect(element!.value).toHaveLength(length);
    }
    for (const wrong of ['3081', '308100', '30817f', '30820001', '3080', '3002aa', '1f0100', '308400000001aa']) {
      expect([wrong, code(() => readElements(Buffer.from(wrong, 'hex')))]).toEqual([wrong, 'ERR_CERTIFICATE']);
    }
  });

  test('no cut and no changed octet of a certificate makes anything else than a refusal', () => {
    const whole = issued({});
    for (let end = 0; end < whole.length; end += 7) expect(fault([whole.subarray(0, end), ca])).toMatch(/no DER/);
    for (let index = 0; index < whole.length; index += 3) {
      expect([index, fault([whole.with(index, whole[index]! ^ 0x01), ca])]).not.toEqual([index, undefined]);
    }
  });
});
