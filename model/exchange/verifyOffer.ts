/**
 * TRANSFER_INIT that waited: with the keys of the ticket at hand, the Responder verifies it at last.
 *
 * The keys come from the KMS, from a resolution that was kept (5.3), or out of the ticket itself (modes 2 and 4).
 *
 * Statements: rfc6043:4.2.3.5-13; rfc6043:12.4-3, -4; rfc6043:5.3-5, -6.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.6)
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Modifier } from '../keys/forkedKeys.ts';
import { messageAuthKey, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { transferInitCoverage } from '../message/coverage.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { lastV, one, optional } from '../message/select.ts';
import type { TicketKey } from '../policy/account.ts';
import { macHolds } from '../protection/authentication.ts';
import { replayEntry, type ReplayEntry } from '../protection/freshness.ts';
import { longestKey } from '../protection/keyTransport.ts';
import { readInitiatorData } from '../ticket/initiatorData.ts';
import { needRightMaker, openTicket } from '../ticket/openTicket.ts';
import { openResolveResp } from './openResolveResp.ts';
import type { ResolveRequest } from './resolveInit.ts';
import { openSuppliedKeys } from './suppliedKeys.ts';
import type { AdmittedOffer } from './transferInit.ts';

/** What a Responder gets out of a ticket, from whomever; what it may keep if J allows it (rfc6043:6.10-33). */
export interface Resolution<B> {
  readonly MPKi: B;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: B | undefined;
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  /** IDRr as the KMS returned it; undefined if it returned none. */
  readonly IDRr: Identity<B> | undefined;
  /** Undefined without key forking. */
  readonly modifier: Modifier<B> | undefined;
}

/** A ticket whose keys are known, and a TRANSFER_INIT that proved to be genuine. */
export interface ResolvedOffer<B> extends Resolution<B> {
  /** Session keys that the Initiator brought; they are not forked. */
  readonly supplied: readonly KeyDataPayload<B>[];
  /** TRANSFER_INIT's entry for the replay cache of this endpoint. */
  readonly replay: ReplayEntry<B>;
}

/** A TRANSFER_INIT that waits. */
export interface WaitingOffer<B> {
  /** TRANSFER_INIT, as received. */
  readonly offer: Message<B>;
  readonly admitted: AdmittedOffer<B>;
}

/** The Responder checks RESOLVE_RESP and then TRANSFER_INIT. */
export function acceptResolveResp<B>(
  env: Env<B>,
  response: Message<B>,
  context: WaitingOffer<B> & {
    /** RESOLVE_INIT, as sent, and what it was made with. */
    readonly sent: Message<B>;
    readonly request: Pick<ResolveRequest<B>, 'responder' | 'kms'>;
    /** The PSK or envelope key. */
    readonly inkey: B;
  },
): Outcome<ResolvedOffer<B>> {
  return attempt(env.profile, (need) => {
    const { sent, request, inkey } = context;
    const { policy } = context.admitted.ticket;
    const { kms, responder: resolver } = request;
    const { MPKi, MPKr, sessionKeys, IDRr, RANDRkms } = openResolveResp(env, response, {
      sent,
      kms,
      inkey,
      policy,
      resolver,
      need,
    });
    const modifier = IDRr && RANDRkms !== undefined ? { idData: IDRr.data, RANDRkms } : undefined;
    return verified(env, context, { resolution: { MPKi, MPKr, sessionKeys, IDRr, modifier }, need });
  });
}

/** The Responder resolved the ticket before, and uses the same keys and the same modifier again (rfc6043:5.3-5, rfc6043:5.3-6). */
export function acceptKeptResolution<B>(
  env: Env<B>,
  resolution: Resolution<B>,
  waiting: WaitingOffer<B>,
): Outcome<ResolvedOffer<B>> {
  return attempt(env.profile, (need) => verified(env, waiting, { resolution, need }));
}

/**
 * The Responder has the TPK and resolves the ticket itself, as E = 0 lets it (rfc6043:6.10-18). It asks the same about the maker as a KMS does:
 * another peer that shares a TPK must not make a ticket in the name of this one (weakness W4).
 */
export function acceptOwnTicketKey<B>(
  env: Env<B>,
  TPK: TicketKey<B>,
  waiting: WaitingOffer<B> & { readonly responder: Identity<B> },
): Outcome<ResolvedOffer<B>> {
  return attempt(env.profile, (need) => {
    const { ticket } = waiting.admitted;
    const { MPKi, sessionKeys } = openTicket(env, ticket, { TPK, need });
    needRightMaker(env.algebra, { policy: ticket.policy, tpData: waiting.admitted.tpData, TPK, need });
    // E = 0 excludes key forking (rfc6043:6.10-9), so there is no MPKr and no modifier.
    const resolution = { MPKi, MPKr: undefined, sessionKeys, IDRr: waiting.responder, modifier: undefined };
    return verified(env, waiting, { resolution, need });
  });
}

/** Verifies TRANSFER_INIT under MPKi, and that Vi is its V (rfc6043:4.2.3.6-1, rfc6043:4.2.3.6-2). */
function verified<B>(
  env: Env<B>,
  { offer, admitted }: WaitingOffer<B>,
  { resolution, need }: { readonly resolution: Resolution<B>; readonly need: Need },
): ResolvedOffer<B> {
  const A = env.algebra;
  const { flags } = admitted.ticket.policy;
  const V = lastV(offer.payloads);
  const RANDRi = one(offer.payloads, 'RANDR', randRoles.RANDRi).rand;
  const keyInput: MessageKeyInput<B> = {
    prfFunc: offer.header.prfFunc,
    inkey: resolution.MPKi,
    direction: 'initial',
    csbId: offer.header.csbId,
    RANDRi,
  };
  need('offerMacValid', () => {
    const authKey = messageAuthKey(A, V.authAlg, keyInput);
    return macHolds(A, V, { authKey, data: transferInitCoverage(A, offer, [admitted.caller, admitted.callee]) });
  });
  need('viEqualsV', () => {
    if (!flags.I) return true;
    const Vi = readInitiatorData(A, admitted.ticket.initiatorData)?.Vi;
    return Vi !== undefined && Vi.authAlg === V.authAlg && A.equal(Vi.mac, V.mac);
  });
  // Where G lets this endpoint add RANDRr, it adds one as long as the longest key, so the sum is long enough in any case.
  const T = one(offer.payloads, 'T');
  const KEMAC = optional(offer.payloads, 'KEMAC');
  const suite = suiteOfPrf(offer.header.prfFunc);
  const known = resolution.sessionKeys;
  const supplied = KEMAC ? openSuppliedKeys(A, KEMAC, { need, keyInput, suite, T, known }) : [];
  const keys = [resolution.MPKi, ...[...known, ...supplied].map((key) => key.key)];
  need('offerRandLongEnough', () => flags.G || A.length(RANDRi) >= longestKey(A, keys));
  return { ...resolution, supplied, replay: replayEntry(env, T, V) };
}
