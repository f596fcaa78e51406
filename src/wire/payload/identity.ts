/**
 * Identity and certificate payloads: ID and CERT share a layout, IDR puts a role in front of it.
 *
 *     ID, CERT: | Next Payload 8 | ID/Cert Type 8 | ID/Cert len 16 | ID/Certificate Data ... |
 *     IDR:      | Next Payload 8 | ID Role 8 | ID Type 8 | ID len 16 | ID Data ... |
 *
 * ID Data is not looked into: an ID of type byte string has no rules at all (rfc6043:6.5-1), and for the others a receiver
 * compares octets.
 *
 * Statements: rfc3830:6.7-1.
 *
 * @module
 * @see [RFC 3830, section 6.7](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.7)
 * @see [RFC 6043, section 6.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.5)
 * @see [RFC 6043, section 6.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.6)
 */
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.7';
const field = fieldsOf(clause);
const idType = field('ID Type', 8);
const idLength = field('ID len', 16);
const idData: Part = { name: 'ID Data', clause };

/** ID. */
export const idCodec: PayloadCodec<'ID'> = {
  kind: 'ID',
  clause,
  encode(writer, payload) {
    writer.number(payload.idType, idType);
    writer.prefixed(payload.data, idLength);
  },
  decode(reader) {
    return { kind: 'ID', idType: reader.number(idType), data: reader.prefixed(idLength, idData) };
  },
};

const certType = field('Cert Type', 8);
const certLength = field('Cert len', 16);
const certData: Part = { name: 'Certificate Data', clause };

/** CERT. */
export const certCodec: PayloadCodec<'CERT'> = {
  kind: 'CERT',
  clause,
  encode(writer, payload) {
    writer.number(payload.certType, certType);
    writer.prefixed(payload.data, certLength);
  },
  decode(reader) {
    return { kind: 'CERT', certType: reader.number(certType), data: reader.prefixed(certLength, certData) };
  },
};

const idrClause = 'rfc6043:6.6-2';
const idrField = fieldsOf(idrClause);
const idrRole = idrField('ID Role', 8);
const idrType = idrField('ID Type', 8);
const idrLength = idrField('ID len', 16);
const idrData: Part = { name: 'ID Data', clause: idrClause };

/** IDR: the fields of ID, and an ID Role (rfc6043:6.6-2). */
export const idrCodec: PayloadCodec<'IDR'> = {
  kind: 'IDR',
  clause: idrClause,
  encode(writer, payload) {
    writer.number(payload.role, idrRole);
    writer.number(payload.idType, idrType);
    writer.prefixed(payload.data, idrLength);
  },
  decode(reader) {
    const role = reader.number(idrRole);
    return { kind: 'IDR', role, idType: reader.number(idrType), data: reader.prefixed(idrLength, idrData) };
  },
};
