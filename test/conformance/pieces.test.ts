import { describe, expect, test } from 'vitest';
import { errorNos } from '../../spec/registry/errors.ts';
import { roleRanges, ticketTypeRanges } from '../../spec/registry/ranges.ts';
import { tsRoles } from '../../spec/registry/timestamps.ts';
import { answerSessions, choosePolicy } from '../../model/exchange/sessions.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { second } from '../../model/message/timestamps.ts';
import { isValidNow } from '../../model/protection/freshness.ts';
import { suites } from '../../model/keys/suite.ts';
import type { GenericIdSession } from '../../model/message/header.ts';
import { keyName } from '../../model/message/identity.ts';
import type { Payload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { findTicketKey } from '../../model/modes/storage.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { readTpData } from '../../model/policy/tpData.ts';
import { isSupported, mikeyBaseTicket, threeGppBaseTicket } from '../../model/ticket/ticketType.ts';
import { openTicketKeys, readTicketData, sealTicket, ticketMacHolds } from '../../model/ticket/baseTicket.ts';
import { bytes, interpretation, runAndAnalyse } from '../../src/run/byteRun.ts';
import { byteRun, hexOf, ofType, only, secret } from '../support/runs.ts';

const env = { algebra: bytes, source: interpretation('pieces').sourceOf('kms'), profile: strictProfile };
const honest = byteRun({ forks: 1 });
const { policy } = only(ofType(honest, 'REQUEST_RESP')[0]!.message, 'TICKET');
const TPK = { id: keyName(bytes, 'tpk'), key: secret(honest, 'TPK') };
const mpk = {
  kind: 'Key data' as const,
  type: 6,
  key: secret(honest, 'MPK'),
  kv: { kind: 'SPI' as const, spi: Buffer.from('mpk!') },
};

describe('validity', () => {
  const at = (seconds: number): Env<Uint8Array> => ({
    algebra: bytes,
    source: { random: (length) => new Uint8Array(length), now: () => BigInt(seconds) * second },
    profile: strictProfile,
  });
  const data = { ...readTpData(bytes, policy.tpData), TRs: 1000n * second, TRe: 2000n * second };

  test('[rfc6043:6.10-55] [rfc6043:6.10-57] a slow clock may see a ticket before it begins, within the skew; none may see it after its end', () => {
    expect([699, 700, 1000, 2000, 2001].map((now) => isValidNow(at(now), data))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(isValidNow(at(1), { ...data, TRs: undefined })).toBe(true);
    expect(isValidNow(at(9999), { ...data, TRe: undefined })).toBe(true);
  });
});

describe('tickets', () => {
  test('[rfc6043:A-4] [rfc6043:A.3-2] strays in Ticket Data and data in THDR are ignored', () => {
    const { ticket } = sealTicket(env, policy, { TPK, keys: [mpk] });
    const syntax = bytes.decode('Ticket Data', ticket.ticketData);
    const stray: Payload<Uint8Array> = { kind: 'General Ext.', type: 0, data: Buffer.from('a vendor') };
    const [T, ...rest] = syntax.payloads;
    const ticketData = bytes.encode({
      ...syntax,
      thdr: { kind: 'THDR', data: Buffer.from('what is this') },
      payloads: [T!, stray, ...rest],
    });
    const data = readTicketData(bytes, { ...ticket, ticketData });
    expect(openTicketKeys(bytes, ticket, { TPK: TPK.key, data }).map((one) => hexOf(one.key))).toEqual([
      hexOf(mpk.key),
    ]);
    expect(ticketMacHolds(bytes, { ...ticket, ticketData }, { TPK: TPK.key, data })).toBe(false);
    expect(ticketMacHolds(bytes, ticket, { TPK: TPK.key, data: readTicketData(bytes, ticket) })).toBe(true);
  });

  test('[rfc6043:A.1-9] without IDRpsk the only TPK is meant; with several, none', () => {
    expect(findTicketKey(bytes, [TPK], undefined)).toBe(TPK);
    expect(findTicketKey(bytes, [TPK, { ...TPK, id: keyName(bytes, 'other') }], undefined)).toBeUndefined();
    expect(findTicketKey(bytes, [TPK], keyName(bytes, 'other'))).toBeUndefined();
  });

  test('[rfc6043:11-8] [rfc6043:6.10-45] [rfc6043:6.10-47] a Ticket Type is known by all its numbers; N and O ask nothing more of ours', () => {
    const types = [mikeyBaseTicket];
    expect(isSupported(policy, types)).toBe(true);
    expect(isSupported({ ...policy, subtype: 2 }, types)).toBe(false);
    expect(isSupported({ ...policy, version: 2 }, types)).toBe(false);
    expect(isSupported({ ...policy, ticketType: 2 }, types)).toBe(false);
    expect(isSupported({ ...policy, ticketType: 2, version: 7 }, [threeGppBaseTicket({ version: 7 })])).toBe(true);
    expect([mikeyBaseTicket.plainInitiator, mikeyBaseTicket.plainResponder]).toEqual([policy.flags.N, policy.flags.O]);
  });

  test('[rfc6043:4.1-6] [rfc6043:4.2.3-3] no Responder could have opened the ticket by itself', () => {
    const { analysis, run } = runAndAnalyse({ forks: 2 }, 'pieces');
    for (const party of run.trace.parties) {
      expect([party.name, analysis.knows(party.name, 'TPK')]).toEqual([
        party.name,
        party.role === 'kms' ? 'given' : 'no',
      ]);
    }
  });
});

describe('TP Data', () => {
  const interval = (tsType: number, value: Buffer): Payload<Uint8Array> => ({
    kind: 'TR',
    role: tsRoles.TRr,
    tsType,
    value,
  });

  test('[rfc6043:6.10-59] the rekeying interval is a number of seconds of type NTP-UTC-32', () => {
    expect(readTpData(bytes, [...policy.tpData, interval(3, Buffer.from([0, 0, 14, 16]))]).TRr).toBe(3600);
    expect(() => readTpData(bytes, [...policy.tpData, interval(0, Buffer.alloc(8))])).toThrow(/NTP-UTC-32/);
  });

  test('[rfc6043:6.10-68] names no application: all are authorized', () => {
    expect(readTpData(bytes, policy.tpData).IDRapp).toEqual([]);
    expect(honest.caller.state()).toBe('established');
  });
});

describe('crypto sessions', () => {
  const session = (policies: readonly number[]): GenericIdSession<Uint8Array> => ({
    csId: 1,
    protType: 0,
    s: false,
    policies,
    sessionData: new Uint8Array(4),
    spi: Buffer.from('spi!'),
  });
  const offered = [writeSrtpPolicy(bytes, 0, aesCm256HmacSha1), writeSrtpPolicy(bytes, 1, aesCm128HmacSha1)];
  const choose = (
    policies: readonly number[],
    accepted: readonly (typeof aesCm128HmacSha1)[],
  ): number | string | undefined =>
    choosePolicy(bytes, session(policies), { offered, accepted, suite: suites.sha256 })?.policyNo;

  test('[rfc6043:4.2.2.1-8] [rfc6043:4.2.2.1-9] several SP payloads are alternatives, or serve different sessions', () => {
    expect(choose([0, 1], [aesCm128HmacSha1, aesCm256HmacSha1])).toBe(0);
    expect(choose([0, 1], [aesCm128HmacSha1])).toBe(1);
    expect(choose([1], [aesCm128HmacSha1, aesCm256HmacSha1])).toBe(1);
    expect(choose([0], [aesCm128HmacSha1])).toBeUndefined();
    expect(choose([9], [aesCm128HmacSha1])).toBeUndefined();
  });

  test('[rfc6043:6.1.1-6] [rfc6043:4.2.2.3-15] a session without policies gets one of the Responder’s own, with a number of its own', () => {
    const answer = answerSessions(env, [session([]), { ...session([1]), csId: 2 }], {
      offered,
      accepted: [aesCm128HmacSha1],
      suite: suites.sha256,
      spi: Buffer.from('spi!'),
    });
    expect(answer.sessions.map((one) => one.policies)).toEqual([[2], [1]]);
    expect(answer.policies.map((sp) => sp.policyNo)).toEqual([2]);
  });

  test('[rfc6043:12.1-12] a TEK of 256 bits is not accepted under 128-bit algorithms', () => {
    expect(
      choosePolicy(bytes, session([0]), { offered, accepted: [aesCm256HmacSha1], suite: suites.sha1 }),
    ).toBeUndefined();
  });
});

describe('numbers', () => {
  test('[rfc6043:6.9-1] error numbers of RFC 6043', () => {
    expect([errorNos['Invalid TICKET'], errorNos['Invalid TPpar']]).toEqual([14, 15]);
  });

  test('[rfc6043:14-2] [rfc6043:14-3] [rfc6043:14-5] [rfc6043:14-6] [rfc6043:14-8] [rfc6043:14-9] [rfc6043:14-11] [rfc6043:14-12] ranges for private use, and reserved numbers', () => {
    expect(roleRanges).toMatchObject({
      privateUse: [240, 254],
      reserved: [
        [0, 0],
        [255, 255],
      ],
    });
    expect(ticketTypeRanges).toMatchObject({
      privateUse: [61_440, 65_534],
      reserved: [
        [0, 0],
        [65_535, 65_535],
      ],
    });
  });

  test('the ticket is the one that the trace says', () => {
    expect(hexOf(TPK.key)).toBe(hexOf(secret(honest, 'TPK')));
    expect(all(policy.tpData, 'IDR')).toHaveLength(3);
  });
});
