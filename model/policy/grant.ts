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
import type { FlagName, TicketFlags, TicketPolicy } from '../message/ticketPolicy.ts';
import type { GrantRuling } from './authority.ts';
import { differingFlags } from './flags.ts';
import { readTpData, writeTpData, type TpData } from './tpData.ts';

/**
 * The policy that the KMS grants: what was asked for, as far as the ruling allows it, without its KEMAC (rfc6043:6.10-67), with IDRkms and
 * IDRi filled in. K says whether anything but that was changed (rfc6043:6.10-35; finding B3).
 *
 * @param options - the requested TP Data, what the KMS's policy makes of the request, the KMS and the authenticated requester
 */
export function grantPolicy<B>(
  A: Algebra<B>,
  asked: TicketPolicy<B>,
  options: {
    readonly requested: TpData<B>;
    readonly ruling: GrantRuling<B>;
    readonly kms: Identity<B>;
    readonly requester: Identity<B>;
  },
): TicketPolicy<B> {
  const { requested, ruling, kms } = options;
  const { TRs, TRe, TRr, IDRapp } = ruling;
  const granted: TpData<B> = {
    ...requested,
    KEMAC: undefined,
    IDRkms: kms,
    IDRi: requested.IDRi ?? options.requester,
    TRs,
    TRe,
    TRr,
    IDRapp,
  };
  // Adding IDRkms is no change, naming another KMS is one; K of the request is ignored (rfc6043:6.10-37).
  const otherKms = requested.IDRkms !== undefined && !sameIdentity(A, requested.IDRkms, kms);
  const otherTimes = TRs !== requested.TRs || TRe !== requested.TRe || TRr !== requested.TRr;
  const otherFlags = differingFlags({ ...asked.flags, K: false }, { ...ruling.flags, K: false }).length > 0;
  const otherApplications = !sameSet(A, IDRapp, requested.IDRapp);
  const K = otherKms || otherTimes || otherFlags || otherApplications;
  return { ...asked, flags: { ...ruling.flags, K }, res: 0, tpData: writeTpData(A, granted) };
}

/** Whether a period that is asked for begins before it ends and is not over yet. */
export function validitySane<B>(data: TpData<B>, now: Instant): boolean {
  return data.TRe === undefined || (data.TRe > now && (data.TRs === undefined || data.TRs < data.TRe));
}

/**
 * Whether the Initiator can live with what it was granted: same type and PRF; flags that are the same or stricter; the same responders; no
 * other applications; its own identity; a validity period and a rekeying interval that are not longer than what it asked for. It compares for itself instead of
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
  if (!sameKind || !differingFlags(asked.flags, granted.flags).every((flag) => isStricter(flag, granted.flags))) {
    return false;
  }
  const wanted = readTpData(A, asked.tpData);
  const got = readTpData(A, granted.tpData);
  return (
    got.IDRi !== undefined &&
    sameIdentity(A, got.IDRi, initiator) &&
    sameSet(A, wanted.IDRr, got.IDRr) &&
    noOtherApplications(A, wanted.IDRapp, got.IDRapp) &&
    (wanted.TRe === undefined || (got.TRe !== undefined && got.TRe <= wanted.TRe)) &&
    (wanted.TRs === undefined || (got.TRs !== undefined && got.TRs >= wanted.TRs)) &&
    (wanted.TRr === undefined || (got.TRr !== undefined && got.TRr <= wanted.TRr))
  );
}

/** Flags that protect: a KMS may set them though nobody asked for them. */
const protecting: ReadonlySet<FlagName> = new Set(['E', 'F', 'G', 'H', 'I']);

/** Flags that permit: a KMS may clear them. */
const permitting: ReadonlySet<FlagName> = new Set(['J', 'L', 'M']);

/** Whether the value that the KMS chose for a flag is the stricter one, so that an Initiator can live with it. */
function isStricter(flag: FlagName, granted: TicketFlags): boolean {
  if (flag === 'K') return true;
  return granted[flag] ? protecting.has(flag) : permitting.has(flag);
}

/** Whether flags are within the profile: key forking, response and both RANDs, unless allowed otherwise. */
export function flagsWithinProfile(flags: TicketPolicy<never>['flags'], profile: Profile): boolean {
  return (['I', 'F', 'G', 'H'] as const).every((flag) => flags[flag] || profile.allow.has(`${flag}=0`));
}

/** Whether a list of applications is not longer than what was asked for; an empty list stands for all of them (rfc6043:6.10-68). */
function noOtherApplications<B>(A: Algebra<B>, wanted: readonly Identity<B>[], got: readonly Identity<B>[]): boolean {
  if (wanted.length === 0) return true;
  return got.length > 0 && got.every((identity) => isAmong(A, identity, wanted));
}

function sameSet<B>(A: Algebra<B>, a: readonly Identity<B>[], b: readonly Identity<B>[]): boolean {
  return (
    a.length === b.length &&
    a.every((identity) => isAmong(A, identity, b)) &&
    b.every((identity) => isAmong(A, identity, a))
  );
}
