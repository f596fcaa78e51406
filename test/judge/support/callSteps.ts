/**
 * Ticket Transfers, for {@link Scene}.
 *
 * @module
 */
import { answerSessions, deriveSessions, genericSessions, offerSessions } from '../../../model/exchange/sessions.ts';
import { forkKey } from '../../../model/keys/forkedKeys.ts';
import type { MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../../../model/message/coverage.ts';
import { idr } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload, TicketPayload } from '../../../model/message/payload.ts';
import { all, lastV } from '../../../model/message/select.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1, type SrtpPolicy } from '../../../model/policy/securityPolicy.ts';
import { isForked, isGenerating, spiOf } from '../../../model/protection/keyTransport.ts';
import { sealInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import type { Resolution } from './kmsSteps.ts';
import type { Held } from './tickets.ts';
import { A, hex, type Bytes, type Change, type Scene, type Sent } from './scene.ts';

/** An offer on its way. */
export interface Offer {
  readonly sent: Sent;
  readonly held: Held;
  readonly ticket: TicketPayload<Bytes>;
  readonly input: MessageKeyInput<Bytes>;
  readonly supplied: readonly KeyDataPayload<Bytes>[];
}

export interface OfferOptions {
  readonly RANDRi?: Bytes;
  readonly csbId?: Bytes;
  readonly supplied?: readonly KeyDataPayload<Bytes>[];
  readonly change?: Change;
  /** After the MAC: what comes of Initiator Data then, is up to the test. */
  readonly tamper?: (payload: Payload<Bytes>) => Payload<Bytes>;
  /** How many endpoints it is listed for. */
  readonly copies?: number;
}

export function policiesOf(scene: Scene): readonly SrtpPolicy[] {
  return [scene.suite.strength === 256 ? aesCm256HmacSha1 : aesCm128HmacSha1];
}

/** The SPI of the key that sessions start with: the newest one. */
export function startSpi(keys: readonly KeyDataPayload<Bytes>[]): Bytes {
  return spiOf(keys.at(-1)!)!;
}

/** TRANSFER_INIT. */
export function transfer(scene: Scene, from: string, to: string, held: Held, options: OfferOptions = {}): Offer {
  const { flags, prfFunc } = held.ticket.policy;
  const supplied = options.supplied ?? [];
  const RANDRi = options.RANDRi ?? scene.random();
  const spi = startSpi([...held.sessionKeys, ...supplied]);
  const offer = offerSessions(scene.env, policiesOf(scene), { streams: 1, spi, answered: flags.F });
  const csbId = options.csbId ?? scene.random(4);
  const header = scene.header('TRANSFER_INIT', { v: flags.F, csbId, map: offer.map });
  const input: MessageKeyInput<Bytes> = { prfFunc, inkey: held.MPKi, direction: 'initial', csbId, RANDRi };
  const T = scene.T();
  const plain: Message<Bytes> = {
    header,
    payloads: [
      T,
      { kind: 'RANDR', role: randRoles.RANDRi, rand: RANDRi },
      idr('IDRi', scene.id(from)),
      idr('IDRr', scene.id(to)),
      ...offer.policies,
      held.ticket,
      ...(supplied.length > 0 ? [scene.kemac(supplied, input, T)] : []),
    ],
  };
  const draft = options.change?.(plain) ?? plain;
  const parties = all(draft.payloads, 'IDR');
  const sealed = scene.seal(draft, input, (one) => transferInitCoverage(A, one, parties));
  const { MPKr } = held;
  const initiatorData = flags.I ? sealInitiatorData(A, lastV(sealed.payloads), { prfFunc, MPKr }) : new Uint8Array(0);
  const payloads = sealed.payloads
    .map((payload) => (payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload))
    .map((payload) => options.tamper?.(payload) ?? payload);
  const message = { ...sealed, payloads };
  const sents = Array.from({ length: options.copies ?? 1 }, () => scene.send(from, to, message));
  const [ticket] = all(payloads, 'TICKET');
  return { sent: sents[0]!, held, ticket: ticket!, input, supplied };
}

/** Both ends of a call. */
export interface Call {
  readonly offer: Offer;
  readonly responder: string;
  readonly input: MessageKeyInput<Bytes>;
  readonly keys: readonly KeyDataPayload<Bytes>[];
  readonly MPKr: Bytes | undefined;
  readonly resp: Sent | undefined;
  readonly resolution: Resolution | undefined;
}

export interface AnswerOptions {
  readonly supplied?: readonly KeyDataPayload<Bytes>[];
  readonly change?: Change;
  readonly RANDRr?: Bytes;
}

/** The keys that a responder gets out of an offer. */
function keysOf(offer: Offer, resolution: Resolution | undefined): Pick<Call, 'keys' | 'MPKr'> {
  const { held, ticket, supplied } = offer;
  const { flags, prfFunc } = ticket.policy;
  const modifier = flags.I && resolution ? { idData: resolution.IDRr.data, RANDRkms: resolution.RANDRkms } : undefined;
  const fork = (inkey: Bytes, as: "MPKr'" | "TGK'"): Bytes =>
    modifier ? forkKey(A, prfFunc, { inkey, as, modifier }) : inkey;
  const keys = held.sessionKeys.map((key) => (isForked(key) ? { ...key, key: fork(key.key, "TGK'") } : key));
  return { keys: [...keys, ...supplied], MPKr: modifier && fork(held.MPKr, "MPKr'") };
}

/** TRANSFER_RESP. */
export function answer(
  scene: Scene,
  who: string,
  offer: Offer,
  resolution?: Resolution,
  options: AnswerOptions = {},
): Call {
  const { flags } = offer.ticket.policy;
  const { keys: held, MPKr } = keysOf(offer, resolution);
  const keys = [...held, ...(options.supplied ?? [])];
  const initial = offer.sent.message;
  const RANDRr = flags.G ? (options.RANDRr ?? scene.random()) : undefined;
  const input = { ...offer.input, inkey: MPKr ?? offer.held.MPKi, direction: 'response', RANDRr } as const;
  const chosen = chooseSessions(scene, initial, keys);
  const T = scene.T();
  const plain: Message<Bytes> = {
    header: {
      ...initial.header,
      ...scene.header('TRANSFER_RESP'),
      v: false,
      csbId: initial.header.csbId,
      map: { type: 'GENERIC-ID', sessions: chosen.sessions },
    },
    payloads: [
      T,
      ...(RANDRr ? [{ kind: 'RANDR', role: randRoles.RANDRr, rand: RANDRr } as const] : []),
      ...(resolution ? [idr('IDRr', resolution.IDRr)] : []),
      ...(MPKr && resolution ? [{ kind: 'RANDR', role: randRoles.RANDRkms, rand: resolution.RANDRkms } as const] : []),
      ...(options.supplied ? [scene.kemac(options.supplied, input, T)] : []),
    ],
  };
  const draft = options.change?.(plain) ?? plain;
  const message = scene.seal(draft, input, (one) => responseCoverage(A, one, initial));
  const resp = scene.send(who, offer.sent.from, message);
  const call = { offer, responder: who, input, keys, MPKr, resp, resolution };
  take(scene, call, chosen);
  return call;
}

/** F = 0: the responder takes the call without a word. */
export function takeSilently(scene: Scene, who: string, offer: Offer, resolution?: Resolution): Call {
  const { keys, MPKr } = keysOf(offer, resolution);
  const chosen = chooseSessions(scene, offer.sent.message, keys);
  const call = { offer, responder: who, input: offer.input, keys, MPKr, resp: undefined, resolution };
  take(scene, call, chosen);
  return call;
}

export function chooseSessions(
  scene: Scene,
  initial: Message<Bytes>,
  keys: readonly KeyDataPayload<Bytes>[],
): ReturnType<typeof answerSessions<Bytes>> {
  const sessions = (genericSessions(initial.header.map) ?? []).map((session) => ({ ...session, spi: startSpi(keys) }));
  return answerSessions(scene.env, sessions, {
    offered: all(initial.payloads, 'SP'),
    accepted: policiesOf(scene),
    suite: scene.suite,
    spi: startSpi(keys),
  });
}

/** Takes down the keys of a call. */
export function take(scene: Scene, call: Call, chosen: ReturnType<typeof answerSessions<Bytes>>): void {
  const { flags } = call.offer.ticket.policy;
  const { prfFunc, RANDRi, RANDRr } = call.input;
  const { policyOf } = chosen;
  const options = { sessionKeys: call.keys, policyOf, flags, prfFunc, RANDRi: RANDRi!, RANDRr };
  const sessions = deriveSessions(A, chosen.sessions, options);
  const list = (pick: (key: KeyDataPayload<Bytes>) => boolean): string[] =>
    call.keys.filter(pick).map((key) => hex(key.key));
  const gtgk = list((key) => isGenerating(key) && !isForked(key));
  scene.holds(call.responder, {
    mpkr: call.MPKr ? hex(call.MPKr) : null,
    tgk: list(isForked),
    ...(gtgk.length > 0 ? { gtgk } : {}),
    tek: Object.fromEntries(sessions.map((session) => [String(session.csId), hex(session.tek)])),
    salt: Object.fromEntries(sessions.map((session) => [String(session.csId), hex(session.salt)])),
  });
}
