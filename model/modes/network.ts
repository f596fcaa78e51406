/**
 * A network in memory that drives role machines, for any interpretation of the algebra: messages travel encoded, each receiver
 * decodes for itself, and everything that happens is traced.
 *
 * @module
 */
import { getMicrosteps, initialTransition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Algebra, Instant, Source } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { MadeCheck, Rejection } from '../guard/checker.ts';
import type { Message } from '../message/message.ts';
import type { Fate, Party, TracedMessage, TracedStep } from '../trace/trace.ts';

/** An event for a machine. */
export interface RoleEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Something that a machine asks of its surroundings. */
export interface Request {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A running machine. */
export interface Actor {
  readonly party: Party;
  /** The state that it is in. */
  state(): string;
  /** What it remembers. */
  context(): Readonly<Record<string, unknown>>;
  /** Index in the trace of the message that it took last. */
  handling(): number | undefined;
  /** Lets it take an event; what it asks for is done at once, by the handler that it was started with. */
  take(event: RoleEvent, message?: number): void;
}

/** One transition of a machine: an event may bring about several, as a state that computes leaves at once. */
export interface Microstep {
  readonly from: string;
  /** What the machine remembered when it left `from`: what its guards saw. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly to: string;
  /** Names of what it asked of its surroundings. */
  readonly asked: readonly string[];
}

/** What a machine did with one event. */
export interface Passage {
  readonly machine: AnyStateMachine;
  readonly actor: Actor;
  readonly event: RoleEvent;
  readonly microsteps: readonly Microstep[];
}

/** A message under way, as a network entity sees it. */
export interface Parcel<B> {
  readonly from: Party;
  readonly to: string;
  readonly octets: B;
  /** Index in the trace. */
  readonly index: number;
  /** Which call set-up it belongs to, as a SIP Call-ID says; undefined outside of any. */
  readonly dialog: number | undefined;
  /** Index of the message that it is about, as a To tag says which of several branches is meant; undefined: all of them. */
  readonly about: number | undefined;
}

/** A message to be sent, when, and within which call set-up. */
interface Posting {
  readonly at: Instant;
  readonly dialog?: number | undefined;
  readonly about?: number | undefined;
}

/**
 * Somebody in the middle: decides what of a message arrives.
 *
 * @returns the octets to deliver, in order: the same ones, others, none at all, or several
 */
export type Intercept<B> = (hop: TracedMessage<B>) => readonly B[];

/** The exchange that a data type belongs to. */
function exchangeOf(type: string): TracedMessage<never>['exchange'] {
  if (type.startsWith('REQUEST')) return 'Ticket Request';
  return type.startsWith('RESOLVE') ? 'Ticket Resolve' : 'Ticket Transfer';
}

/** The network and its log. */
export class Network<B> {
  readonly messages: TracedMessage<B>[] = [];
  readonly steps: TracedStep[] = [];
  readonly #algebra: Algebra<B>;
  readonly #nameOf: (dataType: number) => string;
  readonly #receivers = new Map<string, (parcel: Parcel<B>, message: Message<B>) => void>();
  readonly #underway: Parcel<B>[] = [];
  readonly #intercept: Intercept<B>;
  readonly #pick: (underway: number) => number;
  readonly #watch: ((passage: Passage) => void) | undefined;
  readonly #within: (dialog: number | undefined) => Pick<TracedMessage<B>, 'call' | 'update'>;

  /**
   * @param nameOf - the name of a data type, for the trace
   * @param options - `intercept`: who stands in the middle, default nobody; `pick`: which of so many parcels under way arrives next, by its
   *   place in the queue, default the first; `watch`: hears of everything that a machine does, before its surroundings do what it asks
   *   for, default nobody; `within`: the call that a dialog belongs to, for the trace, default none
   */
  constructor(
    algebra: Algebra<B>,
    nameOf: (dataType: number) => string,
    {
      intercept = (hop) => [hop.octets],
      pick = () => 0,
      watch,
      within = () => ({}),
    }: {
      readonly intercept?: Intercept<B>;
      readonly pick?: (underway: number) => number;
      readonly watch?: (passage: Passage) => void;
      readonly within?: (dialog: number | undefined) => Pick<TracedMessage<B>, 'call' | 'update'>;
    } = {},
  ) {
    this.#pick = pick;
    this.#watch = watch;
    this.#within = within;
    this.#algebra = algebra;
    this.#nameOf = nameOf;
    this.#intercept = intercept;
  }

  /** Says who receives what is sent to a name. */
  attach(name: string, receive: (parcel: Parcel<B>, message: Message<B>) => void): void {
    this.#receivers.set(name, receive);
  }

  /** Encodes a message and puts it on its way. */
  send(from: Party, to: string, { message, ...posting }: Posting & { readonly message: Message<B> }): void {
    this.forward(from, to, { octets: this.#algebra.encode({ kind: 'Message', message }), ...posting });
  }

  /**
   * Puts octets on their way.
   *
   * @throws MikeyError if they are no MIKEY message
   */
  forward(from: Party, to: string, { octets, at, dialog, about }: Posting & { readonly octets: B }): void {
    const { message } = this.#algebra.decode('Message', octets);
    const type = this.#nameOf(message.header.dataType);
    const index = this.messages.length;
    const exchange = type === 'Error' ? this.#exchangeWith(message) : exchangeOf(type);
    const within = this.#within(dialog);
    const hop: TracedMessage<B> = { index, type, from: from.name, to, exchange, at, octets, message, ...within };
    this.messages.push(hop);
    const arriving = this.#intercept(hop);
    const fate = this.#fateOf(hop, arriving);
    if (fate !== undefined) this.messages[index] = { ...hop, fate };
    for (const each of arriving) this.#underway.push({ from, to, octets: each, index, dialog, about });
  }

  /**
   * Delivers what is under way, in order, and what that brings about, until nothing is left. Each receiver decodes for itself; what is no
   * MIKEY message does not reach its machine.
   */
  run(): void {
    for (let parcel = this.#next(); parcel; parcel = this.#next()) {
      const receive = this.#receivers.get(parcel.to);
      if (!receive) throw new RangeError(`nobody is called ${parcel.to}`);
      const message = this.#read(parcel);
      if (message) receive(parcel, message);
    }
  }

  /** What became of a message on its way. */
  #fateOf({ octets }: TracedMessage<B>, arriving: readonly B[]): Fate | undefined {
    if (arriving.length === 0) return 'lost';
    if (arriving.some((each) => each !== octets && !this.#algebra.equal(each, octets))) return 'changed';
    return arriving.length > 1 ? 'repeated' : undefined;
  }

  /** The exchange in which an Error message comes: it repeats the CSB ID of the message with the error (rfc6043:5.4-12). */
  #exchangeWith({ header }: Message<B>): TracedMessage<B>['exchange'] {
    const about = this.messages.findLast((hop) => this.#algebra.equal(hop.message.header.csbId, header.csbId));
    return about?.exchange ?? 'Ticket Transfer';
  }

  #next(): Parcel<B> | undefined {
    const place = this.#underway.length > 1 ? this.#pick(this.#underway.length) : 0;
    return this.#underway.splice(place, 1)[0];
  }

  #read(parcel: Parcel<B>): Message<B> | undefined {
    try {
      return this.#algebra.decode('Message', parcel.octets).message;
    } catch (error) {
      if (!(error instanceof MikeyError)) throw error;
      const { code, message: reason } = error;
      const { to: party, index: message } = parcel;
      this.steps.push({
        party,
        event: 'malformed',
        message,
        from: '',
        to: '',
        checks: [],
        rejection: { code, reason },
      });
      return undefined;
    }
  }

  /** Notes that a party did not even look at a message. */
  ignore(party: Party, index: number, { event, reason }: { readonly event: string; readonly reason: string }): void {
    const rejection = { code: 'ERR_UNSPECIFIED', check: 'rateLimit', reason };
    this.steps.push({ party: party.name, event, message: index, from: '', to: '', checks: [], rejection });
  }

  /**
   * Starts a machine.
   *
   * @param machine - a role machine, and its input
   * @param handle - does what the machine asks for; may let it take further events
   */
  start(
    party: Party,
    { machine, input }: { readonly machine: AnyStateMachine; readonly input: unknown },
    handle: (request: Request, actor: Actor) => void,
  ): Actor {
    let [snapshot] = initialTransition(machine, input) as [AnyMachineSnapshot, unknown];
    const state = (): string => String(snapshot.value);
    const context = (): Readonly<Record<string, unknown>> => snapshot.context as Readonly<Record<string, unknown>>;
    let handling: number | undefined;
    const actor: Actor = {
      party,
      state,
      context,
      handling: () => handling,
      take: (event, message) => {
        handling = message ?? handling;
        const from = state();
        const before = context();
        const microsteps: Microstep[] = [];
        const actions: Request[] = [];
        for (const [after, asked] of getMicrosteps(machine, snapshot, event)) {
          microsteps.push({
            from: state(),
            context: context(),
            to: String((after as AnyMachineSnapshot).value),
            asked: asked.map((action) => action.type),
          });
          actions.push(...(asked as readonly Request[]));
          snapshot = after as AnyMachineSnapshot;
        }
        this.steps.push({
          party: party.name,
          event: event.type,
          ...(message === undefined ? {} : { message }),
          from,
          to: state(),
          ...(actions.some((action) => action.type === 'illegalEvent')
            ? { checks: [], rejection: unexpected(event.type, from) }
            : describeStep(context(), before)),
        });
        this.#watch?.({ machine, actor, event, microsteps });
        for (const action of actions) handle(action, actor);
      },
    };
    return actor;
  }
}

/** An event that a state does not expect is no silent matter: the trace shows it as turned down. */
function unexpected(event: string, state: string): { readonly code: string; readonly reason: string } {
  return { code: 'ERR_DATA_TYPE', reason: `${event} is not expected in the state ${state}` };
}

/** The checks that a machine has made so far; the proxy makes none. */
function checksOf(context: Readonly<Record<string, unknown>>): readonly MadeCheck[] {
  return (context['checks'] ?? []) as readonly MadeCheck[];
}

/** What the trace says about the steps that an event brought about. */
function describeStep(
  context: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Pick<TracedStep, 'checks' | 'rejection'> {
  const checks = checksOf(context).slice(checksOf(before).length);
  const rejection = context['rejection'] as Rejection | undefined;
  if (!rejection || rejection === before['rejection']) return { checks };
  const { code, reason, check } = rejection;
  return { checks, rejection: check === undefined ? { code, reason } : { code, reason, check } };
}

/** A source per party, so that clocks and randomness of parties are independent. */
export interface Interpretation<B> {
  readonly algebra: Algebra<B>;
  /** The algebra of a party, where each is to have one of its own, as for counting; default {@link Interpretation.algebra}. */
  readonly algebraOf?: (party: string) => Algebra<B>;
  /** The source of a party, by its name. */
  readonly sourceOf: (party: string) => Source<B>;
  /** Who issues certificates, for runs in which somebody needs one. */
  readonly infrastructure?: () => Infrastructure<B>;
}
