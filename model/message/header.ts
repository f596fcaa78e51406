/**
 * Common Header payload (HDR) and its CS ID map, as abstract syntax over bit strings `B`.
 *
 * @module
 * @see [RFC 3830, section 6.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1)
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 */

/** One block of the SRTP-ID map: the CS ID is its position, counted from 1. */
export interface SrtpIdSession<B> {
  /** policy_no of the SP payload that applies. */
  readonly policyNo: number;
  /** SSRC, 4 octets. */
  readonly ssrc: B;
  /** Rollover counter, 32 bits. */
  readonly roc: number;
}

/**
 * One block of the GENERIC-ID map.
 *
 * @see [RFC 6043, section 6.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1.1)
 */
export interface GenericIdSession<B> {
  /** CS ID, 8 bits. */
  readonly csId: number;
  /** Security protocol, see `protTypes` in `spec/registry/sp.ts`. */
  readonly protType: number;
  /** S flag: for SRTP, whether ROC and SEQ are in the Session Data. */
  readonly s: boolean;
  /** The policy numbers that may be used (initial message) or the one that is used (response). */
  readonly policies: readonly number[];
  /** Session Data: for SRTP the SSRC (4 octets), with S also ROC (4) and SEQ (2); empty if left to the Responder. */
  readonly sessionData: B;
  /** SPI (or MKI) of the session key; empty if left to the Responder. */
  readonly spi: B;
}

/** CS ID map info: how crypto sessions map to sessions of the security protocol. */
export type CsIdMap<B> =
  | { readonly type: 'SRTP-ID'; readonly sessions: readonly SrtpIdSession<B>[] }
  | { readonly type: 'Empty map' }
  | { readonly type: 'GENERIC-ID'; readonly sessions: readonly GenericIdSession<B>[] };

/** HDR without its next payload field, which follows from the payloads. */
export interface Header<B> {
  /** MIKEY version, 8 bits; 1 for all of RFC 3830 and RFC 6043. */
  readonly version: number;
  /** Data type, 8 bits: which message this is. Unknown numbers are kept. */
  readonly dataType: number;
  /** V flag: a response is expected. */
  readonly v: boolean;
  /** PRF func, 7 bits. Unknown numbers are kept. */
  readonly prfFunc: number;
  /** CSB ID, 4 octets. */
  readonly csbId: B;
  /** #CS, CS ID map type and CS ID map info. */
  readonly map: CsIdMap<B>;
}
