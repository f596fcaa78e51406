/**
 * Key data sub-payload: stands in the plaintext of a KEMAC and nowhere else.
 *
 *     | Next Payload 8 | Type 4 | KV 4 | Key data len 16 | Key data ... |
 *     | Salt len 16 | Salt data ... |       only if the Type says so
 *     | KV data ... |                       unless KV is Null
 *
 * Statements: rfc3830:6.13-2, -7, -8, -9.
 *
 * @module
 * @see [RFC 3830, section 6.13](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.13)
 * @see [RFC 6043, section 6.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2.1)
 */
import { hasSalt } from '../../../spec/registry/keyData.ts';
import { fieldsOf, type Part } from '../field.ts';
import { checkKvType, kvTypeOf, readKv, writeKv } from './keyValidity.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.13';
const field = fieldsOf(clause);
const typeField = field('Type', 4);
const kvField = field('KV', 4);
const keyLength = field('Key data len', 16);
const keyPart: Part = { name: 'Key data', clause };
const saltLength = field('Salt len', 16);
const saltPart: Part = { name: 'Salt data', clause };

/** Key data. */
export const keyDataCodec: PayloadCodec<'Key data'> = {
  kind: 'Key data',
  clause,
  encode(writer, payload) {
    const salted = hasSalt(payload.type);
    if (salted === undefined) {
      throw writer.error('ERR_UNSUPPORTED_PAYLOAD', `key type ${payload.type} is not known`, typeField);
    }
    if (salted !== (payload.salt !== undefined)) {
      throw writer.error('ERR_MALFORMED', salted ? 'the salt is missing' : 'this key type has no salt', saltPart);
    }
    writer.packed([
      [payload.type, typeField],
      [kvTypeOf(payload.kv), kvField],
    ]);
    writer.prefixed(payload.key, keyLength);
    if (payload.salt !== undefined) writer.prefixed(payload.salt, saltLength);
    writeKv(writer, payload.kv);
  },
  decode(reader) {
    const [type, kvType] = reader.packed([typeField, kvField]);
    const salted = hasSalt(type);
    if (salted === undefined) {
      throw reader.error(
        'ERR_UNSUPPORTED_PAYLOAD',
        `key type ${type} is not known, nor whether a salt follows`,
        typeField,
      );
    }
    checkKvType(reader, kvType, kvField);
    const key = reader.prefixed(keyLength, keyPart);
    const salt = salted ? { salt: reader.prefixed(saltLength, saltPart) } : {};
    return { kind: 'Key data', type, key, ...salt, kv: readKv(reader, kvType) };
  },
};
