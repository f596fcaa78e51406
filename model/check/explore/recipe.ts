/**
 * How the attacker makes a message, as data: which messages, tickets and keys go into it. A recipe names them by where they come from, so
 * that the same recipe can be followed over terms and over bytes.
 *
 * @module
 */

/** A message. */
export type MessageRecipe =
  /** As an honest party sent it; `by` names its machine. */
  | { readonly make: 'sent'; readonly by: string; readonly type: string }
  /** What the KMS answers to a message; `again`: to the same message once more. */
  | { readonly make: 'kms'; readonly to: MessageRecipe; readonly again: number }
  /** A request under the attacker's own PSK. `named`: IDRi in TP Data. */
  | {
      readonly make: 'REQUEST_INIT';
      readonly as: string;
      readonly IDRi: string;
      readonly named: string;
      readonly responders: readonly string[];
    }
  /** A ticket handed in under the attacker's own PSK. */
  | {
      readonly make: 'RESOLVE_INIT';
      readonly as: string;
      readonly ticket: TicketRecipe;
      readonly data: DataRecipe;
      readonly IDRr: string;
    }
  | {
      readonly make: 'TRANSFER_INIT';
      readonly ticket: TicketRecipe;
      readonly keys: KeysRecipe;
      readonly IDRi: string;
      readonly IDRr: string;
      readonly data: DataRecipe;
    }
  | {
      readonly make: 'TRANSFER_RESP';
      readonly to: MessageRecipe;
      readonly keys: KeysRecipe;
      readonly IDRr: string;
      readonly RANDRkms: ModifierRecipe;
    }
  /** An Error message about a message, with a made-up MAC. */
  | { readonly make: 'Error'; readonly about: MessageRecipe }
  /** Another message with one field changed, and its MAC left as it was. */
  | { readonly make: 'changed'; readonly message: MessageRecipe; readonly field: ChangedField; readonly to: string }
  | { readonly make: 'swapped'; readonly message: MessageRecipe; readonly ticket: TicketRecipe };

/** A field that is changed in a message of somebody else. */
export type ChangedField = 'RANDRi' | 'RANDRr' | 'RANDRkms' | 'IDRi' | 'IDRr' | 'KEMAC';

/** A ticket, without Initiator Data. */
export type TicketRecipe =
  | { readonly from: 'message'; readonly message: MessageRecipe }
  /** Self-made, under the attacker's own TPK. */
  | { readonly from: 'own'; readonly as: string; readonly IDRi: string; readonly responders: readonly string[] }
  /** With other TP Data, and its MAC left as it was. */
  | { readonly from: 'changed'; readonly ticket: TicketRecipe; readonly IDRi?: string; readonly responder?: string };

/** Initiator Data of a ticket. */
export type DataRecipe =
  /** Made up from beginning to end. */
  | { readonly from: 'nothing' }
  /** As it stands in a message. */
  | { readonly from: 'message'; readonly message: MessageRecipe }
  /** Made with the MPKr of the keys at hand, or with a made-up one. */
  | { readonly from: 'sealed' };

/** Keys of a ticket. */
export type KeysRecipe =
  /** Made up. */
  | { readonly from: 'nothing' }
  /** Out of a response of the KMS, opened with a PSK. */
  | { readonly from: 'response'; readonly response: MessageRecipe; readonly psk: string }
  /** Those of a self-made ticket. */
  | { readonly from: 'own'; readonly ticket: TicketRecipe };

/** A RANDRkms. */
export type ModifierRecipe =
  | { readonly from: 'nothing' }
  /** The one that the keys at hand were forked with. */
  | { readonly from: 'keys' }
  | { readonly from: 'message'; readonly message: MessageRecipe };

/** One step of a run under attack. */
export type Move =
  | { readonly do: 'call'; readonly by: string }
  | { readonly do: 'deliver'; readonly to: string; readonly message: MessageRecipe }
  /** The attacker gets an answer from the KMS, and does no more with it than to keep it. */
  | { readonly do: 'ask'; readonly answer: MessageRecipe }
  | { readonly do: 'time passes' };
