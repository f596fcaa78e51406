/**
 * TRANSFER_RESP, the side of the Initiator: it forks the same keys as the KMS did, and so learns who answered.
 *
 * Statements: rfc6043:4.2.2.3-3; rfc6043:4.2.2.4-4; rfc6043:5.5-5; rfc3830:5.4-6.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.4)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { forkKey, type Modifier } from '../keys/forkedKeys.ts';
import { messageAuthKey } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import type { GenericIdSession } from '../message/header.ts';
import { sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { all, lastV, one, optional } from '../message/select.ts';
import { readSrtpPolicy, samePolicy, type SrtpPolicy } from '../policy/securityPolicy.ts';
import { macHolds } from '../protection/authentication.ts';
import { isFresh } from '../protection/freshness.ts';
import { isForked, longestKey } from '../protection/keyTransport.ts';
import { expectType, headerEchoed } from './header.ts';
import type { ErrorAuth } from './errorMessage.ts';
import type { HeldTicket } from './requestResp.ts';
import { forkSessionKey } from './resolveResp.ts';
import { choosePolicy, deriveSessions, genericSessions, keyOfSession } from './sessions.ts';
import { openSuppliedKeys } from './suppliedKeys.ts';
import type { Call } from './transferInit.ts';
import { answerKeyInput, type CallKeys } from './transferResp.ts';

/** What the Initiator knows when TRANSFER_RESP comes. */
export interface AnswerContext<B> {
  readonly sent: Message<B>;
  readonly held: HeldTicket<B>;
  readonly call: Call<B>;
  /** The answers that were accepted before. */
  readonly earlier: readonly AcceptedAnswer<B>[];
}

/** An accepted answer. */
export interface AcceptedAnswer<B> {
  readonly keys: CallKeys<B>;
  /** Undefined without key forking. */
  readonly modifier: Modifier<B> | undefined;
  /** The MAC in its V; undefined if F = 0 forbade an answer. */
  readonly mac: B | undefined;
  /** TRANSFER_RESP; undefined if F = 0 forbade it. */
  readonly message: Message<B> | undefined;
}

/** The Initiator checks TRANSFER_RESP. */
export function acceptAnswer<B>(
  env: Env<B>,
  response: Message<B>,
  context: AnswerContext<B>,
): Outcome<AcceptedAnswer<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(response, 'TRANSFER_RESP');
    const { payloads, header } = response;
    const { sent, held, call } = context;
    const { flags, prfFunc } = held.ticket.policy;
    const V = lastV(payloads);
    need('answerHeaderEchoed', () => headerEchoed(A, header, { initial: sent.header, map: false }));
    need('answerTimestampFresh', () => isFresh(env, one(payloads, 'T')));
    const IDRr = optional(payloads, 'IDR', idRoles.IDRr);
    const RANDRkms = optional(payloads, 'RANDR', randRoles.RANDRkms)?.rand;
    const forked = [
      ...(held.MPKr === undefined ? [] : [held.MPKr]),
      ...held.sessionKeys.filter(isForked).map((k) => k.key),
    ];
    const modifier = flags.I && IDRr && RANDRkms !== undefined ? { idData: IDRr.data, RANDRkms } : undefined;
    need(
      'answerModifierPresent',
      () => !flags.I || (modifier !== undefined && A.length(modifier.RANDRkms) >= longestKey(A, forked)),
    );
    const RANDRr = optional(payloads, 'RANDR', randRoles.RANDRr)?.rand;
    need('answerRandIffG', () => flags.G === (RANDRr !== undefined));
    const RANDRi = one(sent.payloads, 'RANDR', randRoles.RANDRi).rand;
    const MPKr =
      modifier && held.MPKr !== undefined
        ? forkKey(A, prfFunc, { inkey: held.MPKr, as: "MPKr'", modifier })
        : undefined;
    const keyInput = answerKeyInput(sent, { inkey: MPKr ?? held.MPKi, RANDRr });
    need('answerMacValid', () =>
      macHolds(A, V, {
        authKey: messageAuthKey(A, V.authAlg, keyInput),
        data: responseCoverage(A, response, sent),
      }),
    );
    const answerer = IDRr ?? call.callee;
    need('answererAcceptable', () => isAcceptable(env, answerer, context));
    need('answerNotRepeated', () => !isRepeated(env, context.earlier, { mac: V.mac, modifier }));
    const KEMAC = optional(payloads, 'KEMAC');
    need('answerKemacAllowed', () => flags.M || KEMAC === undefined);
    const sessionKeys = held.sessionKeys.map((key) =>
      forkSessionKey(env, key, { prfFunc, modifier: modifier ?? null }),
    );
    const offered = [...sessionKeys, ...(call.supplied ?? [])];
    const suite = suiteOfPrf(header.prfFunc);
    const T = one(payloads, 'T');
    const brought = KEMAC ? openSuppliedKeys(A, KEMAC, { need, keyInput, suite, T, known: offered }) : [];
    const known = [...offered, ...brought];
    need('answerRandLongEnough', () => {
      const rands = A.length(RANDRi) + (RANDRr === undefined ? 0 : A.length(RANDRr));
      return rands >= longestKey(A, [held.MPKi, ...known.map((key) => key.key)]);
    });
    const sessions = completeSessions(env, header.map.type === 'GENERIC-ID' ? header.map.sessions : [], {
      need,
      sessionKeys: known,
      offered: genericSessions(sent.header.map) ?? [],
    });
    const policyOf = chosenPolicies(env, response, { context, need, sessions });
    const keys: CallKeys<B> = {
      peer: { idType: answerer.idType, data: answerer.data },
      MPKr,
      sessionKeys,
      supplied: [
        ...(call.supplied ?? []).map((key) => ({ by: 'initiator', key }) as const),
        ...brought.map((key) => ({ by: 'responder', key }) as const),
      ],
      sessions: deriveSessions(A, sessions, {
        sessionKeys: known,
        policyOf,
        flags,
        prfFunc: header.prfFunc,
        RANDRi,
        RANDRr,
      }),
    };
    return { keys, modifier, mac: V.mac, message: response };
  });
}

/**
 * The key that protects a TRANSFER_RESP, for an Error message about it (rfc6043:5.4-17).
 *
 * @returns undefined if the answer lacks what its key is made of
 */
export function answerAuth<B>(
  { algebra: A }: Env<B>,
  answer: Message<B>,
  { sent, held }: { readonly sent: Message<B>; readonly held: HeldTicket<B> },
): ErrorAuth<B> | undefined {
  const V = all(answer.payloads, 'V').at(-1);
  if (!V) return undefined;
  const [IDRr] = all(answer.payloads, 'IDR', idRoles.IDRr);
  const [RANDRkms] = all(answer.payloads, 'RANDR', randRoles.RANDRkms);
  const RANDRr = all(answer.payloads, 'RANDR', randRoles.RANDRr)[0]?.rand;
  const { flags, prfFunc } = held.ticket.policy;
  const modifier = IDRr && RANDRkms ? { idData: IDRr.data, RANDRkms: RANDRkms.rand } : undefined;
  const MPKr =
    modifier && held.MPKr !== undefined ? forkKey(A, prfFunc, { inkey: held.MPKr, as: "MPKr'", modifier }) : undefined;
  const inkey = flags.I ? MPKr : held.MPKi;
  if (inkey === undefined || suiteOfPrf(prfFunc).macAlg !== V.authAlg) return undefined;
  return { macAlg: V.authAlg, authKey: messageAuthKey(A, V.authAlg, answerKeyInput(sent, { inkey, RANDRr })) };
}

/** Without TRANSFER_RESP (F = 0) the Initiator has its keys as soon as it has sent TRANSFER_INIT. */
export function keysWithoutAnswer<B>(
  env: Env<B>,
  call: Call<B>,
  { sent, held }: { readonly sent: Message<B>; readonly held: HeldTicket<B> },
): CallKeys<B> {
  const A = env.algebra;
  const sessions = genericSessions(sent.header.map) ?? [];
  const suite = suiteOfPrf(sent.header.prfFunc);
  const offered = all(sent.payloads, 'SP');
  const policyOf = new Map<number, SrtpPolicy>();
  for (const session of sessions) {
    const chosen = choosePolicy(A, session, { offered, accepted: call.policies, suite });
    if (chosen) policyOf.set(session.csId, chosen.policy);
  }
  return {
    peer: call.callee,
    MPKr: undefined,
    sessionKeys: held.sessionKeys,
    supplied: (call.supplied ?? []).map((key) => ({ by: 'initiator', key })),
    sessions: deriveSessions(A, sessions, {
      sessionKeys: [...held.sessionKeys, ...(call.supplied ?? [])],
      policyOf,
      flags: held.ticket.policy.flags,
      prfFunc: sent.header.prfFunc,
      RANDRi: one(sent.payloads, 'RANDR', randRoles.RANDRi).rand,
      RANDRr: undefined,
    }),
  };
}

/**
 * Whether the answerer may have answered. Only the KMS can have made MPKr' for this IDRr, and it does so only for endpoints that
 * the ticket authorizes. If the ticket names nobody but the callee, that settles it; if it names others too, one of them
 * could pose as the callee, so then the answerer must be the callee itself (weakness W10).
 */
function isAcceptable<B>(env: Env<B>, answerer: Identity<B>, { held, call }: AnswerContext<B>): boolean {
  const A = env.algebra;
  if (sameIdentity(A, answerer, call.callee)) return true;
  return held.tpData.IDRr.every((identity) => sameIdentity(A, identity, call.callee));
}

/** Whether an answer came before: the same octets, or, under key forking, the same forked keys (weakness W7). */
function isRepeated<B>(
  env: Env<B>,
  earlier: readonly AcceptedAnswer<B>[],
  { mac, modifier }: { readonly mac: B; readonly modifier: Modifier<B> | undefined },
): boolean {
  const A = env.algebra;
  return earlier.some((other) => {
    if (other.mac !== undefined && A.equal(other.mac, mac)) return true;
    if (!modifier || !other.modifier) return false;
    return A.equal(other.modifier.idData, modifier.idData) && A.equal(other.modifier.RANDRkms, modifier.RANDRkms);
  });
}

/** The answered sessions, each complete (rfc6043:4.2.2.3-4 to -6); every offered one must be there (finding B15). */
function completeSessions<B>(
  env: Env<B>,
  answered: readonly GenericIdSession<B>[],
  options: {
    readonly need: Need;
    readonly sessionKeys: readonly KeyDataPayload<B>[];
    readonly offered: readonly GenericIdSession<B>[];
  },
): readonly GenericIdSession<B>[] {
  const A = env.algebra;
  options.need('answerSessionsComplete', () => {
    const csIds = answered.map((session) => session.csId);
    return (
      new Set(csIds).size === csIds.length &&
      options.offered.every((session) => csIds.includes(session.csId)) &&
      answered.every(
        (session) =>
          session.policies.length === 1 &&
          A.length(session.sessionData) > 0 &&
          A.length(session.spi) > 0 &&
          keyOfSession(A, session, options.sessionKeys) !== undefined,
      )
    );
  });
  return answered;
}

/** The policy of each answered session: an SP of the answer or of the offer, acceptable to the Initiator (rfc6043:4.2.2.4-1). */
function chosenPolicies<B>(
  env: Env<B>,
  response: Message<B>,
  options: {
    readonly context: AnswerContext<B>;
    readonly need: Need;
    readonly sessions: readonly GenericIdSession<B>[];
  },
): ReadonlyMap<number, SrtpPolicy> {
  const A = env.algebra;
  const { sent, call } = options.context;
  // The response's own SP wins over one of the same number in the initial message (finding A25).
  const known = [...all(response.payloads, 'SP'), ...all(sent.payloads, 'SP')];
  const policyOf = new Map<number, SrtpPolicy>();
  options.need('answerSecurityPolicyAcceptable', () =>
    options.sessions.every((session) => {
      const sp = known.find((candidate) => candidate.policyNo === session.policies[0]);
      const policy = sp && sp.protType === session.protType ? readSrtpPolicy(A, sp) : undefined;
      if (!policy || !call.policies.some((candidate) => samePolicy(candidate, policy))) return false;
      policyOf.set(session.csId, policy);
      return true;
    }),
  );
  return policyOf;
}
