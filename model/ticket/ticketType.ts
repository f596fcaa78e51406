/**
 * Ticket Types: what a number in a Ticket Policy stands for, and which of them a party supports.
 *
 * Both types that IANA lists are here with the layout of Appendix A. For the 3GPP base ticket that is an assumption: 3GPP
 * specifies it elsewhere, its subtype and version are not public, so they can be set.
 *
 * Statements: rfc6043:11-8; rfc6043:6.10-45, -47.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, section 11](https://www.rfc-editor.org/rfc/rfc6043.html#section-11)
 */
import { ticketTypes } from '../../spec/registry/tickets.ts';

/** A Ticket Type. */
export interface TicketType {
  readonly name: string;
  /** Ticket Type, 16 bits. */
  readonly ticketType: number;
  /** Subtype, 8 bits. */
  readonly subtype: number;
  /** Version, 8 bits. */
  readonly version: number;
  /** The modes of 4.1.1 in which it can be used; a new Ticket Type has to say so (section 11). */
  readonly modes: readonly (1 | 2 | 3 | 4)[];
  /** Whether an Initiator that follows RFC 6043 alone can use it: the N flag. */
  readonly plainInitiator: boolean;
  /** Whether a Responder that follows RFC 6043 alone can use it: the O flag. */
  readonly plainResponder: boolean;
}

/** The MIKEY base ticket (rfc6043:6.10-12, rfc6043:6.10-13). */
export const mikeyBaseTicket: TicketType = {
  name: 'MIKEY base ticket',
  ticketType: ticketTypes['MIKEY Base Ticket'],
  subtype: 1,
  version: 1,
  modes: [1, 2, 3, 4],
  plainInitiator: true,
  plainResponder: true,
};

/**
 * The 3GPP base ticket, with the layout of the MIKEY base ticket (an assumption).
 *
 * @param numbers - subtype and version, 8 bits each; default 1 and 1, an assumption too
 */
export function threeGppBaseTicket(numbers: { readonly subtype?: number; readonly version?: number } = {}): TicketType {
  return {
    ...mikeyBaseTicket,
    name: '3GPP base ticket',
    ticketType: ticketTypes['3GPP Base Ticket'],
    subtype: numbers.subtype ?? 1,
    version: numbers.version ?? 1,
  };
}

/** The type, subtype and version of a Ticket Policy. */
export type TicketTypeNumbers = Pick<TicketType, 'ticketType' | 'subtype' | 'version'>;

/** The numbers of a Ticket Type, as a Ticket Policy has them. */
export function numbersOf({ ticketType, subtype, version }: TicketTypeNumbers): TicketTypeNumbers {
  return { ticketType, subtype, version };
}

/**
 * Whether a policy is for a ticket of a supported type. With N = 0 or O = 0 a party does what the type's specification says beyond RFC
 * 6043 (rfc6043:6.10-45, rfc6043:6.10-47); for the types here that is nothing, so the flags turn nothing down (finding B10).
 */
export function isSupported(policy: TicketTypeNumbers, types: readonly TicketType[]): boolean {
  return types.some(
    (type) =>
      policy.ticketType === type.ticketType && policy.subtype === type.subtype && policy.version === type.version,
  );
}
