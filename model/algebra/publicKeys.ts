/**
 * What a protocol step may do with public keys: the part of the seam that only the public-key variants need.
 *
 * Keys and certificates are bit strings. Over bytes: SubjectPublicKeyInfo, PKCS #8 and X.509, each in DER. Over terms: constructors.
 *
 * @module
 * @see [RFC 3830, section 4.2.5](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.5)
 * @see [RFC 3830, section 4.2.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.6)
 * @see [RFC 3830, section 4.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.3)
 */
import type { Instant } from './algebra.ts';

/** The hash below a signature, which no field of a message states (finding A20). */
export type SignatureHash = 'sha1' | 'sha256';

/**
 * How an envelope key is padded before RSA encryption. No field of a message states it: it belongs to the certificate
 * (rfc3830:4.2.5-1). `OAEP` has the defaults of PKCS #1, SHA-1 and no label, where SHA-1 is as good as any hash.
 */
export type EnvelopePadding = 'PKCS#1 v1.5' | 'OAEP' | 'OAEP, SHA-256';

/** What a key is used for, in the words of X.509. */
export type KeyUse = 'digitalSignature' | 'keyEncipherment';

/** What a certificate says: the key, and whose it is. */
export interface CertifiedKey<B> {
  readonly publicKey: B;
  /** ID Data of the URIs that the certificate is for, in its order. */
  readonly identities: readonly B[];
}

/** The local policy about certificates (RFC 3830, 4.3.1 and 4.3.2). */
export interface TrustPolicy<B> {
  /** Certificates trusted for what they issue. A peer's own certificate may stand here too: that peer is trusted by configuration. */
  readonly roots: readonly B[];
  /** Certificates that no chain may contain: revoked or shut out. Looked at each time a chain is validated. */
  readonly excluded: readonly B[];
}

/** Operations with public keys. */
export interface PublicKeyAlgebra<B> {
  /** Length in octets of the signatures that a private key makes. */
  signatureLength(privateKey: B): number;
  /**
   * Signs.
   *
   * @param sType - S type of the SIGN payload
   * @param privateKey - the signer's
   * @param options - hash, `data` that is covered, and `random` octets for the salt of PSS
   * @throws MikeyError ERR_CERTIFICATE if the S type is not supported
   */
  sign(
    sType: number,
    privateKey: B,
    options: { readonly hash: SignatureHash; readonly data: B; readonly random: (length: number) => B },
  ): B;
  /** Whether a signature holds; false for anything that is no signature, and for an S type that is not supported. */
  signatureHolds(
    sType: number,
    publicKey: B,
    options: { readonly hash: SignatureHash; readonly data: B; readonly signature: B },
  ): boolean;
  /**
   * Encrypts an envelope key for a PKE payload.
   *
   * @param options - `envelopeKey`, and fresh `random` octets for the padding, by their number
   * @throws MikeyError ERR_KEY_LENGTH if the envelope key is too long for the modulus
   */
  sealEnvelope(
    padding: EnvelopePadding,
    publicKey: B,
    options: { readonly envelopeKey: B; readonly random: (length: number) => B },
  ): B;
  /**
   * Decrypts an envelope key. What does not open to a key of a length within bounds gives, always and in the same time, a key that
   * nobody else can know, so that the sender learns nothing (implicit rejection): it fails where a wrong key fails.
   *
   * @param options - `data` of the PKE payload; `least` and `most` octets that the key may have
   * @returns undefined only if the data cannot be of this key at all, which anybody can tell who has the public key
   */
  openEnvelope(
    padding: EnvelopePadding,
    privateKey: B,
    options: { readonly data: B; readonly least: number; readonly most: number },
  ): B | undefined;
  /**
   * The hash of a certificate for a CHASH payload.
   *
   * @throws MikeyError ERR_HASH_FUNC if the function is not supported; MD5 is not
   */
  certificateHash(hashFunc: number, certificate: B): B;
  /**
   * Reads a certificate, without any judgement about it.
   *
   * @throws MikeyError ERR_CERTIFICATE if it is none, or not of an RSA key
   */
  certifiedKey(certificate: B): CertifiedKey<B>;
  /**
   * Validates a certificate chain up to a root.
   *
   * @param chain - the holder's certificate first, each next one directly certifies the one before
   * @param options - the local policy, the time at which all must be valid, and what the first key is to be used for
   * @returns what is wrong, for a person; undefined if the chain holds
   */
  chainFault(
    chain: readonly B[],
    options: { readonly trust: TrustPolicy<B>; readonly at: Instant; readonly use: KeyUse },
  ): string | undefined;
}
