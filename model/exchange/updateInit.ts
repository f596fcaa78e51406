/**
 * TRANSFER_INIT of a CSB update: Initiator or Responder starts it, the other side makes sure who speaks.
 *
 * Statements: rfc6043:5.2-1, -2, -4, -6, -9, -10, -11, -12, -13, -15; rfc3830:4.5-1, -2, -3, -5.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { dataTypes } from '../../spec/registry/header.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey } from '../keys/protectionKeys.ts';
import { transferInitCoverage } from '../message/coverage.ts';
import { idr, sameIdentity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { IdrPayload, KeyDataPayload, TPayload } from '../message/payload.ts';
import { all, lastV, one } from '../message/select.ts';
import { appendV, macHolds } from '../protection/authentication.ts';
import { isFresh, replayEntry, type ReplayEntry } from '../protection/freshness.ts';
import { identityOf, mayBringKeys, otherSide, type Bundle, type Side } from './bundle.ts';
import { commit, withinRekeyInterval } from './commit.ts';
import { expectType, headerEchoed, uniformSuite } from './header.ts';
import { genericSessions } from './sessions.ts';
import { sealSuppliedKeys } from './suppliedKeys.ts';
import { agreeSessions, broughtKeys, offerUpdate, type UpdateRequest } from './updateSessions.ts';
import { instantOfT, isUsed, rememberT, unusedT } from './updateTime.ts';

/** An update that this side has started. */
export interface StartedUpdate<B> {
  readonly request: UpdateRequest<B>;
  /** TRANSFER_INIT, as sent. */
  readonly message: Message<B>;
  readonly newKeys: readonly KeyDataPayload<B>[];
}

/** A started update, and the bundle that remembers its T; without an answer to come the update is in effect at once. */
export interface MadeUpdate<B> {
  readonly bundle: Bundle<B>;
  readonly started: StartedUpdate<B>;
}

/** The IDR payload of a side. */
export function idrOf<B>(bundle: Bundle<B>, side: Side): IdrPayload<B> {
  return idr(side === 'initiator' ? 'IDRi' : 'IDRr', identityOf(bundle, side));
}

/** TRANSFER_INIT = HDR, T, IDRi, IDRr (the starter's first), {SP}, [KEMAC], V (rfc6043:5.2-2, rfc6043:5.2-4). */
export function buildUpdate<B>(env: Env<B>, bundle: Bundle<B>, request: UpdateRequest<B>): Outcome<MadeUpdate<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { side, suite, keyInput, flags } = bundle;
    need('keysWithinRekeyInterval', () => withinRekeyInterval(env, bundle));
    need('updateAnswerAllowed', () => answerAllowed(env, bundle, request.answered));
    need('updateKemacAllowed', () => request.keys.length === 0 || mayBringKeys(flags, side));
    const newKeys = broughtKeys(env, bundle, request.keys);
    const offer = offerUpdate(env, bundle, { request, newKeys });
    const T = unusedT(env, bundle.usedT, { by: side });
    const unsigned: Message<B> = {
      header: {
        version: 1,
        dataType: dataTypes.TRANSFER_INIT,
        v: request.answered,
        prfFunc: keyInput.prfFunc,
        csbId: keyInput.csbId,
        map: offer.map,
      },
      payloads: [
        T,
        idrOf(bundle, side),
        idrOf(bundle, otherSide(side)),
        ...offer.policies,
        ...(newKeys.length === 0 ? [] : [sealSuppliedKeys(A, newKeys, { keyInput, suite, T })]),
      ],
    };
    const message = appendV(A, unsigned, {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, keyInput),
      // Identities by their roles in the initial exchange, whoever starts (finding A19).
      cover: (draft) => transferInitCoverage(A, draft, [bundle.initiator, bundle.responder]),
    });
    const remembered = { ...bundle, usedT: rememberT(env, bundle.usedT, { by: side, T }) };
    const started = { request, message, newKeys };
    if (request.answered) return { bundle: remembered, started };
    const sessions = agreeSessions(env, genericSessions(offer.map) ?? [], {
      bundle,
      need,
      at: instantOfT(A, T),
      newKeys,
      offered: offer.policies,
      accepted: request.policies ?? bundle.policies,
      demanded: [],
    });
    return { bundle: commit(env, remembered, { sessions, newKeys }), started };
  });
}

/** A TRANSFER_INIT that the other side has sent, and the bundle that remembers its T. */
export interface VerifiedUpdate<B> {
  readonly bundle: Bundle<B>;
  readonly message: Message<B>;
  /** Its entry for the replay cache. */
  readonly replay: ReplayEntry<B>;
}

/** Makes sure that an update comes from the other side, is new, and was sent to this side (findings C1, C2). */
export function verifyUpdate<B>(env: Env<B>, message: Message<B>, bundle: Bundle<B>): Outcome<VerifiedUpdate<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(message, 'TRANSFER_INIT');
    const { header, payloads } = message;
    const peer = otherSide(bundle.side);
    const V = lastV(payloads);
    need('updateOfThisBundle', () => {
      const initial = { ...header, version: 1, prfFunc: bundle.keyInput.prfFunc, csbId: bundle.keyInput.csbId };
      return headerEchoed(A, header, { initial, map: false });
    });
    need('updateAlgorithmsMatch', () => uniformSuite(message) === bundle.suite);
    demandNoRands(need, message);
    const idrs = all(payloads, 'IDR');
    need(
      'updateNamesBoth',
      () => idrs.length === 2 && isIn(env, idrOf(bundle, peer), idrs) && isIn(env, idrOf(bundle, bundle.side), idrs),
    );
    need('updateStarterIsPeer', () => idrs[0]?.role === idRoles[peer === 'initiator' ? 'IDRi' : 'IDRr']);
    const T = one(payloads, 'T');
    demandNewT(env, T, { need, bundle });
    need('keysWithinRekeyInterval', () => withinRekeyInterval(env, bundle));
    need('updateMacValid', () =>
      macHolds(A, V, {
        authKey: messageAuthKey(A, V.authAlg, bundle.keyInput),
        data: transferInitCoverage(A, message, [bundle.initiator, bundle.responder]),
      }),
    );
    return {
      bundle: { ...bundle, usedT: rememberT(env, bundle.usedT, { by: peer, T }) },
      message,
      replay: replayEntry(env, T, V),
    };
  });
}

/** Whether an answer may be asked for, or done without (rfc6043:5.2-9; F flag). */
export function answerAllowed<B>(env: Env<B>, bundle: Bundle<B>, answered: boolean): boolean {
  return answered ? bundle.flags.F : !bundle.flags.F || env.profile.allow.has('F=0');
}

/** An update brings neither RANDs nor a TICKET, not even the old ones (rfc6043:5.2-10, rfc6043:5.2-11). */
export function demandNoRands<B>(need: Need, message: Message<B>): void {
  const statics = new Set(['RANDR', 'RAND', 'TICKET']);
  need('updateKeepsTicketAndRands', () => message.payloads.every((payload) => !statics.has(payload.kind)));
}

/** Demands a T that is precise, fresh, and used by neither side (findings C1, C2). */
export function demandNewT<B>(
  env: Env<B>,
  T: TPayload<B>,
  { need, bundle }: { readonly need: Need; readonly bundle: Bundle<B> },
): void {
  const A = env.algebra;
  need('updateTimestampPrecise', () => T.tsType === tsTypes['NTP-UTC']);
  need('updateTimestampFresh', () => isFresh(env, T));
  need('updateNotReflected', () => !isUsed(A, T, { used: bundle.usedT, by: bundle.side }));
  need('updateTimestampUnused', () => !isUsed(A, T, { used: bundle.usedT }));
}

/** Whether an identity stands among others in its role. */
function isIn<B>(env: Env<B>, wanted: IdrPayload<B>, idrs: readonly IdrPayload<B>[]): boolean {
  return idrs.some((other) => other.role === wanted.role && sameIdentity(env.algebra, other, wanted));
}
