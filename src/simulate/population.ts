/**
 * The users of a simulated day: whose KMS is which, who is in which group, who calls whom.
 *
 * @module
 */
import type { Parameters } from './parameters.ts';
import { drawBelow, seededDraw, type Draw } from './random.ts';

/** The users. They are numbered from 0, and so are groups and KMSs. */
export interface Population {
  readonly users: number;
  readonly kmss: number;
  /** The KMS of a user. */
  readonly kmsOf: (user: number) => number;
  /** How many endpoints a user has. */
  readonly devicesOf: (user: number) => number;
  /** Whether a user may create tickets itself. */
  readonly mayCreate: (user: number) => boolean;
  /** Members of each group, ascending. */
  readonly members: readonly (readonly number[])[];
  /** Groups of each user, ascending. */
  readonly groupsOf: readonly (readonly number[])[];
}

/** Makes the population of a seed. */
export function populate(parameters: Parameters): Population {
  const { users, kmss, devices, ownShare, seed } = parameters;
  const draw = seededDraw(`${seed}/creators`);
  // Drawn for everybody, so that a larger share only adds people.
  const reluctance = Float64Array.from({ length: users }, draw);
  const members = drawGroups(parameters, seededDraw(`${seed}/groups`));
  const groupsOf: number[][] = Array.from({ length: users }, () => []);
  members.forEach((group, index) => group.forEach((user) => groupsOf[user]?.push(index)));
  return {
    users,
    kmss,
    kmsOf: (user) => user % kmss,
    devicesOf: () => devices,
    mayCreate: (user) => (reluctance[user] ?? 1) < ownShare,
    members,
    groupsOf,
  };
}

/** Groups live at one KMS, but for the share of members who are foreign. */
function drawGroups(parameters: Parameters, draw: Draw): readonly (readonly number[])[] {
  const { groups, groupSize, kmss, users, foreignShare } = parameters;
  return Array.from({ length: groups }, (_, group) => {
    const size = groupSize.from + drawBelow(draw, groupSize.to - groupSize.from + 1);
    const home = group % kmss;
    const chosen = new Set<number>();
    for (let tries = 0; chosen.size < size; tries += 1) {
      const foreign = draw() < foreignShare;
      const user = drawBelow(draw, users);
      const candidate = foreign ? user : user - (user % kmss) + home;
      // Where a KMS has too few users, the group takes in others.
      const fits = foreign !== (candidate % kmss === home) || tries > 20 * size;
      if (fits && candidate < users) chosen.add(candidate);
    }
    return [...chosen].sort((a, b) => a - b);
  });
}

/**
 * The contacts of a user: distinct, never the user, at its own KMS or at others, and the same at every call.
 *
 * @param rank - from 0; the first one is called most often
 */
export function contactOf(
  population: { readonly users: number; readonly kmss: number },
  user: number,
  { rank, foreign }: { readonly rank: number; readonly foreign: boolean },
): number {
  const { users, kmss } = population;
  const home = user % kmss;
  const homeSize = Math.floor((users - 1 - home) / kmss) + 1;
  const pool = foreign ? users - homeSize : homeSize - 1;
  // Offset and stride differ from user to user; a stride without common factor with the pool visits everybody once.
  const stride = coprimeStride(pool, Math.imul(user + 1, 0x9e3779b1) >>> 0);
  const offset = (Math.imul(user + 7, 0x85ebca6b) >>> 0) % pool;
  const place = (offset + rank * stride) % pool;
  if (!foreign) {
    const own = (user - home) / kmss;
    return (place < own ? place : place + 1) * kmss + home;
  }
  // The others in rounds of kmss - 1, leaving out the user's own KMS.
  const at = place % (kmss - 1);
  return Math.floor(place / (kmss - 1)) * kmss + (at < home ? at : at + 1);
}

function coprimeStride(pool: number, hash: number): number {
  if (pool < 3) return 1;
  let stride = 1 + (hash % (pool - 1));
  while (gcd(stride, pool) !== 1) stride = (stride % (pool - 1)) + 1;
  return stride;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
