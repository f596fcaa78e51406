/**
 * Session keys that Initiator or Responder bring themselves, in a KEMAC of Ticket Transfer: for content that is encrypted already, or as
 * new keys in a CSB update. The KEMAC is handled alike in both.
 *
 * The IV holds the T of the message that carries the KEMAC (finding A1), so one party must never use a T twice, and in updates
 * neither may the two parties together (finding C2).
 *
 * Statements: rfc6043:4.1-7; rfc6043:4.2.2.1-10, -11; rfc6043:4.2.2.3-17, -18; rfc6043:5.2-14, -17, -18, -19, -21; rfc6043:8-2, -4;
 * rfc6043:6.10-39, -42; rfc3830:6.2-3.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 * @see [RFC 6043, section 8](https://www.rfc-editor.org/rfc/rfc6043.html#section-8)
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import type { Algebra, Keying } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Need } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { messageEncrKeys, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { saltKeyLength, type Suite } from '../keys/suite.ts';
import type { KemacPayload, KeyDataPayload, TPayload } from '../message/payload.ts';
import { as64Bits } from '../message/timestamps.ts';
import { allDifferent, keysAdequate, openKeys, sealKeys, spiOf } from '../protection/keyTransport.ts';
import { sessionKey, type SessionKeyType } from './newKeys.ts';

/** What protects a KEMAC of Ticket Transfer. */
export interface SuppliedKeying<B> {
  /**
   * Keys of the message: MPKi and `initial` in the first TRANSFER_INIT, MPKr' or MPKi and `response` in the first TRANSFER_RESP, in
   * updates those of the last message of the initial exchange.
   */
  readonly keyInput: MessageKeyInput<B>;
  readonly suite: Suite;
  /** T of the message that carries the KEMAC. */
  readonly T: TPayload<B>;
}

/**
 * Seals session keys into a KEMAC.
 *
 * @param keys - TEK, TGK or GTGK, with or without salt, one at least, each with an SPI of its own
 * @throws MikeyError ERR_KEY_DATA if there is none, or a key is no session key or has no SPI of its own; ERR_KEY_LENGTH if a key is too
 *   short, or too long for the suite
 */
export function sealSuppliedKeys<B>(
  A: Algebra<B>,
  keys: readonly KeyDataPayload<B>[],
  keying: SuppliedKeying<B>,
): KemacPayload<B> {
  if (!suppliable(A, keys)) {
    throw new MikeyError('ERR_KEY_DATA', 'the keys are no session keys, each with an SPI of its own', {
      clause: 'rfc6043:5.2-21',
    });
  }
  if (!keysAdequate(A, keying.suite, keys)) {
    throw new MikeyError('ERR_KEY_LENGTH', 'a session key does not fit the algorithms', { clause: 'rfc6043:12.1-4' });
  }
  return sealKeys(A, keying.suite.encrAlg, { keying: keyingOf(A, keying.suite.encrAlg, keying), keys });
}

/**
 * Opens a KEMAC of a message whose V holds.
 *
 * @param options - also `need`, and the session keys that are `known` already, from the ticket or an earlier exchange: an SPI names one
 *   key only, and no key comes back under another SPI
 * @throws MikeyError with the codec's codes if the plaintext is no chain of key data, ERR_ENCR_ALG if the algorithm is not known
 */
export function openSuppliedKeys<B>(
  A: Algebra<B>,
  kemac: KemacPayload<B>,
  options: SuppliedKeying<B> & { readonly need: Need; readonly known: readonly KeyDataPayload<B>[] },
): readonly KeyDataPayload<B>[] {
  const { need, suite, T, known } = options;
  need('suppliedAlgorithmsMatch', () => kemac.encrAlg === suite.encrAlg && kemac.macAlg === macAlgs.NULL);
  need('suppliedTimestampPrecise', () => T.tsType === tsTypes['NTP-UTC']);
  const keys = openKeys(A, kemac, keyingOf(A, kemac.encrAlg, options));
  need('suppliedKeysComplete', () => suppliable(A, keys) && keys.every((key) => isNew(A, key, known)));
  need('suppliedKeysStrong', () => keysAdequate(A, suite, keys));
  return keys;
}

/**
 * Fresh session keys.
 *
 * @param types - the wanted keys in order
 * @param options - lengths in octets: of TGKs and GTGKs, and of TEKs, which is what the security policy says
 */
export function newSessionKeys<B>(
  env: Env<B>,
  types: readonly SessionKeyType[],
  options: { readonly length: number; readonly tekLength: number },
): readonly KeyDataPayload<B>[] {
  const zero = (octets: number): B => env.algebra.octets('00'.repeat(octets));
  return types.map((name) => {
    const length = name.startsWith('TEK') ? options.tekLength : options.length;
    const wanted: KeyDataPayload<B> = {
      kind: 'Key data',
      type: keyDataTypes[name],
      key: zero(length),
      kv: { kind: 'Null' },
    };
    return sessionKey(env, name.endsWith('SALT') ? { ...wanted, salt: zero(saltKeyLength) } : wanted);
  });
}

function keyingOf<B>(A: Algebra<B>, encrAlg: number, { keyInput, T }: SuppliedKeying<B>): Keying<B> {
  return { ...messageEncrKeys(A, encrAlg, keyInput), csbId: keyInput.csbId, t: as64Bits(A, T) };
}

/** Whether keys may stand in such a KEMAC: session keys, one at least (finding A24), each with an SPI of its own. */
function suppliable<B>(A: Algebra<B>, keys: readonly KeyDataPayload<B>[]): boolean {
  const spis = keys.map(spiOf).filter((spi): spi is B => spi !== undefined && A.length(spi) > 0);
  const areSessionKeys = keys.every((key) => key.type <= keyDataTypes['GTGK+SALT']);
  return keys.length > 0 && areSessionKeys && spis.length === keys.length && allDifferent(A, spis);
}

/** Whether neither the SPI of a key nor the key itself is known: with the old RANDs an old key would give the old TEKs again. */
function isNew<B>(A: Algebra<B>, key: KeyDataPayload<B>, known: readonly KeyDataPayload<B>[]): boolean {
  const spi = spiOf(key);
  return known.every((other) => {
    const otherSpi = spiOf(other);
    const sameSpi = spi !== undefined && otherSpi !== undefined && A.equal(spi, otherSpi);
    return !sameSpi && !A.equal(key.key, other.key);
  });
}
