/**
 * What the KMS grants of a Ticket Policy that was asked for, and what the Initiator accepts of a granted one.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.1.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6)
 */
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { Profile } from '../guard/profile.ts';
import { isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import { second } from '../message/timestamps.ts';
import { differingFlags } from './flags.ts';
import { readTpData, writeTpData, type TpData } from './tpData.ts';

/** The system rules of a KMS. */
export interface GrantRules<B> {
  readonly kms: Identity<B>;
  /** Longest validity period, in seconds. */
  readonly longestValidity: number;
}

/** A granted policy, before it goes into the ticket. */
export interface Grant<B> {
  readonly policy: TicketPolicy<B>;
  /** The requested TP Data, for the keys that it asks for. */
  readonly requested: TpData<B>;
}

/**
 * Grants a policy: what was asked for, without its KEMAC (rfc6043:6.10-67), with IDRkms and IDRi filled in and an end of
 * validity that the KMS can stand by. K says whether anything but that was changed (finding B3).
 *
 * @param options - system rules, the authenticated requester, the time
 */
export function grantPolicy<B>(
  A: Algebra<B>,
  asked: TicketPolicy<B>,
  options: { readonly rules: GrantRules<B>; readonly requester: Identity<B>; readonly now: Instant },
): Grant<B> {
  const requested = readTpData(A, asked.tpData);
  const latest = options.now + BigInt(options.rules.longestValidity) * second;
  const shorten = requested.TRe === undefined || requested.TRe > latest;
  const changed = shorten || !requested.IDRkms || !sameIdentity(A, requested.IDRkms, options.rules.kms);
  const granted: TpData<B> = {
    ...requested,
    KEMAC: undefined,
    IDRkms: options.rules.kms,
    IDRi: requested.IDRi ?? options.requester,
    TRe: shorten ? latest : requested.TRe,
  };
  // Adding IDRkms is no change, naming another KMS is one; K of the request is ignored (rfc6043:6.10-37).
  const K = shorten || (changed && requested.IDRkms !== undefined);
  return {
    requested,
    policy: { ...asked, flags: { ...asked.flags, K }, res: 0, tpData: writeTpData(A, granted) },
  };
}

/** Whether a period that is asked for begins before it ends and is not over yet. */
export function validitySane<B>(data: TpData<B>, now: Instant): boolean {
  return data.TRe === undefined || (data.TRe > now && (data.TRs === undefined || data.TRs < data.TRe));
}

/**
 * Whether the Initiator can live with what it was granted: same type, PRF and flags but K; the same responders and applications;
 * its own identity; and a validity period that is not longer than what it asked for. It compares for itself instead of
 * believing K (rfc6043:4.2.1.6-3; finding B3).
 */
export function grantAcceptable<B>(
  A: Algebra<B>,
  asked: TicketPolicy<B>,
  options: { readonly granted: TicketPolicy<B>; readonly initiator: Identity<B> },
): boolean {
  const { granted, initiator } = options;
  const sameKind =
    granted.ticketType === asked.ticketType &&
    granted.subtype === asked.subtype &&
    granted.version === asked.version &&
    granted.prfFunc === asked.prfFunc;
  if (!sameKind || differingFlags(asked.flags, granted.flags).some((flag) => flag !== 'K')) return false;
  const wanted = readTpData(A, asked.tpData);
  const got = readTpData(A, granted.tpData);
  return (
    got.IDRi !== undefined &&
    sameIdentity(A, got.IDRi, initiator) &&
    sameSet(A, wanted.IDRr, got.IDRr) &&
    sameSet(A, wanted.IDRapp, got.IDRapp) &&
    (wanted.TRe === undefined || (got.TRe !== undefined && got.TRe <= wanted.TRe)) &&
    (wanted.TRs === undefined || (got.TRs !== undefined && got.TRs >= wanted.TRs))
  );
}

/** Whether flags are within the profile: key forking, response and both RANDs, unless allowed otherwise. */
export function flagsWithinProfile(flags: TicketPolicy<never>['flags'], profile: Profile): boolean {
  return (['I', 'F', 'G', 'H'] as const).every((flag) => flags[flag] || profile.allow.has(`${flag}=0`));
}

function sameSet<B>(A: Algebra<B>, a: readonly Identity<B>[], b: readonly Identity<B>[]): boolean {
  return (
    a.length === b.length &&
    a.every((identity) => isAmong(A, identity, b)) &&
    b.every((identity) => isAmong(A, identity, a))
  );
}
