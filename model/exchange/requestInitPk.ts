/**
 * REQUEST_INIT_PK: the Initiator asks for a ticket with a signature in place of a shared key; the KMS decides whether it listens.
 *
 * Both sides use the envelope key where the pre-shared key stands in REQUEST_RESP: `inkey` of `GrantInput`, `psk.key` of `TicketRequest`.
 *
 * Statements: rfc6043:4.2.1-3, -6, -8; rfc6043:4.2.1.3-1, -2, -3, -4, -5, -6, -7, -8; rfc6043:4.2.1.5-9, -19.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 */
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env, PublicKeyEnv } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { PublicKeyAccess } from '../policy/certified.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { requestInitShape } from './kmsInit.ts';
import type { TicketRequest, VerifiedRequest } from './requestInit.ts';
import { buildSignedInit, type SentInit } from './signedInit.ts';
import {
  admitSignedInit,
  verifySignedInit,
  type CertificateQuery,
  type SignedInitChecks,
  type SignedInitInput,
} from './verifySignedInit.ts';

const type = 'REQUEST_INIT_PK';
const shape = requestInitShape;
const checks: SignedInitChecks = {
  certificateTypesUsable: 'requestCertificateTypesUsable',
  signatureTypeKnown: 'requestSignatureTypeKnown',
  envelopeNotCached: 'requestEnvelopeNotCached',
  certificateKnown: 'requesterCertificateKnown',
  certificateValid: 'requesterCertificateValid',
  kmsKeyKnown: 'requestKmsKeyKnown',
  signatureValid: 'requestSignatureValid',
  certified: 'requesterCertified',
  randLongEnough: 'requestRandLongEnough',
  envelopeFits: 'requestEnvelopeFits',
};

/** What the Initiator asks with. */
export type TicketRequestPk<B> = Omit<TicketRequest<B>, 'psk'> & { readonly access: PublicKeyAccess<B> };

/** REQUEST_INIT_PK = HDR, T, RANDRi, IDRi, {CERTi}, IDRkms, TP, [CHASH], PKE, SIGNi (rfc6043:4.2.1-3). */
export function buildRequestInitPk<B>(env: PublicKeyEnv<B>, request: TicketRequestPk<B>): Outcome<SentInit<B>> {
  const { suite, kms, access, policy } = request;
  return buildSignedInit(env, shape, {
    type,
    suite,
    kms,
    access,
    party: request.initiator,
    carried: { kind: 'TP', policy },
  });
}

/** The KMS looks at REQUEST_INIT_PK before it looks for any key. */
export function admitRequestInitPk<B>(
  env: Env<B>,
  message: Message<B>,
  { kms }: { readonly kms: Identity<B> },
): Outcome<CertificateQuery<B>> {
  return attempt(env.profile, (need) => admitSignedInit(env, message, { need, shape, type, kms, checks }));
}

/** An authenticated REQUEST_INIT_PK. Both replay entries must be new. */
export interface VerifiedRequestPk<B> extends VerifiedRequest<B> {
  /** Where the pre-shared key would be. */
  readonly envelopeKey: B;
  /** Of PKE, RANDRi and CSB ID, for the check `requestEnvelopeNotReplayed` (weakness W1). */
  readonly envelopeReplay: ReplayEntry<B>;
}

/** The KMS verifies REQUEST_INIT_PK, which must have been admitted. */
export function verifyRequestInitPk<B>(
  env: PublicKeyEnv<B>,
  message: Message<B>,
  input: SignedInitInput<B>,
): Outcome<VerifiedRequestPk<B>> {
  return attempt(env.profile, (need) => {
    const { party, ...verified } = verifySignedInit(env, message, { ...input, need, shape, checks });
    return { requester: party, ...verified };
  });
}
