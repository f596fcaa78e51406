/**
 * Whether another KMS may have a ticket resolved for an identity: there is an agreement, and the identity is one of its own users
 * (weakness W19).
 *
 * @module
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10)
 */
import { weigh, type Decision, type Look } from './decision.ts';
import { firstFit } from './identityPattern.ts';
import type { KmsPolicy } from './kmsPolicy.ts';

/** A partner that speaks for somebody. */
export interface PartnerAsks {
  /** The KMS, as authenticated. */
  readonly kms: string;
  /** The identity that it speaks for. */
  readonly IDRr: string;
}

/** Decides whether a KMS may speak for an identity. */
export function decidePartner(policy: KmsPolicy, asks: PartnerAsks): Decision<undefined> {
  return weigh((look) => {
    const rule = lookAtPartner(look, policy, asks);
    return { rule, reason: `${asks.kms} may speak for ${asks.IDRr}`, granted: undefined };
  });
}

/** Looks at the rules about a partner. @returns the entry of its realm that the identity is in */
export function lookAtPartner(look: Look, policy: KmsPolicy, { kms, IDRr }: PartnerAsks): string {
  const index = policy.partners.findIndex((partner) => partner.kms === kms);
  const partner = look.for('partners', policy.partners[index], {
    met: () => `partners[${index}] is about ${kms}`,
    not: `no rule is about ${kms}`,
  });
  look.at(`partners[${index}].agreement`, partner.agreement, {
    met: `there is an agreement with ${kms}`,
    not: `there is no agreement with ${kms}`,
  });
  const own = policy.users.findIndex(({ user, speaksFor, devices }) => [user, ...speaksFor, ...devices].includes(IDRr));
  look.at(own === -1 ? 'users' : `users[${own}]`, own === -1, {
    met: `${IDRr} is not named among the users of this KMS`,
    not: `${IDRr} is a user of this KMS`,
  });
  const entry = firstFit(partner.realm, IDRr);
  const rule = `partners[${index}].realm${entry === undefined ? '' : `[${entry}]`}`;
  look.at(rule, entry !== undefined, { met: `${IDRr} is in its realm`, not: `${IDRr} is not in its realm` });
  return rule;
}
