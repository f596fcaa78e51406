/**
 * What can be left out of the hand-written theories of MIKEY-TICKET, to see which goals need it.
 *
 * @module
 */

/** Protections that can be left out, each with what leaving it out means. */
export const ticketAblations = {
  'idri-not-in-tp': 'The Ticket Policy does not name the initiator; the responder believes the IDRi of TRANSFER_INIT.',
  'tp-not-under-ticket-mac': 'The MAC of the ticket does not cover the Ticket Policy.',
  'requester-not-compared': 'The KMS does not compare the IDRi of the Ticket Policy with who asks (mode 1).',
  'tpk-owner-not-compared':
    'The KMS does not compare the IDRi of the Ticket Policy with the owner of the TPK (mode 3).',
  'responder-ignores-idri': "The responder does not compare TRANSFER_INIT's IDRi with that of the Ticket Policy.",
  'vi-not-compared': 'The responder does not compare Vi with V.',
  'vr-not-checked': 'The KMS does not check Vr.',
  'no-authorisation': 'The KMS resolves for anybody.',
  'fork-without-idrr': 'The modifier of the forked keys is RANDRkms alone.',
  'no-forking': 'All responders get MPKr and TGK themselves (I flag 0); they are not forked.',
  'no-replay-cache': 'The responder accepts the same TRANSFER_INIT again.',
} as const;

/** A protection. */
export type TicketAblation = keyof typeof ticketAblations;

/** Who makes the ticket: the KMS (RFC mode 1) or the initiator (RFC mode 3). */
export type TicketMode = 'mode 1' | 'mode 3';

/** Which ablations mean something in a mode. */
export function ablationsOf(mode: TicketMode): readonly TicketAblation[] {
  const elsewhere: TicketAblation = mode === 'mode 1' ? 'tpk-owner-not-compared' : 'requester-not-compared';
  return (Object.keys(ticketAblations) as TicketAblation[]).filter((ablation) => ablation !== elsewhere);
}
