/**
 * Ticket Requests that the KMS turns down.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 */
import { macAlgs } from '../../../spec/registry/kemac.ts';
import { protTypes } from '../../../spec/registry/sp.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { standard, twoCalls } from './scenes.ts';

const asked = attacksOn('REQUEST_INIT', {
  scenario: standard(),
  at: { type: 'REQUEST_INIT_PSK', to: 'kms' },
  by: 'kms',
});

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
  ];
}

/** Alice asks, though the policy of the KMS does not let her. */
function withoutRight(): Attack['scenario'] {
  const scenario = standard();
  return { ...scenario, users: scenario.users.map((user) => ({ ...user, mayRequest: false })) };
}
