/**
 * RESOLVE_INIT_PK: the Responder hands the ticket to the KMS under a signature; the KMS decides whether it listens. Which variant the
 * Initiator used plays no part (rfc6043:4.2.3-4).
 *
 * Both sides use the envelope key where the pre-shared key stands in RESOLVE_RESP: `inkey` of `ResolveInput`, `psk.key` of `ResolveRequest`.
 *
 * Statements: rfc6043:4.2.3-4, -7, -10, -12; rfc6043:4.2.3.3-1, -2, -3, -4, -5, -6, -7, -8; rfc6043:4.2.3.5-8, -22.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.3)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env, PublicKeyEnv } from '../guard/profile.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { TicketPayload } from '../message/payload.ts';
import { one, optional } from '../message/select.ts';
import type { Authority } from '../policy/authority.ts';
import type { PublicKeyAccess } from '../policy/certified.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { readTicketData } from '../ticket/baseTicket.ts';
import { isSupported } from '../ticket/ticketType.ts';
import { resolveInitShape } from './kmsInit.ts';
import type { ResolveRequest, VerifiedResolve } from './resolveInit.ts';
import { buildSignedInit, type SentInit } from './signedInit.ts';
import {
  admitSignedInit,
  verifySignedInit,
  type CertificateQuery,
  type SignedInitChecks,
  type SignedInitInput,
} from './verifySignedInit.ts';

const type = 'RESOLVE_INIT_PK';
const shape = resolveInitShape;
const checks: SignedInitChecks = {
  certificateTypesUsable: 'resolveCertificateTypesUsable',
  signatureTypeKnown: 'resolveSignatureTypeKnown',
  envelopeNotCached: 'resolveEnvelopeNotCached',
  certificateKnown: 'resolverCertificateKnown',
  certificateValid: 'resolverCertificateValid',
  kmsKeyKnown: 'resolveKmsKeyKnown',
  signatureValid: 'resolveSignatureValid',
  certified: 'resolverCertified',
  randLongEnough: 'resolveRandLongEnough',
  envelopeFits: 'resolveEnvelopeFits',
};

/** What the Responder asks with. */
export type ResolveRequestPk<B> = Omit<ResolveRequest<B>, 'psk'> & { readonly access: PublicKeyAccess<B> };

/** RESOLVE_INIT_PK = HDR, T, RANDRr, IDRr, {CERTr}, IDRkms, TICKET, [CHASH], PKE, SIGNr (rfc6043:4.2.3-7). The ticket goes in as it came. */
export function buildResolveInitPk<B>(
  env: PublicKeyEnv<B>,
  request: ResolveRequestPk<B>,
  ticket: TicketPayload<B>,
): Outcome<SentInit<B>> {
  const { kms, access } = request;
  // 128- and 256-bit algorithms are not mixed in a run (rfc6043:12.1-11): the ticket's PRF decides.
  const suite = suiteOfPrf(ticket.policy.prfFunc);
  return buildSignedInit(env, shape, { type, suite, kms, access, party: request.responder, carried: ticket });
}

/** The KMS looks at RESOLVE_INIT_PK before it looks for any key. */
export function admitResolveInitPk<B>(
  env: Env<B>,
  message: Message<B>,
  { kms }: { readonly kms: Identity<B> },
): Outcome<CertificateQuery<B>> {
  return attempt(env.profile, (need) => admitSignedInit(env, message, { need, shape, type, kms, checks }));
}

/** An authenticated RESOLVE_INIT_PK. Both replay entries must be new. */
export interface VerifiedResolvePk<B> extends VerifiedResolve<B> {
  /** Where the pre-shared key would be. */
  readonly envelopeKey: B;
  /** Of PKE, RANDRr and CSB ID, for the check `resolveEnvelopeNotReplayed` (weakness W1). */
  readonly envelopeReplay: ReplayEntry<B>;
}

/**
 * The KMS verifies RESOLVE_INIT_PK, which must have been admitted.
 *
 * @param input - keys and trust of the KMS, and its policy: a certificate of a KMS with which there is an agreement makes its owner a partner
 */
export function verifyResolveInitPk<B>(
  env: PublicKeyEnv<B>,
  message: Message<B>,
  input: SignedInitInput<B> & { readonly authority: Authority },
): Outcome<VerifiedResolvePk<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { authority, kms } = input;
    let partner: Identity<B> | undefined;
    // As in the pre-shared key variant: a partner KMS asks for its users, and policy says for whom it may speak.
    const checkOwner = (resolver: Identity<B>, certified: readonly Identity<B>[]): void => {
      partner = certified.find((owner) => authority.cooperates(A, owner).allowed);
      if (partner) {
        const ruling = authority.speaksFor(A, partner, resolver);
        need('partnerSpeaksForResolver', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
      } else need(checks.certified, () => isAmong(A, resolver, certified));
    };
    const { party, ...verified } = verifySignedInit(env, message, { ...input, need, shape, checks, checkOwner });
    const ticket = one(message.payloads, 'TICKET');
    need('ticketTypeSupported', () => isSupported(ticket.policy, env.profile.ticketTypes));
    const IDRkms = optional(ticket.policy.tpData, 'IDR', idRoles.IDRkms);
    const foreignKms = IDRkms && !sameIdentity(A, IDRkms, kms) ? IDRkms : undefined;
    need('resolveNotForwardedTwice', () => foreignKms === undefined || partner === undefined);
    return { resolver: party, partner, ...verified, tpkId: readTicketData(A, ticket).IDRpsk, foreignKms };
  });
}
