/**
 * RSA keys for {@link Scene}.
 *
 * @module
 */
import { constants, generateKeyPairSync, publicEncrypt, sign, type KeyObject } from 'node:crypto';
import type { Bytes, Scene } from './scene.ts';

/** A key pair. */
interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The same pairs serve all scenes of a test file: to make one takes long. */
const pairs = new Map<string, Pair>();

/** RSA key pairs of a scene, by name. */
export class Keyring {
  readonly #scene: Scene;
  readonly hash: 'sha1' | 'sha256';

  constructor(scene: Scene, hash: 'sha1' | 'sha256' = 'sha256') {
    this.#scene = scene;
    this.hash = hash;
    scene.secrets.rsa = {};
  }

  pair(name: string): Pair {
    const pair = pairs.get(name) ?? generateKeyPairSync('rsa', { modulusLength: 2048 });
    pairs.set(name, pair);
    const jwk = pair.privateKey.export({ format: 'jwk' });
    const number = (text: string | undefined): string => Buffer.from(text ?? '', 'base64url').toString('hex');
    const open = { n: number(jwk.n), e: number(jwk.e) };
    this.#scene.secrets.rsa![name] = name === 'kms' ? { ...open, d: number(jwk.d) } : open;
    return pair;
  }

  encrypt(name: string, key: Bytes): Bytes {
    const padding = constants.RSA_PKCS1_PADDING;
    return Uint8Array.from(publicEncrypt({ key: this.pair(name).publicKey, padding }, key));
  }

  sign(name: string, data: Bytes): Bytes {
    return Uint8Array.from(sign(this.hash, data, this.pair(name).privateKey));
  }
}
