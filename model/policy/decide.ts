/**
 * What a KMS decides by its policy, in one place: pure functions over texts, each telling the rule that decided.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
export { decideRequest, type GrantedTerms, type RequestDecision, type TicketAsked } from './decideRequest.ts';
export { decideCreated, type TicketCreated } from './decideCreated.ts';
export { decideResolve, type ResolveAsked, type ResolvedAs } from './decideResolve.ts';
export { decidePartner, type PartnerAsks } from './decidePartner.ts';
export type { Decision, DecisionStep } from './decision.ts';
export type { PolicyChange } from './narrow.ts';
