/**
 * Established crypto session bundles on the network: a machine at each side, which update them, and a clock that asks for rekeying.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Instant } from '../algebra/algebra.ts';
import type { AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import { openBundle, type Bundle, type Side } from '../exchange/bundle.ts';
import { rekeyDeadline } from '../exchange/commit.ts';
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { AdmittedOffer } from '../exchange/transferInit.ts';
import type { Answer, CallKeys } from '../exchange/transferResp.ts';
import type { UpdateRequest } from '../exchange/updateSessions.ts';
import type { ResolvedOffer } from '../exchange/verifyOffer.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { SrtpPolicy } from '../policy/securityPolicy.ts';
import { bundleMachine } from '../roles/bundle.ts';
import type { Party } from '../trace/trace.ts';
import { ImpossibleStep } from './impossibleStep.ts';
import { messageTypeName } from './messageTypeName.ts';
import type { Actor, Network, Parcel } from './network.ts';
import { ReplayCache } from './storage.ts';

/** One side of a call that is set up: who, and the machine that set it up. */
export interface SetUpSide<B> {
  readonly party: Party;
  readonly env: Env<B>;
  readonly actor: Actor;
}

/** Both sides of an established bundle. */
export interface BundlePair {
  readonly initiator: Actor;
  readonly responder: Actor;
  /** The dialog in which its updates travel. */
  readonly dialog: number;
}

/** What both sides hold after an update. */
export interface FinishedUpdate<B> {
  readonly pair: BundlePair;
  readonly initiator: Bundle<B>;
  readonly responder: Bundle<B>;
  /** How many messages the network had carried by then. */
  readonly after: number;
}

/** All bundles of a run. */
export class Bundles<B> {
  readonly finished: FinishedUpdate<B>[] = [];
  readonly #network: Network<B>;
  readonly #proxy: Party;
  readonly #policies: readonly SrtpPolicy[];
  readonly #pairs: BundlePair[] = [];
  readonly #byDialog = new Map<number, BundlePair>();
  readonly #deadlines = new Map<Actor, Instant | undefined>();
  /** One for each party: making a machine takes longer than running it. */
  readonly #machines = new Map<Env<B>, ReturnType<typeof bundleMachine<B>>>();

  constructor(network: Network<B>, setting: { readonly proxy: Party; readonly policies: readonly SrtpPolicy[] }) {
    this.#network = network;
    this.#proxy = setting.proxy;
    this.#policies = setting.policies;
  }

  /** Opens the bundle that a call leaves behind at both sides; nothing if one of them has no keys of it. */
  open(caller: SetUpSide<B>, endpoint: SetUpSide<B>, dialog: number): void {
    const initiator = this.#bundleOfCaller(caller, endpoint);
    const responder = this.#bundleOfEndpoint(endpoint);
    if (!initiator || !responder) return;
    const pair = {
      initiator: this.#start(caller, initiator, { side: 'initiator', dialog }),
      responder: this.#start(endpoint, responder, { side: 'responder', dialog }),
      dialog,
    };
    this.#pairs.push(pair);
    this.#byDialog.set(dialog, pair);
  }

  /**
   * Starts an update of the latest bundle between two parties.
   *
   * @throws ImpossibleStep if there is none
   */
  update(by: string, peer: string, request: UpdateRequest<B>): void {
    const pair = this.#pairs.findLast(({ initiator, responder }) => {
      const names = new Set([initiator.party.name, responder.party.name]);
      return names.has(by) && names.has(peer) && by !== peer;
    });
    if (!pair) throw new ImpossibleStep('with', `${by} and ${peer} have no call with each other`);
    const starter = pair.initiator.party.name === by ? pair.initiator : pair.responder;
    starter.take({ type: 'UPDATE', request });
    this.#network.run();
    const [initiator, responder] = [pair.initiator, pair.responder].map((side) => bundleOf<B>(side));
    if (!initiator || !responder) return;
    this.finished.push({ pair, initiator, responder, after: this.#network.messages.length });
  }

  /** The pair of a dialog. */
  pairOf(dialog: number | undefined): BundlePair | undefined {
    return dialog === undefined ? undefined : this.#byDialog.get(dialog);
  }

  /** Lets a side take a message of an update. */
  receive(
    pair: BundlePair,
    to: string,
    { parcel, message }: { readonly parcel: Parcel<B>; readonly message: Message<B> },
  ): void {
    const actor = pair.initiator.party.name === to ? pair.initiator : pair.responder;
    actor.take({ type: messageTypeName(message.header.dataType), message }, parcel.index);
  }

  /** Tells the bundles whose keys should have been replaced by now (rfc6043:6.10-60). */
  timePassed(now: Instant): void {
    for (const [actor, deadline] of this.#deadlines) {
      if (deadline === undefined || deadline > now) continue;
      this.#deadlines.set(actor, undefined);
      actor.take({ type: 'REKEY_DUE' });
    }
  }

  #start(
    { party, env }: SetUpSide<B>,
    bundle: Bundle<B>,
    { side, dialog }: { readonly side: Side; readonly dialog: number },
  ): Actor {
    const seen = new ReplayCache(env.algebra);
    const supply = bundle.flags[side === 'initiator' ? 'L' : 'M'] ? (['TGK'] as const) : [];
    const input = { bundle, supply };
    const machine = this.#machines.get(env) ?? bundleMachine(env);
    this.#machines.set(env, machine);
    const actor = this.#network.start(party, { machine, input }, ({ type, params }, self) => {
      const at = env.source.now();
      if (type === 'checkReplay') {
        self.take({ type: 'REPLAY_VERDICT', fresh: seen.remember(params['entry'] as never, at) });
      } else if (type === 'scheduleRekey') this.#deadlines.set(self, params['at'] as Instant | undefined);
      else if (type === 'send') {
        this.#network.send(party, this.#proxy.name, { message: params['message'] as never, at, dialog });
      }
    });
    this.#deadlines.set(actor, rekeyDeadline(env.algebra, bundle));
    return actor;
  }

  #bundleOfCaller({ env, actor }: SetUpSide<B>, endpoint: SetUpSide<B>): Bundle<B> | undefined {
    const { answers, held, transferInit } = actor.context() as {
      readonly answers?: readonly AcceptedAnswer<B>[];
      readonly held?: HeldTicket<B>;
      readonly transferInit?: Message<B>;
    };
    const { answer } = endpoint.actor.context() as { readonly answer?: Answer<B> };
    const A = env.algebra;
    const mac = answer?.message && messageMac(answer.message);
    const mine = answers?.find((one) => one.mac === undefined || (mac !== undefined && A.equal(one.mac, mac)));
    if (!held || !transferInit || !mine) return undefined;
    return this.#opened(env, mine.keys, {
      side: 'initiator',
      initiator: actorIdentity(actor),
      responder: mine.keys.peer,
      offer: transferInit,
      answer: mine.message,
      MPKi: held.MPKi,
    });
  }

  #bundleOfEndpoint({ env, actor }: SetUpSide<B>): Bundle<B> | undefined {
    const { answer, resolved, admitted, offer } = actor.context() as {
      readonly answer?: Answer<B>;
      readonly resolved?: ResolvedOffer<B>;
      readonly admitted?: AdmittedOffer<B>;
      readonly offer?: Message<B>;
    };
    if (!answer || !resolved || !admitted || !offer) return undefined;
    return this.#opened(env, answer.keys, {
      side: 'responder',
      initiator: admitted.caller,
      responder: (answer.message && resolved.IDRr) ?? admitted.callee,
      offer,
      answer: answer.message,
      MPKi: resolved.MPKi,
    });
  }

  #opened(
    env: Env<B>,
    keys: CallKeys<B>,
    call: Omit<Parameters<typeof openBundle<B>>[1], 'MPKr' | 'sessionKeys' | 'policies' | 'at'>,
  ): Bundle<B> {
    const sessionKeys = [...keys.sessionKeys, ...keys.supplied.map(({ key }) => key)];
    const more = { MPKr: keys.MPKr, sessionKeys, policies: this.#policies, at: env.source.now() };
    return openBundle(env.algebra, { ...call, ...more });
  }
}

function bundleOf<B>(actor: Actor): Bundle<B> {
  return actor.context()['bundle'] as Bundle<B>;
}

function messageMac<B>({ payloads }: Message<B>): B | undefined {
  const last = payloads.at(-1);
  return last?.kind === 'V' ? last.mac : undefined;
}

/** The identity under which a calling machine calls. */
function actorIdentity<B>(actor: Actor): Bundle<B>['initiator'] {
  const { call } = actor.context() as { readonly call: { readonly initiator: Bundle<B>['initiator'] } };
  return call.initiator;
}
