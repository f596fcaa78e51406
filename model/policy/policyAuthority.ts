/**
 * The policy of a KMS, or of a user, as an authority: it puts what the protocol asks into the words of the policy.
 *
 * Statements: rfc6043:4.2.1.5-6; rfc6043:12.1-1; rfc6043:12.5-1, -2.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import type { Algebra, Instant } from '../algebra/algebra.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { uri, type Identity } from '../message/identity.ts';
import { second } from '../message/timestamps.ts';
import type { Authority, Ruling, TicketInQuestion } from './authority.ts';
import { decideCreated, decidePartner, decideRequest, decideResolve, type Decision } from './decide.ts';
import { firstFit } from './identityPattern.ts';
import type { KmsPolicy } from './kmsPolicy.ts';
import { ruleOf } from './ruleOf.ts';
import type { TicketTerms } from './terms.ts';

/**
 * The authority that a policy makes.
 *
 * @param policyNow - the policy as it is when it is asked: groups change
 */
export function policyAuthority(policyNow: () => KmsPolicy): Authority {
  return {
    request: (A, requester, ticket) => {
      const { policy, tpData } = ticket;
      const decision = decideRequest(policyNow(), { ...termsOf(A, ticket), requester: textOf(A, requester) });
      const { flags } = policy;
      const { TRs, TRe, TRr, IDRapp } = tpData;
      const asked = { flags, TRs, TRe, TRr, IDRapp };
      if (decision.verdict === 'refused') return { ...rulingOf(decision), ...asked };
      const { granted } = decision;
      return {
        ...rulingOf(decision),
        flags: granted.flags,
        TRs: instantOf(granted.validity.TRs, TRs),
        TRe: instantOf(granted.validity.TRe, TRe),
        TRr: granted.TRr,
        // Those that were asked for stay as they were, with their ID Type; names that the policy puts in are URIs.
        IDRapp: granted.applications.map(
          (name) => IDRapp.find((identity) => textOf(A, identity) === name) ?? uri(A, name),
        ),
      };
    },
    create: (A, maker, ticket) =>
      rulingOf(decideCreated(policyNow(), { ...termsOf(A, ticket), maker: textOf(A, maker) })),
    resolve: (A, resolver, ticket, { partner }) => {
      const policy = policyNow();
      const { responders, initiator, applications } = termsOf(A, ticket);
      const asking = partner && textOf(A, partner);
      return rulingOf(
        decideResolve(policy, {
          resolver: textOf(A, resolver),
          // A partner answers for which of its users an endpoint belongs to: any of its realm that the ticket names.
          endpointOf: asking === undefined ? [] : responders.filter((one) => inRealm(policy, asking, one)),
          partner: asking,
          ticketResponders: responders,
          ticketInitiator: initiator,
          ticketApplications: applications,
        }),
      );
    },
    forward: (A, resolver, ticket) => {
      const policy = policyNow();
      const { responders, initiator, applications } = termsOf(A, ticket);
      const own = responders.filter((one) => isKnown(policy, one));
      if (own.length === 0) {
        return { allowed: true, rule: 'rfc6043:10-7', reason: 'the ticket names only users and groups of other KMSs' };
      }
      return rulingOf(
        decideResolve(policy, {
          resolver: textOf(A, resolver),
          endpointOf: [],
          ticketResponders: responders,
          ticketInitiator: initiator,
          ticketApplications: applications,
        }),
      );
    },
    speaksFor: (A, partner, resolver) =>
      rulingOf(decidePartner(policyNow(), { kms: textOf(A, partner), IDRr: textOf(A, resolver) })),
    cooperates: (A, partner) => {
      const kms = textOf(A, partner);
      const { partners } = policyNow();
      const index = partners.findIndex((one) => one.kms === kms);
      const allowed = partners[index]?.agreement === true;
      const rule = index === -1 ? 'partners' : `partners[${index}].agreement`;
      return { allowed, rule, reason: `there is ${allowed ? 'an' : 'no'} agreement with ${kms}` };
    },
  };
}

function rulingOf(decision: Decision<unknown>): Ruling {
  return { allowed: decision.verdict === 'granted', rule: decision.rule, reason: decision.reason };
}

/** Text of an identity. What is no text is no identity that a policy can name: it becomes one that nobody has. */
function textOf<B>(A: Algebra<B>, identity: Identity<B>): string {
  return A.asText(identity.data) ?? '\u0000 not a text';
}

function isKnown(policy: KmsPolicy, identity: string): boolean {
  return ruleOf(policy, identity) !== undefined || policy.groups.some((group) => group.identity === identity);
}

function inRealm(policy: KmsPolicy, kms: string, identity: string): boolean {
  const partner = policy.partners.find((one) => one.kms === kms);
  return partner !== undefined && firstFit(partner.realm, identity) !== undefined;
}

function termsOf<B>(A: Algebra<B>, { policy, tpData, sessionKeys, now }: TicketInQuestion<B>): TicketTerms {
  return {
    initiator: tpData.IDRi && textOf(A, tpData.IDRi),
    responders: tpData.IDRr.map((identity) => textOf(A, identity)),
    applications: tpData.IDRapp.map((identity) => textOf(A, identity)),
    flags: policy.flags,
    validity: { TRs: secondsOf(tpData.TRs), TRe: secondsOf(tpData.TRe) },
    TRr: tpData.TRr,
    keys: sessionKeys.flatMap((key) => {
      const type = nameOf(keyDataTypes, key.type);
      return type === undefined ? [] : [{ type, length: A.length(key.key) }];
    }),
    suite: suiteOfPrf(policy.prfFunc).name,
    now: Number(now / second),
  };
}

function secondsOf(instant: Instant | undefined): number | undefined {
  return instant === undefined ? undefined : Number(instant / second);
}

/** A time that the policy left alone stays as it was, to the fraction; another one is in whole seconds. */
function instantOf(seconds: number | undefined, asked: Instant | undefined): Instant | undefined {
  if (seconds === secondsOf(asked)) return asked;
  return seconds === undefined ? undefined : BigInt(seconds) * second;
}
