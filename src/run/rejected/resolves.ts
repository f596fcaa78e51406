/**
 * RESOLVE_INITs that the KMS turns down for what is wrong with the message, not with the ticket.
 *
 * @module
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import { macAlgs } from '../../../spec/registry/kemac.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { noAgreement, oneSidedAgreement, standard, twoCalls, twoKms } from './scenes.ts';

const at = { type: 'RESOLVE_INIT_PSK', to: 'kms' };

const asked = attacksOn('RESOLVE_INIT', { scenario: standard(), at: at, by: 'kms' });

/** All of them. */
export function resolveAttacks(): readonly Attack[] {
  return [
    asked('ModifiedMessage', 'with another MAC', {
      check: 'resolveMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    asked('UnknownKey', 'under a key that nobody shares', {
      check: 'resolverKnown',
      change: (bench) =>
        bench.sign(edit.naming('IDRpsk', 'psk-mallory')(bench.message), { inkey: new Uint8Array(32).fill(1) }),
    }),
    asked('WrongMap', 'with a GENERIC-ID map', {
      check: 'resolveMapEmpty',
      change: signed(edit.header({ map: { type: 'GENERIC-ID', sessions: [] } })),
    }),
    asked('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'resolveTimestampFresh',
      change: signed(edit.later(-3600)),
    }),
    asked('CounterTimestamp', 'with a COUNTER', {
      check: 'resolveTimestampFresh',
      change: signed(edit.counter()),
      clause: 'C2',
    }),
    asked('Replay', 'of before', {
      check: 'resolveNotReplayed',
      change: (bench) => bench.first(),
      scenario: twoCalls(),
      at: { ...at, nth: 2 },
    }),
    asked('MixedStrength', 'with a MAC of the other strength', {
      check: 'resolveAlgorithmsMatch',
      change: (bench) => bench.sign(bench.message, { macAlg: bench.other.macAlg }),
    }),
    {
      ...asked('NullMac', 'with a NULL MAC', {
        check: 'resolveMacValid',
        change: (bench) =>
          edit.replacing('V', () => [{ kind: 'V', authAlg: macAlgs.NULL, mac: bytes.octets('') }])(bench.message),
      }),
      refused: { by: 'kms', code: 'ERR_MAC_ALG' },
      clause: 'rfc6043:6.2-1',
    },
    asked('WrongIdentity', 'to another KMS', {
      check: 'resolveNamesThisKms',
      change: signed(edit.naming('IDRkms', 'sip:other-kms@example.com')),
    }),
    asked('WrongIdentity', 'in the name of another endpoint', {
      check: 'resolverOwnsIdentity',
      change: signed(edit.naming('IDRr', 'sip:mallory@example.com')),
    }),
    asked('ShortKey', 'under a PSK of 8 octets', {
      check: 'resolverKeyStrong',
      short: { party: 'setup', purpose: 'PSK(bob-phone)', length: 8 },
    }),
    asked('ShortRand', 'with RANDRr of 8 octets', {
      check: 'resolveRandLongEnough',
      change: signed(edit.shortRand('RANDRr', 8)),
    }),
    asked('UnsupportedTicket', 'whose ticket is of a type of which nobody knows', {
      check: 'ticketTypeSupported',
      change: signed(edit.policy('TICKET', (old) => ({ ...old, ticketType: 61440 }))),
    }),
    asked('InitiatorData', 'whose Initiator Data was changed by the Responder', {
      check: 'initiatorDataValid',
      change: signed(
        edit.replacing('TICKET', (ticket) => [{ ...ticket, initiatorData: edit.flipped(ticket.initiatorData, -1) }]),
      ),
      clause: 'rfc6043:6.10-77',
    }),
    asked('ForeignKms', 'of a KMS for a user that is not its own', {
      check: 'partnerSpeaksForResolver',
      change: signed(edit.naming('IDRr', 'sip:dave@a.example')),
      scenario: twoKms(),
      at: { ...at, to: 'kms-a' },
      refused: { by: 'kms-a', check: 'partnerSpeaksForResolver' },
      clause: 'W19',
    }),
    asked('ForeignKms', 'of a KMS without agreement', {
      check: 'partnerSpeaksForResolver',
      scenario: oneSidedAgreement(),
      at: { ...at, to: 'kms-a' },
      refused: { by: 'kms-a', check: 'partnerSpeaksForResolver' },
    }),
    asked('ForeignKms', 'with a ticket of a KMS with which there is no agreement', {
      check: 'partnerKnown',
      scenario: noAgreement(),
      at: { ...at, to: 'kms-b' },
      refused: { by: 'kms-b', check: 'partnerKnown' },
    }),
    asked('ForeignKms', 'of a KMS with a ticket of a third one', {
      check: 'resolveNotForwardedTwice',
      change: signed(
        edit.policy(
          'TICKET',
          edit.tpData(() => ({ IDRkms: edit.who('sip:kms@c.example') })),
        ),
      ),
      scenario: twoKms(),
      at: { ...at, to: 'kms-a' },
      refused: { by: 'kms-a', check: 'resolveNotForwardedTwice' },
    }),
    asked('ForeignKms', 'to a KMS, with a ticket of another one that does not name the Responder', {
      check: 'foreignResolverAuthorized',
      change: signed(
        edit.policy(
          'TICKET',
          edit.tpData(() => ({ IDRr: [edit.who('sip:carol@b.example')] })),
        ),
      ),
      scenario: twoKms('carol'),
      at: { ...at, to: 'kms-b' },
      refused: { by: 'kms-b', check: 'foreignResolverAuthorized' },
      clause: 'rfc6043:12.5-1',
    }),
  ];
}
