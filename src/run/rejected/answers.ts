/**
 * TRANSFER_RESPs that the Initiator turns down.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.4)
 */

import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { otherCsb } from './pieces.ts';
import { selfMade, standard, twoResponders } from './scenes.ts';

const answered = attacksOn('TRANSFER_RESP', {
  scenario: standard(),
  at: { type: 'TRANSFER_RESP', to: 'proxy' },
  by: 'alice',
});

/** All of them. */
export function answerAttacks(): readonly Attack[] {
  return [
    answered('ModifiedMessage', 'with another MAC', {
      check: 'answerMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    answered('BadModifier', 'with the name of another endpoint', {
      check: 'answerMacValid',
      change: (bench) => edit.naming('IDRr', 'sip:bob-laptop@example.com')(bench.message),
    }),
    answered('BadModifier', 'with another RANDRkms', {
      check: 'answerMacValid',
      change: (bench) =>
        edit.replacing(
          'RANDR',
          (old) => [{ ...old, rand: edit.flipped(old.rand, 0) }],
          randRoles.RANDRkms,
        )(bench.message),
    }),
    answered('WrongHeader', 'with another CSB ID', { check: 'answerHeaderEchoed', change: signed(otherCsb) }),
    answered('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'answerTimestampFresh',
      change: signed(edit.later(-3600)),
    }),
    answered('CounterTimestamp', 'with a COUNTER', {
      check: 'answerTimestampFresh',
      change: signed(edit.counter()),
      clause: 'C2',
    }),
    answered('BadModifier', 'without RANDRkms, though there is key forking', {
      check: 'answerModifierPresent',
      change: signed(edit.without('RANDR', randRoles.RANDRkms)),
      clause: 'rfc6043:4.2.2.3-14',
    }),
    answered('BadModifier', 'without IDRr, though there is key forking', {
      check: 'answerModifierPresent',
      change: signed(edit.without('IDR', idRoles.IDRr)),
      clause: 'rfc6043:4.2.2.3-12',
    }),
    answered('BadRandr', 'without RANDRr, though G asks for it', {
      check: 'answerRandIffG',
      change: signed(edit.without('RANDR', randRoles.RANDRr)),
    }),
    answered('BadRandr', 'with RANDRr, though G forbids it', {
      check: 'answerRandIffG',
      change: signed(
        edit.replacing('T', (T) => [T, { kind: 'RANDR', role: randRoles.RANDRr, rand: new Uint8Array(32).fill(9) }]),
      ),
      scenario: standard({ flags: 'DEFHIJNO' }),
      clause: 'rfc6043:6.10-24',
    }),
    answered('ShortRand', 'with RANDRr of 4 octets to a RANDRi of 4', {
      check: 'answerRandLongEnough',
      change: signed(edit.shortRand('RANDRr', 4)),
      scenario: selfMade(),
      short: { party: 'alice', purpose: 'RANDRi', length: 4 },
    }),
    answered('WrongIdentity', 'of somebody in the ticket who was not called', {
      check: 'answererAcceptable',
      scenario: twoResponders(),
      careless: ['offerAddressedToMe'],
      clause: 'W10',
    }),
    answered('Replay', 'that comes twice', {
      check: 'answerNotRepeated',
      change: (bench) => [bench.hop.octets, bench.hop.octets],
      at: { type: 'TRANSFER_RESP', to: 'alice' },
    }),
    answered('KemacNotAllowed', 'with keys of the Responder, though M forbids it', {
      check: 'answerKemacAllowed',
      change: (bench) => bench.sign(edit.adding(bench.someKemac())(bench.message)),
    }),
    answered('BadSecurityPolicy', 'without SPI', {
      check: 'answerSessionsComplete',
      change: signed(edit.sessions((session) => [{ ...session, spi: bytes.octets('') }])),
      clause: 'rfc6043:6.1.1-20',
    }),
    answered('BadSecurityPolicy', 'with an SPI of no key', {
      check: 'answerSessionsComplete',
      change: signed(edit.sessions((session) => [{ ...session, spi: bytes.octets('00000000') }])),
      clause: 'rfc6043:6.1.1-21',
    }),
    answered('BadSecurityPolicy', 'without SSRC', {
      check: 'answerSessionsComplete',
      change: signed(edit.sessions((session) => [{ ...session, sessionData: bytes.octets('') }])),
      clause: 'rfc6043:6.1.1-14',
    }),
    answered('BadSecurityPolicy', 'with two policies for a session', {
      check: 'answerSessionsComplete',
      change: signed(edit.sessions((session) => [{ ...session, policies: [0, 0] }])),
      clause: 'rfc6043:6.1.1-5',
    }),
    answered('BadSecurityPolicy', 'without one of the sessions', {
      check: 'answerSessionsComplete',
      change: signed(edit.sessions((session, index) => (index === 0 ? [session] : []))),
      clause: 'B15',
    }),
    answered('BadSecurityPolicy', 'with a policy that nobody offered', {
      check: 'answerSecurityPolicyAcceptable',
      change: signed(edit.sessions((session) => [{ ...session, policies: [7] }])),
    }),
  ];
}
