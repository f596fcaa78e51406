/**
 * Tickets: the MAC and the keys of a MIKEY base ticket, under the TPK of the vector.
 *
 * @module
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import { macAlgs } from '../../spec/registry/kemac.ts';
import { deriveMpk } from '../../model/keys/mpk.ts';
import { ticketAuthKey, ticketEncrKeys } from '../../model/keys/protectionKeys.ts';
import { ticketCoverage } from '../../model/message/coverage.ts';
import type { Identity } from '../../model/message/identity.ts';
import type { KeyDataPayload, TicketPayload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { readTicketData, ticketMacHolds } from '../../model/ticket/baseTicket.ts';
import { isSupported, mikeyBaseTicket, threeGppBaseTicket } from '../../model/ticket/ticketType.ts';
import type { Bench } from './bench.ts';
import { carried } from './findings.ts';
import { judgeKeys } from './keyRules.ts';
import { judgeOrder, ticketDataGrammar } from './order.ts';
import { judgeForkedTgk } from './policy.ts';
import { ticketProtectionKeys } from './secrets.ts';
import type { Entry, Transcript } from './transcript.ts';

/** What a ticket holds. */
export interface OpenedTicket {
  readonly ticket: TicketPayload<Uint8Array>;
  /** Which TPK the ticket names; undefined if it is left out. */
  readonly IDRpsk: Identity<Uint8Array> | undefined;
  readonly MPKi: Uint8Array;
  readonly MPKr: Uint8Array;
  readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
}

/** Tickets of a vector by their Ticket Data. */
export type Tickets = ReadonlyMap<string, OpenedTicket>;

/** Under which key a ticket is found in {@link Tickets}. */
export function ticketKey(ticket: TicketPayload<Uint8Array>): string {
  return Buffer.from(ticket.ticketData).toString('hex');
}

/** Judges every different ticket, and that it does not change on its way. */
export function judgeTickets(bench: Bench, { entries }: Transcript): Tickets {
  const carriers = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const ticket of all(entry.message.payloads, 'TICKET')) {
      const key = ticketKey(ticket);
      carriers.set(key, [...(carriers.get(key) ?? []), entry]);
    }
  }
  const found = new Map<string, OpenedTicket>();
  const policies = new Map<string, string>();
  for (const entry of entries) {
    for (const ticket of all(entry.message.payloads, 'TICKET')) {
      const key = ticketKey(ticket);
      const covered = Buffer.from(
        bench.attempt(entry, 'rfc6043:A-2', () => ticketCoverage(bench.A, ticket)) ?? [],
      ).toString('hex');
      const before = policies.get(key);
      if (before === undefined) {
        const opened = judgeTicket(bench, carried(entry, carriers.get(key) ?? []), ticket);
        if (opened) found.set(key, opened);
      } else {
        bench.findings.demand(before === covered, entry, {
          clause: 'rfc6043:A.1-12',
          reason: 'the ticket is not the one that came before: policy or data were changed on the way',
        });
      }
      if (before === undefined) policies.set(key, covered);
      judgeInitiatorDataPresence(bench, entry, ticket);
    }
  }
  return found;
}

/** Initiator Data: never in REQUEST_RESP, otherwise if and only if I is set (findings A10, C4). */
function judgeInitiatorDataPresence(bench: Bench, entry: Entry, ticket: TicketPayload<Uint8Array>): void {
  const wanted = ticket.policy.flags.I && entry.type !== 'REQUEST_RESP';
  bench.findings.demand(ticket.initiatorData.length > 0 === wanted, entry, {
    clause: 'rfc6043:6.10-71',
    reason: wanted ? 'Initiator Data is missing' : 'Initiator Data is there, but should not be',
  });
}

function judgeTicket(bench: Bench, entry: Entry, ticket: TicketPayload<Uint8Array>): OpenedTicket | undefined {
  const { A, findings } = bench;
  if (!isSupported(ticket.policy, [mikeyBaseTicket, threeGppBaseTicket()])) {
    findings.error(entry, 'rfc6043:6.10-13', 'the Ticket Type is not the MIKEY base ticket, which alone is judged');
    return undefined;
  }
  return bench.attempt(entry, 'rfc6043:A-5', () => {
    const syntax = A.decode('Ticket Data', ticket.ticketData);
    judgeOrder(syntax.payloads, ticketDataGrammar, { subject: entry, findings });
    const data = readTicketData(A, ticket);
    const { prfFunc, flags } = ticket.policy;
    const keys = ticketProtectionKeys(bench, data.IDRpsk, { ofInitiator: !flags.D });
    const TPK = keys.find((candidate) => ticketMacHolds(A, ticket, { TPK: candidate, data })) ?? keys[0];
    if (!TPK) {
      findings.error(entry, 'rfc6043:A-3', "'secrets' holds no tpk for this ticket");
      return undefined;
    }
    const isLong = TPK.length >= 16;
    findings.demand(isLong, entry, { clause: 'rfc6043:12.1-4', reason: 'the TPK has less than 128 bits' });
    const input = { prfFunc, TPK, RAND: data.RAND.rand };
    const authKey = ticketAuthKey(A, data.V.authAlg, input);
    const mac = A.mac(data.V.authAlg, authKey, { data: ticketCoverage(A, ticket) });
    bench.same(data.V.mac, mac, { subject: entry, clause: 'rfc6043:A.1-12', name: 'the MAC of the ticket' });
    findings.demand(data.KEMAC.macAlg === macAlgs.NULL, entry, {
      clause: 'rfc6043:A.1-4',
      reason: 'the KEMAC of the ticket has a MAC of its own',
    });
    const keying = {
      ...ticketEncrKeys(A, data.KEMAC.encrAlg, input),
      csbId: A.octets('ffffffff'),
      t: as64Bits(A, data.T),
    };
    const opened = bench.open(data.KEMAC, keying, { subject: entry, clause: 'rfc6043:A.1-8' });
    if (!opened) return undefined;
    const { mpks, sessionKeys } = judgeKeys(bench, opened, {
      subject: entry,
      mpks: 1,
      clause: 'rfc6043:A.1-8',
      prfFunc,
    });
    const [mpk] = mpks;
    if (!mpk) return undefined;
    judgeForkedTgk(bench, entry, { flags, keys: sessionKeys });
    findings.demand(data.RAND.rand.length >= Math.max(TPK.length, mpk.key.length), entry, {
      clause: 'rfc6043:12.1-7',
      reason: 'RAND of the ticket is shorter than TPK or MPK',
    });
    const derive = (as: 'MPKi' | 'MPKr'): Uint8Array => deriveMpk(A, prfFunc, { MPK: mpk.key, RAND: input.RAND, as });
    return { ticket, IDRpsk: data.IDRpsk, MPKi: derive('MPKi'), MPKr: derive('MPKr'), sessionKeys };
  });
}
