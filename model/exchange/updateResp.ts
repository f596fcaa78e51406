/**
 * Taking a CSB update, and TRANSFER_RESP to it: Responder or Initiator answers, the starter accepts.
 *
 * Statements: rfc6043:5.2-3, -5, -7, -9, -13, -14, -15, -16, -20; rfc3830:4.5-6.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey } from '../keys/protectionKeys.ts';
import { responseCoverage } from '../message/coverage.ts';
import type { GenericIdSession } from '../message/header.ts';
import { sameIdentity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TPayload } from '../message/payload.ts';
import { all, lastV, one, optional } from '../message/select.ts';
import { appendV, macHolds } from '../protection/authentication.ts';
import { isGenerating, longestKey, spiOf } from '../protection/keyTransport.ts';
import { mayBringKeys, otherSide, type Bundle, type Side } from './bundle.ts';
import { commit, withinRekeyInterval } from './commit.ts';
import { expectType, headerEchoed, responseHeader, uniformSuite } from './header.ts';
import { answerSessions, choosePolicy, genericSessions } from './sessions.ts';
import { openSuppliedKeys, sealSuppliedKeys } from './suppliedKeys.ts';
import { answerAllowed, demandNewT, demandNoRands, idrOf, type StartedUpdate } from './updateInit.ts';
import { agreeSessions, broughtKeys, type UpdateRequest } from './updateSessions.ts';
import { instantOfT, rememberT, unusedT } from './updateTime.ts';

/** What the answerer has at hand. */
export interface UpdateAnswering<B> {
  /** TRANSFER_INIT; its sender is known. */
  readonly message: Message<B>;
  /** Session keys to bring where the starter leaves the choice open. */
  readonly supply: UpdateRequest<B>['keys'];
}

/** The bundle after the update; no message if none is expected. */
export interface AnsweredUpdate<B> {
  readonly bundle: Bundle<B>;
  readonly message: Message<B> | undefined;
}

/** TRANSFER_RESP = HDR, T, IDRr or IDRi, {SP}, [KEMAC], V (rfc6043:5.2-3, rfc6043:5.2-5). */
export function answerUpdate<B>(
  env: Env<B>,
  bundle: Bundle<B>,
  { message, supply }: UpdateAnswering<B>,
): Outcome<AnsweredUpdate<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { header, payloads } = message;
    const { side, suite, keyInput, flags, policies: accepted } = bundle;
    const initialT = one(payloads, 'T');
    const at = instantOfT(A, initialT);
    need('updateAnswerAllowed', () => answerAllowed(env, bundle, header.v));
    const named = genericSessions(header.map);
    need('updateMapGeneric', () => named !== undefined);
    const theirs = receivedKeys(env, message, { need, bundle, T: initialT, from: otherSide(side), newKeys: [] });
    const sessions = named ?? [];
    const offered = all(payloads, 'SP');
    const open = sessions.some((session) => A.length(session.spi) === 0);
    const own = header.v && open && mayBringKeys(flags, side) ? broughtKeys(env, bundle, supply) : [];
    const newKeys = [...theirs, ...own];
    const filled = sessions.map((session) => ({ ...session, spi: spiFor(env, session, { bundle, theirs, own }) }));
    need('updateSecurityPolicyAcceptable', () =>
      sessions.every((session) => choosePolicy(A, session, { offered, accepted, suite }) !== undefined),
    );
    const spi = A.octets('');
    const answer = header.v
      ? answerSessions(env, filled, { offered, accepted, suite, spi })
      : { sessions, policies: [] };
    const agreed = agreeSessions(env, answer.sessions, {
      bundle,
      need,
      at,
      newKeys,
      offered: [...answer.policies, ...offered],
      accepted,
      demanded: sessions,
    });
    const done = commit(env, bundle, { sessions: agreed, newKeys });
    if (!header.v) return { bundle: done, message: undefined };
    const T = unusedT(env, bundle.usedT, { by: side });
    const unsigned: Message<B> = {
      header: responseHeader('TRANSFER_RESP', header, { type: 'GENERIC-ID', sessions: answer.sessions }),
      payloads: [
        T,
        idrOf(bundle, side),
        ...answer.policies,
        ...(own.length === 0 ? [] : [sealSuppliedKeys(A, own, { keyInput, suite, T })]),
      ],
    };
    const response = appendV(A, unsigned, {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, keyInput),
      cover: (draft) => responseCoverage(A, draft, message),
    });
    return { bundle: { ...done, usedT: rememberT(env, done.usedT, { by: side, T }) }, message: response };
  });
}

/** The starter checks TRANSFER_RESP and puts its update into effect. */
export function acceptUpdateResp<B>(
  env: Env<B>,
  response: Message<B>,
  { bundle, started }: { readonly bundle: Bundle<B>; readonly started: StartedUpdate<B> },
): Outcome<Bundle<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(response, 'TRANSFER_RESP');
    const { header, payloads } = response;
    const { message: sent, request } = started;
    const peer = otherSide(bundle.side);
    const V = lastV(payloads);
    need('updateRespHeaderEchoed', () => headerEchoed(A, header, { initial: sent.header, map: false }));
    need('updateAlgorithmsMatch', () => uniformSuite(response) === bundle.suite);
    demandNoRands(need, response);
    const idrs = all(payloads, 'IDR');
    need('updateRespFromPeer', () => {
      const wanted = idrOf(bundle, peer);
      return idrs.length === 1 && idrs.every((idr) => idr.role === wanted.role && sameIdentity(A, idr, wanted));
    });
    const T = one(payloads, 'T');
    demandNewT(env, T, { need, bundle });
    need('keysWithinRekeyInterval', () => withinRekeyInterval(env, bundle));
    need('updateRespMacValid', () =>
      macHolds(A, V, {
        authKey: messageAuthKey(A, V.authAlg, bundle.keyInput),
        data: responseCoverage(A, response, sent),
      }),
    );
    const theirs = receivedKeys(env, response, { need, bundle, T, from: peer, newKeys: started.newKeys });
    const newKeys = [...started.newKeys, ...theirs];
    const sessions = agreeSessions(env, header.map.type === 'GENERIC-ID' ? header.map.sessions : [], {
      bundle,
      need,
      at: instantOfT(A, one(sent.payloads, 'T')),
      newKeys,
      // The response's own SP wins over one of the same number in the initial message (finding A25).
      offered: [...all(payloads, 'SP'), ...all(sent.payloads, 'SP')],
      accepted: [...(request.policies ?? []), ...bundle.policies],
      demanded: genericSessions(sent.header.map) ?? [],
    });
    const remembered = { ...bundle, usedT: rememberT(env, bundle.usedT, { by: peer, T }) };
    return commit(env, remembered, { sessions, newKeys });
  });
}

/** The bundle that remembers the T of a message which was turned down although it came from the other side: the T is used up. */
export function withTOf<B>(env: Env<B>, bundle: Bundle<B>, message: Message<B>): Bundle<B> {
  const T = one(message.payloads, 'T');
  return { ...bundle, usedT: rememberT(env, bundle.usedT, { by: otherSide(bundle.side), T }) };
}

/** The session keys in the KEMAC of a message, if it has one. */
function receivedKeys<B>(
  env: Env<B>,
  message: Message<B>,
  options: {
    readonly need: Need;
    readonly bundle: Bundle<B>;
    readonly T: TPayload<B>;
    readonly from: Side;
    readonly newKeys: readonly KeyDataPayload<B>[];
  },
): readonly KeyDataPayload<B>[] {
  const A = env.algebra;
  const { need, bundle, T } = options;
  const { keyInput, suite, RANDRi, RANDRr } = bundle;
  const KEMAC = optional(message.payloads, 'KEMAC');
  need('updateKemacAllowed', () => KEMAC === undefined || mayBringKeys(bundle.flags, options.from));
  if (!KEMAC) return [];
  const known = [...bundle.sessionKeys.map(({ key }) => key), ...options.newKeys];
  const keys = openSuppliedKeys(A, KEMAC, { keyInput, suite, T, need, known });
  need('updateRandLongEnough', () => {
    const rands = A.length(RANDRi) + (RANDRr === undefined ? 0 : A.length(RANDRr));
    return (
      rands >=
      longestKey(
        A,
        keys.filter(isGenerating).map((key) => key.key),
      )
    );
  });
  return keys;
}

/** The SPI of a session that leaves it open: a new key's, of the answerer or else of the starter; without new keys the present one. */
function spiFor<B>(
  env: Env<B>,
  session: GenericIdSession<B>,
  options: {
    readonly bundle: Bundle<B>;
    readonly theirs: readonly KeyDataPayload<B>[];
    readonly own: readonly KeyDataPayload<B>[];
  },
): B {
  if (env.algebra.length(session.spi) > 0) return session.spi;
  const [key] = [...options.own, ...options.theirs];
  const { sessions } = options.bundle;
  const held = sessions.find((one) => one.session.csId === session.csId) ?? sessions[0];
  return (key && spiOf(key)) ?? held?.session.spi ?? session.spi;
}
