/**
 * RESOLVE_RESP, the side of the KMS: it opens the ticket, decides who may have the keys, forks them, and answers.
 *
 * Statements: rfc6043:4.2.3-11, -14; rfc6043:4.2.3.5-7, -9, -15, -18, -20, -21.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 * @see [RFC 6043, section 4.2.3.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.5)
 */
import { macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { attempt, type Need, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { forkKey, type Modifier } from '../keys/forkedKeys.ts';
import { deriveMpk } from '../keys/mpk.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfEncr, suiteOfMac, suiteOfPrf } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import { idr, isAmong, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../message/payload.ts';
import { one } from '../message/select.ts';
import { as64Bits, freshT } from '../message/timestamps.ts';
import type { NamedKey } from '../policy/account.ts';
import { brokenFlagRule } from '../policy/flags.ts';
import { readTpData } from '../policy/tpData.ts';
import { appendV } from '../protection/authentication.ts';
import { isValidAt } from '../protection/freshness.ts';
import { isForked, keysAdequate, longestKey, sealKeys, splitKeys } from '../protection/keyTransport.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from '../ticket/baseTicket.ts';
import { initiatorDataHolds } from '../ticket/initiatorData.ts';
import { responseHeader } from './header.ts';
import { keyData } from './newKeys.ts';

/** What the KMS needs to resolve a ticket, besides the request. */
export interface ResolveInput<B> {
  readonly kms: Identity<B>;
  /** The TPK that the ticket names; undefined if the storage found none. */
  readonly TPK: NamedKey<B> | undefined;
  /** The authenticated resolver, its PSK, and the identities for which it is an endpoint. */
  readonly resolver: Identity<B>;
  readonly psk: B;
  readonly endpointOf: readonly Identity<B>[];
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
    const suite = suiteOfPrf(prfFunc);
    const { MPK, RAND, sessionKeys } = openTicket(env, ticket, { TPK: input.TPK, need });
    const holdsTGK = sessionKeys.some((key) => isForked(key));
    const broken = brokenFlagRule(flags, { holdsTGK });
    need('ticketFlagsLegal', () => broken === undefined, { because: () => broken ?? '' });
    need('ticketMadeByKms', () => flags.D);
    const tpData = readTpData(A, policy.tpData);
    need('ticketNamesThisKms', () => !tpData.IDRkms || sameIdentity(A, tpData.IDRkms, input.kms));
    need('ticketValidNow', () => isValidAt(tpData, env.source.now()));
    const may = [input.resolver, ...input.endpointOf];
    need('resolverAuthorized', () => tpData.IDRr.some((identity) => isAmong(A, identity, may)));
    const MPKi = deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKi' });
    const MPKr = deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKr' });
    need('initiatorDataValid', () => !flags.I || initiatorDataHolds(A, ticket.initiatorData, { prfFunc, MPKr }));

    const T = freshT(A, env.source.now());
    const keyInput = responseKeyInput(request, input.psk);
    const modifier = flags.I ? newModifier(env, input.resolver, [MPKr, ...sessionKeys.map((key) => key.key)]) : null;
    const mpks = modifier ? [MPKi, forkKey(A, prfFunc, { inkey: MPKr, as: "MPKr'", modifier })] : [MPKi];
    const keys = [
      ...mpks.map((mpk) => keyData(env, 'MPK', mpk)),
      ...sessionKeys.map((key) => forkSessionKey(env, key, { prfFunc, modifier })),
    ];
    const KEMAC = sealKeys(A, suite.encrAlg, {
      keying: { ...messageEncrKeys(A, suite.encrAlg, keyInput), csbId: keyInput.csbId, t: as64Bits(A, T) },
      keys,
    });
    // RESOLVE_RESP = HDR, T, IDRkms, KEMAC, [IDRr], [RANDRkms], V (rfc6043:4.2.3-6). IDRr is the endpoint that asked
    // (rfc6043:4.2.3.5-17): it makes the forked keys unique together with RANDRkms.
    const unsigned: Message<B> = {
      header: responseHeader('RESOLVE_RESP', request.header),
      payloads: [
        T,
        idr('IDRkms', input.kms),
        KEMAC,
        idr('IDRr', input.resolver),
        ...(modifier ? [{ kind: 'RANDR', role: randRoles.RANDRkms, rand: modifier.RANDRkms } as const] : []),
      ],
    };
    const message = appendV(A, unsigned, {
      macAlg: suite.macAlg,
      authKey: messageAuthKey(A, suite.macAlg, keyInput),
      cover: (draft) => responseCoverage(A, draft, request),
    });
    return { message, modifier, keys };
  });
}

/** Verifies a ticket and opens it: only then its policy and its keys mean anything. */
function openTicket<B>(
  env: Env<B>,
  ticket: TicketPayload<B>,
  { TPK, need }: { readonly TPK: NamedKey<B> | undefined; readonly need: Need },
): { readonly MPK: B; readonly RAND: B; readonly sessionKeys: readonly KeyDataPayload<B>[] } {
  const A = env.algebra;
  const suite = suiteOfPrf(ticket.policy.prfFunc);
  const data = readTicketData(A, ticket);
  need('ticketKeyKnown', () => TPK !== undefined);
  if (!TPK) throw new RangeError('the check ticketKeyKnown cannot be switched off without a TPK');
  need('ticketAlgorithmsMatch', () => {
    const uniform = suiteOfMac(data.V.authAlg) === suite && suiteOfEncr(data.KEMAC.encrAlg) === suite;
    return uniform && data.KEMAC.macAlg === macAlgs.NULL && A.length(TPK.key) >= suite.keyLength;
  });
  need('ticketMacValid', () => ticketMacHolds(A, ticket, { TPK: TPK.key, data }));
  const all = openTicketKeys(A, ticket, { TPK: TPK.key, data });
  const split = splitKeys(A, all, 1);
  need('ticketKeysComplete', () => split !== undefined);
  need('ticketKeysStrong', () => keysAdequate(A, suite, all));
  const MPK = split?.mpks[0];
  if (!split || !MPK) throw new RangeError('the check ticketKeysComplete cannot be switched off without keys');
  const RAND = data.RAND.rand;
  need('ticketRandLongEnough', () => A.length(RAND) >= longestKey(A, [TPK.key, MPK.key]));
  return { MPK: MPK.key, RAND, sessionKeys: split.sessionKeys };
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
