/**
 * Plays a run under attack again, move by move, in any interpretation: over terms to check the explorer, over bytes to see that an attack is
 * real and not made by the abstraction.
 *
 * @module
 */
import type { MikeyErrorCode } from '../../error.ts';
import type { Rejection } from '../../guard/checker.ts';
import type { Message } from '../../message/message.ts';
import { messageTypeName } from '../../modes/messageTypeName.ts';
import { derivable, overhear, type KnownKey } from '../../trace/knowledge.ts';
import type { HeldTicket } from '../../exchange/requestResp.ts';
import { Cast, type Local, type Sent, type Universe } from './cast.ts';
import type { Exchange } from './kmsDesk.ts';
import { emptyStorage, type Storage } from './storage.ts';
import { Judge, type Violation } from './claims.ts';
import { Forge, RecipeFails, type Heard } from './forge.ts';
import type { MessageRecipe, Move } from './recipe.ts';
import type { LeftOut, Setup } from './setup.ts';

/** A message on its way. */
export interface Hop<B> {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly octets: B;
  /** Whether the attacker made it. */
  readonly forged: boolean;
  /** Why the receiver turned it down; undefined if it did not. */
  readonly refused: Refused | undefined;
}

/** Why a message was turned down. */
export interface Refused {
  readonly check: string | undefined;
  readonly code: MikeyErrorCode;
  readonly reason: string;
}

/** A run that was played again. */
export interface Replayed<B> {
  readonly hops: readonly Hop<B>[];
  /** What does not hold in the end. */
  readonly violations: readonly Violation[];
  readonly honestEnd: boolean;
  /** The first refusal. */
  readonly refused: (Refused & { readonly by: string }) | undefined;
}

/**
 * Plays moves again.
 *
 * A move that cannot be made, as the KMS refuses what it needs or the receiver is not there, is left out: the rest goes on.
 *
 * @param moves - as exploration found them
 */
export function replay<B extends object>(
  universe: Universe<B>,
  { setup, leftOut }: { readonly setup: Setup; readonly leftOut: LeftOut },
  moves: readonly Move[],
): Replayed<B> {
  return new Replay(universe, setup, leftOut).play(moves);
}

class Replay<B extends object> {
  readonly #setup: Setup;
  readonly #cast: Cast<B>;
  readonly #forge: Forge<B>;
  readonly #locals = new Map<string, Local<B>>();
  readonly #storages = new Map<string, Storage<B>>();
  readonly #sent: Sent<B>[] = [];
  readonly #hops: Hop<B>[] = [];
  readonly #exchanges: { readonly request: B; readonly again: number; readonly exchange: Exchange<B> }[] = [];
  #epoch = 0;

  constructor(universe: Universe<B>, setup: Setup, leftOut: LeftOut) {
    this.#setup = setup;
    this.#cast = new Cast(universe, setup, leftOut);
    this.#forge = new Forge(this.#cast);
    for (const { device, sessions } of setup.answerers) {
      for (let session = 1; session <= sessions; session += 1) {
        const local = this.#cast.answerer(device, session);
        this.#locals.set(local.id, local);
      }
    }
  }

  play(moves: readonly Move[]): Replayed<B> {
    for (const move of moves) this.#make(move);
    const judge = new Judge(this.#cast);
    const known = this.#known();
    const point = {
      locals: [...this.#locals.values()],
      resolved: this.#exchanges.map(({ exchange }) => ({ exchange, recipe: undefined })),
      derives: (value: B) => known.some((key) => this.#cast.algebra.equal(key.value, value)),
    };
    const refusing = this.#hops.find((hop) => hop.refused);
    return {
      hops: this.#hops,
      violations: judge.violations(point),
      honestEnd: judge.honestEnd(point),
      refused: refusing?.refused && { ...refusing.refused, by: refusing.to },
    };
  }

  #make(move: Move): void {
    switch (move.do) {
      case 'time passes':
        this.#epoch += 1;
        this.#forge.epoch = this.#epoch;
        return;
      case 'call':
        this.#call(move.by);
        return;
      case 'ask':
        this.#follow(move.answer);
        return;
      case 'deliver':
        this.#deliver(move.to, move.message);
    }
  }

  #call(id: string): void {
    const index = this.#setup.callers.findIndex((plan) => plan.id === id);
    const plan = this.#setup.callers[index];
    if (!plan) throw new RangeError(`there is no call ${id}`);
    const earlier = [...this.#locals.values()].find(
      (local) => local.device === plan.device && local.situation.context['held'] !== undefined,
    );
    const again = plan.step.ticket.from === 'held';
    if (again && !earlier) return;
    const held = again ? (earlier?.situation.context['held'] as HeldTicket<B>) : undefined;
    this.#keep(undefined, this.#cast.caller(plan, index + 1, held, this.#epoch));
  }

  #deliver(to: string, recipe: MessageRecipe): void {
    const before = this.#locals.get(to);
    const octets = this.#follow(recipe);
    if (!before || !octets) return;
    const storage = this.#storages.get(before.device) ?? emptyStorage;
    const taken = this.#cast.deliver(before, octets, { storage, epoch: this.#epoch });
    const rejection = taken.local.situation.context['rejection'] as Rejection | undefined;
    // To believe an Error message is not to turn it down.
    const isNew = rejection !== before.situation.context['rejection'] && rejection?.code !== 'ERR_PEER';
    this.#note(recipe, { to, octets, rejection: isNew ? rejection : undefined });
    this.#storages.set(before.device, taken.storage);
    this.#keep(before, taken.local);
  }

  #follow(recipe: MessageRecipe): B | undefined {
    try {
      return this.#forge.message(recipe, this.#heard());
    } catch (error) {
      if (error instanceof RecipeFails) return undefined;
      throw error;
    }
  }

  #heard(): Heard<B> {
    return {
      sent: (by, type) => {
        const found = this.#sent.find((one) => one.by === by && one.type === type);
        if (!found) throw new RecipeFails(`${by} sent no ${type}`);
        return found.octets;
      },
      kms: (request, again) => this.#ask(request, again).response,
    };
  }

  /** The KMS gets each message once, unless it is sent again on purpose. */
  #ask(request: B, again: number): Exchange<B> {
    const A = this.#cast.algebra;
    const known = this.#exchanges.find((one) => one.again === again && A.equal(one.request, request));
    if (known) return known.exchange;
    const exchange = this.#cast.askKms(request, { again, epoch: this.#epoch });
    this.#exchanges.push({ request, again, exchange });
    const kms = this.#cast.kms.party.name;
    const sender = this.#sent.find((one) => A.equal(one.octets, request));
    const { rejection } = exchange.context;
    const shown = { type: this.#typeOf(request), octets: request, forged: sender === undefined };
    const from = sender?.by ?? 'attacker';
    this.#hops.push({ from, to: kms, ...shown, refused: exchange.response ? undefined : refusal(rejection) });
    return exchange;
  }

  #note(
    recipe: MessageRecipe,
    { to, octets, rejection }: { readonly to: string; readonly octets: B; readonly rejection: Rejection | undefined },
  ): void {
    const from = recipe.make === 'sent' ? recipe.by : recipe.make === 'kms' ? this.#cast.kms.party.name : 'attacker';
    const forged = recipe.make !== 'sent' && recipe.make !== 'kms';
    this.#hops.push({ from, to, type: this.#typeOf(octets), octets, forged, refused: rejection && refusal(rejection) });
  }

  #typeOf(octets: B): string {
    return messageTypeName(this.#cast.algebra.decode('Message', octets).message.header.dataType);
  }

  #keep(before: Local<B> | undefined, after: Local<B>): void {
    this.#locals.set(after.id, after);
    this.#sent.push(...after.sent.slice(before?.sent.length ?? 0));
  }

  /** Every key that follows from those of the dishonest and from all messages of the run. */
  #known(): readonly KnownKey<B>[] {
    const { people, algebra: A } = this.#cast;
    const { dishonest, leaked } = this.#setup;
    const names = new Set([...dishonest.flatMap((name) => people.given[name] ?? []), ...leaked]);
    const given = people.secrets
      .filter(({ name }) => names.has(name))
      .map(({ name, value }): KnownKey<B> => ({ kind: name.startsWith('TPK') ? 'TPK' : 'PSK', value }));
    const octets = [
      ...this.#sent.map((one) => one.octets),
      ...this.#exchanges.flatMap(({ request, exchange }) => [
        request,
        ...(exchange.response ? [exchange.response] : []),
      ]),
      ...this.#hops.map((hop) => hop.octets),
    ];
    const different = octets.filter((one, index) => octets.findIndex((other) => A.equal(one, other)) === index);
    const messages: readonly Message<B>[] = different.map((one) => A.decode('Message', one).message);
    return derivable(
      A,
      given,
      overhear(A, messages, ({ header }) => messageTypeName(header.dataType)),
    );
  }
}

function refusal(rejection: Rejection | undefined): Refused {
  const { code, reason, check } = rejection ?? { code: 'ERR_UNSPECIFIED' as const, reason: '', check: undefined };
  return { code, reason, check };
}
