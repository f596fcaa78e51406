/**
 * The constants that start every key derivation label. All are groups of nine decimal digits of e.
 *
 * Statements: rfc3830:4.1.3-2; rfc3830:4.1.4-2.
 *
 * @module
 * @see [RFC 3830, section 4.1.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.1.3)
 * @see [RFC 3830, section 4.1.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.1.4)
 * @see [RFC 6043, section 5.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.1)
 * @see [RFC 6043, appendix A.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.2.2)
 */

/** Keys for a crypto session, from a TGK or GTGK (rfc3830:4.1.3). */
export const sessionKeyConstants = {
  TEK: '2ad01c64',
  authentication: '1b5c7973',
  encryption: '15798cef',
  salting: '39a2c14b',
} as const;

/** Keys that protect MIKEY messages, tickets and Initiator Data (rfc3830:4.1.4). */
export const protectionKeyConstants = {
  encr_key: '150533e1',
  auth_key: '2d22ac75',
  salt_key: '29b88916',
} as const;

/** Forked keys (rfc6043:5.1.1, Table 5.1). */
export const forkConstants = { "MPKr'": '2b288856', "TGK'": '1512b54a' } as const;

/** MPKi and MPKr from the MPK of a base ticket (rfc6043:A.2.2, Table A.1). */
export const mpkConstants = { MPKi: '220e99a2', MPKr: '1f4d675b' } as const;

/** Which key of a crypto session. */
export type SessionKeyName = keyof typeof sessionKeyConstants;

/** Which protection key. */
export type ProtectionKeyName = keyof typeof protectionKeyConstants;
