/**
 * Public-key messages: signatures, envelopes, certificates.
 */
import { constants, publicEncrypt, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openRsa, signatureHash } from '../../src/judge/rsa.ts';
import type { Payload } from '../../model/message/payload.ts';
import { answer, transfer } from './support/callSteps.ts';
import { certificate } from './support/certificate.ts';
import { changed, errors, flip, warnings } from './support/findings.ts';
import { alice, bob, phone, strict } from './support/honest.ts';
import { Keyring } from './support/keyring.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve, type KmsStep } from './support/kmsSteps.ts';
import { Scene, type Bytes, type Change } from './support/scene.ts';

/** A run with public keys. Message 0 is the request, 3 the RESOLVE_INIT_PK. */
function run(
  options: { readonly hash?: 'sha1' | 'sha256'; readonly step?: (keyring: Keyring) => KmsStep } = {},
): Scene {
  const scene = new Scene('public-key', strict);
  const keyring = new Keyring(scene, options.hash);
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held, { keyring, ...options.step?.(keyring) });
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket, keyring }));
  return scene;
}

const tamper =
  (change: (payload: Payload<Bytes>) => Payload<Bytes>): Change =>
  (message) => ({ ...message, payloads: message.payloads.map(change) });
const octets = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));

describe('a public-key message', () => {
  test('[rfc6043:5.5-2] [rfc6043:5.5-7] is signed, identities included', () => {
    const vector = run().vector();
    expect(errors(vector)).toEqual([]);
    const forged = tamper((one) => (one.kind === 'SIGN' ? { ...one, signature: new Uint8Array(256).fill(1) } : one));
    const signed = run({ step: () => ({ tamper: forged }) }).vector();
    expect(errors(signed)).toEqual(['0 rfc6043:5.5-7']);
  });

  test('a signature over SHA-1 is a warning (finding A20), of another type an error', () => {
    const vector = run({ hash: 'sha1' }).vector();
    expect(errors(vector)).toEqual([]);
    expect(warnings(vector)).toEqual(expect.arrayContaining(['0 A20', '3 A20']));
    const strange = tamper((one) => (one.kind === 'SIGN' ? { ...one, sType: 2 } : one));
    const other = run({ step: () => ({ tamper: strange }) });
    expect(errors(other.vector())[0]).toBe('0 A20');
  });

  test.each(['n', 'e'] as const)('the signature is checked under the %s of its sender', (member) => {
    const vector = changed(run().vector(), (one) => {
      const key = one.secrets.rsa![phone]!;
      key[member] = flip(key[member], 0, 2);
    });
    expect(errors(vector)).toEqual(['3 rfc6043:5.5-11']);
    expect(errors(changed(vector, (one) => delete one.secrets.rsa![phone]))).toEqual(['3 rfc6043:5.5-11']);
  });

  test('[rfc6043:4.2.1.3-6] [rfc6043:4.2.3.3-6] PKE opens to the envelope key', () => {
    const vector = run().vector();
    const wrong = (change: Parameters<typeof changed>[1]): readonly string[] => errors(changed(vector, change));
    expect(wrong((one) => (one.secrets.env_i = flip(one.secrets.env_i as string, 0)))).toContain('0 rfc6043:4.2.1.3-6');
    const env = vector.secrets.env_r as Record<string, string>;
    expect(wrong((one) => (one.secrets.env_r = flip(env[phone]!, 0)))).toContain('3 rfc6043:4.2.3.3-6');
    expect(wrong((one) => (one.secrets.rsa!['kms']!.d = '03'))).toEqual(['0 rfc6043:4.2.1.3-6', '3 rfc6043:4.2.3.3-6']);
    // Either will do.
    expect(wrong((one) => delete one.secrets.env_i)).toEqual([]);
    expect(wrong((one) => delete one.secrets.rsa!['kms']!.d)).toEqual([]);
    expect(wrong((one) => (one.secrets.env_r = env[phone]!))).toEqual([]);
    const none = wrong((one) => {
      delete one.secrets.env_i;
      delete one.secrets.rsa!['kms']!.d;
    });
    expect(none).toEqual(['0 rfc6043:4.2.1.3-6']);
  });

  test('[rfc6043:4.2.1-3] [rfc6043:4.2.3-7] has its payloads in order', () => {
    const turned: Change = (draft) => ({
      ...draft,
      payloads: [...draft.payloads.slice(0, -2), ...draft.payloads.slice(-2).toReversed()],
    });
    expect(errors(run({ step: () => ({ change: turned }) }).vector())).toEqual(['0 rfc6043:4.2.1-3']);
  });

  test('[rfc6043:12.1-5] has a RAND as long as the envelope key', () => {
    const short = tamper((one) => (one.kind === 'RANDR' ? { ...one, rand: one.rand.slice(1) } : one));
    expect(errors(run({ step: () => ({ change: short }) }).vector())).toContain('0 rfc6043:12.1-5');
  });

  test('[rfc6043:4.2.1.3-7] a CHASH with MD5 is a warning', () => {
    const CHASH: Payload<Bytes> = { kind: 'CHASH', hashFunc: 1, hash: new Uint8Array(16) };
    const change: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.flatMap((one): readonly Payload<Bytes>[] => (one.kind === 'PKE' ? [CHASH, one] : [one])),
    });
    const vector = run({ step: () => ({ change }) }).vector();
    expect(errors(vector)).toEqual([]);
    expect(warnings(vector)).toContain('0 rfc6043:4.2.1.3-7');
  });

  test('[rfc6043:4.2.1.3-4] [rfc6043:4.2.1.3-5] certificates start with that of the sender, each certified by the next', () => {
    const chain = (list: (keyring: Keyring) => readonly Bytes[]): readonly string[] =>
      errors(run({ step: (keyring) => ({ certificates: list(keyring) }) }).vector());
    const own = (keyring: Keyring): Bytes => certificate(keyring.pair(alice).publicKey, keyring.pair('ca').privateKey);
    const root = (keyring: Keyring): Bytes => certificate(keyring.pair('ca').publicKey, keyring.pair('ca').privateKey);
    const strange = (keyring: Keyring): Bytes =>
      certificate(keyring.pair('other').publicKey, keyring.pair('other').privateKey);
    expect(chain((keyring) => [own(keyring), root(keyring)])).toEqual([]);
    expect(chain((keyring) => [root(keyring)])).toEqual(['0 rfc6043:4.2.1.3-4']);
    expect(chain((keyring) => [own(keyring), strange(keyring)])).toEqual(['0 rfc6043:4.2.1.3-5']);
    expect(chain(() => [octets('3000')])).toEqual(['0 rfc6043:4.2.1.3-4']);
  });
});

describe('RSA from numbers', () => {
  const scene = new Scene('public-key', strict);
  const keyring = new Keyring(scene);
  const { publicKey, privateKey } = keyring.pair('kms');
  const { n, e, d } = scene.secrets.rsa!['kms']!;
  const key = { n: octets(n), e: octets(e), d: octets(d!) };
  const secret = scene.random();

  test.each([
    ['PKCS #1 v1.5', { padding: constants.RSA_PKCS1_PADDING }],
    ['OAEP with SHA-1', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }],
    ['OAEP with SHA-256', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
  ])('opens %s', (_, options) => {
    const data = Uint8Array.from(publicEncrypt({ key: publicKey, ...options }, secret));
    expect(openRsa(key, data)).toEqual([secret]);
  });

  test.each([
    ['v1.5', constants.RSA_PKCS1_PADDING],
    ['PSS', constants.RSA_PKCS1_PSS_PADDING],
  ] as const)('verifies %s', (how, padding) => {
    for (const [hash, name] of [
      ['sha1', 'SHA-1'],
      ['sha256', 'SHA-256'],
    ] as const) {
      const signature = Uint8Array.from(sign(hash, secret, { key: privateKey, padding }));
      expect(signatureHash(key, secret, { signature, how })).toBe(name);
      expect(signatureHash(key, secret.slice(1), { signature, how })).toBeUndefined();
    }
  });

  test('numbers that make no key give nothing, at once', () => {
    const long = new Uint8Array(1_000_000).fill(255);
    const none = new Uint8Array(0);
    for (const bad of [
      { n: none, e: none, d: none },
      { n: long, e: long, d: long },
      { n: key.n, e: none, d: long },
      { n: octets('02'), e: octets('03'), d: octets('03') },
    ]) {
      expect(openRsa(bad, long)).toEqual([]);
      expect(signatureHash(bad, long, { signature: long, how: 'v1.5' })).toBeUndefined();
    }
  });
});
