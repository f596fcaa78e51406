/**
 * Granted tickets that the Initiator turns down.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6)
 */
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { second } from '../../../model/message/timestamps.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack, type Change } from './attack.ts';
import * as edit from './edits.ts';
import { otherCsb, shorterKey, withoutSpi } from './pieces.ts';
import { standard } from './scenes.ts';
import type { Workbench } from './workbench.ts';

const granted = attacksOn('REQUEST_RESP', {
  scenario: standard(),
  at: { type: 'REQUEST_RESP', to: 'alice' },
  by: 'alice',
});

/** Another policy in a ticket whose own MAC holds. */
function policy(change: edit.PolicyEdit): Change {
  return (bench) => bench.sign(bench.resealed(bench.message, { policy: change }));
}

function keys(change: Parameters<Workbench['rekeyed']>[1]): Change {
  return (bench) => bench.sign(bench.rekeyed(bench.message, change));
}

/** All of them. */
export function grantAttacks(): readonly Attack[] {
  return [
    granted('ModifiedMessage', 'with another MAC', {
      check: 'requestRespMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    granted('WrongHeader', 'with another CSB ID', {
      check: 'requestRespHeaderEchoed',
      change: signed(otherCsb),
    }),
    granted('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'requestRespTimestampFresh',
      change: (bench) => bench.sign(bench.rekeyed(edit.later(-3600)(bench.message))),
    }),
    granted('CounterTimestamp', 'with a COUNTER', {
      check: 'requestRespTimestampFresh',
      change: (bench) => bench.sign(bench.rekeyed(edit.counter()(bench.message))),
      clause: 'C2',
    }),
    granted('WrongIdentity', 'of another KMS', {
      check: 'requestRespFromAskedKms',
      change: signed(edit.naming('IDRkms', 'sip:other-kms@example.com')),
    }),
    granted('MixedStrength', 'with encryption of the other strength', {
      check: 'requestRespAlgorithmsMatch',
      change: keys({ encryption: 'other' }),
      clause: 'rfc6043:12.1-11',
    }),
    granted('NullEncryption', 'whose keys are not encrypted', {
      check: 'requestRespAlgorithmsMatch',
      change: keys({ encryption: 'NULL' }),
      clause: 'rfc6043:12.1-11',
    }),
    granted('BadKeyData', 'whose KEMAC has a MAC of its own', {
      check: 'requestRespAlgorithmsMatch',
      change: keys({ withMac: true }),
    }),
    granted('BadKeyData', 'without MPKr, though there is key forking', {
      check: 'grantedKeysComplete',
      change: keys({ keys: (all) => all.filter((_, index) => index !== 1) }),
      clause: 'rfc6043:4.2.1.5-13',
    }),
    granted('BadKeyData', 'with a key that has no SPI', {
      check: 'grantedKeysComplete',
      change: keys({ keys: withoutSpi }),
      clause: 'rfc6043:6.2.1-3',
    }),
    granted('ShortKey', 'with a TGK of 64 bits', {
      check: 'grantedKeysStrong',
      change: keys({ keys: shorterKey }),
    }),
    granted('NotAskedFor', 'for another callee', {
      check: 'grantedPolicyAcceptable',
      change: policy(edit.tpData(() => ({ IDRr: [edit.who('sip:mallory@example.com')] }))),
    }),
    granted('NotAskedFor', 'for one callee more', {
      check: 'grantedPolicyAcceptable',
      change: policy(edit.tpData(({ IDRr }) => ({ IDRr: [...IDRr, edit.who('sip:mallory@example.com')] }))),
    }),
    granted('NotAskedFor', 'that is valid longer', {
      check: 'grantedPolicyAcceptable',
      change: policy(edit.tpData(({ TRe }) => ({ TRe: (TRe ?? 0n) + 3600n * second }))),
    }),
    granted('NotAskedFor', 'without key forking', {
      check: 'grantedPolicyAcceptable',
      change: policy((old) => ({ ...old, flags: { ...old.flags, I: false } })),
    }),
    granted('BadTicket', 'whose ticket has a KEMAC in TP Data', {
      check: 'grantedTicketClean',
      change: policy(edit.tpData(() => ({ KEMAC: wantedKeys(bytes, ['TGK'], { length: 32 }) }))),
    }),
    granted('BadTicket', 'whose ticket has Initiator Data', {
      check: 'grantedTicketClean',
      change: signed(edit.replacing('TICKET', (ticket) => [{ ...ticket, initiatorData: bytes.octets('00') }])),
      clause: 'rfc6043:6.10-71',
    }),
  ];
}
