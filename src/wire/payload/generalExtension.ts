/**
 * General Extension payload.
 *
 *     | Next payload 8 | Type 8 | Length 16 | Data ... |
 *
 * Statements: rfc3830:6.15-1, -3.
 *
 * @module
 * @see [RFC 3830, section 6.15](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.15)
 */
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.15';
const field = fieldsOf(clause);
const typeField = field('Type', 8);
const lengthField = field('Length', 16);
const data: Part = { name: 'Data', clause };

/** General Extension. */
export const generalExtCodec: PayloadCodec<'General Ext.'> = {
  kind: 'General Ext.',
  clause,
  encode(writer, payload) {
    writer.number(payload.type, typeField);
    writer.prefixed(payload.data, lengthField);
  },
  decode(reader) {
    return { kind: 'General Ext.', type: reader.number(typeField), data: reader.prefixed(lengthField, data) };
  },
};
