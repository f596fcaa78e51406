/**
 * RSA keys: fresh ones, and worthless ones for runs that must be repeatable.
 *
 * @module
 * @see [RFC 8017, section 3](https://www.rfc-editor.org/rfc/rfc8017.html#section-3)
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { worthlessPrimes } from './worthlessKeys.ts';

/** A key pair: PKCS #8 and SubjectPublicKeyInfo, in DER. */
export interface RsaKeyPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** The usual public exponent. */
const exponent = 65_537n;

/** A fresh key pair. @param bits - length of the modulus; default 2048, which takes about a tenth of a second */
export function freshKeyPair(bits = 2048): RsaKeyPair {
  return exported(generateKeyPairSync('rsa', { modulusLength: bits }).privateKey);
}

/** How many worthless keys there are. */
export const worthlessKeyCount: number = worthlessPrimes.length;

/**
 * A key pair that everybody knows, for repeatable runs and tests only.
 *
 * @param index - from 0, below {@link worthlessKeyCount}
 * @throws RangeError if there is none with this index
 */
export function worthlessKeyPair(index: number): RsaKeyPair {
  const primes = worthlessPrimes[index];
  if (!primes) throw new RangeError(`there are ${worthlessKeyCount} worthless keys only`);
  const p = numberOf(primes.p);
  const q = numberOf(primes.q);
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const values = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, base64url(value)]));
  return exported(createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' }));
}

function exported(key: KeyObject): RsaKeyPair {
  return {
    privateKey: new Uint8Array(key.export({ format: 'der', type: 'pkcs8' })),
    publicKey: new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
  };
}

function numberOf(text: string): bigint {
  return BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);
}

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

/** The inverse of `a` modulo `m`, which have no common divisor. */
function inverse(a: bigint, m: bigint): bigint {
  let [r0, r1, t0, t1] = [m, a, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, t0, t1] = [r1, r0 - quotient * r1, t1, t0 - quotient * t1];
  }
  return t0 < 0n ? t0 + m : t0;
}
