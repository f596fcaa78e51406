/**
 * The part of DER that certificates need: tag, length, value, both ways.
 *
 * @module
 * @see [ITU-T X.690](https://www.itu.int/rec/T-REC-X.690)
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { MikeyError } from '../../model/error.ts';

/** Tags in use: universal ones, and context tags by their number. */
export const tags = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  'BIT STRING': 0x03,
  'OCTET STRING': 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTF8String: 0x0c,
  UTCTime: 0x17,
  GeneralizedTime: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** A context tag. */
export function contextTag(number: number, constructed: boolean): number {
  return (constructed ? 0xa0 : 0x80) + number;
}

/** One element. */
export function der(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const value = concatBytes(...values);
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(value.length)), value);
}

/** A SEQUENCE. */
export function sequence(...elements: readonly Uint8Array[]): Uint8Array {
  return der(tags.SEQUENCE, ...elements);
}

/** An OBJECT IDENTIFIER in dotted form. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(tags.OID, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A non-negative INTEGER. @param value - most significant octet first */
export function unsignedInteger(value: Uint8Array): Uint8Array {
  const start = value.findIndex((octet) => octet !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : value.subarray(start);
  return der(tags.INTEGER, (digits[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), digits) : digits);
}

/** A BIT STRING of whole octets. @param unused - bits at its end that do not count */
export function bitString(value: Uint8Array, unused = 0): Uint8Array {
  return der(tags['BIT STRING'], Uint8Array.of(unused), value);
}

/** A time as certificates hold it: UTCTime up to 2049, then GeneralizedTime. @param millis - Unix time */
export function time(millis: number): Uint8Array {
  const digits = new Date(millis)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? der(tags.UTCTime, utf8ToBytes(digits.slice(2)))
    : der(tags.GeneralizedTime, utf8ToBytes(digits));
}

/** An element that was read. */
export interface Element {
  readonly tag: number;
  readonly value: Uint8Array;
}

/**
 * Reads elements that follow each other.
 *
 * @throws MikeyError ERR_CERTIFICATE if the octets are no DER
 */
export function readElements(octets: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < octets.length;) {
    const tag = octets[at] ?? 0;
    const { length, start } = readLength(octets, at + 1);
    if ((tag & 0x1f) === 0x1f || start + length > octets.length) throw malformed();
    elements.push({ tag, value: octets.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}

/** The text of an OBJECT IDENTIFIER's value. */
export function oidText(value: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const octet of value) {
    number = number * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** The error of everything here. */
export function malformed(): MikeyError {
  return new MikeyError('ERR_CERTIFICATE', 'the certificate is no DER of X.509', { clause: 'rfc3830:6.7-5' });
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 + octets.length, ...octets];
}

/** A length and where the value starts; only the shortest form is DER. */
function readLength(octets: Uint8Array, at: number): { readonly length: number; readonly start: number } {
  const first = octets[at];
  if (first === undefined) throw malformed();
  if (first < 0x80) return { length: first, start: at + 1 };
  const count = first - 0x80;
  const digits = octets.subarray(at + 1, at + 1 + count);
  if (count === 0 || count > 3 || digits.length < count) throw malformed();
  const length = digits.reduce((sum, octet) => sum * 256 + octet, 0);
  if (length < 0x80 || digits[0] === 0) throw malformed();
  return { length, start: at + 1 + count };
}

function base128(value: number): readonly number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) + 128);
  return digits;
}
