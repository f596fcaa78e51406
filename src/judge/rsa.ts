/**
 * RSA for the judge: PKCS #1 v1.5 signatures and decryption, straight from the numbers that a vector gives.
 *
 * @module
 * @see [RFC 3830, section 4.2.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.4)
 * @see [RFC 8017, section 7.2](https://www.rfc-editor.org/rfc/rfc8017.html#section-7.2)
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Modulus, public exponent and, for the owner, the private exponent: unsigned, most significant octet first. */
export interface RsaNumbers {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d?: Uint8Array | undefined;
}

/** The longest modulus that is worked with, in octets: a vector must not keep the judge busy for hours. */
const longestModulus = 1024;

/** The public key of two numbers; undefined if they make none. */
function publicKeyOf({ n, e }: RsaNumbers): KeyObject | undefined {
  if (n.length === 0 || n.length > longestModulus || e.length > 8) return undefined;
  const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');
  try {
    return createPublicKey({ key: { kty: 'RSA', n: base64(n), e: base64(e) }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/**
 * Which hash makes an RSA/PKCS#1/1.5 signature hold (finding A20: the RFC names none).
 *
 * @returns undefined if it holds under neither
 */
export function signatureHash(
  key: RsaNumbers,
  data: Uint8Array,
  signature: Uint8Array,
): 'SHA-1' | 'SHA-256' | undefined {
  const publicKey = publicKeyOf(key);
  if (!publicKey) return undefined;
  const holds = (hash: 'sha1' | 'sha256'): boolean => {
    try {
      return verify(hash, data, publicKey, signature);
    } catch {
      return false;
    }
  };
  if (holds('sha256')) return 'SHA-256';
  return holds('sha1') ? 'SHA-1' : undefined;
}

/**
 * Opens an RSA/PKCS#1/1.5 ciphertext. Only for vectors: it takes no care to run in constant time.
 *
 * @returns undefined if it does not open to a padded message under this key
 */
export function openRsa(key: RsaNumbers, ciphertext: Uint8Array): Uint8Array | undefined {
  const { n, d } = key;
  if (!d || n.length === 0 || n.length > longestModulus || d.length > longestModulus) return undefined;
  const modulus = numberOf(n);
  const cipher = numberOf(ciphertext.subarray(0, longestModulus + 1));
  if (modulus < 3n || cipher >= modulus) return undefined;
  const text = power(cipher, numberOf(d), modulus).toString(16);
  const length = modulus.toString(16).length;
  const padded = Buffer.from(text.padStart(length + (length % 2), '0'), 'hex');
  const end = padded.indexOf(0, 2);
  // 00 02, at least eight octets that are not zero, 00, and the message.
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) return undefined;
  return Uint8Array.from(padded.subarray(end + 1));
}

function numberOf(octets: Uint8Array): bigint {
  return octets.length === 0 ? 0n : BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}

/** base ^ exponent mod modulus. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
