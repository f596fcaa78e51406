/**
 * Making checks: each by its name, recorded, and leaving a step by one way when it fails.
 *
 * Statements: rfc6043:5.4-3; rfc3830:5.3-6, -9.
 *
 * @module
 */
import { MikeyError, type MikeyErrorCode } from '../error.ts';
import { catalogue, type CheckName } from './catalogue.ts';
import type { Profile } from './profile.ts';

/** A check that was made. */
export interface MadeCheck {
  readonly name: CheckName;
  readonly holds: boolean;
}

/** Why a step turned its input down. */
export interface Rejection {
  readonly code: MikeyErrorCode;
  /** The check that failed; absent if the input could not even be read. */
  readonly check?: CheckName;
  readonly reason: string;
  /** The clause that the input falls short of. */
  readonly clause?: string;
  /**
   * Whether the input had been authenticated by then. An unauthenticated input is worth no more than a hint: it must not end
   * anything (RFC 3830, 5.1.2).
   */
  readonly authenticated: boolean;
}

/** What a step ends in. */
export type Outcome<R> =
  | { readonly accepted: true; readonly value: R; readonly checks: readonly MadeCheck[] }
  | { readonly accepted: false; readonly rejection: Rejection; readonly checks: readonly MadeCheck[] };

/**
 * Demands that a check holds; the condition is not even computed if the check is switched off. `because` tells, when it fails, more
 * than the demand of the catalogue does.
 */
export type Need = (name: CheckName, holds: () => boolean, more?: { readonly because: () => string }) => void;

class CheckFailed extends Error {
  readonly check: CheckName;
  constructor(check: CheckName, because: string | undefined) {
    super(`${catalogue[check].demand}${because === undefined ? '' : ` (${because})`}`);
    this.check = check;
  }
}

/**
 * Runs a step.
 *
 * @param body - the step; calls `need` for each check, may throw MikeyError for input that cannot be read
 * @returns accepted with the step's value, or rejected with the reason; any other error is a fault of ours and is thrown on
 */
export function attempt<R>(profile: Profile, body: (need: Need) => R): Outcome<R> {
  const checks: MadeCheck[] = [];
  let authenticated = false;
  const need: Need = (name, holds, more) => {
    if (profile.without.has(name)) return;
    const held = holds();
    checks.push({ name, holds: held });
    if (!held) throw new CheckFailed(name, more?.because());
    if ('authenticates' in catalogue[name]) authenticated = true;
  };
  try {
    return { accepted: true, value: body(need), checks };
  } catch (error) {
    if (error instanceof CheckFailed) {
      const { code, clauses } = catalogue[error.check];
      const [clause] = clauses;
      return {
        accepted: false,
        checks,
        rejection: { code, check: error.check, reason: error.message, clause, authenticated },
      };
    }
    if (error instanceof MikeyError) {
      const { code, message, clause } = error;
      const place = clause === undefined ? {} : { clause };
      return { accepted: false, checks, rejection: { code, reason: message, authenticated, ...place } };
    }
    throw error;
  }
}
