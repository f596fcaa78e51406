/**
 * Session keys that a party of a scenario brings along.
 *
 * @module
 * @see [RFC 6043, section 8](https://www.rfc-editor.org/rfc/rfc6043.html#section-8)
 */
import type { SessionKeyType } from '../exchange/newKeys.ts';
import { newSessionKeys } from '../exchange/suppliedKeys.ts';
import type { Env } from '../guard/profile.ts';
import type { Suite } from '../keys/suite.ts';
import type { KeyDataPayload } from '../message/payload.ts';
import type { SrtpPolicy } from '../policy/securityPolicy.ts';

/** Session keys that a side brings to a call, as for content that is encrypted already. */
export function suppliedKeys<B>(
  env: Env<B>,
  types: readonly SessionKeyType[],
  { suite, policies }: { readonly suite: Suite; readonly policies: readonly SrtpPolicy[] },
): readonly KeyDataPayload<B>[] {
  const { keyLength } = suite;
  return newSessionKeys(env, types, { length: keyLength, tekLength: policies[0]?.keyLength ?? keyLength });
}
