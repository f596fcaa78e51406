/**
 * Which rule of a policy is about an identity, and under which names somebody can resolve tickets.
 *
 * Statements: rfc6043:12.5-2.
 *
 * @module
 * @see [RFC 6043, section 12.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.5)
 */
import { firstFit, fits, includes, isWildcard } from './identityPattern.ts';
import type { KmsPolicy, UserRule } from './kmsPolicy.ts';

/** A rule about a user, and where it stands. */
export interface FoundRule {
  /** The path to the rule, such as `users[2]`. */
  readonly path: string;
  /** The path to the part of it that names the identity, such as `users[2].user`. */
  readonly named: string;
  readonly rule: UserRule;
}

/**
 * The rule about an identity: one that names it, else the one with the most specific pattern.
 *
 * @returns undefined if there is none, or if several fit and none is the most specific: that is an error in the policy, and must
 *   give nobody a right
 */
export function ruleOf(policy: KmsPolicy, identity: string): FoundRule | undefined {
  const found = policy.users.flatMap((rule, index): readonly (FoundRule & { readonly pattern: string })[] => {
    const path = `users[${index}]`;
    if (fits(rule.user, identity)) return [{ path, named: `${path}.user`, rule, pattern: rule.user }];
    const spoken = rule.speaksFor.indexOf(identity);
    return spoken === -1 ? [] : [{ path, named: `${path}.speaksFor[${spoken}]`, rule, pattern: identity }];
  });
  return found.find((one) =>
    found.every(
      (other) => other === one || (includes(other.pattern, one.pattern) && !includes(one.pattern, other.pattern)),
    ),
  );
}

/**
 * The rules under which an identity can be a responder: the one about it or, if it is that of a device and no rule is about it, those of the
 * users whose device it is. Any one of these gives the right, so that taking a device away from a user never gives one.
 */
export function ownerRulesOf(policy: KmsPolicy, identity: string): readonly FoundRule[] {
  const found = ruleOf(policy, identity);
  if (found) return [found];
  return policy.users.flatMap((rule, index): readonly FoundRule[] => {
    const device = rule.devices.indexOf(identity);
    if (device === -1 || isWildcard(rule.user)) return [];
    return [{ path: `users[${index}]`, named: `users[${index}].devices[${device}]`, rule }];
  });
}

/** Whether a user may speak for an identity: its own, or one that its rule lists. The path to what says so; undefined if not. */
export function speaksFor(found: FoundRule, user: string, identity: string): string | undefined {
  if (user === identity) return found.named;
  // The other names of one user; a pattern is about many, who must not speak for each other.
  if (isWildcard(found.rule.user)) return undefined;
  if (identity === found.rule.user) return `${found.path}.user`;
  const index = found.rule.speaksFor.indexOf(identity);
  return index === -1 ? undefined : `${found.path}.speaksFor[${index}]`;
}

/** A name under which somebody can be a responder. */
export interface Name {
  readonly identity: string;
  /** The rule that says so. */
  readonly rule: string;
  /** How, as the end of a sentence that begins with who it is. */
  readonly how: string;
}

/** The names of a local user or device: itself, what it speaks for, whose endpoint it is by its account or by the policy. */
export function namesOf(policy: KmsPolicy, who: string, endpointOf: readonly string[]): readonly Name[] {
  const own = ruleOf(policy, who);
  const spoken = own && !isWildcard(own.rule.user) ? [own.rule.user, ...own.rule.speaksFor] : [];
  const names: Name[] = [{ identity: who, rule: ownerRulesOf(policy, who)[0]?.named ?? 'users', how: 'named itself' }];
  for (const identity of spoken.filter((one) => one !== who)) {
    const rule = own && speaksFor(own, who, identity);
    if (rule !== undefined) names.push({ identity, rule, how: `speaks for ${identity}` });
  }
  for (const identity of endpointOf) {
    names.push({
      identity,
      rule: ruleOf(policy, identity)?.named ?? 'users',
      how: `an endpoint of ${identity} by its account`,
    });
  }
  policy.users.forEach(({ user, speaksFor: others, devices }, index) => {
    const device = devices.indexOf(who);
    if (device === -1 || isWildcard(user)) return;
    for (const identity of [user, ...others]) {
      names.push({ identity, rule: `users[${index}].devices[${device}]`, how: `a device of ${identity}` });
    }
  });
  return names;
}

/** The member entry of a group that fits a name. The path to it; undefined if there is none, or no such group. */
export function membership(policy: KmsPolicy, group: string, member: string): string | undefined {
  const index = policy.groups.findIndex(({ identity }) => identity === group);
  const found = firstFit(policy.groups[index]?.members ?? [], member);
  return found === undefined ? undefined : `groups[${index}].members[${found}]`;
}
