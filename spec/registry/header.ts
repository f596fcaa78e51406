/**
 * Numbers of the Common Header payload (HDR): version, data type, next payload, PRF func and CS ID map type.
 *
 * Statements: rfc3830:6.1-4, -5, -8, -14.
 *
 * @module
 * @see [RFC 3830, section 6.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1)
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 * @see [IANA, MIKEY Payload Name Spaces](https://www.iana.org/assignments/mikey-payloads/)
 */
import type { NumberOf } from './nameOf.ts';

/** The only version of MIKEY. */
export const mikeyVersion = 1;

/** Data Type: which message this is. */
export const dataTypes = {
  // RFC 3830, Table 6.1.a
  'Pre-shared': 0,
  'PSK ver msg': 1,
  'Public key': 2,
  'PK ver msg': 3,
  'D-H init': 4,
  'D-H resp': 5,
  Error: 6,
  // RFC 4650
  'DHHMAC init': 7,
  'DHHMAC resp': 8,
  // RFC 4738
  'RSA-R I_MSG': 9,
  'RSA-R R_MSG': 10,
  // RFC 6043, Table 6.1 (rfc6043:6.1-1)
  REQUEST_INIT_PSK: 11,
  REQUEST_INIT_PK: 12,
  REQUEST_RESP: 13,
  TRANSFER_INIT: 14,
  TRANSFER_RESP: 15,
  RESOLVE_INIT_PSK: 16,
  RESOLVE_INIT_PK: 17,
  RESOLVE_RESP: 18,
  // RFC 6267
  REQUEST_KEY_PSK: 19,
  REQUEST_KEY_PKE: 20,
  REQUEST_KEY_RESP: 21,
  I_MESSAGE_1: 22,
  R_MESSAGE_1: 23,
  I_MESSAGE_2: 24,
  R_MESSAGE_2: 25,
  // RFC 6509
  'SAKKE msg': 26,
} as const;

/** A registered Data Type. */
export type DataType = NumberOf<typeof dataTypes>;

/** Next Payload: which payload follows. */
export const nextPayloads = {
  // RFC 3830, Table 6.1.b
  'Last payload': 0,
  KEMAC: 1,
  PKE: 2,
  DH: 3,
  SIGN: 4,
  T: 5,
  ID: 6,
  CERT: 7,
  CHASH: 8,
  V: 9,
  SP: 10,
  RAND: 11,
  ERR: 12,
  // RFC 6043, Table 6.2 (rfc6043:6.1-2)
  TR: 13,
  IDR: 14,
  RANDR: 15,
  TP: 16,
  TICKET: 17,
  // RFC 3830, Table 6.1.b
  'Key data': 20,
  'General Ext.': 21,
  // RFC 6267
  IBAKE: 22,
  ESK: 23,
  SK: 24,
  ECCPT: 25,
  // RFC 6509
  SAKKE: 26,
} as const;

/** A registered Next Payload number. */
export type NextPayload = NumberOf<typeof nextPayloads>;

/** PRF Func, 7 bits. MIKEY-1: RFC 3830, Table 6.1.c; PRF-HMAC-SHA-256: RFC 6043, Table 6.3 (rfc6043:6.1-6). */
export const prfFuncs = { 'MIKEY-1': 0, 'PRF-HMAC-SHA-256': 1 } as const;

/** A registered PRF Func. */
export type PrfFunc = NumberOf<typeof prfFuncs>;

/**
 * CS ID Map Type. SRTP-ID: RFC 3830, Table 6.1.d; Empty map: RFC 4563, section 5; GENERIC-ID: RFC 6043, Table 6.4
 * (rfc6043:6.1-12).
 */
export const csIdMapTypes = { 'SRTP-ID': 0, 'Empty map': 1, 'GENERIC-ID': 2 } as const;

/** A registered CS ID Map Type. */
export type CsIdMapType = NumberOf<typeof csIdMapTypes>;
