/**
 * What one side keeps of an established crypto session bundle (CSB) with one peer, so that it can be updated.
 *
 * The state of a bundle is a set of updates: per crypto session the one with the latest T of TRANSFER_INIT counts, in whatever order the
 * messages arrive. So both sides come to the same state also if both start an update at once (see `commit.ts`).
 *
 * Statements: rfc6043:5.2-13; rfc6043:6.10-58; rfc3830:4.5-2.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import type { Algebra, Instant } from '../algebra/algebra.ts';
import type { MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf, type Suite } from '../keys/suite.ts';
import type { GenericIdSession } from '../message/header.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { all, one, optional } from '../message/select.ts';
import type { TicketFlags } from '../message/ticketPolicy.ts';
import { readSrtpPolicy, type SrtpPolicy } from '../policy/securityPolicy.ts';
import { readTpData } from '../policy/tpData.ts';
import type { SessionKeys } from '../trace/trace.ts';
import { choosePolicy, deriveSessions, genericSessions, keyOfSession } from './sessions.ts';
import { instantOfT, type UsedT } from './updateTime.ts';

/** Which side of the initial exchange one is: it stays so, whoever starts an update. */
export type Side = 'initiator' | 'responder';

/** The other side. */
export function otherSide(side: Side): Side {
  return side === 'initiator' ? 'responder' : 'initiator';
}

/** A session key of a bundle. */
export interface HeldKey<B> {
  readonly key: KeyDataPayload<B>;
  /** When it came, by the own clock: counts for TRr. */
  readonly since: Instant;
  /** Whether a crypto session has ever named it. One that was named and is not in use any more is forgotten. */
  readonly named: boolean;
  /** When the last crypto session left it; undefined while it is in use, or has not been named yet. */
  readonly leftAt?: Instant | undefined;
}

/** A crypto session of a bundle. */
export interface HeldSession<B> {
  /** Exactly one policy number, Session Data and SPI. */
  readonly session: GenericIdSession<B>;
  /** What its policy number stands for, in the exchange that set it. */
  readonly policy: SrtpPolicy | undefined;
  /** T of the TRANSFER_INIT that set it. */
  readonly setAt: Instant;
}

/** An established crypto session bundle. */
export interface Bundle<B> {
  readonly side: Side;
  /** Identity_i. */
  readonly initiator: Identity<B>;
  /** Identity_r: the endpoint that answered, as the protocol proved it; without an answer the callee. */
  readonly responder: Identity<B>;
  readonly suite: Suite;
  /** Flags of the ticket. */
  readonly flags: TicketFlags;
  /** Keys of the last message of the initial exchange, which protect every update in both directions; it holds the CSB ID. */
  readonly keyInput: MessageKeyInput<B>;
  /** The RANDs of the initial exchange: they stay for session keys too. */
  readonly RANDRi: B;
  readonly RANDRr: B | undefined;
  /** SRTP policies that this side accepts. */
  readonly policies: readonly SrtpPolicy[];
  /** Ordered by CS ID. */
  readonly sessions: readonly HeldSession<B>[];
  readonly sessionKeys: readonly HeldKey<B>[];
  /** Keys of the crypto sessions, in the same order. */
  readonly keys: readonly SessionKeys<B>[];
  /** Timestamps used under these keys by either side, as far as they could still be fresh. */
  readonly usedT: readonly UsedT<B>[];
  /** Longest time between two rekeyings, in seconds; undefined if the ticket sets none. */
  readonly TRr: number | undefined;
}

/** A Ticket Transfer that is done, as one side knows it. */
export interface EstablishedCall<B> {
  readonly side: Side;
  readonly initiator: Identity<B>;
  /** The IDRr of TRANSFER_RESP; without one the IDRr of TRANSFER_INIT. */
  readonly responder: Identity<B>;
  /** TRANSFER_INIT. */
  readonly offer: Message<B>;
  /** TRANSFER_RESP; undefined with F = 0. */
  readonly answer: Message<B> | undefined;
  readonly MPKi: B;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: B | undefined;
  /** The session keys that both hold, forked where they are forked. */
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  /** SRTP policies that this side accepts. */
  readonly policies: readonly SrtpPolicy[];
  /** Now. */
  readonly at: Instant;
}

/**
 * The bundle that a Ticket Transfer leaves behind.
 *
 * @throws MikeyError ERR_MISSING_PAYLOAD, ERR_KEY_DATA if the call was not checked before
 */
export function openBundle<B>(A: Algebra<B>, call: EstablishedCall<B>): Bundle<B> {
  const { offer, answer, MPKi, MPKr, at } = call;
  const { header } = offer;
  const { policy } = one(offer.payloads, 'TICKET');
  const suite = suiteOfPrf(header.prfFunc);
  const RANDRi = one(offer.payloads, 'RANDR', randRoles.RANDRi).rand;
  const RANDRr = answer && optional(answer.payloads, 'RANDR', randRoles.RANDRr)?.rand;
  const common = { prfFunc: header.prfFunc, csbId: header.csbId, RANDRi };
  const sessions = [...(genericSessions((answer ?? offer).header.map) ?? [])].sort((a, b) => a.csId - b.csId);
  const T = one(offer.payloads, 'T');
  const offered = [...(answer ? all(answer.payloads, 'SP') : []), ...all(offer.payloads, 'SP')];
  const policyOf = (session: GenericIdSession<B>): SrtpPolicy | undefined => {
    if (!answer) return choosePolicy(A, session, { offered, accepted: call.policies, suite })?.policy;
    const sp = offered.find((candidate) => candidate.policyNo === session.policies[0]);
    return sp && readSrtpPolicy(A, sp);
  };
  const held = sessions.map((session): HeldSession<B> => {
    const key = keyOfSession(A, session, call.sessionKeys);
    const spi = key?.kv.kind === 'SPI' ? key.kv.spi : session.spi;
    return { session: { ...session, spi }, policy: policyOf(session), setAt: instantOfT(A, T) };
  });
  const named = new Set(held.map(({ session }) => keyOfSession(A, session, call.sessionKeys)));
  return withKeys(A, {
    side: call.side,
    initiator: call.initiator,
    responder: call.responder,
    suite,
    flags: policy.flags,
    // The last message: TRANSFER_RESP under MPKr' or MPKi, without it TRANSFER_INIT under MPKi (finding A19).
    keyInput: answer
      ? { ...common, inkey: MPKr ?? MPKi, direction: 'response', RANDRr }
      : { ...common, inkey: MPKi, direction: 'initial' },
    RANDRi,
    RANDRr,
    policies: call.policies,
    sessions: held,
    sessionKeys: call.sessionKeys.map((key) => ({ key, since: at, named: named.has(key) })),
    keys: [],
    usedT: [{ by: 'initiator', T }, ...(answer ? [{ by: 'responder', T: one(answer.payloads, 'T') } as const] : [])],
    TRr: readTpData(A, policy.tpData).TRr,
  });
}

/**
 * The bundle with the keys of its sessions derived anew: from new keys, but with the old RANDs (rfc6043:5.2-12).
 *
 * @throws MikeyError ERR_KEY_DATA if a session names no key
 */
export function withKeys<B>(A: Algebra<B>, bundle: Bundle<B>): Bundle<B> {
  const policyOf = new Map<number, SrtpPolicy>();
  for (const { session, policy } of bundle.sessions) if (policy) policyOf.set(session.csId, policy);
  const keys = deriveSessions(
    A,
    bundle.sessions.map(({ session }) => session),
    {
      sessionKeys: bundle.sessionKeys.map(({ key }) => key),
      policyOf,
      flags: bundle.flags,
      prfFunc: bundle.keyInput.prfFunc,
      RANDRi: bundle.RANDRi,
      RANDRr: bundle.RANDRr,
    },
  );
  return { ...bundle, keys };
}

/** The identity of a side. */
export function identityOf<B>(bundle: Bundle<B>, side: Side): Identity<B> {
  return side === 'initiator' ? bundle.initiator : bundle.responder;
}

/** Whether a side may bring session keys: the Initiator by the L flag, the Responder by the M flag (rfc6043:5.2-15). */
export function mayBringKeys(flags: TicketFlags, side: Side): boolean {
  return side === 'initiator' ? flags.L : flags.M;
}
