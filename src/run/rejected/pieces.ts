/**
 * Small changes that several messages have in common.
 *
 * @module
 */
import type { KeyDataPayload } from '../../../model/message/payload.ts';
import { isMpk } from '../../../model/protection/keyTransport.ts';
import { flipped, type Edit } from './edits.ts';

type Keys = readonly KeyDataPayload<Uint8Array>[];

/** Another CSB ID. */
export function otherCsb(message: Parameters<Edit>[0]): ReturnType<Edit> {
  return { ...message, header: { ...message.header, csbId: flipped(message.header.csbId, 0) } };
}

/** The last key is cut off after 8 octets. */
export function shorterKey(keys: Keys): Keys {
  return lastChanged(keys, (key) => ({ ...key, key: key.key.slice(0, 8) }));
}

/** The MPKs are cut off after 8 octets. */
export function shorterMpk(keys: Keys): Keys {
  return keys.map((key) => (isMpk(key) ? { ...key, key: key.key.slice(0, 8) } : key));
}

/** The last key has no SPI. */
export function withoutSpi(keys: Keys): Keys {
  return lastChanged(keys, (key) => ({ ...key, kv: { kind: 'Null' } }));
}

/** The last key has the SPI of the first one. */
export function sameSpi(keys: Keys): Keys {
  return lastChanged(keys, (key) => ({ ...key, kv: keys[0]?.kv ?? key.kv }));
}

function lastChanged(keys: Keys, change: (key: KeyDataPayload<Uint8Array>) => KeyDataPayload<Uint8Array>): Keys {
  return keys.map((key, index) => (index === keys.length - 1 ? change(key) : key));
}
