/**
 * What the Responder machine starts with, remembers and hears, and what it asks its surroundings.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.2)
 */
import type { Instant } from '../algebra/algebra.ts';
import type { ReportedError } from '../exchange/acceptError.ts';
import type { ResolutionWay, TicketMemory, TicketMemoryQuery } from '../exchange/chooseResolution.ts';
import { authOf, buildError, isReportable } from '../exchange/errorMessage.ts';
import type { AnyResolveRequest } from '../exchange/kmsAccess.ts';
import type { AdmittedOffer, Endpoint } from '../exchange/transferInit.ts';
import type { Answer } from '../exchange/transferResp.ts';
import type { Resolution, ResolvedOffer, WaitingOffer } from '../exchange/verifyOffer.ts';
import type { Rejection } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import { writeSrtpPolicy } from '../policy/securityPolicy.ts';
import { present, type StepResult } from './step.ts';

/** What the Responder starts with. */
export interface ResponderInput<B> {
  readonly endpoint: Endpoint<B>;
  readonly request: AnyResolveRequest<B>;
}

/** What the Responder remembers. */
export interface ResponderContext<B> extends ResponderInput<B>, StepResult {
  /** The message that is being handled. */
  readonly received: Message<B> | undefined;
  /** TRANSFER_INIT as received. */
  readonly offer: Message<B> | undefined;
  readonly admitted: AdmittedOffer<B> | undefined;
  /** What the memory of the endpoint is asked about, and what it said. */
  readonly query: TicketMemoryQuery<B> | undefined;
  readonly memory: TicketMemory<B> | undefined;
  /** Where the keys come from. */
  readonly way: ResolutionWay<B> | undefined;
  /** RESOLVE_INIT as sent. */
  readonly resolveInit: Message<B> | undefined;
  /** The PSK or the envelope key of that message. */
  readonly resolveKey: B | undefined;
  readonly resolved: ResolvedOffer<B> | undefined;
  /** What the replay cache said about TRANSFER_INIT. */
  readonly fresh: boolean;
  readonly answer: Answer<B> | undefined;
  /** Error messages of the KMS and of the caller. */
  readonly peerErrors: readonly ReportedError<B>[];
  /** The Error message that tells the caller; undefined if it is told nothing. */
  readonly report: Message<B> | undefined;
}

/** What can happen to the Responder. */
export type ResponderEvent<B> =
  | { readonly type: 'TRANSFER_INIT'; readonly message: Message<B> }
  | { readonly type: 'TICKET_MEMORY'; readonly memory: TicketMemory<B> }
  | { readonly type: 'RESOLVE_RESP'; readonly message: Message<B> }
  | { readonly type: 'REPLAY_VERDICT'; readonly fresh: boolean }
  | { readonly type: 'Error'; readonly message: Message<B> }
  | { readonly type: 'ANSWER' }
  | { readonly type: 'END' };

/** What the memory of an endpoint keeps of a ticket. */
export interface Remembered<B> {
  readonly key: B;
  /** Undefined if J forbids to keep it (rfc6043:6.10-33): then the ticket is known only as used. */
  readonly resolution: Resolution<B> | undefined;
  /** End of the validity period, after which the ticket is refused anyway; undefined if it has none. */
  readonly until: Instant | undefined;
}

/** What to remember of a ticket that was resolved. */
export function remembered<B>({ query, admitted, resolved }: ResponderContext<B>): Remembered<B> {
  const { ticket, tpData } = present(admitted, 'offer');
  const resolution = ticket.policy.flags.J ? present(resolved, 'keys') : undefined;
  return { key: present(query, 'query').key, resolution, until: tpData.TRe };
}

/** The TRANSFER_INIT that waits for the keys of its ticket. */
export function waiting<B>(context: ResponderContext<B>): WaitingOffer<B> {
  return { offer: present(context.offer, 'TRANSFER_INIT'), admitted: present(context.admitted, 'offer') };
}

/**
 * What the caller is told. What the KMS answered is not its affair; and a MAC can be made only once TRANSFER_INIT was verified, as then its key
 * is at hand.
 */
export function reportToCaller<B>(env: Env<B>, context: ResponderContext<B>): Message<B> | undefined {
  const offer = present(context.offer, 'TRANSFER_INIT');
  const cause = present(context.rejection, 'rejection');
  const { resolved, admitted } = context;
  const rejection: Rejection =
    admitted && !resolved
      ? { code: 'ERR_UNSPECIFIED', reason: cause.reason, authenticated: false }
      : { ...cause, authenticated: resolved !== undefined };
  // A replay stays one, whoever the replayed message is from: it is not answered.
  if (!isReportable(offer.header, { ...rejection, code: cause.code })) return undefined;
  const supported = context.endpoint.policies.map((policy, index) => writeSrtpPolicy(env.algebra, index, policy));
  const auth = resolved && authOf(env, offer, resolved.MPKi);
  return buildError(env, { failed: offer.header, rejection, supported, ...(auth ? { auth } : {}) });
}
