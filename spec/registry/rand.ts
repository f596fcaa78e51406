/**
 * Numbers of the RANDR payload.
 *
 * @module
 * @see [RFC 6043, section 6.8](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.8)
 */
import type { NumberOf } from './nameOf.ts';

/** RAND Role, by its short name: who made the RAND. RFC 6043, Table 6.13 (rfc6043:6.8-2). */
export const randRoles = { RANDRi: 1, RANDRr: 2, RANDRkms: 3 } as const;

/** A registered RAND Role. */
export type RandRole = NumberOf<typeof randRoles>;
