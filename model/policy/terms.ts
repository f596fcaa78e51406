/**
 * The terms of a ticket as a policy sees them, and the rules that hold for a ticket whoever makes it.
 *
 * Statements: rfc6043:12.1-1, -4.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import type { keyDataTypes } from '../../spec/registry/keyData.ts';
import type { Suite } from '../keys/suite.ts';
import type { TicketFlags } from '../message/ticketFlags.ts';
import type { Look } from './decision.ts';
import { firstFit } from './identityPattern.ts';
import type { KmsPolicy } from './kmsPolicy.ts';
import { ruleOf, speaksFor, type FoundRule } from './ruleOf.ts';

/** A validity period, in seconds since any epoch, the same as that of `now`. */
export interface Validity {
  readonly TRs?: number | undefined;
  readonly TRe?: number | undefined;
}

/** A session key that is asked for or that a ticket holds. */
export interface KeyTerms {
  readonly type: keyof typeof keyDataTypes;
  /** In octets. */
  readonly length: number;
}

/** What a ticket is asked for with, or says. */
export interface TicketTerms {
  /** IDRi of TP Data; undefined: the user itself. */
  readonly initiator?: string | undefined;
  /** IDRr of TP Data. */
  readonly responders: readonly string[];
  /** IDRapp of TP Data; none: all applications. */
  readonly applications: readonly string[];
  readonly flags: TicketFlags;
  readonly validity: Validity;
  /** Longest time between two rekeyings, in seconds. */
  readonly TRr?: number | undefined;
  /** Session keys; MPKs do not count. */
  readonly keys: readonly KeyTerms[];
  readonly suite: Suite['name'];
  /** In seconds, since the epoch of `validity`. */
  readonly now: number;
}

/** The rule about a user. */
export function lookAtUser(look: Look, policy: KmsPolicy, user: string): FoundRule {
  const found = look.for('users', ruleOf(policy, user), {
    met: ({ named, rule }) => `${named} (${rule.user}) is the most specific rule about ${user}`,
    not: `no rule is the one about ${user}`,
  });
  look.at(`${found.path}.secureConnection`, found.rule.secureConnection !== 'forbidden', {
    met: `protected media are ${found.rule.secureConnection} for ${user}`,
    not: `${user} must have no protected media`,
  });
  return found;
}

/**
 * Looks at the identities: who the Initiator says it is, and whom it may call.
 *
 * @returns the entry of mayCall that lets it call the last responder
 */
export function lookAtIdentities(
  look: Look,
  policy: KmsPolicy,
  { user, found, terms }: { readonly user: string; readonly found: FoundRule; readonly terms: TicketTerms },
): string {
  const { path, rule } = found;
  const initiator = terms.initiator ?? user;
  const spoken = speaksFor(found, user, initiator);
  if (initiator !== user) {
    look.at(spoken ?? `${path}.speaksFor`, spoken !== undefined, {
      met: `${user} may speak for ${initiator}`,
      not: `${user} may not speak for ${initiator}`,
    });
  }
  let right = `${path}.mayCall`;
  look.at('rfc6043:6.10', terms.responders.length > 0, {
    met: `the ticket is for ${terms.responders.join(', ')}`,
    not: 'the ticket names no responder',
  });
  for (const responder of terms.responders) {
    const self = speaksFor(found, user, responder) !== undefined || responder === initiator;
    if (self) {
      look.at('system.selfCalls', policy.system.selfCalls, {
        met: `${responder} is the caller itself, which is allowed`,
        not: `${responder} is the caller itself`,
      });
    }
    const entry = firstFit(rule.mayCall, responder);
    right = entry === undefined ? `${path}.mayCall` : `${path}.mayCall[${entry}]`;
    look.at(right, entry !== undefined, {
      met: `${user} may call ${responder}`,
      not: `${user} may not call ${responder}`,
    });
    const called = ruleOf(policy, responder);
    if (called) {
      look.at(`${called.path}.secureConnection`, called.rule.secureConnection !== 'forbidden', {
        met: `protected media are ${called.rule.secureConnection} for ${responder}`,
        not: `${responder} must have no protected media`,
      });
    }
  }
  return right;
}

/** Looks at algorithms and key lengths. */
export function lookAtKeys(look: Look, policy: KmsPolicy, terms: TicketTerms): void {
  const { suites, keyLength } = policy.system;
  const entry = suites.indexOf(terms.suite);
  look.at(entry === -1 ? 'system.suites' : `system.suites[${entry}]`, entry !== -1, {
    met: `the algorithms of ${terms.suite} are allowed`,
    not: `the algorithms of ${terms.suite} are not allowed`,
  });
  for (const { type, length } of terms.keys) {
    const [rule, limit] =
      length < keyLength.smallest ? ['smallest', keyLength.smallest] : ['longest', keyLength.longest];
    look.at(`system.keyLength.${rule}`, length >= keyLength.smallest && length <= keyLength.longest, {
      met: `a ${type} of ${length} octets is neither too short nor too long`,
      not: `a ${type} of ${length} octets is beyond the limit of ${limit}`,
    });
  }
}

/** Whether a TGK is among the keys, which ties flag F to flag I. */
export function holdsTGK(terms: TicketTerms): boolean {
  return terms.keys.some(({ type }) => type === 'TGK' || type === 'TGK+SALT');
}
