/**
 * The MAC algorithms of V and KEMAC.
 *
 * Statements: rfc6043:6.2-4, -5; rfc3830:4.2.1-1; rfc3830:4.2.4-1, -5.
 *
 * @module
 * @see [RFC 3830, section 4.2.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.4)
 * @see [RFC 6043, section 6.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2)
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { MikeyError } from '../../model/error.ts';

/**
 * A MAC.
 *
 * NULL is refused: without a MAC nothing authenticates a message (finding B7). Where the RFC demands a NULL MAC, in a KEMAC, nobody asks
 * for one to be computed.
 *
 * @param macAlg - number of the MAC alg
 * @param key - auth_key
 * @param data - what is covered
 * @throws MikeyError ERR_MAC_ALG if the algorithm is not supported
 */
export function computeMac(macAlg: number, key: Uint8Array, { data }: { readonly data: Uint8Array }): Uint8Array {
  if (macAlg === macAlgs['HMAC-SHA-1-160']) return hmac(sha1, key, data);
  if (macAlg === macAlgs['HMAC-SHA-256-256']) return hmac(sha256, key, data);
  throw new MikeyError('ERR_MAC_ALG', `MAC alg ${macAlg} is not supported`, { clause: 'rfc6043:6.2' });
}
