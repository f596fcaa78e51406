/**
 * A world in which a path of a role machine is to come true: who takes part, what they do, who stands in the middle of the network, and
 * which users give up. Everything runs over bytes.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import type { Profile } from '../../model/guard/profile.ts';
import type { Actor, Passage } from '../../model/modes/network.ts';
import { play, type Played } from '../../model/modes/play.ts';
import type { CallStep, Scenario, Step } from '../../model/modes/scenario.ts';
import { standardScenario } from '../../model/modes/standard.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import type { Hop } from '../support/runs.ts';
import { edgesTaken } from './edges.ts';
import type { Path } from './paths.ts';

/** Somebody in the middle; undefined: it is not interested in this message. */
export type Tap = (hop: Hop, world: World) => readonly Uint8Array[] | undefined;

/** All machines draw the same in two runs with one seed. */
const seed = 'paths';

/** States that a machine leaves before the network is at rest, as storage answers at once: what comes in between comes from here. */
const passing = new Set(['recallingTicket', 'checkingReplay']);

/** The standard flow, with one endpoint, unless a driver asks for more. */
export class World {
  scenario: Scenario = standardScenario({ forks: 1, suite: 'sha1' });
  readonly taps: Tap[] = [];
  /** Profile of all parties, if it is not the strict one. */
  profile: Profile | undefined;
  /** The machines of the run, as soon as something happened to them. */
  readonly actors = new Map<string, Actor[]>();
  #honest: Played<Uint8Array> | undefined;

  /** Changes what happens. */
  steps(change: (steps: readonly Step[]) => readonly Step[]): void {
    this.scenario = { ...this.scenario, steps: change(this.scenario.steps) };
  }

  /** Changes all calls. */
  calls(change: (call: CallStep, index: number) => CallStep): void {
    this.steps((steps) => steps.map((step, index) => (step.do === 'call' ? change(step, index) : step)));
  }

  /** Changes a user. */
  user(name: string, change: Partial<Scenario['users'][number]>): void {
    const users = this.scenario.users.map((user) => (user.name === name ? { ...user, ...change } : user));
    this.scenario = { ...this.scenario, users };
  }

  /** The same with nobody in the middle: its keys fit those of the attacked run up to the attack. */
  honest(): Played<Uint8Array> {
    return (this.#honest ??= play(interpretation(seed), this.scenario));
  }
}

/** What a machine did in a run. */
export interface Track {
  readonly actor: Actor;
  readonly machine: AnyStateMachine;
  readonly edges: string[];
  /** States that it came to. */
  readonly states: string[];
}

/**
 * Lets a world happen, and users give up where the path says so.
 *
 * @returns what every machine did, of all roles
 */
export function happen(world: World, path: Path): readonly Track[] {
  const tracks = new Map<Actor, Track>();
  // The network does not send this: a user gives up, or keys grow old while storage is asked.
  const at = path.steps.findIndex(({ event, from }) => event === 'END' || (event === 'REKEY_DUE' && passing.has(from)));
  const before = path.steps.slice(0, Math.max(at, 0)).flatMap((step) => step.edges);
  const prompted = (track: Track): boolean => at >= 0 && before.join('\n') === track.edges.join('\n');
  const prompt = ({ actor }: Track): void => actor.take({ type: path.steps[at]!.event });
  const watch = ({ machine, actor, event, microsteps }: Passage): void => {
    const known = tracks.get(actor);
    const track = known ?? { actor, machine, edges: [], states: [microsteps[0]?.from ?? actor.state()] };
    if (!known) world.actors.set(machine.id, [...(world.actors.get(machine.id) ?? []), actor]);
    tracks.set(actor, track);
    track.edges.push(...edgesTaken(machine, event.type, microsteps));
    track.states.push(...microsteps.map((one) => one.to));
    if (passing.has(actor.state()) && prompted(track)) prompt(track);
  };
  const intercept = (hop: Hop): readonly Uint8Array[] => {
    for (const tap of world.taps) {
      const arriving = tap(hop, world);
      if (arriving) return arriving;
    }
    return [hop.octets];
  };
  const { profile } = world;
  play(interpretation(seed), world.scenario, { intercept, watch, ...(profile ? { profile } : {}) });
  for (const track of tracks.values()) {
    if (prompted(track)) prompt(track);
  }
  return [...tracks.values()];
}
