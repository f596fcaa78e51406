/**
 * RESOLVE_RESP, the side of whoever asked: a Responder, or a KMS that asked for one of its users.
 *
 * Statements: rfc6043:4.2.3.5-3; rfc6043:4.2.3.6-3.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.6)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Need } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageAuthKey, messageEncrKeys } from '../keys/protectionKeys.ts';
import { responseCoverage } from '../message/coverage.ts';
import { sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TicketPolicy } from '../message/payload.ts';
import { lastV, one, optional } from '../message/select.ts';
import { as64Bits } from '../message/timestamps.ts';
import { macHolds } from '../protection/authentication.ts';
import { isFresh } from '../protection/freshness.ts';
import { isForked, keysAdequate, longestKey, openKeys, splitKeys } from '../protection/keyTransport.ts';
import { expectType, headerEchoed, uniformSuite } from './header.ts';
import { responseKeyInput } from './resolveResp.ts';

/** What RESOLVE_RESP brought. */
export interface ResolvedKeys<B> {
  readonly MPKi: B;
  /** MPKr'; undefined without key forking. */
  readonly MPKr: B | undefined;
  readonly sessionKeys: readonly KeyDataPayload<B>[];
  /** All of them as they came: MPKi, MPKr', session keys. */
  readonly all: readonly KeyDataPayload<B>[];
  /** Undefined if the KMS returned none. */
  readonly IDRr: Identity<B> | undefined;
  /** Undefined without key forking. */
  readonly RANDRkms: B | undefined;
}

/**
 * Checks RESOLVE_RESP and takes the keys out.
 *
 * @param options - RESOLVE_INIT as sent, the KMS that was asked, the PSK or envelope key, the policy of the ticket, for whom the keys
 *   are, and the way to make checks
 */
export function openResolveResp<B>(
  env: Env<B>,
  response: Message<B>,
  options: {
    readonly sent: Message<B>;
    readonly kms: Identity<B>;
    readonly inkey: B;
    readonly policy: TicketPolicy<B>;
    readonly resolver: Identity<B>;
    readonly need: Need;
  },
): ResolvedKeys<B> {
  const A = env.algebra;
  const { sent, need } = options;
  const { flags, prfFunc } = options.policy;
  expectType(response, 'RESOLVE_RESP');
  const { payloads, header } = response;
  const V = lastV(payloads);
  need('resolveRespHeaderEchoed', () => headerEchoed(A, header, { initial: sent.header, map: true }));
  const T = one(payloads, 'T');
  need('resolveRespTimestampFresh', () => isFresh(env, T));
  const IDRkms = optional(payloads, 'IDR', idRoles.IDRkms);
  need('resolveRespFromAskedKms', () => !IDRkms || sameIdentity(A, IDRkms, options.kms));
  const keyInput = responseKeyInput(sent, options.inkey);
  need('resolveRespMacValid', () =>
    macHolds(A, V, {
      authKey: messageAuthKey(A, V.authAlg, keyInput),
      data: responseCoverage(A, response, sent),
    }),
  );
  const KEMAC = one(payloads, 'KEMAC');
  const suite = uniformSuite(response, prfFunc);
  need(
    'resolveRespAlgorithmsMatch',
    () => suite !== undefined && KEMAC.encrAlg === suite.encrAlg && KEMAC.macAlg === macAlgs.NULL,
  );
  const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, keyInput), csbId: keyInput.csbId, t: as64Bits(A, T) };
  const all = openKeys(A, KEMAC, keying);
  const split = splitKeys(A, all, flags.I ? 2 : 1);
  need('resolvedKeysComplete', () => split !== undefined);
  need('resolvedKeysStrong', () => suite !== undefined && keysAdequate(A, suite, all));
  const [MPKi, MPKr] = split?.mpks.map((mpk) => mpk.key) ?? [];
  if (!split || MPKi === undefined) throw new RangeError('resolvedKeysComplete cannot be switched off without keys');
  const { sessionKeys } = split;
  const IDRr = optional(payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  need('resolvedModifierPresent', () => {
    if (!flags.I) return true;
    const forked = [...(MPKr === undefined ? [] : [MPKr]), ...sessionKeys.filter(isForked).map((key) => key.key)];
    return IDRr !== undefined && RANDRkms !== undefined && A.length(RANDRkms) >= longestKey(A, forked);
  });
  need('resolvedIdentityMine', () => !IDRr || sameIdentity(A, IDRr, options.resolver));
  return { MPKi, MPKr, sessionKeys, all, IDRr, RANDRkms: flags.I ? RANDRkms : undefined };
}
