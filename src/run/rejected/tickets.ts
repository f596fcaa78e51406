/**
 * Tickets that the KMS does not resolve. Most of them were made by an Initiator that has a TPK: their own MAC holds.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import type { Payload } from '../../../model/message/payload.ts';
import { second } from '../../../model/message/timestamps.ts';
import { builtIn } from '../../scenario/file.ts';
import type { NoteName } from '../vector/notes.ts';
import { attacksOn, signed, type Attack, type Row } from './attack.ts';
import * as edit from './edits.ts';
import { sameSpi, shorterKey, shorterMpk, withoutSpi } from './pieces.ts';
import type { TicketChange } from './reseal.ts';
import { firstCall, selfMade, standard } from './scenes.ts';

type TicketRow = Row & { readonly ticket?: TicketChange };

const ownTicket = attacksOn("a ticket of one's own", {
  scenario: selfMade(),
  at: { type: 'TRANSFER_INIT', to: 'bob-phone' },
  by: 'kms',
});
const sharedTicket = attacksOn('a ticket for a peer', {
  scenario: firstCall('pre-shared'),
  at: { type: 'TRANSFER_INIT', to: 'bob' },
  by: 'bob',
});

/** A self-made ticket with one thing changed by its maker. */
function made(flag: NoteName, what: string, row: TicketRow): Attack {
  return ownTicket(flag, what, remade(row));
}

/** The same, but the Responder opens the ticket itself (mode 4). */
function shared(flag: NoteName, what: string, row: TicketRow): Attack {
  return sharedTicket(flag, what, remade(row));
}

function remade({ ticket, ...row }: TicketRow): Row {
  if (!ticket) return row;
  return { ...row, change: (bench) => bench.sign(bench.resealed(bench.message, ticket)) };
}

const mallory = 'sip:mallory@example.com';

/** All of them. */
export function ticketAttacks(): readonly Attack[] {
  return [
    made('ForgedMaker', 'that names another one as its Initiator', {
      check: 'ticketMakerOwnsIdentity',
      change: (bench) => {
        const policy = edit.tpData(() => ({ IDRi: edit.who(mallory) }));
        return bench.sign(edit.naming('IDRi', mallory)(bench.resealed(bench.message, { policy })));
      },
      clause: 'W4',
    }),
    made('ForgedMaker', 'with D = 1: the KMS would have made it', {
      check: 'ticketMakerMatchesKey',
      ticket: { policy: edit.flags('DEFGHIJLNO') },
      clause: 'rfc6043:6.10-15',
    }),
    made('MakerWithoutRight', 'by a user whom the KMS lets make none', {
      check: 'ticketMakerAuthorized',
      scenario: withoutRight(),
      clause: 'rfc6043:4.1-3',
    }),
    made('UnknownKey', 'under a TPK of which the KMS does not know', {
      check: 'ticketKeyKnown',
      ticket: { TPK: { name: 'tpk-mallory', key: new Uint8Array(32).fill(2) } },
    }),
    made('UnknownKey', 'under another key than its name says', {
      check: 'ticketMacValid',
      ticket: { TPK: { name: 'tpk-alice', key: new Uint8Array(32).fill(2) } },
    }),
    made('MixedStrength', 'with encryption of the other strength', {
      check: 'ticketAlgorithmsMatch',
      ticket: { encryption: 'other' },
      clause: 'rfc6043:12.1-11',
    }),
    made('MixedStrength', 'with a MAC of the other strength', {
      check: 'ticketAlgorithmsMatch',
      ticket: { mac: 'other' },
      clause: 'rfc6043:12.1-11',
    }),
    made('BadTicket', 'whose KEMAC has a MAC of its own', {
      check: 'ticketAlgorithmsMatch',
      ticket: { withMac: true },
    }),
    made('ShortRand', 'with a RAND of 8 octets', {
      check: 'ticketRandLongEnough',
      ticket: { rand: 8 },
    }),
    made('ShortKey', 'with an MPK of 64 bits', { check: 'ticketKeysStrong', ticket: { keys: shorterMpk } }),
    made('ShortKey', 'with a TGK of 64 bits', { check: 'ticketKeysStrong', ticket: { keys: shorterKey } }),
    made('BadKeyData', 'without MPK', {
      check: 'ticketKeysComplete',
      ticket: { keys: (keys) => keys.slice(1) },
    }),
    made('BadKeyData', 'with a key that has no SPI', {
      check: 'ticketKeysComplete',
      ticket: { keys: withoutSpi },
      clause: 'rfc6043:6.2.1-3',
    }),
    made('BadKeyData', 'with one SPI for two keys', {
      check: 'ticketKeysComplete',
      ticket: { keys: sameSpi },
      clause: 'B15',
    }),
    made('IllegalFlags', 'with I and a TGK, but without F', {
      check: 'ticketFlagsLegal',
      ticket: { policy: edit.flags('EHIJLNO') },
      scenario: selfMade({ allow: ['F=0', 'G=0'] }),
    }),
    made('NotValidNow', 'that is over, from a Responder that does not look', {
      check: 'ticketValidNow',
      ticket: { policy: edit.tpData(edit.expired) },
      careless: ['offerTicketValidNow'],
    }),
    made('NotValidNow', 'that is not valid yet, from a Responder that does not look', {
      check: 'ticketValidNow',
      ticket: { policy: edit.tpData(edit.notYet) },
      careless: ['offerTicketValidNow'],
    }),
    made('NotAuthorized', 'for somebody else, from a Responder that does not look', {
      check: 'resolverAuthorized',
      ticket: { policy: edit.tpData(() => ({ IDRr: [edit.who('sip:carol@example.com')] })) },
      careless: ['offerTicketNamesMe'],
      clause: 'rfc6043:12.5-1',
    }),
    {
      flag: 'DuplicatePayload',
      what: "a ticket of one's own with two RANDs",
      scenario: selfMade(),
      at: { type: 'TRANSFER_INIT', to: 'bob-phone' },
      change: (bench) => bench.sign(bench.resealed(bench.message, { payloads: withTwoRands })),
      refused: { by: 'kms', code: 'ERR_DUPLICATE_PAYLOAD' },
      clause: 'rfc6043:A-2',
    },
    {
      flag: 'NotAuthorized',
      what: 'RESOLVE_INIT by somebody who left the group',
      scenario: leaving(),
      at: { type: 'RESOLVE_INIT_PSK', to: 'kms' },
      refused: { by: 'kms', check: 'resolverAuthorized' },
      clause: 'rfc6043:12.5-1',
      members: { 'sip:team@example.com': ['bob', 'dave'] },
    },
    {
      flag: 'ForgedMaker',
      what: 'RESOLVE_INIT with a ticket of the KMS that is said to be self-made',
      scenario: standard(),
      at: { type: 'TRANSFER_INIT', to: 'bob-phone' },
      change: (bench) => bench.sign(bench.resealed(bench.message, { policy: edit.flags('EFGHIJLNO') })),
      refused: { by: 'kms', check: 'ticketMakerMatchesKey' },
      clause: 'rfc6043:6.10-15',
    },
    shared('ShortRand', 'with a RAND of 8 octets', { check: 'ticketRandLongEnough', ticket: { rand: 8 } }),
    shared('ShortKey', 'with a TGK of 64 bits', { check: 'ticketKeysStrong', ticket: { keys: shorterKey } }),
    shared('MixedStrength', 'with encryption of the other strength', {
      check: 'ticketAlgorithmsMatch',
      ticket: { encryption: 'other' },
      clause: 'rfc6043:12.1-11',
    }),
    shared('WidenedPolicy', 'that was made valid longer on the way', {
      check: 'ticketMacValid',
      change: signed(
        edit.policy(
          'TICKET',
          edit.tpData(({ TRe }) => ({ TRe: (TRe ?? 0n) + 3600n * second })),
        ),
      ),
    }),
  ];
}

/** Alice has a key to make tickets, and means to; the KMS does not allow it. */
function withoutRight(): Attack['scenario'] {
  const scenario = selfMade();
  const users = scenario.users.map((user) => ({ ...user, ownTickets: { ...user.ownTickets, kms: false } }));
  return { ...scenario, users };
}

/** Carol leaves the group before the call. */
function leaving(): Attack['scenario'] {
  const scenario = builtIn('group');
  const [call] = firstCall('group', () => ({ reach: ['carol'] })).steps;
  if (!call) throw new RangeError('there is no call');
  return { ...scenario, steps: [{ do: 'leave', group: 'sip:team@example.com', member: 'carol' }, call] };
}

function withTwoRands(payloads: readonly Payload<Uint8Array>[]): readonly Payload<Uint8Array>[] {
  return payloads.flatMap((payload): readonly Payload<Uint8Array>[] =>
    payload.kind === 'RAND' ? [payload, payload] : [payload],
  );
}
