/**
 * TRANSFER_INIT: the Initiator sends ticket and session information; the Responder rejects early what it will not accept.
 *
 * Statements: rfc6043:4.1-4; rfc6043:4.2.1.5-14; rfc6043:4.2.2.1-2, -4, -6, -8, -9, -13, -14; rfc6043:4.2.2.2-4;
 * rfc6043:5.3-1, -2, -3, -4, -10; rfc6043:6.10-32, -34, -68; rfc6043:9-1, -2, -3; rfc6043:9.1-1; rfc6043:12.3-3;
 * rfc6043:12.5-3; rfc3830:6.11-2.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.1)
 * @see [RFC 6043, section 4.2.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.2)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { MikeyError } from '../error.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { transferInitCoverage } from '../message/coverage.ts';
import { idr, isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../message/payload.ts';
import { all, lastV, one, optional } from '../message/select.ts';
import { freshT } from '../message/timestamps.ts';
import { brokenFlagRule } from '../policy/flags.ts';
import { flagsWithinProfile } from '../policy/grant.ts';
import type { SrtpPolicy } from '../policy/securityPolicy.ts';
import { readTpData, type TpData } from '../policy/tpData.ts';
import { appendV } from '../protection/authentication.ts';
import { isFresh, isValidNow } from '../protection/freshness.ts';
import { isForked, isGenerating, longestKey, spiOf } from '../protection/keyTransport.ts';
import { readTicketData } from '../ticket/baseTicket.ts';
import { sealInitiatorData } from '../ticket/initiatorData.ts';
import { isSupported } from '../ticket/ticketType.ts';
import { expectType, initialHeader, uniformSuite } from './header.ts';
import type { HeldTicket } from './requestResp.ts';
import { choosePolicy, genericSessions, offerSessions } from './sessions.ts';
import { sealSuppliedKeys } from './suppliedKeys.ts';

/** A call that the Initiator wants to make. */
export interface Call<B> {
  readonly initiator: Identity<B>;
  /** Whom to call; the ticket must name this identity. */
  readonly callee: Identity<B>;
  /** SRTP policies to offer, the preferred one first. */
  readonly policies: readonly SrtpPolicy[];
  /** Bidirectional streams. */
  readonly streams: number;
  /**
   * RANDRi of the first Ticket Transfer of a group key: all transfers of one must use the same RANDs (rfc6043:9-3; finding B2), so that
   * all members derive the same session keys. Undefined: a fresh one.
   */
  readonly groupRANDRi?: B | undefined;
  /** Whether the Initiator knows that {@link Call.callee} is a group, whose members may change; default no. */
  readonly calleeIsGroup?: boolean;
  /** Whether somebody made sure that the group is the one that the ticket was first used with (rfc6043:5.3-8). */
  readonly groupVerified?: boolean;
  /** Session keys that the Initiator brings, as for content that is encrypted already (rfc6043:4.2.2.1-11); default none. */
  readonly supplied?: readonly KeyDataPayload<B>[];
  /** CSB IDs of the calls that the Initiator still has: the new one must be another (rfc3830:6.1-11). */
  readonly csbIdsInUse?: readonly B[];
}

/** TRANSFER_INIT = HDR, T, RANDRi, IDRi, IDRr, {SP}, TICKET, [KEMAC], V (rfc6043:4.2.2-1). */
export function buildTransferInit<B>(env: Env<B>, call: Call<B>, held: HeldTicket<B>): Outcome<Message<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { policy } = held.ticket;
    need('calleeInTicket', () => isAmong(A, call.callee, held.tpData.IDRr));
    need('heldTicketValidNow', () => isValidNow(env, held.tpData));
    need('heldTicketReusable', () => !held.used || policy.flags.J);
    need('heldGroupVerified', () => !isUnverifiedGroupReuse(env, call, held));
    need('heldTicketMine', () => !policy.flags.I || held.MPKr !== undefined);
    const suite = suiteOfPrf(policy.prfFunc);
    const supplied = call.supplied ?? [];
    need('callMaySupplyKeys', () => supplied.length === 0 || policy.flags.L);
    // A ticket without session keys leaves the SPI to the Responder, which brings the keys (rfc6043:8-3, rfc6043:8-4).
    const first = supplied[0] ?? held.sessionKeys.find(isGenerating) ?? held.sessionKeys[0];
    need('callHasKeys', () => first !== undefined || policy.flags.M);
    const spi = (first && spiOf(first)) ?? A.octets('');
    const offer = offerSessions(env, call.policies, {
      streams: call.streams,
      spi,
      answered: policy.flags.F,
      onePolicy: [...held.sessionKeys, ...supplied].some((key) => !isForked(key)),
    });
    // V agrees with F (rfc6043:4.2.2.1-3).
    const header = initialHeader(env, 'TRANSFER_INIT', {
      v: policy.flags.F,
      prfFunc: suite.prfFunc,
      map: offer.map,
      inUse: call.csbIdsInUse,
    });
    const keys = [held.MPKi, held.MPKr ?? held.MPKi, ...[...held.sessionKeys, ...supplied].map((key) => key.key)];
    // With RANDRr left out by G = 0, RANDRi alone must be as long as the longest key (rfc6043:12.1-5).
    const RANDRi = call.groupRANDRi ?? env.source.random(longestKey(A, keys), 'RANDRi');
    const input: MessageKeyInput<B> = {
      prfFunc: header.prfFunc,
      inkey: held.MPKi,
      direction: 'initial',
      csbId: header.csbId,
      RANDRi,
    };
    const T = freshT(A, env.source.now());
    const KEMAC = supplied.length > 0 ? [sealSuppliedKeys(A, supplied, { keyInput: input, suite, T })] : [];
    const withTicket = (ticket: TicketPayload<B>): Message<B> => ({
      header,
      payloads: [
        T,
        { kind: 'RANDR', role: randRoles.RANDRi, rand: RANDRi },
        idr('IDRi', call.initiator),
        idr('IDRr', call.callee),
        ...offer.policies,
        ticket,
        ...KEMAC,
      ],
    });
    const plain = appendV(A, withTicket(held.ticket), {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, input),
      cover: (draft) => transferInitCoverage(A, draft, [call.initiator, call.callee]),
    });
    if (!policy.flags.I || held.MPKr === undefined) return plain;
    // Initiator Data goes in after V is known, as Vi repeats it (rfc6043:6.10-71, rfc6043:5.5-4).
    const initiatorData = sealInitiatorData(A, lastV(plain.payloads), { prfFunc: policy.prfFunc, MPKr: held.MPKr });
    return {
      header,
      payloads: plain.payloads.map((payload) => (payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload)),
    };
  });
}

/**
 * Whether a ticket for a group is used again, though members may have left since (rfc6043:5.3-9). Forked keys are no exception: a former member
 * that resolved the ticket answers with those that it kept (finding N4). The same RANDRi make it one use, told to one member after the other.
 * If the ticket names a callee beside the group, `answererAcceptable` leaves nobody else to answer, as long as keys are forked.
 */
function isUnverifiedGroupReuse<B>(env: Env<B>, call: Call<B>, held: HeldTicket<B>): boolean {
  const forGroup = call.calleeIsGroup === true || held.sessionKeys.some((key) => !isForked(key));
  const again = held.used && call.groupRANDRi === undefined;
  return forGroup && again && call.groupVerified !== true && !env.profile.allow.has('unverified-group-reuse');
}

/** What an endpoint answers for, and what it accepts. */
export interface Endpoint<B> {
  /** The endpoint's own identity, towards the KMS and the caller. */
  readonly identity: Identity<B>;
  /** Identities under which it is called: its own, its user's, its groups'. */
  readonly answersFor: readonly [Identity<B>, ...Identity<B>[]];
  /** Those of {@link Endpoint.answersFor} that are groups: others answer for them too. */
  readonly groups: readonly Identity<B>[];
  /** SRTP policies that it accepts. */
  readonly policies: readonly SrtpPolicy[];
  /** The application that takes the call; undefined: one that no ticket names. */
  readonly application?: Identity<B> | undefined;
  /** Session keys that it brings, as for content that is encrypted already (rfc6043:4.2.2.3-18); default none. */
  readonly supplied?: readonly KeyDataPayload<B>[];
}

/** An offer that passed the early reject. Nothing in it is authenticated yet. */
export interface AdmittedOffer<B> {
  readonly ticket: TicketPayload<B>;
  readonly tpData: TpData<B>;
  /** The TPK that the ticket names, if the endpoint may resolve it itself. */
  readonly tpkId: Identity<B> | undefined;
  /** Who calls, as the ticket and TRANSFER_INIT both say. */
  readonly caller: Identity<B>;
  /** Whom the caller calls. */
  readonly callee: Identity<B>;
}

/** The Responder rejects early, so that the KMS is not bothered for nothing (rfc6043:4.2.2.2-3). */
export function admitOffer<B>(
  env: Env<B>,
  message: Message<B>,
  { endpoint }: { readonly endpoint: Endpoint<B> },
): Outcome<AdmittedOffer<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(message, 'TRANSFER_INIT');
    const { payloads, header } = message;
    lastV(payloads);
    one(payloads, 'RANDR', randRoles.RANDRi);
    const ticket = one(payloads, 'TICKET');
    const { policy } = ticket;
    const { flags } = policy;
    need('offerTicketTypeSupported', () => isSupported(policy, env.profile.ticketTypes));
    const broken = brokenFlagRule(flags, { holdsTGK: false });
    need('offerFlagsLegal', () => policy.res === 0 && broken === undefined, {
      because: () => broken ?? 'a reserved bit is set',
    });
    need('offerPolicyAcceptable', () => flagsWithinProfile(flags, env.profile));
    const sessions = genericSessions(header.map);
    need('offerMapGeneric', () => sessions !== undefined);
    need('offerTimestampFresh', () => isFresh(env, one(payloads, 'T')));
    need('offerAlgorithmsMatch', () => uniformSuite(message, policy.prfFunc) !== undefined);
    const tpData = readTpData(A, policy.tpData);
    need('offerTicketValidNow', () => isValidNow(env, tpData));
    const IDRi = optional(payloads, 'IDR', idRoles.IDRi);
    const caller = IDRi ?? tpData.IDRi;
    need('offerCallerOwnsTicket', () => {
      // Without key forking anybody who resolved the ticket can call with it: the RFC wants it for groups (rfc6043:9-1).
      if (!flags.I && env.profile.allow.has('decentralised')) return IDRi !== undefined;
      return tpData.IDRi !== undefined && (!IDRi || sameIdentity(A, IDRi, tpData.IDRi));
    });
    const callee = optional(payloads, 'IDR', idRoles.IDRr) ?? endpoint.answersFor[0];
    need('offerAddressedToMe', () => isAmong(A, callee, endpoint.answersFor));
    need('offerTicketNamesMe', () => tpData.IDRr.some((identity) => isAmong(A, identity, endpoint.answersFor)));
    const { application } = endpoint;
    need('offerApplicationAuthorized', () => {
      if (tpData.IDRapp.length === 0) return true;
      return application !== undefined && isAmong(A, application, tpData.IDRapp);
    });
    need('offerInitiatorDataIffForking', () => A.length(ticket.initiatorData) > 0 === flags.I);
    need('offerKemacAllowed', () => flags.L || optional(payloads, 'KEMAC') === undefined);
    const offered = all(payloads, 'SP');
    const suite = suiteOfPrf(header.prfFunc);
    need('offerSecurityPolicyAcceptable', () =>
      (sessions ?? []).every(
        (session) => choosePolicy(A, session, { offered, accepted: endpoint.policies, suite }) !== undefined,
      ),
    );
    if (!caller) throw new MikeyError('ERR_IDENTITY', 'nobody says who calls');
    // Ticket Data is for whoever resolves the ticket: with E = 1 not for this endpoint.
    const tpkId = flags.E ? undefined : readTicketData(A, ticket).IDRpsk;
    return { ticket, tpData, tpkId, caller, callee };
  });
}
