/**
 * REQUEST_RESP: the KMS makes keys and a ticket; the Initiator checks what it got.
 *
 * Statements: rfc6043:4.2.1-7; rfc6043:4.2.1.5-3, -8, -10, -17, -18; rfc6043:4.2.1.6-1, -2; rfc6043:8-1.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.5)
 * @see [RFC 6043, section 4.2.1.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { deriveMpk } from '../keys/mpk.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import { idr, isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KemacPayload, KeyDataPayload, TicketPayload, TPayload } from '../message/payload.ts';
import { lastV, one, optional } from '../message/select.ts';
import { as64Bits, freshT } from '../message/timestamps.ts';
import type { NamedKey } from '../policy/account.ts';
import { brokenFlagRule } from '../policy/flags.ts';
import type { Authority } from '../policy/authority.ts';
import { grantAcceptable, grantPolicy, validitySane } from '../policy/grant.ts';
import { readTpData, type TpData } from '../policy/tpData.ts';
import { appendV, macHolds } from '../protection/authentication.ts';
import { isFresh } from '../protection/freshness.ts';
import { isForked, keysAdequate, openKeys, sealKeys, splitKeys } from '../protection/keyTransport.ts';
import { sealTicket } from '../ticket/baseTicket.ts';
import { isSupported } from '../ticket/ticketType.ts';
import { expectType, headerEchoed, responseHeader, uniformSuite } from './header.ts';
import { keyData, requestedKeys, sessionKey } from './newKeys.ts';
import type { TicketRequest } from './requestInit.ts';

/** What the KMS needs to grant a ticket, besides the request. */
export interface GrantInput<B> {
  readonly kms: Identity<B>;
  readonly authority: Authority;
  /** The TPK in use or, with E = 0, the one shared with the responder (mode 2); undefined if the storage has none. */
  readonly TPK: NamedKey<B> | undefined;
  /** The authenticated requester, and the PSK or envelope key that protects the response. */
  readonly requester: Identity<B>;
  readonly inkey: B;
}

/** A granted ticket: the response, and the keys in it by name, for the KMS's own books in simulations. */
export interface Granted<B> {
  readonly message: Message<B>;
  readonly MPK: B;
  readonly MPKi: B;
  readonly MPKr: B;
  readonly sessionKeys: readonly KeyDataPayload<B>[];
}

/** The KMS checks the requested policy, makes keys and ticket, and answers. */
export function grantTicket<B>(env: Env<B>, request: Message<B>, input: GrantInput<B>): Outcome<Granted<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const asked = one(request.payloads, 'TP').policy;
    const suite = suiteOfPrf(asked.prfFunc);
    need('requestedTicketTypeSupported', () => isSupported(asked, env.profile.ticketTypes));
    const now = env.source.now();
    const requested = readTpData(A, asked.tpData);
    const wanted = requestedKeys(A, requested, { suite, flags: asked.flags });
    const holdsTGK = wanted.some((key) => isForked(key));
    const broken = brokenFlagRule({ ...asked.flags, K: false }, { holdsTGK });
    need('requestedFlagsLegal', () => asked.res === 0 && broken === undefined && asked.flags.D, {
      because: () =>
        broken ?? (asked.flags.D ? 'a reserved bit is set' : 'D = 0 is for a ticket that the KMS did not make'),
    });
    need('requestedPolicyNamesRequester', () => namesRequester(env, requested, input.requester));
    need('requestedValiditySane', () => validitySane(requested, now));
    need('requestedKeysAdequate', () => keysAdequate(A, suite, wanted));
    const ticketAsked = { policy: asked, tpData: requested, sessionKeys: wanted, now };
    const ruling = input.authority.request(A, input.requester, ticketAsked);
    need('requesterAuthorized', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
    const { TPK } = input;
    need('requestedTicketKeyShared', () => TPK !== undefined);
    if (!TPK) throw new RangeError('the check requestedTicketKeyShared cannot be switched off without a TPK');
    const policy = grantPolicy(A, asked, { requested, ruling, kms: input.kms, requester: input.requester });

    const sessionKeys = wanted.map((key) => sessionKey(env, key));
    const MPK = env.source.random(suite.keyLength, 'MPK');
    const { ticket, RAND } = sealTicket(env, policy, {
      TPK,
      keys: [keyData(env, 'MPK', MPK), ...sessionKeys],
    });
    const MPKi = deriveMpk(A, policy.prfFunc, { MPK, RAND, as: 'MPKi' });
    const MPKr = deriveMpk(A, policy.prfFunc, { MPK, RAND, as: 'MPKr' });
    // MPKr goes to the Initiator under key forking only (rfc6043:4.2.1.5-13).
    const mpks = policy.flags.I ? [keyData(env, 'MPK', MPKi), keyData(env, 'MPK', MPKr)] : [keyData(env, 'MPK', MPKi)];
    const T = freshT(A, env.source.now());
    const keys = responseKeyInput(request, input.inkey);
    const KEMAC = sealKeys(A, suite.encrAlg, {
      keying: { ...messageEncrKeys(A, suite.encrAlg, keys), csbId: keys.csbId, t: as64Bits(A, T) },
      keys: [...mpks, ...sessionKeys],
    });
    // REQUEST_RESP = HDR, T, IDRkms, TICKET, KEMAC, V (rfc6043:4.2.1-2).
    const unsigned: Message<B> = {
      header: responseHeader('REQUEST_RESP', request.header),
      payloads: [T, idr('IDRkms', input.kms), ticket, KEMAC],
    };
    const message = appendV(A, unsigned, {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, keys),
      cover: (draft) => responseCoverage(A, draft, request),
    });
    return { message, MPK, MPKi, MPKr, sessionKeys };
  });
}

/** A ticket in the hands of the Initiator, with the keys that came beside it. */
export interface HeldTicket<B> {
  /** As granted: no Initiator Data. */
  readonly ticket: TicketPayload<B>;
  readonly tpData: TpData<B>;
  readonly MPKi: B;
  /** Only under key forking. */
  readonly MPKr: B | undefined;
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  /** Whether it was used in a Ticket Transfer before (rfc6043:5.3). */
  readonly used: boolean;
}

/** The Initiator checks REQUEST_RESP and takes the ticket. */
export function acceptRequestResp<B>(
  env: Env<B>,
  response: Message<B>,
  {
    sent,
    request,
    inkey,
  }: {
    readonly sent: Message<B>;
    readonly request: Pick<TicketRequest<B>, 'initiator' | 'kms' | 'suite' | 'policy'>;
    /** The PSK or the envelope key. */
    readonly inkey: B;
  },
): Outcome<HeldTicket<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    expectType(response, 'REQUEST_RESP');
    const { payloads, header } = response;
    const V = lastV(payloads);
    need('requestRespHeaderEchoed', () => headerEchoed(A, header, { initial: sent.header, map: true }));
    const T = one(payloads, 'T');
    need('requestRespTimestampFresh', () => isFresh(env, T));
    const IDRkms = optional(payloads, 'IDR', idRoles.IDRkms);
    need('requestRespFromAskedKms', () => !IDRkms || sameIdentity(A, IDRkms, request.kms));
    const keys = responseKeyInput(sent, inkey);
    need('requestRespMacValid', () =>
      macHolds(A, V, {
        authKey: messageAuthKey(A, V.authAlg, keys),
        data: responseCoverage(A, response, sent),
      }),
    );
    const ticket = one(payloads, 'TICKET');
    const KEMAC = one(payloads, 'KEMAC');
    need('requestRespAlgorithmsMatch', () => {
      const suite = uniformSuite(response, ticket.policy.prfFunc);
      return suite === request.suite && KEMAC.encrAlg === suite.encrAlg && KEMAC.macAlg === macAlgs.NULL;
    });
    const { flags } = ticket.policy;
    const tpData = readTpData(A, ticket.policy.tpData);
    need('grantedTicketClean', () => tpData.KEMAC === undefined && A.length(ticket.initiatorData) === 0);
    need('grantedPolicyAcceptable', () =>
      grantAcceptable(A, request.policy, { granted: ticket.policy, initiator: request.initiator }),
    );
    const all = openKemac(env, KEMAC, { T, keys });
    const split = splitKeys(A, all, flags.I ? 2 : 1);
    need('grantedKeysComplete', () => split !== undefined);
    need('grantedKeysStrong', () => keysAdequate(A, request.suite, all));
    const [MPKi, MPKr] = split?.mpks ?? [];
    if (!split || !MPKi) throw new RangeError('the check grantedKeysComplete cannot be switched off without keys');
    return { ticket, tpData, MPKi: MPKi.key, MPKr: MPKr?.key, sessionKeys: split.sessionKeys, used: false };
  });
}

/** Opens the KEMAC of a response: the T of the response itself goes into the initialization vector (finding A1). */
function openKemac<B>(
  env: Env<B>,
  KEMAC: KemacPayload<B>,
  { T, keys }: { readonly T: TPayload<B>; readonly keys: MessageKeyInput<B> },
): readonly KeyDataPayload<B>[] {
  const A = env.algebra;
  const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, keys), csbId: keys.csbId, t: as64Bits(A, T) };
  return openKeys(A, KEMAC, keying);
}

/** What the keys of REQUEST_RESP are derived from: the PSK, and CSB ID and RANDRi of the request. */
function responseKeyInput<B>(request: Message<B>, psk: B): MessageKeyInput<B> {
  return {
    prfFunc: request.header.prfFunc,
    inkey: psk,
    direction: 'response',
    csbId: request.header.csbId,
    RANDRi: one(request.payloads, 'RANDR', randRoles.RANDRi).rand,
  };
}

/** The requested TP Data must name its requester: whom else would the Responder believe it to be? (weakness W3) */
function namesRequester<B>(env: Env<B>, requested: TpData<B>, requester: Identity<B>): boolean {
  return requested.IDRi !== undefined && isAmong(env.algebra, requested.IDRi, [requester]);
}
