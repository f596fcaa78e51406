/**
 * What a user shares with a KMS, and what the KMS's storage knows about its owner.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.2)
 */
import type { Identity } from '../message/identity.ts';

/** A named symmetric key: a PSK with its IDRpsk, or a TPK with the IDRpsk that a ticket holds. */
export interface NamedKey<B> {
  /** What IDRpsk says. */
  readonly id: Identity<B>;
  readonly key: B;
}

/** The owner of a PSK, as the storage of the KMS answers for it. Only the storage holds it: the KMS keeps no state of its own. */
export interface Account<B> {
  /** The PSK. */
  readonly key: B;
  /** The identities that the owner may speak for; the first one stands in where IDRi or IDRr is left out. */
  readonly identities: readonly [Identity<B>, ...Identity<B>[]];
  /** Identities in tickets for which the owner is an endpoint, such as the user that a device belongs to. */
  readonly endpointOf: readonly Identity<B>[];
  /** Whether the owner may have tickets. */
  readonly mayRequest: boolean;
}
