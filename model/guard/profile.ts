/**
 * The profile that a party follows. The default is the strict profile; what the RFC allows beyond it is a named option.
 *
 * @module
 * @see [RFC 6043, section 12](https://www.rfc-editor.org/rfc/rfc6043.html#section-12)
 */
import type { Algebra, Source } from '../algebra/algebra.ts';
import type { PublicKeyAlgebra } from '../algebra/publicKeys.ts';
import { mikeyBaseTicket, type TicketType } from '../ticket/ticketType.ts';
import { MikeyError } from '../error.ts';
import type { CheckName } from './catalogue.ts';

/**
 * What the RFC allows and the strict profile does not.
 *
 * - `I=0` no key forking: every endpoint that may resolve the ticket knows all keys (weaknesses W5, W6)
 * - `F=0` no TRANSFER_RESP: no key confirmation by the Responder
 * - `G=0` no RANDRr: a replay gives the same keys (weakness W17)
 * - `H=0` no RANDRi in session keys
 * - `SHA-1 signatures` SIGN over a SHA-1 hash, the only mandatory one of RFC 3830 (finding A20)
 * - `cached-group` a resolution that is kept is used again though the ticket names several responders or a group: another of them can then
 *   pose as the caller (weakness W2)
 * - `decentralised` without key forking, somebody who resolved a ticket may call others with it, under its own name (RFC 6043, 9;
 *   finding B4)
 * - `unverified-group-reuse` a ticket for a group, or with a group key, is used again though nobody made sure that the group is the same: who
 *   left can answer (5.3; finding N4)
 */
export const allowances = [
  'I=0',
  'F=0',
  'G=0',
  'H=0',
  'SHA-1 signatures',
  'cached-group',
  'decentralised',
  'unverified-group-reuse',
] as const;

/** One of {@link allowances}. */
export type Allowance = (typeof allowances)[number];

/** How strict a party is. */
export interface Profile {
  /** How far a timestamp may be away from the own clock, in seconds. @see RFC 3830, 5.4 */
  readonly clockSkew: number;
  /** What is accepted beyond the strict profile. */
  readonly allow: ReadonlySet<Allowance>;
  /**
   * For whom a kept resolution may stand in for the KMS: `one user`, whose endpoints trust each other, if the ticket names this user alone; or
   * only `one endpoint`, if the ticket names this endpoint by its own identity. Whoever else may resolve the ticket can pose as the caller
   * (weakness W2).
   */
  readonly keptResolutions: 'one user' | 'one endpoint';
  /** Ticket Types that are supported. */
  readonly ticketTypes: readonly TicketType[];
  /** Checks that are switched off, to see what each is good for. Never in operation. */
  readonly without: ReadonlySet<CheckName>;
}

/** The strict profile: five minutes of skew, the MIKEY base ticket, nothing allowed beyond it, no check switched off. */
export const strictProfile: Profile = {
  clockSkew: 300,
  allow: new Set(),
  keptResolutions: 'one user',
  ticketTypes: [mikeyBaseTicket],
  without: new Set(),
};

/** What every protocol step needs: an interpretation, a source of randomness and time, and a profile. */
export interface Env<B> {
  readonly algebra: Algebra<B>;
  readonly source: Source<B>;
  readonly profile: Profile;
  /** For the public-key variants; undefined where a party has no part in them. */
  readonly publicKeys?: PublicKeyAlgebra<B> | undefined;
}

/** What the steps of the public-key variants need besides. */
export interface PublicKeyEnv<B> extends Env<B> {
  readonly publicKeys: PublicKeyAlgebra<B>;
}

/**
 * The surroundings of a step of the public-key variants.
 *
 * @throws MikeyError ERR_CERTIFICATE if the party has no part in them
 */
export function withPublicKeys<B>(env: Env<B>): PublicKeyEnv<B> {
  const { publicKeys } = env;
  if (!publicKeys) throw new MikeyError('ERR_CERTIFICATE', 'public keys are not supported here');
  return { ...env, publicKeys };
}
