/**
 * The twelve flags of a Ticket Policy.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */

/** The names of the twelve flags, in the order of their bits. */
export const flagNames = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'] as const;

/** One of D to O. */
export type FlagName = (typeof flagNames)[number];

/** The twelve flags of a Ticket Policy. */
export type TicketFlags = Readonly<Record<FlagName, boolean>>;
