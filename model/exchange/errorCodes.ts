/**
 * Which Error no stands for which of our error codes, and how much of it a peer may learn.
 *
 * Whoever is not authenticated could be anybody. Such a peer is told what follows from its own cleartext and from what this party
 * supports in public, and nothing that depends on keys, accounts or identities: for all that there is one answer, Auth failure.
 *
 * Statements: rfc6043:5.4-4; rfc3830:5.3-5, -8.
 *
 * @module
 * @see [RFC 3830, section 6.12](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.12)
 * @see [RFC 6043, section 6.9](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.9)
 */
import { errorNos, type ErrorNo } from '../../spec/registry/errors.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import type { MikeyErrorCode } from '../error.ts';
import type { Rejection } from '../guard/checker.ts';

/** A name in the registry of Error no. */
type ErrorName = keyof typeof errorNos;

/** One Error no for each code; a code without an entry does not compile. */
const nameOfCode: Readonly<Record<MikeyErrorCode, ErrorName>> = {
  ERR_TRUNCATED: 'Unspecified error',
  ERR_TRAILING: 'Unspecified error',
  ERR_MALFORMED: 'Unspecified error',
  ERR_VERSION: 'Unspecified error',
  ERR_DATA_TYPE: 'Invalid DT',
  ERR_MISSING_PAYLOAD: 'Unspecified error',
  ERR_DUPLICATE_PAYLOAD: 'Unspecified error',
  ERR_UNSUPPORTED_PAYLOAD: 'Unspecified error',
  ERR_PRF: 'Invalid PRF',
  ERR_MAC_ALG: 'Invalid MAC',
  ERR_ENCR_ALG: 'Invalid EA',
  ERR_HASH_FUNC: 'Invalid HA',
  // Each algorithm is supported, only not together with the others: no number says so.
  ERR_ALGORITHM_MIX: 'Unspecified error',
  ERR_KEY_LENGTH: 'Unspecified error',
  ERR_RAND_LENGTH: 'Unspecified error',
  ERR_CERTIFICATE: 'Invalid Cert',
  ERR_TIMESTAMP: 'Invalid TS',
  // For completeness: a replay is dropped without a word, see `isReportable`.
  ERR_REPLAY: 'Invalid TS',
  ERR_AUTH_FAILED: 'Auth failure',
  ERR_IDENTITY: 'Invalid ID',
  ERR_NOT_AUTHORIZED: 'Invalid ID',
  ERR_TICKET: 'Invalid TICKET',
  ERR_TICKET_EXPIRED: 'Invalid TICKET',
  ERR_TICKET_POLICY: 'Invalid TPpar',
  ERR_SECURITY_POLICY: 'Invalid SPpar',
  ERR_KEY_DATA: 'Unspecified error',
  ERR_HEADER: 'Unspecified error',
  ERR_PEER: 'Unspecified error',
  ERR_UNSPECIFIED: 'Unspecified error',
};

/**
 * What a stranger may learn: the layout of what it sent, its timestamp, and the algorithms and policies that this party supports.
 * Left out on purpose: lengths of keys (they tell that a key is known), identities, rights, replays, and the contents of keys.
 */
const toldToStrangers: ReadonlySet<MikeyErrorCode> = new Set([
  'ERR_TRUNCATED',
  'ERR_TRAILING',
  'ERR_MALFORMED',
  'ERR_VERSION',
  'ERR_DATA_TYPE',
  'ERR_MISSING_PAYLOAD',
  'ERR_DUPLICATE_PAYLOAD',
  'ERR_UNSUPPORTED_PAYLOAD',
  'ERR_PRF',
  'ERR_MAC_ALG',
  'ERR_ENCR_ALG',
  'ERR_HASH_FUNC',
  'ERR_ALGORITHM_MIX',
  'ERR_TIMESTAMP',
  'ERR_TICKET',
  'ERR_TICKET_EXPIRED',
  'ERR_TICKET_POLICY',
  'ERR_SECURITY_POLICY',
]);

/** The Error no of a code, regardless of who asks. Total over the closed set of codes. */
export function errorNoOf(code: MikeyErrorCode): ErrorNo {
  return errorNos[nameOfCode[code]];
}

/**
 * The Error no that the sender of a rejected message is told.
 *
 * @param rejection - why it was rejected, and whether it had been authenticated by then
 * @returns Auth failure for a stranger, unless a stranger may learn the reason
 */
export function reportedErrorNo(rejection: Pick<Rejection, 'code' | 'authenticated'>): ErrorNo {
  const told = rejection.authenticated || toldToStrangers.has(rejection.code);
  return told ? errorNoOf(rejection.code) : errorNos['Auth failure'];
}

/** The name of an Error no; `Error no N` if the registry has none. */
export function errorName(no: number): string {
  return nameOf(errorNos, no) ?? `Error no ${no}`;
}
