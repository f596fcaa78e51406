/**
 * Key validity data (KV): part of a Key data sub-payload or of a DH payload. Its type stands there.
 *
 *     SPI:      | SPI Length 8 | SPI ... |
 *     Interval: | VF Length 8 | Valid From ... | VT Length 8 | Valid To ... |
 *
 * Statements: rfc3830:6.14-1, -2.
 *
 * @module
 * @see [RFC 3830, section 6.14](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.14)
 */
import type { KeyValidity } from '../../../model/message/payload.ts';
import { kvTypes } from '../../../spec/registry/keyData.ts';
import { fieldsOf, type Field, type Part } from '../field.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import type { Bytes } from './payloadCodec.ts';

const clause = 'rfc3830:6.14';
const field = fieldsOf(clause);
const spiLength = field('SPI Length', 8);
const spi: Part = { name: 'SPI', clause };
const fromLength = field('VF Length', 8);
const from: Part = { name: 'Valid From', clause };
const toLength = field('VT Length', 8);
const to: Part = { name: 'Valid To', clause };

/**
 * The number of a KV type.
 *
 * @param kv - key validity data
 * @returns the number that stands in the KV field of the payload
 */
export function kvTypeOf(kv: KeyValidity<Bytes>): number {
  return kvTypes[kv.kind];
}

/**
 * Turns down a KV type that is not in use: the length of its data is unknown. To be called when KV has just been read.
 *
 * @param kvField - the field that holds it
 * @throws MikeyError ERR_UNSUPPORTED_PAYLOAD
 */
export function checkKvType(reader: Reader, kvType: number, kvField: Field): void {
  if (kvType > kvTypes.Interval) {
    throw reader.error('ERR_UNSUPPORTED_PAYLOAD', `KV type ${kvType} is not known, nor its length`, kvField);
  }
}

/** Writes KV data; nothing for Null. */
export function writeKv(writer: Writer, kv: KeyValidity<Bytes>): void {
  if (kv.kind === 'SPI') writer.prefixed(kv.spi, spiLength);
  if (kv.kind === 'Interval') {
    writer.prefixed(kv.from, fromLength);
    writer.prefixed(kv.to, toLength);
  }
}

/**
 * Reads KV data.
 *
 * @param kvType - number of the KV type, already checked
 */
export function readKv(reader: Reader, kvType: number): KeyValidity<Bytes> {
  if (kvType === kvTypes.SPI) return { kind: 'SPI', spi: reader.prefixed(spiLength, spi) };
  if (kvType === kvTypes.Interval) {
    return { kind: 'Interval', from: reader.prefixed(fromLength, from), to: reader.prefixed(toLength, to) };
  }
  return { kind: 'Null' };
}
