/**
 * A state machine as plain data: what a picture, a DOT text or a table of it shows. It is read off the machine itself, so that a picture
 * cannot tell anything else than what runs.
 *
 * @module
 */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/**
 * What a state does: it waits for an event; it computes one step on entry and leaves at once; or the machine ends in it.
 */
export type StateKind = 'waiting' | 'transient' | 'final';

/** One state. */
export interface ChartState {
  /** Its name, unique in the machine. */
  readonly name: string;
  /** What it does. */
  readonly kind: StateKind;
  /** Names of the actions that are taken on entry, in order. */
  readonly entry: readonly string[];
}

/** One transition. */
export interface ChartTransition {
  /** Name of the state that it starts from. */
  readonly from: string;
  /** Name of the state that it leads to; absent if the machine stays where it is. */
  readonly to?: string;
  /** The event that it waits for; absent if it is taken as soon as the state's step is done. */
  readonly event?: string;
  /** Name of the guard. */
  readonly guard?: string;
  /** Whether it has no guard itself, but stands after others that have one: it is taken if none of those holds. */
  readonly otherwise: boolean;
  /** Names of its actions, in order. */
  readonly actions: readonly string[];
  /** The clause that asks for it, for example `rfc6043:4.2.1.6`. */
  readonly clause?: string;
}

/** A machine without depth: states side by side. */
export interface Chart {
  /** The id of the machine. */
  readonly id: string;
  /** Name of the state that it starts in. */
  readonly initial: string;
  /** All states, in the order of the machine. */
  readonly states: readonly ChartState[];
  /** All transitions, grouped by state, in the order in which the machine tries them. */
  readonly transitions: readonly ChartTransition[];
  /** Names of the actions for an event that a state does not expect; empty if the machine ignores those. */
  readonly unexpected: readonly string[];
}

/**
 * Reads a machine.
 *
 * @param machine - a machine with states side by side, and named actions and guards
 * @returns the same as plain data
 * @throws RangeError if the machine has something that a chart cannot show
 */
export function chartOf(machine: AnyStateMachine): Chart {
  const { root } = machine;
  const [initial] = root.initial.target ?? [];
  if (!initial) throw new RangeError(`machine ${machine.id} has no initial state`);
  const beyond = [...root.transitions.keys()].filter((event) => event !== '*');
  if (beyond.length > 0) throw new RangeError(`machine ${machine.id} handles ${beyond.join(', ')} outside its states`);
  const nodes: readonly AnyStateNode[] = Object.values(root.states);
  return {
    id: machine.id,
    initial: initial.key,
    states: nodes.map(stateOf),
    transitions: nodes.flatMap(transitionsOf),
    unexpected: (root.transitions.get('*') ?? []).flatMap((definition) => namesOf(definition.actions)),
  };
}

function stateOf(node: AnyStateNode): ChartState {
  const flat = (node.type === 'atomic' || node.type === 'final') && node.invoke.length === 0 && node.after.length === 0;
  if (!flat || node.exit.length > 0) {
    throw new RangeError(
      `state ${node.id} has inner states, invocations, delays or exit actions: a chart cannot show them`,
    );
  }
  const waits = node.transitions.size > 0;
  if (waits && node.always) throw new RangeError(`state ${node.id} waits for events and leaves at once`);
  const kind = node.type === 'final' ? 'final' : node.always ? 'transient' : 'waiting';
  return { name: node.key, kind, entry: namesOf(node.entry) };
}

function transitionsOf(node: AnyStateNode): ChartTransition[] {
  const lists = [...node.transitions.values(), ...(node.always ? [node.always] : [])];
  return lists.flatMap((list) =>
    list.map((definition, index) =>
      transitionOf(
        definition,
        list.slice(0, index).some((earlier) => earlier.guard),
      ),
    ),
  );
}

function transitionOf(definition: AnyTransitionDefinition, afterGuarded: boolean): ChartTransition {
  const { source, target, eventType, guard, meta } = definition;
  const [to, ...more] = target ?? [];
  if (more.length > 0) throw new RangeError(`a transition of ${source.id} leads to several states`);
  const clause = (meta as { readonly clause?: string } | undefined)?.clause;
  return {
    from: source.key,
    ...(to ? { to: to.key } : {}),
    ...(eventType === '' ? {} : { event: eventType }),
    ...(guard ? { guard: nameOf(guard) } : {}),
    otherwise: afterGuarded && !guard,
    actions: namesOf(definition.actions),
    ...(clause === undefined ? {} : { clause }),
  };
}

function namesOf(actions: readonly unknown[]): readonly string[] {
  return actions.map(nameOf);
}

/** The name of an action or a guard, which a machine gives as a text or as an object with a type. */
function nameOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string') return part.type;
  throw new RangeError('an action or guard has no name to show');
}

/**
 * What a picture writes at a transition, without the clause.
 *
 * @returns `EVENT [guard] / action`, as far as there is any of it
 */
export function labelOf(transition: ChartTransition): string {
  return [...conditionOf(transition), ...consequenceOf(transition)].join(' ');
}

/** When a transition is taken: `EVENT`, `[guard]`. */
export function conditionOf({ event, guard, otherwise }: ChartTransition): readonly string[] {
  const condition = otherwise ? 'otherwise' : guard;
  return [...(event === undefined ? [] : [event]), ...(condition === undefined ? [] : [`[${condition}]`])];
}

/** What happens on a transition: `/ action, action`. */
export function consequenceOf({ actions }: ChartTransition): readonly string[] {
  return actions.length === 0 ? [] : [`/ ${actions.join(', ')}`];
}
