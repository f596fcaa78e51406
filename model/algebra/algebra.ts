/**
 * The seam of the house: what a protocol step may do with a bit string.
 *
 * The protocol is written once, over an abstract bit string `B`, and read over bytes (`src/crypto`) and over terms
 * (`model/check`). Nothing in `model/` looks inside a `B` but through this interface.
 *
 * Statements: rfc3830:4.1-1; rfc3830:4.1.1-3.
 *
 * @module
 */
import type { Omission, Syntax, SyntaxKind, SyntaxOf } from '../message/message.ts';

/**
 * A point in time: units of 2^-32 seconds since 0h on 1 January 1900 UTC, running on past the overflow of 2036.
 *
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 */
export type Instant = bigint;

/** What protects a KEMAC: a key, a salt, and the two values that make its initialization vector unique. */
export interface Keying<B> {
  /** encr_key: 16 octets (AES-CM-128) or 32 octets (AES-CM-256). */
  readonly key: B;
  /** salt_key, 14 octets. */
  readonly salt: B;
  /** CSB ID, 4 octets; FF FF FF FF in a ticket. */
  readonly csbId: B;
  /** Timestamp as a 64-bit NTP value, 8 octets. Finding A1: that of the message or ticket which carries the KEMAC. */
  readonly t: B;
}

/** Operations on bit strings that every interpretation of the model offers. */
export interface Algebra<B> {
  /**
   * A constant.
   *
   * @param hex - the octets, two hexadecimal digits each
   */
  octets(hex: string): B;
  /** A text as UTF-8 octets. */
  text(value: string): B;
  /** The text that a bit string holds in UTF-8; undefined if it holds none, which over terms is every term but a constant. */
  asText(value: B): string | undefined;
  /** The concatenation, left to right. */
  concat(parts: readonly B[]): B;
  /** Length in octets. */
  length(value: B): number;
  /**
   * The unsigned integer that a constant of at most 4 octets stands for.
   *
   * @throws MikeyError ERR_MALFORMED if it is longer or, over terms, no constant
   */
  number(value: B): number;
  /** Whether two bit strings are the same; over bytes in constant time for equal lengths. */
  equal(a: B, b: B): boolean;

  /**
   * PRF(inkey, label).
   *
   * @param prfFunc - number of the PRF
   * @param inkey - any length
   * @param options - `label`, and `length` of the outkey in octets
   * @throws MikeyError ERR_PRF if the PRF is not known
   * @see [RFC 3830, section 4.1.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.1.2)
   */
  prf(prfFunc: number, inkey: B, options: { readonly label: B; readonly length: number }): B;
  /**
   * A message authentication code.
   *
   * @param macAlg - number of the MAC alg
   * @param key - auth_key
   * @param options - `data` that is covered
   * @throws MikeyError ERR_MAC_ALG if the algorithm is not known
   */
  mac(macAlg: number, key: B, options: { readonly data: B }): B;
  /**
   * Encrypts key data.
   *
   * @param encrAlg - number of the Encr alg
   * @throws MikeyError ERR_ENCR_ALG if the algorithm is not known
   */
  encrypt(encrAlg: number, keying: Keying<B>, options: { readonly data: B }): B;
  /** Inverse of {@link Algebra.encrypt}. A wrong key gives garbage, never an error. */
  decrypt(encrAlg: number, keying: Keying<B>, options: { readonly data: B }): B;

  /** Encodes, leaving out what `omit` names. */
  encode(syntax: Syntax<B>, omit?: readonly Omission[]): B;
  /**
   * Decodes; `encode(decode(b))` is `b`.
   *
   * @throws MikeyError with octet offset and path if `value` is not exactly one `kind`
   */
  decode<K extends SyntaxKind>(kind: K, value: B): SyntaxOf<B, K>;

  /**
   * A timestamp value.
   *
   * @param tsType - NTP-UTC, NTP (8 octets) or NTP-UTC-32 (4 octets, the fraction is cut off)
   * @param instant - the time
   * @throws MikeyError ERR_TIMESTAMP if the type carries no time of day
   */
  timestamp(tsType: number, instant: Instant): B;
  /** The time that a timestamp value stands for, in the range 1968 to 2104; undefined if its type carries none (COUNTER). */
  instant(tsType: number, value: B): Instant | undefined;
}

/**
 * Where a party gets randomness and time from. One source a party, so that clocks may differ.
 */
export interface Source<B> {
  /**
   * Fresh random octets.
   *
   * @param length - octets
   * @param purpose - what they are for, such as `RANDRi` or `MPK`: names the value over terms
   */
  random(length: number, purpose: string): B;
  /** The time; never the same value twice. @see [RFC 3830, section 5.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.2) */
  now(): Instant;
}
