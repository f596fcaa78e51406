/**
 * RAND payloads: RAND, and RANDR with a role.
 *
 *     RAND:  | Next payload 8 | RAND len 8 | RAND ... |
 *     RANDR: | Next Payload 8 | RAND Role 8 | RAND length 8 | RAND ... |
 *
 * A RAND should have 16 octets or more, but how long it has to be depends on the keys: the codec takes any length.
 *
 * Statements: rfc3830:6.11-3, -4.
 *
 * @module
 * @see [RFC 3830, section 6.11](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.11)
 * @see [RFC 6043, section 6.8](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.8)
 */
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const randClause = 'rfc3830:6.11';
const randLength = fieldsOf(randClause)('RAND len', 8);
const randValue: Part = { name: 'RAND', clause: randClause };

/** RAND. */
export const randCodec: PayloadCodec<'RAND'> = {
  kind: 'RAND',
  clause: randClause,
  encode(writer, payload) {
    writer.prefixed(payload.rand, randLength);
  },
  decode(reader) {
    return { kind: 'RAND', rand: reader.prefixed(randLength, randValue) };
  },
};

const randrClause = 'rfc6043:6.8-1';
const randrField = fieldsOf(randrClause);
const randrRole = randrField('RAND Role', 8);
const randrLength = randrField('RAND length', 8);
const randrValue: Part = { name: 'RAND', clause: randrClause };

/** RANDR: the fields of RAND, and a RAND Role (rfc6043:6.8-1). */
export const randrCodec: PayloadCodec<'RANDR'> = {
  kind: 'RANDR',
  clause: randrClause,
  encode(writer, payload) {
    writer.number(payload.role, randrRole);
    writer.prefixed(payload.rand, randrLength);
  },
  decode(reader) {
    const role = reader.number(randrRole);
    return { kind: 'RANDR', role, rand: reader.prefixed(randrLength, randrValue) };
  },
};
