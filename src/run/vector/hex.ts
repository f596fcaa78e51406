/**
 * Octets as text.
 *
 * @module
 */

/** Octets in lower-case hexadecimal. */
export function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
