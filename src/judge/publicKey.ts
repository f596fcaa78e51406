/**
 * Public-key messages to a KMS: the envelope key in PKE, the signature in SIGN, certificates and CHASH.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 * @see [RFC 6043, section 4.2.3.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.3)
 */
import { X509Certificate } from 'node:crypto';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { certTypes } from '../../spec/registry/identities.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import { initialCoverage } from '../../model/message/coverage.ts';
import type { Identity } from '../../model/message/identity.ts';
import type { CertPayload } from '../../model/message/payload.ts';
import { all, one, optional } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { openRsa, signatureHash, type RsaNumbers } from './rsa.ts';
import { envelopeKeyOf, rsaOf, type Side } from './secrets.ts';
import { sameOctets, type Entry } from './transcript.ts';

/** How each S type is padded. */
const paddings: ReadonlyMap<number, 'v1.5' | 'PSS'> = new Map([
  [sTypes['RSA/PKCS#1/1.5'], 'v1.5'],
  [sTypes['RSA/PSS'], 'PSS'],
]);

/** Where the two variants are defined. */
const clauses = {
  i: {
    sign: 'rfc6043:5.5-7',
    PKE: 'rfc6043:4.2.1.3-6',
    CHASH: 'rfc6043:4.2.1.3-7',
    first: 'rfc6043:4.2.1.3-4',
    next: 'rfc6043:4.2.1.3-5',
  },
  r: {
    sign: 'rfc6043:5.5-11',
    PKE: 'rfc6043:4.2.3.3-6',
    CHASH: 'rfc6043:4.2.3.3-7',
    first: 'rfc6043:4.2.3.3-4',
    next: 'rfc6043:4.2.3.3-5',
  },
} as const;

/**
 * Judges a public-key message.
 *
 * @param parties - the identities that the signature covers behind the message
 * @returns the envelope key; undefined if neither PKE nor the vector gives one
 */
export function judgePublicKeyMessage(
  bench: Bench,
  entry: Entry,
  { side, parties }: { readonly side: Side; readonly parties: readonly Identity<Uint8Array>[] },
): Uint8Array | undefined {
  const CHASH = optional(entry.message.payloads, 'CHASH');
  if (CHASH?.hashFunc === hashFuncs.MD5) bench.findings.warning(entry, clauses[side].CHASH, 'CHASH is an MD5 hash');
  judgeSignature(bench, entry, { parties, clause: clauses[side].sign });
  judgeCertificates(bench, entry, side);
  return judgeEnvelope(bench, entry, side);
}

/** Judges the signature in SIGN over a message and what follows it. Used for Error messages too. */
export function judgeSignature(
  bench: Bench,
  entry: Entry,
  { parties, clause }: { readonly parties: readonly Identity<Uint8Array>[]; readonly clause: string },
): void {
  const { A, findings } = bench;
  const SIGN = one(entry.message.payloads, 'SIGN');
  // Of a KMS nothing but Error messages is signed.
  const key = rsaOf(bench, entry.from, entry.type === 'Error' ? 'kms' : undefined);
  const how = paddings.get(SIGN.sType);
  if (!how) {
    findings.error(entry, 'A20', `signatures of S type ${SIGN.sType} are not verified`);
    return;
  }
  if (!key) {
    findings.error(entry, clause, `'secrets.rsa' holds no key of ${entry.from}`);
    return;
  }
  const hash = signatureHash(key, initialCoverage(A, entry.message, parties), {
    signature: SIGN.signature,
    how,
  });
  if (hash === undefined) findings.error(entry, clause, 'the signature in SIGN does not hold, under neither hash');
  else if (hash === 'SHA-1') findings.warning(entry, 'A20', 'the signature is over a SHA-1 hash, which is broken');
}

/** PKE opens to the envelope key. */
function judgeEnvelope(bench: Bench, entry: Entry, side: Side): Uint8Array | undefined {
  const { findings } = bench;
  const clause = clauses[side].PKE;
  const listed = envelopeKeyOf(bench, side, entry.from);
  const PKE = one(entry.message.payloads, 'PKE');
  const kms = rsaOf(bench, entry.to, 'kms');
  if (!kms?.d) {
    if (!listed) findings.error(entry, clause, "'secrets' holds no envelope key, and no RSA key to open PKE with");
    return listed;
  }
  const opened = openRsa(kms, PKE.data);
  const [first] = opened;
  if (!first) findings.error(entry, clause, 'PKE does not open under the RSA key of the KMS');
  else if (listed) {
    const right = opened.find((one) => sameOctets(one, listed)) ?? first;
    bench.same(right, listed, { subject: entry, clause, name: 'the envelope key in PKE' });
  }
  return listed ?? first;
}

/** The first certificate is that of the sender, each further one certifies the one before it. */
function judgeCertificates(bench: Bench, entry: Entry, side: Side): void {
  const chain = all(entry.message.payloads, 'CERT')
    .filter((CERT) => CERT.certType !== certTypes['X.509v3 URL'])
    .map((CERT) => certificateOf(CERT));
  const [first] = chain;
  const key = rsaOf(bench, entry.from);
  if (chain.length > 0 && key) {
    bench.findings.demand(first !== undefined && isKeyOf(first, key), entry, {
      clause: clauses[side].first,
      reason: 'the first certificate is not one for the key of the sender',
    });
  }
  chain.slice(1).forEach((issuer, index) => {
    bench.findings.demand(certifies(issuer, chain[index]), entry, {
      clause: clauses[side].next,
      reason: `certificate ${index + 1} does not certify the one before it`,
    });
  });
}

function certificateOf(CERT: CertPayload<Uint8Array>): X509Certificate | undefined {
  try {
    return new X509Certificate(CERT.data);
  } catch {
    return undefined;
  }
}

function isKeyOf(certificate: X509Certificate, { n, e }: RsaNumbers): boolean {
  try {
    const jwk = certificate.publicKey.export({ format: 'jwk' });
    return sameNumber(jwk.n, n) && sameNumber(jwk.e, e);
  } catch {
    return false;
  }
}

function certifies(issuer: X509Certificate | undefined, certificate: X509Certificate | undefined): boolean {
  try {
    return issuer !== undefined && certificate !== undefined && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** Whether a number in base64url is that of some octets, leading zeros aside. */
function sameNumber(text: string | undefined, octets: Uint8Array): boolean {
  const plain = (number: Buffer): string => number.toString('hex').replace(/^(?:00)+/, '');
  return text !== undefined && plain(Buffer.from(text, 'base64url')) === plain(Buffer.from(octets));
}
