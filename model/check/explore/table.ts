/**
 * A role machine as a compact table, derived from the machine itself, and a small interpreter for it. XState's `transition()` costs some ten
 * microseconds and builds a whole snapshot each time; exploring takes the same steps through this table. That both agree on every state,
 * event and outcome is tested, not assumed.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import type { Request, RoleEvent } from '../../modes/network.ts';

/** Where a machine is, and what it remembers. */
export interface Situation {
  readonly state: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What a machine did with one event. */
export interface Stepped extends Situation {
  /** What it asked of its surroundings, in order. */
  readonly requests: readonly Request[];
}

/** A machine that can be stepped through. */
export interface MachineTable {
  readonly id: string;
  readonly initial: string;
  readonly states: readonly string[];
  /** Final states: whatever comes later is not expected there. */
  readonly final: ReadonlySet<string>;
  /** The situation that a machine starts in. */
  start(input: unknown): Situation;
  /** Lets it take an event. */
  step(before: Situation, event: RoleEvent): Stepped;
}

interface Scope {
  readonly context: Readonly<Record<string, unknown>>;
  readonly event: RoleEvent;
}

/** An action: it changes the context, or asks for something. */
type Doing = (scope: Scope, requests: Request[]) => Readonly<Record<string, unknown>>;

interface Way {
  readonly guard: ((scope: Scope) => boolean) | undefined;
  readonly target: string | undefined;
  readonly actions: readonly Doing[];
}

interface Place {
  readonly final: boolean;
  readonly entry: readonly Doing[];
  readonly on: ReadonlyMap<string, readonly Way[]>;
  readonly always: readonly Way[];
}

/** Loose forms of what a machine's configuration holds; what does not fit them is refused. */
interface ActionRef {
  readonly type: string;
  readonly params?: unknown;
}
interface WayConfig {
  readonly guard?: unknown;
  readonly target?: unknown;
  readonly actions?: unknown;
}
interface PlaceConfig {
  readonly type?: string;
  readonly entry?: unknown;
  readonly exit?: unknown;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly states?: unknown;
  readonly invoke?: unknown;
  readonly after?: unknown;
}

/** More eventless transitions in a row than any of our machines makes: it would run for ever. */
const longestChain = 50;

/**
 * Derives the table of a machine.
 *
 * @param machine - states side by side, named actions and guards, no invocations and no delays
 * @throws RangeError if the machine has anything that the table cannot show
 */
export function tableOf(machine: AnyStateMachine): MachineTable {
  const config = machine.config as PlaceConfig & { readonly initial?: unknown; readonly context?: unknown };
  const places = new Map(
    Object.entries((config.states ?? {}) as Readonly<Record<string, PlaceConfig>>).map(
      ([name, place]) => [name, placeOf(machine, name, place)] as const,
    ),
  );
  const { initial } = config;
  if (typeof initial !== 'string' || !places.has(initial)) throw new RangeError(`${machine.id} has no initial state`);
  const anywhere = new Map(
    Object.entries(config.on ?? {}).map(([event, ways]) => [event, waysOf(machine, ways)] as const),
  );

  function enter(name: string, scope: Scope, requests: Request[]): Situation {
    const place = placeNamed(name);
    const context = perform(place.entry, scope, requests);
    return settle({ state: name, context }, scope.event, requests);
  }

  function placeNamed(name: string): Place {
    const place = places.get(name);
    if (!place) throw new RangeError(`${machine.id} has no state ${name}`);
    return place;
  }

  /** Takes eventless transitions as long as there are any. */
  function settle(from: Situation, event: RoleEvent, requests: Request[]): Situation {
    let at = from;
    for (let turn = 0; turn < longestChain; turn += 1) {
      const scope = { context: at.context, event };
      const way = placeNamed(at.state).always.find((one) => one.guard === undefined || one.guard(scope));
      if (!way) return at;
      const context = perform(way.actions, scope, requests);
      if (way.target === undefined) return { state: at.state, context };
      const { entry } = placeNamed(way.target);
      at = { state: way.target, context: perform(entry, { context, event }, requests) };
    }
    throw new RangeError(`${machine.id} does not come to rest in ${at.state}`);
  }

  return {
    id: machine.id,
    initial,
    states: [...places.keys()],
    final: new Set([...places].filter(([, place]) => place.final).map(([name]) => name)),
    start: (input) => {
      const given: unknown = config.context;
      const context = (typeof given === 'function' ? given({ input }) : given) as Situation['context'];
      return enter(initial, { context, event: { type: 'xstate.init' } }, []);
    },
    step: (before, event) => {
      const requests: Request[] = [];
      const place = placeNamed(before.state);
      const scope = { context: before.context, event };
      const ways = place.on.get(event.type) ?? place.on.get('*');
      const open = (candidates: readonly Way[] | undefined): Way | undefined =>
        candidates?.find((one) => one.guard === undefined || one.guard(scope));
      const way = open(ways) ?? open(anywhere.get(event.type) ?? anywhere.get('*'));
      if (!way) return { ...before, requests };
      const context = perform(way.actions, scope, requests);
      const after =
        way.target === undefined
          ? settle({ state: before.state, context }, event, requests)
          : enter(way.target, { context, event }, requests);
      return { ...after, requests };
    },
  };
}

function perform(actions: readonly Doing[], scope: Scope, requests: Request[]): Situation['context'] {
  let { context } = scope;
  for (const action of actions) context = action({ context, event: scope.event }, requests);
  return context;
}

function placeOf(machine: AnyStateMachine, name: string, config: PlaceConfig): Place {
  for (const beyond of ['states', 'invoke', 'after', 'exit'] as const) {
    if (config[beyond] !== undefined) throw new RangeError(`${machine.id}: state ${name} has ${beyond}`);
  }
  return {
    final: config.type === 'final',
    entry: listOf(config.entry).map((one) => doingOf(machine, one)),
    on: new Map(Object.entries(config.on ?? {}).map(([event, ways]) => [event, waysOf(machine, ways)])),
    always: waysOf(machine, config.always),
  };
}

function waysOf(machine: AnyStateMachine, config: unknown): readonly Way[] {
  return listOf(config).map((one) => {
    const { guard, target, actions } = (typeof one === 'string' ? { target: one } : one) as WayConfig;
    if (target !== undefined && typeof target !== 'string') throw new RangeError(`${machine.id}: a target is no name`);
    return {
      guard: guard === undefined ? undefined : guardOf(machine, guard),
      target,
      actions: listOf(actions).map((action) => doingOf(machine, action)),
    };
  });
}

function guardOf(machine: AnyStateMachine, guard: unknown): (scope: Scope) => boolean {
  const found = typeof guard === 'string' ? machine.implementations.guards[guard] : undefined;
  if (typeof found !== 'function') throw new RangeError(`${machine.id}: a guard has no name or is not known`);
  const holds = found as (scope: Scope, params: undefined) => boolean;
  return (scope) => holds(scope, undefined);
}

function doingOf(machine: AnyStateMachine, ref: unknown): Doing {
  const { type, params } = (typeof ref === 'string' ? { type: ref } : ref) as ActionRef;
  const action = machine.implementations.actions[type] as unknown;
  if (typeof action !== 'function') throw new RangeError(`${machine.id}: the action ${type} is not known`);
  if ('assignment' in action && typeof action.assignment === 'function') {
    const assignment = action.assignment as (scope: Scope, params: undefined) => object;
    return (scope) => ({ ...scope.context, ...assignment(scope, undefined) });
  }
  return (scope, requests) => {
    const given = typeof params === 'function' ? (params as (scope: Scope) => unknown)(scope) : params;
    requests.push({ type, params: given as Request['params'] });
    return scope.context;
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
