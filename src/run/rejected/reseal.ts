/**
 * Making a ticket anew with one thing changed, as whoever has its TPK could.
 *
 * @module
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import { ticketAuthKey, ticketEncrKeys } from '../../../model/keys/protectionKeys.ts';
import { suiteOfPrf, suites, type Suite } from '../../../model/keys/suite.ts';
import { ticketCoverage } from '../../../model/message/coverage.ts';
import { idr, keyName } from '../../../model/message/identity.ts';
import type { KeyDataPayload, Payload, TicketPayload } from '../../../model/message/payload.ts';
import { as64Bits } from '../../../model/message/timestamps.ts';
import { sealKeys } from '../../../model/protection/keyTransport.ts';
import { readTicketData } from '../../../model/ticket/baseTicket.ts';
import { bytes } from '../byteRun.ts';
import type { PolicyEdit } from './edits.ts';
import type { TicketKeys } from './keyring.ts';

/** What is different about a ticket. */
export interface TicketChange {
  readonly policy?: PolicyEdit;
  /** The keys in it, MPK first. */
  readonly keys?: (keys: readonly KeyDataPayload<Uint8Array>[]) => readonly KeyDataPayload<Uint8Array>[];
  /** How many octets of RAND are left. */
  readonly rand?: number;
  /** Another TPK, by the name that the ticket gives and its value. */
  readonly TPK?: { readonly name: string; readonly key: Uint8Array };
  /** Encryption of the other strength. */
  readonly encryption?: 'other';
  /** A MAC of the other strength. */
  readonly mac?: 'other';
  /** Whether the KEMAC has a MAC of its own. */
  readonly withMac?: boolean;
  /** Payloads of the Ticket Data, before V. */
  readonly payloads?: (payloads: readonly Payload<Uint8Array>[]) => readonly Payload<Uint8Array>[];
}

/** The ticket, made anew. */
export function reseal(
  ticket: TicketPayload<Uint8Array>,
  opened: TicketKeys,
  change: TicketChange,
): TicketPayload<Uint8Array> {
  const A = bytes;
  const policy = change.policy?.(ticket.policy) ?? ticket.policy;
  const data = readTicketData(A, ticket);
  const RAND = data.RAND.rand.slice(0, change.rand ?? data.RAND.rand.length);
  const input = { prfFunc: policy.prfFunc, TPK: change.TPK?.key ?? opened.TPK, RAND };
  const other = otherSuite(suiteOfPrf(policy.prfFunc));
  const encrAlg = change.encryption ? other.encrAlg : data.KEMAC.encrAlg;
  const macAlg = change.mac ? other.macAlg : data.V.authAlg;
  const keying = {
    ...ticketEncrKeys(A, encrAlg, input),
    csbId: A.octets('ffffffff'),
    t: as64Bits(A, data.T),
  };
  const sealed = sealKeys(A, encrAlg, { keying, keys: change.keys?.(opened.keys) ?? opened.keys });
  const ownMac = { macAlg, mac: A.mac(macAlg, ticketAuthKey(A, macAlg, input), { data: sealed.encrData }) };
  const KEMAC = change.withMac ? { ...sealed, ...ownMac } : sealed;
  const IDRpsk = change.TPK ? idr('IDRpsk', keyName(A, change.TPK.name)) : data.IDRpsk;
  const authKey = ticketAuthKey(A, macAlg, input);
  const { thdr } = A.decode('Ticket Data', ticket.ticketData);
  const inside: readonly Payload<Uint8Array>[] = [
    data.T,
    { kind: 'RAND', rand: RAND },
    KEMAC,
    ...(IDRpsk ? [IDRpsk] : []),
  ];
  const withMac = (mac: Uint8Array): TicketPayload<Uint8Array> => {
    const payloads = [...(change.payloads?.(inside) ?? inside), { kind: 'V' as const, authAlg: macAlg, mac }];
    return { ...ticket, policy, ticketData: A.encode({ kind: 'Ticket Data', thdr, payloads }) };
  };
  // The MAC covers the length of the Ticket Data, so the draft has a MAC of full length.
  const length = A.mac(macAlg, authKey, { data: A.octets('') }).length;
  const draft = withMac(new Uint8Array(length));
  return withMac(A.mac(macAlg, authKey, { data: ticketCoverage(A, draft) }));
}

/** The algorithms of the other strength. */
export function otherSuite(suite: Suite): Suite {
  return suite === suites.sha256 ? suites.sha1 : suites.sha256;
}
