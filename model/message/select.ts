/**
 * Finding payloads in a chain. A receiver looks payloads up by kind and role and so ignores unexpected ones, as the RFC
 * asks; what must be there once and only once is an error otherwise.
 *
 * Statements: rfc6043:6.10-50, -73; rfc6043:A-4.
 *
 * @module
 * @see [RFC 6043, section 4.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2)
 */
import { MikeyError } from '../error.ts';
import type { Payload, PayloadKind } from './payload.ts';

/** The payload type of one kind. */
export type PayloadOf<B, K extends PayloadKind> = Extract<Payload<B>, { readonly kind: K }>;

/** All payloads of a kind, in order; with `role`, those of that role. */
export function all<B, K extends PayloadKind>(
  chain: readonly Payload<B>[],
  kind: K,
  role?: number,
): readonly PayloadOf<B, K>[] {
  return chain.filter(
    (payload): payload is PayloadOf<B, K> =>
      payload.kind === kind && (role === undefined || ('role' in payload && payload.role === role)),
  );
}

/**
 * The payload of a kind, if there is one.
 *
 * @throws MikeyError ERR_DUPLICATE_PAYLOAD if there are several: which of them counts would be anybody's guess
 */
export function optional<B, K extends PayloadKind>(
  chain: readonly Payload<B>[],
  kind: K,
  role?: number,
): PayloadOf<B, K> | undefined {
  const found = all(chain, kind, role);
  if (found.length > 1)
    throw new MikeyError('ERR_DUPLICATE_PAYLOAD', `${kind}${roleText(role)} comes ${found.length} times`);
  return found[0];
}

/**
 * The payload of a kind.
 *
 * @throws MikeyError ERR_MISSING_PAYLOAD or ERR_DUPLICATE_PAYLOAD
 */
export function one<B, K extends PayloadKind>(chain: readonly Payload<B>[], kind: K, role?: number): PayloadOf<B, K> {
  const found = optional(chain, kind, role);
  if (found === undefined) throw new MikeyError('ERR_MISSING_PAYLOAD', `${kind}${roleText(role)} is missing`);
  return found;
}

/**
 * The V payload that ends a message.
 *
 * @throws MikeyError ERR_MISSING_PAYLOAD if the message does not end in V, or V also stands elsewhere
 */
export function lastV<B>(chain: readonly Payload<B>[]): PayloadOf<B, 'V'> {
  const v = one(chain, 'V');
  if (chain.at(-1) !== v) throw new MikeyError('ERR_MISSING_PAYLOAD', 'V is not the last payload');
  return v;
}

/**
 * The SIGN payload that ends a message.
 *
 * @throws MikeyError ERR_MISSING_PAYLOAD if the message does not end in SIGN, or SIGN also stands elsewhere
 */
export function lastSign<B>(chain: readonly Payload<B>[]): PayloadOf<B, 'SIGN'> {
  const sign = one(chain, 'SIGN');
  if (chain.at(-1) !== sign) throw new MikeyError('ERR_MISSING_PAYLOAD', 'SIGN is not the last payload');
  return sign;
}

function roleText(role: number | undefined): string {
  return role === undefined ? '' : ` of role ${role}`;
}
