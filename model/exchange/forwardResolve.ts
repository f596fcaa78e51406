/**
 * RESOLVE_INIT between KMSs: a KMS that cannot resolve a ticket asks the one that can, and hands the keys on to its user.
 *
 * Statements: rfc6043:4.2.3-1; rfc6043:10-1, -2, -3, -4, -7, -8, -9.
 *
 * @module
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10), Figure 9
 */
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { one } from '../message/select.ts';
import type { Partner } from '../policy/account.ts';
import type { Authority } from '../policy/authority.ts';
import { readTpData } from '../policy/tpData.ts';
import { openResolveResp } from './openResolveResp.ts';
import { buildResolveInit, type VerifiedResolve } from './resolveInit.ts';
import { buildResolveResp, type Resolved } from './resolveResp.ts';

/** What a KMS forwards with. */
export interface ForwardInput<B> {
  readonly authority: Authority;
  readonly verified: VerifiedResolve<B>;
  /** The KMS that the ticket names; undefined if the storage shares no key with it. */
  readonly partner: Partner<B> | undefined;
}

/**
 * Asks the partner KMS. IDRr and TICKET are those of the RESOLVE_INIT that came (rfc6043:10-9), all else is fresh and protected by the key
 * between the two KMSs: so each authenticates the other, and the keys travel encrypted (rfc6043:10-1 to -3).
 */
export function forwardResolve<B>(
  env: Env<B>,
  request: Message<B>,
  { authority, verified, partner }: ForwardInput<B>,
): Outcome<Message<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const ticket = one(request.payloads, 'TICKET');
    const { foreignKms, resolver } = verified;
    if (!foreignKms) throw new RangeError('only a ticket of another KMS is forwarded');
    const agreement = authority.cooperates(A, foreignKms);
    need('partnerKnown', () => agreement.allowed && partner !== undefined, {
      because: () => `${agreement.rule}: ${agreement.reason}`,
    });
    if (!partner) throw new RangeError('the check partnerKnown cannot be switched off without a partner');
    // Nothing of the ticket is authenticated here: this is an early reject, the partner has the last word.
    const { policy } = ticket;
    const question = { policy, tpData: readTpData(A, policy.tpData), sessionKeys: [], now: env.source.now() };
    const ruling = authority.forward(A, resolver, question);
    need('foreignResolverAuthorized', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
    const { identity: kms, psk } = partner;
    return buildResolveInit(env, { responder: resolver, kms, psk }, ticket);
  });
}

/** Takes the keys that the partner KMS sent and seals them for the resolver. */
export function answerForwarded<B>(
  env: Env<B>,
  response: Message<B>,
  options: {
    /** RESOLVE_INIT as it came from the resolver. */
    readonly request: Message<B>;
    /** RESOLVE_INIT as sent to the partner. */
    readonly sent: Message<B>;
    readonly partner: Partner<B>;
    readonly resolver: Identity<B>;
    readonly kms: Identity<B>;
    /** The PSK or envelope key of the resolver. */
    readonly inkey: B;
  },
): Outcome<Resolved<B>> {
  return attempt(env.profile, (need) => {
    const { request, sent, partner, resolver } = options;
    const { policy } = one(request.payloads, 'TICKET');
    const resolved = openResolveResp(env, response, {
      sent,
      kms: partner.identity,
      inkey: partner.psk.key,
      policy,
      resolver,
      need,
    });
    const { RANDRkms } = resolved;
    const message = buildResolveResp(env, request, {
      kms: options.kms,
      inkey: options.inkey,
      IDRr: resolver,
      RANDRkms,
      keys: resolved.all,
    });
    const modifier = RANDRkms === undefined ? null : { idData: resolver.data, RANDRkms };
    return { message, modifier, keys: resolved.all };
  });
}
