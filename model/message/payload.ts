/**
 * Every MIKEY payload as abstract syntax over bit strings `B`: RFC 3830 section 6, RFC 6043 section 6 and Appendix A.
 *
 * No payload holds its next payload field: it follows from the order of the chain. Registry numbers stay numbers, so that
 * unknown ones survive decoding; the names are in `spec/registry`.
 *
 * @module
 * @see [RFC 3830, section 6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6)
 * @see [RFC 6043, section 6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6)
 */
import type { TicketFlags } from './ticketFlags.ts';

/** Timestamp. `value`: 8 octets (NTP-UTC, NTP) or 4 octets (COUNTER, NTP-UTC-32). @see RFC 3830, 6.6 */
export interface TPayload<B> {
  readonly kind: 'T';
  readonly tsType: number;
  readonly value: B;
}

/** Timestamp with role indicator. @see RFC 6043, 6.4 */
export interface TrPayload<B> {
  readonly kind: 'TR';
  readonly role: number;
  readonly tsType: number;
  readonly value: B;
}

/** Identity. @see RFC 3830, 6.7 */
export interface IdPayload<B> {
  readonly kind: 'ID';
  readonly idType: number;
  readonly data: B;
}

/** Identity with role indicator. @see RFC 6043, 6.6 */
export interface IdrPayload<B> {
  readonly kind: 'IDR';
  readonly role: number;
  readonly idType: number;
  readonly data: B;
}

/** Certificate. `data`: DER octets or, for a URL type, its ASCII text. @see RFC 3830, 6.7 */
export interface CertPayload<B> {
  readonly kind: 'CERT';
  readonly certType: number;
  readonly data: B;
}

/** Certificate hash. `hash`: length implied by the hash function. @see RFC 3830, 6.8 */
export interface ChashPayload<B> {
  readonly kind: 'CHASH';
  readonly hashFunc: number;
  readonly hash: B;
}

/** Verification payload. `mac`: length implied by the algorithm. @see RFC 3830, 6.9 */
export interface VPayload<B> {
  readonly kind: 'V';
  readonly authAlg: number;
  readonly mac: B;
}

/** One type/length/value of a security policy. */
export interface SpParameter<B> {
  readonly type: number;
  readonly value: B;
}

/** Security policy. @see RFC 3830, 6.10 */
export interface SpPayload<B> {
  readonly kind: 'SP';
  readonly policyNo: number;
  readonly protType: number;
  readonly params: readonly SpParameter<B>[];
}

/** RAND. @see RFC 3830, 6.11 */
export interface RandPayload<B> {
  readonly kind: 'RAND';
  readonly rand: B;
}

/** RAND with role indicator. @see RFC 6043, 6.8 */
export interface RandrPayload<B> {
  readonly kind: 'RANDR';
  readonly role: number;
  readonly rand: B;
}

/** Error. `reserved`: 16 bits, zero when we send. @see RFC 3830, 6.12 */
export interface ErrPayload {
  readonly kind: 'ERR';
  readonly errorNo: number;
  readonly reserved: number;
}

/** Key data transport: the encrypted key data sub-payloads. @see RFC 3830, 6.2 */
export interface KemacPayload<B> {
  readonly kind: 'KEMAC';
  readonly encrAlg: number;
  readonly encrData: B;
  readonly macAlg: number;
  readonly mac: B;
}

/** Encrypted envelope key. `cache`: 2 bits. @see RFC 3830, 6.3 */
export interface PkePayload<B> {
  readonly kind: 'PKE';
  readonly cache: number;
  readonly data: B;
}

/** Diffie-Hellman value. `reserved`: 4 bits. @see RFC 3830, 6.4 */
export interface DhPayload<B> {
  readonly kind: 'DH';
  readonly group: number;
  readonly value: B;
  readonly reserved: number;
  readonly kv: KeyValidity<B>;
}

/** Signature; always the last payload. @see RFC 3830, 6.5 */
export interface SignPayload<B> {
  readonly kind: 'SIGN';
  readonly sType: number;
  readonly signature: B;
}

/** Key validity data. @see RFC 3830, 6.14 */
export type KeyValidity<B> =
  | { readonly kind: 'Null' }
  | { readonly kind: 'SPI'; readonly spi: B }
  | { readonly kind: 'Interval'; readonly from: B; readonly to: B };

/** Key data sub-payload. `salt` is there if and only if the type says so. @see RFC 3830, 6.13 */
export interface KeyDataPayload<B> {
  readonly kind: 'Key data';
  readonly type: number;
  readonly key: B;
  readonly salt?: B;
  readonly kv: KeyValidity<B>;
}

/** General extension. @see RFC 3830, 6.15 */
export interface GeneralExtPayload<B> {
  readonly kind: 'General Ext.';
  readonly type: number;
  readonly data: B;
}

/** A Ticket Policy, asked for (TP) or granted (TICKET). */
export interface TicketPolicy<B> {
  /** Ticket Type, 16 bits. */
  readonly ticketType: number;
  /** Subtype, 8 bits. */
  readonly subtype: number;
  /** Version, 8 bits. */
  readonly version: number;
  /** PRF for forked keys and for keys derived from TPK and MPK, 7 bits. */
  readonly prfFunc: number;
  readonly flags: TicketFlags;
  /** Res, 5 bits; zero when we send. */
  readonly res: number;
  /** TP Data as a chain of payloads. */
  readonly tpData: readonly Payload<B>[];
}

/** Ticket Policy that is asked for. @see RFC 6043, 6.10 */
export interface TpPayload<B> {
  readonly kind: 'TP';
  readonly policy: TicketPolicy<B>;
}

/**
 * Ticket: the granted policy, Ticket Data for whoever resolves it, Initiator Data under key forking.
 * Both data fields stay bit strings here: Ticket Data belongs to the Ticket Type (see `Algebra.decode`).
 *
 * @see RFC 6043, 6.10
 */
export interface TicketPayload<B> {
  readonly kind: 'TICKET';
  readonly policy: TicketPolicy<B>;
  readonly ticketData: B;
  /** Empty if there is none. */
  readonly initiatorData: B;
}

/** Ticket header; only ever the first payload of Ticket Data, so it has no payload number. @see RFC 6043, A.3 */
export interface ThdrPayload<B> {
  readonly kind: 'THDR';
  readonly data: B;
}

/** Any payload that can stand in a chain. */
export type Payload<B> =
  | TPayload<B>
  | TrPayload<B>
  | IdPayload<B>
  | IdrPayload<B>
  | CertPayload<B>
  | ChashPayload<B>
  | VPayload<B>
  | SpPayload<B>
  | RandPayload<B>
  | RandrPayload<B>
  | ErrPayload
  | KemacPayload<B>
  | PkePayload<B>
  | DhPayload<B>
  | SignPayload<B>
  | KeyDataPayload<B>
  | GeneralExtPayload<B>
  | TpPayload<B>
  | TicketPayload<B>;

/** The name of a payload, as the registry spells it. */
export type PayloadKind = Payload<never>['kind'];
