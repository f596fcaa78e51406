/**
 * A network that loses, repeats, reorders, holds back, damages, cuts and replays messages, as a seed draws it.
 *
 * @module
 */
import type { Intercept } from '../../model/modes/network.ts';
import { drawBelow, type Draw } from '../../src/simulate/random.ts';
import type { Hop } from '../support/runs.ts';

/** What can happen to a message, and how often of a hundred times. */
const deeds = { lost: 3, repeated: 3, damaged: 3, cut: 1, replayed: 3, held: 2 } as const;

/** What happened, and how often. */
export type Deeds = Record<keyof typeof deeds, number>;

/** How many old messages to each receiver an attacker remembers. */
const memory = 4;

/** A hostile network. */
export class HostileNetwork {
  readonly done: Deeds = { lost: 0, repeated: 0, damaged: 0, cut: 0, replayed: 0, held: 0 };
  readonly #draw: Draw;
  readonly #peaceful: () => boolean;
  readonly #old = new Map<string, Uint8Array[]>();
  readonly #held = new Map<string, Uint8Array[]>();

  /** @param peaceful - whether it leaves everything alone now */
  constructor(draw: Draw, peaceful: () => boolean) {
    this.#draw = draw;
    this.#peaceful = peaceful;
  }

  /** Which of so many messages under way arrives next: any. */
  readonly pick = (underway: number): number => (this.#peaceful() ? 0 : drawBelow(this.#draw, underway));

  /** What arrives of a message. */
  readonly intercept: Intercept<Uint8Array> = (hop) => {
    if (this.#peaceful()) return [hop.octets];
    const late = this.#held.get(hop.to) ?? [];
    this.#held.delete(hop.to);
    return [...this.#arriving(hop), ...late];
  };

  #arriving({ octets, to }: Hop): readonly Uint8Array[] {
    const old = this.#old.get(to) ?? [];
    this.#old.set(to, [...old.slice(1 - memory), octets]);
    switch (this.#deed()) {
      case 'lost':
        return [];
      case 'repeated':
        return [octets, octets];
      case 'damaged': {
        const [place, bit] = [drawBelow(this.#draw, octets.length), drawBelow(this.#draw, 8)];
        return [octets.map((octet, index) => (index === place ? octet ^ (1 << bit) : octet))];
      }
      case 'cut':
        return [octets.slice(0, drawBelow(this.#draw, octets.length))];
      case 'replayed':
        return [octets, old[drawBelow(this.#draw, old.length)] ?? octets];
      case 'held':
        this.#held.set(to, [...(this.#held.get(to) ?? []), octets]);
        return [];
      case undefined:
        return [octets];
    }
  }

  #deed(): keyof Deeds | undefined {
    let lot = this.#draw() * 100;
    for (const [deed, percent] of Object.entries(deeds) as [keyof Deeds, number][]) {
      lot -= percent;
      if (lot >= 0) continue;
      this.done[deed] += 1;
      return deed;
    }
    return undefined;
  }
}
