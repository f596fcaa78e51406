/**
 * RSA for the judge: signatures and envelopes, straight from the numbers that a vector gives.
 *
 * @module
 * @see [RFC 3830, section 4.2.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.4)
 * @see [RFC 8017, section 7.2](https://www.rfc-editor.org/rfc/rfc8017.html#section-7.2)
 */
import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

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
 * Which hash makes a signature hold: no field of a message tells (finding A20).
 *
 * @param how - PKCS #1 v1.5 or PSS, with a salt of any length
 * @returns undefined if it holds under neither
 */
export function signatureHash(
  key: RsaNumbers,
  data: Uint8Array,
  { signature, how }: { readonly signature: Uint8Array; readonly how: 'v1.5' | 'PSS' },
): 'SHA-1' | 'SHA-256' | undefined {
  const publicKey = publicKeyOf(key);
  if (!publicKey) return undefined;
  const padding = how === 'PSS' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const holds = (hash: 'sha1' | 'sha256'): boolean => {
    try {
      return verify(hash, data, { key: publicKey, padding }, signature);
    } catch {
      return false;
    }
  };
  if (holds('sha256')) return 'SHA-256';
  return holds('sha1') ? 'SHA-1' : undefined;
}

/**
 * Opens an RSA ciphertext, for vectors only: it takes no care to run in constant time.
 *
 * @returns what it holds under each padding that fits: PKCS #1 v1.5, and OAEP with SHA-1 and SHA-256. No field tells which one is meant.
 */
export function openRsa(key: RsaNumbers, ciphertext: Uint8Array): readonly Uint8Array[] {
  const { n, d } = key;
  if (!d || n.length === 0 || n.length > longestModulus || d.length > longestModulus) return [];
  const modulus = numberOf(n);
  const cipher = numberOf(ciphertext.subarray(0, longestModulus + 1));
  if (modulus < 3n || cipher >= modulus) return [];
  const text = power(cipher, numberOf(d), modulus).toString(16);
  const length = modulus.toString(16).length;
  const block = Buffer.from(text.padStart(length + (length % 2), '0'), 'hex');
  const found = [unpad(block), unpadOaep(block, 'sha1'), unpadOaep(block, 'sha256')];
  return found.filter((one) => one !== undefined).map((one) => Uint8Array.from(one));
}

/** 00 02, at least eight octets that are not zero, 00, and the message. */
function unpad(block: Buffer): Buffer | undefined {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1) : undefined;
}

/** 00, masked seed, masked (hash of the empty label, zeros, 01, and the message). */
function unpadOaep(block: Buffer, hash: 'sha1' | 'sha256'): Buffer | undefined {
  const empty = createHash(hash).digest();
  if (block[0] !== 0 || block.length < 2 * empty.length + 2) return undefined;
  const masked = block.subarray(1 + empty.length);
  const seed = xor(block.subarray(1, 1 + empty.length), mask(hash, masked, empty.length));
  const data = xor(masked, mask(hash, seed, masked.length));
  const rest = data.subarray(empty.length);
  const start = rest.findIndex((octet) => octet !== 0);
  return data.subarray(0, empty.length).equals(empty) && rest[start] === 1 ? rest.subarray(start + 1) : undefined;
}

/** MGF1. */
function mask(hash: 'sha1' | 'sha256', seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let index = 0, done = 0; done < length; index += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    const next = createHash(hash).update(seed).update(counter).digest();
    blocks.push(next);
    done += next.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((octet, index) => octet ^ (b[index] ?? 0)));
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
