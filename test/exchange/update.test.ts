import { describe, expect, test } from 'vitest';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { dataTypes } from '../../spec/registry/header.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { otherSide } from '../../model/exchange/bundle.ts';
import { transferInitCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { newSessionKeys } from '../../model/exchange/suppliedKeys.ts';
import { bothBringKeys, bytePair, shared, teks, type BundlePair, type PairOptions } from '../support/bundle.ts';
import { aesCm, h, hmac, len8, parseKeys, prf, protectionKeys } from '../support/independent.ts';
import { hexOf } from '../support/runs.ts';

type Pair = BundlePair<Uint8Array>;

const sides = ['initiator', 'responder'] as const;
const starters = sides.map((side) => [side] as const);

/** Both suites; answered or not; with and without key forking, RANDRr, RANDRi in session keys. */
const calls: readonly (readonly [string, PairOptions])[] = (['sha1', 'sha256'] as const).flatMap((suite) => [
  [`${suite}, strict with L and M`, { suite, flags: bothBringKeys, forks: 2 }] as const,
  [`${suite}, I = 0`, { suite, flags: 'DEFGHJLMNO', forks: 1 }] as const,
  [`${suite}, G = 0`, { suite, flags: 'DEFHIJLMNO', forks: 1 }] as const,
  [`${suite}, H = 0`, { suite, flags: 'DEFGIJLMNO', forks: 1 }] as const,
  [`${suite}, F = 0`, { suite, flags: 'DEHJLNO', forks: 1 }] as const,
]);

/** Both sides hold the same, and nobody turned anything down. */
function expectAgreed(pair: Pair): void {
  expect([pair.refusals('initiator'), pair.refusals('responder')]).toEqual([[], []]);
  expect([pair.state('initiator'), pair.state('responder')]).toEqual(['established', 'established']);
  expect(shared(pair, 'responder')).toEqual(shared(pair, 'initiator'));
}

/** Types of the session keys that no crypto session has left. */
function typesInUse(pair: Pair): readonly number[] {
  return pair.bundle('initiator').sessionKeys.flatMap(({ key, leftAt }) => (leftAt === undefined ? [key.type] : []));
}

/** The label part of the message keys: direction octet and RANDs of the initial exchange. */
function tailOf(pair: Pair): Buffer {
  const { keyInput } = pair.bundle('initiator');
  const octet = pair.bundle('initiator').flags.F ? '02' : '01';
  return Buffer.concat([keyInput.csbId, h(octet), len8(keyInput.RANDRi), len8(keyInput.RANDRr)]);
}

/** MAC and keys of a message, by a second implementation. */
function readIndependently(pair: Pair, octets: Uint8Array, initial?: Uint8Array): { readonly keys: readonly string[] } {
  const { suite, keyInput, initiator, responder } = pair.bundle('initiator');
  const keys = protectionKeys(suite.name, keyInput.inkey, tailOf(pair));
  const message = pair.message(octets);
  const bare = octets.subarray(0, octets.length - suite.macLength);
  const covered = initial ? [bare, initial] : [bare, initiator.data, responder.data];
  const mac = hmac(suite.name, keys.auth, Buffer.concat(covered));
  expect(hexOf(octets.subarray(-suite.macLength))).toBe(mac.toString('hex'));
  const [T] = all(message.payloads, 'T');
  const [KEMAC] = all(message.payloads, 'KEMAC');
  if (!KEMAC) return { keys: [] };
  const plain = aesCm(suite.name, keys, { csbId: keyInput.csbId, t: T!.value, data: KEMAC.encrData });
  return { keys: parseKeys(plain).map((key) => key.key.toString('hex')) };
}

describe.each(calls)('CSB updating after a call with %s', (_, options) => {
  const { F } = bytePair(options).bundle('initiator').flags;
  const answered = F;

  test('both sides begin with the keys that the call ended with', () => {
    expectAgreed(bytePair(options));
  });

  test.each(starters)(
    '[rfc6043:5.2-1] [rfc6043:5.2-14] [rfc3830:4.5-1] a new TGK of the %s replaces all session keys',
    (starter) => {
      if (starter === 'responder' && !F) return;
      const pair = bytePair(options);
      const before = teks(pair);
      pair.update(starter, { keys: ['TGK'], answered });
      pair.run();
      expectAgreed(pair);
      const after = teks(pair);
      expect(Object.keys(after)).toEqual(['1', '2']);
      expect(Object.values(after).some((tek) => Object.values(before).includes(tek))).toBe(false);
      expect(pair.sent('initiator').length + pair.sent('responder').length).toBe(answered ? 2 : 1);
    },
  );

  test.each(starters)(
    '[rfc6043:5.2-8] [rfc3830:4.5-6] streams that the %s adds get keys of their own; the others go on with theirs',
    (starter) => {
      const pair = bytePair(options);
      const before = teks(pair);
      pair.update(starter, { streams: 2, answered });
      pair.run();
      expectAgreed(pair);
      const after = teks(pair);
      expect(Object.keys(after)).toHaveLength(6);
      expect(after).toMatchObject(before);
      expect(new Set(Object.values(after)).size).toBe(6);
      expect(all(pair.message(pair.sent(starter)[0]!).payloads, 'KEMAC')).toEqual([]);
    },
  );
});

describe.each([
  ['sha1', bothBringKeys],
  ['sha256', bothBringKeys],
  ['sha256', 'DEFGHJLMNO'],
  ['sha1', 'DEHJLNO'],
] as const)('the octets of an update, %s, flags %s', (suite, flags) => {
  const F = flags.includes('F');

  test.each(starters)(
    '[rfc6043:5.2-2] [rfc6043:5.2-3] [rfc6043:5.2-4] [rfc6043:5.2-5] [rfc6043:5.2-9] [rfc3830:4.5-2] started by the %s: payloads, order, roles and V flag',
    (starter) => {
      const pair = bytePair({ suite, flags, forks: 1 });
      const brings = F || starter === 'initiator';
      pair.update(starter, { keys: brings ? ['TGK+SALT'] : [], streams: 1, answered: F });
      pair.run();
      expectAgreed(pair);
      const shape = (octets: Uint8Array): readonly string[] =>
        pair.message(octets).payloads.map((payload) => (payload.kind === 'IDR' ? `IDR ${payload.role}` : payload.kind));
      const own = idRoles[starter === 'initiator' ? 'IDRi' : 'IDRr'];
      const other = idRoles[starter === 'initiator' ? 'IDRr' : 'IDRi'];
      const [init] = pair.sent(starter);
      const offered = all(pair.message(init!).payloads, 'SP').map(() => 'SP');
      expect(offered.length).toBeGreaterThan(0);
      expect(shape(init!)).toEqual(['T', `IDR ${own}`, `IDR ${other}`, ...offered, ...(brings ? ['KEMAC'] : []), 'V']);
      expect(pair.message(init!).header.v).toBe(F);
      const [response] = pair.sent(otherSide(starter));
      expect(response !== undefined).toBe(F);
      if (!response) return;
      expect(shape(response)).toEqual(['T', `IDR ${other}`, 'V']);
      expect(pair.message(response).header.v).toBe(false);
      expect(pair.message(response).header.dataType).toBe(dataTypes.TRANSFER_RESP);
    },
  );

  test.each(starters)(
    '[rfc6043:5.2-6] [rfc6043:5.2-13] [rfc6043:5.2-18] [rfc3830:4.5-3] started by the %s: a second implementation verifies both messages and opens both KEMACs under the keys of the last initial message',
    (starter) => {
      const pair = bytePair({ suite, flags, forks: 1, supply: ['TEK'] });
      if (!F && starter === 'responder') return;
      pair.update(starter, { keys: ['GTGK', 'TGK'], answered: F, peerChoosesKeys: F });
      pair.run();
      expectAgreed(pair);
      const [init] = pair.sent(starter);
      expect(hexOf(pair.message(init!).header.csbId)).toBe(hexOf(pair.bundle('responder').keyInput.csbId));
      const { keys } = readIndependently(pair, init!);
      expect(keys).toHaveLength(2);
      const [response] = pair.sent(otherSide(starter));
      const answered = response ? readIndependently(pair, response, init).keys : [];
      expect(answered).toHaveLength(F ? 1 : 0);
      const held = pair.bundle('initiator').sessionKeys.map(({ key }) => hexOf(key.key));
      expect(held).toEqual(expect.arrayContaining([...keys, ...answered]));
    },
  );

  test('[rfc6043:5.2-13] the bundle has the keys that protected the last message of the initial exchange (A19)', () => {
    const pair = bytePair({ suite, flags, forks: 1 });
    const { offer, answer } = pair.initial;
    expect(answer !== undefined).toBe(F);
    const { keyInput, suite: algorithms } = pair.bundle('responder');
    const { auth } = protectionKeys(suite, keyInput.inkey, tailOf(pair));
    const last = answer ?? offer;
    const octets = pair.A.encode({ kind: 'Message', message: last });
    const bare = octets.subarray(0, octets.length - algorithms.macLength);
    // With F = 0 and no key forking there is no Initiator Data that the MAC of TRANSFER_INIT would leave out but its length.
    const covered = answer
      ? [bare, pair.A.encode({ kind: 'Message', message: offer })]
      : [transferInitCoverage(pair.A, offer, [pair.bundle('initiator').initiator, pair.bundle('initiator').responder])];
    expect(hexOf(octets.subarray(-algorithms.macLength))).toBe(
      hmac(suite, auth, Buffer.concat(covered)).toString('hex'),
    );
  });

  test('[rfc6043:5.2-7] both sides remember every T that was used, from the initial exchange on, and by whom (C2)', () => {
    const pair = bytePair({ suite, flags, forks: 1 });
    pair.update('initiator', { streams: 1, answered: F });
    pair.run();
    pair.update('responder', { streams: 1, answered: F });
    pair.run();
    const used = sides.map((side) =>
      pair
        .bundle(side)
        .usedT.map(({ by, T }) => `${hexOf(T.value)} ${by}`)
        .sort(),
    );
    const { offer, answer } = pair.initial;
    const messages = (side: (typeof sides)[number]): readonly Message<Uint8Array>[] => {
      const first = side === 'initiator' ? offer : answer;
      return [...(first ? [first] : []), ...pair.sent(side).map((octets) => pair.message(octets))];
    };
    const sent = sides.flatMap((side) =>
      messages(side).map((message) => `${hexOf(all(message.payloads, 'T')[0]!.value)} ${side}`),
    );
    expect(sent).toHaveLength(F ? 6 : 3);
    expect(used).toEqual([sent.toSorted(), sent.toSorted()]);
  });

  test('[rfc6043:5.2-12] [rfc6043:5.2-20] [rfc3830:4.5-5] TEK and salt derive from the new TGK, not forked, with the old RANDs', () => {
    const pair = bytePair({ suite, flags, forks: 1 });
    pair.update('initiator', { keys: ['TGK'], answered: F });
    pair.run();
    const [tgk] = readIndependently(pair, pair.sent('initiator')[0]!).keys;
    const { RANDRi, RANDRr } = pair.bundle('responder');
    for (const { csId, tek, salt } of pair.bundle('responder').keys) {
      const label = (constant: string): Buffer =>
        Buffer.concat([h(constant), Buffer.from([csId]), h('ffffffff03'), len8(RANDRi), len8(RANDRr)]);
      expect(hexOf(tek)).toBe(prf(suite, h(tgk!), label('2ad01c64'), tek.length).toString('hex'));
      expect(hexOf(salt)).toBe(prf(suite, h(tgk!), label('39a2c14b'), 14).toString('hex'));
    }
  });
});

describe('who chooses the keys', () => {
  test.each(starters)('[rfc6043:5.2-16] the %s leaves it open and gets the key of the other side', (starter) => {
    const pair = bytePair({ forks: 1, supply: ['TEK+SALT'] });
    pair.update(starter, { peerChoosesKeys: true });
    const init = pair.message(pair.sent(starter)[0]!);
    expect(init.header.map.type === 'GENERIC-ID' && init.header.map.sessions.map(({ spi }) => spi.length)).toEqual([
      0, 0,
    ]);
    pair.run();
    expectAgreed(pair);
    const response = pair.message(pair.sent(otherSide(starter))[0]!);
    expect(all(response.payloads, 'KEMAC')).toHaveLength(1);
    const { map } = response.header;
    expect(map.type === 'GENERIC-ID' && map.sessions.every(({ spi }) => spi.length > 0)).toBe(true);
    expect(typesInUse(pair)).toEqual([keyDataTypes['TEK+SALT']]);
  });

  test('[rfc6043:5.2-16] with nothing to bring the answerer names the present key, or the first new one of the starter', () => {
    const pair = bytePair({ forks: 1 });
    const before = teks(pair);
    pair.update('responder', { peerChoosesKeys: true, streams: 1 });
    pair.run();
    expectAgreed(pair);
    expect(teks(pair)).toMatchObject(before);
    pair.update('responder', { peerChoosesKeys: true, keys: ['TGK'] });
    pair.run();
    expectAgreed(pair);
    expect(Object.values(teks(pair))).not.toEqual(expect.arrayContaining(Object.values(before)));
  });

  test.each(starters)('the key of the answerer goes before that of the %s, who left it the choice', (starter) => {
    const pair = bytePair({ forks: 1, supply: ['TEK'] });
    pair.update(starter, { keys: ['GTGK'], peerChoosesKeys: true });
    pair.run();
    expectAgreed(pair);
    const named = pair.bundle(starter).sessionKeys.filter((held) => held.named && held.leftAt === undefined);
    expect(named.map(({ key }) => key.type)).toEqual([keyDataTypes.TEK]);
  });

  test('[rfc6043:8-2] content that is encrypted already: the TEK that one side has comes to the other', () => {
    const pair = bytePair({ forks: 1 });
    const env = pair.env('responder');
    const teksOfContent: readonly KeyDataPayload<Uint8Array>[] = newSessionKeys(env, ['TEK+SALT'], {
      length: 32,
      tekLength: 32,
    });
    pair.update('responder', { keys: teksOfContent });
    pair.run();
    expectAgreed(pair);
    expect(pair.bundle('initiator').keys.map(({ tek }) => hexOf(tek))).toEqual([
      hexOf(teksOfContent[0]!.key),
      hexOf(teksOfContent[0]!.key),
    ]);
  });

  test.each(['TGK', 'TGK+SALT', 'TEK', 'TEK+SALT', 'GTGK', 'GTGK+SALT'] as const)(
    '[rfc6043:5.2-21] a new %s of either side',
    (type) => {
      for (const starter of sides) {
        for (const suite of ['sha1', 'sha256'] as const) {
          const pair = bytePair({ forks: 1, suite });
          pair.update(starter, { keys: [type] });
          pair.run();
          expectAgreed(pair);
          expect(typesInUse(pair)).toEqual([keyDataTypes[type]]);
        }
      }
    },
  );

  test('keys that no crypto session names are kept for later, those that all have left are forgotten', () => {
    const pair = bytePair({ forks: 1 });
    pair.update('initiator', { keys: ['TGK', 'TEK'] });
    pair.run();
    expect(pair.bundle('responder').sessionKeys).toHaveLength(3);
    pair.update('responder', { keys: ['GTGK'] });
    pair.run();
    expectAgreed(pair);
    // An update that was sent before may still name them, until its T is not fresh any more.
    expect(pair.bundle('initiator').sessionKeys).toHaveLength(4);
    pair.elapse(301);
    pair.update('responder', { streams: 1 });
    pair.run();
    expectAgreed(pair);
    expect(pair.bundle('initiator').sessionKeys.map(({ key }) => key.type)).toEqual([
      keyDataTypes.TEK,
      keyDataTypes.GTGK,
    ]);
  });
});

describe('forks', () => {
  test('each endpoint that answered has a bundle of its own: an update of one is nothing to the other', () => {
    const pair = bytePair({ forks: 2 });
    pair.update('initiator', { keys: ['TGK'] });
    const other = bytePair({ forks: 2, change: (bundle) => ({ ...bundle, responder: bundle.initiator }) });
    other.inject('responder', pair.sent('initiator')[0]!);
    expect(other.refusals('responder')).toEqual(['updateNamesBoth']);
  });
});
