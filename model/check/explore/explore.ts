/**
 * Exhaustive exploration within bounds: every run of the honest machines that an attacker can bring about with its recipes, shortest first.
 *
 * Reductions, each tested not to change a verdict:
 *
 * - A call that can be made is made at once: it only adds to what the attacker hears.
 * - What is turned down is as if it had not arrived: the machine that might have waited for something better can do all that this one can.
 * - Sessions of one endpoint are alike, so they start in order.
 * - The Responder gets the genuine RESOLVE_RESP at once (`atomicResolve`), as long as nothing else could pass its checks.
 *
 * @module
 */
import type { ExploredClaimId } from '../../../spec/claims/explored.ts';
import type { InitiatorContext } from '../../roles/initiator.ts';
import type { Instant } from '../../algebra/algebra.ts';
import { Terms, type Term } from '../term.ts';
import { termAlgebra } from '../termAlgebra.ts';
import { Arsenal } from './arsenal.ts';
import { Attacker } from './attacker.ts';
import type { Candidate, Hand } from './hand.ts';
import { Cast, type Local, type Sent, type Universe } from './cast.ts';
import { emptyStorage, type Storage } from './storage.ts';
import { endedByPeer, Judge, type Point, type Violation } from './claims.ts';
import type { Move } from './recipe.ts';
import { replay } from './replay.ts';
import { nothingLeftOut, type LeftOut, type Setup } from './setup.ts';

/** How far to look. */
export interface Bounds {
  /** States to look at, at most. */
  readonly states: number;
  /** Milliseconds, at most. */
  readonly milliseconds: number;
}

/** Far enough for all setups here. */
export const usualBounds: Bounds = { states: 200_000, milliseconds: 60_000 };

/** A claim that fell, and how. */
export interface Attack extends Violation {
  /** The run, from the start. */
  readonly moves: readonly Move[];
}

/** What exploration found. */
export interface Explored {
  readonly setup: Setup;
  /** Whether every state within the bounds was looked at. */
  readonly complete: boolean;
  /** Why not. */
  readonly stopped: 'states' | 'time' | 'asked' | undefined;
  readonly states: number;
  /** Deliveries that were tried. */
  readonly tried: number;
  /** Steps of machines that were made. */
  readonly steps: number;
  /** Longest run, in moves. */
  readonly depth: number;
  readonly terms: number;
  readonly milliseconds: number;
  /** By claim, the shortest attack. */
  readonly attacks: ReadonlyMap<ExploredClaimId, Attack>;
  /** The shortest run to the honest end; undefined if there is none. */
  readonly honestEnd: readonly Move[] | undefined;
}

/** How far an exploration has come. */
export interface Progress {
  readonly states: number;
  /** States that were found and not looked at yet. */
  readonly waiting: number;
}

/** What may be set about an exploration. */
export interface ExploreOptions {
  readonly leftOut?: LeftOut;
  readonly bounds?: Bounds;
  /** The reductions; off only to test them. */
  readonly atomicResolve?: boolean;
  readonly eagerCalls?: boolean;
  readonly sessionsInOrder?: boolean;
  /** Milliseconds, for the time limit; the model has no clock of its own. */
  readonly clock?: () => number;
  /** Called for everything that the attacker could send somewhere; for tests. */
  readonly visit?: (hand: Hand, candidate: Candidate) => void;
}

interface State {
  readonly locals: readonly Local<Term>[];
  readonly storages: ReadonlyMap<string, Storage<Term>>;
  readonly epoch: number;
  readonly sent: readonly Sent<Term>[];
  readonly hand: Hand;
  readonly parent: State | undefined;
  readonly moves: readonly Move[];
  readonly depth: number;
}

/** 1 January 2026, in seconds since 1900. */
const start: Instant = 3_976_214_400n << 32n;

/** Terms whose fresh values are named. */
export function termUniverse(terms: Terms = new Terms()): Universe<Term> {
  return {
    algebra: termAlgebra(terms),
    fresh: (name, length) => terms.intern({ op: 'name', ...name }, length),
    start,
    flipKey: (ciphertext) => flipKey(terms, ciphertext),
    idOf: (term) => term.id,
  };
}

/** A perfect ciphertext does not let itself be changed; a stream cipher does, and what comes out is a value that nobody drew. */
function flipKey(terms: Terms, ciphertext: Term): Term {
  const A = termAlgebra(terms);
  const { shape } = ciphertext;
  const plain = shape.op === 'enc' ? shape.data.shape : undefined;
  if (shape.op !== 'enc' || plain?.op !== 'encoding' || plain.syntax.kind !== 'Key data') return ciphertext;
  const { keys } = plain.syntax;
  const flipped = keys.map((key, index) => {
    if (index < keys.length - 1) return key;
    const name = { op: 'name', party: 'nobody', purpose: 'flipped key', serial: key.key.id } as const;
    return { ...key, key: terms.intern(name, key.key.length) };
  });
  const data = A.encode({ kind: 'Key data', keys: flipped });
  return terms.intern({ ...shape, data }, ciphertext.length);
}

/** Explores a setup. */
export function explore(setup: Setup, options: ExploreOptions = {}): Explored {
  const exploring = explorable(setup, options);
  for (;;) {
    const { done, value } = exploring.next();
    if (done) return value;
  }
}

/**
 * Explores a setup bit by bit, so that whoever drives it can do something else between, or stop.
 *
 * @returns reports now and then how far it is; `next(true)` stops it, and what is known by then is kept
 */
export function explorable(
  setup: Setup,
  options: ExploreOptions = {},
): Generator<Progress, Explored, boolean | undefined> {
  return new Explorer(setup, options).run();
}

/** How many states are looked at between two reports of progress. */
const reportEvery = 100;

class Explorer {
  readonly #setup: Setup;
  readonly #options: ExploreOptions;
  readonly #terms = new Terms();
  readonly #cast: Cast<Term>;
  readonly #attacker: Attacker;
  readonly #arsenal: Arsenal;
  readonly #judge: Judge<Term>;
  readonly #atomic: boolean;
  readonly #hands = new Map<string, Hand>();
  readonly #attacks = new Map<ExploredClaimId, Attack>();
  #honestEnd: readonly Move[] | undefined;
  #tried = 0;

  constructor(setup: Setup, options: ExploreOptions) {
    this.#setup = setup;
    this.#options = options;
    const leftOut = options.leftOut ?? nothingLeftOut;
    this.#cast = new Cast(termUniverse(this.#terms), setup, leftOut);
    this.#attacker = new Attacker(this.#cast);
    this.#arsenal = new Arsenal(this.#cast, this.#attacker);
    this.#judge = new Judge(this.#cast);
    const loose = [...leftOut.checks].some((name) => name.startsWith('resolveResp') || name.startsWith('resolved'));
    const parts = leftOut.parts.has('response-mac-without-initial-message');
    this.#atomic = options.atomicResolve ?? !(loose || parts);
  }

  *run(): Generator<Progress, Explored, boolean | undefined> {
    const { bounds = usualBounds, clock = () => 0 } = this.#options;
    const from = clock();
    const first = this.#first();
    const visited = new Set([this.#keyOf(first)]);
    const queue: State[] = [first];
    let depth = 0;
    let next = 0;
    let stopped: Explored['stopped'];
    this.#look(first);
    for (; next < queue.length; next += 1) {
      const state = queue[next] as State;
      if (next >= bounds.states) stopped = 'states';
      else if (next % 20 === 0 && clock() - from > bounds.milliseconds) stopped = 'time';
      else if (next % reportEvery === 0 && (yield { states: next, waiting: queue.length - next }) === true) {
        stopped = 'asked';
      }
      if (stopped) break;
      depth = Math.max(depth, state.depth);
      for (const after of this.#successors(state)) {
        const key = this.#keyOf(after);
        if (visited.has(key)) continue;
        visited.add(key);
        this.#look(after);
        queue.push(after);
      }
    }
    return {
      setup: this.#setup,
      complete: stopped === undefined,
      stopped,
      states: next,
      tried: this.#tried,
      steps: this.#cast.steps,
      depth,
      terms: this.#terms.size,
      milliseconds: clock() - from,
      attacks: this.#attacks,
      honestEnd: this.#honestEnd,
    };
  }

  #first(): State {
    const locals = this.#setup.answerers.flatMap(({ device, sessions }) =>
      Array.from({ length: sessions }, (_, index) => this.#cast.answerer(device, index + 1)),
    );
    this.#attacker.epoch = 0;
    const empty: State = {
      locals,
      storages: new Map(),
      epoch: 0,
      sent: [],
      hand: this.#attacker.begin(),
      parent: undefined,
      moves: [],
      depth: 0,
    };
    return this.#options.eagerCalls === false ? empty : this.#withCalls(empty);
  }

  /** Makes all calls that can be made. */
  #withCalls(state: State): State {
    let at = state;
    for (;;) {
      const [called] = this.#calls(at);
      if (!called) return at;
      at = { ...called, parent: state.parent, moves: [...at.moves, ...called.moves] };
    }
  }

  /** The states after one more call. */
  #calls(state: State): readonly State[] {
    return this.#setup.callers.flatMap((plan, index): readonly State[] => {
      if (state.locals.some(({ id }) => id === plan.id)) return [];
      const first = plan.step.ticket.from === 'held';
      const held = first ? this.#heldBy(state, plan.device, plan.step.ticket.name ?? 'ticket') : undefined;
      if (first && !held) return [];
      const local = this.#cast.caller(plan, index + 1, held, state.epoch);
      const after = this.#moved(state, { local, storage: undefined }, { do: 'call', by: plan.id });
      return after ? [after] : [];
    });
  }

  #heldBy(state: State, device: string, name: string): InitiatorContext<Term>['held'] {
    for (const plan of this.#setup.callers) {
      const { from, name: other = 'ticket' } = plan.step.ticket;
      if (plan.device !== device || from === 'held' || other !== name) continue;
      const local = state.locals.find(({ id }) => id === plan.id);
      const context = local?.situation.context as InitiatorContext<Term> | undefined;
      if (context?.held && context.transferInit) return context.held;
    }
    return undefined;
  }

  #moved(
    state: State,
    { local, storage }: { readonly local: Local<Term>; readonly storage: Storage<Term> | undefined },
    move: Move,
  ): State | undefined {
    const before = state.locals.find(({ id }) => id === local.id);
    const fresh = local.sent.slice(before?.sent.length ?? 0);
    const locals = before ? state.locals.map((one) => (one === before ? local : one)) : [...state.locals, local];
    const sent = [...state.sent, ...fresh];
    return {
      locals,
      storages: storage ? new Map([...state.storages, [local.device, storage]]) : state.storages,
      epoch: state.epoch,
      sent,
      hand: this.#handAfter(state.hand, fresh, { sent, epoch: state.epoch }),
      parent: state,
      moves: [move],
      depth: state.depth + 1,
    };
  }

  #handAfter(
    hand: Hand,
    fresh: readonly Sent<Term>[],
    { sent, epoch }: { readonly sent: readonly Sent<Term>[]; readonly epoch: number },
  ): Hand {
    if (fresh.length === 0) return hand;
    const key = `${epoch}|${sent
      .map(({ octets }) => octets.id)
      .sort((a, b) => a - b)
      .join()}`;
    const known = this.#hands.get(key);
    if (known) return known;
    this.#attacker.epoch = epoch;
    const after = this.#attacker.hear(hand, fresh, sent);
    this.#hands.set(key, after);
    return after;
  }

  #keyOf(state: State): string {
    const storages = [...state.storages].map(([device, storage]) => `${device}:${this.#cast.storageKey(storage)}`);
    return `${state.epoch}|${state.locals
      .map(({ number }) => number)
      .sort((a, b) => a - b)
      .join()}|${storages.sort().join('|')}`;
  }

  /** Looks whether the claims hold. */
  #look(state: State): void {
    const point = this.#pointOf(state);
    for (const violation of this.#judge.violations(point)) {
      if (!this.#attacks.has(violation.claim)) {
        this.#attacks.set(violation.claim, { ...violation, moves: this.#attackOf(state, violation) });
      }
    }
    if (!this.#honestEnd && this.#judge.honestEnd(point)) this.#honestEnd = movesTo(state);
  }

  /** The moves to a violation, with those answers of the KMS that the attacker only needs to read keys out of them. */
  #attackOf(state: State, { claim, answer }: Violation): readonly Move[] {
    const moves = movesTo(state);
    if (answer) return [...moves, { do: 'ask', answer }];
    if (!claim.endsWith('-secret')) return moves;
    const shows = (more: readonly Move[]): boolean => {
      const what = { setup: this.#setup, leftOut: this.#options.leftOut ?? nothingLeftOut };
      const { violations } = replay(termUniverse(), what, [...moves, ...more]);
      return violations.some((violation) => violation.claim === claim);
    };
    const asks = state.hand.resolved.flatMap(({ recipe }): readonly Move[] =>
      recipe?.make === 'kms' && recipe.to.make === 'RESOLVE_INIT' ? [{ do: 'ask', answer: recipe }] : [],
    );
    const enough = [[], ...asks.map((ask) => [ask])].find((more) => shows(more));
    return [...moves, ...(enough ?? asks)];
  }

  #pointOf({ locals, hand }: State): Point<Term> {
    return {
      locals,
      resolved: hand.resolved,
      derives: (value) => hand.knowledge.canDerive(value),
    };
  }

  *#successors(state: State): Iterable<State> {
    this.#attacker.epoch = state.epoch;
    const eager = this.#options.eagerCalls !== false;
    if (!eager) yield* this.#calls(state);
    const waiting = new Set<string>();
    for (const local of state.locals) {
      if (local.role === 'responder' && local.situation.state === 'idle') {
        if (this.#options.sessionsInOrder !== false && waiting.has(local.device)) continue;
        waiting.add(local.device);
      }
      for (const candidate of this.#candidatesFor(state, local)) {
        const after = this.#delivered(state, local, candidate);
        if (after) yield eager ? this.#withCalls(after) : after;
      }
    }
    if (state.epoch < this.#setup.clockSteps) {
      yield {
        ...state,
        epoch: state.epoch + 1,
        hand: this.#attacker.later(state.hand),
        parent: state,
        moves: [{ do: 'time passes' }],
        depth: state.depth + 1,
      };
    }
  }

  /** What may be of use to a machine in its state. */
  #candidatesFor(state: State, local: Local<Term>): readonly Candidate[] {
    const { hand, sent } = state;
    const { id, role, situation } = local;
    switch (situation.state) {
      case 'idle':
        return role === 'responder' ? this.#arsenal.offers(hand, sent) : [];
      case 'awaitingResolveResp':
        return [...this.#arsenal.resolveResps(hand, id, sent), ...this.#arsenal.errors(id, 'RESOLVE_INIT_PSK', sent)];
      case 'awaitingRequestResp':
        return [...this.#arsenal.requestResps(hand, id, sent), ...this.#arsenal.errors(id, 'REQUEST_INIT_PSK', sent)];
      case 'awaitingTransferResp':
        return [...this.#arsenal.answers(hand, id, sent), ...this.#arsenal.errors(id, 'TRANSFER_INIT', sent)];
      case 'established': {
        if (role === 'responder') return this.#arsenal.errors(id, 'TRANSFER_RESP', sent);
        const { answers } = situation.context as unknown as InitiatorContext<Term>;
        return answers.length < this.#setup.answersPerCall ? this.#arsenal.answers(hand, id, sent) : [];
      }
      default:
        return [];
    }
  }

  /** The state after a delivery; undefined if that changes nothing worth mentioning. */
  #delivered(state: State, local: Local<Term>, { recipe, octets }: Candidate): State | undefined {
    this.#tried += 1;
    this.#options.visit?.(state.hand, { recipe, octets });
    const storage = state.storages.get(local.device) ?? emptyStorage;
    const taken = this.#cast.deliver(local, octets, { storage, epoch: state.epoch });
    if (!isProgress(local, taken.local)) return undefined;
    const after = this.#moved(state, taken, { do: 'deliver', to: local.id, message: recipe });
    const now = taken.local.situation.state;
    if (!after || now !== 'awaitingResolveResp' || !this.#atomic) return after;
    const [genuine] = this.#arsenal.resolveResps(after.hand, local.id, after.sent);
    if (!genuine) return undefined;
    const resolved = this.#delivered(after, taken.local, genuine);
    return resolved && { ...resolved, parent: state, moves: [...after.moves, ...resolved.moves] };
  }
}

/** Whether a machine got anywhere. */
function isProgress(before: Local<Term>, after: Local<Term>): boolean {
  // Whoever gives up because somebody says so is gone for good.
  if (endedByPeer(after)) return true;
  if (['rejected', 'failed', 'ended'].includes(after.situation.state)) return false;
  if (after.situation.state !== before.situation.state) return true;
  const count = ({ situation }: Local<Term>): number =>
    ((situation.context as Partial<InitiatorContext<Term>>).answers ?? []).length;
  return count(after) > count(before);
}

/** The moves from the start to a state. */
function movesTo(state: State): readonly Move[] {
  const moves: Move[] = [];
  for (let at: State | undefined = state; at; at = at.parent) moves.unshift(...at.moves);
  return moves;
}
