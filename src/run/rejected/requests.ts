/**
 * Ticket Requests that the KMS turns down.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 */
import { encrAlgs, macAlgs } from '../../../spec/registry/kemac.ts';
import { keyDataTypes } from '../../../spec/registry/keyData.ts';
import { protTypes } from '../../../spec/registry/sp.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { standard, twoCalls } from './scenes.ts';

const asked = attacksOn('REQUEST_INIT', {
  scenario: standard(),
  at: { type: 'REQUEST_INIT_PSK', to: 'kms' },
  by: 'kms',
});

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

const mallory = 'sip:mallory@example.com';

/** All of them. */
export function requestAttacks(): readonly Attack[] {
  const at = { type: 'REQUEST_INIT_PSK', to: 'kms' };
  const base = { scenario: standard(), at };
  return [
    {
      ...base,
      flag: 'ModifiedMessage',
      what: 'REQUEST_INIT with another MAC',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
      refused: { by: 'kms', check: 'requestMacValid' },
    },
    {
      ...base,
      flag: 'ModifiedMessage',
      what: 'REQUEST_INIT for another callee than was asked for',
      change: (bench) =>
        edit.policy(
          'TP',
          edit.tpData(() => ({ IDRr: [edit.who('sip:carol@example.com')] })),
        )(bench.message),
      refused: { by: 'kms', check: 'requestMacValid' },
    },
    {
      ...base,
      flag: 'UnknownKey',
      what: 'REQUEST_INIT under a key that nobody shares',
      change: (bench) =>
        bench.sign(edit.naming('IDRpsk', 'psk-mallory')(bench.message), { inkey: new Uint8Array(32).fill(1) }),
      refused: { by: 'kms', check: 'requesterKnown' },
    },
    asked('WrongMap', 'with a GENERIC-ID map', {
      check: 'requestMapEmpty',
      change: signed(
        edit.header({
          map: {
            type: 'GENERIC-ID',
            sessions: [
              {
                csId: 1,
                protType: protTypes.SRTP,
                s: false,
                policies: [],
                sessionData: bytes.octets('01020304'),
                spi: bytes.octets('01'),
              },
            ],
          },
        }),
      ),
    }),
    asked('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'requestTimestampFresh',
      change: signed(edit.later(-3600)),
      scenario: twoCalls(),
      at: { ...at, nth: 2 },
    }),
    asked('StaleTimestamp', 'whose timestamp lies an hour ahead', {
      check: 'requestTimestampFresh',
      change: signed(edit.later(3600)),
      scenario: twoCalls(),
      at: { ...at, nth: 2 },
    }),
    asked('CounterTimestamp', 'with a COUNTER', {
      check: 'requestTimestampFresh',
      change: signed(edit.counter()),
      clause: 'C2',
    }),
    {
      ...base,
      flag: 'Replay',
      what: 'a REQUEST_INIT of before',
      scenario: twoCalls(),
      at: { ...at, nth: 2 },
      change: (bench) => bench.first(),
      refused: { by: 'kms', check: 'requestNotReplayed' },
    },
    {
      ...base,
      flag: 'MixedStrength',
      what: 'REQUEST_INIT with a MAC of the other strength',
      change: (bench) => bench.sign(bench.message, { macAlg: bench.other.macAlg }),
      refused: { by: 'kms', check: 'requestAlgorithmsMatch' },
    },
    asked('MixedStrength', 'whose Ticket Policy has a PRF of the other strength', {
      check: 'requestAlgorithmsMatch',
      change: (bench) =>
        bench.sign(edit.policy('TP', (old) => ({ ...old, prfFunc: bench.other.prfFunc }))(bench.message)),
    }),
    {
      ...base,
      flag: 'NullMac',
      what: 'REQUEST_INIT with a NULL MAC',
      change: (bench) =>
        edit.replacing('V', () => [{ kind: 'V', authAlg: macAlgs.NULL, mac: bytes.octets('') }])(bench.message),
      refused: { by: 'kms', code: 'ERR_MAC_ALG' },
      clause: 'rfc6043:6.2-1',
    },
    {
      ...base,
      flag: 'UnknownAlgorithm',
      what: 'REQUEST_INIT with PRF func 5',
      change: (bench) => edit.header({ prfFunc: 5 })(bench.message),
      refused: { by: 'kms', code: 'ERR_PRF' },
      clause: 'rfc6043:6.1-6',
    },
    asked('WrongIdentity', 'to another KMS', {
      check: 'requestNamesThisKms',
      change: signed(edit.naming('IDRkms', 'sip:other-kms@example.com')),
    }),
    asked('WrongIdentity', 'in the name of another user', {
      check: 'requesterOwnsIdentity',
      change: signed(edit.naming('IDRi', mallory)),
    }),
    asked('WrongIdentity', 'for a ticket that names another owner', {
      check: 'requestedPolicyNamesRequester',
      change: signed(
        edit.policy(
          'TP',
          edit.tpData(() => ({ IDRi: edit.who(mallory) })),
        ),
      ),
      clause: 'W3',
    }),
    asked('NotAuthorized', 'by somebody whom the KMS gives no tickets', {
      check: 'requesterAuthorized',
      scenario: withoutRight(),
    }),
    asked('ShortKey', 'under a PSK of 8 octets', {
      check: 'requesterKeyStrong',
      short: { party: 'setup', purpose: 'PSK(alice)', length: 8 },
    }),
    asked('ShortRand', 'with RANDRi of 8 octets', {
      check: 'requestRandLongEnough',
      change: signed(edit.shortRand('RANDRi', 8)),
    }),
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

/** Alice asks, though the policy of the KMS does not let her. */
function withoutRight(): Attack['scenario'] {
  const scenario = standard();
  return { ...scenario, users: scenario.users.map((user) => ({ ...user, mayRequest: false })) };
}
