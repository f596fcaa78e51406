/**
 * What REQUEST_INIT and RESOLVE_INIT have in common, in the pre-shared key and in the public-key variant: the payloads that both have,
 * and the checks that a KMS makes before it looks for any key.
 *
 * Statements: rfc6043:4.2.1.1-1, -2; rfc6043:4.2.3.1-1, -2.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.1)
 * @see [RFC 6043, section 4.2.3.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.1)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { CheckName } from '../guard/catalogue.ts';
import type { Need } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Suite } from '../keys/suite.ts';
import { idr, sameIdentity, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { CertPayload, TicketPayload, TpPayload } from '../message/payload.ts';
import { one, optional } from '../message/select.ts';
import { freshT } from '../message/timestamps.ts';
import { isFresh } from '../protection/freshness.ts';
import { expectType, initialHeader, uniformSuite, type TicketMessageType } from './header.ts';

/** In what REQUEST_INIT and RESOLVE_INIT differ. */
export interface InitShape {
  readonly rand: 'RANDRi' | 'RANDRr';
  readonly party: 'IDRi' | 'IDRr';
  readonly carries: 'TP' | 'TICKET';
  /** The names of the checks that the KMS makes before it looks for any key. */
  readonly checks: Readonly<Record<'mapEmpty' | 'timestampFresh' | 'algorithmsMatch' | 'namesThisKms', CheckName>>;
}

/** REQUEST_INIT. */
export const requestInitShape: InitShape = {
  rand: 'RANDRi',
  party: 'IDRi',
  carries: 'TP',
  checks: {
    mapEmpty: 'requestMapEmpty',
    timestampFresh: 'requestTimestampFresh',
    algorithmsMatch: 'requestAlgorithmsMatch',
    namesThisKms: 'requestNamesThisKms',
  },
};

/** RESOLVE_INIT. */
export const resolveInitShape: InitShape = {
  rand: 'RANDRr',
  party: 'IDRr',
  carries: 'TICKET',
  checks: {
    mapEmpty: 'resolveMapEmpty',
    timestampFresh: 'resolveTimestampFresh',
    algorithmsMatch: 'resolveAlgorithmsMatch',
    namesThisKms: 'resolveNamesThisKms',
  },
};

/** What an initial message to the KMS is made of. */
export interface InitInput<B> {
  readonly type: TicketMessageType;
  readonly suite: Suite;
  readonly party: Identity<B>;
  readonly kms: Identity<B>;
  readonly carried: TpPayload<B> | TicketPayload<B>;
  /** Length of the PSK or envelope key in octets: the RAND alone must be as long, as no other takes part (rfc6043:12.1-5; finding B1). */
  readonly keyLength: number;
  /** Certificates of the party; they follow its identity. */
  readonly certificates?: readonly CertPayload<B>[];
}

/** The start of the message, HDR, T, RANDR, IDR, {CERT}, IDRkms, TP or TICKET, and the RAND in it. */
export function draftInit<B>(
  env: Env<B>,
  shape: InitShape,
  input: InitInput<B>,
): { readonly message: Message<B>; readonly RAND: B } {
  const { suite } = input;
  const header = initialHeader(env, input.type, { v: true, prfFunc: suite.prfFunc, map: { type: 'Empty map' } });
  const RAND = env.source.random(Math.max(input.keyLength, suite.keyLength), shape.rand);
  const message: Message<B> = {
    header,
    payloads: [
      freshT(env.algebra, env.source.now()),
      { kind: 'RANDR', role: randRoles[shape.rand], rand: RAND },
      idr(shape.party, input.party),
      ...(input.certificates ?? []),
      idr('IDRkms', input.kms),
      input.carried,
    ],
  };
  return { message, RAND };
}

/**
 * Checks what needs no key.
 *
 * @param options - `need` of the step, the type that it handles, the KMS's identity, and how to find the payload that must come last
 * @returns who the sender says it is, if it says so
 */
export function admitInit<B>(
  env: Env<B>,
  message: Message<B>,
  options: {
    readonly need: Need;
    readonly shape: InitShape;
    readonly type: TicketMessageType;
    readonly kms: Identity<B>;
    readonly last: (payloads: Message<B>['payloads']) => unknown;
  },
): Identity<B> | undefined {
  const { need, shape } = options;
  expectType(message, options.type);
  const { payloads, header } = message;
  options.last(payloads);
  one(payloads, 'RANDR', randRoles[shape.rand]);
  const { policy } = one(payloads, shape.carries);
  need(shape.checks.mapEmpty, () => header.map.type === 'Empty map');
  need(shape.checks.timestampFresh, () => isFresh(env, one(payloads, 'T')));
  need(shape.checks.algorithmsMatch, () => uniformSuite(message, policy.prfFunc) !== undefined);
  const IDRkms = optional(payloads, 'IDR', idRoles.IDRkms);
  need(shape.checks.namesThisKms, () => !IDRkms || sameIdentity(env.algebra, IDRkms, options.kms));
  return optional(payloads, 'IDR', idRoles[shape.party]);
}
