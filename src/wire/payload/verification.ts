/**
 * Verification payload (V). The algorithm alone says how long the MAC is.
 *
 *     | Next Payload 8 | Auth alg 8 | Ver data (the MAC) ... |
 *
 * Statements: rfc3830:6.9-1, -2.
 *
 * @module
 * @see [RFC 3830, section 6.9](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.9)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { macLength } from '../../../spec/registry/kemac.ts';
import { fieldsOf, type Part } from '../field.ts';
import type { PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.9';
const authAlg = fieldsOf(clause)('Auth alg', 8);
const verData: Part = { name: 'Ver data', clause };

/** V; the numbers of its Auth alg are those of MAC alg in KEMAC. */
export const vCodec: PayloadCodec<'V'> = {
  kind: 'V',
  clause,
  encode(writer, payload, { omit }) {
    const length = macLength(payload.authAlg);
    if (length === undefined) throw writer.error('ERR_MAC_ALG', `Auth alg ${payload.authAlg} is not known`, authAlg);
    writer.number(payload.authAlg, authAlg);
    // What a MAC covers goes up to this point; the MAC may not even be known yet.
    if (!omit.includes('MAC field')) writer.bytes(payload.mac, verData, length);
  },
  decode(reader) {
    const alg = reader.number(authAlg);
    const length = macLength(alg);
    if (length === undefined)
      throw reader.error('ERR_MAC_ALG', `Auth alg ${alg} is not known, nor its length`, authAlg);
    return { kind: 'V', authAlg: alg, mac: reader.bytes(verData, length) };
  },
};
