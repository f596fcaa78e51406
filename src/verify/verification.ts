/**
 * Runs explorations: all claims of all modes, the limits, and what falls if a protection is left out; each attack is played again over
 * real octets.
 *
 * @module
 */
import { exploredLimits, type ExploredClaimId } from '../../spec/claims/explored.ts';
import type { Ablation, Place } from '../../model/check/explore/ablations.ts';
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import {
  explorable,
  termUniverse,
  type Attack,
  type Bounds,
  type Explored,
} from '../../model/check/explore/explore.ts';
import { claimsIn, exploredLimitPlaces } from '../../model/check/explore/limits.ts';
import { replay, type Hop, type Refused } from '../../model/check/explore/replay.ts';
import { nothingLeftOut, type LeftOut, type Setup } from '../../model/check/explore/setup.ts';
import { positionsIn, setupOf, type Position, type SetupOptions } from '../../model/check/explore/setups.ts';
import { weakenings, type Weakening } from '../../model/check/explore/weaken.ts';
import { byteUniverse } from './byteUniverse.ts';

/** What is to be verified. */
export interface VerifyRequest {
  readonly claims: readonly ExploredClaimId[];
  readonly modes: readonly string[];
  readonly ablations: readonly Ablation[];
  /** Whether the ablations are explored in all positions of the modes, instead of at their own places. */
  readonly everywhere: boolean;
  /** Whether claims and limits are explored too. */
  readonly withClaims: boolean;
  readonly options: SetupOptions;
  readonly bounds: Bounds;
}

/** An attack, as a person reads it. */
export interface AttackTrace {
  readonly claim: ExploredClaimId;
  readonly what: string;
  readonly messages: readonly {
    readonly from: string;
    readonly to: string;
    readonly type: string;
    readonly forged: boolean;
    readonly refused: Refused | undefined;
  }[];
  /** Whether the same recipe works over real octets. */
  readonly bytes: boolean;
  /** With the protection in place: who refuses, by which check. Undefined where nothing was left out. */
  readonly withProtection:
    { readonly holds: boolean; readonly by?: string; readonly check?: string; readonly code?: string } | undefined;
}

/** What exploring one setup came to. */
export interface PlaceResult {
  readonly setup: string;
  readonly attacker: string;
  readonly bounds: string;
  readonly complete: boolean;
  readonly states: number;
  readonly seconds: number;
  readonly attacks: readonly AttackTrace[];
}

/** A claim of a mode. */
export interface ClaimResult {
  readonly id: ExploredClaimId;
  readonly mode: string;
  /** `undecided` if exploration was stopped before it was through. */
  readonly verdict: 'holds' | 'fails' | 'undecided';
  readonly evidence: readonly {
    readonly kind: 'explored';
    readonly by: string;
    readonly bounds: string;
    readonly states: number;
    readonly seconds: number;
  }[];
  readonly trace?: AttackTrace;
}

/** A limit, and whether it showed. */
export interface LimitResult {
  readonly id: string;
  readonly mode: string;
  readonly text: string;
  readonly shown: boolean;
  /** What keeps it away, and whether exploration found that it does. */
  readonly remedy?: { readonly text: string; readonly holds: boolean };
  readonly falls: readonly ExploredClaimId[];
  readonly trace?: AttackTrace;
}

/** An ablation at a place. */
export interface AblationResult {
  readonly id: string;
  readonly mode: string;
  readonly attacker: string;
  readonly title: string;
  readonly falls: readonly ExploredClaimId[];
  /** Why nothing falls. */
  readonly redundant?: string;
  /** Whether all is as it should be: something falls, over octets too, and is refused with the protection; or the reason for nothing holds. */
  readonly ok: boolean;
  readonly complete: boolean;
  readonly states: number;
  readonly seconds: number;
  readonly trace?: AttackTrace;
  readonly traces: readonly AttackTrace[];
}

/** All that was found. */
export interface Verification {
  readonly claims: readonly ClaimResult[];
  readonly limits: readonly LimitResult[];
  readonly ablations: readonly AblationResult[];
  /** Whether nothing was stopped. */
  readonly complete: boolean;
  readonly ok: boolean;
}

/** What is being explored now. */
export interface VerifyProgress {
  readonly setup: string;
  readonly states: number;
  readonly waiting: number;
}

/** Verifies bit by bit: `next(true)` stops, and what is known by then is kept. */
export function* verification(request: VerifyRequest): Generator<VerifyProgress, Verification, boolean | undefined> {
  const run = new Run(request);
  const claims = request.withClaims ? yield* run.claims() : [];
  const limits = request.withClaims ? yield* run.limits() : [];
  const ablated = yield* run.ablations();
  const complete = !run.stopped && claims.every(({ verdict }) => verdict !== 'undecided');
  const ok =
    complete &&
    claims.every(({ verdict }) => verdict === 'holds') &&
    limits.every(({ shown, remedy }) => shown && remedy?.holds !== false) &&
    ablated.every((one) => one.ok);
  return { claims, limits, ablations: ablated, complete, ok };
}

type Steps<T> = Generator<VerifyProgress, T, boolean | undefined>;

class Run {
  readonly #request: VerifyRequest;
  /** Whether somebody asked to stop. */
  stopped = false;

  constructor(request: VerifyRequest) {
    this.#request = request;
  }

  *claims(): Steps<readonly ClaimResult[]> {
    const results: ClaimResult[] = [];
    for (const mode of this.#request.modes) {
      const places: { readonly position: Position; readonly result: PlaceResult; readonly reached: boolean }[] = [];
      for (const position of positionsIn(mode)) {
        if (this.stopped) break;
        const setup = setupOf(mode, position, this.#request.options);
        const explored = yield* this.#explore(setup, nothingLeftOut);
        const result = placeResult(setup, explored, nothingLeftOut);
        places.push({ position, result, reached: explored.honestEnd !== undefined });
      }
      results.push(...this.#claimsOf(mode, places));
    }
    return results;
  }

  #claimsOf(
    mode: string,
    places: readonly { readonly position: Position; readonly result: PlaceResult; readonly reached: boolean }[],
  ): readonly ClaimResult[] {
    return this.#request.claims.flatMap((id): readonly ClaimResult[] => {
      const made = positionsIn(mode).filter((position) => claimsIn(mode, position).includes(id));
      if (made.length === 0) return [];
      const explored = places.filter(({ position }) => made.includes(position));
      const trace = explored.flatMap(({ result }) => result.attacks).find((attack) => attack.claim === id);
      const complete = explored.length === made.length && explored.every(({ result }) => result.complete);
      const reached = explored.every((place) => place.reached);
      const sanity = id === 'honest-end-reachable';
      const fails = trace !== undefined || (sanity && complete && !reached);
      const holds = sanity ? explored.length === made.length && reached : complete;
      const evidence = explored.map(
        ({ result: { attacker, bounds, complete: all, states, seconds } }) =>
          ({
            kind: 'explored',
            by: `explorer, against ${attacker}`,
            bounds: all ? bounds : `${bounds}; stopped early`,
            states,
            seconds,
          }) as const,
      );
      const verdict = fails ? 'fails' : holds ? 'holds' : 'undecided';
      return [{ id, mode, verdict, evidence, ...(trace ? { trace } : {}) }];
    });
  }

  *limits(): Steps<readonly LimitResult[]> {
    const results: LimitResult[] = [];
    for (const { id, place, options, falls, remedy } of exploredLimitPlaces) {
      const [mode, position] = place;
      if (!this.#request.modes.includes(mode) || this.stopped) continue;
      const setup = setupOf(mode, position, { ...this.#request.options, ...options });
      const explored = yield* this.#explore(setup, nothingLeftOut);
      const { attacks } = placeResult(setup, explored, nothingLeftOut);
      const shown = falls.filter((claim) => attacks.some((attack) => attack.claim === claim && attack.bytes));
      const trace = attacks.find((attack) => attack.claim === falls[0]);
      let kept = false;
      if (remedy) {
        const cured = setupOf(mode, position, { ...this.#request.options, ...options, ...remedy.options });
        const after = yield* this.#explore(cured, nothingLeftOut);
        kept = after.complete && after.attacks.size === 0 && after.honestEnd !== undefined;
      }
      results.push({
        id,
        mode,
        text: exploredLimits[id].text,
        shown: shown.length === falls.length,
        falls: shown,
        ...(remedy ? { remedy: { text: remedy.text, holds: kept } } : {}),
        ...(trace ? { trace } : {}),
      });
    }
    return results;
  }

  *ablations(): Steps<readonly AblationResult[]> {
    const results: AblationResult[] = [];
    for (const ablation of this.#request.ablations) {
      for (const place of this.#placesOf(ablation)) {
        if (this.stopped) continue;
        results.push(yield* this.#ablation(ablation, place));
      }
    }
    return results;
  }

  #placesOf(ablation: Ablation): readonly Place[] {
    const { modes, everywhere } = this.#request;
    if (!everywhere) return ablation.places.filter(([mode]) => modes.includes(mode));
    return modes.flatMap((mode) => positionsIn(mode).map((position): Place => [mode, position]));
  }

  *#ablation(ablation: Ablation, [mode, position]: Place): Steps<AblationResult> {
    const { id, title, leftOut, redundant } = ablation;
    const setup = setupOf(mode, position, { ...this.#request.options, ...ablation.options });
    const explored = yield* this.#explore(setup, leftOut);
    const { attacks, attacker, complete, states, seconds } = placeResult(setup, explored, leftOut);
    const made = claimsIn(mode, position);
    const traces = attacks.filter(({ claim }) => made.includes(claim));
    const falls = traces.map(({ claim }) => claim);
    const real = traces.every((trace) => trace.bytes && trace.withProtection?.holds === true);
    const besides = redundant?.besides;
    let reason = falls.length === 0;
    if (besides && reason) {
      const alone = yield* this.#explore(setup, withMore(nothingLeftOut, besides));
      const together = yield* this.#explore(setup, withMore(leftOut, besides));
      reason = [...together.attacks.keys()].some((claim) => made.includes(claim) && !alone.attacks.has(claim));
    }
    // Elsewhere than at its own places an ablation may well change nothing.
    const expected = this.#request.everywhere || (redundant ? reason : falls.length > 0);
    const [trace] = traces;
    return {
      id,
      mode,
      attacker,
      title,
      falls,
      ok: complete && real && expected,
      complete,
      states,
      seconds,
      traces,
      ...(falls.length === 0 && redundant ? { redundant: redundant.because } : {}),
      ...(trace ? { trace } : {}),
    };
  }

  *#explore(setup: Setup, leftOut: LeftOut): Steps<Explored> {
    const { bounds } = this.#request;
    const exploring = explorable(setup, { leftOut, bounds, clock: () => performance.now() });
    const what = [...leftOut.checks, ...leftOut.parts].join(', ');
    const name = what === '' ? setup.id : `${setup.id} without ${what}`;
    let stop: boolean | undefined = this.stopped;
    for (;;) {
      const { done, value } = exploring.next(stop);
      if (done) return value;
      // The answer to the first report cannot be given with the first call.
      stop = (yield { setup: name, ...value }) === true || stop;
      if (stop) this.stopped = true;
    }
  }
}

function withMore(leftOut: LeftOut, names: readonly (CheckName | Weakening)[]): LeftOut {
  const parts = names.filter((name): name is Weakening => (weakenings as readonly string[]).includes(name));
  const checks = names.filter((name): name is CheckName => name in catalogue);
  return { checks: new Set([...leftOut.checks, ...checks]), parts: new Set([...leftOut.parts, ...parts]) };
}

function placeResult(setup: Setup, explored: Explored, leftOut: LeftOut): PlaceResult {
  return {
    setup: setup.id,
    attacker: setup.title,
    bounds: boundsText(setup),
    complete: explored.complete,
    states: explored.states,
    seconds: Math.round(explored.milliseconds) / 1000,
    attacks: [...explored.attacks.values()].map((attack) => attackTrace(attack, { setup, leftOut })),
  };
}

/** The bounds of a setup in words. */
export function boundsText({ callers, answerers, answersPerCall, clockSteps }: Setup): string {
  const sessions = answerers.map(({ device, sessions: count }) => `${device} ${count}`).join(', ');
  const time = clockSteps > 0 ? `, time passes ${clockSteps} times` : '';
  return `calls ${callers.length}, sessions ${sessions}, answers a call ${answersPerCall}${time}`;
}

function attackTrace(attack: Attack, what: { readonly setup: Setup; readonly leftOut: LeftOut }): AttackTrace {
  const { claim, moves } = attack;
  const has = (found: { readonly violations: readonly { readonly claim: string }[] }): boolean =>
    found.violations.some((violation) => violation.claim === claim);
  const terms = replay(termUniverse(), what, moves);
  const octets = replay(byteUniverse(), what, moves);
  const isWhole = what.leftOut.checks.size + what.leftOut.parts.size === 0;
  const guarded = isWhole ? undefined : replay(byteUniverse(), { setup: what.setup, leftOut: nothingLeftOut }, moves);
  const { refused } = guarded ?? {};
  return {
    claim,
    what: attack.what,
    messages: octets.hops.map((hop: Hop<Uint8Array>) => ({
      from: hop.from,
      to: hop.to,
      type: hop.type,
      forged: hop.forged,
      refused: hop.refused,
    })),
    bytes: has(terms) && has(octets),
    withProtection: guarded && {
      holds: !has(guarded),
      ...(refused ? { by: refused.by, code: refused.code } : {}),
      ...(refused?.check === undefined ? {} : { check: refused.check }),
    },
  };
}
