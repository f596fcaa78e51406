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
  /**
   * The identities that the owner may speak for; the first one stands in where IDRi or IDRr is left out. Of a partner KMS: its own
   * identity; whom else it may speak for is a matter of policy.
   */
  readonly identities: readonly [Identity<B>, ...Identity<B>[]];
  /** Whether the owner is a partner KMS, which forwards what its users ask (RFC 6043, 10). */
  readonly isKms: boolean;
}

/** A TPK, as the storage of a KMS, or of an endpoint that resolves tickets itself, answers for it. */
export interface TicketKey<B> extends NamedKey<B> {
  /** The identities of the user that shares it, and so can make tickets with it (modes 3 and 4); undefined for a key of the KMS. */
  readonly maker: readonly [Identity<B>, ...Identity<B>[]] | undefined;
}

/** A partner KMS and the key shared with it. */
export interface Partner<B> {
  readonly identity: Identity<B>;
  /** Under which this KMS asks the partner. */
  readonly psk: NamedKey<B>;
}
