/**
 * RESOLVE_RESPs that the Responder turns down.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.6)
 */
import { randRoles } from '../../../spec/registry/rand.ts';
import { attacksOn, signed, type Attack, type Change } from './attack.ts';
import * as edit from './edits.ts';
import { otherCsb, shorterKey, withoutSpi } from './pieces.ts';
import { standard } from './scenes.ts';
import type { KemacChange } from './workbench.ts';

const resolved = attacksOn('RESOLVE_RESP', {
  scenario: standard(),
  at: { type: 'RESOLVE_RESP', to: 'bob-phone' },
  by: 'bob-phone',
});

function keys(change: KemacChange): Change {
  return (bench) => bench.sign(bench.rekeyed(bench.message, change));
}

/** All of them. */
export function resolutionAttacks(): readonly Attack[] {
  return [
    resolved('ModifiedMessage', 'with another MAC', {
      check: 'resolveRespMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    resolved('BadModifier', 'whose RANDRkms was changed on the way', {
      check: 'resolveRespMacValid',
      change: (bench) =>
        edit.replacing(
          'RANDR',
          (old) => [{ ...old, rand: edit.flipped(old.rand, 0) }],
          randRoles.RANDRkms,
        )(bench.message),
    }),
    resolved('WrongHeader', 'with another CSB ID', { check: 'resolveRespHeaderEchoed', change: signed(otherCsb) }),
    resolved('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'resolveRespTimestampFresh',
      change: (bench) => bench.sign(bench.rekeyed(edit.later(-3600)(bench.message))),
    }),
    resolved('CounterTimestamp', 'with a COUNTER', {
      check: 'resolveRespTimestampFresh',
      change: (bench) => bench.sign(bench.rekeyed(edit.counter()(bench.message))),
      clause: 'C2',
    }),
    resolved('WrongIdentity', 'of another KMS', {
      check: 'resolveRespFromAskedKms',
      change: signed(edit.naming('IDRkms', 'sip:other-kms@example.com')),
    }),
    resolved('MixedStrength', 'with encryption of the other strength', {
      check: 'resolveRespAlgorithmsMatch',
      change: keys({ encryption: 'other' }),
      clause: 'rfc6043:12.1-11',
    }),
    resolved('NullEncryption', 'whose keys are not encrypted', {
      check: 'resolveRespAlgorithmsMatch',
      change: keys({ encryption: 'NULL' }),
      clause: 'rfc6043:12.1-11',
    }),
    resolved('BadKeyData', 'whose KEMAC has a MAC of its own', {
      check: 'resolveRespAlgorithmsMatch',
      change: keys({ withMac: true }),
    }),
    resolved('BadKeyData', "without MPKr', though there is key forking", {
      check: 'resolvedKeysComplete',
      change: keys({ keys: (all) => all.filter((_, index) => index !== 1) }),
    }),
    resolved('BadKeyData', 'with a key that has no SPI', {
      check: 'resolvedKeysComplete',
      change: keys({ keys: withoutSpi }),
      clause: 'rfc6043:6.2.1-3',
    }),
    resolved('ShortKey', "with a TGK' of 64 bits", {
      check: 'resolvedKeysStrong',
      change: keys({ keys: shorterKey }),
    }),
    resolved('BadModifier', 'without RANDRkms, though there is key forking', {
      check: 'resolvedModifierPresent',
      change: signed(edit.without('RANDR', randRoles.RANDRkms)),
    }),
    resolved('ShortRand', 'with RANDRkms of 8 octets', {
      check: 'resolvedModifierPresent',
      change: signed(edit.shortRand('RANDRkms', 8)),
      clause: 'rfc6043:12.1-6',
    }),
    resolved('WrongIdentity', 'for another endpoint', {
      check: 'resolvedIdentityMine',
      change: signed(edit.naming('IDRr', 'sip:bob-laptop@example.com')),
    }),
  ];
}
