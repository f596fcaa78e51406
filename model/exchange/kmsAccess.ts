/**
 * How a user asks its KMS: with a pre-shared key or with a certificate. All that comes after is the same, so the roles know no difference but the
 * key of the answer.
 *
 * Statements: rfc6043:4.2.3-4.
 *
 * @module
 * @see [RFC 6043, section 4.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1)
 * @see [RFC 6043, section 4.2.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3)
 */
import { attempt, type Outcome } from '../guard/checker.ts';
import { withPublicKeys, type Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { TicketPayload } from '../message/payload.ts';
import { buildRequestInit, type TicketRequest } from './requestInit.ts';
import { buildRequestInitPk, type TicketRequestPk } from './requestInitPk.ts';
import { buildResolveInit, type ResolveRequest } from './resolveInit.ts';
import { buildResolveInitPk, type ResolveRequestPk } from './resolveInitPk.ts';
import type { SentInit } from './signedInit.ts';

/** A request for a ticket, in either variant. */
export type AnyTicketRequest<B> = TicketRequest<B> | TicketRequestPk<B>;

/** A request to resolve tickets, in either variant. */
export type AnyResolveRequest<B> = ResolveRequest<B> | ResolveRequestPk<B>;

/** An initial message to the KMS, and the key from which those of its answer derive: the PSK or the envelope key. */
export interface AskedKms<B> {
  readonly message: Message<B>;
  readonly inkey: B;
}

/** REQUEST_INIT_PSK or REQUEST_INIT_PK. */
export function askForTicket<B>(env: Env<B>, request: AnyTicketRequest<B>): Outcome<AskedKms<B>> {
  if ('psk' in request) {
    return attempt(env.profile, () => ({ message: buildRequestInit(env, request), inkey: request.psk.key }));
  }
  return signed(buildRequestInitPk(withPublicKeys(env), request));
}

/** RESOLVE_INIT_PSK or RESOLVE_INIT_PK. */
export function askForKeys<B>(
  env: Env<B>,
  request: AnyResolveRequest<B>,
  ticket: TicketPayload<B>,
): Outcome<AskedKms<B>> {
  if ('psk' in request) {
    return attempt(env.profile, () => ({ message: buildResolveInit(env, request, ticket), inkey: request.psk.key }));
  }
  return signed(buildResolveInitPk(withPublicKeys(env), request, ticket));
}

function signed<B>(outcome: Outcome<SentInit<B>>): Outcome<AskedKms<B>> {
  if (!outcome.accepted) return outcome;
  const { message, envelopeKey } = outcome.value;
  return { ...outcome, value: { message, inkey: envelopeKey } };
}
