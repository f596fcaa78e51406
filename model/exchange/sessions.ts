/**
 * Crypto sessions: the CS ID map of offer and answer, the policy of each, and its keys.
 *
 * Statements: rfc6043:4.2.2-3; rfc6043:6.1.1-6, -12, -16, -17, -18, -22; rfc6043:6.10-26, -27; rfc3830:4.1.3-4, -5.
 *
 * @module
 * @see [RFC 6043, section 6.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1.1)
 * @see [RFC 6043, section 4.2.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.3)
 */
import { protTypes } from '../../spec/registry/sp.ts';
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Env } from '../guard/profile.ts';
import { deriveSessionKey, type SessionKeyInput } from '../keys/sessionKeys.ts';
import { saltKeyLength, type Suite } from '../keys/suite.ts';
import type { CsIdMap, GenericIdSession } from '../message/header.ts';
import type { KeyDataPayload, SpPayload } from '../message/payload.ts';
import type { TicketFlags } from '../message/ticketPolicy.ts';
import { readSrtpPolicy, samePolicy, writeSrtpPolicy, type SrtpPolicy } from '../policy/securityPolicy.ts';
import { isGenerating, spiOf } from '../protection/keyTransport.ts';
import type { SessionKeys } from '../trace/trace.ts';

/** Length of an SRTP SSRC in octets. */
const ssrcLength = 4;

/** An offer of crypto sessions: SP payloads and a map. */
export interface SessionOffer<B> {
  readonly policies: readonly SpPayload<B>[];
  readonly map: CsIdMap<B>;
}

/**
 * Offers bidirectional streams, each as two crypto sessions with consecutive CS IDs: first what the Initiator sends, then
 * what the Responder sends (RFC 4567, 7.1).
 *
 * @param policies - SRTP policies, the preferred one first; all of them are offered for every session
 * @param options - number of `streams`; the SPI of the session key; whether a response will come (F). Without one the Initiator
 *   has to fill in everything (finding A15). With `onePolicy` only the preferred policy is offered, as all who share a group key have to
 *   end with the same one (rfc3830:5.1.1-4).
 */
export function offerSessions<B>(
  env: Env<B>,
  policies: readonly SrtpPolicy[],
  options: {
    readonly streams: number;
    readonly spi: B;
    readonly answered: boolean;
    readonly onePolicy?: boolean;
  },
): SessionOffer<B> {
  const A = env.algebra;
  const offered = options.answered && options.onePolicy !== true ? policies : policies.slice(0, 1);
  const numbers = offered.map((_, index) => index);
  const session = (csId: number, own: boolean): GenericIdSession<B> => ({
    csId,
    protType: protTypes.SRTP,
    s: false,
    policies: numbers,
    sessionData: own || !options.answered ? env.source.random(ssrcLength, 'SSRC') : A.octets(''),
    spi: options.spi,
  });
  const sessions = Array.from({ length: options.streams }, (_, index) => [
    session(2 * index + 1, true),
    session(2 * index + 2, false),
  ]);
  return {
    policies: offered.map((policy, index) => writeSrtpPolicy(A, index, policy)),
    map: { type: 'GENERIC-ID', sessions: sessions.flat() },
  };
}

/**
 * The sessions of an offer.
 *
 * @returns undefined unless the map is GENERIC-ID, has a session, and each CS ID once: one CS ID twice would give one TEK twice
 *   (finding B15)
 */
export function genericSessions<B>(map: CsIdMap<B>): readonly GenericIdSession<B>[] | undefined {
  if (map.type !== 'GENERIC-ID' || map.sessions.length === 0) return undefined;
  return new Set(map.sessions.map((session) => session.csId)).size === map.sessions.length ? map.sessions : undefined;
}

/**
 * The first offered policy of a session that an endpoint accepts.
 *
 * @param options - the SP payloads of the offer, and the policies that the endpoint accepts
 * @returns undefined if there is none; with #P = 0 the endpoint brings its own, which counts as `own`
 */
export function choosePolicy<B>(
  A: Algebra<B>,
  session: GenericIdSession<B>,
  options: {
    readonly offered: readonly SpPayload<B>[];
    readonly accepted: readonly SrtpPolicy[];
    readonly suite: Suite;
  },
): { readonly policyNo: number | 'own'; readonly policy: SrtpPolicy } | undefined {
  if (session.protType !== protTypes.SRTP) return undefined;
  const fits = (policy: SrtpPolicy): boolean => options.suite.strength === 256 || policy.keyLength <= 16;
  if (session.policies.length === 0) {
    const policy = options.accepted.find(fits);
    return policy && { policyNo: 'own', policy };
  }
  for (const policyNo of session.policies) {
    const sp = options.offered.find((candidate) => candidate.policyNo === policyNo);
    const policy = sp && readSrtpPolicy(A, sp);
    if (policy && fits(policy) && options.accepted.some((candidate) => samePolicy(candidate, policy))) {
      return { policyNo, policy };
    }
  }
  return undefined;
}

/** An answer to an offer, and the policy of each CS ID. */
export interface SessionAnswer<B> {
  readonly sessions: readonly GenericIdSession<B>[];
  readonly policyOf: ReadonlyMap<number, SrtpPolicy>;
  /** SP payloads of the Responder's own, for sessions that came without any. */
  readonly policies: readonly SpPayload<B>[];
}

/**
 * Answers an offer: one policy for each session, an SSRC and an SPI where the Initiator left them open (rfc6043:4.2.2.3-4,
 * rfc6043:4.2.2.3-5, rfc6043:4.2.2.3-6).
 *
 * @param options - SP payloads offered, policies accepted, strength, and the SPI of the session key
 * @throws MikeyError ERR_SECURITY_POLICY if a session has no acceptable policy; the early reject finds that out before
 */
export function answerSessions<B>(
  env: Env<B>,
  sessions: readonly GenericIdSession<B>[],
  options: {
    readonly offered: readonly SpPayload<B>[];
    readonly accepted: readonly SrtpPolicy[];
    readonly suite: Suite;
    readonly spi: B;
  },
): SessionAnswer<B> {
  const A = env.algebra;
  const policyOf = new Map<number, SrtpPolicy>();
  const own: SpPayload<B>[] = [];
  // Own policy numbers start above the offered ones, so that the two sides never mean different things (finding A25).
  const ownNo = 1 + Math.max(-1, ...options.offered.map((sp) => sp.policyNo));
  const answered = sessions.map((session) => {
    const chosen = choosePolicy(A, session, options);
    if (!chosen) throw new MikeyError('ERR_SECURITY_POLICY', `no acceptable policy for CS ID ${session.csId}`);
    if (chosen.policyNo === 'own' && own.length === 0) own.push(writeSrtpPolicy(A, ownNo, chosen.policy));
    policyOf.set(session.csId, chosen.policy);
    return {
      ...session,
      policies: [chosen.policyNo === 'own' ? ownNo : chosen.policyNo],
      sessionData: A.length(session.sessionData) > 0 ? session.sessionData : env.source.random(ssrcLength, 'SSRC'),
      spi: A.length(session.spi) > 0 ? session.spi : options.spi,
    };
  });
  return { sessions: answered, policyOf, policies: own };
}

/** The key that a session starts with: the one that its SPI names; without SPI the only session key (finding A15). */
export function keyOfSession<B>(
  A: Algebra<B>,
  session: GenericIdSession<B>,
  sessionKeys: readonly KeyDataPayload<B>[],
): KeyDataPayload<B> | undefined {
  if (A.length(session.spi) === 0) return sessionKeys.length === 1 ? sessionKeys[0] : undefined;
  return sessionKeys.find((key) => {
    const spi = spiOf(key);
    return spi !== undefined && A.equal(spi, session.spi);
  });
}

/**
 * Derives TEK and salt of every session (rfc6043:5.1.3-4). A TEK from the ticket is used as it is; a salt that comes with the
 * key is used and none is derived (rfc6043:5.1.3-6, rfc6043:5.1.3-7). A TEK without salt leaves the salt empty, as 5.1.3 derives
 * salts from a TGK or GTGK only.
 *
 * @param options - the session keys (forked where they must be), policies by CS ID, flags, and what goes into the labels
 * @throws MikeyError ERR_KEY_DATA if a session names no key
 */
export function deriveSessions<B>(
  A: Algebra<B>,
  sessions: readonly GenericIdSession<B>[],
  options: {
    readonly sessionKeys: readonly KeyDataPayload<B>[];
    readonly policyOf: ReadonlyMap<number, SrtpPolicy>;
    readonly flags: TicketFlags;
    readonly prfFunc: number;
    readonly RANDRi: B;
    readonly RANDRr: B | undefined;
  },
): readonly SessionKeys<B>[] {
  return sessions.map((session) => {
    const key = keyOfSession(A, session, options.sessionKeys);
    if (!key) throw new MikeyError('ERR_KEY_DATA', `the SPI of CS ID ${session.csId} names no session key`);
    const input: SessionKeyInput<B> = {
      prfFunc: options.prfFunc,
      inkey: key.key,
      csId: session.csId,
      // RANDRi goes in if H says so, RANDRr if G says so (rfc6043:5.1.3-8, rfc6043:5.1.3-9).
      RANDRi: options.flags.H ? options.RANDRi : undefined,
      RANDRr: options.flags.G ? options.RANDRr : undefined,
    };
    const tekLength = options.policyOf.get(session.csId)?.keyLength ?? 16;
    if (!isGenerating(key))
      return { csId: session.csId, tek: key.key, salt: key.salt ?? A.octets(''), spi: session.spi };
    const tek = deriveSessionKey(A, 'TEK', { input, length: tekLength });
    const salt = key.salt ?? deriveSessionKey(A, 'salting', { input, length: saltKeyLength });
    return { csId: session.csId, tek, salt, spi: session.spi };
  });
}
