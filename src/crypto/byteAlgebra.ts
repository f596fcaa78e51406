/**
 * The algebra over bytes: real MIKEY messages and real keys.
 *
 * @module
 */
import { timingSafeEqual } from 'node:crypto';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Algebra } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';
import { decode, encode } from '../wire/codec.ts';
import { instantOf, timestampOf } from '../wire/time.ts';
import { transportCipher } from './keyTransport.ts';
import { computeMac } from './mac.ts';
import { prf } from './prf.ts';

/** The algebra over bytes. It has no state. */
export function createByteAlgebra(): Algebra<Uint8Array> {
  return {
    octets,
    text: utf8ToBytes,
    asText,
    concat: (parts) => concatBytes(...parts),
    length: (value) => value.length,
    number,
    // Lengths are public; octets are compared in constant time.
    equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
    prf,
    mac: computeMac,
    encrypt: transportCipher,
    decrypt: transportCipher,
    encode,
    decode,
    timestamp: timestampOf,
    instant: instantOf,
  };
}

/** A constant. @throws MikeyError ERR_MALFORMED unless it is pairs of hexadecimal digits */
function octets(hex: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new MikeyError('ERR_MALFORMED', 'not pairs of hexadecimal digits');
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** A text, if the octets are UTF-8. */
function asText(value: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return undefined;
  }
}

/** An unsigned integer. @throws MikeyError ERR_MALFORMED if it has no octets, or more than 4 */
function number(value: Uint8Array): number {
  if (value.length === 0 || value.length > 4) {
    throw new MikeyError('ERR_MALFORMED', `${value.length} octets are no number`, { clause: 'rfc3830:6.10' });
  }
  return value.reduce((sum, octet) => sum * 256 + octet, 0);
}
