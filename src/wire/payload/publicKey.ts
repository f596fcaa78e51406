/**
 * Payloads of the public-key methods: PKE (envelope key), DH (Diffie-Hellman value) and SIGN (signature).
 *
 *     PKE:  | Next Payload 8 | C 2 | Data len 14 | Data ... |
 *     DH:   | Next Payload 8 | DH-Group 8 | DH-value ... | Reserv 4 | KV 4 | KV data ... |
 *     SIGN: | S type 4 | Signature len 12 | Signature ... |
 *
 * The DH-Group alone says how long the DH-value is. SIGN has no next payload field: nothing can follow it.
 *
 * Statements: rfc3830:6.3-1; rfc3830:6.4-1, -3; rfc3830:6.5-1.
 *
 * @module
 * @see [RFC 3830, section 6.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.3)
 * @see [RFC 3830, section 6.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.4)
 * @see [RFC 3830, section 6.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.5)
 */
import { dhValueLength } from '../../../spec/registry/publicKey.ts';
import { fieldsOf, type Part } from '../field.ts';
import { checkKvType, kvTypeOf, readKv, writeKv } from './keyValidity.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const pkeClause = 'rfc3830:6.3';
const pkeField = fieldsOf(pkeClause);
const cacheField = pkeField('C', 2);
const pkeLength = pkeField('Data len', 14);
const pkeData: Part = { name: 'Data', clause: pkeClause };

/** PKE. */
export const pkeCodec: PayloadCodec<'PKE'> = {
  kind: 'PKE',
  clause: pkeClause,
  encode(writer, payload) {
    writer.packed([
      [payload.cache, cacheField],
      [payload.data.length, pkeLength],
    ]);
    writer.raw(payload.data);
  },
  decode(reader) {
    const [cache, length] = reader.packed([cacheField, pkeLength]);
    return { kind: 'PKE', cache, data: reader.bytes(pkeData, length) };
  },
};

const dhClause = 'rfc3830:6.4';
const dhField = fieldsOf(dhClause);
const groupField = dhField('DH-Group', 8);
const dhValue: Part = { name: 'DH-value', clause: dhClause };
const reservedField = dhField('Reserv', 4);
const kvField = dhField('KV', 4);

/** DH. Reserved bits are kept as they are. */
export const dhCodec: PayloadCodec<'DH'> = {
  kind: 'DH',
  clause: dhClause,
  encode(writer, payload) {
    const length = dhValueLength(payload.group);
    if (length === undefined) {
      throw writer.error('ERR_UNSUPPORTED_PAYLOAD', `DH-Group ${payload.group} is not known`, groupField);
    }
    writer.number(payload.group, groupField);
    writer.bytes(payload.value, dhValue, length);
    writer.packed([
      [payload.reserved, reservedField],
      [kvTypeOf(payload.kv), kvField],
    ]);
    writeKv(writer, payload.kv);
  },
  decode(reader) {
    const group = reader.number(groupField);
    const length = dhValueLength(group);
    if (length === undefined) {
      throw reader.error('ERR_UNSUPPORTED_PAYLOAD', `DH-Group ${group} is not known, nor its length`, groupField);
    }
    const value = reader.bytes(dhValue, length);
    const [reserved, kvType] = reader.packed([reservedField, kvField]);
    checkKvType(reader, kvType, kvField);
    return { kind: 'DH', group, value, reserved, kv: readKv(reader, kvType) };
  },
};

const signClause = 'rfc3830:6.5';
const signField = fieldsOf(signClause);
const sTypeField = signField('S type', 4);
const signLength = signField('Signature len', 12);
const signature: Part = { name: 'Signature', clause: signClause };

/** SIGN. */
export const signCodec: PayloadCodec<'SIGN'> = {
  kind: 'SIGN',
  clause: signClause,
  encode(writer, payload, { omit }) {
    writer.packed([
      [payload.sType, sTypeField],
      [payload.signature.length, signLength],
    ]);
    // A signature does not cover itself, but it does cover its length (rfc6043:5.5).
    if (!omit.includes('MAC field')) writer.raw(payload.signature);
  },
  decode(reader) {
    const [sType, length] = reader.packed([sTypeField, signLength]);
    return { kind: 'SIGN', sType, signature: reader.bytes(signature, length) };
  },
};
