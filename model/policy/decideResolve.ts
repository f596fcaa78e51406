/**
 * Who may resolve a ticket: somebody that it names, a device of somebody that it names, or a member of a group that it names. Groups are
 * looked up as they are now, as nobody else will ever do it (weakness W21).
 *
 * Statements: rfc6043:12.5-1, -2.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 * @see [RFC 6043, section 12.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.5)
 */
import { weigh, type Decision, type Look } from './decision.ts';
import { lookAtPartner } from './decidePartner.ts';
import { firstFit } from './identityPattern.ts';
import type { KmsPolicy } from './kmsPolicy.ts';
import { membership, namesOf, ownerRulesOf, ruleOf, type FoundRule, type Name } from './ruleOf.ts';

/** Somebody that wants a ticket resolved. */
export interface ResolveAsked {
  /** Who asks, as authenticated; for a partner the IDRr that it passes on. */
  readonly resolver: string;
  /** The identities that the resolver's account says it is an endpoint of. */
  readonly endpointOf: readonly string[];
  /** The KMS that asks on behalf of the resolver, as authenticated; undefined: the resolver itself asks. */
  readonly partner?: string | undefined;
  /** IDRr of the ticket. */
  readonly ticketResponders: readonly string[];
  /** IDRi of the ticket. */
  readonly ticketInitiator?: string | undefined;
  /** IDRapp of the ticket; none: all applications. */
  readonly ticketApplications: readonly string[];
  /** The application that the keys are for, if it is known. */
  readonly application?: string | undefined;
}

/** How a resolver comes to be one. */
export interface ResolvedAs {
  /** The identity in the ticket. */
  readonly responder: string;
  /** The name of the resolver that is that identity, or a member of it. */
  readonly name: string;
}

/** Decides about the resolution of a ticket. */
export function decideResolve(policy: KmsPolicy, asked: ResolveAsked): Decision<ResolvedAs> {
  const { resolver, partner, ticketInitiator } = asked;
  return weigh((look) => {
    if (partner === undefined) lookAtOwnRule(look, policy, resolver);
    const names =
      partner === undefined ? namesOf(policy, resolver, asked.endpointOf) : foreignNames(look, policy, asked);
    const caller = ticketInitiator === undefined ? undefined : ruleOf(policy, ticketInitiator);
    if (caller) {
      look.at(`${caller.path}.secureConnection`, caller.rule.secureConnection !== 'forbidden', {
        met: `protected media are ${caller.rule.secureConnection} for ${ticketInitiator}`,
        not: `${ticketInitiator} must have no protected media`,
      });
    }
    lookAtApplication(look, asked);
    look.at('system.selfCalls', policy.system.selfCalls || resolver !== ticketInitiator, {
      met: resolver === ticketInitiator ? 'calls to oneself are allowed' : `${resolver} is not the caller`,
      not: `${resolver} is the caller itself`,
    });
    for (const responder of asked.ticketResponders) {
      for (const name of names) {
        const rule = responder === name.identity ? name.rule : membership(policy, responder, name.identity);
        if (rule !== undefined && nameUsable(look, policy, { asked, name })) {
          const reason = reasonOf(resolver, responder, name);
          look.at(rule, true, { met: reason, not: '' });
          return { rule, reason, granted: { responder, name: name.identity } };
        }
      }
      passOver(look, policy, { resolver, responder });
    }
    return look.refuse(
      'rfc6043:6.10-69',
      `the ticket is for ${asked.ticketResponders.join(', ')}, and ${resolver} is, now, none of them`,
    );
  });
}

/** A rule about the resolver, if there is one, must allow protected media; a device need not have one. */
function lookAtOwnRule(look: Look, policy: KmsPolicy, resolver: string): void {
  const own = ruleOf(policy, resolver);
  if (!own) return;
  look.at(`${own.path}.secureConnection`, own.rule.secureConnection !== 'forbidden', {
    met: `protected media are ${own.rule.secureConnection} for ${resolver}`,
    not: `${resolver} must have no protected media`,
  });
}

/** The names of a partner's user: each of them has to lie in the partner's realm. */
function foreignNames(look: Look, policy: KmsPolicy, asked: ResolveAsked): readonly Name[] {
  const { resolver, endpointOf, partner: kms = '' } = asked;
  return [resolver, ...endpointOf].map((identity): Name => {
    const rule = lookAtPartner(look, policy, { kms, IDRr: identity });
    return { identity, rule, how: identity === resolver ? 'named itself' : `an endpoint of ${identity}` };
  });
}

/** Whether somebody may act under a name: the one whose name it is must be known, may have protected media, and did not call. */
function nameUsable(
  look: Look,
  policy: KmsPolicy,
  { asked, name }: { readonly asked: ResolveAsked; readonly name: Name },
): boolean {
  if (name.identity === asked.ticketInitiator && !policy.system.selfCalls) {
    look.pass('system.selfCalls', `${asked.resolver} stands for ${name.identity}, the caller itself`);
    return false;
  }
  if (asked.partner !== undefined) return true;
  const owners = ownerRulesOf(policy, name.identity);
  if (owners.length === 0) look.pass('users', `no rule is the one about ${name.identity}`);
  return owners.some((owner) => ownerAllows(look, owner, { asked, name }));
}

function ownerAllows(
  look: Look,
  { path, rule }: FoundRule,
  { asked, name }: { readonly asked: ResolveAsked; readonly name: Name },
): boolean {
  if (rule.secureConnection === 'forbidden') {
    look.pass(`${path}.secureConnection`, `${name.identity} must have no protected media`);
    return false;
  }
  if (asked.application !== undefined && firstFit(rule.applications, asked.application) === undefined) {
    look.pass(`${path}.applications`, `${name.identity} may not use ${asked.application}`);
    return false;
  }
  return true;
}

function lookAtApplication(look: Look, { application, ticketApplications }: ResolveAsked): void {
  if (application === undefined) return;
  const all = ticketApplications.length === 0;
  look.at('rfc6043:6.10-68', all || ticketApplications.includes(application), {
    met: all ? 'the ticket is for all applications' : `the ticket is for ${application}`,
    not: `the ticket is not for ${application}`,
  });
}

/** Notes that a responder of the ticket is not the resolver. */
function passOver(
  look: Look,
  policy: KmsPolicy,
  { resolver, responder }: { readonly resolver: string; readonly responder: string },
): void {
  const group = policy.groups.findIndex(({ identity }) => identity === responder);
  if (group === -1) look.pass('users', `nothing makes ${resolver} an endpoint of ${responder}`);
  else look.pass(`groups[${group}].members`, `nothing makes ${resolver} a member of ${responder} now`);
}

function reasonOf(resolver: string, responder: string, name: Name): string {
  const group = responder === name.identity ? '' : `, a member of ${responder} now`;
  return name.identity === resolver
    ? `${resolver} is ${group === '' ? 'named in the ticket' : group.slice(2)}`
    : `${resolver} is ${name.how}${group}`;
}
