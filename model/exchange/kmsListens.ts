/**
 * The KMS listens to an initial message, in either variant: what it has to look up before it can verify, and what it knows afterwards.
 *
 * Statements: rfc6043:4.2.3-4.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { dataTypes } from '../../spec/registry/header.ts';
import type { Outcome } from '../guard/checker.ts';
import { withPublicKeys, type Env } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { Account } from '../policy/account.ts';
import type { Authority } from '../policy/authority.ts';
import type { PublicKeyService } from '../policy/certified.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { admitRequestInit, verifyRequestInit, type CredentialQuery, type VerifiedRequest } from './requestInit.ts';
import { admitRequestInitPk, verifyRequestInitPk } from './requestInitPk.ts';
import { admitResolveInit, verifyResolveInit, type VerifiedResolve } from './resolveInit.ts';
import { admitResolveInitPk, verifyResolveInitPk } from './resolveInitPk.ts';
import type { CertificateQuery } from './verifySignedInit.ts';

/** What the storage is asked: for an account, or for the certificates that it has on file. */
export type SenderQuery<B> = CredentialQuery<B> | CertificateQuery<B>;

/** What the storage answers. */
export interface SenderOnFile<B> {
  /** For the pre-shared key variant; undefined if there is none. */
  readonly account: Account<B> | undefined;
  /** For the public-key variant: the sender's chain, if the message has none; empty if there is none. */
  readonly chain: readonly B[];
}

/** What the KMS verifies with. */
export interface KmsSetting<B> {
  readonly kms: Identity<B>;
  readonly authority: Authority;
  /** Undefined: the KMS has no part in the public-key variants. */
  readonly service: PublicKeyService<B> | undefined;
}

/** What both variants come to: the key from which those of the answer derive, and what must not have been seen before. */
export interface Heard<B> {
  /** The PSK or the envelope key. */
  readonly inkey: B;
  /** Undefined in the pre-shared key variant. */
  readonly envelopeReplay: ReplayEntry<B> | undefined;
}

function isSigned<B>(message: Message<B>): boolean {
  return message.header.dataType === dataTypes.REQUEST_INIT_PK || message.header.dataType === dataTypes.RESOLVE_INIT_PK;
}

/** The KMS looks at REQUEST_INIT before it looks for any key. */
export function hearRequest<B>(env: Env<B>, message: Message<B>, setting: KmsSetting<B>): Outcome<SenderQuery<B>> {
  return isSigned(message) ? admitRequestInitPk(env, message, setting) : admitRequestInit(env, message, setting);
}

/** The KMS looks at RESOLVE_INIT before it looks for any key. */
export function hearResolve<B>(env: Env<B>, message: Message<B>, setting: KmsSetting<B>): Outcome<SenderQuery<B>> {
  return isSigned(message) ? admitResolveInitPk(env, message, setting) : admitResolveInit(env, message, setting);
}

/** The KMS verifies REQUEST_INIT. */
export function verifyRequest<B>(
  env: Env<B>,
  message: Message<B>,
  { sender, ...setting }: KmsSetting<B> & { readonly sender: SenderOnFile<B> },
): Outcome<VerifiedRequest<B> & Heard<B>> {
  const { kms, service } = setting;
  if (isSigned(message) && service) {
    return signed(verifyRequestInitPk(withPublicKeys(env), message, { kms, service, onFile: sender.chain }));
  }
  return shared(verifyRequestInit(env, message, { kms, account: sender.account }), sender);
}

/** The KMS verifies RESOLVE_INIT. */
export function verifyResolve<B>(
  env: Env<B>,
  message: Message<B>,
  { sender, ...setting }: KmsSetting<B> & { readonly sender: SenderOnFile<B> },
): Outcome<VerifiedResolve<B> & Heard<B>> {
  const { kms, service, authority } = setting;
  if (isSigned(message) && service) {
    return signed(verifyResolveInitPk(withPublicKeys(env), message, { kms, service, authority, onFile: sender.chain }));
  }
  return shared(verifyResolveInit(env, message, { kms, authority, account: sender.account }), sender);
}

function signed<B, V extends { readonly envelopeKey: B; readonly envelopeReplay: ReplayEntry<B> }>(
  outcome: Outcome<V>,
): Outcome<V & Heard<B>> {
  return outcome.accepted ? { ...outcome, value: { ...outcome.value, inkey: outcome.value.envelopeKey } } : outcome;
}

function shared<B, V>(outcome: Outcome<V>, { account }: SenderOnFile<B>): Outcome<V & Heard<B>> {
  if (!outcome.accepted) return outcome;
  if (!account) throw new RangeError('nothing verifies without an account');
  return { ...outcome, value: { ...outcome.value, inkey: account.key, envelopeReplay: undefined } };
}
