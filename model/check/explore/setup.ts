/**
 * What is explored: who takes part, who of them is dishonest, how many sessions each honest party runs, and what else goes wrong.
 *
 * @module
 */
import type { CheckName } from '../../guard/catalogue.ts';
import type { Profile } from '../../guard/profile.ts';
import type { CallStep, Scenario } from '../../modes/scenario.ts';
import type { Weakening } from './weaken.ts';

/** A call that an honest party makes. */
export interface CallerPlan {
  /** Name of its machine, such as `alice#1`. */
  readonly id: string;
  readonly device: string;
  readonly step: CallStep;
}

/** How many calls an honest endpoint takes. */
export interface AnswererPlan {
  readonly device: string;
  readonly sessions: number;
}

/** What is explored. */
export interface Setup {
  /** Such as `standard/stranger`. */
  readonly id: string;
  /** MODE of the command line. */
  readonly mode: string;
  /** One line for a person: who is dishonest. */
  readonly title: string;
  /** Who takes part. Its steps only say who calls whom; exploring decides what happens. */
  readonly scenario: Scenario;
  readonly callers: readonly CallerPlan[];
  readonly answerers: readonly AnswererPlan[];
  /** Names of devices whose keys the attacker has. */
  readonly dishonest: readonly string[];
  /** Names of further secrets that the attacker has, such as `PSK(alice)`. */
  readonly leaked: readonly string[];
  /** Names of parties whose replay cache is lost. */
  readonly lostCaches: readonly string[];
  /** For whom a kept resolution may stand in for the KMS. */
  readonly keptResolutions: Profile['keptResolutions'];
  /** Names of secrets that are the value of another one, such as `TPK(alice)` that of `PSK(alice)`. */
  readonly sameKeys: Readonly<Record<string, string>>;
  /** How often time may pass, so that every timestamp until then is stale and every cache entry is forgotten. */
  readonly clockSteps: number;
  /** How many answers one call may accept. */
  readonly answersPerCall: number;
}

/** What is left out of the protocol. */
export interface LeftOut {
  readonly checks: ReadonlySet<CheckName>;
  readonly parts: ReadonlySet<Weakening>;
}

/** Nothing is left out. */
export const nothingLeftOut: LeftOut = { checks: new Set(), parts: new Set() };
