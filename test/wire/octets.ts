/**
 * Octets as text, and errors as values, for tests that compare octet by octet.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';

/** Octets of a hexadecimal text; white space and everything behind a `#` of a line count for nothing. */
export function hex(text: string): Uint8Array {
  const digits = text.replaceAll(/#.*$/gm, '').replaceAll(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new RangeError(`not hexadecimal: ${digits}`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

/** Hexadecimal text of octets, without spaces. */
export function toHex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

/** Octets joined, left to right. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** What `body` throws, which has to be a MikeyError. */
export function thrownBy(body: () => unknown): MikeyError {
  try {
    body();
  } catch (error) {
    if (error instanceof MikeyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** HDR of 10 octets: version 1, REQUEST_INIT_PSK, the given next payload, CSB ID 01020304, an empty map. */
export function hdr(nextPayload: number): Uint8Array {
  return Uint8Array.of(1, 11, nextPayload, 0, 1, 2, 3, 4, 0, 1);
}
