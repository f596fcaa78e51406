/**
 * A long run over bytes: a town of callers in a hostile network, and what came of it.
 *
 * @module
 */
import type { Profile } from '../../model/guard/profile.ts';
import type { Actor, Interpretation, Passage } from '../../model/modes/network.ts';
import { play, type Played } from '../../model/modes/play.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { seededDraw } from '../../src/simulate/random.ts';
import { HostileNetwork, type Deeds } from './hostile.ts';
import { sidesOf, type Sides } from './invariants.ts';
import { drawTown, type Town } from './town.ts';

/** A machine and its state when the network came to rest, and when its user gave up. */
export interface Fate {
  readonly actor: Actor;
  readonly atRest: string;
  readonly inTheEnd: string;
}

/** What came of a long run. */
export interface LongRun {
  readonly town: Town;
  readonly played: Played<Uint8Array>;
  readonly sides: Sides;
  readonly deeds: Deeds;
  /** What was turned down, and how often, by check or error code. */
  readonly refusals: ReadonlyMap<string, number>;
  /** All machines, by role. */
  readonly fates: (role: string) => readonly Fate[];
  /** KMS exchanges that belong to the last calls. */
  readonly lastExchanges: readonly Actor[];
  readonly seconds: number;
}

/** States in which a machine still waits for somebody. */
const waiting: ReadonlySet<string> = new Set([
  'awaitingRequestResp',
  'awaitingTransferResp',
  'awaitingResolveResp',
  'ringing',
  'awaitingForeignResp',
  'forking',
]);

/**
 * Lets a town live on.
 *
 * @param options - `calls` at least; a profile of all parties; what is to be different about randomness
 */
export function longRun(
  seed: string,
  options: {
    readonly calls: number;
    readonly profile?: Profile;
    readonly change?: (honest: Interpretation<Uint8Array>) => Interpretation<Uint8Array>;
  },
): LongRun {
  const draw = seededDraw(seed);
  const town = drawTown(draw, options.calls);
  const machines = new Map<string, Set<Actor>>();
  const refusals = new Map<string, number>();
  const rejected = new WeakMap<Actor, unknown>();
  const lastExchanges = new Set<Actor>();
  let started = 0;
  let atRest = false;
  const watch = ({ machine, actor, event }: Passage): void => {
    machines.set(machine.id, (machines.get(machine.id) ?? new Set()).add(actor));
    if (atRest) return;
    if (event.type === 'CALL') started += 1;
    if (machine.id === 'kms' && started > town.calls - town.last) lastExchanges.add(actor);
    const rejection = actor.context()['rejection'] as { readonly check?: string; readonly code: string } | undefined;
    if (!rejection || rejected.get(actor) === rejection) return;
    rejected.set(actor, rejection);
    const name = rejection.check ?? rejection.code;
    refusals.set(name, (refusals.get(name) ?? 0) + 1);
  };
  const network = new HostileNetwork(draw, () => town.undisturbed.has(started - 1));
  const honest = interpretation(seed);
  const before = performance.now();
  const played = play(options.change?.(honest) ?? honest, town.scenario, {
    intercept: network.intercept,
    pick: network.pick,
    watch,
    ...(options.profile ? { profile: options.profile } : {}),
  });
  atRest = true;
  const seconds = (performance.now() - before) / 1000;
  const actorsOf = (role: string): readonly Actor[] => [...(machines.get(role) ?? [])];
  const fates = new Map(
    [...machines].map(([role, actors]) => [
      role,
      [...actors].map((actor): Fate => {
        const state = actor.state();
        // Nothing is under way any more: what is waited for never comes.
        if (waiting.has(state)) actor.take({ type: 'END' });
        return { actor, atRest: state, inTheEnd: actor.state() };
      }),
    ]),
  );
  return {
    town,
    played,
    sides: sidesOf({ initiators: actorsOf('initiator'), responders: actorsOf('responder') }),
    deeds: network.done,
    refusals,
    fates: (role) => fates.get(role) ?? [],
    lastExchanges: [...lastExchanges],
    seconds,
  };
}
