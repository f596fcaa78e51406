/**
 * Fresh keys, and the way in which an Initiator asks for them.
 *
 * Statements: rfc6043:6.10-61; rfc3830:4.5-7; rfc3830:6.11-1.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 3830, section 6.13](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.13)
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Env } from '../guard/profile.ts';
import { saltKeyLength, type Suite } from '../keys/suite.ts';
import type { KemacPayload, KeyDataPayload } from '../message/payload.ts';
import type { TicketFlags } from '../message/ticketPolicy.ts';
import type { TpData } from '../policy/tpData.ts';

/** Length of an SPI that we choose, in octets. */
const spiLength = 4;

/** A kind of session key that can be asked for. */
export type SessionKeyType = 'TGK' | 'TGK+SALT' | 'TEK' | 'TEK+SALT' | 'GTGK' | 'GTGK+SALT';

/** The types that bring a salt. */
const salted: ReadonlySet<number> = new Set([
  keyDataTypes['TGK+SALT'],
  keyDataTypes['TEK+SALT'],
  keyDataTypes['GTGK+SALT'],
]);

/**
 * The KEMAC of a TP payload, which asks for keys: NULL encryption, NULL MAC, key data all zero of the wanted length
 * (rfc6043:6.10-62, rfc6043:6.10-63, rfc6043:6.10-65; finding B9).
 *
 * @param types - the wanted keys in order
 * @param options - length of each key in octets
 */
export function wantedKeys<B>(
  A: Algebra<B>,
  types: readonly SessionKeyType[],
  { length }: { readonly length: number },
): KemacPayload<B> {
  const zero = (octets: number): B => A.octets('00'.repeat(octets));
  const keys = types.map((name): KeyDataPayload<B> => {
    const type = keyDataTypes[name];
    const key: KeyDataPayload<B> = { kind: 'Key data', type, key: zero(length), kv: { kind: 'Null' } };
    return salted.has(type) ? { ...key, salt: zero(saltKeyLength) } : key;
  });
  return {
    kind: 'KEMAC',
    encrAlg: encrAlgs.NULL,
    encrData: A.encode({ kind: 'Key data', keys }),
    macAlg: macAlgs.NULL,
    mac: A.octets(''),
  };
}

/**
 * The keys that TP Data asks for; without a KEMAC one TGK, as the RFC recommends (rfc6043:4.2.1.5-11). Only types and lengths
 * count, the key data are ignored (rfc6043:6.10-66). An empty KEMAC asks for a ticket without session keys, which makes sense where L or M
 * lets a party supply them (rfc6043:8-3).
 *
 * @throws MikeyError ERR_KEY_DATA if the KEMAC is protected or asks for something that is no session key
 */
export function requestedKeys<B>(
  A: Algebra<B>,
  requested: TpData<B>,
  { suite, flags }: { readonly suite: Suite; readonly flags: TicketFlags },
): readonly KeyDataPayload<B>[] {
  const { KEMAC } = requested;
  if (!KEMAC) {
    const key = A.octets('00'.repeat(suite.keyLength));
    return [{ kind: 'Key data', type: keyDataTypes.TGK, key, kv: { kind: 'Null' } }];
  }
  if (KEMAC.encrAlg !== encrAlgs.NULL || KEMAC.macAlg !== macAlgs.NULL) {
    throw new MikeyError('ERR_KEY_DATA', 'the KEMAC in TP Data is not in clear', { clause: 'rfc6043:6.10-62' });
  }
  const { keys } = A.decode('Key data', KEMAC.encrData);
  const suppliedLater = flags.L || flags.M;
  if ((keys.length === 0 && !suppliedLater) || keys.some((key) => key.type > keyDataTypes['GTGK+SALT'])) {
    throw new MikeyError('ERR_KEY_DATA', 'the KEMAC in TP Data asks for no session key', { clause: 'rfc6043:6.10-64' });
  }
  return keys;
}

/** A key with an SPI of its own (rfc6043:6.2.1-3). */
export function keyData<B>(env: Env<B>, type: keyof typeof keyDataTypes, key: B): KeyDataPayload<B> {
  const spi = env.source.random(spiLength, 'SPI');
  return { kind: 'Key data', type: keyDataTypes[type], key, kv: { kind: 'SPI', spi } };
}

/** A fresh session key of the type and length that was asked for. */
export function sessionKey<B>(env: Env<B>, wanted: KeyDataPayload<B>): KeyDataPayload<B> {
  const A = env.algebra;
  const spi = env.source.random(spiLength, 'SPI');
  const key = env.source.random(A.length(wanted.key), 'session key');
  const fresh: KeyDataPayload<B> = { kind: 'Key data', type: wanted.type, key, kv: { kind: 'SPI', spi } };
  return wanted.salt === undefined ? fresh : { ...fresh, salt: env.source.random(A.length(wanted.salt), 'salt') };
}
