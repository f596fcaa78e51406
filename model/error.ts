/**
 * The one way to fail: a closed set of error codes, each with the clause it comes from.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 * @see [RFC 3830, section 6.12](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.12)
 */

/**
 * Every reason for which a message, a ticket or a request is turned down.
 *
 * - `ERR_TRUNCATED` the octets end before the field does
 * - `ERR_TRAILING` octets are left over after the last payload or field
 * - `ERR_MALFORMED` a field has a value that its layout does not allow
 * - `ERR_VERSION` HDR version is not 1
 * - `ERR_DATA_TYPE` HDR data type is not the one expected here
 * - `ERR_MISSING_PAYLOAD` a mandatory payload is absent
 * - `ERR_DUPLICATE_PAYLOAD` a payload that may come once comes twice
 * - `ERR_UNSUPPORTED_PAYLOAD` a payload whose length cannot be known, as its number is not in use
 * - `ERR_PRF`, `ERR_MAC_ALG`, `ERR_ENCR_ALG`, `ERR_HASH_FUNC` an algorithm that is not supported or not allowed
 * - `ERR_ALGORITHM_MIX` 256-bit and weaker algorithms are mixed
 * - `ERR_KEY_LENGTH` a key is shorter than allowed or does not fit its algorithm
 * - `ERR_RAND_LENGTH` a RAND is too short for the keys it protects
 * - `ERR_CERTIFICATE` a certificate is unknown, invalid or of an unsupported type
 * - `ERR_TIMESTAMP` a timestamp is outside the clock skew, or of a type not allowed here
 * - `ERR_REPLAY` the message has been seen before
 * - `ERR_AUTH_FAILED` a MAC or signature is wrong, or the credential is unknown: one code, so that a stranger learns nothing more
 * - `ERR_IDENTITY` an identity is not the one that the check demands
 * - `ERR_NOT_AUTHORIZED` the authenticated peer may not do this
 * - `ERR_TICKET` the ticket is of an unsupported type, malformed, or its protection does not hold
 * - `ERR_TICKET_EXPIRED` now lies outside the ticket's validity period
 * - `ERR_TICKET_POLICY` the Ticket Policy is illegal or not acceptable
 * - `ERR_SECURITY_POLICY` no acceptable SP or crypto session
 * - `ERR_KEY_DATA` the KEMAC does not hold the keys that it must hold
 * - `ERR_HEADER` a field of the response header differs from the request's
 * - `ERR_PEER` the peer sent an Error message
 * - `ERR_UNSPECIFIED` nothing of the above
 */
export type MikeyErrorCode =
  | 'ERR_TRUNCATED'
  | 'ERR_TRAILING'
  | 'ERR_MALFORMED'
  | 'ERR_VERSION'
  | 'ERR_DATA_TYPE'
  | 'ERR_MISSING_PAYLOAD'
  | 'ERR_DUPLICATE_PAYLOAD'
  | 'ERR_UNSUPPORTED_PAYLOAD'
  | 'ERR_PRF'
  | 'ERR_MAC_ALG'
  | 'ERR_ENCR_ALG'
  | 'ERR_HASH_FUNC'
  | 'ERR_ALGORITHM_MIX'
  | 'ERR_KEY_LENGTH'
  | 'ERR_RAND_LENGTH'
  | 'ERR_CERTIFICATE'
  | 'ERR_TIMESTAMP'
  | 'ERR_REPLAY'
  | 'ERR_AUTH_FAILED'
  | 'ERR_IDENTITY'
  | 'ERR_NOT_AUTHORIZED'
  | 'ERR_TICKET'
  | 'ERR_TICKET_EXPIRED'
  | 'ERR_TICKET_POLICY'
  | 'ERR_SECURITY_POLICY'
  | 'ERR_KEY_DATA'
  | 'ERR_HEADER'
  | 'ERR_PEER'
  | 'ERR_UNSPECIFIED';

/** Where an error was found, beyond its code. */
export interface ErrorPlace {
  /** The clause that the input falls short of, as `rfc6043:6.10` or a requirement id. */
  readonly clause?: string;
  /** Octet offset from the start of the outermost input. */
  readonly offset?: number;
  /** The way from the message to the field, such as `TICKET.TP Data.IDR[2].ID len`. */
  readonly path?: string;
}

/** An error of the protocol: what is wrong, by which clause, and where. */
export class MikeyError extends Error {
  /** One of the closed set. */
  readonly code: MikeyErrorCode;
  /** The clause that the input falls short of. */
  readonly clause: string | undefined;
  /** Octet offset from the start of the outermost input. */
  readonly offset: number | undefined;
  /** The way from the message to the field. */
  readonly path: string | undefined;

  /**
   * @param code - one of {@link MikeyErrorCode}
   * @param message - what is wrong, for a person
   * @param place - clause, octet offset and path, as far as known
   */
  constructor(code: MikeyErrorCode, message: string, place: ErrorPlace = {}) {
    super(message);
    this.name = 'MikeyError';
    this.code = code;
    this.clause = place.clause;
    this.offset = place.offset;
    this.path = place.path;
  }
}
