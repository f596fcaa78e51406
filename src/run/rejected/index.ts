/**
 * All attacks, in the order of the flow.
 *
 * @module
 */
import { answerAttacks } from './answers.ts';
import type { Attack } from './attack.ts';
import { errorAttacks } from './errors.ts';
import { formAttacks } from './form.ts';
import { grantAttacks } from './grants.ts';
import { offerAttacks } from './offers.ts';
import { publicKeyAttacks } from './publicKeys.ts';
import { requestedPolicyAttacks } from './requestedPolicies.ts';
import { requestAttacks } from './requests.ts';
import { resolutionAttacks } from './resolutions.ts';
import { resolveAttacks } from './resolves.ts';
import { ticketAttacks } from './tickets.ts';
import { updateAttacks } from './updates.ts';

/**
 * All attacks of which vectors are published: each with both algorithm suites, but for what goes wrong before algorithms count.
 */
export function allAttacks(): readonly Attack[] {
  const attacks = [
    ...requestAttacks(),
    ...requestedPolicyAttacks(),
    ...grantAttacks(),
    ...offerAttacks(),
    ...resolveAttacks(),
    ...ticketAttacks(),
    ...resolutionAttacks(),
    ...answerAttacks(),
    ...errorAttacks(),
    ...updateAttacks(),
    ...publicKeyAttacks(),
  ];
  return [...attacks, ...formAttacks(), ...attacks.filter((attack) => !attack.sha256Only).map(withSha1)];
}

function withSha1(attack: Attack): Attack {
  const suite = 'sha1';
  return { ...attack, scenario: { ...attack.scenario, suite } };
}
