/**
 * Cert hash payload (CHASH). The hash function alone says how long the hash is.
 *
 *     | Next payload 8 | Hash func 8 | Hash ... |
 *
 * Statements: rfc3830:6.8-1.
 *
 * @module
 * @see [RFC 3830, section 6.8](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.8)
 * @see [RFC 6043, section 6.7](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.7)
 */
import { hashLength } from '../../../spec/registry/certHash.ts';
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.8';
const hashFunc = fieldsOf(clause)('Hash func', 8);
const hash: Part = { name: 'Hash', clause };

/** CHASH; SHA-256 has number 2 and 32 octets (rfc6043:6.7-1). */
export const chashCodec: PayloadCodec<'CHASH'> = {
  kind: 'CHASH',
  clause,
  encode(writer, payload) {
    const length = hashLength(payload.hashFunc);
    if (length === undefined)
      throw writer.error('ERR_HASH_FUNC', `Hash func ${payload.hashFunc} is not known`, hashFunc);
    writer.number(payload.hashFunc, hashFunc);
    writer.bytes(payload.hash, hash, length);
  },
  decode(reader) {
    const func = reader.number(hashFunc);
    const length = hashLength(func);
    if (length === undefined)
      throw reader.error('ERR_HASH_FUNC', `Hash func ${func} is not known, nor its length`, hashFunc);
    return { kind: 'CHASH', hashFunc: func, hash: reader.bytes(hash, length) };
  },
};
