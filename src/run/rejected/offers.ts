/**
 * TRANSFER_INITs that the Responder turns down, most of them before it asks the KMS.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.2)
 */
import { macAlgs } from '../../../spec/registry/kemac.ts';
import { readInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { bytes } from '../byteRun.ts';
import { attacksOn, signed, type Attack, type Change } from './attack.ts';
import * as edit from './edits.ts';
import { firstCall, sameTicket, selfMade, standard, twoCalls } from './scenes.ts';

const at = { type: 'TRANSFER_INIT', to: 'bob-phone' };

const offered = attacksOn('TRANSFER_INIT', { scenario: standard(), at: at, by: 'bob-phone' });

/** A ticket of the caller's own making, made anew with a MAC that holds. */
function remade(change: edit.PolicyEdit): Change {
  return (bench) => bench.sign(bench.resealed(bench.message, { policy: change }));
}

/** Flags of a self-made ticket that break each implication. */
const illegalFlags = [
  ['D = 0 without L', 'EFGHIJNO', 'rfc6043:6.10-2'],
  ['G without F', 'EGHIJLNO', 'rfc6043:6.10-3'],
  ['neither G nor H', 'EFIJLNO', 'rfc6043:6.10-4'],
  ['I without E', 'FGHIJLNO', 'rfc6043:6.10-6'],
  ['K with D = 0', 'EFGHIJKLNO', 'rfc6043:6.10-7'],
  ['M without F', 'EHJLMNO', 'rfc6043:6.10-8'],
] as const;

const mallory = 'sip:mallory@example.com';

/** All of them. */
export function offerAttacks(): readonly Attack[] {
  return [
    offered('ModifiedMessage', 'with another MAC', {
      check: 'offerMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    offered('InitiatorData', 'by a group member that has MPKi but not MPKr: V is new, Vi is not', {
      check: 'viEqualsV',
      change: (bench) => {
        const ticket = bench.message.payloads.find((payload) => payload.kind === 'TICKET');
        const forged = bench.sign(edit.header({ v: !bench.message.header.v })(bench.message));
        return edit.replacing('TICKET', () => (ticket ? [ticket] : []))(forged);
      },
    }),
    offered('ShortRand', 'with RANDRi of 8 octets and no RANDRr to come', {
      check: 'offerRandLongEnough',
      change: signed(edit.shortRand('RANDRi', 8)),
      scenario: standard({ flags: 'DEFHIJNO' }),
    }),
    offered('Replay', 'of before', {
      check: 'offerNotReplayed',
      change: (bench) => bench.first(),
      scenario: twoCalls(),
      at: { ...at, nth: 2 },
    }),
    offered('StaleTimestamp', 'whose timestamp is an hour old', {
      check: 'offerTimestampFresh',
      change: signed(edit.later(-3600)),
    }),
    offered('CounterTimestamp', 'with a COUNTER', {
      check: 'offerTimestampFresh',
      change: signed(edit.counter()),
      clause: 'C2',
    }),
    offered('CounterTimestamp', 'with keys, and a timestamp in whole seconds only', {
      check: 'suppliedTimestampPrecise',
      change: (bench) => bench.sign(bench.rekeyed(edit.wholeSeconds()(bench.message))),
      scenario: firstCall('initiator-keys', () => ({ reach: ['bob-phone'] })),
      clause: 'C2',
    }),
    offered('UnsupportedTicket', 'whose ticket is of a version of which nobody knows', {
      check: 'offerTicketTypeSupported',
      change: remade((old) => ({ ...old, version: 9 })),
      scenario: selfMade(),
    }),
    ...illegalFlags.map(([about, letters, clause]) =>
      offered('IllegalFlags', `whose ticket has flags ${letters}: ${about}`, {
        check: 'offerFlagsLegal',
        change: remade(edit.flags(letters)),
        scenario: selfMade(),
        clause,
      }),
    ),
    offered('ReservedBits', 'whose ticket has a reserved bit', {
      check: 'offerFlagsLegal',
      change: remade((old) => ({ ...old, res: 1 })),
      scenario: selfMade(),
      clause: 'rfc6043:6.10-48',
    }),
    ...(['I', 'G', 'H'] as const).map((flag) =>
      offered('BelowStrictProfile', `whose ticket has ${flag} = 0`, {
        check: 'offerPolicyAcceptable',
        change: remade((old) => ({ ...old, flags: { ...old.flags, [flag]: false } })),
        scenario: selfMade(),
        clause: 'rfc6043:12.4-5',
      }),
    ),
    offered('WrongMap', 'with the Empty map', {
      check: 'offerMapGeneric',
      change: signed(edit.header({ map: { type: 'Empty map' } })),
    }),
    offered('WrongMap', 'with the map SRTP-ID', {
      check: 'offerMapGeneric',
      change: signed(
        edit.header({ map: { type: 'SRTP-ID', sessions: [{ policyNo: 0, ssrc: bytes.octets('01020304'), roc: 0 }] } }),
      ),
      clause: 'rfc6043:6.1-11',
    }),
    offered('WrongMap', 'with one CS ID twice', {
      check: 'offerMapGeneric',
      change: signed(edit.sessions((session) => [{ ...session, csId: 1 }])),
      clause: 'B15',
    }),
    offered('MixedStrength', 'with a MAC of the other strength', {
      check: 'offerAlgorithmsMatch',
      change: (bench) => bench.sign(bench.message, { macAlg: bench.other.macAlg }),
    }),
    {
      flag: 'NullMac',
      what: 'TRANSFER_INIT with a NULL MAC',
      scenario: standard(),
      at,
      change: (bench) =>
        edit.replacing('V', () => [{ kind: 'V', authAlg: macAlgs.NULL, mac: bytes.octets('') }])(bench.message),
      refused: { by: 'bob-phone', code: 'ERR_MAC_ALG' },
      clause: 'rfc6043:6.2-1',
    },
    offered('NotValidNow', 'with a ticket that is over', {
      check: 'offerTicketValidNow',
      change: remade(edit.tpData(edit.expired)),
      scenario: selfMade(),
      clause: 'rfc6043:6.10-57',
    }),
    offered('NotValidNow', 'with a ticket that is not valid yet', {
      check: 'offerTicketValidNow',
      change: remade(edit.tpData(edit.notYet)),
      scenario: selfMade(),
      clause: 'rfc6043:6.10-55',
    }),
    offered('WrongIdentity', 'by somebody who does not own the ticket', {
      check: 'offerCallerOwnsTicket',
      change: signed(edit.naming('IDRi', mallory)),
    }),
    offered('WrongIdentity', 'to somebody else', {
      check: 'offerAddressedToMe',
      change: signed(edit.naming('IDRr', 'sip:carol@example.com')),
    }),
    offered('NotAuthorized', 'with a ticket for somebody else', {
      check: 'offerTicketNamesMe',
      change: remade(edit.tpData(() => ({ IDRr: [edit.who('sip:carol@example.com')] }))),
      scenario: selfMade(),
    }),
    offered('WidenedPolicy', 'whose ticket was changed to name an application', {
      check: 'offerApplicationAuthorized',
      change: signed(
        edit.policy(
          'TICKET',
          edit.tpData(() => ({ IDRapp: [edit.who('urn:example:other-application')] })),
        ),
      ),
    }),
    offered('InitiatorData', 'without Initiator Data, though there is key forking', {
      check: 'offerInitiatorDataIffForking',
      change: (bench) =>
        edit.replacing('TICKET', (ticket) => [{ ...ticket, initiatorData: bytes.octets('') }])(
          bench.sign(bench.message),
        ),
    }),
    offered('InitiatorData', 'with Initiator Data, though there is no key forking', {
      check: 'offerInitiatorDataIffForking',
      change: (bench) =>
        edit.replacing('TICKET', (ticket) => [{ ...ticket, initiatorData: bytes.octets('00') }])(
          bench.sign(bench.message),
        ),
      scenario: standard({ flags: 'DEFGHJNO' }),
    }),
    offered('KemacNotAllowed', 'with keys of the caller, though L forbids it', {
      check: 'offerKemacAllowed',
      change: (bench) => bench.sign(edit.adding(bench.someKemac())(bench.message)),
    }),
    offered('BadSecurityPolicy', 'whose sessions refer to an SP that is not there', {
      check: 'offerSecurityPolicyAcceptable',
      change: signed(edit.sessions((session) => [{ ...session, policies: [7] }])),
    }),
    offered('ForbiddenReuse', 'with a ticket that may be used once', {
      check: 'offerTicketReusable',
      scenario: sameTicket('DEFGHINO'),
      at: { ...at, nth: 2 },
      careless: ['heldTicketReusable'],
    }),
    offered('UnknownKey', 'with a ticket under a TPK that the Responder does not share, and no KMS knows', {
      check: 'offerResolvableHere',
      change: (bench) =>
        bench.sign(bench.resealed(bench.message, { TPK: { name: 'tpk-mallory', key: new Uint8Array(32).fill(2) } })),
      scenario: firstCall('pre-shared'),
      at: { type: 'TRANSFER_INIT', to: 'bob' },
      refused: { by: 'bob', check: 'offerResolvableHere' },
    }),
    offered('InitiatorData', 'whose Vr was made without MPKr', {
      check: 'initiatorDataValid',
      change: (bench) =>
        edit.replacing('TICKET', (ticket) => {
          const read = readInitiatorData(bytes, ticket.initiatorData);
          if (!read) throw new RangeError('there is no Initiator Data');
          const payloads = [read.Vi, { ...read.Vr, mac: edit.flipped(read.Vr.mac, 0) }];
          return [{ ...ticket, initiatorData: bytes.encode({ kind: 'Initiator Data', payloads }) }];
        })(bench.message),
      refused: { by: 'kms', check: 'initiatorDataValid' },
      clause: 'rfc6043:6.10-77',
    }),
    offered('WidenedPolicy', 'whose ticket was changed to be valid for one more', {
      check: 'ticketMacValid',
      change: signed(
        edit.policy(
          'TICKET',
          edit.tpData(({ IDRr }) => ({ IDRr: [...IDRr, edit.who(mallory)] })),
        ),
      ),
      refused: { by: 'kms', check: 'ticketMacValid' },
    }),
  ];
}
