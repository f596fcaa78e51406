import { describe, expect, test } from 'vitest';
import { errorNos } from '../../spec/registry/errors.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { flagNames } from '../../model/message/ticketFlags.ts';
import { keyName, uri } from '../../model/message/identity.ts';
import { strictPolicy, strictUser } from '../../model/policy/kmsPolicy.ts';
import { policyAuthority } from '../../model/policy/policyAuthority.ts';
import { resolveTicket } from '../../model/exchange/resolveResp.ts';
import { strictProfile } from '../../model/guard/profile.ts';
import type { Message } from '../../model/message/message.ts';
import type { Payload, TicketPolicy } from '../../model/message/payload.ts';
import { second } from '../../model/message/timestamps.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import { ReplayCache } from '../../model/modes/storage.ts';
import { brokenFlagRule, flagRules, flagsOf, lettersOf } from '../../model/policy/flags.ts';
import { readTpData, writeTpData, type TpData } from '../../model/policy/tpData.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import { byteRun, ofType, only, rejections, secret, type Hop } from '../support/runs.ts';
import { changing, encoded, resign, withPayloads, type Change } from '../support/tamper.ts';

const honest = byteRun({ forks: 1 });
const original = (type: string): Message<Uint8Array> => ofType(honest, type)[0]!.message;
const initialOf: Readonly<Record<string, string>> = {
  REQUEST_RESP: 'REQUEST_INIT_PSK',
  TRANSFER_RESP: 'TRANSFER_INIT',
  RESOLVE_RESP: 'RESOLVE_INIT_PSK',
};

/** A run in which the first message of a type to a party is changed, with a MAC that holds. */
function attacked(type: string, to: string, change: Change): ReturnType<typeof byteRun> {
  const initial = initialOf[type];
  return byteRun(
    { forks: 1 },
    changing(type, to, (hop: Hop) => {
      const message = change(hop.message);
      return [encoded(resign(honest, hop, { message, ...(initial ? { initial: original(initial) } : {}) }))];
    }),
  );
}

/** Who turned what down first, by which check. */
function first(run: ReturnType<typeof byteRun>): readonly [string, CheckName | undefined, string] {
  const [step] = rejections(run);
  return [step!.party, step!.rejection.check as CheckName | undefined, step!.rejection.code];
}

const nobodyTalks = (run: ReturnType<typeof byteRun>): void =>
  expect(run.trace.agreements.filter((one) => one.party === 'alice')).toEqual([]);
const policyIn =
  (kind: 'TP' | 'TICKET', change: (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array>): Change =>
  (message) =>
    withPayloads(message, (payload) => [
      payload.kind === kind ? { ...payload, policy: change(payload.policy) } : payload,
    ]);
const tpData =
  (change: (data: TpData<Uint8Array>) => TpData<Uint8Array>) =>
  (policy: TicketPolicy<Uint8Array>): TicketPolicy<Uint8Array> => ({
    ...policy,
    tpData: writeTpData(bytes, change(readTpData(bytes, policy.tpData))),
  });
const identity =
  (role: keyof typeof idRoles, name: string): Change =>
  (message) =>
    withPayloads(message, (payload) => [
      payload.kind === 'IDR' && payload.role === idRoles[role] ? { ...payload, data: Buffer.from(name) } : payload,
    ]);
const expired = (data: TpData<Uint8Array>): TpData<Uint8Array> => ({
  ...data,
  TRs: data.TRs! - 9000n * second,
  TRe: data.TRs! - 5000n * second,
});

describe('Ticket Request', () => {
  test.each([
    [
      '[rfc6043:4.2.1-4] in the name of another user',
      identity('IDRi', 'sip:mallory@example.com'),
      'requesterOwnsIdentity',
    ],
    [
      '[rfc6043:6.10-53] for a ticket that names another owner',
      policyIn(
        'TP',
        tpData((data) => ({ ...data, IDRi: uri(bytes, 'sip:mallory@example.com') })),
      ),
      'requestedPolicyNamesRequester',
    ],
    ['[rfc6043:6.10-57] for a validity that is over', policyIn('TP', tpData(expired)), 'requestedValiditySane'],
    [
      '[rfc6043:6.10-15] [rfc6043:4.2.1.4-1] for a ticket with D = 0',
      policyIn('TP', (policy) => ({ ...policy, flags: { ...policy.flags, D: false, L: true } })),
      'requestedFlagsLegal',
    ],
    [
      '[rfc6043:6.10-13] for another Ticket Type',
      policyIn('TP', (policy) => ({ ...policy, ticketType: 2 })),
      'requestedTicketTypeSupported',
    ],
    [
      '[rfc6043:6.10-48] with a reserved bit',
      policyIn('TP', (policy) => ({ ...policy, res: 1 })),
      'requestedFlagsLegal',
    ],
    ['[rfc6043:4.2.1.1-10] to another KMS', identity('IDRkms', 'sip:other-kms@example.com'), 'requestNamesThisKms'],
  ] as const)('the KMS refuses a request %s', (_, change, check) => {
    const run = attacked('REQUEST_INIT_PSK', 'kms', change);
    expect(first(run).slice(0, 2)).toEqual(['kms', check]);
    expect(ofType(run, 'REQUEST_RESP')).toEqual([]);
  });

  test('[rfc6043:5.4-3] [rfc6043:5.4-4] [rfc3830:5.3-5] [rfc6043:12.3-1] one whose MAC is wrong learns that, under no MAC, and leaves nothing behind', () => {
    const run = byteRun(
      { forks: 1 },
      changing('REQUEST_INIT_PSK', 'kms', (hop) => [
        hop.octets.map((octet, index) => (index === hop.octets.length - 1 ? octet ^ 1 : octet)),
      ]),
    );
    expect(first(run)).toEqual(['kms', 'requestMacValid', 'ERR_AUTH_FAILED']);
    const [, error, ...more] = run.trace.messages;
    expect(more).toEqual([]);
    expect(error!.message.payloads.map((payload) => payload.kind)).toEqual(['T', 'ERR']);
    expect(only(error!.message, 'ERR').errorNo).toBe(errorNos['Auth failure']);
    expect(run.caller.state()).toBe('awaitingRequestResp');
    expect(run.trace.steps.some((step) => step.event === 'REPLAY_VERDICT')).toBe(false);
  });

  test('[rfc6043:12.4-1] [rfc3830:5.4-3] the same request twice gets one answer', () => {
    const run = byteRun(
      { forks: 1 },
      changing('REQUEST_INIT_PSK', 'kms', (hop) => [hop.octets, hop.octets]),
    );
    expect(first(run)).toEqual(['kms', 'requestNotReplayed', 'ERR_REPLAY']);
    expect(run.kms.granted).toHaveLength(1);
    expect(run.caller.state()).toBe('established');
  });

  test.each([
    [
      'wider than asked for',
      tpData((data) => ({ ...data, IDRr: [...data.IDRr, uri(bytes, 'sip:mallory@example.com')] })),
    ],
    ['for another responder', tpData((data) => ({ ...data, IDRr: [uri(bytes, 'sip:mallory@example.com')] }))],
    ['valid longer than asked for', tpData((data) => ({ ...data, TRe: data.TRe! + 3600n * second }))],
    ['owned by another', tpData((data) => ({ ...data, IDRi: uri(bytes, 'sip:mallory@example.com') }))],
    [
      'without key forking',
      (policy: TicketPolicy<Uint8Array>) => ({ ...policy, flags: { ...policy.flags, I: false } }),
    ],
  ] as const)(
    '[rfc6043:4.2.1.6-3] [rfc6043:4.2.1.6-4] [rfc6043:4.2.1.6-1] the Initiator discards a ticket %s',
    (_, change) => {
      const run = attacked('REQUEST_RESP', 'alice', policyIn('TICKET', change));
      expect(first(run).slice(0, 2)).toEqual(['alice', 'grantedPolicyAcceptable']);
      expect(run.caller.state()).toBe('failed');
      expect(run.caller.context()['held']).toBeUndefined();
      expect(honest.caller.context()['held']).toBeDefined();
    },
  );

  test('[rfc3830:5.1.2-2] a forged response ends nothing: the genuine one is still taken', () => {
    const run = byteRun(
      { forks: 1 },
      changing('REQUEST_RESP', 'alice', (hop) => [
        hop.octets.map((octet, index) => (index === 300 ? octet ^ 1 : octet)),
        hop.octets,
      ]),
    );
    expect(first(run).slice(0, 2)).toEqual(['alice', 'requestRespMacValid']);
    expect(run.caller.state()).toBe('established');
  });
});

describe('Ticket Transfer: the early reject', () => {
  test.each([
    ['[rfc6043:4.2.2.2-1] an expired ticket', policyIn('TICKET', tpData(expired)), 'offerTicketValidNow'],
    [
      '[rfc6043:6.10-55] a ticket that is not valid yet',
      policyIn(
        'TICKET',
        tpData((data) => ({ ...data, TRs: data.TRs! + 1800n * second })),
      ),
      'offerTicketValidNow',
    ],
    [
      '[rfc6043:12.3-3] a caller who does not own the ticket',
      identity('IDRi', 'sip:mallory@example.com'),
      'offerCallerOwnsTicket',
    ],
    [
      '[rfc6043:6.10-69] a ticket for somebody else',
      policyIn(
        'TICKET',
        tpData((data) => ({ ...data, IDRr: [uri(bytes, 'sip:carol@example.com')] })),
      ),
      'offerTicketNamesMe',
    ],
    ['[rfc6043:4.2.2.1-5] a call to somebody else', identity('IDRr', 'sip:carol@example.com'), 'offerAddressedToMe'],
    [
      '[rfc6043:6.10-13] another Ticket Type',
      policyIn('TICKET', (policy) => ({ ...policy, version: 9 })),
      'offerTicketTypeSupported',
    ],
    [
      '[rfc6043:12.4-3] less than the strict profile',
      policyIn('TICKET', (policy) => ({ ...policy, flags: flagsOf('DEFGHJNO') })),
      'offerPolicyAcceptable',
    ],
    [
      '[rfc6043:4.2.2.2-2] [rfc6043:4.2.2.2-3] a security policy that it does not accept',
      (message: Message<Uint8Array>) =>
        withPayloads(message, (payload) => [
          payload.kind === 'SP'
            ? {
                ...payload,
                params: payload.params.map((param) =>
                  param.type === 11 ? { ...param, value: Buffer.from([4]) } : param,
                ),
              }
            : payload,
        ]),
      'offerSecurityPolicyAcceptable',
    ],
    [
      '[rfc6043:6.1-11] the map SRTP-ID',
      (message: Message<Uint8Array>) => ({
        ...message,
        header: { ...message.header, map: { type: 'SRTP-ID' as const, sessions: [] } },
      }),
      'offerMapGeneric',
    ],
  ] as const)('the Responder turns down %s, and the KMS hears nothing of it', (_, change, check) => {
    const run = attacked('TRANSFER_INIT', 'bob-phone', change);
    expect(first(run).slice(0, 2)).toEqual(['bob-phone', check]);
    expect(run.endpoints[0]!.state()).toBe('rejected');
    expect(ofType(run, 'RESOLVE_INIT_PSK')).toEqual([]);
    nobodyTalks(run);
  });

  test('[rfc6043:5.4-1] what cannot be parsed is discarded', () => {
    const run = byteRun(
      { forks: 1 },
      changing('TRANSFER_INIT', 'bob-phone', (hop) => [hop.octets.subarray(0, 100), hop.octets]),
    );
    expect(rejections(run)[0]).toMatchObject({ party: 'bob-phone', event: 'malformed' });
    expect(run.caller.state()).toBe('established');
  });
});

describe('Ticket Resolve', () => {
  test('[rfc6043:4.2.3-8] the KMS refuses a Responder in the name of another user', () => {
    const run = attacked('RESOLVE_INIT_PSK', 'kms', identity('IDRr', 'sip:bob@example.com'));
    expect(first(run).slice(0, 2)).toEqual(['kms', 'resolverOwnsIdentity']);
    expect(ofType(run, 'RESOLVE_RESP')).toEqual([]);
  });

  test('[rfc6043:4.2.3-13] the ticket, and what the KMS knows about endpoints, decide who may resolve', () => {
    const env = { algebra: bytes, source: interpretation('test').sourceOf('kms'), profile: strictProfile };
    const resolve = (users: readonly string[]): unknown => {
      const authority = policyAuthority(() => ({
        ...strictPolicy,
        users: users.map((user) => ({ ...strictUser, user, devices: ['sip:bob-phone@example.com'] })),
      }));
      const outcome = resolveTicket(env, original('RESOLVE_INIT_PSK'), {
        kms: uri(bytes, 'sip:kms@example.com'),
        authority,
        TPK: { id: keyName(bytes, 'tpk-1'), key: secret(honest, 'TPK'), maker: undefined },
        resolver: uri(bytes, 'sip:bob-phone@example.com'),
        partner: undefined,
        inkey: secret(honest, 'PSK(bob-phone)'),
      });
      return outcome.accepted || outcome.rejection.check;
    };
    expect(resolve(['sip:bob@example.com'])).toBe(true);
    expect(resolve([])).toBe('resolverAuthorized');
    expect(resolve(['sip:carol@example.com'])).toBe('resolverAuthorized');
  });

  test('[rfc6043:4.2.3.4-2] [rfc6043:6.10-73] [rfc6043:12.4-3] the KMS refuses Initiator Data that somebody without MPKr has made', () => {
    const run = attacked('RESOLVE_INIT_PSK', 'kms', (message) =>
      withPayloads(message, (payload) => {
        if (payload.kind !== 'TICKET') return [payload];
        const initiatorData = payload.initiatorData.map((octet, index) =>
          index === payload.initiatorData.length - 1 ? octet ^ 1 : octet,
        );
        return [{ ...payload, initiatorData }];
      }),
    );
    expect(first(run).slice(0, 2)).toEqual(['kms', 'initiatorDataValid']);
  });

  test('[rfc6043:A.1-12] the KMS refuses a ticket whose policy was widened on the way', () => {
    const widen = policyIn(
      'TICKET',
      tpData((data) => ({ ...data, IDRr: [...data.IDRr, uri(bytes, 'sip:mallory@example.com')] })),
    );
    const run = attacked('TRANSFER_INIT', 'bob-phone', widen);
    expect(first(run).slice(0, 2)).toEqual(['kms', 'ticketMacValid']);
    nobodyTalks(run);
  });

  test('[rfc6043:4.2.3.6-1] [rfc6043:4.2.3.5-13] the Responder verifies TRANSFER_INIT once it has MPKi', () => {
    const run = byteRun(
      { forks: 1 },
      // The second octet of the SSRC: no early check looks at it.
      changing('TRANSFER_INIT', 'bob-phone', (hop) => [
        hop.octets.map((octet, index) => (index === 17 ? octet ^ 1 : octet)),
      ]),
    );
    expect(first(run)).toEqual(['bob-phone', 'offerMacValid', 'ERR_AUTH_FAILED']);
    nobodyTalks(run);
  });

  test('[rfc6043:4.2.3.6-2] the Responder refuses a V that is not Vi: another authorized endpoint knows MPKi and can make V, but not Vi', () => {
    const run = byteRun(
      { forks: 1 },
      changing('TRANSFER_INIT', 'bob-phone', (hop) => {
        const { initiatorData } = only(hop.message, 'TICKET');
        const moved = { ...hop.message, header: { ...hop.message.header, v: !hop.message.header.v } };
        const forged = resign(honest, hop, { message: moved });
        return [
          encoded(
            withPayloads(forged, (payload) => [payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload]),
          ),
        ];
      }),
    );
    expect(first(run)).toEqual(['bob-phone', 'viEqualsV', 'ERR_AUTH_FAILED']);
    nobodyTalks(run);
  });

  test('[rfc6043:12.4-1] [rfc3830:5.3-6] the same TRANSFER_INIT is not answered twice by an endpoint', () => {
    const cache = new ReplayCache(bytes);
    const entry = { key: Buffer.from('mac'), until: 100n };
    expect([cache.remember(entry, 1n), cache.remember(entry, 50n), cache.size]).toEqual([true, false, 1]);
  });

  test('[rfc6043:12.4-2] [rfc3830:5.4-4] the replay cache forgets what the timestamp keeps out anyway', () => {
    const cache = new ReplayCache(bytes);
    for (let index = 0; index < 100; index += 1)
      cache.remember({ key: Buffer.from(`${index}`), until: BigInt(index) }, BigInt(index));
    expect(cache.size).toBe(1);
  });
});

describe('the answer', () => {
  test('[rfc6043:4.2.2.4-1] [rfc6043:4.2.2.4-2] the Initiator discards an answer with a policy that it cannot accept', () => {
    const weak = (message: Message<Uint8Array>): Message<Uint8Array> => {
      const { map } = message.header;
      if (map.type !== 'GENERIC-ID') throw new Error(map.type);
      const [sp] = original('TRANSFER_INIT').payloads.flatMap((payload) => (payload.kind === 'SP' ? [payload] : []));
      const own = {
        ...sp!,
        policyNo: 7,
        params: sp!.params.map((param) => (param.type === 11 ? { ...param, value: Buffer.from([4]) } : param)),
      };
      const sessions = map.sessions.map((session) => ({ ...session, policies: [7] }));
      return {
        header: { ...message.header, map: { ...map, sessions } },
        payloads: message.payloads.flatMap((payload): Payload<Uint8Array>[] =>
          payload.kind === 'V' ? [own, payload] : [payload],
        ),
      };
    };
    const run = attacked('TRANSFER_RESP', 'alice', weak);
    expect(first(run).slice(0, 2)).toEqual(['alice', 'answerSecurityPolicyAcceptable']);
    expect(run.caller.state()).toBe('awaitingTransferResp');
    nobodyTalks(run);
  });

  test('[rfc6043:5.3-10] [rfc6043:12.4-4] somebody without the keys of the ticket cannot answer or call', () => {
    for (const [type, to, party] of [
      ['TRANSFER_RESP', 'alice', 'alice'],
      ['TRANSFER_INIT', 'bob-phone', 'bob-phone'],
    ] as const) {
      const run = byteRun(
        { forks: 1, flags: 'DEFGHJNO' },
        changing(type, to, (hop) => [
          hop.octets.map((octet, index) => (index === hop.octets.length - 1 ? octet ^ 1 : octet)),
        ]),
      );
      expect(first(run).slice(0, 1)).toEqual([party]);
      nobodyTalks(run);
    }
  });

  test('a second, identical answer is dropped', () => {
    const run = byteRun(
      { forks: 1 },
      changing('TRANSFER_RESP', 'alice', (hop) => [hop.octets, hop.octets]),
    );
    expect(first(run)).toEqual(['alice', 'answerNotRepeated', 'ERR_REPLAY']);
    expect(run.trace.agreements).toHaveLength(2);
  });
});

describe('flags', () => {
  const rules = [
    ['[rfc6043:6.10-2]', 'NOT D implies L'],
    ['[rfc6043:6.10-3]', 'G implies F'],
    ['[rfc6043:6.10-4]', 'NOT G implies H'],
    ['[rfc6043:6.10-5]', 'NOT H implies G'],
    ['[rfc6043:6.10-6]', 'I implies E'],
    ['[rfc6043:6.10-7]', 'K implies D'],
    ['[rfc6043:6.10-8]', 'M implies F'],
  ] as const;

  test.each(rules)('%s %s is among the rules', (_, rule) => {
    expect(flagRules.map((one) => one.rule)).toContain(rule);
  });

  test('all 4096 combinations are judged as the text says', () => {
    for (let bits = 0; bits < 4096; bits += 1) {
      const flags = flagsOf(flagNames.filter((_, index) => bits & (1 << index)).join(''));
      const { D, E, F, G, H, I, K, L, M } = flags;
      const legal = (D || L) && (!G || F) && (G || H) && (!I || E) && (!K || D) && (!M || F);
      expect([lettersOf(flags), brokenFlagRule(flags, { holdsTGK: false }) === undefined]).toEqual([
        lettersOf(flags),
        legal,
      ]);
    }
  });

  test('[rfc6043:6.10-9] key forking with a TGK needs F; with a GTGK alone it does not', () => {
    const flags = flagsOf('DEHI');
    expect(brokenFlagRule(flags, { holdsTGK: true })).toBe('I and a TGK in the ticket imply F');
    expect(brokenFlagRule(flags, { holdsTGK: false })).toBeUndefined();
  });

  test('the KMS refuses an illegal policy and names the rule', () => {
    const run = byteRun({ flags: 'DFGHI' });
    expect(rejections(run)[0]!.rejection.reason).toContain('I implies E');
    const [, error, ...more] = run.trace.messages;
    expect(more).toEqual([]);
    expect(error!.message.payloads.map((payload) => payload.kind)).toEqual(['T', 'ERR', 'V']);
    expect(only(error!.message, 'ERR').errorNo).toBe(errorNos['Invalid TPpar']);
    expect(run.caller.state()).toBe('failed');
  });
});
