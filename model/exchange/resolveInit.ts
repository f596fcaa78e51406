/**
 * RESOLVE_INIT_PSK: the Responder hands the ticket to the KMS; the KMS decides whether it listens.
 *
 * Statements: rfc6043:4.1-6; rfc6043:4.2.3-3, -9; rfc6043:4.2.3.1-1, -2, -4, -5; rfc6043:4.2.3.2-1, -2, -4;
 * rfc6043:4.2.3.4-3; rfc6043:10-5, -6, -9, -10.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.2)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { initialCoverage } from '../message/coverage.ts';
import { idr, isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { TicketPayload } from '../message/payload.ts';
import { lastV, one, optional } from '../message/select.ts';
import type { Account, NamedKey } from '../policy/account.ts';
import type { Authority } from '../policy/authority.ts';
import { appendV, macHolds } from '../protection/authentication.ts';
import { replayEntry, type ReplayEntry } from '../protection/freshness.ts';
import { readTicketData } from '../ticket/baseTicket.ts';
import { isSupported } from '../ticket/ticketType.ts';
import { uniformSuite } from './header.ts';
import { admitInit, draftInit, resolveInitShape } from './kmsInit.ts';
import type { CredentialQuery } from './requestInit.ts';

/** What the Responder asks with. */
export interface ResolveRequest<B> {
  readonly responder: Identity<B>;
  readonly kms: Identity<B>;
  /** Shared with the KMS, one key for each device (weakness W11). */
  readonly psk: NamedKey<B>;
}

/**
 * RESOLVE_INIT_PSK = HDR, T, RANDRr, IDRr, IDRkms, TICKET, IDRpsk, V (rfc6043:4.2.3-5). The ticket goes in as it came, Initiator
 * Data included, since the KMS verifies Vr. This RANDRr is not the one of TRANSFER_RESP (finding A11).
 */
export function buildResolveInit<B>(env: Env<B>, request: ResolveRequest<B>, ticket: TicketPayload<B>): Message<B> {
  const A = env.algebra;
  const { psk } = request;
  // 128- and 256-bit algorithms are not mixed in a run (rfc6043:12.1-11): the ticket's PRF decides.
  const suite = suiteOfPrf(ticket.policy.prfFunc);
  const { message: draft, RAND: RANDRr } = draftInit(env, resolveInitShape, {
    type: 'RESOLVE_INIT_PSK',
    suite,
    party: request.responder,
    kms: request.kms,
    carried: ticket,
    keyLength: A.length(psk.key),
  });
  const { header } = draft;
  const message: Message<B> = { header, payloads: [...draft.payloads, idr('IDRpsk', psk.id)] };
  const input: MessageKeyInput<B> = {
    prfFunc: suite.prfFunc,
    inkey: psk.key,
    direction: 'initial',
    csbId: header.csbId,
    RANDRr,
  };
  return appendV(A, message, {
    macAlg: suite.macAlg,
    authKey: messageAuthKey(A, suite.macAlg, input),
    cover: (draft) => initialCoverage(A, draft, [request.responder, request.kms]),
  });
}

/** The KMS looks at RESOLVE_INIT_PSK before it looks for any key. */
export function admitResolveInit<B>(
  env: Env<B>,
  message: Message<B>,
  { kms }: { readonly kms: Identity<B> },
): Outcome<CredentialQuery<B>> {
  return attempt(env.profile, (need) => ({
    identity: admitInit(env, message, { need, shape: resolveInitShape, type: 'RESOLVE_INIT_PSK', kms, last: lastV }),
    IDRpsk: optional(message.payloads, 'IDR', idRoles.IDRpsk),
  }));
}

/** An authenticated RESOLVE_INIT, of either variant. */
export interface VerifiedResolve<B> {
  /** Who is to have the keys: IDRr. */
  readonly resolver: Identity<B>;
  /** The KMS that asks for the resolver; undefined if the resolver asks itself. */
  readonly partner: Identity<B> | undefined;
  readonly replay: ReplayEntry<B>;
  /** Which TPK the ticket names; undefined if it names none. */
  readonly tpkId: Identity<B> | undefined;
  /** The other KMS that can resolve the ticket, as the ticket says; undefined if it is for this one. */
  readonly foreignKms: Identity<B> | undefined;
}

/**
 * The KMS verifies RESOLVE_INIT_PSK.
 *
 * @param options - the KMS's identity, its policy, and the account that the storage found; undefined if it found none
 */
export function verifyResolveInit<B>(
  env: Env<B>,
  message: Message<B>,
  {
    kms,
    account,
    authority,
  }: { readonly kms: Identity<B>; readonly account: Account<B> | undefined; readonly authority: Authority },
): Outcome<VerifiedResolve<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { payloads, header } = message;
    need('resolverKnown', () => account !== undefined);
    if (!account) throw new RangeError('the check resolverKnown cannot be switched off without an account');
    const suite = uniformSuite(message);
    need('resolverKeyStrong', () => suite !== undefined && A.length(account.key) >= suite.keyLength);
    const V = lastV(payloads);
    const RANDRr = one(payloads, 'RANDR', randRoles.RANDRr).rand;
    const resolver = optional(payloads, 'IDR', idRoles.IDRr) ?? account.identities[0];
    need('resolveMacValid', () => {
      const authKey = messageAuthKey(A, V.authAlg, {
        prfFunc: header.prfFunc,
        inkey: account.key,
        direction: 'initial',
        csbId: header.csbId,
        RANDRr,
      });
      return macHolds(A, V, { authKey, data: initialCoverage(A, message, [resolver, kms]) });
    });
    // A partner KMS asks for its users: IDRr does not lead to its key (rfc6043:10-10), policy says for whom it may speak.
    const [owner] = account.identities;
    if (account.isKms) {
      const ruling = authority.speaksFor(A, owner, resolver);
      need('partnerSpeaksForResolver', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
    } else need('resolverOwnsIdentity', () => isAmong(A, resolver, account.identities));
    need('resolveRandLongEnough', () => A.length(RANDRr) >= A.length(account.key));
    const ticket = one(payloads, 'TICKET');
    need('ticketTypeSupported', () => isSupported(ticket.policy, env.profile.ticketTypes));
    const IDRkms = optional(ticket.policy.tpData, 'IDR', idRoles.IDRkms);
    const foreignKms = IDRkms && !sameIdentity(A, IDRkms, kms) ? IDRkms : undefined;
    need('resolveNotForwardedTwice', () => foreignKms === undefined || !account.isKms);
    return {
      resolver,
      partner: account.isKms ? owner : undefined,
      replay: replayEntry(env, one(payloads, 'T'), V),
      tpkId: readTicketData(A, ticket).IDRpsk,
      foreignKms,
    };
  });
}
