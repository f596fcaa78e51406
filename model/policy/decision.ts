/**
 * How a decision is made and what it tells: the verdict, the rule that decided, and every rule that was looked at.
 *
 * @module
 */

/** One rule that was looked at. */
export interface DecisionStep {
  /** The path into the policy, such as `users[2].mayCall[0]`, or the clause of a rule that no policy can change. */
  readonly rule: string;
  /** The rule is met as it is; it is met after a change; it is about something else; it is not met. */
  readonly outcome: 'met' | 'changed' | 'no fit' | 'not met';
  /** What was found, for a person. */
  readonly says: string;
}

/** A decision; `R` is what comes with a positive one. */
export type Decision<R> = Granted<R> | Refused;

/** A positive decision. */
export interface Granted<R> extends Reasoned {
  readonly verdict: 'granted';
  readonly granted: R;
}

/** A negative decision. */
export interface Refused extends Reasoned {
  readonly verdict: 'refused';
}

/** What every decision carries. */
interface Reasoned {
  /** The rule that decided: of a refusal the one that is not met, of a grant the one that gives the right. */
  readonly rule: string;
  readonly reason: string;
  /** The rules that were looked at, in order. The last one of a refusal is the one that decided. */
  readonly explain: readonly DecisionStep[];
}

/** The side that a decision looks at its rules through. */
export interface Look {
  /** Demands that a rule is met, and tells what was found in either case. */
  readonly at: (rule: string, met: boolean, says: { readonly met: string; readonly not: string }) => void;
  /** Demands that something is there that a rule has to yield. */
  readonly for: <T>(
    rule: string,
    found: T | undefined,
    says: { readonly met: (found: T) => string; readonly not: string },
  ) => T;
  /** Notes that a rule is met after a change. */
  readonly change: (rule: string, says: string) => void;
  /** Notes a rule that would give the right and does not fit. */
  readonly pass: (rule: string, says: string) => void;
  /** Refuses. */
  readonly refuse: (rule: string, says: string) => never;
}

class RuleNotMet extends Error {}

/**
 * Makes a decision.
 *
 * @param body - looks at rules one by one; the first that is not met ends it. Returns what is granted, and the rule that gives the right
 */
export function weigh<R>(
  body: (look: Look) => { readonly rule: string; readonly reason: string; readonly granted: R },
): Decision<R> {
  const explain: DecisionStep[] = [];
  const refuse = (rule: string, says: string): never => {
    explain.push({ rule, outcome: 'not met', says });
    throw new RuleNotMet(says);
  };
  const look: Look = {
    at: (rule, met, says) => {
      if (!met) refuse(rule, says.not);
      explain.push({ rule, outcome: 'met', says: says.met });
    },
    for: (rule, found, says) => {
      if (found === undefined) return refuse(rule, says.not);
      explain.push({ rule, outcome: 'met', says: says.met(found) });
      return found;
    },
    change: (rule, says) => {
      explain.push({ rule, outcome: 'changed', says });
    },
    pass: (rule, says) => {
      explain.push({ rule, outcome: 'no fit', says });
    },
    refuse,
  };
  try {
    return { verdict: 'granted', ...body(look), explain };
  } catch (error) {
    const last = explain.at(-1);
    if (!(error instanceof RuleNotMet) || !last) throw error;
    return { verdict: 'refused', rule: last.rule, reason: last.says, explain };
  }
}
