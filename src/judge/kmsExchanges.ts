/**
 * Ticket Request and Ticket Resolve: MACs, RANDs, and the keys that the KMS hands out.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { forkKey } from '../../model/keys/forkedKeys.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage } from '../../model/message/coverage.ts';
import type { Identity } from '../../model/message/identity.ts';
import { lastV, one, optional } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { isForked } from '../../model/protection/keyTransport.ts';
import { octetsOf, type Bench } from './bench.ts';
import { judgeKeys, judgeSameSessionKeys, type SortedKeys } from './keyRules.ts';
import { ticketKey, type OpenedTicket, type Tickets } from './tickets.ts';
import type { Entry, Exchange, Transcript } from './transcript.ts';

/** What differs between the two exchanges. */
const kinds = {
  REQUEST: {
    rand: 'RANDRi',
    party: idRoles.IDRi,
    initialMac: 'rfc6043:5.5-7',
    responseMac: 'rfc6043:5.5-8',
    keys: 'rfc6043:4.2.1.5-16',
  },
  RESOLVE: {
    rand: 'RANDRr',
    party: idRoles.IDRr,
    initialMac: 'rfc6043:5.5-11',
    responseMac: 'rfc6043:5.5-12',
    keys: 'rfc6043:4.2.3.5-11',
  },
} as const;

/** Judges all exchanges with the KMS. */
export function judgeKmsExchanges(bench: Bench, transcript: Transcript, tickets: Tickets): void {
  for (const exchange of transcript.requests) {
    const psk = bench.vector.secrets.psk_i;
    judgeExchange(bench, exchange, { kind: 'REQUEST', psk, tickets });
  }
  for (const exchange of transcript.resolves) {
    const psk = bench.vector.secrets.psk_r?.[exchange.initial.from];
    judgeExchange(bench, exchange, { kind: 'RESOLVE', psk, tickets });
  }
}

/** The identity that an IDR payload names; where it is left out, the one that the vector names (finding A6). */
export function identityOf(entry: Entry, role: number, otherwise: string): Identity<Uint8Array> {
  const payload = optional(entry.message.payloads, 'IDR', role);
  return payload ?? { idType: 1, data: new TextEncoder().encode(otherwise) };
}

function judgeExchange(
  bench: Bench,
  { initial, response }: Exchange,
  options: { readonly kind: keyof typeof kinds; readonly psk: string | undefined; readonly tickets: Tickets },
): void {
  const { A, findings } = bench;
  const kind = kinds[options.kind];
  if (options.psk === undefined) {
    findings.error(initial, kind.initialMac, `'secrets' holds no key of ${initial.from}`);
    return;
  }
  const PSK = octetsOf(options.psk);
  findings.demand(PSK.length >= 16, initial, { clause: 'rfc6043:12.1-4', reason: 'the PSK has less than 128 bits' });
  bench.attempt(initial, kind.initialMac, () => {
    const rand = one(initial.message.payloads, 'RANDR', randRoles[kind.rand]).rand;
    findings.demand(rand.length >= PSK.length, initial, {
      clause: 'rfc6043:12.1-5',
      reason: `${kind.rand} has ${rand.length} octets, the PSK ${PSK.length}`,
    });
    const input: MessageKeyInput<Uint8Array> = {
      prfFunc: initial.message.header.prfFunc,
      inkey: PSK,
      direction: 'initial',
      csbId: initial.message.header.csbId,
      [kind.rand]: rand,
    };
    const V = lastV(initial.message.payloads);
    const parties = [identityOf(initial, kind.party, initial.from), identityOf(initial, idRoles.IDRkms, initial.to)];
    const data = initialCoverage(A, initial.message, parties);
    const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), { data });
    bench.same(V.mac, mac, { subject: initial, clause: kind.initialMac, name: 'the MAC in V' });
    if (response)
      judgeResponse(bench, { initial, response }, { ...options, input: { ...input, direction: 'response' } });
  });
}

function judgeResponse(
  bench: Bench,
  { initial, response }: { readonly initial: Entry; readonly response: Entry },
  options: {
    readonly kind: keyof typeof kinds;
    readonly tickets: Tickets;
    readonly input: MessageKeyInput<Uint8Array>;
  },
): void {
  const { A } = bench;
  const kind = kinds[options.kind];
  bench.attempt(response, kind.responseMac, () => {
    const { payloads } = response.message;
    const V = lastV(payloads);
    const data = responseCoverage(A, response.message, initial.message);
    const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, options.input), { data });
    bench.same(V.mac, mac, { subject: response, clause: kind.responseMac, name: 'the MAC in V' });
    const KEMAC = one(payloads, 'KEMAC');
    const keying = {
      ...messageEncrKeys(A, KEMAC.encrAlg, options.input),
      csbId: options.input.csbId,
      t: as64Bits(A, one(payloads, 'T')),
    };
    const keys = bench.open(KEMAC, keying, { subject: response, clause: kind.keys });
    const ticket = one((options.kind === 'REQUEST' ? response : initial).message.payloads, 'TICKET');
    if (!keys) return;
    const { flags, prfFunc } = ticket.policy;
    const mpks = flags.I ? 2 : 1;
    const sorted = judgeKeys(bench, keys, { subject: response, mpks, clause: kind.keys, prfFunc });
    const opened = options.tickets.get(ticketKey(ticket));
    if (!opened) return;
    if (options.kind === 'REQUEST') judgeGranted(bench, response, { sorted, opened });
    else judgeResolved(bench, response, { sorted, opened });
  });
}

/** The keys for the Initiator are those of the ticket, not forked. */
function judgeGranted(
  bench: Bench,
  response: Entry,
  { sorted, opened }: { readonly sorted: SortedKeys; readonly opened: OpenedTicket },
): void {
  const [MPKi, MPKr] = sorted.mpks;
  const about = { subject: response, clause: 'rfc6043:4.2.1.5-16' };
  if (MPKi) bench.same(MPKi.key, opened.MPKi, { ...about, name: 'MPKi' });
  if (MPKr) bench.same(MPKr.key, opened.MPKr, { ...about, clause: 'rfc6043:4.2.1.5-13', name: 'MPKr' });
  judgeSameSessionKeys(bench, sorted.sessionKeys, { ...about, expected: opened.sessionKeys, forked: false });
}

/** The keys for a Responder: MPKi, and under key forking MPKr' and TGK' by the modifier that stands beside them. */
function judgeResolved(
  bench: Bench,
  response: Entry,
  { sorted, opened }: { readonly sorted: SortedKeys; readonly opened: OpenedTicket },
): void {
  const { A, findings } = bench;
  const { flags, prfFunc } = opened.ticket.policy;
  const about = { subject: response, clause: 'rfc6043:4.2.3.5-11' };
  const [MPKi, second] = sorted.mpks;
  if (MPKi) bench.same(MPKi.key, opened.MPKi, { ...about, name: 'MPKi' });
  judgeSameSessionKeys(bench, sorted.sessionKeys, { ...about, expected: opened.sessionKeys, forked: flags.I });
  if (!flags.I) return;
  const IDRr = optional(response.message.payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(response.message.payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  if (!IDRr || !RANDRkms) {
    findings.error(response, 'rfc6043:4.2.3.5-16', 'under key forking IDRr and RANDRkms must be there');
    return;
  }
  const forked = opened.sessionKeys.filter(isForked).map((key) => key.key);
  const longest = Math.max(opened.MPKr.length, ...forked.map((key) => key.length));
  findings.demand(RANDRkms.length >= longest, response, {
    clause: 'rfc6043:12.1-6',
    reason: `RANDRkms has ${RANDRkms.length} octets, the longest of MPKr and TGK ${longest}`,
  });
  const modifier = { idData: IDRr.data, RANDRkms };
  if (second) {
    const expected = forkKey(A, prfFunc, { inkey: opened.MPKr, as: "MPKr'", modifier });
    bench.same(second.key, expected, { ...about, clause: 'rfc6043:5.1.1-4', name: "MPKr'" });
  }
  opened.sessionKeys.forEach((key, index) => {
    const found = sorted.sessionKeys[index];
    if (!found || !isForked(key)) return;
    const expected = forkKey(A, prfFunc, { inkey: key.key, as: "TGK'", modifier });
    bench.same(found.key, expected, { ...about, clause: 'rfc6043:5.1.1-4', name: `TGK' (session key ${index})` });
  });
  const named = opened.ticket.policy.tpData.some(
    (payload) => payload.kind === 'IDR' && payload.role === idRoles.IDRr && A.equal(payload.data, IDRr.data),
  );
  if (!named)
    findings.warning(
      response,
      'B5',
      'IDRr is not one that the ticket names: the KMS has to know that it belongs to one',
    );
}
