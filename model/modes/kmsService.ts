/**
 * A KMS on the network: one machine for each exchange, all of them asking the same storage. What it keeps between exchanges is a replay
 * cache, and nothing about users or tickets.
 *
 * @module
 */
import type { Granted } from '../exchange/requestResp.ts';
import type { Resolved } from '../exchange/resolveResp.ts';
import type { Env } from '../guard/profile.ts';
import { sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { Authority } from '../policy/authority.ts';
import { kmsMachine } from '../roles/kms.ts';
import type { TicketKeyChoice } from '../roles/kmsContext.ts';
import { messageTypeName } from './messageTypeName.ts';
import type { Actor, Network, Parcel, Request } from './network.ts';
import type { KmsStore } from './population.ts';
import { RateLimit } from './rateLimit.ts';
import { findSender, findTicketKey, ReplayCache } from './storage.ts';

/** A KMS, its storage and its policy. */
export interface KmsService<B> {
  readonly env: Env<B>;
  readonly store: KmsStore<B>;
  readonly authority: Authority;
  /** The name under which the network knows a KMS. */
  readonly addressOf: (kms: Identity<B>) => string;
}

/** What a KMS did, kept by the simulation and not by the KMS. */
export interface KmsBooks<B> {
  readonly granted: Granted<B>[];
  readonly resolved: Resolved<B>[];
  /** The machine of every exchange. */
  readonly exchanges: Actor[];
  /** What the KMS holds between exchanges, in entries: its replay cache. */
  readonly stateSize: () => number;
  /** How many exchanges wait for a partner KMS. */
  readonly waiting: () => number;
}

/** Puts a KMS on the network. */
export function attachKms<B>(network: Network<B>, service: KmsService<B>): KmsBooks<B> {
  const { env, store, authority } = service;
  const { party } = store;
  const A = env.algebra;
  const machine = kmsMachine(env);
  const seen = new ReplayCache(A);
  /** Exchanges that asked a partner KMS; see `waitingNow`. */
  const waiting = new Set<Actor>();
  const books: KmsBooks<B> = {
    granted: [],
    resolved: [],
    exchanges: [],
    stateSize: () => seen.size,
    waiting: () => waitingNow().size,
  };
  const { perMinute } = store.spec;
  const limit = perMinute === undefined ? undefined : new RateLimit(perMinute);
  network.attach(party.name, (parcel, message) => {
    const type = messageTypeName(message.header.dataType);
    if (limit && !limit.allows(parcel.from.name, env.source.now())) {
      const reason = `${parcel.from.name} sent more than ${perMinute} messages in a minute`;
      return network.ignore(party, parcel.index, { event: type, reason });
    }
    // A partner KMS answers, or says that it will not: both have the CSB ID of what it was asked (rfc6043:5.4-12).
    const answers = type === 'RESOLVE_RESP' || type === 'Error';
    const asked = answers ? exchangeWaitingFor(message) : undefined;
    if (asked) asked.take({ type, message }, parcel.index);
    else startExchange(parcel, { type, message });
    return undefined;
  });
  return books;

  function exchangeWaitingFor(message: Message<B>): Actor | undefined {
    return [...waitingNow()].find((actor) => {
      const sent = actor.context()['forwarded'] as Message<B> | undefined;
      return sent !== undefined && A.equal(sent.header.csbId, message.header.csbId);
    });
  }

  /** Without those that gave up, as the partner never answered. */
  function waitingNow(): ReadonlySet<Actor> {
    for (const actor of waiting) if (actor.state() !== 'awaitingForeignResp') waiting.delete(actor);
    return waiting;
  }

  function startExchange(parcel: Parcel<B>, event: { readonly type: string; readonly message: Message<B> }): void {
    const input = { kms: store.identity, authority, service: store.service };
    const actor = network.start(party, { machine: machine, input }, (request, self) =>
      handle(request, { self, parcel }),
    );
    books.exchanges.push(actor);
    actor.take(event, parcel.index);
  }

  function handle(
    { type, params }: Request,
    { self, parcel }: { readonly self: Actor; readonly parcel: Parcel<B> },
  ): void {
    const at = env.source.now();
    switch (type) {
      case 'findSender':
        return self.take({ type: 'SENDER', sender: findSender(A, store, params['query'] as never) });
      case 'chooseTicketKey':
        return self.take({ type: 'TICKET_KEY', key: chooseTicketKey(params as never) });
      case 'findTicketKey': {
        const key = findTicketKey(A, [...store.ticketKeys, ...store.makerKeys], params['id'] as never);
        return self.take({ type: 'TICKET_KEY', key });
      }
      case 'findPartner': {
        const partner = store.partners.find((one) => sameIdentity(A, one.identity, params['kms'] as never));
        return self.take({ type: 'PARTNER', partner });
      }
      case 'checkReplay':
        return self.take({
          type: 'REPLAY_VERDICT',
          fresh: seen.remember(params['entry'] as never, at),
          envelopeFresh: params['envelope'] === undefined || seen.remember(params['envelope'] as never, at),
        });
      case 'forward': {
        const { message, kms } = params as { readonly message: Message<B>; readonly kms: Identity<B> };
        waiting.add(self);
        return network.send(party, service.addressOf(kms), { message, at, dialog: parcel.dialog });
      }
      case 'send': {
        network.send(party, parcel.from.name, { message: params['message'] as never, at, dialog: parcel.dialog });
        const { granted, resolved } = self.context();
        if (granted) books.granted.push(granted as Granted<B>);
        if (resolved) books.resolved.push(resolved as Resolved<B>);
        return undefined;
      }
      case 'report': {
        const message = params['message'] as Message<B> | undefined;
        if (message) network.send(party, parcel.from.name, { message, at, dialog: parcel.dialog });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** The current key of the KMS; for a single responder that may resolve itself the key that it shares, if it shares one. */
  function chooseTicketKey({ forResponder, responders }: TicketKeyChoice<B>): unknown {
    const [only, ...others] = responders;
    const shared =
      forResponder && only && others.length === 0
        ? store.responderKeys.find(({ responder }) => sameIdentity(A, responder, only))?.TPK
        : undefined;
    return shared ?? store.ticketKeys.at(-1);
  }
}
