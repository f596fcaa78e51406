/**
 * RESOLVE_RESP, the side of the KMS: it opens the ticket, decides who may have the keys, forks them, and answers.
 *
 * Statements: rfc6043:4.2.3-11, -14; rfc6043:4.2.3.5-7, -9, -15, -18, -20, -21.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 * @see [RFC 6043, section 4.2.3.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.5)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { forkKey, type Modifier } from '../keys/forkedKeys.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import { idr, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import { one } from '../message/select.ts';
import { as64Bits, freshT } from '../message/timestamps.ts';
import type { Algebra } from '../algebra/algebra.ts';
import type { TicketKey } from '../policy/account.ts';
import type { Authority, TicketInQuestion } from '../policy/authority.ts';
import { readTpData } from '../policy/tpData.ts';
import { appendV } from '../protection/authentication.ts';
import { isValidNow } from '../protection/freshness.ts';
import { isForked, longestKey, sealKeys } from '../protection/keyTransport.ts';
import { needRightMaker, openTicket } from '../ticket/openTicket.ts';
import { initiatorDataHolds } from '../ticket/initiatorData.ts';
import { responseHeader } from './header.ts';
import { keyData } from './newKeys.ts';

/** What the KMS needs to resolve a ticket, besides the request. */
export interface ResolveInput<B> {
  readonly kms: Identity<B>;
  readonly authority: Authority;
  /** The TPK that the ticket names; undefined if the storage found none. */
  readonly TPK: TicketKey<B> | undefined;
  /** Who is to have the keys, and the partner KMS that asks for it, if one does. */
  readonly resolver: Identity<B>;
  readonly partner: Identity<B> | undefined;
  /** The PSK or envelope key that protects the response. */
  readonly inkey: B;
}

/** A resolved ticket: the response, and what went into it, for the KMS's own books in simulations. */
export interface Resolved<B> {
  readonly message: Message<B>;
  /** Null without key forking. */
  readonly modifier: Modifier<B> | null;
  readonly keys: readonly KeyDataPayload<B>[];
}

/** The KMS resolves a ticket for an authenticated resolver. */
export function resolveTicket<B>(env: Env<B>, request: Message<B>, input: ResolveInput<B>): Outcome<Resolved<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const ticket = one(request.payloads, 'TICKET');
    const { policy } = ticket;
    const { flags, prfFunc } = policy;
    const { MPKi, MPKr, sessionKeys } = openTicket(env, ticket, { TPK: input.TPK, need });
    const tpData = readTpData(A, policy.tpData);
    const now = env.source.now();
    const question: TicketInQuestion<B> = { policy, tpData, sessionKeys, now };
    checkMaker(A, question, { input, need });
    need('ticketNamesThisKms', () => !tpData.IDRkms || sameIdentity(A, tpData.IDRkms, input.kms));
    need('ticketValidNow', () => isValidNow(env, tpData));
    const ruling = input.authority.resolve(A, input.resolver, question, { partner: input.partner });
    need('resolverAuthorized', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
    need('initiatorDataValid', () => !flags.I || initiatorDataHolds(A, ticket.initiatorData, { prfFunc, MPKr }));

    const modifier = flags.I ? newModifier(env, input.resolver, [MPKr, ...sessionKeys.map((key) => key.key)]) : null;
    const mpks = modifier ? [MPKi, forkKey(A, prfFunc, { inkey: MPKr, as: "MPKr'", modifier })] : [MPKi];
    const keys = [
      ...mpks.map((mpk) => keyData(env, 'MPK', mpk)),
      ...sessionKeys.map((key) => forkSessionKey(env, key, { prfFunc, modifier })),
    ];
    const message = buildResolveResp(env, request, {
      kms: input.kms,
      inkey: input.inkey,
      IDRr: input.resolver,
      RANDRkms: modifier?.RANDRkms,
      keys,
    });
    return { message, modifier, keys };
  });
}

/** Who made the ticket: the KMS, if its own TPK seals it; the user that shares the TPK, if it may make tickets. */
function checkMaker<B>(
  A: Algebra<B>,
  question: TicketInQuestion<B>,
  { input, need }: { readonly input: ResolveInput<B>; readonly need: Need },
): void {
  const maker = input.TPK?.maker;
  const { policy, tpData } = question;
  needRightMaker(A, { policy, tpData, TPK: { maker }, need });
  if (!maker) return;
  const { IDRi } = tpData;
  const ruling = input.authority.create(A, IDRi ?? maker[0], question);
  need('ticketMakerAuthorized', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });
}

/** What goes into RESOLVE_RESP. */
export interface ResolveRespContent<B> {
  readonly kms: Identity<B>;
  readonly inkey: B;
  /** The endpoint that is to answer the call (rfc6043:4.2.3.5-17): it makes the forked keys unique together with RANDRkms. */
  readonly IDRr: Identity<B>;
  /** Undefined without key forking. */
  readonly RANDRkms: B | undefined;
  /** MPKi, with key forking MPKr', then the session keys. */
  readonly keys: readonly KeyDataPayload<B>[];
}

/** RESOLVE_RESP = HDR, T, IDRkms, KEMAC, [IDRr], [RANDRkms], V (rfc6043:4.2.3-6). */
export function buildResolveResp<B>(env: Env<B>, request: Message<B>, content: ResolveRespContent<B>): Message<B> {
  const A = env.algebra;
  // One strength for the whole run (rfc6043:12.1-11): the request was checked to have that of the ticket.
  const suite = suiteOfPrf(request.header.prfFunc);
  const T = freshT(A, env.source.now());
  const keyInput = responseKeyInput(request, content.inkey);
  const KEMAC = sealKeys(A, suite.encrAlg, {
    keying: { ...messageEncrKeys(A, suite.encrAlg, keyInput), csbId: keyInput.csbId, t: as64Bits(A, T) },
    keys: content.keys,
  });
  const { RANDRkms } = content;
  const unsigned: Message<B> = {
    header: responseHeader('RESOLVE_RESP', request.header),
    payloads: [
      T,
      idr('IDRkms', content.kms),
      KEMAC,
      idr('IDRr', content.IDRr),
      ...(RANDRkms === undefined ? [] : [{ kind: 'RANDR', role: randRoles.RANDRkms, rand: RANDRkms } as const]),
    ],
  };
  return appendV(A, unsigned, {
    macAlg: suite.macAlg,
    authKey: messageAuthKey(A, suite.macAlg, keyInput),
    cover: (draft) => responseCoverage(A, draft, request),
  });
}

/** IDRr and a fresh RANDRkms, as long as the longest key that it forks (rfc6043:12.1-6). */
function newModifier<B>(env: Env<B>, resolver: Identity<B>, forked: readonly B[]): Modifier<B> {
  const length = longestKey(env.algebra, forked);
  return { idData: resolver.data, RANDRkms: env.source.random(length, 'RANDRkms') };
}

/** Forks a TGK; TEK and GTGK stay as they are, and salts too (rfc6043:5.1.1-1, rfc6043:5.1.1-2; finding C3). */
export function forkSessionKey<B>(
  env: Env<B>,
  key: KeyDataPayload<B>,
  { prfFunc, modifier }: { readonly prfFunc: number; readonly modifier: Modifier<B> | null },
): KeyDataPayload<B> {
  if (!modifier || !isForked(key)) return key;
  return { ...key, key: forkKey(env.algebra, prfFunc, { inkey: key.key, as: "TGK'", modifier }) };
}

/** What the keys of RESOLVE_RESP are derived from: the PSK, and CSB ID and RANDRr of the request. */
export function responseKeyInput<B>(request: Message<B>, psk: B): MessageKeyInput<B> {
  return {
    prfFunc: request.header.prfFunc,
    inkey: psk,
    direction: 'response',
    csbId: request.header.csbId,
    RANDRr: one(request.payloads, 'RANDR', randRoles.RANDRr).rand,
  };
}
