/**
 * The calls of a day: who calls whom, and when. They do not depend on features of the ticket, so that features are compared on the same day.
 *
 * @module
 */
import type { Parameters } from './parameters.ts';
import { contactOf, type Population } from './population.ts';
import { drawBelow, drawWait, seededDraw, zipfDraw } from './random.ts';

/** A call. */
export interface Call {
  /** Seconds since midnight. */
  readonly at: number;
  /** Number of the user who calls. */
  readonly caller: number;
  /** The user who is called, or the group, all other members of which are. */
  readonly to: { readonly user: number } | { readonly group: number };
}

/** Seconds of an hour. */
const hour = 3600;

/**
 * Draws the calls of a day, in the order of time. In each hour they are a Poisson process, with the rate of that hour.
 */
export function drawCalls(parameters: Parameters, population: Population): readonly Call[] {
  const { users, callsPerHour, dayProfile, contacts, zipf, foreignShare, groupShare, seed } = parameters;
  const draw = seededDraw(`${seed}/calls`);
  const rank = zipfDraw(draw, zipf, contacts);
  const weights = dayProfile.reduce((sum, weight) => sum + weight, 0);
  const calls: Call[] = [];
  for (const [index, weight] of dayProfile.entries()) {
    const rate = (users * callsPerHour * 24 * weight) / weights / hour;
    if (rate === 0) continue;
    const end = (index + 1) * hour;
    for (let at = index * hour + drawWait(draw, rate); at < end; at += drawWait(draw, rate)) {
      const caller = drawBelow(draw, users);
      const groups = population.groupsOf[caller] ?? [];
      const group = draw() < groupShare ? groups[drawBelow(draw, groups.length)] : undefined;
      const to =
        group === undefined
          ? { user: contactOf(population, caller, { rank: rank(), foreign: draw() < foreignShare }) }
          : { group };
      calls.push({ at, caller, to });
    }
  }
  return calls;
}
