/**
 * Public-key operations over bytes: RSA and X.509, by node:crypto.
 *
 * With these all mandatory transforms of RFC 3830 are there that MIKEY-TICKET can need.
 *
 * Statements: rfc3830:4.2-1; rfc3830:6.8-3; rfc6043:6.7-2.
 *
 * @module
 * @see [RFC 3830, section 4.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2)
 */
import { hashFuncs } from '../../spec/registry/certHash.ts';
import type { CertifiedKey, PublicKeyAlgebra } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import { certificateChainFault } from './certificateChain.ts';
import { openRsaEnvelope, sealRsaEnvelope } from './rsaEnvelope.ts';
import { hashOf } from './rsaPrimitives.ts';
import { rsaSign, rsaSignatureHolds, rsaSignatureLength } from './rsaSignature.ts';
import { parseCertificate } from './x509.ts';

/** The public-key algebra over bytes. It has no state. */
export function createPublicKeyAlgebra(): PublicKeyAlgebra<Uint8Array> {
  return {
    signatureLength: rsaSignatureLength,
    sign: rsaSign,
    signatureHolds: rsaSignatureHolds,
    sealEnvelope: sealRsaEnvelope,
    openEnvelope: openRsaEnvelope,
    certificateHash,
    certifiedKey,
    chainFault: certificateChainFault,
  };
}

/** The hash of a certificate. @throws MikeyError ERR_HASH_FUNC for MD5, whose collisions make two certificates one, and for unknown ones */
function certificateHash(hashFunc: number, certificate: Uint8Array): Uint8Array {
  if (hashFunc === hashFuncs['SHA-256']) return hashOf('sha256', certificate);
  if (hashFunc === hashFuncs['SHA-1']) return hashOf('sha1', certificate);
  throw new MikeyError('ERR_HASH_FUNC', `Hash func ${hashFunc} is not supported`, { clause: 'rfc3830:6.8' });
}

function certifiedKey(certificate: Uint8Array): CertifiedKey<Uint8Array> {
  const { publicKey, uris } = parseCertificate(certificate);
  return { publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })), identities: uris };
}
