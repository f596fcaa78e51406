/**
 * Whether a ticket that a user made itself (mode 3) is one that it may make. Both ask: the KMS when the ticket is to be resolved, of its
 * own policy; and the user before it makes one, of its local policy. Nothing can be narrowed here: the ticket is sealed as it is.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { flagNames } from '../message/ticketFlags.ts';
import { weigh, type Decision, type Look } from './decision.ts';
import { brokenFlagRule, lettersOf } from './flags.ts';
import { firstFit } from './identityPattern.ts';
import type { CreationRule, KmsPolicy, SystemRules } from './kmsPolicy.ts';
import type { FoundRule } from './ruleOf.ts';
import { holdsTGK, lookAtIdentities, lookAtKeys, lookAtUser, type TicketTerms } from './terms.ts';

/** A ticket that somebody made, or is about to make. */
export interface TicketCreated extends TicketTerms {
  /** Who made it: the owner of the key that protects it (weakness W4). */
  readonly maker: string;
}

/** Decides about a self-made ticket. Whether it is valid now is for the check `ticketValidNow` to say, which knows the clock skew. */
export function decideCreated(policy: KmsPolicy, ticket: TicketCreated): Decision<undefined> {
  const { maker } = ticket;
  return weigh((look) => {
    const found = lookAtUser(look, policy, maker);
    const creation = look.for(`${found.path}.mayCreate`, found.rule.mayCreate, {
      met: () => `${maker} may make tickets`,
      not: `${maker} may make no tickets`,
    });
    const rule = lookAtIdentities(look, policy, { user: maker, found, terms: ticket });
    lookAtFlags(look, policy.system, { ticket, creation, path: found.path });
    lookAtKeys(look, policy, ticket);
    lookAtTimes(look, policy.system, { ticket, creation, path: found.path });
    lookAtApplications(look, found, ticket);
    return { rule, reason: `${maker} may make a ticket for ${ticket.responders.join(', ')}`, granted: undefined };
  });
}

/** What a part of the decision looks at. */
interface Created {
  readonly ticket: TicketCreated;
  readonly creation: CreationRule;
  /** The path to the rule about the maker. */
  readonly path: string;
}

function lookAtFlags(look: Look, system: SystemRules, { ticket, creation, path }: Created): void {
  const { flags } = ticket;
  const broken = brokenFlagRule(flags, { holdsTGK: holdsTGK(ticket) });
  look.at('rfc6043:6.10', broken === undefined && !flags.D, {
    met: 'the flags obey the RFC, and D says that the Initiator made the ticket',
    not: broken === undefined ? 'D says that the KMS made the ticket' : `the flags break the rule '${broken}'`,
  });
  const stray = flagNames.filter((flag) => flags[flag] && !creation.flags.includes(flag));
  look.at(`${path}.mayCreate.flags`, stray.length === 0, {
    met: `flags ${lettersOf(flags)} are all among those allowed`,
    not: `flags not allowed: ${stray.join('')}`,
  });
  const { keyForking } = system;
  look.at('system.keyForking', flags.I ? keyForking !== 'forbidden' : keyForking !== 'mandatory', {
    met: `key forking is ${keyForking}`,
    not: `key forking is ${keyForking}, and I is ${flags.I ? '1' : '0'}`,
  });
  const demands = [
    ['F', 'response'],
    ['G', 'RANDRr'],
    ['H', 'RANDRi'],
  ] as const;
  for (const [flag, name] of demands) {
    look.at(`system.${name}`, flags[flag] || system[name] === 'optional', {
      met: `${flag} is ${flags[flag] ? '1' : 'optional'}`,
      not: `${flag} is mandatory`,
    });
  }
  const limits = [
    ['J', system.reuse, 'system.reuse'],
    // L is not asked about: a ticket with D = 0 must have it (rfc6043:6.10-2), and mayCreate is the right to that.
    ['M', system.suppliedKeys.responder, 'system.suppliedKeys.responder'],
  ] as const;
  for (const [flag, allowed, rule] of limits) {
    look.at(rule, allowed || !flags[flag], {
      met: `${flag} is ${flags[flag] ? 'allowed' : '0'}`,
      not: `${flag} is not allowed`,
    });
  }
}

function lookAtTimes(look: Look, system: SystemRules, { ticket, creation, path }: Created): void {
  const { validity, TRr } = ticket;
  const { TRs, TRe } = validity;
  const own = creation.longestValidity <= system.longestValidity;
  const rule = own ? `${path}.mayCreate.longestValidity` : 'system.longestValidity';
  const longest = own ? creation.longestValidity : system.longestValidity;
  // Without TRs a ticket made for a year would pass in its last hour.
  const length = TRs === undefined || TRe === undefined ? undefined : TRe - TRs;
  look.at(rule, length !== undefined && length > 0 && length <= longest, {
    met: `valid for ${length} s of at most ${longest} s`,
    not:
      length === undefined
        ? 'TRs and TRe have to say how long it is valid'
        : `valid for ${length} s, not for 1 to ${longest} s`,
  });
  const { longestRekeying } = system;
  if (longestRekeying === undefined) return;
  look.at('system.longestRekeying', TRr !== undefined && TRr <= longestRekeying, {
    met: `keys are renewed every ${TRr} s`,
    not: `TRr has to be ${longestRekeying} s at most`,
  });
}

function lookAtApplications(look: Look, { path, rule }: FoundRule, { applications }: TicketCreated): void {
  const stray = applications.filter((application) => firstFit(rule.applications, application) === undefined);
  const all = applications.length === 0;
  look.at(`${path}.applications`, all ? rule.applications.includes('*') : stray.length === 0, {
    met: all ? 'all applications are allowed' : `allowed: ${applications.join(', ')}`,
    not: all ? 'the ticket is for all applications, and not all are allowed' : `not allowed: ${stray.join(', ')}`,
  });
}
