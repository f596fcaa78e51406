/**
 * What the KMS machine starts with, remembers and hears, and what it asks its surroundings.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import type { ReportedError } from '../exchange/acceptError.ts';
import { authOf, buildError, isReportable } from '../exchange/errorMessage.ts';
import type { Heard, KmsSetting, SenderOnFile, SenderQuery } from '../exchange/kmsListens.ts';
import type { VerifiedRequest } from '../exchange/requestInit.ts';
import type { Granted } from '../exchange/requestResp.ts';
import type { VerifiedResolve } from '../exchange/resolveInit.ts';
import type { Resolved } from '../exchange/resolveResp.ts';
import type { Env } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { all, one } from '../message/select.ts';
import type { Partner, TicketKey } from '../policy/account.ts';
import type { Authority } from '../policy/authority.ts';
import type { PublicKeyService } from '../policy/certified.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { present, type StepResult } from './step.ts';

/** What the KMS starts with: its configuration, the same for every exchange. */
export interface KmsInput<B> {
  readonly kms: Identity<B>;
  /** Its policy. */
  readonly authority: Authority;
  /** Keys and trust for the public-key variants; undefined: it has no part in them. */
  readonly service: PublicKeyService<B> | undefined;
}

/** What the KMS remembers during one exchange. */
export interface KmsContext<B> extends KmsInput<B>, StepResult {
  readonly received: Message<B> | undefined;
  /** RESOLVE_RESP of the partner KMS. */
  readonly response: Message<B> | undefined;
  readonly query: SenderQuery<B> | undefined;
  readonly sender: SenderOnFile<B> | undefined;
  readonly verifiedRequest: (VerifiedRequest<B> & Heard<B>) | undefined;
  readonly verifiedResolve: (VerifiedResolve<B> & Heard<B>) | undefined;
  /** What the replay cache said. */
  readonly fresh: boolean;
  /** And about the envelope, in the public-key variants. */
  readonly envelopeFresh: boolean;
  /** What decides about the TPK of a new ticket. */
  readonly keyChoice: TicketKeyChoice<B> | undefined;
  readonly TPK: TicketKey<B> | undefined;
  /** The KMS that the ticket names, if it is another one. */
  readonly partner: Partner<B> | undefined;
  /** RESOLVE_INIT as sent to that KMS. */
  readonly forwarded: Message<B> | undefined;
  /** Error messages of the partner KMS. */
  readonly peerErrors: readonly ReportedError<B>[];
  /** The Error message that tells the peer; undefined if it is told nothing. */
  readonly report: Message<B> | undefined;
  readonly granted: Granted<B> | undefined;
  readonly resolved: Resolved<B> | undefined;
}

/** What can happen to the KMS. */
export type KmsEvent<B> =
  | { readonly type: 'REQUEST_INIT_PSK' | 'REQUEST_INIT_PK'; readonly message: Message<B> }
  | { readonly type: 'RESOLVE_INIT_PSK' | 'RESOLVE_INIT_PK'; readonly message: Message<B> }
  | { readonly type: 'SENDER'; readonly sender: SenderOnFile<B> }
  | { readonly type: 'REPLAY_VERDICT'; readonly fresh: boolean; readonly envelopeFresh: boolean }
  | { readonly type: 'TICKET_KEY'; readonly key: TicketKey<B> | undefined }
  | { readonly type: 'PARTNER'; readonly partner: Partner<B> | undefined }
  | { readonly type: 'RESOLVE_RESP'; readonly message: Message<B> }
  | { readonly type: 'Error'; readonly message: Message<B> }
  | { readonly type: 'END' };

/** What decides which TPK a new ticket is sealed with. */
export interface TicketKeyChoice<B> {
  /** E = 0: the responder may resolve the ticket itself, if it shares the TPK (mode 2). */
  readonly forResponder: boolean;
  /** The responders that the ticket is to name. */
  readonly responders: readonly Identity<B>[];
}

/** What decides about the TPK of the ticket that is asked for. */
export function ticketKeyChoice<B>({ received }: KmsContext<B>): TicketKeyChoice<B> {
  const { policy } = one(present(received, 'REQUEST_INIT').payloads, 'TP');
  return { forResponder: !policy.flags.E, responders: all(policy.tpData, 'IDR', idRoles.IDRr) };
}

/** What the replay cache is asked: a message, and in the public-key variants the envelope in it too. */
export interface ReplayQuestion<B> {
  readonly entry: ReplayEntry<B>;
  readonly envelope: ReplayEntry<B> | undefined;
}

/** What must be new about a verified message. */
export function replayQuestion<B>(verified: Heard<B> & { readonly replay: ReplayEntry<B> }): ReplayQuestion<B> {
  return { entry: verified.replay, envelope: verified.envelopeReplay };
}

/** What the KMS verifies with. */
export function settingOf<B>({ kms, authority, service }: KmsInput<B>): KmsSetting<B> {
  return { kms, authority, service };
}

/** What the sender is told when the KMS turns its message down; undefined: nothing. */
export function reportToSender<B>(env: Env<B>, context: KmsContext<B>): Message<B> | undefined {
  const failed = present(context.received, 'initial message');
  // Whether the peer was authenticated is a matter of the whole exchange, not of the step that ended it.
  const { verifiedRequest, verifiedResolve } = context;
  const cause = present(context.rejection, 'rejection');
  const authenticated = cause.authenticated || (verifiedRequest ?? verifiedResolve) !== undefined;
  const rejection = { ...cause, authenticated };
  if (!isReportable(failed.header, rejection)) return undefined;
  // A PSK is at hand before the request is verified to the end; an envelope key is not.
  const inkey = (verifiedRequest ?? verifiedResolve)?.inkey ?? context.sender?.account?.key;
  const auth = rejection.authenticated && inkey !== undefined ? authOf(env, failed, inkey) : undefined;
  return buildError(env, { failed: failed.header, rejection, ...(auth ? { auth } : {}) });
}
