/**
 * Identities as the protocol compares them: ID Type and ID Data, octet for octet.
 *
 * @module
 * @see [RFC 6043, section 6.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.6)
 */
import { idRoles, idTypes } from '../../spec/registry/identities.ts';
import type { Algebra } from '../algebra/algebra.ts';
import type { IdrPayload } from './payload.ts';

/** Who somebody is, or which key is meant. */
export interface Identity<B> {
  /** ID Type, 8 bits. */
  readonly idType: number;
  /** ID Data. */
  readonly data: B;
}

/** A SIP URI as an identity of type URI. */
export function uri<B>(A: Algebra<B>, value: string): Identity<B> {
  return { idType: idTypes.URI, data: A.text(value) };
}

/** A name of a key as an identity of type byte string (RFC 6043, 6.5). */
export function keyName<B>(A: Algebra<B>, value: string): Identity<B> {
  return { idType: idTypes['Byte string'], data: A.text(value) };
}

/** Whether two identities are the same: type and data, no normalisation (finding A6). */
export function sameIdentity<B>(A: Algebra<B>, a: Identity<B>, b: Identity<B>): boolean {
  return a.idType === b.idType && A.equal(a.data, b.data);
}

/** Whether an identity is in a list. */
export function isAmong<B>(A: Algebra<B>, identity: Identity<B>, list: readonly Identity<B>[]): boolean {
  return list.some((candidate) => sameIdentity(A, identity, candidate));
}

/** An IDR payload. @param role - one of {@link idRoles} */
export function idr<B>(role: keyof typeof idRoles, identity: Identity<B>): IdrPayload<B> {
  return { kind: 'IDR', role: idRoles[role], idType: identity.idType, data: identity.data };
}
