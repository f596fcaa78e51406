/**
 * Making and verifying CSB updates in one reading or another.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { CheckName } from '../../model/guard/catalogue.ts';
import type { Env, Profile } from '../../model/guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../model/message/coverage.ts';
import type { Identity } from '../../model/message/identity.ts';
import type { Message } from '../../model/message/message.ts';
import { lastV } from '../../model/message/select.ts';
import { appendV, macHolds } from '../../model/protection/authentication.ts';
import { bytes } from '../run/byteRun.ts';
import { envOf } from './lab.ts';

/** What a party works with, with some checks left out. */
export function envWith(name: string, profile: Profile, without: readonly CheckName[] = []): Env<Uint8Array> {
  return { ...envOf(name), profile: { ...profile, without: new Set([...profile.without, ...without]) } };
}

/** A message with V made anew, over identities in the given order. */
export function signed(
  message: Message<Uint8Array>,
  keyInput: MessageKeyInput<Uint8Array>,
  identities: readonly Identity<Uint8Array>[],
): Message<Uint8Array> {
  const { authAlg: macAlg } = lastV(message.payloads);
  return appendV(
    bytes,
    { header: message.header, payloads: message.payloads.filter(({ kind }) => kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, keyInput),
      cover: (draft) => transferInitCoverage(bytes, draft, identities),
    },
  );
}

/** Whether V holds for somebody who reads the standard in this way. */
export function vHolds(
  message: Message<Uint8Array>,
  keyInput: MessageKeyInput<Uint8Array>,
  identities: readonly Identity<Uint8Array>[],
): boolean {
  const V = lastV(message.payloads);
  return macHolds(bytes, V, {
    authKey: messageAuthKey(bytes, V.authAlg, keyInput),
    data: transferInitCoverage(bytes, message, identities),
  });
}
