/**
 * How a KMS narrows what was asked for, until the system rules and the user's rule are met. It only ever makes a ticket stricter: what
 * would have to be weakened is refused.
 *
 * Statements: rfc6043:4.2.1.5-6; rfc6043:6.10-35.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.5)
 */
import type { FlagName, TicketFlags } from '../message/ticketFlags.ts';
import type { Look } from './decision.ts';
import { firstFit, isWildcard } from './identityPattern.ts';
import type { SystemRules } from './kmsPolicy.ts';
import type { FoundRule } from './ruleOf.ts';
import { holdsTGK, type TicketTerms, type Validity } from './terms.ts';

/** One thing that is granted otherwise than it was asked for. */
export interface PolicyChange {
  /** Such as `I`, `TRe` or `IDRapp`. */
  readonly field: string;
  readonly from: string;
  readonly to: string;
  /** The rule that asks for the change. */
  readonly rule: string;
  readonly reason: string;
}

/** A look that remembers changes. */
export interface Narrowing {
  readonly look: Look;
  readonly changed: PolicyChange[];
}

/** Narrows the flags, all but K, which says in the end whether anything was changed. */
export function narrowFlags(narrowing: Narrowing, system: SystemRules, terms: TicketTerms): TicketFlags {
  const { look } = narrowing;
  let { flags } = terms;
  const put = (flag: FlagName, to: boolean, why: { readonly rule: string; readonly reason: string }): void => {
    if (flags[flag] === to) return;
    note(narrowing, { field: flag, from: digit(!to), to: digit(to), ...why });
    flags = { ...flags, [flag]: to };
  };
  look.at('system.keyForking', !(flags.I && system.keyForking === 'forbidden'), {
    met: `key forking is ${system.keyForking}`,
    not: 'key forking is forbidden, and a ticket is not made weaker than it was asked for',
  });
  const demands = [
    ['I', system.keyForking, 'system.keyForking', 'key forking is mandatory'],
    ['F', system.response, 'system.response', 'TRANSFER_RESP is mandatory'],
    ['G', system.RANDRr, 'system.RANDRr', 'RANDRr is mandatory'],
    ['H', system.RANDRi, 'system.RANDRi', 'RANDRi is mandatory'],
  ] as const;
  for (const [flag, demand, rule, reason] of demands) if (demand === 'mandatory') put(flag, true, { rule, reason });
  if (flags.I) put('E', true, { rule: 'rfc6043:6.10-6', reason: 'key forking needs the Ticket Resolve exchange' });
  if (flags.I && holdsTGK(terms))
    put('F', true, { rule: 'rfc6043:6.10-9', reason: 'a forked TGK needs TRANSFER_RESP' });
  if (flags.G) put('F', true, { rule: 'rfc6043:6.10-3', reason: 'RANDRr comes in TRANSFER_RESP' });
  const { initiator, responder } = system.suppliedKeys;
  const limits = [
    ['J', system.reuse, 'system.reuse', 'tickets are not used again'],
    ['L', initiator, 'system.suppliedKeys.initiator', 'the Initiator supplies no keys'],
    ['M', responder, 'system.suppliedKeys.responder', 'the Responder supplies no keys'],
  ] as const;
  for (const [flag, allowed, rule, reason] of limits) if (!allowed) put(flag, false, { rule, reason });
  return flags;
}

/** Narrows the validity period. @returns always with TRe */
export function narrowValidity(narrowing: Narrowing, system: SystemRules, terms: TicketTerms): Validity {
  const { look } = narrowing;
  const { now, validity } = terms;
  const { TRs, TRe } = validity;
  const latest = now + system.longestValidity;
  const end = TRe === undefined ? latest : Math.min(TRe, latest);
  look.at('rfc6043:6.10', end > now && (TRs === undefined || TRs < end), {
    met: 'the validity period is neither empty nor over',
    not:
      TRe !== undefined && TRe <= now ? 'the validity period is over' : 'the validity period begins when it has to end',
  });
  if (TRe === end) {
    look.at('system.longestValidity', true, {
      met: `valid for ${end - now} s of at most ${system.longestValidity} s`,
      not: '',
    });
  } else {
    note(narrowing, {
      field: 'TRe',
      from: TRe === undefined ? 'no end' : `${TRe - now} s from now`,
      to: `${end - now} s from now`,
      rule: 'system.longestValidity',
      reason: `a ticket is valid for ${system.longestValidity} s at most`,
    });
  }
  return { TRs, TRe: end };
}

/** Narrows the time between two rekeyings. */
export function narrowRekeying(narrowing: Narrowing, system: SystemRules, terms: TicketTerms): number | undefined {
  const { longestRekeying } = system;
  const { TRr } = terms;
  if (longestRekeying === undefined || (TRr !== undefined && TRr <= longestRekeying)) return TRr;
  note(narrowing, {
    field: 'TRr',
    from: TRr === undefined ? 'none' : `${TRr} s`,
    to: `${longestRekeying} s`,
    rule: 'system.longestRekeying',
    reason: `keys are renewed every ${longestRekeying} s at least`,
  });
  return longestRekeying;
}

/**
 * Narrows the applications to those of the user. A ticket without any is good for all of them: it is narrowed to those that the user's
 * rule names one by one, and a ticket of which nothing would be left is refused, never granted empty.
 */
export function narrowApplications(narrowing: Narrowing, found: FoundRule, terms: TicketTerms): readonly string[] {
  const { look } = narrowing;
  const { path, rule } = found;
  const where = `${path}.applications`;
  const asked = terms.applications;
  if (asked.length === 0 && rule.applications.includes('*')) {
    look.at(where, true, { met: 'all applications are allowed', not: '' });
    return asked;
  }
  const left =
    asked.length === 0
      ? rule.applications.filter((application) => !isWildcard(application))
      : asked.filter((application) => firstFit(rule.applications, application) !== undefined);
  look.at(where, left.length > 0, {
    met: `allowed: ${left.join(', ')}`,
    not:
      asked.length === 0 ? 'not all applications are allowed, and none was named' : `not allowed: ${asked.join(', ')}`,
  });
  if (left.length !== asked.length) {
    note(narrowing, {
      field: 'IDRapp',
      from: asked.length === 0 ? 'all' : asked.join(', '),
      to: left.join(', '),
      rule: where,
      reason: 'the user may use these applications only',
    });
  }
  return left;
}

function note({ look, changed }: Narrowing, change: PolicyChange): void {
  changed.push(change);
  look.change(change.rule, `${change.field}: ${change.from} becomes ${change.to}, as ${change.reason}`);
}

function digit(set: boolean): string {
  return set ? '1' : '0';
}
