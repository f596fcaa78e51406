/**
 * X.509 certificates, as small as they can be.
 *
 * @module
 */
import { sign, type KeyObject } from 'node:crypto';

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length =
    content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 255);
  return Buffer.concat([Buffer.of(tag), length, content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const oid = (text: string): Buffer => der(0x06, Buffer.from(text, 'hex'));
const sha256WithRsa = sequence(oid('2a864886f70d01010b'), der(0x05));
const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('test')))));
const time = (text: string): Buffer => der(0x17, Buffer.from(text));

/** A certificate for a key, signed by another one. */
export function certificate(publicKey: KeyObject, issuer: KeyObject): Uint8Array {
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    sha256WithRsa,
    name,
    sequence(time('250101000000Z'), time('350101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', tbs, issuer);
  return Uint8Array.from(sequence(tbs, sha256WithRsa, der(0x03, Buffer.of(0), signature)));
}
