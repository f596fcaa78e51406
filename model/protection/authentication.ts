/**
 * Appending the V payload to a message, and verifying it.
 *
 * Statements: rfc3830:5.2-1, -3.
 *
 * @module
 * @see [RFC 3830, section 5.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.2)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import type { Algebra } from '../algebra/algebra.ts';
import type { Message } from '../message/message.ts';
import type { VPayload } from '../message/payload.ts';

/**
 * Ends a message with V. First V stands there without its MAC, then the MAC is computed over what `cover` makes of that and put
 * in (rfc3830:5.2).
 *
 * @param message - the message without V
 * @param options - MAC algorithm, auth_key, and the coverage of the message
 */
export function appendV<B>(
  A: Algebra<B>,
  message: Message<B>,
  options: { readonly macAlg: number; readonly authKey: B; readonly cover: (draft: Message<B>) => B },
): Message<B> {
  const withMac = (mac: B): Message<B> => ({
    header: message.header,
    payloads: [...message.payloads, { kind: 'V', authAlg: options.macAlg, mac }],
  });
  const data = options.cover(withMac(A.octets('')));
  return withMac(A.mac(options.macAlg, options.authKey, { data }));
}

/** Whether a V payload holds the MAC of `data`. */
export function macHolds<B>(
  A: Algebra<B>,
  v: VPayload<B>,
  { authKey, data }: { readonly authKey: B; readonly data: B },
): boolean {
  return A.equal(A.mac(v.authAlg, authKey, { data }), v.mac);
}
