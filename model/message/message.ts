/**
 * A MIKEY message: HDR and a chain of payloads; and the other chains that are encoded on their own.
 *
 * @module
 * @see [RFC 3830, section 5.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.2)
 */
import type { Header } from './header.ts';
import type { KeyDataPayload, Payload, ThdrPayload, TicketPayload } from './payload.ts';

/** A whole MIKEY message. */
export interface Message<B> {
  readonly header: Header<B>;
  readonly payloads: readonly Payload<B>[];
}

/**
 * Everything that has an encoding of its own.
 *
 * - `Message` a MIKEY message
 * - `Ticket Data` of the MIKEY base ticket: THDR, then a chain (RFC 6043, Appendix A)
 * - `Initiator Data`: an octet that names the first payload, then a chain (RFC 6043, 6.10)
 * - `Key data`: the plaintext of a KEMAC, a chain of key data sub-payloads (RFC 3830, 6.2)
 * - `TICKET`: the TICKET payload on its own, without its Next Payload octet, for the MAC of the ticket (RFC 6043, A.1)
 */
export type Syntax<B> =
  | { readonly kind: 'Message'; readonly message: Message<B> }
  | { readonly kind: 'Ticket Data'; readonly thdr: ThdrPayload<B>; readonly payloads: readonly Payload<B>[] }
  | { readonly kind: 'Initiator Data'; readonly payloads: readonly Payload<B>[] }
  | { readonly kind: 'Key data'; readonly keys: readonly KeyDataPayload<B>[] }
  | { readonly kind: 'TICKET'; readonly ticket: TicketPayload<B> };

/** The names of the encodable things. */
export type SyntaxKind = Syntax<never>['kind'];

/** The encodable thing of one kind. */
export type SyntaxOf<B, K extends SyntaxKind> = Extract<Syntax<B>, { readonly kind: K }>;

/**
 * What an encoding for a MAC leaves out. Length fields keep the value that they have in the full encoding.
 *
 * - `MAC field` the MAC octets of a final V payload, or the signature octets of a final SIGN (RFC 6043, 5.5); in a `TICKET`
 *   that of the V payload which ends its Ticket Data (RFC 6043, A.1)
 * - `Initiator Data` the Initiator Data length and Initiator Data fields of any TICKET in it (RFC 6043, 5.5 and A.1)
 */
export type Omission = 'MAC field' | 'Initiator Data';
