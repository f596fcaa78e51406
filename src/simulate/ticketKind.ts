/**
 * Kinds of tickets, as far as they cost the KMS something else.
 *
 * @module
 */

/** The tickets that are priced apart: for a user or a group, made by a KMS or by the Initiator. */
export const ticketKinds = ['user', 'group', 'own', 'own group'] as const;

/** One of them. */
export type TicketKind = (typeof ticketKinds)[number];

/** The kind of a ticket. */
export function kindOf(ticket: { readonly own: boolean; readonly forGroup: boolean }): TicketKind {
  if (ticket.own) return ticket.forGroup ? 'own group' : 'own';
  return ticket.forGroup ? 'group' : 'user';
}
