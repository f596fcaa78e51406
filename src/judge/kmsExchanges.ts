/**
 * Ticket Request and Ticket Resolve: MACs, RANDs, and the keys that the KMS hands out.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage } from '../../model/message/coverage.ts';
import type { Identity } from '../../model/message/identity.ts';
import { lastV, one, optional } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import type { Bench } from './bench.ts';
import { judgeGrant } from './grants.ts';
import { judgeKeys } from './keyRules.ts';
import { judgePublicKeyMessage } from './publicKey.ts';
import { judgeGranted, judgeResolved } from './resolvedKeys.ts';
import { pskOf } from './secrets.ts';
import { ticketKey, type Tickets } from './tickets.ts';
import type { Entry, Exchange, Transcript } from './transcript.ts';

/** What differs between the two exchanges. */
const kinds = {
  REQUEST: {
    side: 'i',
    rand: 'RANDRi',
    party: idRoles.IDRi,
    initialMac: 'rfc6043:5.5-7',
    responseMac: 'rfc6043:5.5-8',
    keys: 'rfc6043:4.2.1.5-16',
  },
  RESOLVE: {
    side: 'r',
    rand: 'RANDRr',
    party: idRoles.IDRr,
    initialMac: 'rfc6043:5.5-11',
    responseMac: 'rfc6043:5.5-12',
    keys: 'rfc6043:4.2.3.5-11',
  },
} as const;

type Kind = (typeof kinds)[keyof typeof kinds];

/** Judges all exchanges with a KMS. */
export function judgeKmsExchanges(bench: Bench, transcript: Transcript, tickets: Tickets): void {
  for (const exchange of transcript.requests) judgeExchange(bench, exchange, { kind: kinds.REQUEST, tickets });
  for (const exchange of transcript.resolves) judgeExchange(bench, exchange, { kind: kinds.RESOLVE, tickets });
}

/** The identity that an IDR payload names; where it is left out, the one that the vector names (finding A6). */
export function identityOf(entry: Entry, role: number, otherwise: string): Identity<Uint8Array> {
  const payload = optional(entry.message.payloads, 'IDR', role);
  return payload ?? { idType: 1, data: new TextEncoder().encode(otherwise) };
}

function judgeExchange(
  bench: Bench,
  { initial, response }: Exchange,
  { kind, tickets }: { readonly kind: Kind; readonly tickets: Tickets },
): void {
  const { findings } = bench;
  bench.attempt(initial, kind.initialMac, () => {
    const { header, payloads } = initial.message;
    const parties = [identityOf(initial, kind.party, initial.from), identityOf(initial, idRoles.IDRkms, initial.to)];
    const isPublicKey = initial.type.endsWith('_PK');
    const inkey = isPublicKey
      ? judgePublicKeyMessage(bench, initial, { side: kind.side, parties })
      : pskOf(bench, kind.side, initial.from);
    const name = isPublicKey ? 'envelope key' : 'PSK';
    if (inkey === undefined) {
      if (!isPublicKey) findings.error(initial, kind.initialMac, `'secrets' holds no key of ${initial.from}`);
      return;
    }
    const isLong = inkey.length >= 16;
    findings.demand(isLong, initial, { clause: 'rfc6043:12.1-4', reason: `the ${name} has less than 128 bits` });
    const { rand } = one(payloads, 'RANDR', randRoles[kind.rand]);
    findings.demand(rand.length >= inkey.length, initial, {
      clause: 'rfc6043:12.1-5',
      reason: `${kind.rand} has ${rand.length} octets, the ${name} ${inkey.length}`,
    });
    const { prfFunc, csbId } = header;
    const input: MessageKeyInput<Uint8Array> = { prfFunc, inkey, direction: 'initial', csbId, [kind.rand]: rand };
    bench.keyInputs.set(initial.index, input);
    if (!isPublicKey) judgeMac(bench, initial, { input, parties, clause: kind.initialMac });
    if (!response) return;
    const answer = { ...input, direction: 'response' } as const;
    bench.keyInputs.set(response.index, answer);
    judgeResponse(bench, { initial, response }, { kind, tickets, input: answer });
  });
}

function judgeMac(
  bench: Bench,
  initial: Entry,
  options: {
    readonly input: MessageKeyInput<Uint8Array>;
    readonly parties: readonly Identity<Uint8Array>[];
    readonly clause: string;
  },
): void {
  const { A } = bench;
  const { input, parties, clause } = options;
  const V = lastV(initial.message.payloads);
  const data = initialCoverage(A, initial.message, parties);
  const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), { data });
  bench.same(V.mac, mac, { subject: initial, clause, name: 'the MAC in V' });
}

function judgeResponse(
  bench: Bench,
  { initial, response }: { readonly initial: Entry; readonly response: Entry },
  options: {
    readonly kind: Kind;
    readonly tickets: Tickets;
    readonly input: MessageKeyInput<Uint8Array>;
  },
): void {
  const { A } = bench;
  const { kind } = options;
  const isRequest = kind === kinds.REQUEST;
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
    const ticket = one((isRequest ? response : initial).message.payloads, 'TICKET');
    if (!keys) return;
    const { flags, prfFunc } = ticket.policy;
    const mpks = flags.I ? 2 : 1;
    const sorted = judgeKeys(bench, keys, { subject: response, mpks, clause: kind.keys, prfFunc });
    const asked = isRequest ? optional(initial.message.payloads, 'TP')?.policy : undefined;
    const { sessionKeys } = sorted;
    if (asked) judgeGrant(bench, response, { asked, granted: ticket.policy, sessionKeys });
    const opened = options.tickets.get(ticketKey(ticket));
    if (!opened) return;
    if (isRequest) judgeGranted(bench, response, { sorted, opened });
    else judgeResolved(bench, response, { sorted, opened });
  });
}
