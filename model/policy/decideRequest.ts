/**
 * Whether a user gets the ticket that it asks for, and with what changes.
 *
 * Statements: rfc6043:4.2.1.5-6; rfc6043:6.10-35, -37.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.1.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.5)
 */
import type { TicketFlags } from '../message/ticketFlags.ts';
import { weigh, type Decision } from './decision.ts';
import { brokenFlagRule } from './flags.ts';
import type { KmsPolicy } from './kmsPolicy.ts';
import {
  narrowApplications,
  narrowFlags,
  narrowRekeying,
  narrowValidity,
  type Narrowing,
  type PolicyChange,
} from './narrow.ts';
import { holdsTGK, lookAtIdentities, lookAtKeys, lookAtUser, type TicketTerms, type Validity } from './terms.ts';

/** A ticket that somebody asks the KMS for. */
export interface TicketAsked extends TicketTerms {
  /** Who asks, as authenticated. */
  readonly requester: string;
}

/** What the KMS grants of it. Responders and keys are as they were asked for. */
export interface GrantedTerms {
  /** K is set if anything was changed. */
  readonly flags: TicketFlags;
  readonly validity: Validity;
  readonly TRr: number | undefined;
  readonly applications: readonly string[];
}

/** The decision about a request. */
export type RequestDecision = Decision<GrantedTerms> & {
  /** What is granted otherwise than it was asked for; nothing if refused. */
  readonly changed: readonly PolicyChange[];
};

/** Decides about a request for a ticket. Flag K of the request is ignored. */
export function decideRequest(policy: KmsPolicy, asked: TicketAsked): RequestDecision {
  const { requester, flags } = asked;
  const { system } = policy;
  const changed: PolicyChange[] = [];
  const decision = weigh<GrantedTerms>((look) => {
    const narrowing: Narrowing = { look, changed };
    const found = lookAtUser(look, policy, requester);
    look.at(`${found.path}.mayRequest`, found.rule.mayRequest, {
      met: `${requester} may ask for tickets`,
      not: `${requester} may not ask for tickets`,
    });
    const rule = lookAtIdentities(look, policy, { user: requester, found, terms: asked });
    const broken = brokenFlagRule({ ...flags, K: false }, { holdsTGK: holdsTGK(asked) });
    look.at('rfc6043:6.10', broken === undefined && flags.D, {
      met: 'the flags obey the RFC',
      not:
        broken === undefined ? 'without D the ticket is none that a KMS makes' : `the flags break the rule '${broken}'`,
    });
    lookAtKeys(look, policy, asked);
    const granted = {
      flags: narrowFlags(narrowing, system, asked),
      validity: narrowValidity(narrowing, system, asked),
      TRr: narrowRekeying(narrowing, system, asked),
      applications: narrowApplications(narrowing, found, asked),
    };
    const reason = `${requester} may call ${asked.responders.join(', ')}`;
    return { rule, reason, granted: { ...granted, flags: { ...granted.flags, K: changed.length > 0 } } };
  });
  return { ...decision, changed: decision.verdict === 'granted' ? changed : [] };
}
