/**
 * Crypto sessions of a CSB update: what the starter offers, and what both sides demand of the outcome. The rules are those of the
 * initial exchange; crypto sessions that an update does not name go on as they are.
 *
 * An update carries every SP that its map refers to, so that policy numbers never reach back to an earlier exchange.
 *
 * Statements: rfc6043:5.2-8, -16; rfc3830:4.5-1.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { protTypes } from '../../spec/registry/sp.ts';
import type { Instant } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Need } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { GenericIdSession } from '../message/header.ts';
import type { KeyDataPayload, SpPayload } from '../message/payload.ts';
import { readSrtpPolicy, samePolicy, writeSrtpPolicy, type SrtpPolicy } from '../policy/securityPolicy.ts';
import { isGenerating, spiOf } from '../protection/keyTransport.ts';
import type { Bundle, HeldSession } from './bundle.ts';
import { keyFor } from './commit.ts';
import type { SessionKeyType } from './newKeys.ts';
import { newSessionKeys } from './suppliedKeys.ts';
import type { SessionOffer } from './sessions.ts';

/** Length of an SRTP SSRC in octets. */
const ssrcLength = 4;
/** The highest CS ID. */
const lastCsId = 255;

/** What one side wants of an update. */
export interface UpdateRequest<B> {
  /**
   * Session keys to bring: kinds of fresh ones, or keys that exist, for content that is encrypted already. All crypto sessions move to
   * the first one. None: the keys stay.
   */
  readonly keys: readonly SessionKeyType[] | readonly KeyDataPayload<B>[];
  /** Bidirectional streams to add, two crypto sessions each. */
  readonly streams: number;
  /** SRTP policies to offer for the added streams, the preferred one first; default: those that the bundle accepts. */
  readonly policies?: readonly SrtpPolicy[] | undefined;
  /** Whether an answer is expected. Without one nothing tells the starter that the update arrived. */
  readonly answered: boolean;
  /** Whether the other side is to choose the session keys, and to bring new ones if it may and can. */
  readonly peerChoosesKeys?: boolean;
}

/** The keys that a side brings: those that are given, or fresh ones of the kinds that are given. */
export function broughtKeys<B>(
  env: Env<B>,
  bundle: Bundle<B>,
  keys: UpdateRequest<B>['keys'],
): readonly KeyDataPayload<B>[] {
  const { suite, policies } = bundle;
  const tekLength = bundle.sessions[0]?.policy?.keyLength ?? policies[0]?.keyLength ?? suite.keyLength;
  return keys.flatMap((key) =>
    typeof key === 'string' ? newSessionKeys(env, [key], { length: suite.keyLength, tekLength }) : [key],
  );
}

/**
 * SP payloads and map of an update.
 *
 * @param newKeys - the keys that it brings
 * @throws MikeyError ERR_SECURITY_POLICY if the update changes nothing, or no CS ID is left
 */
export function offerUpdate<B>(
  env: Env<B>,
  bundle: Bundle<B>,
  { request, newKeys }: { readonly request: UpdateRequest<B>; readonly newKeys: readonly KeyDataPayload<B>[] },
): SessionOffer<B> {
  const A = env.algebra;
  const numbered: SrtpPolicy[] = [];
  const numberOf = (policy: SrtpPolicy): number => {
    const index = numbered.findIndex((candidate) => samePolicy(candidate, policy));
    return index < 0 ? numbered.push(policy) - 1 : index;
  };
  const first = newKeys[0] && spiOf(newKeys[0]);
  const spi = request.peerChoosesKeys === true ? A.octets('') : first;
  const renamed = bundle.sessions.map(({ session, policy }): GenericIdSession<B> => ({
    ...session,
    policies: policy ? [numberOf(policy)] : [],
    spi: spi ?? session.spi,
  }));
  const offered = request.policies ?? bundle.policies;
  const forAdded = request.answered ? offered : offered.slice(0, 1);
  const added = freeStreams(bundle, request.streams).flatMap((stream) =>
    [2 * stream + 1, 2 * stream + 2].map((csId): GenericIdSession<B> => {
      // Odd CS IDs are what the Initiator sends, even ones what the Responder sends, as in the initial exchange.
      const own = (bundle.side === 'initiator') === (csId % 2 === 1);
      return {
        csId,
        protType: protTypes.SRTP,
        s: false,
        policies: forAdded.map(numberOf),
        sessionData: own || !request.answered ? env.source.random(ssrcLength, 'SSRC') : A.octets(''),
        spi: spi ?? bundle.sessions[0]?.session.spi ?? A.octets(''),
      };
    }),
  );
  const sessions = [...(spi === undefined ? [] : renamed), ...added];
  if (sessions.length === 0) throw new MikeyError('ERR_SECURITY_POLICY', 'the update would change nothing');
  return {
    policies: numbered.flatMap((policy, index) =>
      sessions.some((session) => session.policies.includes(index)) ? [writeSrtpPolicy(A, index, policy)] : [],
    ),
    map: { type: 'GENERIC-ID', sessions },
  };
}

/**
 * The crypto sessions on which an update ends, after the checks that both sides make of them.
 *
 * @param sessions - those of the answer; without an answer those of TRANSFER_INIT
 * @param options - T of TRANSFER_INIT, new keys of both sides, SP payloads (of two with one number the first counts, finding A25),
 *   policies that are acceptable, and the sessions that must be among them
 */
export function agreeSessions<B>(
  env: Env<B>,
  sessions: readonly GenericIdSession<B>[],
  options: {
    readonly bundle: Bundle<B>;
    readonly need: Need;
    readonly at: Instant;
    readonly newKeys: readonly KeyDataPayload<B>[];
    readonly offered: readonly SpPayload<B>[];
    readonly accepted: readonly SrtpPolicy[];
    readonly demanded: readonly GenericIdSession<B>[];
  },
): readonly HeldSession<B>[] {
  const A = env.algebra;
  const { bundle, need, at } = options;
  const csIds = new Set(sessions.map((session) => session.csId));
  need(
    'updateSessionsComplete',
    () =>
      csIds.size === sessions.length &&
      options.demanded.every((session) => csIds.has(session.csId)) &&
      sessions.every(
        (session) =>
          session.policies.length === 1 &&
          A.length(session.sessionData) > 0 &&
          keyFor(A, session, options) !== undefined,
      ),
  );
  const agreed = sessions.map((session): HeldSession<B> => {
    const sp = options.offered.find((candidate) => candidate.policyNo === session.policies[0]);
    const policy = session.protType === protTypes.SRTP && sp ? readSrtpPolicy(A, sp) : undefined;
    return { session, policy, setAt: at };
  });
  const before = (csId: number): HeldSession<B> | undefined =>
    bundle.sessions.find((held) => held.session.csId === csId);
  need('updateSecurityPolicyAcceptable', () =>
    agreed.every(({ session, policy }) => {
      if (!policy || (bundle.suite.strength < 256 && policy.keyLength > 16)) return false;
      const held = before(session.csId)?.policy;
      return [...options.accepted, ...(held ? [held] : [])].some((candidate) => samePolicy(candidate, policy));
    }),
  );
  need('updateSessionsConsistent', () =>
    agreed.every(({ session, policy }) => {
      const held = before(session.csId);
      const key = keyFor(A, session, options);
      if (!policy || !key) return true;
      const keepsKey = held !== undefined && A.equal(held.session.spi, session.spi);
      const keepsPolicy = held?.policy === undefined || samePolicy(held.policy, policy);
      return (!keepsKey || keepsPolicy) && (isGenerating(key) || A.length(key.key) === policy.keyLength);
    }),
  );
  return agreed;
}

/** Streams whose CS IDs are free: even ones for the Initiator, odd ones for the Responder, so that additions of both never collide. */
function freeStreams<B>(bundle: Bundle<B>, count: number): readonly number[] {
  const taken = new Set(bundle.sessions.map(({ session }) => session.csId));
  const free: number[] = [];
  for (let stream = bundle.side === 'initiator' ? 0 : 1; free.length < count; stream += 2) {
    if (2 * stream + 2 > lastCsId) throw new MikeyError('ERR_SECURITY_POLICY', 'no CS ID is left for another stream');
    if (!taken.has(2 * stream + 1) && !taken.has(2 * stream + 2)) free.push(stream);
  }
  return free;
}
