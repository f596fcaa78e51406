/**
 * Public-key operations over terms: perfect signatures, perfect envelopes, certificates without a way to forge them.
 *
 * @module
 * @see [RFC 3830, section 4.2.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.6)
 */
import { hashFuncs, hashLength } from '../../spec/registry/certHash.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { Instant } from '../algebra/algebra.ts';
import type { CertifiedKey, PublicKeyAlgebra, TrustPolicy } from '../algebra/publicKeys.ts';
import { MikeyError } from '../error.ts';
import { isTerm, showTerm, type Shape, type Term, type Terms } from './term.ts';

/** Length of signatures and envelopes in octets, as of RSA with 2048 bits. */
const modulusLength = 256;

/** Length of the salt of PSS in octets; any number will do. */
const saltLength = 32;

/** The public-key algebra over a universe of terms. */
export function publicKeyTerms(terms: Terms): PublicKeyAlgebra<Term> {
  const nothing = terms.intern({ op: 'constant', hex: '' }, 0);
  return {
    signatureLength: () => modulusLength,
    sign: (sType, privateKey, { hash, data, random }) => {
      const pss = sType === sTypes['RSA/PSS'];
      if (!pss && sType !== sTypes['RSA/PKCS#1/1.5']) throw new MikeyError('ERR_CERTIFICATE', `S type ${sType}`);
      const salt = pss ? random(saltLength) : nothing;
      return terms.intern({ op: 'signature', sType, hash, privateKey, salt, data }, modulusLength);
    },
    signatureHolds: (sType, publicKey, { hash, data, signature: { shape } }) =>
      shape.op === 'signature' &&
      shape.sType === sType &&
      shape.hash === hash &&
      shape.data === data &&
      publicKeyOf(terms, shape.privateKey) === publicKey,
    sealEnvelope: (padding, publicKey, { envelopeKey, random }) => {
      const padded = random(modulusLength - envelopeKey.length);
      return terms.intern({ op: 'envelope', padding, publicKey, random: padded, data: envelopeKey }, modulusLength);
    },
    openEnvelope: (padding, privateKey, { data, least, most }) => {
      const { shape } = data;
      if (shape.op !== 'envelope') return undefined;
      const fits = shape.padding === padding && shape.publicKey === publicKeyOf(terms, privateKey);
      if (fits && shape.data.length >= least && shape.data.length <= most) return shape.data;
      return terms.intern({ op: 'opened', padding, privateKey, data }, least);
    },
    certificateHash: (hashFunc, certificate) => {
      const length = hashLength(hashFunc);
      if (length === undefined || hashFunc === hashFuncs.MD5) {
        throw new MikeyError('ERR_HASH_FUNC', `Hash func ${hashFunc} is not supported`, { clause: 'rfc6043:6.7' });
      }
      return terms.intern({ op: 'hash', hashFunc, data: certificate }, length);
    },
    certifiedKey: (certificate) => {
      const { publicKey, identities } = certificateOf(certificate);
      return { publicKey, identities };
    },
    chainFault: (chain, options) => chainFault(terms, chain, options),
  };
}

/** The public key of a private key. */
export function publicKeyOf(terms: Terms, privateKey: Term): Term {
  return terms.intern({ op: 'public key', privateKey }, modulusLength);
}

/** What a certificate over terms says, and who says it. */
export interface CertificateTerms extends CertifiedKey<Term> {
  readonly ca: boolean;
  readonly from: Instant;
  readonly until: Instant;
  /** Private key of the issuer; the own one for a root. */
  readonly issuer: Term;
}

/** Issues a certificate. */
export function certificateTerm(terms: Terms, content: CertificateTerms): Term {
  return terms.intern({ op: 'certificate', ...content }, 1);
}

type Certificate = Extract<Shape, { readonly op: 'certificate' }>;

function certificateOf(term: Term): Certificate {
  const { shape } = term;
  if (shape.op === 'certificate') return shape;
  throw new MikeyError('ERR_CERTIFICATE', `${showTerm(term)} is no certificate`, { clause: 'rfc3830:6.7' });
}

function chainFault(
  terms: Terms,
  chain: readonly Term[],
  { trust, at }: { readonly trust: TrustPolicy<Term>; readonly at: Instant },
): string | undefined {
  const broken = chain.find((term) => !isTerm(term) || term.shape.op !== 'certificate');
  if (broken) return `${showTerm(broken)} is no certificate`;
  const last = chain.at(-1);
  if (!last) return 'there is no certificate';
  const issued = (term: Term, by: Term): boolean =>
    publicKeyOf(terms, certificateOf(term).issuer) === certificateOf(by).publicKey && certificateOf(by).ca;
  const root = trust.roots.find((candidate) => candidate === last) ?? trust.roots.find((by) => issued(last, by));
  if (!root) return 'it ends in no trusted root';
  const path = root === last ? chain : [...chain, root];
  for (const [index, term] of path.entries()) {
    const { from, until } = certificateOf(term);
    const next = path[index + 1];
    if (at < from || at > until) return 'a certificate is not valid at this time';
    if (trust.excluded.includes(term)) return 'a certificate is excluded';
    if (next && !issued(term, next)) return 'a certificate is not directly issued by the next one';
  }
  return undefined;
}
