/**
 * CSB updates that the other side turns down, and answers to them.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import type { CallStep, Scenario, UpdateStep } from '../../../model/modes/scenario.ts';
import { all, one } from '../../../model/message/select.ts';
import { builtIn } from '../../scenario/file.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { otherCsb, shorterKey, withoutSpi } from './pieces.ts';

/** A call to one endpoint, and an update by the caller. */
function updating(change: Partial<UpdateStep> = {}, call: Partial<CallStep['ticket']> = {}): Scenario {
  const scenario = builtIn('update');
  const [first, second] = scenario.steps;
  if (first?.do !== 'call' || second?.do !== 'update') throw new RangeError('the update scenario is another one');
  const setUp = { ...first, reach: ['bob-phone'], ticket: { ...first.ticket, ...call } };
  return { ...scenario, steps: [setUp, { ...second, ...change }] };
}

/** After that, an update by the other side. */
function bothSides(): Scenario {
  const scenario = updating();
  return { ...scenario, steps: [...scenario.steps, { do: 'update', by: 'bob-phone', with: 'alice', streams: 1 }] };
}

const at = { type: 'TRANSFER_INIT', to: 'bob-phone', nth: 2 };
const update = attacksOn('an update', { scenario: updating(), at, by: 'bob-phone' });
const answer = attacksOn('the answer to an update', {
  scenario: updating(),
  at: { type: 'TRANSFER_RESP', to: 'alice', nth: 2 },
  by: 'alice',
});

/** All of them. */
export function updateAttacks(): readonly Attack[] {
  return [
    update('ModifiedMessage', 'with another MAC', {
      check: 'updateMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    update('WrongHeader', 'with another CSB ID', {
      check: 'updateOfThisBundle',
      change: (bench) => otherCsb(bench.message),
    }),
    update('MixedStrength', 'with a MAC of the other strength', {
      check: 'updateAlgorithmsMatch',
      change: (bench) => bench.sign(bench.message, { macAlg: bench.other.macAlg }),
    }),
    update('BadUpdate', 'with a new RANDRi', {
      check: 'updateKeepsTicketAndRands',
      change: signed(
        edit.replacing('T', (T) => [T, { kind: 'RANDR', role: randRoles.RANDRi, rand: new Uint8Array(32).fill(9) }]),
      ),
    }),
    update('BadUpdate', 'that does not name both sides', {
      check: 'updateNamesBoth',
      change: signed(edit.without('IDR', idRoles.IDRr)),
      clause: 'C1',
    }),
    update('BadUpdate', 'whose identities stand as if the other side had started it', {
      check: 'updateStarterIsPeer',
      change: signed(({ header, payloads }) => {
        const names = all(payloads, 'IDR');
        const turned = names.toReversed();
        return {
          header,
          payloads: payloads.flatMap((payload) => (payload.kind === 'IDR' ? (turned.shift() ?? []) : payload)),
        };
      }),
    }),
    update('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'updateTimestampFresh',
      change: (bench) => bench.sign(bench.rekeyed(edit.later(-3600)(bench.message))),
    }),
    update('CounterTimestamp', 'with a COUNTER', {
      check: 'updateTimestampPrecise',
      change: (bench) => bench.sign(bench.rekeyed(edit.counter()(bench.message))),
      clause: 'C2',
    }),
    update('Replay', 'with the timestamp of the transfer', {
      check: 'updateTimestampUnused',
      change: (bench) => {
        const { message } = bytes.decode('Message', bench.first());
        const T = one(message.payloads, 'T');
        return bench.sign(bench.rekeyed(edit.replacing('T', () => [T])(bench.message)));
      },
      clause: 'rfc6043:5.2-7',
    }),
    update('WrongMap', 'with the Empty map', {
      check: 'updateMapGeneric',
      change: signed(edit.header({ map: { type: 'Empty map' } })),
    }),
    update('KemacNotAllowed', 'with keys of the caller, though L forbids it', {
      check: 'updateKemacAllowed',
      change: (bench) => bench.sign(edit.adding(bench.someKemac())(bench.message)),
      scenario: updating({ keys: [], streams: 1 }, { flags: 'DEFGHIJNO' }),
    }),
    update('MixedStrength', 'whose keys have encryption of the other strength', {
      check: 'suppliedAlgorithmsMatch',
      change: (bench) => bench.sign(bench.rekeyed(bench.message, { encryption: 'other' })),
      clause: 'rfc6043:12.1-11',
    }),
    update('BadKeyData', 'whose KEMAC has a MAC of its own', {
      check: 'suppliedAlgorithmsMatch',
      change: (bench) => bench.sign(bench.rekeyed(bench.message, { withMac: true })),
    }),
    update('BadKeyData', 'with a key that has no SPI', {
      check: 'suppliedKeysComplete',
      change: (bench) => bench.sign(bench.rekeyed(bench.message, { keys: withoutSpi })),
      clause: 'rfc6043:6.2.1-3',
    }),
    update('ShortKey', 'with a TGK of 64 bits', {
      check: 'suppliedKeysStrong',
      change: (bench) => bench.sign(bench.rekeyed(bench.message, { keys: shorterKey })),
    }),
    update('BadSecurityPolicy', 'whose sessions refer to an SP that is not there', {
      check: 'updateSecurityPolicyAcceptable',
      change: signed(edit.sessions((session) => [{ ...session, policies: [7] }])),
    }),
    update('BadSecurityPolicy', 'whose sessions have the SPI of no key', {
      check: 'updateSessionsComplete',
      change: signed(edit.sessions((session) => [{ ...session, spi: bytes.octets('00000000') }])),
      clause: 'rfc6043:6.1.1-21',
    }),
    update('ShortRand', 'with a TGK longer than both RANDs of the transfer', {
      check: 'updateRandLongEnough',
      change: (bench) =>
        bench.sign(
          bench.rekeyed(bench.message, {
            keys: (keys) => keys.map((key) => ({ ...key, key: new Uint8Array(65).fill(3) })),
          }),
        ),
      sha256Only: true,
    }),
    update('Replay', 'that comes twice', {
      check: 'updateNotReplayed',
      change: ({ hop }) => [hop.octets, hop.octets],
      careless: ['updateTimestampUnused'],
    }),
    update('Replay', 'of her own, reflected to who sent it', {
      check: 'updateNotReflected',
      change: (bench) => bench.sent('TRANSFER_INIT', { from: 'alice', nth: 2 }),
      scenario: bothSides(),
      at: { type: 'TRANSFER_INIT', to: 'alice' },
      refused: { by: 'alice', check: 'updateNotReflected' },
      careless: ['updateStarterIsPeer'],
      clause: 'C1',
    }),
    answer('ModifiedMessage', 'with another MAC', {
      check: 'updateRespMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    answer('WrongHeader', 'with another PRF func', {
      check: 'updateRespHeaderEchoed',
      change: (bench) => bench.sign(edit.header({ prfFunc: bench.other.prfFunc })(bench.message)),
    }),
    answer('WrongIdentity', 'of another one', {
      check: 'updateRespFromPeer',
      change: signed(edit.naming('IDRr', 'sip:mallory@example.com')),
    }),
  ];
}
