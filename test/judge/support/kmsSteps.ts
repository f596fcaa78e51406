/**
 * Exchanges with a KMS, for {@link Scene}.
 *
 * @module
 */
import { forkKey } from '../../../model/keys/forkedKeys.ts';
import type { MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage } from '../../../model/message/coverage.ts';
import { idr, type Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { Payload, TicketPayload } from '../../../model/message/payload.ts';
import { isForked } from '../../../model/protection/keyTransport.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { A, hex, type Bytes, type Change, type Scene, type Sent } from './scene.ts';
import type { Keyring } from './keyring.ts';
import type { Held } from './tickets.ts';

export interface KmsStep {
  readonly kms?: string;
  /** With it, the public-key variant. */
  readonly keyring?: Keyring;
  readonly certificates?: readonly Bytes[];
  readonly change?: Change;
  readonly changeResponse?: Change;
  readonly tamper?: Change;
}

/** Sends an initial message to a KMS. */
function ask(
  scene: Scene,
  who: string,
  options: KmsStep & { readonly side: 'i' | 'r'; readonly as: Identity<Bytes>; readonly body: Payload<Bytes> },
): { readonly sent: Sent; readonly input: MessageKeyInput<Bytes> } {
  const { side, keyring, kms = 'sip:kms@example.com', body } = options;
  const [name, rand, party] =
    side === 'i' ? (['REQUEST', 'RANDRi', 'IDRi'] as const) : (['RESOLVE', 'RANDRr', 'IDRr'] as const);
  // One PSK for all exchanges, but an envelope key for each.
  const old = side === 'i' ? scene.secrets.psk_i : scene.secrets.psk_r[who];
  const key = !keyring && typeof old === 'string' ? Uint8Array.from(Buffer.from(old, 'hex')) : scene.random();
  if (keyring && side === 'i') scene.secrets.env_i = hex(key);
  else if (keyring)
    scene.secrets.env_r = { ...((scene.secrets.env_r ?? {}) as Record<string, string>), [who]: hex(key) };
  else if (side === 'i') scene.secrets.psk_i = hex(key);
  else scene.secrets.psk_r[who] = hex(key);
  const header = scene.header(`${name}_INIT_${keyring ? 'PK' : 'PSK'}`);
  const RAND = scene.random();
  const certificates = (options.certificates ?? []).map((data) => ({ kind: 'CERT', certType: 0, data }) as const);
  const front: Payload<Bytes>[] = [
    scene.T(),
    { kind: 'RANDR', role: randRoles[rand], rand: RAND },
    idr(party, options.as),
    ...certificates,
    idr('IDRkms', scene.id(kms)),
    body,
  ];
  const plain: Message<Bytes> = {
    header,
    payloads: keyring ? [...front, { kind: 'PKE', cache: 0, data: keyring.encrypt('kms', key) }] : front,
  };
  const draft = options.change?.(plain) ?? plain;
  const input: MessageKeyInput<Bytes> = {
    prfFunc: header.prfFunc,
    inkey: key,
    direction: 'initial',
    csbId: draft.header.csbId,
    [rand]: RAND,
  };
  const parties = [options.as, scene.id(kms)];
  const signed = (signature: Bytes): Message<Bytes> => ({
    ...draft,
    payloads: [...draft.payloads, { kind: 'SIGN', sType: 0, signature }],
  });
  const message = keyring
    ? signed(keyring.sign(who, initialCoverage(A, signed(new Uint8Array(256)), parties)))
    : scene.seal(draft, input, (one) => initialCoverage(A, one, parties));
  const sent = scene.send(who, kms, options.tamper?.(message) ?? message);
  return { sent, input: { ...input, direction: 'response' } };
}

function respond(
  scene: Scene,
  asked: { readonly sent: Sent; readonly input: MessageKeyInput<Bytes> },
  options: {
    readonly type: 'REQUEST_RESP' | 'RESOLVE_RESP';
    readonly build: (T: Payload<Bytes>) => readonly Payload<Bytes>[];
    readonly change: Change | undefined;
  },
): Sent {
  const { sent, input } = asked;
  const T = scene.T();
  const header = { ...sent.message.header, ...scene.header(options.type), v: false, csbId: sent.message.header.csbId };
  const plain: Message<Bytes> = { header, payloads: options.build(T) };
  const draft = options.change?.(plain) ?? plain;
  const message = scene.seal(draft, input, (one) => responseCoverage(A, one, sent.message));
  return scene.send(sent.to, sent.from, message);
}

/** Ticket Request for a ticket that exists already. */
export function request(
  scene: Scene,
  who: string,
  held: Held,
  options: KmsStep & { readonly answered?: false } = {},
): { readonly init: Sent; readonly resp: Sent | undefined; readonly input: MessageKeyInput<Bytes> } {
  const { policy } = held.ticket;
  const asked = ask(scene, who, { ...options, side: 'i', as: scene.id(who), body: { kind: 'TP', policy } });
  const init = asked.sent;
  const initialInput = { ...asked.input, direction: 'initial' } as const;
  if (options.answered === false) return { init, resp: undefined, input: initialInput };
  const mpks = policy.flags.I ? [held.MPKi, held.MPKr] : [held.MPKi];
  const keys = [...mpks.map((mpk) => scene.key('MPK', mpk)), ...held.sessionKeys];
  const build = (T: Payload<Bytes>): readonly Payload<Bytes>[] => [T, held.ticket, scene.kemac(keys, asked.input, T)];
  const resp = respond(scene, asked, { type: 'REQUEST_RESP', build, change: options.changeResponse });
  return { init, resp, input: initialInput };
}

/** What a Ticket Resolve gave. */
export interface Resolution {
  readonly IDRr: Identity<Bytes>;
  readonly RANDRkms: Bytes;
  readonly init: Sent;
  readonly resp: Sent;
}

/** Ticket Resolve, through a second KMS if `through` names the first one. */
export function resolve(
  scene: Scene,
  who: string,
  held: Held,
  options: KmsStep & {
    readonly ticket: TicketPayload<Bytes>;
    readonly as?: Identity<Bytes>;
    readonly through?: string;
    readonly inner?: KmsStep;
    readonly RANDRkms?: Bytes;
  },
): Resolution {
  const IDRr = options.as ?? scene.id(who);
  const { through, ticket, inner, ...rest } = options;
  const asked = ask(scene, who, {
    ...rest,
    ...(through === undefined ? {} : { kms: through }),
    side: 'r',
    as: IDRr,
    body: ticket,
  });
  let RANDRkms = options.RANDRkms ?? scene.random();
  if (through !== undefined) ({ RANDRkms } = resolve(scene, through, held, { RANDRkms, ...inner, ticket, as: IDRr }));
  const { flags, prfFunc } = ticket.policy;
  const modifier = { idData: IDRr.data, RANDRkms };
  const fork = (inkey: Bytes, as: "MPKr'" | "TGK'"): Bytes => forkKey(A, prfFunc, { inkey, as, modifier });
  const mpks = flags.I ? [held.MPKi, fork(held.MPKr, "MPKr'")] : [held.MPKi];
  const keys = [
    ...mpks.map((mpk) => scene.key('MPK', mpk)),
    ...held.sessionKeys.map((key) => (flags.I && isForked(key) ? { ...key, key: fork(key.key, "TGK'") } : key)),
  ];
  const RANDR = { kind: 'RANDR', role: randRoles.RANDRkms, rand: RANDRkms } as const;
  const build = (T: Payload<Bytes>): readonly Payload<Bytes>[] => [
    T,
    scene.kemac(keys, asked.input, T),
    idr('IDRr', IDRr),
    ...(flags.I ? [RANDR] : []),
  ];
  const resp = respond(scene, asked, { type: 'RESOLVE_RESP', build, change: options.changeResponse });
  return { IDRr, RANDRkms, init: asked.sent, resp };
}
