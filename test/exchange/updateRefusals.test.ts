import { describe, expect, test } from 'vitest';
import { idRoles } from '../../spec/registry/identities.ts';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { otherSide, type Side } from '../../model/exchange/bundle.ts';
import { rekeyDeadline } from '../../model/exchange/commit.ts';
import { newSessionKeys } from '../../model/exchange/suppliedKeys.ts';
import { rememberT, type UsedT } from '../../model/exchange/updateTime.ts';
import { messageEncrKeys } from '../../model/keys/protectionKeys.ts';
import { suites } from '../../model/keys/suite.ts';
import type { GenericIdSession } from '../../model/message/header.ts';
import { uri } from '../../model/message/identity.ts';
import type { Message } from '../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../model/message/payload.ts';
import { one } from '../../model/message/select.ts';
import { as64Bits, freshT, second } from '../../model/message/timestamps.ts';
import { aesCm128HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { sealKeys } from '../../model/protection/keyTransport.ts';
import { bothBringKeys, bytePair, flipped, forged, shared, teks, type BundlePair } from '../support/bundle.ts';
import { hexOf } from '../support/runs.ts';
import { hex } from '../wire/octets.ts';

type Pair = BundlePair<Uint8Array>;
type Change = (message: Message<Uint8Array>, pair: Pair) => Message<Uint8Array>;

const sides = ['initiator', 'responder'] as const;
const noL = 'DEFGHIJMNO';
const noM = 'DEFGHIJLNO';

const payloads =
  (change: (payload: Payload<Uint8Array>, pair: Pair) => readonly Payload<Uint8Array>[]): Change =>
  (message, pair) => ({ ...message, payloads: message.payloads.flatMap((payload) => change(payload, pair)) });
const adding =
  (make: (pair: Pair, message: Message<Uint8Array>) => Payload<Uint8Array>): Change =>
  (message, pair) => ({
    ...message,
    payloads: [...message.payloads.slice(0, -1), make(pair, message), ...message.payloads.slice(-1)],
  });
const header =
  (change: (header: Message<Uint8Array>['header']) => Partial<Message<Uint8Array>['header']>): Change =>
  (message) => ({ ...message, header: { ...message.header, ...change(message.header) } });
const sessions = (change: (session: GenericIdSession<Uint8Array>) => GenericIdSession<Uint8Array>): Change =>
  header(({ map }) => ({
    map: map.type === 'GENERIC-ID' ? { type: 'GENERIC-ID', sessions: map.sessions.map(change) } : map,
  }));
const time = (tsType: number, octets: number): Change =>
  payloads((payload) => [
    payload.kind === 'T' ? { ...payload, tsType, value: payload.value.subarray(0, octets) } : payload,
  ]);
const withoutIdr = (role: number): Change =>
  payloads((payload) => (payload.kind === 'IDR' && payload.role === role ? [] : [payload]));
/** A KEMAC that the product would not seal. */
const kemac = (keys: (pair: Pair) => readonly KeyDataPayload<Uint8Array>[], mac: number = macAlgs.NULL): Change =>
  adding((pair, message) => {
    const { keyInput, suite } = pair.bundle('initiator');
    const full = messageEncrKeys(pair.A, suite.encrAlg, keyInput);
    const keying = { ...full, csbId: keyInput.csbId, t: as64Bits(pair.A, one(message.payloads, 'T')) };
    const sealed = sealKeys(pair.A, suite.encrAlg, { keying, keys: keys(pair) });
    return { ...sealed, macAlg: mac, mac: new Uint8Array(mac === macAlgs.NULL ? 0 : 32) };
  });
const fresh = (pair: Pair, type: 'TGK' | 'TEK', length: number): readonly KeyDataPayload<Uint8Array>[] =>
  newSessionKeys(pair.env('initiator'), [type], { length, tekLength: length });

/** TRANSFER_INIT without keys, changed and signed anew, and what becomes of it at the answerer. */
function afterInit(starter: Side, change: Change, options: Parameters<typeof bytePair>[0] = {}): readonly string[] {
  const pair = bytePair({ forks: 1, ...options });
  const answerer = otherSide(starter);
  const before = shared(pair, answerer);
  const F = pair.bundle(starter).flags.F;
  pair.update(starter, { streams: 1, answered: F });
  const message = pair.message(pair.intercept(starter));
  pair.inject(answerer, forged(pair, change(message, pair)));
  expect([shared(pair, answerer), pair.state(answerer), pair.underway(answerer)]).toEqual([
    before,
    'established',
    false,
  ]);
  return pair.refusals(answerer);
}

/** The same for TRANSFER_RESP at the starter. */
function afterResp(starter: Side, change: Change, options: Parameters<typeof bytePair>[0] = {}): readonly string[] {
  const pair = bytePair({ forks: 1, ...options });
  const before = shared(pair, starter);
  pair.update(starter, { streams: 1 });
  const initial = pair.message(pair.sent(starter)[0]!);
  pair.deliver(starter);
  const response = pair.message(pair.intercept(otherSide(starter)));
  const changed = forged(pair, change(response, pair), { initial });
  pair.inject(starter, changed);
  expect(shared(pair, starter)).toEqual(before);
  // Its T is used up if the other side did send it, and only then.
  const T = one(pair.message(changed).payloads, 'T');
  const authentic = pair.lastRejection(starter)!.authenticated;
  const used = pair.bundle(starter).usedT.some((entry) => hexOf(entry.T.value) === hexOf(T.value));
  expect([pair.state(starter), used]).toEqual([authentic ? 'established' : 'awaitingUpdateResp', authentic]);
  return pair.refusals(starter);
}

const dummyTicket: Payload<Uint8Array> = {
  kind: 'TICKET',
  policy: {
    ticketType: 1,
    subtype: 1,
    version: 1,
    prfFunc: 1,
    flags: bytePair({ forks: 1 }).bundle('initiator').flags,
    res: 0,
    tpData: [{ kind: 'IDR', role: idRoles.IDRr, idType: 1, data: hex('62') }],
  },
  ticketData: hex('00'),
  initiatorData: hex(''),
};

describe.each(sides.map((side) => [side] as const))('TRANSFER_INIT of the %s, with a MAC that holds', (starter) => {
  const own = idRoles[starter === 'initiator' ? 'IDRi' : 'IDRr'];
  const other = idRoles[starter === 'initiator' ? 'IDRr' : 'IDRi'];

  test('is accepted as it is', () => {
    const pair = bytePair({ forks: 1 });
    pair.update(starter, { streams: 1 });
    pair.inject(otherSide(starter), forged(pair, pair.message(pair.intercept(starter))));
    expect(pair.refusals(otherSide(starter))).toEqual([]);
  });

  test.each([
    ['[rfc6043:5.2-6] another CSB ID', 'updateOfThisBundle', header(() => ({ csbId: hex('00112233') }))],
    ['another PRF', 'updateOfThisBundle', header(() => ({ prfFunc: suites.sha1.prfFunc }))],
    [
      '[rfc6043:5.2-10] the old RANDRi',
      'updateKeepsTicketAndRands',
      adding((pair) => ({ kind: 'RANDR', role: randRoles.RANDRi, rand: pair.bundle('initiator').RANDRi })),
    ],
    [
      '[rfc6043:5.2-11] [rfc6043:5.2-12] [rfc3830:4.5-5] a new RANDRr',
      'updateKeepsTicketAndRands',
      adding(() => ({ kind: 'RANDR', role: randRoles.RANDRr, rand: new Uint8Array(32) })),
    ],
    ['a RAND of RFC 3830', 'updateKeepsTicketAndRands', adding(() => ({ kind: 'RAND', rand: new Uint8Array(32) }))],
    ['[rfc6043:5.2-11] a TICKET', 'updateKeepsTicketAndRands', adding(() => dummyTicket)],
    ["[rfc6043:5.2-2] [rfc6043:5.2-4] without the starter's IDR (C1)", 'updateNamesBoth', withoutIdr(own)],
    ["without the answerer's IDR (C1)", 'updateNamesBoth', withoutIdr(other)],
    [
      'a third IDR',
      'updateNamesBoth',
      adding((pair) => ({ kind: 'IDR', role: idRoles.IDRapp, ...uri(pair.A, 'sip:carol@example.com') })),
    ],
    [
      'another starter',
      'updateNamesBoth',
      payloads((payload, pair) => [
        payload.kind === 'IDR' && payload.role === own
          ? { ...payload, ...uri(pair.A, 'sip:carol@example.com') }
          : payload,
      ]),
    ],
    ['[rfc6043:5.2-7] COUNTER (C2)', 'updateTimestampPrecise', time(tsTypes.COUNTER, 4)],
    ['NTP-UTC-32 (C2)', 'updateTimestampPrecise', time(tsTypes['NTP-UTC-32'], 4)],
    ['NTP', 'updateTimestampPrecise', time(tsTypes.NTP, 8)],
    ['no answer wanted', 'updateAnswerAllowed', header(() => ({ v: false }))],
    ['[rfc6043:5.2-8] no map', 'updateMapGeneric', header(() => ({ map: { type: 'Empty map' } }))],
    ['one CS ID twice (B15)', 'updateMapGeneric', sessions((session) => ({ ...session, csId: 7 }))],
    ['[rfc6043:5.2-21] an empty KEMAC (A24)', 'suppliedKeysComplete', kemac(() => [])],
    [
      'a key that is known',
      'suppliedKeysComplete',
      kemac((pair) => pair.bundle('initiator').sessionKeys.map(({ key }) => key)),
    ],
    [
      'an MPK',
      'suppliedKeysComplete',
      kemac((pair) => fresh(pair, 'TGK', 32).map((key) => ({ ...key, type: keyDataTypes.MPK }))),
    ],
    ['a weak key', 'suppliedKeysStrong', kemac((pair) => fresh(pair, 'TGK', 8))],
    [
      '[rfc6043:5.2-17] a KEMAC with a MAC',
      'suppliedAlgorithmsMatch',
      kemac((pair) => fresh(pair, 'TGK', 32), macAlgs['HMAC-SHA-256-256']),
    ],
    ['a TGK longer than the RANDs', 'updateRandLongEnough', kemac((pair) => fresh(pair, 'TGK', 65))],
    [
      'an SP that is not accepted',
      'updateSecurityPolicyAcceptable',
      payloads((payload, pair) => [
        payload.kind === 'SP'
          ? writeSrtpPolicy(pair.A, payload.policyNo, { ...aesCm128HmacSha1, tagLength: 4 })
          : payload,
      ]),
    ],
    ['no SP', 'updateSecurityPolicyAcceptable', payloads((payload) => (payload.kind === 'SP' ? [] : [payload]))],
    ['an unknown SPI', 'updateSessionsComplete', sessions((session) => ({ ...session, spi: hex('cafe') }))],
  ] as const)('%s: %s', (_, check, change) => {
    expect(afterInit(starter, change)).toEqual([check]);
  });

  test('another strength of V', () => {
    const pair = bytePair({ forks: 1 });
    pair.update(starter, { streams: 1 });
    const weak = forged(pair, pair.message(pair.intercept(starter)), { macAlg: macAlgs['HMAC-SHA-1-160'] });
    pair.inject(otherSide(starter), weak);
    expect(pair.refusals(otherSide(starter))).toEqual(['updateAlgorithmsMatch']);
  });

  test('[rfc6043:5.2-8] another policy under the same key, and a TEK that does not fit the policy (A14)', () => {
    const renamed: Change = (message, pair) => {
      const held = pair.bundle(starter).sessions.map(({ session }) => ({ ...session, policies: [9] }));
      return adding(() => writeSrtpPolicy(pair.A, 9, aesCm128HmacSha1))(
        { ...message, header: { ...message.header, map: { type: 'GENERIC-ID', sessions: held } } },
        pair,
      );
    };
    expect(afterInit(starter, renamed)).toEqual(['updateSessionsConsistent']);
    // Under a new key it is no matter.
    const moved = bytePair({ forks: 1 });
    moved.update(starter, { keys: ['TGK'] });
    const other = payloads((payload) => [
      payload.kind === 'SP' ? writeSrtpPolicy(moved.A, payload.policyNo, aesCm128HmacSha1) : payload,
    ])(moved.message(moved.intercept(starter)), moved);
    moved.inject(otherSide(starter), forged(moved, other));
    expect(moved.refusals(otherSide(starter))).toEqual([]);
    expect(moved.bundle(otherSide(starter)).keys.map(({ tek }) => tek.length)).toEqual([16, 16]);
    const pair = bytePair({ forks: 1 });
    const [tek] = fresh(pair, 'TEK', 16);
    pair.update(starter, { keys: [tek!] });
    pair.deliver(starter);
    expect(pair.refusals(otherSide(starter))).toEqual(['updateSessionsConsistent']);
  });

  test('[rfc6043:5.2-15] [rfc6043:6.10-39] [rfc6043:6.10-42] a KEMAC that L or M forbids is neither made nor accepted', () => {
    const flags = starter === 'initiator' ? noL : noM;
    expect(
      afterInit(
        starter,
        kemac((pair) => fresh(pair, 'TGK', 32)),
        { flags },
      ),
    ).toEqual(['updateKemacAllowed']);
    const pair = bytePair({ forks: 1, flags });
    pair.update(starter, { keys: ['TGK'] });
    expect([pair.refusals(starter), pair.sent(starter)]).toEqual([['updateKemacAllowed'], []]);
    // The other side is not concerned by that flag, whoever starts.
    pair.update(otherSide(starter), { keys: ['TGK'] });
    pair.run();
    expect(shared(pair, 'initiator')).toEqual(shared(pair, 'responder'));
    expect(pair.refusals(otherSide(starter))).toEqual([]);
  });

  test('an update that changes nothing is not made', () => {
    const pair = bytePair({ forks: 1 });
    pair.update(starter);
    expect([pair.refusals(starter), pair.sent(starter), pair.state(starter)]).toEqual([
      ['ERR_SECURITY_POLICY'],
      [],
      'established',
    ]);
  });

  test('[rfc6043:5.2-9] with F = 0 no answer may be asked for', () => {
    const pair = bytePair({ forks: 1, flags: 'DEHJLNO' });
    pair.update(starter, { streams: 1, answered: true });
    expect(pair.refusals(starter)).toEqual(['updateAnswerAllowed']);
    expect(
      afterInit(
        starter,
        header(() => ({ v: true })),
        { flags: 'DEHJLNO' },
      ),
    ).toEqual(['updateAnswerAllowed']);
  });

  test('without an answer to come the starter must have filled in everything', () => {
    const flags = { flags: 'DEHJLNO' };
    for (const empty of [{ sessionData: hex('') }, { spi: hex('') }, { policies: [0, 0] }]) {
      const change = sessions((session) => ({ ...session, ...empty }));
      expect(afterInit(starter, change, flags)).toEqual(['updateSessionsComplete']);
    }
  });
});

describe.each(sides.map((side) => [side] as const))('TRANSFER_RESP to the %s, with a MAC that holds', (starter) => {
  const peer = idRoles[starter === 'initiator' ? 'IDRr' : 'IDRi'];
  const flags = starter === 'initiator' ? noM : noL;

  test.each([
    ['another CSB ID', 'updateRespHeaderEchoed', header(() => ({ csbId: hex('00112233') }))],
    [
      '[rfc6043:5.2-11] a new RANDRr',
      'updateKeepsTicketAndRands',
      adding(() => ({ kind: 'RANDR', role: randRoles.RANDRr, rand: new Uint8Array(32) })),
    ],
    ['[rfc6043:5.2-3] [rfc6043:5.2-5] no IDR (C1)', 'updateRespFromPeer', withoutIdr(peer)],
    [
      "the starter's IDR (C1)",
      'updateRespFromPeer',
      payloads((payload) => [payload.kind === 'IDR' ? { ...payload, role: 3 - peer } : payload]),
    ],
    ['COUNTER', 'updateTimestampPrecise', time(tsTypes.COUNTER, 4)],
    ['[rfc6043:5.2-16] no SPI', 'updateSessionsComplete', sessions((session) => ({ ...session, spi: hex('') }))],
    ['no Session Data', 'updateSessionsComplete', sessions((session) => ({ ...session, sessionData: hex('') }))],
    ['other CS IDs', 'updateSessionsComplete', sessions((session) => ({ ...session, csId: session.csId + 40 }))],
    ['no map', 'updateSessionsComplete', header(() => ({ map: { type: 'Empty map' } }))],
    [
      'a policy that was not offered',
      'updateSecurityPolicyAcceptable',
      sessions((session) => ({ ...session, policies: [77] })),
    ],
    ['an empty KEMAC', 'suppliedKeysComplete', kemac(() => [])],
  ] as const)('%s: %s', (_, check, change) => {
    expect(afterResp(starter, change)).toEqual([check]);
  });

  test('another strength of V', () => {
    const pair = bytePair({ forks: 1 });
    pair.update(starter, { streams: 1 });
    const initial = pair.message(pair.sent(starter)[0]!);
    pair.deliver(starter);
    const response = pair.message(pair.intercept(otherSide(starter)));
    pair.inject(starter, forged(pair, response, { initial, macAlg: macAlgs['HMAC-SHA-1-160'] }));
    expect(pair.refusals(starter)).toEqual(['updateAlgorithmsMatch']);
  });

  test('[rfc6043:5.2-15] a KEMAC that M or L forbids: the update is given up, as there will be no other answer', () => {
    expect(
      afterResp(
        starter,
        kemac((pair) => fresh(pair, 'TGK', 32)),
        { flags },
      ),
    ).toEqual(['updateKemacAllowed']);
  });
});

describe('an attacker without keys', () => {
  test.each(sides.map((side) => [side] as const))(
    '[rfc6043:5.2-13] [rfc3830:5.1.2-7] flips bits in both messages of an update by the %s: every octet counts, and nothing ends',
    (starter) => {
      const pair = bytePair({ forks: 1, suite: 'sha1', supply: ['TGK'] });
      const answerer = otherSide(starter);
      const rejected = (victim: Side, octets: Uint8Array, state: string): void => {
        const before = shared(pair, victim);
        for (let octet = 0; octet < octets.length; octet += 1) {
          const damaged = flipped(octets, octet, octet % 8);
          const refusals = pair.refusals(victim).length;
          let unread = false;
          try {
            pair.message(damaged);
          } catch {
            unread = true;
          }
          if (!unread) {
            pair.inject(victim, damaged);
            const type = damaged[1] === octets[1];
            expect([octet, type ? pair.refusals(victim).length : refusals + 1]).toEqual([octet, refusals + 1]);
          }
          expect([octet, pair.state(victim), shared(pair, victim)]).toEqual([octet, state, before]);
        }
      };
      pair.update(starter, { keys: ['TGK'], peerChoosesKeys: true, streams: 1 });
      rejected(answerer, pair.sent(starter)[0]!, 'established');
      pair.deliver(starter);
      rejected(starter, pair.sent(answerer)[0]!, 'awaitingUpdateResp');
      pair.deliver(answerer);
      expect(shared(pair, starter)).toEqual(shared(pair, answerer));
      expect(pair.state(starter)).toBe('established');
    },
  );

  test.each(sides.map((side) => [side] as const))(
    '[rfc6043:12.4-1] [rfc6043:5.2-7] [rfc3830:4.5-4] repeats both messages of the %s: refused by T, and by the replay cache',
    (starter) => {
      const answerer = otherSide(starter);
      for (const [without, check] of [
        [[], 'updateTimestampUnused'],
        [['updateTimestampUnused'], 'updateNotReplayed'],
      ] as const) {
        const pair = bytePair({ forks: 1, without: [...without] });
        pair.update(starter, { keys: ['TGK'] });
        pair.run();
        const after = shared(pair, answerer);
        pair.inject(answerer, pair.sent(starter)[0]!);
        expect(pair.refusals(answerer)).toEqual([check]);
        pair.inject(starter, pair.sent(answerer)[0]!);
        expect(pair.asked(starter, 'illegalEvent')).toHaveLength(1);
        expect([shared(pair, answerer), shared(pair, starter)]).toEqual([after, after]);
      }
    },
  );

  test('an answer to an earlier update is none to the next one', () => {
    const pair = bytePair({ forks: 1 });
    pair.update('initiator', { keys: ['TGK'] });
    pair.run();
    pair.update('initiator', { keys: ['TGK'] });
    pair.inject('initiator', pair.sent('responder')[0]!);
    expect(pair.refusals('initiator')).toEqual(['updateTimestampUnused']);
    expect(pair.state('initiator')).toBe('awaitingUpdateResp');
    pair.run();
    expect(shared(pair, 'initiator')).toEqual(shared(pair, 'responder'));
    const ablated = bytePair({ forks: 1, without: ['updateTimestampUnused'] });
    ablated.update('initiator', { keys: ['TGK'] });
    ablated.run();
    ablated.update('initiator', { keys: ['TGK'] });
    ablated.inject('initiator', ablated.sent('responder')[0]!);
    expect(ablated.refusals('initiator')).toEqual(['updateRespMacValid']);
  });

  test('a message held back longer than the clock skew is not fresh', () => {
    for (const starter of sides) {
      const pair = bytePair({ forks: 1 });
      pair.update(starter, { keys: ['TGK'] });
      pair.elapse(301);
      pair.deliver(starter);
      expect(pair.refusals(otherSide(starter))).toEqual(['updateTimestampFresh']);
    }
  });

  describe('[rfc6043:5.2-4] reflection (C1, W8)', () => {
    test.each([
      ['initiator', [], ['updateStarterIsPeer']],
      ['responder', [], ['updateStarterIsPeer']],
      ['initiator', ['updateStarterIsPeer'], ['updateNotReflected']],
      ['initiator', ['updateStarterIsPeer', 'updateNotReflected'], ['updateTimestampUnused']],
    ] as const)('the %s gets its own update back; left out: %j; refused by %j', (starter, without, refusals) => {
      const pair = bytePair({ forks: 1, without: [...without] });
      pair.update(starter, { keys: ['TGK'] });
      const before = shared(pair, starter);
      pair.inject(starter, pair.intercept(starter));
      expect([pair.refusals(starter), pair.state(starter)]).toEqual([[...refusals], 'awaitingUpdateResp']);
      expect(shared(pair, starter)).toEqual(before);
    });

    test('with all three checks left out both the MAC and the keys hold: the Initiator answers itself', () => {
      const without = ['updateStarterIsPeer', 'updateNotReflected', 'updateTimestampUnused'] as const;
      const pair = bytePair({ forks: 1, without: [...without] });
      const before = teks(pair, 'initiator');
      pair.update('initiator', { keys: ['TGK'] });
      pair.inject('initiator', pair.intercept('initiator'));
      expect(pair.refusals('initiator')).toEqual([]);
      expect(teks(pair, 'initiator')).not.toEqual(before);
      expect(teks(pair, 'responder')).toEqual(before);
    });
  });
});

describe('[rfc6043:5.2-7] one keystream for two KEMACs (C2)', () => {
  /** An update of the Responder whose T is that of an update of the Initiator, as a peer with a coarse clock might send it. */
  function twins(without: Parameters<typeof bytePair>[0]): { readonly pair: Pair; readonly twin: Uint8Array } {
    const pair = bytePair({ forks: 1, ...without });
    pair.update('initiator', { keys: ['TGK'] });
    const T = one(pair.message(pair.sent('initiator')[0]!).payloads, 'T');
    pair.run();
    pair.update('responder', { streams: 1 });
    const plain = pair.message(pair.intercept('responder'));
    const same = payloads((payload) => [payload.kind === 'T' ? T : payload])(plain, pair);
    return { pair, twin: forged(pair, kemac((all_) => fresh(all_, 'TGK', 32))(same, pair)) };
  }

  test('the Initiator refuses an update with a T that it has used', () => {
    const { pair, twin } = twins({});
    pair.inject('initiator', twin);
    expect(pair.refusals('initiator')).toEqual(['updateNotReflected']);
    const second = twins({ without: ['updateNotReflected'] });
    second.pair.inject('initiator', second.twin);
    expect(second.pair.refusals('initiator')).toEqual(['updateTimestampUnused']);
  });

  test('with the checks left out it is accepted, and whoever listens has the XOR of the keys', () => {
    const { pair, twin } = twins({ without: ['updateNotReflected', 'updateTimestampUnused'] });
    const encr = (octets: Uint8Array): Uint8Array => one(pair.message(octets).payloads, 'KEMAC').encrData;
    const heard = [pair.sent('initiator')[0]!, twin].map(encr);
    const first = pair.bundle('responder').sessionKeys.at(-1)!.key;
    pair.inject('initiator', twin);
    expect(pair.refusals('initiator')).toEqual([]);
    const second_ = pair
      .bundle('initiator')
      .sessionKeys.map(({ key }) => key)
      .at(-1)!;
    const xor = (a: Uint8Array, b: Uint8Array): string => hexOf(a.map((value, index) => value ^ b[index]!));
    // Next payload, type and KV, key data length: four octets before the key (RFC 3830, 6.13).
    expect(xor(heard[0]!, heard[1]!).slice(8, 72)).toBe(xor(first.key, second_.key));
    expect(hexOf(first.key)).not.toBe(hexOf(second_.key));
  });

  test('the two sides do not collide even if their clocks show the same: the last bit of T tells them apart', () => {
    const pair = bytePair({ forks: 1 });
    for (const side of sides) for (let count = 0; count < 3; count += 1) pair.update(side, { keys: ['TGK'] });
    const bits = sides.map((side) =>
      pair.sent(side).map((octets) => one(pair.message(octets).payloads, 'T').value.at(-1)! & 1),
    );
    expect(bits).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });
});

describe('[rfc6043:6.10-58] [rfc6043:6.10-60] the rekeying interval', () => {
  const options = { forks: 1, TRr: 100, flags: bothBringKeys };

  test('a rekeying in time moves the deadline on; stale alarms mean nothing', () => {
    const pair = bytePair(options);
    const first = rekeyDeadline(pair.A, pair.bundle('responder'))!;
    pair.elapse(60);
    pair.update('initiator', { keys: ['TGK'] });
    pair.run();
    for (const side of sides) {
      const { at } = pair.asked(side, 'scheduleRekey').at(-1)! as { readonly at: bigint };
      expect(Number((at - first) / second)).toBeGreaterThanOrEqual(59);
    }
    pair.elapse(50);
    for (const side of sides) {
      pair.take(side, { type: 'REKEY_DUE' });
      expect(pair.state(side)).toBe('established');
      expect(pair.asked(side, 'scheduleRekey')).toHaveLength(2);
    }
    pair.elapse(60);
    for (const side of sides) {
      pair.take(side, { type: 'REKEY_DUE' });
      expect([pair.state(side), pair.lastRejection(side)?.code]).toEqual(['keysExpired', 'ERR_TICKET_EXPIRED']);
    }
  });

  test('new crypto sessions under old keys are no rekeying', () => {
    const pair = bytePair(options);
    pair.elapse(60);
    pair.update('initiator', { streams: 1 });
    pair.run();
    pair.elapse(50);
    pair.take('initiator', { type: 'REKEY_DUE' });
    expect(pair.state('initiator')).toBe('keysExpired');
  });

  test('one session that stays with an old key is enough', () => {
    const pair = bytePair(options);
    pair.elapse(60);
    pair.update('initiator', { keys: ['TGK'] });
    pair.update('responder', { streams: 1 });
    pair.run();
    pair.elapse(50);
    for (const side of sides) {
      pair.take(side, { type: 'REKEY_DUE' });
      expect(pair.state(side)).toBe('keysExpired');
    }
  });

  test('too late: no update is made, taken or accepted any more', () => {
    const pair = bytePair(options);
    pair.update('initiator', { keys: ['TGK'] });
    pair.elapse(101);
    pair.deliver('initiator');
    expect(pair.refusals('responder')).toEqual(['keysWithinRekeyInterval']);
    pair.update('responder', { keys: ['TGK'] });
    expect(pair.refusals('responder').at(-1)).toBe('keysWithinRekeyInterval');
    const other = bytePair(options);
    other.update('initiator', { keys: ['TGK'] });
    other.deliver('initiator');
    other.elapse(101);
    other.deliver('responder');
    expect(other.refusals('initiator')).toEqual(['keysWithinRekeyInterval']);
  });

  test('without TRr there is no deadline', () => {
    const pair = bytePair({ forks: 1 });
    pair.elapse(10 ** 7);
    pair.take('responder', { type: 'REKEY_DUE' });
    expect([pair.state('responder'), pair.asked('responder', 'scheduleRekey')]).toEqual([
      'established',
      [{ at: undefined }],
    ]);
  });
});

describe('clocks that differ', () => {
  test.each([['initiator'], ['responder']] as const)(
    'that of the %s is ahead: the update that comes later still counts as the later one',
    (ahead) => {
      const pair = bytePair({ forks: 1 });
      pair.elapse(200, [ahead]);
      for (const starter of [ahead, otherSide(ahead), ahead, otherSide(ahead)]) {
        const before = teks(pair);
        pair.update(starter, { keys: ['TGK'] });
        pair.run();
        expect([pair.refusals('initiator'), pair.refusals('responder')]).toEqual([[], []]);
        expect(shared(pair, 'initiator')).toEqual(shared(pair, 'responder'));
        expect(Object.values(teks(pair)).some((tek) => Object.values(before).includes(tek))).toBe(false);
      }
    },
  );
});

describe('timestamps that are remembered', () => {
  test('stay as long as any clock within the skew could find them fresh, and no longer', () => {
    const pair = bytePair({ forks: 1 });
    const env = pair.env('initiator');
    const at = (seconds: number): UsedT<Uint8Array> => ({
      by: 'responder',
      T: freshT(pair.A, BigInt(3_976_214_400 + seconds) * second),
    });
    const kept = rememberT(env, [at(0), at(1), at(2)], at(601));
    expect(kept.map(({ T }) => hexOf(T.value))).toEqual([at(1), at(2), at(601)].map(({ T }) => hexOf(T.value)));
    expect(rememberT(env, kept, at(-5)).map(({ T }) => hexOf(T.value))).toEqual(kept.map(({ T }) => hexOf(T.value)));
  });
});
