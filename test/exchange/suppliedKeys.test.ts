import { describe, expect, test } from 'vitest';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import {
  newSessionKeys,
  openSuppliedKeys,
  sealSuppliedKeys,
  type SuppliedKeying,
} from '../../model/exchange/suppliedKeys.ts';
import { attempt } from '../../model/guard/checker.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { messageEncrKeys } from '../../model/keys/protectionKeys.ts';
import { suites } from '../../model/keys/suite.ts';
import type { KemacPayload, KeyDataPayload } from '../../model/message/payload.ts';
import { freshT } from '../../model/message/timestamps.ts';
import { sealKeys } from '../../model/protection/keyTransport.ts';
import { bytes as A, interpretation } from '../../src/run/byteRun.ts';
import { aesCm, h, len8, parseKeys, protectionKeys } from '../support/independent.ts';
import { hex, thrownBy } from '../wire/octets.ts';

const source = interpretation('supplied').sourceOf('somebody');
const env: Env<Uint8Array> = { algebra: A, source, profile: strictProfile };
const types = Object.keys(keyDataTypes).filter((name) => name !== 'MPK' && name !== 'K_PR') as 'TGK'[];

/** Keys of a message, as they come out of Ticket Transfer. */
function keying(name: 'sha1' | 'sha256', direction: 'initial' | 'response' = 'initial'): SuppliedKeying<Uint8Array> {
  const suite = suites[name];
  return {
    suite,
    T: freshT(A, source.now()),
    keyInput: {
      prfFunc: suite.prfFunc,
      inkey: source.random(suite.keyLength, 'MPKi'),
      direction,
      csbId: source.random(4, 'CSB ID'),
      RANDRi: source.random(suite.keyLength, 'RANDRi'),
      RANDRr: direction === 'response' ? source.random(suite.keyLength, 'RANDRr') : undefined,
    },
  };
}

/** What becomes of a KEMAC: the keys, or the check that it fails. */
function opened(
  kemac: KemacPayload<Uint8Array>,
  using: SuppliedKeying<Uint8Array>,
  known: readonly KeyDataPayload<Uint8Array>[] = [],
): unknown {
  const outcome = attempt(strictProfile, (need) => openSuppliedKeys(A, kemac, { ...using, need, known }));
  return outcome.accepted ? outcome.value : (outcome.rejection.check ?? outcome.rejection.code);
}

/** Seals what the product would not seal. */
function sealedAnyhow(
  using: SuppliedKeying<Uint8Array>,
  keys: readonly KeyDataPayload<Uint8Array>[],
): KemacPayload<Uint8Array> {
  const { keyInput, suite, T } = using;
  const full = { ...messageEncrKeys(A, suite.encrAlg, keyInput), csbId: keyInput.csbId, t: T.value };
  return sealKeys(A, suite.encrAlg, { keying: full, keys });
}

describe('session keys of Initiator or Responder', () => {
  test.each([
    ['sha1', 'initial', '01'],
    ['sha1', 'response', '02'],
    ['sha256', 'initial', '01'],
    ['sha256', 'response', '02'],
  ] as const)(
    '[rfc6043:4.1-7] [rfc6043:4.2.2.1-10] [rfc6043:4.2.2.3-17] [rfc6043:5.2-17] [rfc6043:5.2-19] [rfc6043:5.2-21] %s, %s: a second implementation opens the KEMAC under the message keys and the T of the carrier',
    (name, direction, octet) => {
      const using = keying(name, direction);
      const { suite, keyInput, T } = using;
      const keys = newSessionKeys(env, types, { length: suite.keyLength, tekLength: 16 });
      const kemac = sealSuppliedKeys(A, keys, using);
      expect([kemac.encrAlg, kemac.macAlg, kemac.mac.length]).toEqual([suite.encrAlg, macAlgs.NULL, 0]);
      const tail = Buffer.concat([
        keyInput.csbId,
        h(octet),
        len8(keyInput.RANDRi ?? new Uint8Array()),
        len8(keyInput.RANDRr ?? new Uint8Array()),
      ]);
      const other = protectionKeys(name, keyInput.inkey, tail);
      const plain = aesCm(name, other, { csbId: keyInput.csbId, t: T.value, data: kemac.encrData });
      expect(parseKeys(plain).map((key) => [key.type, key.key.toString('hex'), key.salt?.length ?? 0])).toEqual(
        keys.map((key) => [key.type, Buffer.from(key.key).toString('hex'), key.salt?.length ?? 0]),
      );
      expect(opened(kemac, using)).toEqual(keys);
      // Another T is another IV: nothing readable comes out (finding A1).
      expect(opened(kemac, { ...using, T: freshT(A, source.now()) })).not.toEqual(keys);
    },
  );

  test('[rfc6043:4.2.2.1-11] [rfc6043:4.2.2.3-18] [rfc6043:8-4] a TEK that content is encrypted with already is carried as it is', () => {
    const using = keying('sha1', 'response');
    const tek: KeyDataPayload<Uint8Array> = {
      kind: 'Key data',
      type: keyDataTypes.TEK,
      key: new Uint8Array(16).fill(7),
      kv: { kind: 'SPI', spi: hex('0badcafe') },
    };
    expect(opened(sealSuppliedKeys(A, [tek], using), using)).toEqual([tek]);
  });

  const using = keying('sha1');
  const [good] = newSessionKeys(env, ['TGK'], { length: 16, tekLength: 16 });
  const key = good!;
  test.each([
    ['no key (finding A24)', [], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['an MPK', [{ ...key, type: keyDataTypes.MPK }], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['a key of RFC 6267', [{ ...key, type: keyDataTypes.K_PR }], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['a key without SPI', [{ ...key, kv: { kind: 'Null' } }], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['an empty SPI', [{ ...key, kv: { kind: 'SPI', spi: h('') } }], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['two keys with one SPI', [key, { ...key, key: h('11'.repeat(16)) }], 'suppliedKeysComplete', 'ERR_KEY_DATA'],
    ['a short key', [{ ...key, key: h('11'.repeat(15)) }], 'suppliedKeysStrong', 'ERR_KEY_LENGTH'],
    ['a long key under SHA-1', [{ ...key, key: h('11'.repeat(17)) }], 'suppliedKeysStrong', 'ERR_KEY_LENGTH'],
  ] as const)('%s is neither sealed nor accepted', (_, keys, check, code) => {
    expect(thrownBy(() => sealSuppliedKeys(A, keys, using)).code).toBe(code);
    expect(opened(sealedAnyhow(using, keys), using)).toBe(check);
  });

  test('[rfc6043:6.2.1-3] an SPI or a key that is known already is refused', () => {
    const kemac = sealSuppliedKeys(A, [key], using);
    expect(opened(kemac, using, [{ ...key, key: h('11'.repeat(16)) }])).toBe('suppliedKeysComplete');
    expect(opened(kemac, using, [{ ...key, kv: { kind: 'SPI', spi: h('01020304') } }])).toBe('suppliedKeysComplete');
    expect(opened(kemac, using, [{ ...key, key: h('11'.repeat(16)), kv: { kind: 'Null' } }])).toEqual([key]);
  });

  test('[rfc6043:5.2-17] another MAC than NULL, another strength, and a coarse T are refused', () => {
    const kemac = sealSuppliedKeys(A, [key], using);
    const mac = { macAlg: macAlgs['HMAC-SHA-1-160'], mac: new Uint8Array(20) };
    expect(opened({ ...kemac, ...mac }, using)).toBe('suppliedAlgorithmsMatch');
    expect(opened({ ...kemac, encrAlg: suites.sha256.encrAlg }, using)).toBe('suppliedAlgorithmsMatch');
    expect(opened({ ...kemac, encrAlg: 0 }, using)).toBe('suppliedAlgorithmsMatch');
    for (const name of ['COUNTER', 'NTP-UTC-32', 'NTP'] as const) {
      const T = { ...using.T, tsType: tsTypes[name] };
      expect([name, opened(kemac, { ...using, T })]).toEqual([name, 'suppliedTimestampPrecise']);
    }
  });
});
