/**
 * Whether the claims hold at a point of a run: read off what the honest machines remember, over terms and over bytes alike.
 *
 * @module
 */
import type { ExploredClaimId } from '../../../spec/claims/explored.ts';
import type { Algebra } from '../../algebra/algebra.ts';
import type { AcceptedAnswer } from '../../exchange/acceptAnswer.ts';
import type { HeldTicket } from '../../exchange/requestResp.ts';
import type { Rejection } from '../../guard/checker.ts';
import { isMpk, isForked } from '../../protection/keyTransport.ts';
import { sameIdentity, type Identity } from '../../message/identity.ts';
import type { TicketPayload } from '../../message/payload.ts';
import type { InitiatorContext } from '../../roles/initiator.ts';
import type { ResponderContext } from '../../roles/responderContext.ts';
import { readTicketData } from '../../ticket/baseTicket.ts';
import type { CallKeys } from '../../exchange/transferResp.ts';
import type { Cast, Local } from './cast.ts';
import type { Exchange } from './kmsDesk.ts';
import type { MessageRecipe } from './recipe.ts';

/** A claim that does not hold, and where it shows. */
export interface Violation {
  readonly claim: ExploredClaimId;
  /** One sentence: who believes what. */
  readonly what: string;
  /** The answer of the KMS in which it shows, if it is one. */
  readonly answer?: MessageRecipe | undefined;
}

/** A ticket that the KMS resolved for whomever. */
export interface ResolvedFor<B> {
  readonly recipe: MessageRecipe | undefined;
  readonly exchange: Exchange<B>;
}

/** A point of a run. */
export interface Point<B> {
  readonly locals: readonly Local<B>[];
  readonly resolved: readonly ResolvedFor<B>[];
  /** Whether the attacker can compute a value. */
  readonly derives: (value: B) => boolean;
}

interface CallerFact<B> {
  readonly local: Local<B>;
  readonly held: HeldTicket<B>;
  readonly context: InitiatorContext<B>;
  /** TRANSFER_INIT without Initiator Data. */
  readonly offer: B;
}

interface AnswererFact<B> {
  readonly local: Local<B>;
  readonly context: ResponderContext<B>;
  readonly keys: CallKeys<B>;
  readonly ticket: TicketPayload<B>;
  readonly offer: B;
  readonly MPKi: B;
}

/** Whether a machine gave up because an Error message told it to. */
export function endedByPeer<B>({ situation }: Local<B>): boolean {
  if (situation.state !== 'failed' && situation.state !== 'rejected') return false;
  return (situation.context['rejection'] as Rejection | undefined)?.code === 'ERR_PEER';
}

/** Looks at points of runs. */
export class Judge<B extends object> {
  readonly #cast: Cast<B>;
  readonly #A: Algebra<B>;
  readonly #honest: readonly { readonly name: string; readonly identity: Identity<B> }[];
  readonly #facts = new WeakMap<Local<B>, CallerFact<B> | AnswererFact<B>>();

  constructor(cast: Cast<B>) {
    this.#cast = cast;
    this.#A = cast.algebra;
    this.#honest = cast.people.devices
      .filter(({ party }) => !cast.setup.dishonest.includes(party.name))
      .map(({ party, identity }) => ({ name: party.name, identity }));
  }

  /** All that does not hold here. */
  violations(point: Point<B>): readonly Violation[] {
    const callers = point.locals.flatMap((local) => this.#callerFact(local) ?? []);
    const answerers = point.locals.flatMap((local) => this.#answererFact(local) ?? []);
    return [
      ...callers.flatMap((caller) => this.#ofCaller(caller, { callers, answerers, point })),
      ...answerers.flatMap((answerer) => this.#ofAnswerer(answerer, { callers, answerers, point })),
      ...this.#ofKms(callers, point),
      // No run here has a peer that sends an Error message of its own accord.
      ...point.locals.filter(endedByPeer).map(({ id }): Violation => ({
        claim: 'ended-by-peer-only',
        what: `${id} gave up on the word of somebody who is not its peer`,
      })),
    ];
  }

  /** Whether a caller and an endpoint are in a call here, with the same keys. */
  honestEnd(point: Point<B>): boolean {
    const callers = point.locals.flatMap((local) => this.#callerFact(local) ?? []);
    const answerers = point.locals.flatMap((local) => this.#answererFact(local) ?? []);
    return callers.some(({ context }) =>
      context.answers.some((answer) => answerers.some((fact) => this.#sameSessions(answer.keys, fact.keys))),
    );
  }

  #callerFact(local: Local<B>): CallerFact<B> | undefined {
    if (local.role !== 'initiator') return undefined;
    const known = this.#facts.get(local) as CallerFact<B> | undefined;
    if (known) return known;
    const context = local.situation.context as unknown as InitiatorContext<B>;
    const { transferInit, held } = context;
    if (!transferInit || !held) return undefined;
    const offer = this.#A.encode({ kind: 'Message', message: transferInit }, ['Initiator Data']);
    const fact = { local, held, context, offer };
    this.#facts.set(local, fact);
    return fact;
  }

  #answererFact(local: Local<B>): AnswererFact<B> | undefined {
    if (local.role !== 'responder') return undefined;
    const known = this.#facts.get(local) as AnswererFact<B> | undefined;
    if (known) return known;
    const context = local.situation.context as unknown as ResponderContext<B>;
    const { answer, resolved, admitted, offer: message } = context;
    if (!answer || !resolved || !admitted || !message) return undefined;
    const offer = this.#A.encode({ kind: 'Message', message }, ['Initiator Data']);
    const fact = { local, context, keys: answer.keys, ticket: admitted.ticket, offer, MPKi: resolved.MPKi };
    this.#facts.set(local, fact);
    return fact;
  }

  #ofCaller(
    caller: CallerFact<B>,
    {
      callers,
      answerers,
      point,
    }: {
      readonly callers: readonly CallerFact<B>[];
      readonly answerers: readonly AnswererFact<B>[];
      readonly point: Point<B>;
    },
  ): readonly Violation[] {
    const { context, local } = caller;
    const found: Violation[] = [];
    for (const answer of context.answers) {
      const { peer } = answer.keys;
      const name = this.#honestName(peer);
      const shown = this.#show(peer);
      if (name === undefined) {
        if (!this.#mayAnswerFor(peer, context.call.callee)) {
          const what = `${local.id} called ${this.#show(context.call.callee)} and believes that ${shown} may answer for it`;
          found.push({ claim: 'answerer-authentic', what });
        }
        continue;
      }
      const mates = answerers.filter(
        (fact) =>
          fact.local.device === name &&
          this.#agree(caller, answer, fact) &&
          this.#mayAnswerFor(peer, context.call.callee),
      );
      if (mates.length === 0) {
        found.push({
          claim: 'answerer-authentic',
          what: `${local.id} believes to be in a call with ${shown}, which did not answer it so`,
        });
      }
      if (this.#anyKey(answer.keys, point.derives)) {
        const what = `${local.id} believes that only ${shown} has its keys, but the attacker has them`;
        found.push({ claim: 'caller-keys-secret', what });
      }
      const others = callers.filter((other) => other !== caller).flatMap((other) => other.context.answers);
      if (others.some((other) => this.#shareTek(other.keys, answer.keys))) {
        found.push({ claim: 'teks-fresh', what: `${local.id} has a TEK that an earlier call had` });
      }
      const same = callers.flatMap((other) => other.context.answers).filter((other) => this.#sameAnswer(other, answer));
      if (same.length > 1) {
        found.push({ claim: 'answerer-authentic-once', what: `${local.id} took one answer of ${shown} twice` });
      }
    }
    return found;
  }

  #ofAnswerer(
    answerer: AnswererFact<B>,
    {
      callers,
      answerers,
      point,
    }: {
      readonly callers: readonly CallerFact<B>[];
      readonly answerers: readonly AnswererFact<B>[];
      readonly point: Point<B>;
    },
  ): readonly Violation[] {
    const { local, keys, offer, ticket } = answerer;
    const found: Violation[] = [];
    const { peer } = keys;
    const name = this.#honestName(peer);
    const shown = this.#show(peer);
    if (name !== undefined) {
      const begun = callers.some(
        (caller) =>
          caller.local.device === name &&
          this.#A.equal(caller.offer, offer) &&
          this.#A.equal(caller.held.MPKi, answerer.MPKi) &&
          this.#A.equal(caller.held.ticket.ticketData, ticket.ticketData),
      );
      if (!begun) {
        found.push({
          claim: 'caller-authentic',
          what: `${local.id} believes that ${shown} made this call, which it did not`,
        });
      }
      if (this.#anyKey(keys, point.derives)) {
        const what = `${local.id} believes that only ${shown} has its keys, but the attacker has them`;
        found.push({ claim: 'answerer-keys-secret', what });
      }
      const twice = answerers.filter(
        (other) => other.local.device === local.device && this.#A.equal(other.offer, offer),
      );
      if (twice.length > 1) {
        found.push({ claim: 'caller-authentic-once', what: `${local.device} took one call of ${shown} twice` });
      }
    }
    const earlier = answerers.find(
      (other) => other !== answerer && other.local.device === local.device && this.#shareTek(other.keys, keys),
    );
    if (earlier) found.push({ claim: 'teks-fresh', what: `${local.id} has a TEK that ${earlier.local.id} has too` });
    const maker = this.#makerOf(ticket);
    if (maker !== undefined && maker !== this.#userOf(peer)) {
      const what = `${local.id} takes a ticket that ${maker} made for one of ${shown}`;
      found.push({ claim: 'own-ticket-own-name', what });
    }
    const shared = answerers.find((other) => other.local.device !== local.device && this.#shareAKey(other.keys, keys));
    if (shared) {
      found.push({ claim: 'forks-unique', what: `${local.device} and ${shared.local.device} hold the same key` });
    }
    return found;
  }

  #ofKms(callers: readonly CallerFact<B>[], { resolved }: Point<B>): readonly Violation[] {
    return resolved.flatMap(({ exchange: { context }, recipe: answer }): readonly Violation[] => {
      const MPKi = context.resolved?.keys.find(isMpk)?.key;
      const account = context.sender?.account;
      if (MPKi === undefined || !account) return [];
      const [owner] = account.identities;
      return callers.flatMap(({ held, context: { call }, local }): readonly Violation[] => {
        if (!this.#A.equal(held.MPKi, MPKi)) return [];
        const named = held.tpData.IDRr.some((identity) => this.#mayAnswerFor(owner, identity));
        if (named || this.#mayAnswerFor(owner, call.callee)) return [];
        const what = `${this.#show(owner)} got keys of the ticket of ${local.id} from the KMS, which does not name it`;
        return [{ claim: 'only-authorised-resolve', what, answer }];
      });
    });
  }

  /** Caller and endpoint agree on identities, ticket and keys. */
  #agree(caller: CallerFact<B>, answer: AcceptedAnswer<B>, { context, keys, ticket }: AnswererFact<B>): boolean {
    const A = this.#A;
    const { call } = caller.context;
    const { admitted } = context;
    return (
      admitted !== undefined &&
      sameIdentity(A, keys.peer, call.initiator) &&
      sameIdentity(A, admitted.callee, call.callee) &&
      A.equal(caller.held.ticket.ticketData, ticket.ticketData) &&
      this.#sameSessions(answer.keys, keys)
    );
  }

  #sameSessions(a: CallKeys<B>, b: CallKeys<B>): boolean {
    const same = (one_: B | undefined, other: B | undefined): boolean =>
      one_ === undefined || other === undefined ? one_ === other : this.#A.equal(one_, other);
    return (
      same(a.MPKr, b.MPKr) &&
      a.sessions.length === b.sessions.length &&
      a.sessions.every((session, index) => {
        const other = b.sessions[index];
        return other !== undefined && same(session.tek, other.tek) && same(session.salt, other.salt);
      })
    );
  }

  #sameAnswer(a: AcceptedAnswer<B>, b: AcceptedAnswer<B>): boolean {
    return a.mac !== undefined && b.mac !== undefined && this.#A.equal(a.mac, b.mac);
  }

  /** Keys that only one endpoint is to have. */
  #ownKeys(keys: CallKeys<B>): readonly B[] {
    const { MPKr } = keys;
    return [
      ...(MPKr === undefined ? [] : [MPKr]),
      ...keys.sessionKeys.filter(isForked).map((key) => key.key),
      ...keys.sessions.map((session) => session.tek),
    ];
  }

  #anyKey(keys: CallKeys<B>, derives: (value: B) => boolean): boolean {
    return this.#ownKeys(keys).some((key) => derives(key));
  }

  #shareAKey(a: CallKeys<B>, b: CallKeys<B>): boolean {
    return this.#ownKeys(a).some((key) => this.#ownKeys(b).some((other) => this.#A.equal(key, other)));
  }

  #shareTek(a: CallKeys<B>, b: CallKeys<B>): boolean {
    return a.sessions.some(({ tek }) => b.sessions.some((other) => this.#A.equal(tek, other.tek)));
  }

  #honestName(identity: Identity<B>): string | undefined {
    return this.#honest.find((one_) => sameIdentity(this.#A, one_.identity, identity))?.name;
  }

  #userOf(identity: Identity<B>): string | undefined {
    const text = this.#show(identity);
    return this.#cast.people.devices.find(({ spec, user }) => spec.identity === text || user.identity === text)?.user
      .name;
  }

  /** Whether somebody is an endpoint of a user, or of a member of a group. This is how it truly is, whatever the KMS says. */
  #mayAnswerFor(identity: Identity<B>, callee: Identity<B>): boolean {
    const wanted = this.#show(callee);
    const text = this.#show(identity);
    const group = this.#cast.people.groups.find(({ spec }) => spec.identity === wanted);
    return this.#cast.people.devices.some(
      ({ spec, user }) =>
        spec.identity === text &&
        (group ? group.members.has(user.name) : user.identity === wanted || spec.identity === wanted),
    );
  }

  /** The user whose TPK a ticket names; undefined if that is a key of the KMS. */
  #makerOf(ticket: TicketPayload<B>): string | undefined {
    const id = readTicketData(this.#A, ticket).IDRpsk;
    const key = this.#cast.kms.makerKeys.find(
      (candidate) => id !== undefined && sameIdentity(this.#A, candidate.id, id),
    );
    return key?.maker && this.#userOf(key.maker[0]);
  }

  #show(identity: Identity<B>): string {
    return this.#A.asText(identity.data) ?? 'somebody';
  }
}
