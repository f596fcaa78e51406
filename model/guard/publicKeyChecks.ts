/**
 * The checks that only the public-key variants of REQUEST_INIT and RESOLVE_INIT make, and that of a signed Error message. The others they
 * share with the pre-shared key variants.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 * @see [RFC 6043, section 4.2.3.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.3)
 */
import type { Check } from './check.ts';

/** Checks made in the public-key variants, in the order in which they are made. */
export const publicKeyChecks = {
  // Initiator and Responder, before they seal an envelope key.
  kmsCertificateValid: {
    demand: 'the certificate of the KMS is valid now, up to a trusted root, for encryption',
    clauses: ['rfc3830:4.3.2-1', 'rfc6043:4.2.1.3-6', 'rfc6043:4.2.3.3-6'],
    code: 'ERR_CERTIFICATE',
  },
  kmsCertificateNamesKms: {
    demand: 'the certificate of the KMS is for the KMS that is asked',
    clauses: ['rfc6043:4.2.1.3-6', 'rfc6043:4.2.3.3-6'],
    code: 'ERR_IDENTITY',
  },
  // The KMS on REQUEST_INIT_PK, before it looks for any key.
  requestCertificateTypesUsable: {
    demand: 'every CERT of REQUEST_INIT_PK is an X.509v3 certificate for signatures, not the address of one',
    clauses: ['rfc6043:4.2.1.3-3', 'rfc3830:6.7-5'],
    code: 'ERR_CERTIFICATE',
  },
  requestSignatureTypeKnown: {
    demand: 'S type of REQUEST_INIT_PK is RSA with PKCS #1 v1.5 or PSS',
    clauses: ['rfc3830:4.2.6-2', 'rfc3830:4.2.6-3'],
    code: 'ERR_CERTIFICATE',
  },
  requestEnvelopeNotCached: {
    demand: 'PKE of REQUEST_INIT_PK does not ask for the envelope key to be cached',
    clauses: ['rfc3830:6.3-3', 'rfc3830:6.3-4'],
    code: 'ERR_MALFORMED',
  },
  // The KMS on REQUEST_INIT_PK, with certificates and keys at hand.
  requesterCertificateKnown: {
    demand: 'REQUEST_INIT_PK has a certificate of the Initiator, or one is on file',
    clauses: ['rfc6043:4.2.1.3-1', 'rfc6043:4.2.1.3-2'],
    code: 'ERR_CERTIFICATE',
  },
  requesterCertificateValid: {
    demand:
      'the certificate chain of the Initiator is valid now, each directly issued by the next, up to a trusted root',
    clauses: ['rfc6043:4.2.1.3-5', 'rfc6043:4.2.1.3-4', 'rfc3830:4.3.2-1'],
    code: 'ERR_CERTIFICATE',
  },
  requestKmsKeyKnown: {
    demand: 'CHASH of REQUEST_INIT_PK, if there, names a certificate of this KMS',
    clauses: ['rfc6043:4.2.1.3-7', 'rfc3830:6.8-3'],
    code: 'ERR_CERTIFICATE',
  },
  requestSignatureValid: {
    demand: 'SIGN of REQUEST_INIT_PK verifies over the message, Identity_i and Identity_kms',
    clauses: ['rfc6043:4.2.1.3-8', 'rfc6043:4.2.1-6', 'rfc6043:5.5-2', 'rfc6043:5.5-7'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  requesterCertified: {
    demand: 'IDRi of REQUEST_INIT_PK is one of the identities that its certificate is for',
    clauses: ['rfc6043:4.2.1-4', 'W3'],
    code: 'ERR_IDENTITY',
  },
  requestEnvelopeFits: {
    demand: 'PKE of REQUEST_INIT_PK is a number below the modulus of the named key, and as long',
    clauses: ['rfc6043:4.2.1.3-6', 'rfc3830:6.3-6'],
    code: 'ERR_AUTH_FAILED',
  },
  requestEnvelopeNotReplayed: {
    demand: 'PKE, RANDRi and CSB ID of REQUEST_INIT_PK have not been seen together before, under whatever signature',
    clauses: ['W1', 'rfc3830:5.4-3'],
    code: 'ERR_REPLAY',
  },
  // The KMS on RESOLVE_INIT_PK, before it looks for any key.
  resolveCertificateTypesUsable: {
    demand: 'every CERT of RESOLVE_INIT_PK is an X.509v3 certificate for signatures, not the address of one',
    clauses: ['rfc6043:4.2.3.3-3', 'rfc3830:6.7-5'],
    code: 'ERR_CERTIFICATE',
  },
  resolveSignatureTypeKnown: {
    demand: 'S type of RESOLVE_INIT_PK is RSA with PKCS #1 v1.5 or PSS',
    clauses: ['rfc3830:4.2.6-2', 'rfc3830:4.2.6-3'],
    code: 'ERR_CERTIFICATE',
  },
  resolveEnvelopeNotCached: {
    demand: 'PKE of RESOLVE_INIT_PK does not ask for the envelope key to be cached',
    clauses: ['rfc3830:6.3-3', 'rfc3830:6.3-4'],
    code: 'ERR_MALFORMED',
  },
  // The KMS on RESOLVE_INIT_PK, with certificates and keys at hand.
  resolverCertificateKnown: {
    demand: 'RESOLVE_INIT_PK has a certificate of the Responder, or one is on file',
    clauses: ['rfc6043:4.2.3.3-1', 'rfc6043:4.2.3.3-2'],
    code: 'ERR_CERTIFICATE',
  },
  resolverCertificateValid: {
    demand:
      'the certificate chain of the Responder is valid now, each directly issued by the next, up to a trusted root',
    clauses: ['rfc6043:4.2.3.3-5', 'rfc6043:4.2.3.3-4', 'rfc3830:4.3.2-1'],
    code: 'ERR_CERTIFICATE',
  },
  resolveKmsKeyKnown: {
    demand: 'CHASH of RESOLVE_INIT_PK, if there, names a certificate of this KMS',
    clauses: ['rfc6043:4.2.3.3-7', 'rfc3830:6.8-3'],
    code: 'ERR_CERTIFICATE',
  },
  resolveSignatureValid: {
    demand: 'SIGN of RESOLVE_INIT_PK verifies over the message, Identity_r and Identity_kms',
    clauses: ['rfc6043:4.2.3.3-8', 'rfc6043:4.2.3-10', 'rfc6043:5.5-2', 'rfc6043:5.5-11'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
  resolverCertified: {
    demand: 'IDRr of RESOLVE_INIT_PK is one of the identities that its certificate is for',
    clauses: ['rfc6043:4.2.3-8'],
    code: 'ERR_IDENTITY',
  },
  resolveEnvelopeFits: {
    demand: 'PKE of RESOLVE_INIT_PK is a number below the modulus of the named key, and as long',
    clauses: ['rfc6043:4.2.3.3-6', 'rfc3830:6.3-6'],
    code: 'ERR_AUTH_FAILED',
  },
  resolveEnvelopeNotReplayed: {
    demand: 'PKE, RANDRr and CSB ID of RESOLVE_INIT_PK have not been seen together before, under whatever signature',
    clauses: ['W1', 'rfc3830:5.4-3'],
    code: 'ERR_REPLAY',
  },
  // Everybody, on an Error message.
  errorSignatureValid: {
    demand:
      'SIGN of an Error message, if there and if the key of the peer is known, verifies over the Error message alone',
    clauses: ['rfc6043:5.4-7', 'rfc6043:5.4-6', 'rfc6043:5.5-2', 'rfc6043:5.5-13'],
    code: 'ERR_AUTH_FAILED',
    authenticates: true,
  },
} as const satisfies Record<string, Check>;
