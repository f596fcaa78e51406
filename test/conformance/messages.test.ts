import { describe, expect, test } from 'vitest';
import { dataTypes } from '../../spec/registry/header.ts';
import { idRoles, idTypes } from '../../spec/registry/identities.ts';
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { ticketTypes } from '../../spec/registry/tickets.ts';
import { tsRoles, tsTypes } from '../../spec/registry/timestamps.ts';
import type { Payload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { readTpData } from '../../model/policy/tpData.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { byteRun, hexOf, ofType, only, secret, variants, type Hop } from '../support/runs.ts';

/** A payload by its kind and, where it has one, its role, as the RFC writes it. */
function nameOf(payload: Payload<Uint8Array>): string {
  const named = (roles: Readonly<Record<string, number>>, role: number): string =>
    Object.keys(roles).find((name) => roles[name] === role)!;
  if (payload.kind === 'IDR') return named(idRoles, payload.role);
  if (payload.kind === 'RANDR') return named(randRoles, payload.role);
  if (payload.kind === 'TR') return named(tsRoles, payload.role);
  return payload.kind;
}

const order = (hop: Hop): string => hop.message.payloads.map(nameOf).join(' ');

describe.each(variants)('the messages of a run: %s', (_, options) => {
  const run = byteRun({ ...options, forks: 2 });
  const flags = options.flags ?? 'DEFGHIJNO';
  const has = (flag: string): boolean => flags.includes(flag);
  const [requestInit] = ofType(run, 'REQUEST_INIT_PSK');
  const [requestResp] = ofType(run, 'REQUEST_RESP');
  const [transferInit] = ofType(run, 'TRANSFER_INIT');
  const resolveInits = ofType(run, 'RESOLVE_INIT_PSK');
  const resolveResps = ofType(run, 'RESOLVE_RESP');
  const transferResps = ofType(run, 'TRANSFER_RESP');
  const ticket = only(requestResp!.message, 'TICKET');
  const asked = only(requestInit!.message, 'TP').policy;

  test('[rfc6043:4.1-1] [rfc6043:4.1-4] [rfc6043:4.1.1-1] [rfc6043:10-5] [rfc6043:6.10-17] three exchanges: the Initiator asks the KMS, and so does every Responder', () => {
    expect(run.trace.messages[0]).toMatchObject({ type: 'REQUEST_INIT_PSK', from: 'alice', to: 'kms' });
    expect(resolveInits.map((hop) => [hop.from, hop.to])).toEqual([
      ['bob-phone', 'kms'],
      ['bob-laptop', 'kms'],
    ]);
    for (const hop of resolveInits)
      expect(hexOf(only(hop.message, 'TICKET').ticketData)).toBe(hexOf(ticket.ticketData));
  });

  test('[rfc6043:4.2.1-1] [rfc6043:4.2.1.1-1] [rfc6043:4.2.1.1-10] [rfc6043:4.2.1.2-1] [rfc6043:4.2.1.2-4] [rfc6043:6.6-1] REQUEST_INIT_PSK', () => {
    expect(order(requestInit!)).toBe('T RANDRi IDRi IDRkms TP IDRpsk V');
  });

  test('[rfc6043:4.2.1-2] [rfc6043:4.2.1.5-17] REQUEST_RESP', () => {
    expect(order(requestResp!)).toBe('T IDRkms TICKET KEMAC V');
  });

  test('[rfc6043:4.2.2-1] [rfc6043:4.2.2.1-1] [rfc6043:4.2.2.1-5] [rfc6043:4.2.2.1-12] [rfc6043:4.2.2.1-13] [rfc6043:6.10-40] [rfc6043:8-1] TRANSFER_INIT, without a KEMAC', () => {
    expect(order(transferInit!)).toBe('T RANDRi IDRi IDRr SP TICKET V');
  });

  test('[rfc6043:4.2.2-2] [rfc6043:4.2.2.2-5] [rfc6043:4.2.2.3-19] [rfc6043:4.2.2.3-20] [rfc6043:4.2.2.3-16] [rfc6043:6.10-20] [rfc6043:6.10-23] [rfc6043:6.10-24] [rfc6043:6.10-43] TRANSFER_RESP, if F is set', () => {
    const expected = `T ${has('G') ? 'RANDRr ' : ''}IDRr ${has('I') ? 'RANDRkms ' : ''}V`;
    expect(transferResps.map(order)).toEqual(has('F') ? [expected, expected] : []);
  });

  test('[rfc6043:4.2.3-5] [rfc6043:4.2.3.1-1] [rfc6043:4.2.3.1-9] [rfc6043:4.2.3.2-1] [rfc6043:4.2.3.2-4] RESOLVE_INIT_PSK', () => {
    for (const hop of resolveInits) expect(order(hop)).toBe('T RANDRr IDRr IDRkms TICKET IDRpsk V');
  });

  test('[rfc6043:4.2.3-6] [rfc6043:4.2.3.5-16] [rfc6043:4.2.3.5-20] RESOLVE_RESP', () => {
    for (const hop of resolveResps) expect(order(hop)).toBe(`T IDRkms KEMAC IDRr ${has('I') ? 'RANDRkms ' : ''}V`);
  });

  test('[rfc6043:4.2.1.1-3] [rfc6043:4.2.1.5-2] [rfc6043:4.2.2.1-3] [rfc6043:4.2.2.3-2] [rfc6043:4.2.3.1-3] [rfc6043:4.2.3.5-2] the V flag: 1 in requests to the KMS, F in TRANSFER_INIT, 0 in responses', () => {
    expect(requestInit!.message.header.v).toBe(true);
    expect(transferInit!.message.header.v).toBe(has('F'));
    for (const hop of resolveInits) expect(hop.message.header.v).toBe(true);
    for (const hop of [requestResp!, ...resolveResps, ...transferResps]) expect(hop.message.header.v).toBe(false);
  });

  test('[rfc6043:4.2.1.1-6] [rfc6043:4.2.1.1-7] [rfc6043:4.2.1.1-8] [rfc6043:4.2.3.1-6] [rfc6043:4.2.3.1-7] [rfc6043:4.2.3.1-8] [rfc6043:5.1-1] messages with the KMS have no crypto sessions and the Empty map', () => {
    for (const hop of [requestInit!, requestResp!, ...resolveInits, ...resolveResps]) {
      expect([...hop.octets.subarray(8, 10)]).toEqual([0, 1]);
    }
  });

  test('[rfc6043:6.1-10] [rfc6043:6.1-11] [rfc6043:6.1-12] Ticket Transfer has a GENERIC-ID map', () => {
    for (const hop of [transferInit!, ...transferResps]) expect([...hop.octets.subarray(8, 10)]).toEqual([2, 2]);
  });

  test('[rfc6043:4.2.1.5-1] [rfc6043:4.2.2.3-1] [rfc6043:4.2.3.5-1] responses repeat version, PRF func and CSB ID', () => {
    const pairs = [
      [requestInit!, requestResp!],
      ...transferResps.map((hop) => [transferInit!, hop] as const),
      ...resolveResps.map((hop) => [resolveInits.find((init) => init.from === hop.to)!, hop] as const),
    ] as const;
    for (const [initial, response] of pairs) {
      expect(response.octets[0]).toBe(initial.octets[0]);
      expect(response.octets[3]! & 0x7f).toBe(initial.octets[3]! & 0x7f);
      expect(hexOf(response.octets.subarray(4, 8))).toBe(hexOf(initial.octets.subarray(4, 8)));
    }
  });

  test('[rfc6043:4.2.1.5-4] [rfc6043:4.2.2.3-9] [rfc6043:4.2.3.5-4] [rfc3830:5.2-7] no two messages have the same timestamp', () => {
    const different = [requestInit!, requestResp!, transferInit!, ...resolveInits, ...resolveResps, ...transferResps];
    const times = different.map((hop) => hexOf(only(hop.message, 'T').value));
    expect(new Set(times).size).toBe(times.length);
    for (const hop of different) expect(only(hop.message, 'T').tsType).toBe(tsTypes['NTP-UTC']);
  });

  test('[rfc6043:4.2.1.1-2] [rfc6043:4.2.2.1-2] [rfc6043:4.2.3.1-2] [rfc3830:6.1-9] every exchange has a CSB ID of its own', () => {
    const ids = [requestInit!, transferInit!, ...resolveInits].map((hop) => hexOf(hop.octets.subarray(4, 8)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('[rfc6043:4.2.2.3-11] [rfc6043:4.2.3.5-18] [rfc6043:5.1-4] [rfc6043:12.1-8] every RAND is new', () => {
    const rands = run.trace.messages.flatMap((hop) =>
      all(hop.message.payloads, 'RANDR').map((payload) => [payload.role, hexOf(payload.rand)] as const),
    );
    const byValue = new Map<string, Set<number>>();
    for (const [role, value] of rands) byValue.set(value, (byValue.get(value) ?? new Set()).add(role));
    for (const roles of byValue.values()) expect(roles.size).toBe(1);
    const made = 1 + 1 + 2 + (has('G') && has('F') ? 2 : 0) + (has('I') ? 2 : 0);
    expect(byValue.size).toBe(made);
  });

  test('[rfc6043:12.1-4] [rfc6043:12.1-5] [rfc6043:12.1-6] [rfc6043:12.1-7] keys and RANDs are long enough', () => {
    const n = options.suite === 'sha1' ? 16 : 32;
    for (const kept of run.trace.secrets.filter((one) => one.kind !== 'SALT')) expect(kept.value.length).toBe(n);
    for (const hop of run.trace.messages) {
      for (const payload of all(hop.message.payloads, 'RANDR')) expect(payload.rand.length).toBe(n);
    }
    expect(ticket.ticketData[14]).toBe(n);
  });

  test('[rfc6043:12.1-9] [rfc6043:12.1-10] [rfc6043:12.1-11] [rfc6043:12.1-12] all algorithms are of one strength', () => {
    const [prf, encr, mac] = options.suite === 'sha1' ? [0, 1, 1] : [1, 3, 2];
    for (const hop of run.trace.messages) {
      expect(hop.message.header.prfFunc).toBe(prf);
      expect(only(hop.message, 'V').authAlg).toBe(mac);
      for (const KEMAC of all(hop.message.payloads, 'KEMAC')) expect(KEMAC.encrAlg).toBe(encr);
      for (const { policy } of [...all(hop.message.payloads, 'TP'), ...all(hop.message.payloads, 'TICKET')])
        expect(policy.prfFunc).toBe(prf);
    }
  });

  test('[rfc6043:4.2.1.5-7] [rfc6043:4.2.3.5-6] the KEMACs of responses have a NULL MAC', () => {
    for (const hop of [requestResp!, ...resolveResps]) expect(only(hop.message, 'KEMAC').macAlg).toBe(macAlgs.NULL);
  });

  test('[rfc6043:6.10-36] [rfc6043:6.10-51] [rfc6043:6.10-61] [rfc6043:6.10-62] [rfc6043:6.10-63] [rfc6043:6.10-64] [rfc6043:6.10-65] TP asks: K is 0, and the KEMAC is in clear, without MAC, with keys of zeros', () => {
    expect(asked.flags.K).toBe(false);
    expect(asked.tpData.map(nameOf).join(' ')).toBe('IDRkms IDRi TRs TRe KEMAC IDRr');
    const KEMAC = all(asked.tpData, 'KEMAC')[0]!;
    expect([KEMAC.encrAlg, KEMAC.macAlg]).toEqual([encrAlgs.NULL, macAlgs.NULL]);
    const keys = bytes.decode('Key data', KEMAC.encrData).keys;
    expect(keys.map((key) => [key.type, hexOf(key.key)])).toEqual([
      [0, '00'.repeat(options.suite === 'sha1' ? 16 : 32)],
    ]);
  });

  test('[rfc6043:4.2.1.1-9] [rfc6043:6.10-52] [rfc6043:6.10-53] [rfc6043:6.10-67] [rfc6043:6.10-69] [rfc6043:6.10-70] TICKET grants: KMS, requester and responders by name, no KEMAC', () => {
    expect(ticket.policy.tpData.map(nameOf).join(' ')).toBe('IDRkms IDRi TRs TRe IDRr');
    const data = readTpData(bytes, ticket.policy.tpData);
    const text = (value: { readonly data: Uint8Array } | undefined): string => Buffer.from(value!.data).toString();
    expect([text(data.IDRkms), text(data.IDRi), data.IDRr.map(text)]).toEqual([
      'sip:kms@example.com',
      'sip:alice@example.com',
      ['sip:bob@example.com'],
    ]);
    expect(ticket.policy.flags).toEqual(asked.flags);
  });

  test('[rfc6043:6.10-12] [rfc6043:6.10-13] [rfc6043:A.1-2] a MIKEY base ticket, issued at a time', () => {
    expect([ticket.policy.ticketType, ticket.policy.subtype, ticket.policy.version]).toEqual([
      ticketTypes['MIKEY Base Ticket'],
      1,
      1,
    ]);
    const [T] = all(bytes.decode('Ticket Data', ticket.ticketData).payloads, 'T');
    const issued = bytes.instant(T!.tsType, T!.value)!;
    expect(issued).toBeGreaterThan(bytes.instant(0, only(requestInit!.message, 'T').value)!);
    expect(issued).toBeLessThan(bytes.instant(0, only(requestResp!.message, 'T').value)!);
  });

  test('[rfc6043:6.10-71] [rfc6043:6.10-74] [rfc6043:6.10-30] Initiator Data with I, and never without', () => {
    expect(ticket.initiatorData).toHaveLength(0);
    expect(only(transferInit!.message, 'TICKET').initiatorData.length > 0).toBe(has('I'));
  });

  test('[rfc6043:4.2.2.3-12] [rfc6043:4.2.2.3-13] [rfc6043:4.2.2.3-14] [rfc6043:4.2.3.5-17] [rfc6043:5.5-5] IDRr and RANDRkms come from the KMS: the endpoint, not the identity that was called', () => {
    for (const response of transferResps) {
      const resolved = resolveResps.find((hop) => hop.to === response.from)!;
      const id = only(response.message, 'IDR', idRoles.IDRr);
      expect(hexOf(id.data)).toBe(hexOf(only(resolved.message, 'IDR', idRoles.IDRr).data));
      expect(Buffer.from(id.data).toString()).toBe(`sip:${response.from}@example.com`);
      expect(hexOf(id.data)).not.toBe(hexOf(only(transferInit!.message, 'IDR', idRoles.IDRr).data));
      if (has('I')) {
        const role = randRoles.RANDRkms;
        expect(hexOf(only(response.message, 'RANDR', role).rand)).toBe(
          hexOf(only(resolved.message, 'RANDR', role).rand),
        );
      }
    }
  });

  test.runIf(has('F'))(
    '[rfc6043:4.2.2-3] [rfc6043:4.2.2.3-4] [rfc6043:4.2.2.3-5] [rfc6043:4.2.2.3-6] [rfc6043:6.1.1-5] [rfc6043:6.1.1-7] [rfc6043:6.1.1-10] [rfc6043:6.1.1-12] [rfc6043:6.1.1-14] [rfc6043:6.1.1-16] [rfc6043:6.1.1-18] [rfc6043:6.1.1-20] [rfc6043:6.1.1-22] crypto sessions: the answer completes what the offer left open, and keeps the rest',
    () => {
      const offered = transferInit!.message.header.map;
      if (offered.type !== 'GENERIC-ID') throw new Error(offered.type);
      expect(offered.sessions.map((one) => [one.csId, one.policies, one.sessionData.length])).toEqual([
        [1, [0], 4],
        [2, [0], 0],
      ]);
      const granted = all(transferInit!.message.payloads, 'SP').map((sp) => [sp.policyNo, sp.protType]);
      expect(granted).toEqual([[0, 0]]);
      for (const response of transferResps) {
        const { map } = response.message.header;
        if (map.type !== 'GENERIC-ID') throw new Error(map.type);
        expect(map.sessions.map((one) => [one.csId, one.policies, one.sessionData.length, one.s])).toEqual([
          [1, [0], 4, false],
          [2, [0], 4, false],
        ]);
        expect(hexOf(map.sessions[0]!.sessionData)).toBe(hexOf(offered.sessions[0]!.sessionData));
        for (const session of map.sessions) expect(hexOf(session.spi)).toBe(hexOf(offered.sessions[0]!.spi));
      }
    },
  );

  test('[rfc6043:4.1-9] [rfc6043:12.2-1] no message contains a key in clear; everything else stands there readable', () => {
    for (const hop of run.trace.messages) {
      for (const kept of run.trace.secrets) expect(hexOf(hop.octets)).not.toContain(hexOf(kept.value));
    }
    expect(Buffer.from(transferInit!.octets).includes('sip:alice@example.com')).toBe(true);
    expect(secret(run, 'MPK').length).toBeGreaterThan(0);
  });
});

describe('numbers on the wire', () => {
  test('[rfc6043:6.1-1] [rfc6043:6.1-6] [rfc6043:6.4-2] [rfc6043:6.5-2] [rfc6043:6.6-3] [rfc6043:6.8-2] a run uses the numbers of RFC 6043', () => {
    const run = byteRun({ forks: 1 });
    const used = run.trace.messages.map((hop) => hop.octets[1]);
    expect([...new Set(used)]).toEqual([11, 13, 14, 16, 18, 15]);
    expect(new Set(run.trace.messages.map((hop) => hop.message.header.dataType))).toEqual(
      new Set([
        dataTypes.REQUEST_INIT_PSK,
        dataTypes.REQUEST_RESP,
        dataTypes.TRANSFER_INIT,
        dataTypes.TRANSFER_RESP,
        dataTypes.RESOLVE_INIT_PSK,
        dataTypes.RESOLVE_RESP,
      ]),
    );
    const [request] = ofType(run, 'REQUEST_INIT_PSK');
    expect(all(request!.message.payloads, 'IDR').map((id) => [id.role, id.idType])).toEqual([
      [1, 1],
      [3, 1],
      [4, idTypes['Byte string']],
    ]);
    expect(all(only(request!.message, 'TP').policy.tpData, 'TR').map((tr) => [tr.role, tr.tsType])).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect(request!.octets[3]! & 0x7f).toBe(1);
  });
});
