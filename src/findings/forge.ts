/**
 * What somebody dishonest makes: messages in the name of others, from what she lawfully has.
 *
 * @module
 */
import { buildTransferInit, type Call } from '../../model/exchange/transferInit.ts';
import type { HeldTicket } from '../../model/exchange/requestResp.ts';
import type { Outcome } from '../../model/guard/checker.ts';
import type { Env } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../model/message/coverage.ts';
import { uri, type Identity } from '../../model/message/identity.ts';
import type { Message } from '../../model/message/message.ts';
import type { Payload, TicketPayload } from '../../model/message/payload.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { lastV, one } from '../../model/message/select.ts';
import { aesCm256HmacSha1 } from '../../model/policy/securityPolicy.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { bytes } from '../run/byteRun.ts';
import type { TakenCall } from './lab.ts';
import { sip } from './scenes.ts';

/** The identity of somebody with a name. */
export function identityOf(name: string): Identity<Uint8Array> {
  return uri(bytes, sip(name));
}

/** What a step gives that cannot fail here. @throws Error if it does: the demonstration is broken */
export function value<R>(outcome: Outcome<R>): R {
  if (!outcome.accepted) throw new Error(`turned down unexpectedly: ${outcome.rejection.reason}`);
  return outcome.value;
}

/** A call, with any identity as the caller's. */
export function callAs(initiator: Identity<Uint8Array>, callee: Identity<Uint8Array>): Call<Uint8Array> {
  return { initiator, callee, policies: [aesCm256HmacSha1], streams: 1 };
}

/**
 * A ticket in the hands of somebody who resolved it: MPKi and session keys are right, but MPKr never came, so it is made up. Where forking
 * is off there is none.
 */
export function asOwn(env: Env<Uint8Array>, { admitted, resolved }: TakenCall): HeldTicket<Uint8Array> {
  const { ticket, tpData } = admitted;
  const { MPKi, sessionKeys } = resolved;
  return {
    ticket: { ...ticket, initiatorData: new Uint8Array() },
    tpData,
    MPKi,
    MPKr: ticket.policy.flags.I ? env.source.random(MPKi.length, 'made up') : undefined,
    sessionKeys,
    used: true,
  };
}

/** A TRANSFER_INIT in the name of `as`, made by somebody who resolved the ticket. */
export function forgedOffer(
  env: Env<Uint8Array>,
  taken: TakenCall,
  { as, callee }: { readonly as: string; readonly callee: string },
): Message<Uint8Array> {
  return value(buildTransferInit(env, callAs(identityOf(as), identityOf(callee)), asOwn(env, taken)));
}

/** A message with other payloads. */
export function withPayloads(
  { header, payloads }: Message<Uint8Array>,
  change: (payload: Payload<Uint8Array>) => readonly Payload<Uint8Array>[],
): Message<Uint8Array> {
  return { header, payloads: payloads.flatMap(change) };
}

/** A message with another TICKET in place of its own. */
export function withTicket(
  message: Message<Uint8Array>,
  change: (ticket: TicketPayload<Uint8Array>) => TicketPayload<Uint8Array>,
): Message<Uint8Array> {
  return withPayloads(message, (payload) => [payload.kind === 'TICKET' ? change(payload) : payload]);
}

/** A TRANSFER_INIT whose V holds again, as whoever has MPKi can make it. */
export function signedOffer(
  message: Message<Uint8Array>,
  MPKi: Uint8Array,
  identities: readonly [Identity<Uint8Array>, Identity<Uint8Array>],
): Message<Uint8Array> {
  const { header, payloads } = message;
  const { authAlg: macAlg } = lastV(payloads);
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const key = { prfFunc: header.prfFunc, inkey: MPKi, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  return appendV(
    bytes,
    { header, payloads: payloads.filter((payload) => payload.kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, key),
      cover: (draft) => transferInitCoverage(bytes, draft, identities),
    },
  );
}

/** TEK of the first crypto session. @throws RangeError if there is none */
export function firstTek(keys: { readonly sessions: readonly { readonly tek: Uint8Array }[] } | undefined): Uint8Array {
  const [session] = keys?.sessions ?? [];
  if (!session) throw new RangeError('there is no crypto session');
  return session.tek;
}

/** The text of ID Data. */
export function nameIn(identity: Identity<Uint8Array> | undefined): string {
  return identity === undefined ? 'nobody' : Buffer.from(identity.data).toString('utf8');
}
