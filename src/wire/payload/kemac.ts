/**
 * Key data transport payload (KEMAC). The MAC alg alone says how long the MAC is.
 *
 *     | Next payload 8 | Encr alg 8 | Encr data len 16 | Encr data ... | Mac alg 8 | MAC ... |
 *
 * Statements: rfc3830:6.2-1, -2.
 *
 * @module
 * @see [RFC 3830, section 6.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.2)
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import { macLength } from '../../../spec/registry/kemac.ts';
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.2';
const field = fieldsOf(clause);
const encrAlg = field('Encr alg', 8);
const encrLength = field('Encr data len', 16);
const encrData: Part = { name: 'Encr data', clause };
const macAlg = field('Mac alg', 8);
const mac: Part = { name: 'MAC', clause };

/** The whole payload, next payload field included, has 2^16 octets at most (rfc3830:6.13). */
const maxLength = 2 ** 16;
/** Next payload, Encr alg, Encr data len and Mac alg. */
const fixedLength = 5;

/** KEMAC. Encr data stays as it is: it may be empty, and what it holds shows after decryption only. */
export const kemacCodec: PayloadCodec<'KEMAC'> = {
  kind: 'KEMAC',
  clause,
  encode(writer, payload) {
    const length = macLength(payload.macAlg);
    if (length === undefined) throw writer.error('ERR_MAC_ALG', `Mac alg ${payload.macAlg} is not known`, macAlg);
    if (fixedLength + payload.encrData.length + length > maxLength) {
      throw writer.error('ERR_MALFORMED', tooLong, { ...encrData, clause: 'rfc3830:6.13' });
    }
    writer.number(payload.encrAlg, encrAlg);
    writer.prefixed(payload.encrData, encrLength);
    writer.number(payload.macAlg, macAlg);
    writer.bytes(payload.mac, mac, length);
  },
  decode(reader) {
    const algorithm = reader.number(encrAlg);
    const data = reader.prefixed(encrLength, encrData);
    const macAlgorithm = reader.number(macAlg);
    const length = macLength(macAlgorithm);
    if (length === undefined) {
      throw reader.error('ERR_MAC_ALG', `Mac alg ${macAlgorithm} is not known, nor its length`, macAlg);
    }
    if (fixedLength + data.length + length > maxLength) {
      throw reader.error('ERR_MALFORMED', tooLong, { ...macAlg, clause: 'rfc3830:6.13' });
    }
    const value = reader.bytes(mac, length);
    return { kind: 'KEMAC', encrAlg: algorithm, encrData: data, macAlg: macAlgorithm, mac: value };
  },
};

const tooLong = 'KEMAC is longer than 2^16 octets';
