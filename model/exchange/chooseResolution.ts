/**
 * How a Responder comes to the keys of a ticket: again from a resolution that it kept, with a TPK that it shares, or from the KMS.
 *
 * Statements: rfc6043:4.1-5; rfc6043:4.1.1-2, -4; rfc6043:4.2.3-2; rfc6043:5.3-5; rfc6043:6.10-18, -33, -34.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { isAmong, sameIdentity } from '../message/identity.ts';
import { optional } from '../message/select.ts';
import type { NamedKey, TicketKey } from '../policy/account.ts';
import type { AdmittedOffer, Endpoint } from './transferInit.ts';
import type { Resolution } from './verifyOffer.ts';

/** What identifies a ticket to the memory of an endpoint. */
export interface TicketMemoryQuery<B> {
  /**
   * The whole TICKET but what the Initiator added to it. The policy must be part of it: without the KMS nobody verifies the MAC of the ticket, and
   * its owner could call with a longer validity period.
   */
  readonly key: B;
  /** IDRpsk of the Ticket Data, which names the TPK; undefined if left out, or if only the KMS may resolve the ticket. */
  readonly tpkId: NamedKey<B>['id'] | undefined;
}

/** What an endpoint remembers of a ticket, and whether it can open it itself. */
export interface TicketMemory<B> {
  /** Whether a call with this ticket was taken before. */
  readonly seen: boolean;
  /** What the ticket was resolved to; undefined if nothing was kept. */
  readonly resolution: Resolution<B> | undefined;
  /** The TPK, if this endpoint shares it, and with whom. */
  readonly TPK: TicketKey<B> | undefined;
}

/** How the keys of a ticket are come by. */
export type ResolutionWay<B> =
  | { readonly from: 'kept'; readonly resolution: Resolution<B> }
  | { readonly from: 'ticket key'; readonly TPK: TicketKey<B> }
  | { readonly from: 'KMS' };

/** What to ask the memory of the endpoint about. */
export function ticketMemoryQuery<B>(
  { algebra: A }: Env<B>,
  { ticket, tpkId }: AdmittedOffer<B>,
): TicketMemoryQuery<B> {
  return { key: A.encode({ kind: 'TICKET', ticket }, ['Initiator Data']), tpkId };
}

/** The Responder decides where the keys come from. */
export function chooseResolution<B>(
  env: Env<B>,
  admitted: AdmittedOffer<B>,
  { memory, endpoint }: { readonly memory: TicketMemory<B>; readonly endpoint: Endpoint<B> },
): Outcome<ResolutionWay<B>> {
  return attempt(env.profile, (need): ResolutionWay<B> => {
    const { flags } = admitted.ticket.policy;
    need('offerTicketReusable', () => !memory.seen || flags.J);
    if (memory.resolution && mayUseKept(env, admitted, endpoint))
      return { from: 'kept', resolution: memory.resolution };
    // Only E = 0 lets the Responder resolve the ticket itself; a KMS is asked only if it can know the key (rfc6043:4.2.3-3).
    if (!flags.E && memory.TPK) return { from: 'ticket key', TPK: memory.TPK };
    need(
      'offerResolvableHere',
      () => flags.E || optional(admitted.ticket.policy.tpData, 'IDR', idRoles.IDRkms) !== undefined,
    );
    return { from: 'KMS' };
  });
}

/**
 * Whether a kept resolution may stand in for the KMS. Only the KMS can verify Vr, so whoever else may resolve the ticket could pose as the
 * caller; a ticket that names exactly one responder, and no group, leaves nobody else but endpoints of the same user (weakness W2).
 */
function mayUseKept<B>(env: Env<B>, { tpData }: AdmittedOffer<B>, endpoint: Endpoint<B>): boolean {
  if (env.profile.allow.has('cached-group')) return true;
  const [only, ...others] = tpData.IDRr;
  if (only === undefined || others.length > 0) return false;
  if (env.profile.keptResolutions === 'one endpoint') return sameIdentity(env.algebra, only, endpoint.identity);
  return !isAmong(env.algebra, only, endpoint.groups);
}
