/**
 * CSB updates and Error messages, for {@link Scene}.
 *
 * @module
 */
import { offerSessions } from '../../../model/exchange/sessions.ts';
import type { MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage, transferInitCoverage } from '../../../model/message/coverage.ts';
import { idr } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../../model/message/payload.ts';
import { chooseSessions, policiesOf, startSpi, take, type Call } from './callSteps.ts';
import { A, type Bytes, type Change, type Scene, type Sent } from './scene.ts';

export interface UpdateOptions {
  readonly by: 'initiator' | 'responder';
  readonly supplied?: readonly KeyDataPayload<Bytes>[];
  readonly answered?:
    | false
    | { readonly supplied?: readonly KeyDataPayload<Bytes>[]; readonly T?: Payload<Bytes>; readonly change?: Change };
  readonly T?: Payload<Bytes>;
  readonly change?: Change;
}

/** A CSB update: the old CSB ID and keys, new sessions. */
export function update(
  scene: Scene,
  call: Call,
  options: UpdateOptions,
): { readonly init: Sent; readonly resp: Sent | undefined; readonly call: Call } {
  const { input, offer, responder } = call;
  const initiator = offer.sent.from;
  const [from, to] = options.by === 'initiator' ? [initiator, responder] : [responder, initiator];
  const ids = [idr('IDRi', scene.id(initiator)), idr('IDRr', scene.id(responder))] as const;
  const ordered = options.by === 'initiator' ? ids : [ids[1], ids[0]];
  const mine = options.supplied ?? [];
  const more = options.answered === false ? undefined : (options.answered ?? {});
  const keys = [...call.keys, ...mine, ...(more?.supplied ?? [])];
  const spi = startSpi(keys);
  const sessions = offerSessions(scene.env, policiesOf(scene), { streams: 1, spi, answered: more !== undefined });
  const T = options.T ?? scene.T();
  const header = scene.header('TRANSFER_INIT', { csbId: input.csbId, v: more !== undefined, map: sessions.map });
  const kemac = (supplied: readonly KeyDataPayload<Bytes>[], at: Payload<Bytes>): readonly Payload<Bytes>[] =>
    supplied.length > 0 ? [scene.kemac(supplied, input, at)] : [];
  const plain: Message<Bytes> = { header, payloads: [T, ...ordered, ...sessions.policies, ...kemac(mine, T)] };
  const draft = options.change?.(plain) ?? plain;
  const init = scene.send(
    from,
    to,
    scene.seal(draft, input, (one) => transferInitCoverage(A, one, ids)),
  );
  const after = { ...call, keys };
  const chosen = chooseSessions(scene, init.message, keys);
  if (!more) {
    take(scene, after, chosen);
    return { init, resp: undefined, call: after };
  }
  const T2 = more.T ?? scene.T();
  const respHeader = {
    ...header,
    ...scene.header('TRANSFER_RESP'),
    v: false,
    csbId: input.csbId,
    map: { type: 'GENERIC-ID', sessions: chosen.sessions } as const,
  };
  const answerId = options.by === 'initiator' ? ids[1] : ids[0];
  const raw: Message<Bytes> = { header: respHeader, payloads: [T2, answerId, ...kemac(more.supplied ?? [], T2)] };
  const reply = scene.seal(more.change?.(raw) ?? raw, input, (one) => responseCoverage(A, one, init.message));
  const resp = scene.send(to, from, reply);
  take(scene, after, chosen);
  return { init, resp, call: after };
}

/** An Error message about a message; with `input` it has a MAC. */
export function sendError(
  scene: Scene,
  about: Sent,
  options: {
    readonly errorNo?: number;
    readonly input?: MessageKeyInput<Bytes>;
    readonly change?: Change;
    readonly from?: string;
  } = {},
): Sent {
  const { header } = about.message;
  const plain: Message<Bytes> = {
    header: { ...scene.header('Error'), v: false, prfFunc: header.prfFunc, csbId: header.csbId },
    payloads: [scene.T(), { kind: 'ERR', errorNo: options.errorNo ?? 0, reserved: 0 }],
  };
  const draft = options.change?.(plain) ?? plain;
  const message = options.input ? scene.seal(draft, options.input, (one) => initialCoverage(A, one, [])) : draft;
  return scene.send(options.from ?? about.to, about.from, message);
}
