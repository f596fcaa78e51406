/**
 * Messages that cannot be read, or that lack a payload or have one twice.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 * @see [RFC 3830, section 6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6)
 */
import type { MikeyErrorCode } from '../../../model/error.ts';
import type { PayloadKind } from '../../../model/message/payload.ts';
import type { Attack, Change } from './attack.ts';
import * as edit from './edits.ts';
import { standard } from './scenes.ts';

/** Where a message of each type goes. */
const messages = [
  ['REQUEST_INIT_PSK', 'kms', ['T', 'RANDR', 'TP', 'V'], 'rfc6043:4.2.1-1'],
  ['REQUEST_RESP', 'alice', ['T', 'TICKET', 'KEMAC', 'V'], 'rfc6043:4.2.1-2'],
  ['TRANSFER_INIT', 'bob-phone', ['T', 'RANDR', 'TICKET', 'V'], 'rfc6043:4.2.2-1'],
  ['RESOLVE_INIT_PSK', 'kms', ['T', 'RANDR', 'TICKET', 'V'], 'rfc6043:4.2.3-5'],
  ['RESOLVE_RESP', 'bob-phone', ['T', 'KEMAC', 'V'], 'rfc6043:4.2.3-6'],
  ['TRANSFER_RESP', 'alice', ['T', 'V'], 'rfc6043:4.2.2-2'],
] as const satisfies readonly (readonly [string, string, readonly PayloadKind[], string])[];

/** All of them. */
export function formAttacks(): readonly Attack[] {
  return messages.flatMap(([type, to, needed, clause]): readonly Attack[] => {
    const short = type.replace(/_PSK$/, '');
    const broken = (flag: Attack['flag'], what: string, code: MikeyErrorCode, change: Change): Attack => ({
      flag,
      what: `${short} ${what}`,
      scenario: standard(),
      at: { type, to },
      change,
      refused: { by: to, code },
    });
    return [
      broken('Truncated', 'without its last octet', 'ERR_TRUNCATED', ({ hop }) => hop.octets.slice(0, -1)),
      broken('TrailingOctets', 'with an octet too many', 'ERR_TRAILING', ({ hop }) =>
        Uint8Array.from([...hop.octets, 0]),
      ),
      ...needed.map((kind): Attack => ({
        ...broken('MissingPayload', `without ${kind}`, 'ERR_MISSING_PAYLOAD', (bench) => {
          const cut = edit.without(kind)(bench.message);
          return kind === 'V' ? cut : bench.sign(cut);
        }),
        clause,
      })),
      ...needed
        .filter((kind) => kind !== 'V')
        .map((kind): Attack => ({
          ...broken('DuplicatePayload', `with ${kind} twice`, 'ERR_DUPLICATE_PAYLOAD', (bench) =>
            bench.sign(edit.twice(kind)(bench.message)),
          ),
          clause,
        })),
    ];
  });
}
