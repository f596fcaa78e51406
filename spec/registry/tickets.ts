/**
 * Numbers of the TP and TICKET payloads.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import type { NumberOf } from './nameOf.ts';

/**
 * Ticket Type, 16 bits. The spelling is that of RFC 6043, Table 6.15 (rfc6043:6.10-12); IANA writes the names with small
 * letters.
 */
export const ticketTypes = { 'MIKEY Base Ticket': 1, '3GPP Base Ticket': 2 } as const;

/** A registered Ticket Type. */
export type TicketType = NumberOf<typeof ticketTypes>;
