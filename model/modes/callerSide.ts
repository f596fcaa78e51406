/**
 * The calling side: a machine for each call, and the tickets that the caller holds between calls.
 *
 * @module
 */
import type { Instant } from '../algebra/algebra.ts';
import { wantedKeys } from '../exchange/newKeys.ts';
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { Call } from '../exchange/transferInit.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Env } from '../guard/profile.ts';
import type { Suite } from '../keys/suite.ts';
import { uri, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { one } from '../message/select.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import { second } from '../message/timestamps.ts';
import type { Authority } from '../policy/authority.ts';
import { flagsOf } from '../policy/flags.ts';
import type { SrtpPolicy } from '../policy/securityPolicy.ts';
import { writeTpData } from '../policy/tpData.ts';
import { initiatorMachine, type TicketSource } from '../roles/initiator.ts';
import { numbersOf, type TicketType } from '../ticket/ticketType.ts';
import type { Party } from '../trace/trace.ts';
import { suppliedKeys } from './broughtKeys.ts';
import type { ResolvedTicket } from './endpointSide.ts';
import { ImpossibleStep } from './impossibleStep.ts';
import { messageTypeName } from './messageTypeName.ts';
import type { Actor, Network } from './network.ts';
import type { Device } from './population.ts';
import { strictFlags, type CallStep, type TicketSpec } from './scenario.ts';

/** What a caller needs. */
export interface CallerSetting<B> {
  readonly device: Device<B>;
  readonly env: Env<B>;
  readonly kms: { readonly party: Party; readonly identity: Identity<B> };
  readonly proxy: Party;
  readonly suite: Suite;
  readonly policies: readonly SrtpPolicy[];
  readonly ticketType: TicketType;
  readonly localPolicy: Authority;
  /** A ticket that the caller resolved as a responder, for decentralised group signaling (RFC 6043, 9). */
  readonly resolved: () => ResolvedTicket<B> | undefined;
  /** Whether an identity is one of a group, as far as the caller knows. */
  readonly isGroup: (identity: string) => boolean;
}

/** A caller on the network. */
export class CallerSide<B> {
  /** One for each call. */
  readonly actors: Actor[] = [];
  readonly #setting: CallerSetting<B>;
  readonly #network: Network<B>;
  readonly #machine: ReturnType<typeof initiatorMachine<B>>;
  readonly #held = new Map<string, HeldTicket<B>>();
  /** RANDRi of the first call with each ticket. */
  readonly #firstRand = new Map<string, B>();

  constructor(network: Network<B>, setting: CallerSetting<B>) {
    this.#network = network;
    this.#setting = setting;
    this.#machine = initiatorMachine(setting.env);
  }

  /** Starts a call. @param dialog - the number of the call set-up */
  call(step: CallStep, { dialog, now }: { readonly dialog: number; readonly now: Instant }): Actor {
    const { device, env, kms, proxy } = this.#setting;
    const name = step.ticket.name ?? 'ticket';
    const source = this.#source(step, now);
    const input = { source, call: this.#callOf(step, name) };
    const actor = this.#network.start(device.party, { machine: this.#machine, input }, (request, self) => {
      if (request.type !== 'send' && request.type !== 'report') return;
      const message = request.params['message'] as Message<B> | undefined;
      if (!message) return;
      const to = self.state() === 'awaitingRequestResp' ? kms.party.name : proxy.name;
      if (messageTypeName(message.header.dataType) === 'TRANSFER_INIT') this.#noteUse(name, self);
      // An Error message is for the one endpoint whose answer was turned down.
      const about = request.type === 'report' ? self.handling() : undefined;
      this.#network.send(device.party, to, { message, at: env.source.now(), dialog, about });
    });
    this.actors.push(actor);
    actor.take({ type: 'CALL' });
    return actor;
  }

  /** The call that a message belongs to: the one whose own message has its CSB ID; otherwise the latest one. */
  actorFor({ header }: Message<B>): Actor | undefined {
    const A = this.#setting.env.algebra;
    const mine = this.actors.findLast((actor) =>
      (['requestInit', 'transferInit'] as const).some((name) => {
        const sent = actor.context()[name] as Message<B> | undefined;
        return sent !== undefined && A.equal(sent.header.csbId, header.csbId);
      }),
    );
    return mine ?? this.actors.at(-1);
  }

  /** A ticket is kept when it is used, and from then on counts as used. */
  #noteUse(name: string, actor: Actor): void {
    const { held, transferInit } = actor.context() as {
      readonly held: HeldTicket<B> | undefined;
      readonly transferInit: Message<B> | undefined;
    };
    if (!held || !transferInit) return;
    this.#held.set(name, { ...held, used: true });
    if (!this.#firstRand.has(name)) {
      this.#firstRand.set(name, one(transferInit.payloads, 'RANDR', randRoles.RANDRi).rand);
    }
  }

  #callOf(step: CallStep, ticket: string): Call<B> {
    const { device, env, policies, suite } = this.#setting;
    return {
      initiator: device.identity,
      callee: uri(env.algebra, step.callee),
      policies,
      streams: step.streams ?? 1,
      groupRANDRi: step.sameRands === true ? this.#firstRand.get(ticket) : undefined,
      calleeIsGroup: this.#setting.isGroup(step.callee),
      groupVerified: step.groupVerified === true,
      supplied: suppliedKeys(env, step.supply ?? [], { suite, policies }),
      csbIdsInUse: this.#csbIdsInUse(),
    };
  }

  /** CSB IDs of the calls that are not over: of all callees, so that answers can be told apart, too (rfc3830:6.1-10). */
  #csbIdsInUse(): readonly B[] {
    return this.actors.flatMap((actor) => {
      const sent = actor.context()['transferInit'] as Message<B> | undefined;
      return sent && actor.state() !== 'ended' ? [sent.header.csbId] : [];
    });
  }

  /** @throws ImpossibleStep if the step asks for a ticket that the caller does not have or cannot make */
  #source(step: CallStep, now: Instant): TicketSource<B> {
    const { device, kms, suite, localPolicy, resolved } = this.#setting;
    const { ticket: wanted } = step;
    const name = wanted.name ?? 'ticket';
    const { name: who } = device.party;
    switch (wanted.from) {
      case 'held': {
        const held = this.#held.get(name);
        if (!held) throw new ImpossibleStep('ticket.from', `${who} holds no ticket called ${name}`);
        return { from: 'held', held };
      }
      case 'resolved': {
        const found = resolved();
        if (!found) throw new ImpossibleStep('ticket.from', `${who} has resolved no ticket`);
        this.#firstRand.set(name, found.RANDRi);
        return { from: 'held', held: found.held };
      }
      case 'self': {
        const TPK = device.makerKey;
        if (!TPK) throw new ImpossibleStep('ticket.from', `${who} shares no TPK to make tickets with`);
        const policy = this.#policy(step, { now, withKms: device.user.ownTickets.key });
        return { from: 'self', creation: { initiator: device.identity, TPK, policy, localPolicy } };
      }
      case 'KMS': {
        const policy = this.#policy(step, { now, withKms: true });
        const { identity: initiator, access } = device;
        return { from: 'KMS', request: { initiator, kms: kms.identity, suite, policy, ...access } };
      }
    }
  }

  /** The Ticket Policy that is asked for, or made. */
  #policy(
    { ticket, callee }: CallStep,
    { now, withKms }: { readonly now: Instant; readonly withKms: boolean },
  ): TicketPolicy<B> {
    const { device, env, kms, suite, ticketType } = this.#setting;
    const A = env.algebra;
    const TRs = wholeSecond(now) + BigInt(ticket.startsIn ?? 0) * second;
    return {
      ...numbersOf(ticketType),
      prfFunc: suite.prfFunc,
      flags: { ...flagsOf(ticket.flags ?? strictFlags), K: false },
      res: 0,
      tpData: writeTpData(A, {
        IDRkms: withKms ? kms.identity : undefined,
        IDRi: device.identity,
        TRs,
        TRe: wholeSecond(now) + BigInt(ticket.validFor ?? defaultValidity) * second,
        TRr: ticket.rekeying,
        KEMAC: wantedKeys(A, ticket.keys ?? defaultKeys, { length: suite.keyLength }),
        IDRapp: (ticket.applications ?? []).map((application) => uri(A, application)),
        IDRr: (ticket.responders ?? [callee]).map((responder) => uri(A, responder)),
      }),
    };
  }
}

/** One hour, in seconds. */
const defaultValidity = 3600;

/** What an Initiator asks for, if nothing else is said. */
const defaultKeys: NonNullable<TicketSpec['keys']> = ['TGK'];

/** NTP-UTC-32 has whole seconds only, so the start is rounded down. */
function wholeSecond(instant: Instant): Instant {
  return (instant / second) * second;
}
