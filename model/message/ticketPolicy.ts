/**
 * Ticket policies and their flags, in one place.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
export { flagNames, type FlagName, type TicketFlags } from './ticketFlags.ts';
export type { TicketPolicy } from './payload.ts';
