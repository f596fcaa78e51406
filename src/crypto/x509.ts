/**
 * What a certificate says, beyond what `X509Certificate` of node:crypto tells.
 *
 * The extensions are read from the octets: as text, a subjectAltName can be made to look like another one, and key usage is not
 * shown at all.
 *
 * @module
 * @see [RFC 5280, section 4.2](https://www.rfc-editor.org/rfc/rfc5280.html#section-4.2)
 */
import { X509Certificate, type KeyObject } from 'node:crypto';
import type { KeyUse } from '../../model/algebra/publicKeys.ts';
import { MikeyError } from '../../model/error.ts';
import { contextTag, malformed, oidText, readElements, tags, type Element } from './der.ts';

/** Extensions that are understood. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const;

/** The bits of key usage that matter here, counted from the most significant one. */
export const keyUsageBits: Readonly<Record<KeyUse | 'keyCertSign', number>> = {
  digitalSignature: 0,
  keyEncipherment: 2,
  keyCertSign: 5,
};

/** A certificate that was read. */
export interface ParsedCertificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** Unix time in milliseconds. */
  readonly from: number;
  readonly until: number;
  /** OID of the signature algorithm. */
  readonly signatureAlgorithm: string;
  /** Extensions that are critical and not understood. */
  readonly unknownCritical: readonly string[];
  /** URIs of subjectAltName, octet for octet. */
  readonly uris: readonly Uint8Array[];
  /** Undefined: no key usage extension, so no restriction. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  /** How many certificates of CAs may come below this one; undefined: any number. */
  readonly pathLength: number | undefined;
}

/**
 * Reads a certificate.
 *
 * @param octets - DER, and nothing after it
 * @throws MikeyError ERR_CERTIFICATE if it is none, or not of an RSA key
 */
export function parseCertificate(octets: Uint8Array): ParsedCertificate {
  const { x509, publicKey } = readX509(octets);
  if (publicKey.asymmetricKeyType !== 'rsa') {
    throw new MikeyError('ERR_CERTIFICATE', 'the certificate is not for an RSA key', { clause: 'rfc3830:4.2.5-2' });
  }
  const [certificate] = readElements(octets);
  if (!certificate) throw malformed();
  const [tbs, algorithm] = readElements(certificate.value);
  if (!tbs || !algorithm) throw malformed();
  const extensions = readExtensions(tbs);
  const find = (id: string): Uint8Array | undefined => extensions.find((extension) => extension.id === id)?.value;
  const known: ReadonlySet<string> = new Set(Object.values(extensionOids));
  return {
    x509,
    publicKey,
    from: timeOf(x509.validFrom),
    until: timeOf(x509.validTo),
    signatureAlgorithm: oidText(elementOf(readElements(algorithm.value), tags.OID)),
    unknownCritical: extensions.filter(({ id, critical }) => critical && !known.has(id)).map(({ id }) => id),
    uris: urisOf(find(extensionOids.subjectAltName)),
    keyUsage: keyUsageOf(find(extensionOids.keyUsage)),
    pathLength: pathLengthOf(find(extensionOids.basicConstraints)),
  };
}

function readX509(octets: Uint8Array): { readonly x509: X509Certificate; readonly publicKey: KeyObject } {
  try {
    const x509 = new X509Certificate(octets);
    // What is in front of it or behind it would not be covered by any signature, and PEM is no DER. The key is decoded here and now.
    if (x509.raw.equals(octets)) return { x509, publicKey: x509.publicKey };
  } catch {
    // Whatever OpenSSL says about it.
  }
  throw malformed();
}

/** A time as OpenSSL prints it. */
function timeOf(text: string): number {
  const millis = Date.parse(text);
  // A comparison with NaN would let everything pass.
  if (Number.isNaN(millis)) throw malformed();
  return millis;
}

interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

function readExtensions(tbs: Element): readonly Extension[] {
  const wrapped = readElements(tbs.value).find((element) => element.tag === contextTag(3, true));
  if (!wrapped) return [];
  const list = elementOf(readElements(wrapped.value), tags.SEQUENCE);
  const extensions = readElements(list).map((element): Extension => {
    const fields = readElements(element.value);
    return {
      id: oidText(elementOf(fields, tags.OID)),
      critical: fields.some(({ tag, value }) => tag === tags.BOOLEAN && value[0] !== 0),
      value: elementOf(fields, tags['OCTET STRING']),
    };
  });
  if (new Set(extensions.map(({ id }) => id)).size !== extensions.length) throw malformed();
  return extensions;
}

/** uniformResourceIdentifier has context tag 6 among the general names. */
function urisOf(value: Uint8Array | undefined): readonly Uint8Array[] {
  if (!value) return [];
  return readElements(elementOf(readElements(value), tags.SEQUENCE))
    .filter(({ tag }) => tag === contextTag(6, false))
    .map((element) => Uint8Array.from(element.value));
}

function keyUsageOf(value: Uint8Array | undefined): ReadonlySet<number> | undefined {
  if (!value) return undefined;
  const [, ...octets] = elementOf(readElements(value), tags['BIT STRING']);
  const bits = octets.flatMap((octet, index) =>
    Array.from({ length: 8 }, (_, bit) => ((octet & (0x80 >> bit)) === 0 ? [] : [index * 8 + bit])).flat(),
  );
  return new Set(bits);
}

function pathLengthOf(value: Uint8Array | undefined): number | undefined {
  if (!value) return undefined;
  const fields = readElements(elementOf(readElements(value), tags.SEQUENCE));
  const length = fields.find(({ tag }) => tag === tags.INTEGER)?.value;
  return length?.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The value of the first element with a tag. @throws MikeyError ERR_CERTIFICATE if there is none */
function elementOf(elements: readonly Element[], tag: number): Uint8Array {
  const found = elements.find((element) => element.tag === tag);
  if (!found) throw malformed();
  return found.value;
}
