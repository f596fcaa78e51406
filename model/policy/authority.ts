/**
 * Who may do what: the questions that a KMS asks its policy, and an Initiator the local one. Each answer says which rule decided.
 *
 * Statements: rfc6043:4.2.1.5-6; rfc6043:12.1-1.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { Identity } from '../message/identity.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import type { TicketFlags, TicketPolicy } from '../message/ticketPolicy.ts';
import type { TpData } from './tpData.ts';

/** An answer of a policy. */
export interface Ruling {
  readonly allowed: boolean;
  /** The rule that decided, such as `users[2].mayCall`. */
  readonly rule: string;
  /** Why, for a person. */
  readonly reason: string;
}

/** What a policy grants of a request: it may narrow, never widen. */
export interface GrantRuling<B> extends Ruling {
  readonly flags: TicketFlags;
  readonly TRs: TpData<B>['TRs'];
  readonly TRe: TpData<B>['TRe'];
  readonly TRr: TpData<B>['TRr'];
  /** None: all applications. */
  readonly IDRapp: TpData<B>['IDRapp'];
}

/** A Ticket Policy in question, with its TP Data and the keys in the ticket. */
export interface TicketInQuestion<B> {
  readonly policy: TicketPolicy<B>;
  readonly tpData: TpData<B>;
  /** The session keys that are asked for or in the ticket; types and lengths count. */
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  readonly now: Instant;
}

/** What decides. Pure: the same question gets the same answer. */
export interface Authority {
  /** May `requester` have this ticket? */
  request<B>(A: Algebra<B>, requester: Identity<B>, ticket: TicketInQuestion<B>): GrantRuling<B>;
  /** May `maker` have made this ticket itself (mode 3)? */
  create<B>(A: Algebra<B>, maker: Identity<B>, ticket: TicketInQuestion<B>): Ruling;
  /**
   * May `resolver` have the keys of this ticket? Group membership counts as it is now (rfc6043:12.5-2).
   *
   * @param options - the partner KMS that asks for the resolver, and answers for which endpoint belongs to which of its users; undefined if the
   *   resolver asks itself
   */
  resolve<B>(
    A: Algebra<B>,
    resolver: Identity<B>,
    ticket: TicketInQuestion<B>,
    options: { readonly partner: Identity<B> | undefined },
  ): Ruling;
  /**
   * May a ticket of another KMS be passed on to that KMS for `resolver`? The other one has the last word, but believes this one about its own
   * users.
   */
  forward<B>(A: Algebra<B>, resolver: Identity<B>, ticket: TicketInQuestion<B>): Ruling;
  /** May the KMS `partner` speak for `resolver`: is there an agreement, and is the resolver one of its own users (weakness W19)? */
  speaksFor<B>(A: Algebra<B>, partner: Identity<B>, resolver: Identity<B>): Ruling;
  /** Is there an agreement with the KMS `partner`? */
  cooperates<B>(A: Algebra<B>, partner: Identity<B>): Ruling;
}
