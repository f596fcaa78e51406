/**
 * Ticket header payload (THDR): begins Ticket Data, and therefore has no payload number.
 *
 *     | Next Payload 8 | THDR Data length 16 | THDR Data ... |
 *
 * @module
 * @see [RFC 6043, appendix A.3](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.3)
 */
import type { ThdrPayload } from '../../../model/message/payload.ts';
import { fieldsOf, type Part } from '../field.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import type { Bytes } from './payloadCodec.ts';

const clause = 'rfc6043:A.3-1';
const lengthField = fieldsOf(clause)('THDR Data length', 16);
const data: Part = { name: 'THDR Data', clause };

/** The payload as a whole. */
export const thdrPart: Part = { name: 'THDR', clause };

/** Writes THDR without its next payload field. */
export function writeThdr(writer: Writer, thdr: ThdrPayload<Bytes>): void {
  writer.prefixed(thdr.data, lengthField);
}

/** Reads THDR without its next payload field. */
export function readThdr(reader: Reader): ThdrPayload<Bytes> {
  return { kind: 'THDR', data: reader.prefixed(lengthField, data) };
}
