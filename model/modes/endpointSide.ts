/**
 * The called side: an endpoint with a machine for each call that reaches it, a replay cache, and a memory of tickets.
 *
 * @module
 */
import { randRoles } from '../../spec/registry/rand.ts';
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { ResolvedOffer } from '../exchange/verifyOffer.ts';
import type { Endpoint, AdmittedOffer } from '../exchange/transferInit.ts';
import type { SessionKeyType } from '../exchange/newKeys.ts';
import type { Env } from '../guard/profile.ts';
import type { Suite } from '../keys/suite.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { one, optional } from '../message/select.ts';
import { responderMachine } from '../roles/responder.ts';
import type { Party } from '../trace/trace.ts';
import { suppliedKeys } from './broughtKeys.ts';
import { messageTypeName } from './messageTypeName.ts';
import type { Actor, Network, Parcel, Request } from './network.ts';
import type { Device } from './population.ts';
import { RateLimit } from './rateLimit.ts';
import { findTicketKey, ReplayCache, TicketMemories } from './storage.ts';

/** What an endpoint needs. */
export interface EndpointSetting<B> {
  readonly device: Device<B>;
  readonly env: Env<B>;
  readonly kms: { readonly party: Party; readonly identity: Identity<B> };
  readonly proxy: Party;
  readonly suite: Suite;
  /** What the endpoint answers for, at the time of the call: groups change. */
  readonly endpoint: () => Endpoint<B>;
}

/** A ticket that an endpoint resolved. */
export interface ResolvedTicket<B> {
  readonly held: HeldTicket<B>;
  /** RANDRi of the call that brought it, which a group key needs again (rfc6043:9-3). */
  readonly RANDRi: B;
}

/** States in which an endpoint does not deal with a TRANSFER_INIT: not yet, or not any more. */
const settled: ReadonlySet<string> = new Set(['idle', 'established', 'ended', 'rejected']);

/** An endpoint on the network. */
export class EndpointSide<B> {
  readonly device: Device<B>;
  /** One for each call. */
  readonly actors: Actor[] = [];
  readonly #setting: EndpointSetting<B>;
  readonly #network: Network<B>;
  readonly #machine: ReturnType<typeof responderMachine<B>>;
  readonly #limit: RateLimit | undefined;
  readonly #seen: ReplayCache<B>;
  readonly #tickets: TicketMemories<B>;
  readonly #dialogs = new Map<Actor, number | undefined>();

  constructor(network: Network<B>, setting: EndpointSetting<B>) {
    this.device = setting.device;
    this.#setting = setting;
    const { callsPerMinute } = setting.device.user;
    this.#limit = callsPerMinute === undefined ? undefined : new RateLimit(callsPerMinute);
    this.#machine = responderMachine(setting.env);
    this.#network = network;
    this.#seen = new ReplayCache(setting.env.algebra);
    this.#tickets = new TicketMemories(setting.env.algebra);
  }

  /** What it keeps between calls, in entries: replay cache and tickets. */
  get stateSize(): number {
    return this.#seen.size + this.#tickets.size;
  }

  /** Makes ready for a call that will reach this endpoint. @param supply - kinds of session keys that it is to bring */
  expectCall(dialog: number, supply: readonly SessionKeyType[] = []): Actor {
    const actor = this.#start(supply);
    this.#dialogs.set(actor, dialog);
    return actor;
  }

  /** Takes a message that arrives. */
  receive(parcel: Parcel<B>, message: Message<B>): void {
    const type = messageTypeName(message.header.dataType);
    const { env, device } = this.#setting;
    // Nobody is authenticated yet, and the proxy sends them all: so the limit is on all calls together.
    if (type === 'TRANSFER_INIT' && this.#limit && !this.#limit.allows('calls', env.source.now())) {
      const reason = `there were more than ${device.user.callsPerMinute} calls in a minute`;
      return this.#network.ignore(device.party, parcel.index, { event: type, reason });
    }
    const actor = this.#actorFor(type, { message, dialog: parcel.dialog });
    if (type === 'TRANSFER_INIT') this.#dialogs.set(actor, parcel.dialog);
    actor.take({ type, message }, parcel.index);
  }

  /**
   * The machine for a message. A TRANSFER_INIT that is still being dealt with is no new call, but a retransmission; any other one is a
   * call of its own. A response belongs to the machine that sent the initial message.
   */
  #actorFor(
    type: string,
    { message, dialog }: { readonly message: Message<B>; readonly dialog: number | undefined },
  ): Actor {
    const { header, payloads } = message;
    const A = this.#setting.env.algebra;
    if (type === 'TRANSFER_INIT') {
      const mac = optional(payloads, 'V')?.mac;
      const same = this.actors.find((actor) => {
        const offer = actor.context()['offer'] as Message<B> | undefined;
        const V = offer && optional(offer.payloads, 'V');
        return mac !== undefined && V !== undefined && A.equal(V.mac, mac) && !settled.has(actor.state());
      });
      const expected = this.actors.find((actor) => actor.state() === 'idle' && this.#dialogs.get(actor) === dialog);
      return same ?? expected ?? this.#start();
    }
    return this.#concerned(header.csbId) ?? this.actors.at(-1) ?? this.#start();
  }

  /** Whether a message other than TRANSFER_INIT is about a call that this endpoint takes: its CSB ID says so. */
  concerns({ header }: Message<B>): boolean {
    return this.#concerned(header.csbId) !== undefined;
  }

  /** The machine that sent RESOLVE_INIT or got TRANSFER_INIT with a CSB ID. */
  #concerned(csbId: B): Actor | undefined {
    const A = this.#setting.env.algebra;
    return this.actors.findLast((actor) =>
      (['resolveInit', 'offer'] as const).some((name) => {
        const message = actor.context()[name] as Message<B> | undefined;
        return message !== undefined && A.equal(message.header.csbId, csbId);
      }),
    );
  }

  #start(supply: readonly SessionKeyType[] = []): Actor {
    const { device, env, kms, suite } = this.#setting;
    const endpoint = this.#setting.endpoint();
    const { policies } = endpoint;
    const input = {
      endpoint: { ...endpoint, supplied: suppliedKeys(env, supply, { suite, policies }) },
      request: { responder: device.identity, kms: kms.identity, ...device.access },
    };
    const actor = this.#network.start(device.party, { machine: this.#machine, input }, (request, self) =>
      this.#handle(request, self),
    );
    this.actors.push(actor);
    return actor;
  }

  #handle({ type, params }: Request, self: Actor): void {
    const { device, env, kms, proxy } = this.#setting;
    const at = env.source.now();
    const dialog = this.#dialogs.get(self);
    switch (type) {
      case 'checkReplay':
        return self.take({ type: 'REPLAY_VERDICT', fresh: this.#seen.remember(params['entry'] as never, at) });
      case 'recallTicket': {
        const { key, tpkId } = params['query'] as { readonly key: B; readonly tpkId: Identity<B> | undefined };
        const TPK = findTicketKey(env.algebra, device.ownTicketKeys, tpkId);
        return self.take({ type: 'TICKET_MEMORY', memory: { ...this.#tickets.recall(key), TPK } });
      }
      case 'rememberTicket':
        return this.#tickets.remember(params as never, at);
      case 'send':
      case 'report': {
        const message = params['message'] as Message<B> | undefined;
        const to = self.state() === 'awaitingResolveResp' ? kms.party.name : proxy.name;
        if (message) this.#network.send(device.party, to, { message, at, dialog });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** The ticket that this endpoint resolved last, as its own to call others with (RFC 6043, 9). */
  resolvedTicket(): ResolvedTicket<B> | undefined {
    const A = this.#setting.env.algebra;
    const actor = this.actors.findLast((candidate) => candidate.context()['resolved'] !== undefined);
    const { resolved, admitted, offer } = (actor?.context() ?? {}) as {
      readonly resolved?: ResolvedOffer<B>;
      readonly admitted?: AdmittedOffer<B>;
      readonly offer?: Message<B>;
    };
    if (!resolved || !admitted || !offer) return undefined;
    const { MPKi, sessionKeys } = resolved;
    // Initiator Data belongs to the call that brought the ticket.
    const ticket = { ...admitted.ticket, initiatorData: A.octets('') };
    const held = { ticket, tpData: admitted.tpData, MPKi, MPKr: undefined, sessionKeys, used: true };
    return { held, RANDRi: one(offer.payloads, 'RANDR', randRoles.RANDRi).rand };
  }
}
