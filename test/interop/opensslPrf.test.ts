import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { prf } from '../../src/crypto/prf.ts';
import { describePeer, output } from './peer.ts';

/** The MIKEY PRF is P_hash of TLS 1.0 for inkeys of one block; openssl has it as TLS1-PRF with a single digest. */
function opensslBlock(digest: 'SHA1' | 'SHA256', secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
  const options = [`digest:${digest}`, `hexsecret:${hex(secret)}`, `hexseed:${hex(seed)}`];
  const args = [
    'kdf',
    '-binary',
    '-keylen',
    String(length),
    ...options.flatMap((option) => ['-kdfopt', option]),
    'TLS1-PRF',
  ];
  return output('openssl', args);
}

/** Octets that look random and are the same in every run. */
function octets(label: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${label} ${index}`).digest(),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

describePeer('openssl', { versionArgs: ['version'], debian: 'openssl' }, () => {
  test.each([
    [0, 'SHA1'],
    [1, 'SHA256'],
  ] as const)(
    '[rfc3830:4.1.2-4] [rfc3830:4.1.2-5] [rfc6043:6.1-7] [rfc6043:6.1-8] [rfc6043:6.1-9] computes PRF func %i as we do, for 60 inputs',
    (prfFunc, digest) => {
      for (let index = 0; index < 60; index += 1) {
        const inkey = octets(`inkey ${index}`, 16 + index);
        const label = octets(`label ${index}`, 5 + index * 2);
        const length = [14, 16, 20, 32, 64][index % 5]!;
        const expected = Buffer.alloc(length);
        for (let start = 0; start < inkey.length; start += 32) {
          const block = opensslBlock(digest, inkey.subarray(start, start + 32), label, length);
          block.forEach((octet, place) => (expected[place]! ^= octet));
        }
        expect(Buffer.from(prf(prfFunc, inkey, { label, length })).toString('hex')).toBe(expected.toString('hex'));
      }
    },
  );
});
