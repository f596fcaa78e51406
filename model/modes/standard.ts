/**
 * Mode 1, the standard flow: alice calls bob, whose endpoints sit behind a forking proxy; each resolves the ticket at the KMS and
 * answers; alice holds an agreed key with each.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1), mode 1
 */
import type { SessionKeyType } from '../exchange/newKeys.ts';
import type { Allowance, Profile } from '../guard/profile.ts';
import { suites, type Suite } from '../keys/suite.ts';
import { flagsOf, lettersOf } from '../policy/flags.ts';
import type { Actor, Intercept, Interpretation } from './network.ts';
import type { KmsBooks } from './kmsService.ts';
import { play, type Played } from './play.ts';
import { strictFlags, type Scenario } from './scenario.ts';

/** What can be chosen about a standard run. */
export interface StandardOptions {
  /** Algorithms; default sha256. */
  readonly suite?: Suite['name'];
  /** How many endpoints bob has, 1 or more; default 2. */
  readonly forks?: number;
  /** Flags that alice asks for; default {@link strictFlags}. What they fall short of the strict profile is allowed to all. */
  readonly flags?: string;
  /** Session keys that alice asks for; default one TGK. */
  readonly keys?: readonly SessionKeyType[];
  /** Bidirectional streams, two crypto sessions each; default 1. */
  readonly streams?: number;
  /** User parts of alice's and bob's SIP URIs; default `alice` and `bob`. */
  readonly names?: { readonly caller: string; readonly callee: string };
  /** Profile of all parties, to which the allowances for the flags are added. */
  readonly profile?: Profile;
}

/** A standard run: the trace, and the machines in their final states. */
export interface StandardRun<B> extends Pick<Played<B>, 'trace' | 'outcomes'> {
  readonly caller: Actor;
  readonly endpoints: readonly Actor[];
  /** What the KMS did, exchange by exchange. */
  readonly kms: KmsBooks<B>;
}

/** Names of endpoints, as people have them; from the sixth on they are numbered. */
const deviceNames = ['phone', 'laptop', 'tablet', 'desk', 'car'] as const;

/** Endpoints of a user, by their usual names. */
export function endpointsOf(
  user: string,
  count: number,
  host = 'example.com',
): readonly { readonly name: string; readonly identity: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${user}-${deviceNames[index] ?? index + 1}`;
    return { name, identity: `sip:${name}@${host}` };
  });
}

/** What flags fall short of the strict profile. */
export function allowancesFor(flags: string): readonly Allowance[] {
  return (['I', 'F', 'G', 'H'] as const).filter((flag) => !flagsOf(flags)[flag]).map((flag): Allowance => `${flag}=0`);
}

/** The standard flow as a scenario. */
export function standardScenario(options: StandardOptions = {}): Scenario {
  const suite = suites[options.suite ?? 'sha256'];
  const flags = options.flags ?? strictFlags;
  const forks = options.forks ?? 2;
  const { caller, callee } = options.names ?? { caller: 'alice', callee: 'bob' };
  const calleeIdentity = `sip:${callee}@example.com`;
  return {
    mode: 'standard',
    title: titleOf({ suite, flags, forks }),
    suite: suite.name,
    kmss: [
      {
        name: 'kms',
        identity: 'sip:kms@example.com',
        realm: ['sip:*@example.com'],
        agreements: [],
        longestValidity: 8 * 3600,
      },
    ],
    users: [
      { ...plainUser(caller, `sip:${caller}@example.com`), mayRequest: true },
      { ...plainUser(callee, calleeIdentity), devices: endpointsOf(callee, forks) },
    ],
    groups: [],
    sharedTicketKeys: [],
    allow: allowancesFor(flags),
    ticketType: 'MIKEY',
    steps: [
      {
        do: 'call',
        caller,
        callee: calleeIdentity,
        ticket: { from: 'KMS', flags, keys: options.keys ?? ['TGK'] },
        streams: options.streams ?? 1,
      },
    ],
  };
}

/** A user with the rights that anybody has: to answer calls. */
export function plainUser(name: string, identity: string, kms = 'kms'): Scenario['users'][number] {
  return {
    name,
    identity,
    kms,
    access: 'psk',
    devices: [],
    mayRequest: false,
    ownTickets: { key: false, local: false, kms: false },
    resolvesItself: false,
    clockOffset: 0,
  };
}

/**
 * Runs the standard flow.
 *
 * @param surroundings - who stands in the middle of the network; default: nobody
 */
export function runStandard<B>(
  interpretation: Interpretation<B>,
  options: StandardOptions = {},
  surroundings: { readonly intercept?: Intercept<B> } = {},
): StandardRun<B> {
  const scenario = standardScenario(options);
  const profile = options.profile;
  const played = play(interpretation, scenario, { ...surroundings, ...(profile ? { profile } : {}) });
  const [caller] = played.callers;
  const [kms] = played.kmss;
  if (!caller || !kms) throw new RangeError('a standard run has a caller and a KMS');
  const { trace, outcomes, endpoints } = played;
  return { trace, outcomes, caller, endpoints, kms };
}

function titleOf(run: { readonly suite: Suite; readonly flags: string; readonly forks: number }): string {
  const endpoints = run.forks === 1 ? '1 endpoint' : `${run.forks} endpoints`;
  const { I } = flagsOf(run.flags);
  const shown = lettersOf(flagsOf(run.flags));
  const flags = shown === strictFlags || !I ? '' : `, flags ${shown}`;
  return `standard, ${endpoints}, ${I ? 'key forking' : 'no key forking'}${flags}, ${prfName(run.suite.name)}`;
}

/** The name of a suite's PRF, for titles. */
export function prfName(suite: Suite['name']): string {
  return suite === 'sha256' ? 'PRF-HMAC-SHA-256' : 'PRF-HMAC-SHA-1';
}
