/**
 * What a run needs for the public-key variants: who issues certificates. Over bytes that is X.509, over terms a constructor.
 *
 * @module
 * @see [RFC 3830, section 4.3.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.3.2)
 */
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { PublicKeyAlgebra, TrustPolicy } from '../algebra/publicKeys.ts';
import type { PublicKeyAccess, PublicKeyService } from '../policy/certified.ts';

/** A key pair and its certificates, the holder's own first. */
export interface Certified<B> {
  readonly privateKey: B;
  readonly chain: readonly [B, ...B[]];
}

/** Who issues certificates. */
export interface Infrastructure<B> {
  readonly algebra: PublicKeyAlgebra<B>;
  readonly trust: TrustPolicy<B>;
  /**
   * Issues a certificate with a new key pair.
   *
   * @param identity - the URI that it is for
   */
  certify(name: string, identity: string): Certified<B>;
}

/** How envelope keys are padded in runs. */
const padding = 'PKCS#1 v1.5';

/** What a user asks its KMS with. */
export function accessOf<B>(
  trust: TrustPolicy<B>,
  { user, kms }: { readonly user: Certified<B>; readonly kms: Certified<B> },
): PublicKeyAccess<B> {
  return {
    own: {
      signer: { privateKey: user.privateKey, sType: sTypes['RSA/PKCS#1/1.5'], hash: 'sha256' },
      chain: user.chain,
      onFile: false,
    },
    kmsCertificate: { chain: kms.chain, padding, hashFunc: hashFuncs['SHA-256'] },
    trust,
  };
}

/** What a KMS answers with. */
export function serviceOf<B>(trust: TrustPolicy<B>, kms: Certified<B>): PublicKeyService<B> {
  const [certificate] = kms.chain;
  return { keys: [{ certificate, privateKey: kms.privateKey, padding }], trust };
}
