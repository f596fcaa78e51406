/**
 * Timestamp payloads: T, and TR with a role. The TS type alone says how long the TS value is.
 *
 *     T:  | Next payload 8 | TS type 8 | TS value ... |
 *     TR: | Next Payload 8 | TS Role 8 | TS Type 8 | TS Value ... |
 *
 * Statements: rfc3830:6.6-1.
 *
 * @module
 * @see [RFC 3830, section 6.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.6)
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 * @see [RFC 6043, section 6.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.4)
 */
import { tsLength } from '../../../spec/registry/timestamps.ts';
import { fieldsOf, type Field, type Part } from '../field.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import type { Bytes, PayloadCodec } from './payloadCodec.ts';

const tClause = 'rfc3830:6.6';
const tField = fieldsOf(tClause);
const tType = tField('TS type', 8);
const tValue: Part = { name: 'TS value', clause: tClause };

/** T. */
export const tCodec: PayloadCodec<'T'> = {
  kind: 'T',
  clause: tClause,
  encode(writer, payload) {
    writeStamp(writer, payload, { type: tType, value: tValue });
  },
  decode(reader) {
    return { kind: 'T', ...readStamp(reader, tType, tValue) };
  },
};

const trClause = 'rfc6043:6.4-1';
const trField = fieldsOf(trClause);
const trRole = trField('TS Role', 8);
const trType = trField('TS Type', 8);
const trValue: Part = { name: 'TS Value', clause: trClause };

/** TR: the fields of T, and a TS Role (rfc6043:6.4-1). */
export const trCodec: PayloadCodec<'TR'> = {
  kind: 'TR',
  clause: trClause,
  encode(writer, payload) {
    writer.number(payload.role, trRole);
    writeStamp(writer, payload, { type: trType, value: trValue });
  },
  decode(reader) {
    const role = reader.number(trRole);
    return { kind: 'TR', role, ...readStamp(reader, trType, trValue) };
  },
};

/** A TS type and its TS value. */
interface Stamp {
  readonly tsType: number;
  readonly value: Bytes;
}

function writeStamp(
  writer: Writer,
  stamp: Stamp,
  { type, value }: { readonly type: Field; readonly value: Part },
): void {
  const length = tsLength(stamp.tsType);
  if (length === undefined) throw writer.error('ERR_TIMESTAMP', `TS type ${stamp.tsType} is not known`, type);
  writer.number(stamp.tsType, type);
  writer.bytes(stamp.value, value, length);
}

function readStamp(reader: Reader, type: Field, value: Part): Stamp {
  const tsType = reader.number(type);
  const length = tsLength(tsType);
  if (length === undefined) throw reader.error('ERR_TIMESTAMP', `TS type ${tsType} is not known, nor its length`, type);
  return { tsType, value: reader.bytes(value, length) };
}
