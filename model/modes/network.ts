/**
 * A network in memory that drives role machines, for any interpretation of the algebra: messages travel encoded, each receiver
 * decodes for itself, and everything that happens is traced.
 *
 * @module
 */
import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Algebra, Instant, Source } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { MadeCheck, Rejection } from '../guard/checker.ts';
import type { Message } from '../message/message.ts';
import type { Party, TracedMessage, TracedStep } from '../trace/trace.ts';

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
  /** Lets it take an event; what it asks for is done at once, by the handler that it was started with. */
  take(event: RoleEvent, message?: number): void;
}

/** A message under way, as a network entity sees it. */
export interface Parcel<B> {
  readonly from: Party;
  readonly to: string;
  readonly octets: B;
  /** Index in the trace. */
  readonly index: number;
}

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
  readonly #underway: { readonly parcel: Parcel<B>; readonly message: Message<B> }[] = [];

  /** @param nameOf - the name of a data type, for the trace */
  constructor(algebra: Algebra<B>, nameOf: (dataType: number) => string) {
    this.#algebra = algebra;
    this.#nameOf = nameOf;
  }

  /** Says who receives what is sent to a name. */
  attach(name: string, receive: (parcel: Parcel<B>, message: Message<B>) => void): void {
    this.#receivers.set(name, receive);
  }

  /** Encodes a message and puts it on its way. */
  send(from: Party, to: string, { message, at }: { readonly message: Message<B>; readonly at: Instant }): void {
    this.forward(from, to, { octets: this.#algebra.encode({ kind: 'Message', message }), at });
  }

  /**
   * Puts octets on their way.
   *
   * @throws MikeyError if they are no MIKEY message
   */
  forward(from: Party, to: string, { octets, at }: { readonly octets: B; readonly at: Instant }): void {
    const { message } = this.#algebra.decode('Message', octets);
    const type = this.#nameOf(message.header.dataType);
    const index = this.messages.length;
    this.messages.push({ index, type, from: from.name, to, exchange: exchangeOf(type), at, octets, message });
    this.#underway.push({ parcel: { from, to, octets, index }, message });
  }

  /** Delivers what is under way, in order, and what that brings about, until nothing is left. */
  run(): void {
    for (let next = this.#underway.shift(); next; next = this.#underway.shift()) {
      const receive = this.#receivers.get(next.parcel.to);
      if (!receive) throw new MikeyError('ERR_UNSPECIFIED', `nobody is called ${next.parcel.to}`);
      receive(next.parcel, next.message);
    }
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
    const actor: Actor = {
      party,
      state,
      context,
      take: (event, message) => {
        const from = state();
        const before = context();
        const [after, actions] = transition(machine, snapshot, event) as [AnyMachineSnapshot, readonly Request[]];
        snapshot = after;
        this.steps.push({
          party: party.name,
          event: event.type,
          ...(message === undefined ? {} : { message }),
          from,
          to: state(),
          ...describeStep(context(), before),
        });
        for (const action of actions) handle(action, actor);
      },
    };
    return actor;
  }
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
  readonly sourceOf: (party: string) => Source<B>;
}
