/**
 * Security Policy payload (SP): type/length/value triples that fill the policy param field.
 *
 *     | Next payload 8 | Policy no 8 | Prot type 8 | Policy param length 16 | { Type 8 | Length 8 | Value ... } ... |
 *
 * Statements: rfc3830:6.10-4.
 *
 * @module
 * @see [RFC 3830, section 6.10](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.10)
 */
import type { SpParameter } from '../../../model/message/payload.ts';
import { fieldsOf, nth, type Part } from '../field.ts';
import type { Bytes, PayloadCodec } from './payloadCodec.ts';

const clause = 'rfc3830:6.10';
const field = fieldsOf(clause);
const policyNo = field('Policy no', 8);
const protType = field('Prot type', 8);
const paramsLength = field('Policy param length', 16);
const params: Part = { name: 'Policy param', clause };
const paramType = field('Type', 8);
const paramLength = field('Length', 8);
const paramValue: Part = { name: 'Value', clause };

/** SP. */
export const spCodec: PayloadCodec<'SP'> = {
  kind: 'SP',
  clause,
  encode(writer, payload) {
    writer.number(payload.policyNo, policyNo);
    writer.number(payload.protType, protType);
    writer.measured(paramsLength, () => {
      for (const [index, param] of payload.params.entries()) {
        writer.group({ name: nth('Parameter', index + 1), clause }, () => {
          writer.number(param.type, paramType);
          writer.prefixed(param.value, paramLength);
        });
      }
    });
  },
  decode(reader) {
    const no = reader.number(policyNo);
    const protocol = reader.number(protType);
    const found: SpParameter<Bytes>[] = [];
    reader.within(params, reader.number(paramsLength), () => {
      while (reader.remaining > 0) {
        const part = { name: nth('Parameter', found.length + 1), clause };
        found.push(
          reader.group(part, () => ({
            type: reader.number(paramType),
            value: reader.prefixed(paramLength, paramValue),
          })),
        );
      }
    });
    return { kind: 'SP', policyNo: no, protType: protocol, params: found };
  },
};
