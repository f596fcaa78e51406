/**
 * Error payload (ERR).
 *
 *     | Next Payload 8 | Error no 8 | Reserved 16 |
 *
 * Statements: rfc3830:6.12-1.
 *
 * @module
 * @see [RFC 3830, section 6.12](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.12)
 */
import { fieldsOf } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.12';
const field = fieldsOf(clause);
const errorNo = field('Error no', 8);
const reserved = field('Reserved', 16);

/** ERR. Reserved bits are kept as they are, so that a MAC over them still holds. */
export const errCodec: PayloadCodec<'ERR'> = {
  kind: 'ERR',
  clause,
  encode(writer, payload) {
    writer.number(payload.errorNo, errorNo);
    writer.number(payload.reserved, reserved);
  },
  decode(reader) {
    return { kind: 'ERR', errorNo: reader.number(errorNo), reserved: reader.number(reserved) };
  },
};
