/**
 * Ticket Requests that the KMS turns down for what they ask for.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { encrAlgs, macAlgs } from '../../../spec/registry/kemac.ts';
import { keyDataTypes } from '../../../spec/registry/keyData.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { standard } from './scenes.ts';

const at = { type: 'REQUEST_INIT_PSK', to: 'kms' };
const base = { scenario: standard(), at };
const asked = attacksOn('REQUEST_INIT', { ...base, by: 'kms' });

/** Flags that break each implication; K of a request is ignored, and so is its rule. */
const illegalFlags = [
  ['G without F', 'DEGHIJNO', 'rfc6043:6.10-3'],
  ['neither G nor H', 'DEFIJNO', 'rfc6043:6.10-4'],
  ['I without E', 'DFGHIJNO', 'rfc6043:6.10-6'],
  ['M without F', 'DEHJMNO', 'rfc6043:6.10-8'],
  ['I and a TGK without F', 'DEHIJNO', 'rfc6043:6.10-9'],
  ['D = 0', 'EFGHIJLNO', 'rfc6043:6.10-15'],
  ['D = 0 without L', 'EFGHIJNO', 'rfc6043:6.10-2'],
] as const;

/** All of them. */
export function requestedPolicyAttacks(): readonly Attack[] {
  return [
    asked('UnsupportedTicket', 'for a Ticket Type of which nobody knows', {
      check: 'requestedTicketTypeSupported',
      change: signed(edit.policy('TP', (old) => ({ ...old, ticketType: 61440 }))),
    }),
    asked('UnsupportedTicket', 'for a version of which nobody knows', {
      check: 'requestedTicketTypeSupported',
      change: signed(edit.policy('TP', (old) => ({ ...old, version: 9 }))),
    }),
    ...illegalFlags.map(([about, letters, clause]) =>
      asked('IllegalFlags', `with flags ${letters}: ${about}`, {
        check: 'requestedFlagsLegal',
        change: signed(edit.policy('TP', edit.flags(letters))),
        clause,
      }),
    ),
    asked('ReservedBits', 'with a reserved bit in the flags', {
      check: 'requestedFlagsLegal',
      change: signed(edit.policy('TP', (old) => ({ ...old, res: 1 }))),
      clause: 'rfc6043:6.10-48',
    }),
    asked('WantedKeys', 'for a validity period that is over', {
      check: 'requestedValiditySane',
      change: signed(edit.policy('TP', edit.tpData(edit.expired))),
    }),
    asked('WantedKeys', 'for a TGK of 64 bits', {
      check: 'requestedKeysAdequate',
      change: signed(
        edit.policy(
          'TP',
          edit.tpData(() => ({ KEMAC: wantedKeys(bytes, ['TGK'], { length: 8 }) })),
        ),
      ),
    }),
    {
      ...base,
      flag: 'WantedKeys',
      what: 'REQUEST_INIT whose wanted keys are encrypted',
      change: (bench) =>
        bench.sign(
          edit.policy(
            'TP',
            edit.tpData(({ KEMAC }) => ({ KEMAC: KEMAC && { ...KEMAC, encrAlg: bench.suite.encrAlg } })),
          )(bench.message),
        ),
      refused: { by: 'kms', code: 'ERR_KEY_DATA' },
      clause: 'rfc6043:6.10-62',
    },
    {
      ...base,
      flag: 'WantedKeys',
      what: 'REQUEST_INIT that asks for an MPK',
      change: (bench) =>
        bench.sign(
          edit.policy(
            'TP',
            edit.tpData(() => ({ KEMAC: wantsMpk() })),
          )(bench.message),
        ),
      refused: { by: 'kms', code: 'ERR_KEY_DATA' },
      clause: 'rfc6043:6.10-64',
    },
  ];
}

function wantsMpk(): ReturnType<typeof wantedKeys<Uint8Array>> {
  const key = new Uint8Array(32);
  const encrData = bytes.encode({
    kind: 'Key data',
    keys: [{ kind: 'Key data', type: keyDataTypes.MPK, key, kv: { kind: 'Null' } }],
  });
  return { kind: 'KEMAC', encrAlg: encrAlgs.NULL, encrData, macAlg: macAlgs.NULL, mac: bytes.octets('') };
}
