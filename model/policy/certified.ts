/**
 * What the parties of the public-key variants hold: keys, certificates, and whom they trust.
 *
 * Statements: rfc3830:4.2.5-1; rfc3830:4.3.1-1, -2; rfc3830:4.3.2-1.
 *
 * @module
 * @see [RFC 3830, section 4.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.3)
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 */
import type { EnvelopePadding, SignatureHash, TrustPolicy } from '../algebra/publicKeys.ts';

/** A private key and how it signs. */
export interface SigningKey<B> {
  readonly privateKey: B;
  /** S type: which padding. */
  readonly sType: number;
  readonly hash: SignatureHash;
}

/** What a user proves its identity with. */
export interface UserCredential<B> {
  readonly signer: SigningKey<B>;
  /** The user's certificate first, each next one directly certifies the one before. */
  readonly chain: readonly [B, ...B[]];
  /** Whether the KMS is known to have the chain on file: only then it is left out of the message (rfc3830:4.3.1-1). */
  readonly onFile: boolean;
}

/** The key of a KMS, as its users know it. */
export interface KmsCertificate<B> {
  /** The certificate of the KMS first. */
  readonly chain: readonly [B, ...B[]];
  /** How envelope keys are padded for it. */
  readonly padding: EnvelopePadding;
  /** Hash func of the CHASH that names the certificate; undefined: no CHASH, for a KMS that has one key only. */
  readonly hashFunc: number | undefined;
}

/** What a user needs to ask a KMS in the public-key variants. */
export interface PublicKeyAccess<B> {
  readonly own: UserCredential<B>;
  readonly kmsCertificate: KmsCertificate<B>;
  /** Whom the user trusts to certify a KMS. */
  readonly trust: TrustPolicy<B>;
}

/** A key pair of a KMS. */
export interface KmsKeyPair<B> {
  readonly certificate: B;
  readonly privateKey: B;
  readonly padding: EnvelopePadding;
}

/** What a KMS needs to answer in the public-key variants. */
export interface PublicKeyService<B> {
  /** The first one is meant where no CHASH names another. */
  readonly keys: readonly [KmsKeyPair<B>, ...KmsKeyPair<B>[]];
  /** Whom the KMS trusts to certify its users. */
  readonly trust: TrustPolicy<B>;
}
