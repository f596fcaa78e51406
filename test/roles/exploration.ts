/**
 * Every way through a role machine, without cryptography: each entry step is replaced by its possible outcomes, everything else, the
 * guards above all, is that of the machine.
 *
 * @module
 */
import { assign, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { tableOf } from '../../model/check/explore/table.ts';
import { chartOf } from '../../src/docs/chart.ts';

/** How a step can end, and what it then leaves in the context. */
export interface StepOutcome {
  readonly name: string;
  readonly leaves: Readonly<Record<string, unknown>>;
}

/** What a machine did with one event. */
export interface Passage {
  readonly from: string;
  readonly event: string;
  /** The steps that were made and how each ended. */
  readonly steps: readonly { readonly step: string; readonly outcome: string }[];
  readonly to: string;
  /** What it asked of its surroundings. */
  readonly asked: readonly string[];
  /** Whether it made no step, and state and context are the same as before. */
  readonly unchanged: boolean;
}

/** Accepted; turned down, by whom nobody knows; turned down, though it came from whom it said. */
export const accepted: StepOutcome = { name: 'accepted', leaves: { accepted: true, rejection: undefined } };
export const rejected: StepOutcome = {
  name: 'rejected',
  leaves: { accepted: false, rejection: { authenticated: false } },
};
export const refused: StepOutcome = {
  name: 'rejected after authentication',
  leaves: { accepted: false, rejection: { authenticated: true } },
};

/** The outcome accepted, with something that guards or requests read. */
export function acceptedWith(what: string, leaves: Readonly<Record<string, unknown>>): StepOutcome {
  return { name: `accepted ${what}`, leaves: { ...accepted.leaves, ...leaves } };
}

/** What is explored of a machine. */
export interface Exploration {
  readonly machine: AnyStateMachine;
  /** Contexts to start with: whatever requests to the surroundings read must be there. */
  readonly contexts: readonly Readonly<Record<string, unknown>>[];
  /** Steps whose outcomes are others than accepted, rejected, and rejected after authentication. */
  readonly outcomes: Readonly<Record<string, readonly StepOutcome[]>>;
}

/**
 * Lets a machine take every event in every state and context that it can come to, with every outcome of every step.
 *
 * @returns all passages, in the order of states and events of the machine, without repetitions
 */
export function explore({ machine, contexts, outcomes }: Exploration): readonly Passage[] {
  const chart = chartOf(machine);
  const own = chart.transitions.flatMap(({ event }) => (event === undefined ? [] : [event]));
  const events = [...new Set([...own, 'NONSENSE'])];
  const script = new Script();
  const steps = new Set(chart.states.flatMap((state) => state.entry));
  const acted = machine.provide({
    actions: Object.fromEntries(
      [...steps].map((step) => [
        step,
        assign(() => ({ ...script.play(step, outcomes[step] ?? [accepted, rejected, refused]).leaves })),
      ]),
    ),
  });
  // The table that the explorer runs on must do the same, whatever comes out of a step.
  const table = tableOf(acted);
  const starts = contexts.map((context) => acted.resolveState({ value: chart.initial, context }) as AnyMachineSnapshot);
  const situations = new Map(starts.map((start) => [keyOf(start), start]));
  const passages = new Map<string, Passage>();
  for (const before of situations.values()) {
    for (const event of events) {
      script.forget();
      do {
        script.rewind();
        const [after, actions] = transition(acted, before, { type: event }) as [
          AnyMachineSnapshot,
          readonly { readonly type: string; readonly params?: unknown }[],
        ];
        script.rewind();
        const stepped = table.step({ state: String(before.value), context: before.context }, { type: event });
        const asked = actions.map(({ type, params }) => ({ type, params }));
        const expected = JSON.stringify([String(after.value), after.context, asked]);
        const got = JSON.stringify([stepped.state, stepped.context, stepped.requests]);
        if (got !== expected) throw new Error(`the table of ${machine.id} differs: ${got} instead of ${expected}`);
        const passage: Passage = {
          from: String(before.value),
          event,
          steps: script.played(),
          to: String(after.value),
          asked: actions.map((action) => action.type),
          unchanged: script.played().length === 0 && keyOf(after) === keyOf(before),
        };
        passages.set(JSON.stringify(passage), passage);
        if (!situations.has(keyOf(after))) situations.set(keyOf(after), after);
      } while (script.next());
    }
  }
  const place = new Map(chart.states.map((state, index) => [state.name, index]));
  return [...passages.values()].sort(
    (a, b) => place.get(a.from)! - place.get(b.from)! || events.indexOf(a.event) - events.indexOf(b.event),
  );
}

function keyOf(snapshot: AnyMachineSnapshot): string {
  return JSON.stringify([snapshot.value, snapshot.context]);
}

/** Plays the outcomes of the steps of one event, and then all other combinations, like an odometer. */
class Script {
  #choices: number[] = [];
  #made: { step: string; options: readonly StepOutcome[] }[] = [];

  forget(): void {
    this.#choices = [];
  }

  rewind(): void {
    this.#made = [];
  }

  play(step: string, options: readonly StepOutcome[]): StepOutcome {
    const index = this.#made.push({ step, options }) - 1;
    this.#choices[index] ??= 0;
    return options[this.#choices[index]]!;
  }

  played(): Passage['steps'] {
    return this.#made.map(({ step, options }, index) => ({ step, outcome: options[this.#choices[index]!]!.name }));
  }

  /** Moves on to the next combination; false after the last one. */
  next(): boolean {
    for (let index = this.#made.length - 1; index >= 0; index--) {
      const choice = this.#choices[index]! + 1;
      if (choice < this.#made[index]!.options.length) {
        this.#choices = [...this.#choices.slice(0, index), choice];
        return true;
      }
    }
    return false;
  }
}

/** Passages as a text for a review, a line each. */
export function showPassages(passages: readonly Passage[]): string {
  const lines = passages.map(({ from, event, steps, to, asked, unchanged }) => {
    const what = steps.map(({ step, outcome }) => `${step}: ${outcome}`).join(', then ');
    const end = unchanged ? 'unchanged' : to;
    return `${from} | ${event} | ${what || '-'} | ${end} | ${asked.join(', ') || '-'}`;
  });
  return ['state | event | steps | next state | asks', ...lines, ''].join('\n');
}
