/**
 * Validation of certificate chains.
 *
 * Statements: rfc6043:4.2.1.3-5; rfc6043:4.2.3.3-5; rfc3830:4.3.1-2; rfc3830:4.3.2-1.
 *
 * @module
 * @see [RFC 3830, section 4.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.3)
 * @see [RFC 5280, section 6.1](https://www.rfc-editor.org/rfc/rfc5280.html#section-6.1)
 */
import type { Instant } from '../../model/algebra/algebra.ts';
import type { KeyUse, TrustPolicy } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import { unixMillisOf } from '../wire/time.ts';
import { keyUsageBits, parseCertificate, type ParsedCertificate } from './x509.ts';

/** The longest chain that is looked at, so that a stranger cannot have any number of signatures verified. */
const longestChain = 6;

/** Shortest modulus in bits, and smallest public exponent. */
const smallest = { modulus: 2048, exponent: 65_537n } as const;

/** Signature algorithms of certificates: RSA PKCS #1 v1.5 with SHA-256, SHA-384 and SHA-512. */
const signatureAlgorithms: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
]);

/**
 * Validates a chain.
 *
 * @param chain - DER, the holder's certificate first
 * @param options - local policy, time, and what the holder's key is for
 * @returns what is wrong; undefined if the chain holds
 */
export function certificateChainFault(
  chain: readonly Uint8Array[],
  { trust, at, use }: { readonly trust: TrustPolicy<Uint8Array>; readonly at: Instant; readonly use: KeyUse },
): string | undefined {
  if (chain.length === 0) return 'there is no certificate';
  if (chain.length > longestChain) return `there are more than ${longestChain} certificates`;
  try {
    const parsed = chain.map((octets) => parseCertificate(octets));
    const path = toRoot(
      parsed,
      trust.roots.map((octets) => parseCertificate(octets)),
    );
    if (!path) return `${nameOf(parsed.at(-1))} is no trusted root, nor issued by one`;
    const [holder] = path;
    return (
      path.map((one) => faultOfOne(one, { trust, at })).find((fault) => fault !== undefined) ??
      path
        .slice(1)
        .map((issuer, index) => faultOfIssue(path, { issuer, index }))
        .find((fault) => fault !== undefined) ??
      (holder && !mayUse(holder, use) ? `the key of ${nameOf(holder)} is not for ${use}` : undefined)
    );
  } catch (error) {
    if (error instanceof MikeyError) return error.message;
    throw error;
  }
}

/** The chain, ended by a root; undefined if there is none for it. */
function toRoot(
  chain: readonly ParsedCertificate[],
  roots: readonly ParsedCertificate[],
): readonly ParsedCertificate[] | undefined {
  const last = chain.at(-1);
  if (!last) return undefined;
  if (roots.some((root) => sameCertificate(root, last.x509.raw))) return chain;
  const root = roots.find((candidate) => issued(candidate, last));
  return root && [...chain, root];
}

function faultOfOne(
  one: ParsedCertificate,
  { trust, at }: { readonly trust: TrustPolicy<Uint8Array>; readonly at: Instant },
): string | undefined {
  const { modulusLength = 0, publicExponent = 0n } = one.publicKey.asymmetricKeyDetails ?? {};
  const now = unixMillisOf(at);
  if (now < one.from) return `${nameOf(one)} is not valid yet`;
  if (now > one.until) return `${nameOf(one)} has expired`;
  if (trust.excluded.some((octets) => sameCertificate(one, octets))) return `${nameOf(one)} is excluded`;
  if (modulusLength < smallest.modulus) return `the key of ${nameOf(one)} has ${modulusLength} bits only`;
  if (publicExponent < smallest.exponent) return `the public exponent of ${nameOf(one)} is too small`;
  if (!signatureAlgorithms.has(one.signatureAlgorithm)) return `${nameOf(one)} is signed with an algorithm not allowed`;
  if (one.unknownCritical.length > 0)
    return `${nameOf(one)} has the unknown extension ${one.unknownCritical.join(', ')}`;
  return undefined;
}

/** What is wrong with `issuer`, which comes right after the certificate at `index` and is to have issued it. */
function faultOfIssue(
  path: readonly ParsedCertificate[],
  { issuer, index }: { readonly issuer: ParsedCertificate; readonly index: number },
): string | undefined {
  const subject = path[index];
  // That it may sign certificates is part of it, for OpenSSL: CA flag and, if there, key usage.
  if (!issuer.x509.ca) return `${nameOf(issuer)} is no CA`;
  if (!subject || !issued(issuer, subject)) return `${nameOf(subject)} is not directly issued by ${nameOf(issuer)}`;
  // CAs between this one and the holder; those that certify themselves would not count, but are never needed.
  if (issuer.pathLength !== undefined && index > issuer.pathLength) return `too many CAs below ${nameOf(issuer)}`;
  return undefined;
}

/** Whether the names fit and the signature holds. */
function issued(issuer: ParsedCertificate, subject: ParsedCertificate): boolean {
  try {
    return subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function mayUse({ keyUsage }: ParsedCertificate, use: KeyUse): boolean {
  return keyUsage === undefined || keyUsage.has(keyUsageBits[use]);
}

function sameCertificate(one: ParsedCertificate, octets: Uint8Array): boolean {
  return one.x509.raw.equals(octets);
}

/** The subject, in one line. */
function nameOf(one: ParsedCertificate | undefined): string {
  return `the certificate of ${one?.x509.subject?.replaceAll('\n', ', ') ?? 'nobody'}`;
}
