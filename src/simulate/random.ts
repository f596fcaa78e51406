/**
 * Repeatable random numbers for the simulation. Not for keys: who has seen a few of them knows the rest.
 *
 * @module
 */

/** Draws numbers from 0 up to, not including, 1. */
export type Draw = () => number;

/** A 32-bit hash of a text (FNV-1a). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A generator (mulberry32).
 *
 * @param seed - any text; generators with different seeds run independently
 */
export function seededDraw(seed: string): Draw {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0 up to, not including, `below`. */
export function drawBelow(draw: Draw, below: number): number {
  return Math.floor(draw() * below);
}

/** A waiting time. @param rate - events per unit of time; above 0 */
export function drawWait(draw: Draw, rate: number): number {
  return -Math.log(1 - draw()) / rate;
}

/**
 * Draws ranks, the first one most often: rank r, from 0, has weight (r + 1)^-exponent.
 *
 * @param exponent - Zipf exponent; 0: all ranks alike
 * @param ranks - how many there are
 */
export function zipfDraw(draw: Draw, exponent: number, ranks: number): () => number {
  const cumulated = new Float64Array(ranks);
  let sum = 0;
  for (let rank = 0; rank < ranks; rank += 1) {
    sum += (rank + 1) ** -exponent;
    cumulated[rank] = sum;
  }
  return () => {
    const target = draw() * sum;
    let [low, high] = [0, ranks - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
