/**
 * RESOLVE_RESP, the side of the Responder: it takes the keys and verifies, at last, the TRANSFER_INIT that waited.
 *
 * Statements: rfc6043:4.2.3.5-3, -13; rfc6043:4.2.3.6-3; rfc6043:12.4-3, -4.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.6)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Modifier } from '../keys/forkedKeys.ts';
import { messageAuthKey, messageEncrKeys } from '../keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../message/coverage.ts';
import { isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { lastV, one, optional } from '../message/select.ts';
import { as64Bits } from '../message/timestamps.ts';
import { macHolds } from '../protection/authentication.ts';
import { isFresh, replayEntry, type ReplayEntry } from '../protection/freshness.ts';
import { isForked, keysAdequate, longestKey, openKeys, splitKeys } from '../protection/keyTransport.ts';
import { readInitiatorData } from '../ticket/initiatorData.ts';
import { expectType, headerEchoed, uniformSuite } from './header.ts';
import type { ResolveRequest } from './resolveInit.ts';
import { responseKeyInput } from './resolveResp.ts';
import type { AdmittedOffer } from './transferInit.ts';

/** A ticket that was resolved, and a TRANSFER_INIT that proved to be genuine. */
export interface ResolvedOffer<B> {
  readonly MPKi: B;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: B | undefined;
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  /** IDRr as the KMS returned it; undefined if it returned none. */
  readonly IDRr: Identity<B> | undefined;
  /** Undefined without key forking. */
  readonly modifier: Modifier<B> | undefined;
  /** TRANSFER_INIT's entry for the replay cache of this endpoint. */
  readonly replay: ReplayEntry<B>;
}

/** What the Responder knows when RESOLVE_RESP comes. */
export interface ResolveContext<B> {
  /** TRANSFER_INIT, as received. */
  readonly offer: Message<B>;
  readonly admitted: AdmittedOffer<B>;
  /** RESOLVE_INIT, as sent. */
  readonly sent: Message<B>;
  readonly request: ResolveRequest<B>;
}

/** The Responder checks RESOLVE_RESP and then TRANSFER_INIT. */
export function acceptResolveResp<B>(
  env: Env<B>,
  response: Message<B>,
  context: ResolveContext<B>,
): Outcome<ResolvedOffer<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(response, 'RESOLVE_RESP');
    const { payloads, header } = response;
    const { sent, request } = context;
    const { flags, prfFunc } = context.admitted.ticket.policy;
    const V = lastV(payloads);
    need('resolveRespHeaderEchoed', () => headerEchoed(A, header, { initial: sent.header, map: true }));
    const T = one(payloads, 'T');
    need('resolveRespTimestampFresh', () => isFresh(env, T));
    const IDRkms = optional(payloads, 'IDR', idRoles.IDRkms);
    need('resolveRespFromAskedKms', () => !IDRkms || sameIdentity(A, IDRkms, request.kms));
    const keyInput = responseKeyInput(sent, request.psk.key);
    need('resolveRespMacValid', () =>
      macHolds(A, V, {
        authKey: messageAuthKey(A, V.authAlg, keyInput),
        data: responseCoverage(A, response, sent),
      }),
    );
    const KEMAC = one(payloads, 'KEMAC');
    const suite = uniformSuite(response, prfFunc);
    need(
      'resolveRespAlgorithmsMatch',
      () => suite !== undefined && KEMAC.encrAlg === suite.encrAlg && KEMAC.macAlg === macAlgs.NULL,
    );
    const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, keyInput), csbId: keyInput.csbId, t: as64Bits(A, T) };
    const all = openKeys(A, KEMAC, keying);
    const split = splitKeys(A, all, flags.I ? 2 : 1);
    need('resolvedKeysComplete', () => split !== undefined);
    need('resolvedKeysStrong', () => suite !== undefined && keysAdequate(A, suite, all));
    const [MPKi, MPKr] = split?.mpks.map((mpk) => mpk.key) ?? [];
    if (!split || MPKi === undefined) throw new RangeError('resolvedKeysComplete cannot be switched off without keys');
    const { sessionKeys } = split;
    const IDRr = optional(payloads, 'IDR', idRoles.IDRr);
    const RANDRkms = optional(payloads, 'RANDR', randRoles.RANDRkms)?.rand;
    need('resolvedModifierPresent', () => {
      if (!flags.I) return true;
      const forked = [...(MPKr === undefined ? [] : [MPKr]), ...sessionKeys.filter(isForked).map((key) => key.key)];
      return IDRr !== undefined && RANDRkms !== undefined && A.length(RANDRkms) >= longestKey(A, forked);
    });
    need('resolvedIdentityMine', () => !IDRr || isAmong(A, IDRr, [request.responder]));
    verifyOffer(env, context, { MPKi, longest: longestKey(A, [MPKi, ...sessionKeys.map((key) => key.key)]), need });
    const T0 = one(context.offer.payloads, 'T');
    return {
      MPKi,
      MPKr,
      sessionKeys,
      IDRr,
      modifier: flags.I && IDRr && RANDRkms !== undefined ? { idData: IDRr.data, RANDRkms } : undefined,
      replay: replayEntry(env, T0, lastV(context.offer.payloads)),
    };
  });
}

/** Verifies TRANSFER_INIT under MPKi, and that Vi is its V (rfc6043:4.2.3.6-1, rfc6043:4.2.3.6-2). */
function verifyOffer<B>(
  env: Env<B>,
  { offer, admitted }: ResolveContext<B>,
  { MPKi, longest, need }: { readonly MPKi: B; readonly longest: number; readonly need: Need },
): void {
  const A = env.algebra;
  const V = lastV(offer.payloads);
  const RANDRi = one(offer.payloads, 'RANDR', randRoles.RANDRi).rand;
  need('offerMacValid', () => {
    const authKey = messageAuthKey(A, V.authAlg, {
      prfFunc: offer.header.prfFunc,
      inkey: MPKi,
      direction: 'initial',
      csbId: offer.header.csbId,
      RANDRi,
    });
    return macHolds(A, V, { authKey, data: transferInitCoverage(A, offer, [admitted.caller, admitted.callee]) });
  });
  need('viEqualsV', () => {
    if (!admitted.ticket.policy.flags.I) return true;
    const Vi = readInitiatorData(A, admitted.ticket.initiatorData)?.Vi;
    return Vi !== undefined && Vi.authAlg === V.authAlg && A.equal(Vi.mac, V.mac);
  });
  // Where G lets this endpoint add RANDRr, it adds one as long as the longest key, so the sum is long enough in any case.
  need('offerRandLongEnough', () => admitted.ticket.policy.flags.G || A.length(RANDRi) >= longest);
}
