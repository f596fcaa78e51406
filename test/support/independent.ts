/**
 * A second key schedule, straight from RFC 6043 and RFC 3830 on node:crypto, without any of model/ or src/. Tests hold real runs
 * against it.
 *
 * @module
 */
import { createDecipheriv, createHmac } from 'node:crypto';

/** Which algorithms: `sha1` with AES-128, `sha256` with AES-256. */
export type Strength = 'sha1' | 'sha256';

/** Octets of a hexadecimal text. */
export function h(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

/** An octet string behind its length in one octet; a zero octet if there is none. */
export function len8(value: Uint8Array | undefined): Buffer {
  return Buffer.concat([Buffer.from([value?.length ?? 0]), value ?? Buffer.alloc(0)]);
}

/** An octet string behind its length in two octets. */
export function len16(value: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([length, value]);
}

/** HMAC. */
export function hmac(strength: Strength, key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac(strength, key).update(data).digest();
}

/** PRF(inkey, label), RFC 3830, 4.1.2. */
export function prf(strength: Strength, inkey: Uint8Array, label: Uint8Array, length: number): Buffer {
  const out = Buffer.alloc(length);
  for (let start = 0; start < inkey.length; start += 32) {
    const s = inkey.subarray(start, start + 32);
    let a: Uint8Array = label;
    let p = Buffer.alloc(0);
    while (p.length < length) {
      a = hmac(strength, s, a);
      p = Buffer.concat([p, hmac(strength, s, Buffer.concat([a, label]))]);
    }
    for (let index = 0; index < length; index += 1) out[index]! ^= p[index]!;
  }
  return out;
}

/** Length of an auth_key, and of an encr_key. */
export const authLength = { sha1: 20, sha256: 32 } as const;
export const encrLength = { sha1: 16, sha256: 32 } as const;

/** Keys that protect something: label = constant || 0xFF || id || octet || rest. */
export function protectionKeys(
  strength: Strength,
  inkey: Uint8Array,
  tail: Uint8Array,
): { readonly auth: Buffer; readonly encr: Buffer; readonly salt: Buffer } {
  const key = (constant: string, length: number): Buffer =>
    prf(strength, inkey, Buffer.concat([h(`${constant}ff`), tail]), length);
  return {
    auth: key('2d22ac75', authLength[strength]),
    encr: key('150533e1', encrLength[strength]),
    salt: key('29b88916', 14),
  };
}

/** AES-CM of RFC 3830, 4.2.3: IV = (S XOR (0x0000 || CSB ID || T)) || 0x0000. */
export function aesCm(
  strength: Strength,
  keys: { readonly encr: Buffer; readonly salt: Buffer },
  input: { readonly csbId: Uint8Array; readonly t: Uint8Array; readonly data: Uint8Array },
): Buffer {
  const block = Buffer.concat([h('0000'), input.csbId, input.t, h('0000')]);
  keys.salt.forEach((octet, index) => (block[index]! ^= octet));
  const cipher = createDecipheriv(strength === 'sha1' ? 'aes-128-ctr' : 'aes-256-ctr', keys.encr, block);
  return Buffer.concat([cipher.update(input.data), cipher.final()]);
}

/** A key data sub-payload, RFC 3830, 6.13. */
export interface Key {
  readonly type: number;
  readonly key: Buffer;
  readonly salt: Buffer | undefined;
  readonly spi: Buffer;
}

/** The plaintext of a KEMAC; every key has KV = SPI. */
export function parseKeys(plain: Buffer): readonly Key[] {
  const keys: Key[] = [];
  for (let offset = 0; offset < plain.length;) {
    const type = plain[offset + 1]! >> 4;
    if ((plain[offset + 1]! & 15) !== 1) throw new Error('KV is not SPI');
    const keyEnd = offset + 4 + plain.readUInt16BE(offset + 2);
    const key = plain.subarray(offset + 4, keyEnd);
    let next = keyEnd;
    let salt: Buffer | undefined;
    if ([1, 3, 5].includes(type)) {
      next = keyEnd + 2 + plain.readUInt16BE(keyEnd);
      salt = plain.subarray(keyEnd + 2, next);
    }
    const spi = plain.subarray(next + 1, next + 1 + plain[next]!);
    keys.push({ type, key, salt, spi });
    const more = plain[offset] === 20;
    offset = next + 1 + plain[next]!;
    if (more !== offset < plain.length) throw new Error('next payload does not fit');
  }
  return keys;
}
