/**
 * What a simulated day depends on.
 *
 * @module
 */

/** The features that are to relieve the KMS. */
export const featureNames = ['reuse', 'group', 'own'] as const;

/** One of them: reused tickets, group tickets, tickets that the Initiator makes itself. */
export type FeatureName = (typeof featureNames)[number];

/** Which of them are on. */
export type Features = Readonly<Record<FeatureName, boolean>>;

/**
 * When an endpoint that has resolved a ticket may rely on that when the ticket is reused: never; in the strict profile, if the ticket names
 * one responder and no group (finding W2); always, as the RFC allows.
 *
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
export type Caching = 'never' | 'strict' | 'always';

/** Parameters of a day. */
export interface Parameters {
  readonly users: number;
  /** How many groups there are. */
  readonly groups: number;
  /** Members of a group, drawn uniformly from this range. */
  readonly groupSize: { readonly from: number; readonly to: number };
  /** Endpoints of a user, to each of which a call is forked. */
  readonly devices: number;
  /** Calls that a user makes in an hour, on average over the day. */
  readonly callsPerHour: number;
  /** 24 relative weights, one an hour from midnight on. */
  readonly dayProfile: readonly number[];
  /** Share of the calls of a member of a group that go to one of its groups. 0 to 1. */
  readonly groupShare: number;
  /** How many people a user calls at home, and how many abroad. */
  readonly contacts: number;
  /** Zipf exponent of the choice among them; 0: all alike. */
  readonly zipf: number;
  /** How long a ticket can be used, in seconds. */
  readonly validity: number;
  /** Share of users who may create tickets themselves. 0 to 1. */
  readonly ownShare: number;
  readonly caching: Caching;
  /** How many KMSs share the users among them. */
  readonly kmss: number;
  /** Share of calls, and of group members, that belong to another KMS. 0 to 1. */
  readonly foreignShare: number;
  /** Any text; the same seed gives the same day. */
  readonly seed: string;
}

/** Shapes of a day: every hour alike, or office hours with a peak before and after noon. Assumptions, not measurements. */
export const dayProfiles = {
  flat: Array.from({ length: 24 }, () => 1),
  office: [1, 1, 1, 1, 1, 2, 5, 14, 28, 40, 44, 40, 28, 32, 40, 42, 38, 30, 22, 18, 14, 9, 5, 2],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** Most calls of a day, so that it fits into memory. */
const mostCalls = 5_000_000;

/** Usual parameters. @param users - 2 or more; what depends on the population follows it */
export function usualParameters(users = 10_000): Parameters {
  const largest = Math.min(12, users);
  return {
    users,
    groups: Math.ceil(users / 8),
    groupSize: { from: Math.min(4, largest), to: largest },
    devices: 2,
    callsPerHour: 1,
    dayProfile: dayProfiles.office,
    groupShare: 0.1,
    contacts: Math.max(1, Math.min(40, Math.floor((users - 2) / 2))),
    zipf: 1,
    validity: 4 * 3600,
    ownShare: 0.3,
    caching: 'strict',
    kmss: users < 4 ? 1 : 2,
    foreignShare: users < 4 ? 0 : 0.1,
    seed: 'a day',
  };
}

/** What is wrong with parameters, a line each; none: they make sense. */
export function problemsOf(parameters: Parameters): readonly string[] {
  const { users, groups, groupSize, kmss, contacts, foreignShare, dayProfile } = parameters;
  const whole = (name: string, value: number, from: number): string | undefined =>
    Number.isSafeInteger(value) && value >= from
      ? undefined
      : `${name} is a whole number from ${from} up, not ${value}`;
  const share = (name: string, value: number): string | undefined =>
    value >= 0 && value <= 1 ? undefined : `${name} lies between 0 and 1, not at ${value}`;
  const positive = (name: string, value: number, zero: 'with 0' | 'without 0'): string | undefined =>
    Number.isFinite(value) && (value > 0 || (value === 0 && zero === 'with 0'))
      ? undefined
      : `${name} is a number ${zero === 'with 0' ? 'from 0 up' : 'above 0'}, not ${value}`;
  const say = (wrong: boolean, text: string): string | undefined => (wrong ? text : undefined);
  const home = Math.floor(users / kmss);
  return [
    whole('users', users, 2),
    whole('groups', groups, 0),
    whole('the size of a group', groupSize.from, 2),
    say(!(groupSize.to >= groupSize.from), `the size of a group runs from ${groupSize.from} to ${groupSize.to}`),
    say(groups > 0 && groupSize.to > users, `a group of ${groupSize.to} is larger than the ${users} users`),
    whole('devices', parameters.devices, 1),
    positive('calls per hour', parameters.callsPerHour, 'with 0'),
    say(
      dayProfile.length !== 24 || !dayProfile.every((weight) => weight >= 0) || sum(dayProfile) <= 0,
      'a day profile has 24 weights from 0 up, not all of them 0',
    ),
    say(
      users * parameters.callsPerHour * 24 > mostCalls,
      `more than ${mostCalls} calls a day: take fewer users or calls per hour`,
    ),
    share('the share of group calls', parameters.groupShare),
    whole('contacts', contacts, 1),
    positive('the Zipf exponent', parameters.zipf, 'with 0'),
    positive('validity', parameters.validity, 'without 0'),
    share('the share of users who create tickets', parameters.ownShare),
    whole('KMSs', kmss, 1),
    share('the share of foreign calls', foreignShare),
    say(kmss === 1 && foreignShare > 0, 'with one KMS no call is foreign'),
    say(foreignShare < 1 && home < 2, `${users} users are too few for ${kmss} KMSs with calls among their own users`),
    say(foreignShare < 1 && contacts > home - 1, `a user has at most ${home - 1} contacts at its KMS, not ${contacts}`),
    say(
      foreignShare > 0 && contacts > users - Math.ceil(users / kmss),
      `a user has at most ${users - Math.ceil(users / kmss)} contacts at other KMSs, not ${contacts}`,
    ),
  ].filter((problem) => problem !== undefined);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
