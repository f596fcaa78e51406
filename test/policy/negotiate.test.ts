import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suites } from '../../model/keys/suite.ts';
import { negotiatePolicies } from '../../model/policy/negotiate.ts';
import {
  aesCm128HmacSha1,
  aesCm256HmacSha1,
  samePolicy,
  writeSrtpPolicy,
  type SrtpPolicy,
} from '../../model/policy/securityPolicy.ts';
import { protTypes, srtpEncrAlgs, srtpParams } from '../../spec/registry/sp.ts';
import { bytes } from '../../src/run/byteRun.ts';

const write = (policies: readonly SrtpPolicy[]): ReturnType<typeof writeSrtpPolicy<Uint8Array>>[] =>
  policies.map((policy, no) => writeSrtpPolicy(bytes, no, policy));
const shortTag: SrtpPolicy = { ...aesCm256HmacSha1, tagLength: 4 };
const nullCipher: SrtpPolicy = { ...aesCm128HmacSha1, encrAlg: srtpEncrAlgs.NULL };
const { sha1, sha256 } = suites;

describe('[rfc3830:5.1.1-2] the next offer', () => {
  test('has what both sides support, in the own order, and nothing that was offered before', () => {
    const own = [aesCm256HmacSha1, shortTag, aesCm128HmacSha1];
    const supported = write([aesCm128HmacSha1, shortTag, nullCipher]);
    expect(negotiatePolicies(bytes, { supported, own, offered: [aesCm256HmacSha1], suite: sha256 })).toEqual([
      shortTag,
      aesCm128HmacSha1,
    ]);
    expect(negotiatePolicies(bytes, { supported, own, offered: own, suite: sha256 })).toEqual([]);
  });

  test('[rfc6043:12.1-12] has no 256-bit session key under 128-bit algorithms', () => {
    const own = [aesCm256HmacSha1, aesCm128HmacSha1];
    const input = { supported: write(own), own, offered: [] };
    expect(negotiatePolicies(bytes, { ...input, suite: sha1 })).toEqual([aesCm128HmacSha1]);
    expect(negotiatePolicies(bytes, { ...input, suite: sha256 })).toEqual(own);
  });

  test('passes over entries that it cannot read, that are not for SRTP, or that switch protection off', () => {
    const [good] = write([aesCm128HmacSha1]);
    const off = { type: srtpParams['SRTP encryption off/on'], value: Buffer.from([0]) };
    const supported = [
      { ...good!, params: [{ type: 0, value: Buffer.alloc(9) }] },
      { ...good!, protType: protTypes.TESLA },
      { ...good!, params: [...good!.params.filter(({ type }) => type !== off.type), off] },
    ];
    const input = { own: [aesCm128HmacSha1], offered: [], suite: sha256 };
    expect(negotiatePolicies(bytes, { ...input, supported })).toEqual([]);
    expect(negotiatePolicies(bytes, { ...input, supported: [...supported, good!] })).toEqual([aesCm128HmacSha1]);
  });

  test('is never outside of the own profile, whatever a forged list says (finding W16)', () => {
    const octet = fc.nat(255);
    const policy: fc.Arbitrary<SrtpPolicy> = fc.record({
      encrAlg: fc.nat(8),
      keyLength: fc.constantFrom(16, 32),
      authAlg: fc.nat(4),
      authKeyLength: octet,
      saltLength: octet,
      tagLength: fc.constantFrom(0, 4, 10),
    });
    const lists = fc.array(policy, { maxLength: 4 });
    fc.assert(
      fc.property(lists, lists, lists, (own, forged, offered) => {
        const next = negotiatePolicies(bytes, {
          supported: write([...forged, ...own.slice(1)]),
          own,
          offered,
          suite: sha256,
        });
        const among = (list: readonly SrtpPolicy[], one: SrtpPolicy): boolean =>
          list.some((candidate) => samePolicy(candidate, one));
        expect(next.every((one) => among(own, one) && !among(offered, one))).toBe(true);
        const left = own.slice(1).filter((one) => !among(offered, one));
        expect(left.every((one) => among(next, one))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
