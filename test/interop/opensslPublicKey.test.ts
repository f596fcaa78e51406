import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sTypes } from '../../spec/registry/publicKey.ts';
import { second } from '../../model/message/timestamps.ts';
import { issueCertificate, issueRoot, pemOf } from '../../src/crypto/certificates.ts';
import { createPublicKeyAlgebra } from '../../src/crypto/publicKeyAlgebra.ts';
import { csprngSource } from '../../src/crypto/random.ts';
import { freshKeyPair } from '../../src/crypto/rsaKeys.ts';
import { describePeer, output } from './peer.ts';

const P = createPublicKeyAlgebra();
const source = csprngSource();
const random = (length: number): Uint8Array => source.random(length, '');
const now = source.now();
const period = { from: now - 60n * second, until: now + 3600n * second };

describePeer('openssl', { versionArgs: ['version'], debian: 'openssl' }, () => {
  let folder = '';
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'mikey-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content?: Uint8Array | string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  const openssl = (args: readonly string[]): string => output('openssl', args).toString();
  const fails = (args: readonly string[]): boolean => {
    try {
      openssl(args);
      return false;
    } catch {
      return true;
    }
  };

  test.each([
    ['[rfc3830:4.2.6-2] PKCS#1 v1.5', sTypes['RSA/PKCS#1/1.5'], []],
    [
      '[rfc3830:4.2.6-3] PSS',
      sTypes['RSA/PSS'],
      ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'],
    ],
  ])('verifies our signatures, and we verify its own: %s', (_, sType, options) => {
    const keys = freshKeyPair();
    const publicKey = file('key.pub', keys.publicKey);
    const privateKey = file('key.der', keys.privateKey);
    for (const hash of ['sha1', 'sha256'] as const) {
      const data = random(300);
      const message = file('message', data);
      const ours = file('ours', P.sign(sType, keys.privateKey, { hash, data, random }));
      const verify = ['dgst', `-${hash}`, ...options, '-keyform', 'DER', '-verify', publicKey, '-signature', ours];
      expect(openssl([...verify, message])).toContain('Verified OK');
      expect(fails([...verify, file('other', random(300))])).toBe(true);
      openssl([
        'dgst',
        `-${hash}`,
        ...options,
        '-keyform',
        'DER',
        '-sign',
        privateKey,
        '-out',
        file('theirs'),
        message,
      ]);
      const signature = new Uint8Array(readFileSync(file('theirs')));
      expect(P.signatureHolds(sType, keys.publicKey, { hash, data, signature })).toBe(true);
    }
  });

  test.each([
    ['PKCS#1 v1.5', ['-pkeyopt', 'rsa_padding_mode:pkcs1']],
    ['OAEP', ['-pkeyopt', 'rsa_padding_mode:oaep']],
    ['OAEP, SHA-256', ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256']],
  ] as const)(
    '[rfc3830:4.2.5-2] [rfc3830:4.2.5-3] opens our envelopes, and we open its own: %s',
    (padding, options) => {
      const keys = freshKeyPair();
      const pkeyutl = (...args: readonly string[]): string =>
        openssl(['pkeyutl', ...options, '-keyform', 'DER', ...args]);
      for (const length of [16, 20, 32]) {
        const envelopeKey = random(length);
        const sealed = P.sealEnvelope(padding, keys.publicKey, { envelopeKey, random });
        const opened = file('opened');
        pkeyutl('-decrypt', '-inkey', file('key.der', keys.privateKey), '-in', file('pke', sealed), '-out', opened);
        expect(readFileSync(opened)).toEqual(Buffer.from(envelopeKey));
        const theirs = file('theirs');
        pkeyutl('-encrypt', '-pubin', '-inkey', file('key.pub', keys.publicKey), '-in', opened, '-out', theirs);
        const data = new Uint8Array(readFileSync(theirs));
        const back = P.openEnvelope(padding, keys.privateKey, { data, least: 16, most: 32 });
        expect(Buffer.from(back!)).toEqual(Buffer.from(envelopeKey));
      }
    },
  );

  test('[rfc6043:4.2.1.3-5] verifies the chains that we issue, by its strict rules, and refuses what we refuse', () => {
    const [rootKeys, caKeys, keys] = [freshKeyPair(), freshKeyPair(), freshKeyPair()];
    const root = issueRoot({ name: 'root', ...period }, rootKeys);
    const ca = issueCertificate(
      { name: 'ca', publicKey: caKeys.publicKey, ...period, ca: { pathLength: 0 } },
      { name: 'root', keys: rootKeys },
    );
    const uris = ['sip:kms@example.com', 'sip:kms2@example.com'];
    const content = { name: 'kms', publicKey: keys.publicKey, ...period, uris };
    const kms = issueCertificate(content, { name: 'ca', keys: caKeys });
    const args = ['verify', '-x509_strict', '-CAfile', file('root.pem', pemOf(root))];
    const chain = [...args, '-untrusted', file('ca.pem', pemOf(ca)), file('kms.pem', pemOf(kms))];
    expect(openssl(chain)).toContain('OK');
    const trust = { roots: [root], excluded: [] };
    expect(P.chainFault([kms, ca], { trust, at: now, use: 'keyEncipherment' })).toBeUndefined();
    const text = openssl([
      'x509',
      '-in',
      file('kms.pem'),
      '-noout',
      '-ext',
      'subjectAltName,keyUsage,basicConstraints',
    ]);
    for (const part of [...uris.map((uri) => `URI:${uri}`), 'Digital Signature, Key Encipherment', 'CA:FALSE']) {
      expect(text).toContain(part);
    }
    // Below a certificate that is no CA.
    const below = issueCertificate({ ...content, name: 'below' }, { name: 'kms', keys });
    const untrusted = ['-untrusted', file('ca.pem'), '-untrusted', file('kms.pem')];
    expect(fails([...args, ...untrusted, file('below.pem', pemOf(below))])).toBe(true);
    expect(P.chainFault([below, kms, ca], { trust, at: now, use: 'keyEncipherment' })).toMatch(/no CA/);
  });

  test.each([
    ['a signature over SHA-1', ['-sha1'], /algorithm not allowed/],
    ['an unknown critical extension', ['-addext', '1.2.3.4=critical,DER:0500'], /unknown extension 1\.2\.3\.4/],
    [
      'a name constraint',
      ['-addext', 'nameConstraints=critical,permitted;URI:.example.com'],
      /unknown extension 2\.5\.29\.30/,
    ],
  ])('we refuse what it makes with %s, and take the same without', (_, options, reason) => {
    const make = (more: readonly string[]): Uint8Array => {
      const key = file('req.key');
      const subject = ['-subj', '/CN=peer', '-addext', 'subjectAltName=URI:sip:peer@example.com'];
      const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-outform', 'DER', ...subject];
      openssl([...args, ...more, '-out', file('peer.der')]);
      return new Uint8Array(readFileSync(file('peer.der')));
    };
    const judged = (certificate: Uint8Array): string | undefined =>
      P.chainFault([certificate], {
        trust: { roots: [certificate], excluded: [] },
        at: csprngSource().now() + second,
        use: 'digitalSignature',
      });
    expect(judged(make([]))).toBeUndefined();
    expect(judged(make(options))).toMatch(reason);
    const { identities } = P.certifiedKey(make([]));
    expect(identities.map((uri) => Buffer.from(uri).toString())).toEqual(['sip:peer@example.com']);
  });

  test('we refuse an issuer whose key is not for signing certificates', () => {
    const [caKeys, keys] = [freshKeyPair(), freshKeyPair()];
    const make = (usage: string): Uint8Array => {
      const args = ['req', '-x509', '-key', file('ca.key', caKeys.privateKey), '-keyform', 'DER', '-subj', '/CN=ca'];
      openssl([...args, '-addext', `keyUsage=critical,${usage}`, '-outform', 'DER', '-out', file('ca.der')]);
      return new Uint8Array(readFileSync(file('ca.der')));
    };
    const judged = (usage: string): string | undefined => {
      const ca = make(usage);
      const content = { name: 'peer', publicKey: keys.publicKey, ...period, until: period.until + 60n * second };
      const peer = issueCertificate(content, { name: 'ca', keys: caKeys });
      const at = csprngSource().now() + second;
      return P.chainFault([peer, ca], { trust: { roots: [ca], excluded: [] }, at, use: 'digitalSignature' });
    };
    expect(judged('keyCertSign')).toBeUndefined();
    expect(judged('digitalSignature')).toMatch(/no CA/);
  });
});
