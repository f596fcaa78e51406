/**
 * TRANSFER_RESP, the side of the Responder: it answers under MPKr', or under MPKi without key forking.
 *
 * Statements: rfc6043:4.2.2.3-11, -15, -20, -21; rfc6043:4.2.3.5-14; rfc6043:5.1-4; rfc6043:6.10-20; rfc6043:12.1-8.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.3)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import { MikeyError } from '../error.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import { idr, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { all, lastV, one, optional } from '../message/select.ts';
import type { ErrorAuth } from './errorMessage.ts';
import { freshT } from '../message/timestamps.ts';
import type { SrtpPolicy } from '../policy/securityPolicy.ts';
import { appendV } from '../protection/authentication.ts';
import { isGenerating, longestKey, spiOf } from '../protection/keyTransport.ts';
import type { SessionKeys } from '../trace/trace.ts';
import { responseHeader } from './header.ts';
import { answerSessions, deriveSessions, genericSessions } from './sessions.ts';
import { sealSuppliedKeys } from './suppliedKeys.ts';
import type { AdmittedOffer } from './transferInit.ts';
import type { ResolvedOffer } from './verifyOffer.ts';

/** Keys that both sides of a call hold in the end. */
export interface CallKeys<B> {
  /** Who is at the other end, as the protocol proved it. */
  readonly peer: Identity<B>;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: B | undefined;
  /** Session keys that Initiator or Responder brought; they are not forked. */
  readonly supplied: readonly SuppliedKey<B>[];
  /** The session keys of the ticket, forked where they are forked. */
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  readonly sessions: readonly SessionKeys<B>[];
}

/** A session key that one side brought. */
export interface SuppliedKey<B> {
  readonly by: 'initiator' | 'responder';
  readonly key: KeyDataPayload<B>;
}

/** What the Responder answers with. */
export interface AnswerInput<B> {
  readonly offer: Message<B>;
  readonly admitted: AdmittedOffer<B>;
  readonly resolved: ResolvedOffer<B>;
  /** SRTP policies that the endpoint accepts. */
  readonly policies: readonly SrtpPolicy[];
  /** Session keys that the endpoint brings. */
  readonly supplied: readonly KeyDataPayload<B>[];
}

/** The Responder's answer; no message if F forbids one. */
export interface Answer<B> {
  readonly message: Message<B> | undefined;
  readonly keys: CallKeys<B>;
}

/** TRANSFER_RESP = HDR, T, [RANDRr], [IDRr], [RANDRkms], {SP}, [KEMAC], V (rfc6043:4.2.2-2). */
export function answerOffer<B>(env: Env<B>, input: AnswerInput<B>): Outcome<Answer<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { offer, admitted, resolved, supplied } = input;
    const { flags } = admitted.ticket.policy;
    const { header, payloads } = offer;
    const suite = suiteOfPrf(header.prfFunc);
    const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
    need('answerMaySupplyKeys', () => supplied.length === 0 || flags.M);
    const known = [...resolved.sessionKeys, ...resolved.supplied, ...supplied];
    const keys = [resolved.MPKi, ...known.map((key) => key.key)];
    const RANDRr = flags.G ? env.source.random(longestKey(A, keys), 'RANDRr') : undefined;
    const sessions = genericSessions(header.map);
    // Keys of the Responder's own take the place of those that the Initiator named (rfc6043:4.2.2.3-6).
    const [own] = supplied;
    const first = own ?? resolved.supplied[0] ?? resolved.sessionKeys.find(isGenerating) ?? resolved.sessionKeys[0];
    const spi = first && spiOf(first);
    if (spi === undefined || !sessions) throw new MikeyError('ERR_KEY_DATA', 'nobody brought a session key');
    const answer = answerSessions(env, own ? sessions.map((one_) => ({ ...one_, spi })) : sessions, {
      offered: all(payloads, 'SP'),
      accepted: input.policies,
      suite,
      spi,
    });
    const callKeys: CallKeys<B> = {
      peer: { idType: admitted.caller.idType, data: admitted.caller.data },
      MPKr: resolved.MPKr,
      sessionKeys: resolved.sessionKeys,
      supplied: [
        ...resolved.supplied.map((key) => ({ by: 'initiator', key }) as const),
        ...supplied.map((key) => ({ by: 'responder', key }) as const),
      ],
      sessions: deriveSessions(A, answer.sessions, {
        sessionKeys: known,
        policyOf: answer.policyOf,
        flags,
        prfFunc: header.prfFunc,
        RANDRi,
        RANDRr,
      }),
    };
    // F = 0: no TRANSFER_RESP (rfc6043:6.10-21).
    if (!flags.F) return { message: undefined, keys: callKeys };
    const inkey = resolved.MPKr ?? resolved.MPKi;
    const keyInput = answerKeyInput(offer, { inkey, RANDRr });
    const T = freshT(A, env.source.now());
    const KEMAC = supplied.length > 0 ? [sealSuppliedKeys(A, supplied, { keyInput, suite, T })] : [];
    const unsigned: Message<B> = {
      header: responseHeader('TRANSFER_RESP', header, { type: 'GENERIC-ID', sessions: answer.sessions }),
      payloads: [
        T,
        ...(RANDRr === undefined ? [] : [{ kind: 'RANDR', role: randRoles.RANDRr, rand: RANDRr } as const]),
        // IDRr and RANDRkms go back to the Initiator as the KMS sent them (rfc6043:4.2.2.3-12, rfc6043:4.2.2.3-14).
        ...(resolved.IDRr ? [idr('IDRr', resolved.IDRr)] : []),
        ...(resolved.modifier
          ? [{ kind: 'RANDR', role: randRoles.RANDRkms, rand: resolved.modifier.RANDRkms } as const]
          : []),
        // Only own policies, not those that the Initiator sent (rfc6043:4.2.2.3-16).
        ...answer.policies,
        ...KEMAC,
      ],
    };
    const message = appendV(A, unsigned, {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, keyInput),
      cover: (draft) => responseCoverage(A, draft, offer),
    });
    return { message, keys: callKeys };
  });
}

/** Keys of TRANSFER_RESP: MPKr' or MPKi, CSB ID, RANDRi, and RANDRr if there is one (rfc6043:5.1.2-9). */
export function answerKeyInput<B>(
  offer: Message<B>,
  { inkey, RANDRr }: { readonly inkey: B; readonly RANDRr: B | undefined },
): MessageKeyInput<B> {
  return {
    prfFunc: offer.header.prfFunc,
    inkey,
    direction: 'response',
    csbId: offer.header.csbId,
    RANDRi: one(offer.payloads, 'RANDR', randRoles.RANDRi).rand,
    RANDRr,
  };
}

/** The key that protects an own TRANSFER_RESP, and so an Error message about it (rfc6043:5.4-17). */
export function ownAnswerAuth<B>(
  { algebra: A }: Env<B>,
  answer: Message<B>,
  { offer, resolved }: { readonly offer: Message<B>; readonly resolved: ResolvedOffer<B> },
): ErrorAuth<B> {
  const RANDRr = optional(answer.payloads, 'RANDR', randRoles.RANDRr)?.rand;
  const { authAlg: macAlg } = lastV(answer.payloads);
  const input = answerKeyInput(offer, { inkey: resolved.MPKr ?? resolved.MPKi, RANDRr });
  return { macAlg, authKey: messageAuthKey(A, macAlg, input) };
}
