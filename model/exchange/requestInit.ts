/**
 * REQUEST_INIT_PSK: the Initiator asks for a ticket; the KMS decides whether it listens.
 *
 * Statements: rfc6043:4.2.1-5; rfc6043:4.2.1.1-1, -2, -4, -5; rfc6043:4.2.1.2-1, -2, -4; rfc6043:4.2.1.4-3;
 * rfc6043:12.3-1; rfc3830:5.3-2, -3, -4, -7.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.2)
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../keys/protectionKeys.ts';
import type { Suite } from '../keys/suite.ts';
import { initialCoverage } from '../message/coverage.ts';
import { idr, isAmong, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import { lastV, one, optional } from '../message/select.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import type { Account, NamedKey } from '../policy/account.ts';
import { appendV, macHolds } from '../protection/authentication.ts';
import { replayEntry, type ReplayEntry } from '../protection/freshness.ts';
import { uniformSuite } from './header.ts';
import { admitInit, draftInit, requestInitShape } from './kmsInit.ts';

/** What the Initiator asks with. */
export interface TicketRequest<B> {
  readonly initiator: Identity<B>;
  readonly kms: Identity<B>;
  /** Shared with the KMS. */
  readonly psk: NamedKey<B>;
  readonly suite: Suite;
  /** The Ticket Policy asked for, with the wanted keys in its KEMAC. */
  readonly policy: TicketPolicy<B>;
}

/** REQUEST_INIT_PSK = HDR, T, RANDRi, IDRi, IDRkms, TP, IDRpsk, V (rfc6043:4.2.1-1). */
export function buildRequestInit<B>(env: Env<B>, request: TicketRequest<B>): Message<B> {
  const A = env.algebra;
  const { suite, psk } = request;
  const { message: draft, RAND: RANDRi } = draftInit(env, requestInitShape, {
    type: 'REQUEST_INIT_PSK',
    suite,
    party: request.initiator,
    kms: request.kms,
    carried: { kind: 'TP', policy: request.policy },
    keyLength: A.length(psk.key),
  });
  const { header } = draft;
  const message: Message<B> = { header, payloads: [...draft.payloads, idr('IDRpsk', psk.id)] };
  const input: MessageKeyInput<B> = {
    prfFunc: suite.prfFunc,
    inkey: psk.key,
    direction: 'initial',
    csbId: header.csbId,
    RANDRi,
  };
  return appendV(A, message, {
    macAlg: suite.macAlg,
    authKey: messageAuthKey(A, suite.macAlg, input),
    cover: (draft) => initialCoverage(A, draft, [request.initiator, request.kms]),
  });
}

/** Which key the KMS needs before it can go on. */
export interface CredentialQuery<B> {
  /** IDRpsk, if it is there. */
  readonly IDRpsk: Identity<B> | undefined;
  /** IDRi or IDRr, if it is there. */
  readonly identity: Identity<B> | undefined;
}

/** The KMS looks at REQUEST_INIT_PSK before it looks for any key. */
export function admitRequestInit<B>(
  env: Env<B>,
  message: Message<B>,
  { kms }: { readonly kms: Identity<B> },
): Outcome<CredentialQuery<B>> {
  return attempt(env.profile, (need) => ({
    identity: admitInit(env, message, { need, shape: requestInitShape, type: 'REQUEST_INIT_PSK', kms, last: lastV }),
    IDRpsk: optional(message.payloads, 'IDR', idRoles.IDRpsk),
  }));
}

/** An authenticated REQUEST_INIT, of either variant. */
export interface VerifiedRequest<B> {
  readonly requester: Identity<B>;
  readonly replay: ReplayEntry<B>;
}

/**
 * The KMS verifies REQUEST_INIT_PSK.
 *
 * @param options - the KMS's identity, and the account that the storage found; undefined if it found none
 */
export function verifyRequestInit<B>(
  env: Env<B>,
  message: Message<B>,
  { kms, account }: { readonly kms: Identity<B>; readonly account: Account<B> | undefined },
): Outcome<VerifiedRequest<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { payloads, header } = message;
    need('requesterKnown', () => account !== undefined);
    if (!account) throw new RangeError('the check requesterKnown cannot be switched off without an account');
    const suite = uniformSuite(message);
    need('requesterKeyStrong', () => suite !== undefined && A.length(account.key) >= suite.keyLength);
    const V = lastV(payloads);
    const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
    const requester = optional(payloads, 'IDR', idRoles.IDRi) ?? account.identities[0];
    need('requestMacValid', () => {
      const authKey = messageAuthKey(A, V.authAlg, {
        prfFunc: header.prfFunc,
        inkey: account.key,
        direction: 'initial',
        csbId: header.csbId,
        RANDRi,
      });
      return macHolds(A, V, { authKey, data: initialCoverage(A, message, [requester, kms]) });
    });
    need('requesterOwnsIdentity', () => isAmong(A, requester, account.identities));
    need('requestRandLongEnough', () => A.length(RANDRi) >= A.length(account.key));
    return { requester, replay: replayEntry(env, one(payloads, 'T'), V) };
  });
}
