/**
 * Ticket Transfer: MACs, Initiator Data, crypto sessions, and the keys that both sides end with.
 *
 * @module
 * @see [RFC 6043, section 4.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { forkKey, type Modifier } from '../../model/keys/forkedKeys.ts';
import { initiatorDataAuthKey, messageAuthKey, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { lastV, one, optional } from '../../model/message/select.ts';
import { readTpData } from '../../model/policy/tpData.ts';
import { isForked } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import { identityOf } from './kmsExchanges.ts';
import { initiatorDataGrammar, judgeOrder } from './order.ts';
import { judgeSessions, type DerivedSession } from './sessions.ts';
import { ticketKey, type OpenedTicket, type Tickets } from './tickets.ts';
import type { Entry, Transcript, Transfer } from './transcript.ts';

/** What a responder and the Initiator hold after a transfer, recomputed. */
export interface DerivedTransfer {
  readonly responder: string;
  readonly MPKr: Uint8Array | undefined;
  readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
  readonly sessions: readonly DerivedSession[];
  readonly response: Entry | undefined;
}

/** Judges all transfers; those that were answered come back with their keys. */
export function judgeTransfers(bench: Bench, { transfers }: Transcript, tickets: Tickets): readonly DerivedTransfer[] {
  const seen = new Set<Entry>();
  return transfers.flatMap((transfer) => {
    const opened = tickets.get(ticketKey(transfer.ticket));
    if (!opened) return [];
    if (!seen.has(transfer.initial)) judgeInitial(bench, transfer, opened);
    seen.add(transfer.initial);
    return judgeAnswer(bench, transfer, opened);
  });
}

function judgeInitial(bench: Bench, { initial, ticket }: Transfer, opened: OpenedTicket): void {
  const { A, findings } = bench;
  const { flags, prfFunc, tpData } = ticket.policy;
  bench.attempt(initial, 'rfc6043:4.2.2.1-1', () => {
    const { message } = initial;
    const RANDRi = one(message.payloads, 'RANDR', randRoles.RANDRi).rand;
    const V = lastV(message.payloads);
    const authKey = messageAuthKey(
      A,
      V.authAlg,
      keyInput(initial, { inkey: opened.MPKi, direction: 'initial', RANDRi }),
    );
    const parties = [identityOf(initial, idRoles.IDRi, initial.from), identityOf(initial, idRoles.IDRr, initial.to)];
    const mac = A.mac(V.authAlg, authKey, { data: transferInitCoverage(A, message, parties) });
    bench.same(V.mac, mac, { subject: initial, clause: 'rfc6043:5.5-9', name: 'the MAC in V' });
    findings.demand(flags.L || optional(message.payloads, 'KEMAC') === undefined, initial, {
      clause: 'rfc6043:4.2.2.1-12',
      reason: 'a KEMAC is there, though the L flag forbids keys from the Initiator',
    });
    if (flags.I) judgeInitiatorData(bench, initial, { V, opened });
    // Without RANDRr, RANDRi alone has to be as long as the longest key (rfc6043:12.1-5; finding B1).
    if (!flags.G) judgeRands(bench, initial, { rands: [RANDRi], opened });
    const data = readTpData(A, tpData);
    const T = one(message.payloads, 'T');
    const at = A.instant(T.tsType, T.value);
    if (at !== undefined) {
      const valid = (data.TRs === undefined || data.TRs <= at) && (data.TRe === undefined || at <= data.TRe);
      findings.demand(valid, initial, {
        clause: 'rfc6043:6.10-57',
        reason: 'the ticket is not valid at its timestamp',
      });
    }
    const IDRi = optional(message.payloads, 'IDR', idRoles.IDRi);
    if (!data.IDRi) findings.warning(initial, 'W3', 'TP Data does not name the Initiator');
    else if (flags.I && IDRi && !A.equal(data.IDRi.data, IDRi.data)) {
      findings.error(initial, 'B4', 'IDRi is not the owner of the ticket');
    }
    if (prfFunc !== message.header.prfFunc) findings.error(initial, 'rfc6043:12.1-11', 'PRFs of HDR and ticket differ');
  });
}

/** Vi is V but for the Next Payload octet; Vr is a MAC over all of it under a key from MPKr. */
function judgeInitiatorData(
  bench: Bench,
  initial: Entry,
  { V, opened }: { readonly V: ReturnType<typeof lastV<Uint8Array>>; readonly opened: OpenedTicket },
): void {
  const { A, findings } = bench;
  const ticket = one(initial.message.payloads, 'TICKET');
  const syntax = A.decode('Initiator Data', ticket.initiatorData);
  if (!judgeOrder(syntax.payloads, initiatorDataGrammar, { subject: initial, findings })) return;
  const [Vi, Vr] = syntax.payloads.filter((payload) => payload.kind === 'V');
  if (!Vi || !Vr) return;
  findings.demand(Vi.authAlg === V.authAlg, initial, {
    clause: 'rfc6043:6.10-75',
    reason: 'Vi has another algorithm than V',
  });
  bench.same(Vi.mac, V.mac, { subject: initial, clause: 'rfc6043:4.2.3.6-2', name: 'the MAC in Vi' });
  findings.demand(Vr.authAlg === Vi.authAlg, initial, {
    clause: 'rfc6043:6.10-78',
    reason: 'Vr has another algorithm than Vi',
  });
  const { prfFunc } = ticket.policy;
  const authKey = initiatorDataAuthKey(A, prfFunc, { MPKr: opened.MPKr, macAlg: Vr.authAlg });
  const mac = A.mac(Vr.authAlg, authKey, { data: A.encode(syntax, ['MAC field']) });
  bench.same(Vr.mac, mac, { subject: initial, clause: 'rfc6043:6.10-77', name: 'the MAC in Vr' });
}

function judgeAnswer(bench: Bench, transfer: Transfer, opened: OpenedTicket): readonly DerivedTransfer[] {
  const { A, findings } = bench;
  const { initial, response, responder, ticket } = transfer;
  const { flags, prfFunc } = ticket.policy;
  const subject = response ?? initial;
  if (flags.E && !transfer.resolve) {
    const later = bench.vector.mode.includes('reused');
    const reason = `${responder} did not resolve the ticket, though the E flag demands it`;
    if (later) findings.warning(subject, 'rfc6043:6.10-17', reason);
    else findings.error(subject, 'rfc6043:6.10-17', reason);
  }
  if (!response) {
    if (flags.F) findings.warning(initial, 'B6', `${responder} resolved the ticket and did not answer`);
    return [];
  }
  if (!flags.F) findings.error(response, 'rfc6043:6.10-21', 'TRANSFER_RESP was sent, though the F flag forbids it');
  const derived = bench.attempt(response, 'rfc6043:4.2.2-2', (): DerivedTransfer | undefined => {
    const { payloads } = response.message;
    const modifier = flags.I ? judgeModifier(bench, transfer, response) : undefined;
    if (flags.I && !modifier) return undefined;
    const RANDRi = one(initial.message.payloads, 'RANDR', randRoles.RANDRi).rand;
    const RANDRr = optional(payloads, 'RANDR', randRoles.RANDRr)?.rand;
    findings.demand(flags.G === (RANDRr !== undefined), response, {
      clause: flags.G ? 'rfc6043:6.10-23' : 'rfc6043:6.10-24',
      reason: flags.G ? 'RANDRr is missing' : 'RANDRr is there, though the G flag forbids it',
    });
    findings.demand(flags.M || optional(payloads, 'KEMAC') === undefined, response, {
      clause: 'rfc6043:4.2.2.3-19',
      reason: 'a KEMAC is there, though the M flag forbids keys from the Responder',
    });
    if (flags.G) judgeRands(bench, response, { rands: [RANDRi, ...(RANDRr ? [RANDRr] : [])], opened });
    const MPKr = modifier && forkKey(A, prfFunc, { inkey: opened.MPKr, as: "MPKr'", modifier });
    const V = lastV(payloads);
    const input = keyInput(initial, { inkey: MPKr ?? opened.MPKi, direction: 'response', RANDRi, RANDRr });
    const data = responseCoverage(A, response.message, initial.message);
    const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), { data });
    bench.same(V.mac, mac, { subject: response, clause: 'rfc6043:5.5-10', name: 'the MAC in V' });
    const sessionKeys = opened.sessionKeys.map((key) =>
      modifier && isForked(key) ? { ...key, key: forkKey(A, prfFunc, { inkey: key.key, as: "TGK'", modifier }) } : key,
    );
    const sessions = judgeSessions(bench, { initial, response }, { sessionKeys, flags, RANDRi, RANDRr });
    return { responder, MPKr, sessionKeys, sessions, response };
  });
  return derived ? [derived] : [];
}

/** IDRr and RANDRkms of TRANSFER_RESP must be those of RESOLVE_RESP. */
function judgeModifier(bench: Bench, transfer: Transfer, response: Entry): Modifier<Uint8Array> | undefined {
  const { A, findings } = bench;
  const IDRr = optional(response.message.payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(response.message.payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  findings.demand(IDRr !== undefined, response, { clause: 'rfc6043:4.2.2.3-12', reason: 'IDRr is missing' });
  findings.demand(RANDRkms !== undefined, response, { clause: 'rfc6043:4.2.2.3-14', reason: 'RANDRkms is missing' });
  if (!IDRr || !RANDRkms) return undefined;
  const resolved = transfer.resolve?.response?.message.payloads;
  if (resolved) {
    const identity = optional(resolved, 'IDR', idRoles.IDRr);
    const rand = optional(resolved, 'RANDR', randRoles.RANDRkms)?.rand;
    const sameIdentity = identity !== undefined && identity.idType === IDRr.idType && A.equal(identity.data, IDRr.data);
    findings.demand(sameIdentity, response, {
      clause: 'rfc6043:4.2.2.3-12',
      reason: 'IDRr is not that of RESOLVE_RESP',
    });
    findings.demand(rand !== undefined && A.equal(rand, RANDRkms), response, {
      clause: 'rfc6043:4.2.2.3-14',
      reason: 'RANDRkms is not that of RESOLVE_RESP',
    });
  }
  return { idData: IDRr.data, RANDRkms };
}

/** RANDs together are as long as the longest key that goes into the PRF in this exchange (finding B1). */
function judgeRands(
  bench: Bench,
  subject: Entry,
  { rands, opened }: { readonly rands: readonly Uint8Array[]; readonly opened: OpenedTicket },
): void {
  const sum = rands.reduce((total, rand) => total + rand.length, 0);
  const longest = Math.max(opened.MPKi.length, ...opened.sessionKeys.map((key) => key.key.length));
  bench.findings.demand(sum >= longest, subject, {
    clause: 'rfc6043:12.1-5',
    reason: `RANDRi and RANDRr have ${sum} octets together, the longest of MPK and TGK ${longest}`,
  });
}

function keyInput(
  initial: Entry,
  more: Pick<MessageKeyInput<Uint8Array>, 'inkey' | 'direction' | 'RANDRi' | 'RANDRr'>,
): MessageKeyInput<Uint8Array> {
  const { prfFunc, csbId } = initial.message.header;
  return { prfFunc, csbId, ...more };
}
