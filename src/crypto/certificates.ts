/**
 * Issuing certificates, for runs and tests: X.509v3 with RSA, signed with SHA-256. The same input gives the same octets.
 *
 * @module
 * @see [RFC 5280, section 4.1](https://www.rfc-editor.org/rfc/rfc5280.html#section-4.1)
 */
import { sign } from 'node:crypto';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Instant } from '../../model/algebra/algebra.ts';
import type { KeyUse } from '../../model/algebra/publicKeys.ts';
import { unixMillisOf } from '../wire/time.ts';
import {
  bitString,
  contextTag,
  der,
  malformed,
  oid,
  readElements,
  sequence,
  tags,
  time,
  unsignedInteger,
} from './der.ts';
import { hashOf, readPrivateKey } from './rsaPrimitives.ts';
import type { RsaKeyPair } from './rsaKeys.ts';
import { extensionOids, keyUsageBits } from './x509.ts';

/** What a certificate is to say. */
export interface CertificateContent {
  /** Common name. */
  readonly name: string;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  /** Validity period; cut to whole seconds. */
  readonly from: Instant;
  readonly until: Instant;
  /** URIs of subjectAltName. */
  readonly uris?: readonly string[];
  /** What a user's key is for; default both. */
  readonly uses?: readonly KeyUse[];
  /** Whether it may issue certificates; with `pathLength`, how many CAs may follow below it. */
  readonly ca?: boolean | { readonly pathLength: number };
}

/** Who issues. */
export interface Issuer {
  readonly name: string;
  readonly keys: RsaKeyPair;
}

const commonName = '2.5.4.3';
const sha256WithRsa = sequence(oid('1.2.840.113549.1.1.11'), der(tags.NULL));
const yes = der(tags.BOOLEAN, Uint8Array.of(0xff));

/**
 * Issues a certificate.
 *
 * @param issuer - itself for a root
 * @returns DER
 */
export function issueCertificate(content: CertificateContent, issuer: Issuer): Uint8Array {
  const unsigned = [
    sha256WithRsa,
    distinguishedName(issuer.name),
    sequence(time(unixMillisOf(content.from)), time(unixMillisOf(content.until))),
    distinguishedName(content.name),
    content.publicKey,
    der(contextTag(3, true), sequence(...extensions(content, issuer))),
  ];
  // No two certificates of an issuer may have the same number: it follows from all that they say.
  const serial = hashOf('sha256', sequence(...unsigned)).subarray(0, 16);
  const version3 = der(contextTag(0, true), unsignedInteger(Uint8Array.of(2)));
  const tbs = sequence(version3, unsignedInteger(serial), ...unsigned);
  const signature = sign('sha256', tbs, readPrivateKey(issuer.keys.privateKey));
  return sequence(tbs, sha256WithRsa, bitString(new Uint8Array(signature)));
}

/** A root, which certifies itself. */
export function issueRoot(content: Omit<CertificateContent, 'publicKey' | 'ca'>, keys: RsaKeyPair): Uint8Array {
  return issueCertificate({ ...content, publicKey: keys.publicKey, ca: true }, { name: content.name, keys });
}

/** A certificate in PEM, for other programs. */
export function pemOf(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function distinguishedName(name: string): Uint8Array {
  const attribute = sequence(oid(commonName), der(tags.UTF8String, utf8ToBytes(name)));
  return sequence(der(tags.SET, attribute));
}

function extensions(content: CertificateContent, issuer: Issuer): readonly Uint8Array[] {
  const { ca = false, uris = [], uses = ['digitalSignature', 'keyEncipherment'] } = content;
  const path = typeof ca === 'object' ? [unsignedInteger(Uint8Array.of(ca.pathLength))] : [];
  const constraints = ca === false ? sequence() : sequence(yes, ...path);
  const bits = (ca === false ? uses : (['keyCertSign'] as const)).map((use) => keyUsageBits[use]);
  const names = uris.map((uri) => der(contextTag(6, false), utf8ToBytes(uri)));
  const authority = sequence(der(contextTag(0, false), keyIdentifier(issuer.keys.publicKey)));
  return [
    extension(extensionOids.basicConstraints, constraints, true),
    extension(extensionOids.keyUsage, usage(bits), true),
    extension(extensionOids.subjectKeyIdentifier, der(tags['OCTET STRING'], keyIdentifier(content.publicKey)), false),
    extension(extensionOids.authorityKeyIdentifier, authority, false),
    ...(names.length > 0 ? [extension(extensionOids.subjectAltName, sequence(...names), false)] : []),
  ];
}

function extension(id: string, value: Uint8Array, critical: boolean): Uint8Array {
  return sequence(oid(id), ...(critical ? [yes] : []), der(tags['OCTET STRING'], value));
}

/** A named bit list: DER leaves out the zeros at its end. */
function usage(bits: readonly number[]): Uint8Array {
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return bitString(Uint8Array.of(octet), Math.max(0, 7 - Math.max(...bits)));
}

/** The usual name of a key: SHA-1 over its bits, which only has to tell keys apart (RFC 5280, 4.2.1.2). */
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  const [info] = readElements(publicKey);
  const [, bits] = readElements(info?.value ?? publicKey);
  if (!bits) throw malformed();
  return hashOf('sha1', bits.value.subarray(1));
}
