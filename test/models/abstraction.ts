/**
 * The role machines without cryptography: each step ends in one of its possible outcomes, which the event brings along. So all paths can be
 * generated from the graph of the machine, and each says what has to come true in a run over bytes.
 *
 * @module
 */
import { assign, getMicrosteps, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { noStep } from '../../model/roles/step.ts';
import { chartOf } from '../../src/docs/chart.ts';

/** Context of a machine. */
type Context = Readonly<Record<string, unknown>>;

/** What a step leaves in the context when it ends in an outcome; undefined if it cannot, as things are. */
export type Leaves = Context | ((context: Context) => Context | undefined);

/** An event that says how the steps end that it brings about, by their names. */
export interface ScriptedEvent {
  readonly type: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly fresh?: boolean;
}

/** What is to be known of a role. */
export interface Abstraction {
  /** Contexts to start with. */
  readonly contexts: readonly Context[];
  /** How each step can end; default: accepted, rejected, refused. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, Leaves>>>>;
  /** A state and a message that it does not expect, but that can come. */
  readonly unexpected: { readonly state: string; readonly event: string };
}

const accepted = { accepted: true, rejection: undefined };
const rejected = { accepted: false, rejection: { authenticated: false } };
const refused = { accepted: false, rejection: { authenticated: true } };
const replayed = { accepted: false, rejection: { authenticated: false, code: 'ERR_REPLAY' } };

/** Stands for a value that a machine only hands on. */
const some = { message: 'a message', replay: 'a replay entry', tpkId: 'a key id' };
const usual = { accepted, rejected, refused };
const checked = { accepted, rejected };
const judged = { accepted, replayed };

/** Nothing is said about a replay. */
const report = {
  made: ({ rejection }: Context): Context => ({
    report: (rejection as { readonly code?: string } | undefined)?.code === 'ERR_REPLAY' ? undefined : some,
  }),
};

const ticket = (F: boolean): Context => ({ held: { ticket: { policy: { flags: { F } } } } });
const granted = {
  'accepted, F = 1': { ...accepted, ...ticket(true) },
  'accepted, F = 0': { ...accepted, ...ticket(false) },
};
const oneMore = ({ answers }: Context): Context => ({
  ...accepted,
  // A second answer makes no difference to any guard, and paths must come to an end.
  answers: (answers as readonly unknown[]).length > 0 ? answers : [some],
});

/** All roles. */
export const abstractions: Readonly<Record<string, Abstraction>> = {
  initiator: {
    contexts: ['KMS', 'self', 'held'].map((from) => ({
      ...noStep,
      source: { from, ...(from === 'held' ? ticket(true) : {}) },
      requestInit: some,
      transferInit: some,
      answers: [],
      report: undefined,
    })),
    steps: {
      makeRequestInit: checked,
      makeTicket: { ...granted, rejected },
      checkRequestResp: { ...granted, rejected, refused },
      makeTransferInit: checked,
      deriveKeys: { accepted: oneMore, rejected },
      checkTransferResp: { accepted: oneMore, rejected },
      checkRequestError: usual,
      checkTransferError: checked,
      makeReport: report,
    },
    unexpected: { state: 'awaitingTransferResp', event: 'REQUEST_RESP' },
  },
  responder: {
    contexts: [
      {
        ...noStep,
        query: some,
        admitted: { ticket: { policy: { flags: { J: true } } }, tpData: {} },
        resolveInit: some,
        resolved: some,
        fresh: false,
        report: undefined,
      },
    ],
    steps: {
      checkOffer: checked,
      chooseWay: {
        'from the KMS': { ...accepted, way: { from: 'KMS' } },
        kept: { ...accepted, way: { from: 'kept' } },
        'with a TPK': { ...accepted, way: { from: 'ticket key' } },
        rejected,
      },
      checkOfferWithKept: checked,
      openTicket: checked,
      makeResolveInit: checked,
      checkResolveResp: usual,
      checkResolveError: usual,
      judgeReplay: judged,
      makeAnswer: {
        'accepted, F = 1': { ...accepted, answer: { message: some } },
        'accepted, F = 0': { ...accepted, answer: {} },
        rejected,
      },
      checkCallerError: usual,
      makeReport: report,
    },
    unexpected: { state: 'awaitingResolveResp', event: 'TRANSFER_INIT' },
  },
  kms: {
    contexts: [
      {
        ...noStep,
        query: some,
        keyChoice: some,
        verifiedRequest: some,
        verifiedResolve: undefined,
        partner: some,
        forwarded: some,
        granted: some,
        resolved: some,
        fresh: false,
        report: undefined,
      },
    ],
    steps: {
      admitRequest: checked,
      verifyRequest: checked,
      judgeRequestReplay: judged,
      grant: { accepted, refused },
      admitResolve: checked,
      verifyResolve: {
        'accepted, own ticket': { ...accepted, verifiedResolve: some },
        'accepted, foreign ticket': { ...accepted, verifiedResolve: { ...some, foreignKms: 'another KMS' } },
        rejected,
      },
      judgeResolveReplay: judged,
      resolve: { accepted, refused },
      makeForwarded: { accepted, refused },
      checkForeignResp: usual,
      checkForeignError: usual,
      makeReport: report,
    },
    unexpected: { state: 'idle', event: 'RESOLVE_RESP' },
  },
  bundle: {
    contexts: [{ ...noStep, bundle: {}, pending: undefined, replay: some, verdictPending: false, fresh: false }],
    steps: {
      makeUpdate: {
        'accepted, answer awaited': { ...accepted, started: some, pending: some },
        'accepted, no answer': { ...accepted, started: some, pending: undefined },
        rejected,
      },
      checkUpdateInit: { accepted: { ...accepted, verdictPending: true }, rejected },
      // Each bundle has a replay cache of its own: what was never heard is no replay.
      judgeReplay: {
        accepted: { ...accepted, heard: true },
        replayed: ({ heard }) => (heard === true ? replayed : undefined),
      },
      makeAnswer: {
        'accepted, to be sent': { ...accepted, answer: some },
        'accepted, nothing to send': { ...accepted, answer: undefined },
        rejected,
      },
      checkUpdateResp: {
        accepted: { ...accepted, pending: undefined },
        rejected,
        refused: { ...refused, pending: undefined },
      },
      judgeKeyAge: checked,
    },
    unexpected: { state: 'established', event: 'TRANSFER_RESP' },
  },
  forkingProxy: { contexts: [{}], steps: {}, unexpected: { state: 'idle', event: 'TRANSFER_RESP' } },
};

/** A machine whose steps end as the events say. */
export class AbstractMachine {
  readonly machine: AnyStateMachine;
  readonly #abstraction: Abstraction;
  readonly #events: readonly string[];
  /** A step whose outcome the event did not say. */
  #open: string | undefined;
  /** Whether the event said an outcome that cannot be. */
  #absurd = false;

  constructor(machine: AnyStateMachine, abstraction: Abstraction) {
    const chart = chartOf(machine);
    this.#abstraction = abstraction;
    this.#events = [...new Set(chart.transitions.flatMap(({ event }) => (event === undefined ? [] : [event])))];
    const steps = new Set(chart.states.flatMap((state) => state.entry));
    this.machine = machine.provide({
      actions: Object.fromEntries([...steps].map((step) => [step, assign((args) => this.#play(step, args as never))])),
    });
  }

  /** Snapshots to start with. */
  starts(): readonly AnyMachineSnapshot[] {
    const { initial } = chartOf(this.machine);
    return this.#abstraction.contexts.map((context) => this.machine.resolveState({ value: initial, context }));
  }

  /** Every event that a snapshot can take, with every combination of outcomes of the steps that it brings about. */
  events(snapshot: AnyMachineSnapshot): readonly ScriptedEvent[] {
    const expected = this.#events.filter(
      (type) => snapshot.can({ type, outcomes: {} }) && !this.#isUnexpected(snapshot, type),
    );
    return expected.flatMap((type) => this.#complete(snapshot, { type, outcomes: {} }));
  }

  #isUnexpected(snapshot: AnyMachineSnapshot, type: string): boolean {
    const chart = chartOf(this.machine);
    return !chart.transitions.some((one) => one.from === snapshot.value && one.event === type);
  }

  #complete(snapshot: AnyMachineSnapshot, event: ScriptedEvent): readonly ScriptedEvent[] {
    this.#open = undefined;
    this.#absurd = false;
    getMicrosteps(this.machine, snapshot, event);
    if (this.#absurd) return [];
    const step = this.#open;
    if (step === undefined) return [event];
    return Object.keys(this.#outcomesOf(step)).flatMap((outcome) =>
      this.#complete(snapshot, { ...event, outcomes: { ...event.outcomes, [step]: outcome } }),
    );
  }

  #outcomesOf(step: string): Readonly<Record<string, Leaves>> {
    return this.#abstraction.steps[step] ?? usual;
  }

  #play(step: string, { context, event }: { readonly context: Context; readonly event: ScriptedEvent }): Context {
    const outcomes = this.#outcomesOf(step);
    const outcome = event.outcomes?.[step] ?? Object.keys(outcomes)[0]!;
    // The first step without an outcome is what is open; later ones depend on it.
    if (event.outcomes?.[step] === undefined) this.#open ??= step;
    const leaves = outcomes[outcome];
    if (!leaves) throw new Error(`${step} has no outcome ${outcome}`);
    const left = typeof leaves === 'function' ? leaves(context) : leaves;
    this.#absurd ||= left === undefined;
    return left ?? rejected;
  }
}
