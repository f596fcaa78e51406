import { describe, expect, test } from 'vitest';
import type { StandardOptions, StandardRun } from '../../model/modes/standard.ts';
import { h, hmac, len8, prf, protectionKeys, type Key, type Strength } from '../support/independent.ts';
import {
  csb,
  fieldPlace,
  fork,
  idData,
  macLength,
  macOf,
  openResponse,
  openTicketIn,
  rand,
  withoutMac,
} from '../support/recompute.ts';
import { byteRun, hexOf, ofType, only, secret, variants } from '../support/runs.ts';

const strengthOf = (options: StandardOptions): Strength => options.suite!;

/** Everything that follows from the TPK of a run and the ticket in its REQUEST_RESP, recomputed. */
function openTicket(run: StandardRun<Uint8Array>, strength: Strength): ReturnType<typeof openTicketIn> {
  return openTicketIn(ofType(run, 'REQUEST_RESP')[0]!, secret(run, 'TPK'), strength);
}

describe.each(variants)('every key and MAC of a run, recomputed from the RFC: %s', (_, options) => {
  const strength = strengthOf(options);
  const run = byteRun({ ...options, forks: 2 });
  const flags = options.flags ?? 'DEFGHIJNO';
  const forking = flags.includes('I');
  const ticket = openTicket(run, strength);
  const [requestInit] = ofType(run, 'REQUEST_INIT_PSK');
  const [requestResp] = ofType(run, 'REQUEST_RESP');
  const [transferInit] = ofType(run, 'TRANSFER_INIT');

  test('[rfc6043:5.1.2-2] [rfc6043:5.1.2-3] [rfc6043:5.1.2-6] [rfc6043:5.1.2-7] [rfc6043:5.1.2-12] [rfc6043:5.5-3] [rfc6043:5.5-7] [rfc6043:4.2.1.2-5] [rfc6043:4.2.1.2-6] [rfc6043:4.2.1-5] REQUEST_INIT: V over the message and both identities, under the PSK', () => {
    const tail = Buffer.concat([csb(requestInit!), h('01'), len8(rand(requestInit!, 'RANDRi')), h('00')]);
    const keys = protectionKeys(strength, secret(run, 'PSK(alice)'), tail);
    const covered = Buffer.concat([
      withoutMac(requestInit!, strength),
      idData(requestInit!, 'IDRi'),
      idData(requestInit!, 'IDRkms'),
    ]);
    expect(macOf(requestInit!, strength)).toBe(hexOf(hmac(strength, keys.auth, covered)));
  });

  test('[rfc6043:5.1.2-4] [rfc6043:5.1.2-5] [rfc6043:5.5-6] [rfc6043:4.2.1-7] [rfc6043:4.2.1.5-8] [rfc6043:4.2.1.5-10] [rfc6043:4.2.1.5-12] [rfc6043:4.2.1.5-16] [rfc6043:4.2.1.5-18] [rfc6043:4.2.1.5-20] REQUEST_RESP: V over the message and all of REQUEST_INIT; the KEMAC holds MPKi, MPKr if forked, and the keys of the ticket', () => {
    const tail = Buffer.concat([csb(requestInit!), h('02'), len8(rand(requestInit!, 'RANDRi')), h('00')]);
    const keys = protectionKeys(strength, secret(run, 'PSK(alice)'), tail);
    const covered = Buffer.concat([withoutMac(requestResp!, strength), requestInit!.octets]);
    expect(macOf(requestResp!, strength)).toBe(hexOf(hmac(strength, keys.auth, covered)));
    const granted = openResponse(strength, requestResp!, keys);
    const mpks = forking ? [ticket.MPKi, ticket.MPKr] : [ticket.MPKi];
    expect(granted.slice(0, mpks.length).map((key) => [key.type, hexOf(key.key)])).toEqual(
      mpks.map((mpk) => [6, hexOf(mpk)]),
    );
    expect(granted.slice(mpks.length)).toEqual(ticket.sessionKeys);
  });

  test('[rfc6043:A-3] [rfc6043:A.1-5] [rfc6043:A.1-6] [rfc6043:A.1-7] [rfc6043:A.1-8] [rfc6043:A.1-11] [rfc6043:A.1-3] [rfc6043:A.2-1] [rfc6043:A.2.1-1] [rfc6043:A.2.1-2] [rfc6043:A.2.1-3] [rfc6043:A.2.1-4] [rfc6043:A.2.1-5] the ticket: V over TICKET, and MPK and TGK sealed, all under the TPK', () => {
    expect(ticket.macFound).toBe(ticket.mac);
    expect(ticket.MPK.type).toBe(6);
    expect(hexOf(ticket.MPK.key)).toBe(hexOf(secret(run, 'MPK')));
    expect(ticket.sessionKeys.map((key) => [key.type, hexOf(key.key)])).toEqual([[0, hexOf(secret(run, 'TGK'))]]);
  });

  test('[rfc6043:A.1-4] [rfc6043:11-1] [rfc6043:11-2] [rfc6043:11-3] [rfc6043:11-4] the KEMAC of the ticket has a NULL MAC, as V covers it, and no key stands there in clear', () => {
    expect(ticket.kemacMacAlg).toBe(0);
    const data = hexOf(only(requestResp!.message, 'TICKET').ticketData);
    expect(data).not.toContain(hexOf(ticket.MPK.key));
    expect(data).not.toContain(hexOf(ticket.sessionKeys[0]!.key));
  });

  test('[rfc6043:A.2.2-1] [rfc6043:A.2.2-3] [rfc6043:A.2.2-4] [rfc6043:A.2.2-5] MPKi and MPKr follow from the MPK', () => {
    expect(hexOf(ticket.MPKi)).toBe(hexOf(secret(run, 'MPKi')));
    if (forking) expect(hexOf(ticket.MPKr)).toBe(hexOf(secret(run, 'MPKr')));
    expect(ticket.MPKi).toHaveLength(ticket.MPK.key.length);
  });

  test('[rfc6043:4.2.1.5-14] [rfc6043:4.2.2.1-14] [rfc6043:4.2.2.1-15] [rfc6043:5.5-9] [rfc6043:5.1-5] TRANSFER_INIT: V under MPKi, without Initiator Data and its length', () => {
    const tail = Buffer.concat([csb(transferInit!), h('01'), len8(rand(transferInit!, 'RANDRi')), h('00')]);
    const keys = protectionKeys(strength, ticket.MPKi, tail);
    const { octets } = transferInit!;
    const gap = fieldPlace(octets, 'TICKET', 'Initiator Data length').start;
    const end = fieldPlace(octets, 'TICKET', 'Initiator Data').end;
    const message = Buffer.concat([octets.subarray(0, gap), octets.subarray(end, octets.length - macLength[strength])]);
    const covered = Buffer.concat([message, idData(transferInit!, 'IDRi'), idData(transferInit!, 'IDRr')]);
    expect(macOf(transferInit!, strength)).toBe(hexOf(hmac(strength, keys.auth, covered)));
  });

  test.runIf(forking)(
    '[rfc6043:6.10-76] [rfc6043:6.10-78] [rfc6043:6.10-79] [rfc6043:6.10-80] [rfc6043:6.10-81] Initiator Data: Vi is V, and Vr is a MAC under MPKr',
    () => {
      const field = Buffer.from(only(transferInit!.message, 'TICKET').initiatorData);
      const n = macLength[strength];
      const auth = prf(strength, ticket.MPKr, h('2d22ac75ffffffffff04'), { sha1: 20, sha256: 32 }[strength]);
      expect(field).toHaveLength(1 + 2 * (2 + n));
      expect(hexOf(field.subarray(0, 3))).toBe(`0909${strength === 'sha1' ? '01' : '02'}`);
      expect(hexOf(field.subarray(3, 3 + n))).toBe(macOf(transferInit!, strength));
      expect(hexOf(field.subarray(3 + n, 5 + n))).toBe(`00${strength === 'sha1' ? '01' : '02'}`);
      expect(hexOf(field.subarray(5 + n))).toBe(hexOf(hmac(strength, auth, field.subarray(0, 5 + n))));
    },
  );

  test.each(['bob-phone', 'bob-laptop'])(
    '[rfc6043:5.1.2-8] [rfc6043:5.1.2-11] [rfc6043:5.5-11] [rfc6043:5.5-12] [rfc6043:4.2.3-9] [rfc6043:4.2.3-11] [rfc6043:4.2.3.2-5] [rfc6043:4.2.3.2-6] [rfc6043:4.2.3.5-7] [rfc6043:4.2.3.5-9] [rfc6043:4.2.3.5-10] [rfc6043:4.2.3.5-11] [rfc6043:4.2.3.5-12] [rfc6043:4.2.3.5-15] [rfc6043:4.2.3.5-21] [rfc6043:4.2.3.5-23] [rfc6043:4.2.3-14] [rfc6043:5.1-2] [rfc6043:5.1.1-3] [rfc6043:5.1.1-5] [rfc6043:5.1.1-6] [rfc6043:5.1.1-7] [rfc6043:5.1.1-8] Ticket Resolve of %s: both V, and a KEMAC with MPKi and the forked keys',
    (name) => {
      const init = ofType(run, 'RESOLVE_INIT_PSK').find((hop) => hop.from === name)!;
      const response = ofType(run, 'RESOLVE_RESP').find((hop) => hop.to === name)!;
      const tail = (octet: string): Buffer => Buffer.concat([csb(init), h(octet), h('00'), len8(rand(init, 'RANDRr'))]);
      const psk = secret(run, `PSK(${name})`);
      const initCovered = Buffer.concat([withoutMac(init, strength), idData(init, 'IDRr'), idData(init, 'IDRkms')]);
      expect(macOf(init, strength)).toBe(
        hexOf(hmac(strength, protectionKeys(strength, psk, tail('01')).auth, initCovered)),
      );
      const keys = protectionKeys(strength, psk, tail('02'));
      expect(macOf(response, strength)).toBe(
        hexOf(hmac(strength, keys.auth, Buffer.concat([withoutMac(response, strength), init.octets]))),
      );
      const [MPKi, ...rest] = openResponse(strength, response, keys);
      expect(hexOf(MPKi!.key)).toBe(hexOf(ticket.MPKi));
      const expected = forking
        ? [
            fork(strength, '2b288856', ticket.MPKr, response),
            fork(strength, '1512b54a', ticket.sessionKeys[0]!.key, response),
          ]
        : [ticket.sessionKeys[0]!.key];
      expect(rest.map((key) => hexOf(key.key))).toEqual(expected.map(hexOf));
    },
  );

  test.runIf(flags.includes('F')).each(['bob-phone', 'bob-laptop'])(
    "[rfc6043:4.2.1.5-15] [rfc6043:4.2.2.3-21] [rfc6043:4.2.2.3-22] [rfc6043:4.2.3.5-14] [rfc6043:5.1-3] [rfc6043:5.1-6] [rfc6043:5.1-7] [rfc6043:5.1.2-1] [rfc6043:5.1.2-9] [rfc6043:5.1.2-10] [rfc6043:5.5-10] [rfc6043:6.10-29] TRANSFER_RESP of %s: V under MPKr' or MPKi, over the message and all of TRANSFER_INIT",
    (name) => {
      const response = ofType(run, 'TRANSFER_RESP').find((hop) => hop.from === name)!;
      const randRr = flags.includes('G') ? rand(response, 'RANDRr') : undefined;
      const tail = Buffer.concat([csb(transferInit!), h('02'), len8(rand(transferInit!, 'RANDRi')), len8(randRr)]);
      const inkey = forking ? fork(strength, '2b288856', ticket.MPKr, response) : ticket.MPKi;
      const covered = Buffer.concat([withoutMac(response, strength), transferInit!.octets]);
      expect(macOf(response, strength)).toBe(
        hexOf(hmac(strength, protectionKeys(strength, inkey, tail).auth, covered)),
      );
    },
  );

  test('[rfc6043:5.1.3-1] [rfc6043:5.1.3-2] [rfc6043:5.1.3-3] [rfc6043:5.1.3-5] [rfc6043:5.1.3-8] [rfc6043:5.1.3-9] [rfc6043:5.1.3-10] [rfc6043:5.1.3-11] [rfc6043:5.1.3-12] [rfc6043:6.10-26] [rfc6043:6.10-27] TEKs and salts of both sides', () => {
    expect(run.trace.agreements.length).toBeGreaterThan(0);
    for (const agreement of run.trace.agreements) {
      const response = ofType(run, 'TRANSFER_RESP').find((hop) => hop.from === agreement.responder);
      const tgk = ticket.sessionKeys[0]!.key;
      const inkey = forking ? fork(strength, '1512b54a', tgk, response!) : tgk;
      const randRi = flags.includes('H') ? rand(transferInit!, 'RANDRi') : undefined;
      const randRr = flags.includes('G') ? rand(response!, 'RANDRr') : undefined;
      expect(randRi ?? randRr).toBeDefined();
      for (const { csId, tek, salt } of agreement.sessions) {
        const label = (constant: string): Buffer =>
          Buffer.concat([h(constant), Buffer.from([csId]), h('ffffffff03'), len8(randRi), len8(randRr)]);
        expect(hexOf(tek)).toBe(hexOf(prf(strength, inkey, label('2ad01c64'), strength === 'sha1' ? 16 : 32)));
        expect(hexOf(salt)).toBe(hexOf(prf(strength, inkey, label('39a2c14b'), 14)));
      }
    }
  });
});

describe('keys of every type in one ticket', () => {
  const run = byteRun({ keys: ['TGK+SALT', 'TEK', 'GTGK', 'GTGK+SALT', 'TEK+SALT'], forks: 2 });
  const ticket = openTicket(run, 'sha256');
  const resolved = (name: string): readonly Key[] => {
    const init = ofType(run, 'RESOLVE_INIT_PSK').find((hop) => hop.from === name)!;
    const response = ofType(run, 'RESOLVE_RESP').find((hop) => hop.to === name)!;
    const tail = Buffer.concat([csb(init), h('0200'), len8(rand(init, 'RANDRr'))]);
    return openResponse('sha256', response, protectionKeys('sha256', secret(run, `PSK(${name})`), tail)).slice(2);
  };

  test('[rfc6043:5.1.1-2] [rfc6043:6.2.1-2] only the TGK is forked; TEK, GTGK and all salts stay as they are', () => {
    for (const name of ['bob-phone', 'bob-laptop']) {
      const keys = resolved(name);
      expect(keys.map((key) => key.type)).toEqual([1, 2, 4, 5, 3]);
      expect(hexOf(keys[0]!.key)).not.toBe(hexOf(ticket.sessionKeys[0]!.key));
      expect(keys.slice(1)).toEqual(ticket.sessionKeys.slice(1));
      expect(keys.map((key) => key.salt && hexOf(key.salt))).toEqual(
        ticket.sessionKeys.map((key) => key.salt && hexOf(key.salt)),
      );
    }
    expect(hexOf(resolved('bob-phone')[0]!.key)).not.toBe(hexOf(resolved('bob-laptop')[0]!.key));
  });

  test('[rfc6043:6.2.1-3] every key has an SPI of its own, the same in ticket and responses', () => {
    const spis = ticket.sessionKeys.map((key) => hexOf(key.spi));
    expect(new Set([...spis, hexOf(ticket.MPK.spi)]).size).toBe(6);
    expect(resolved('bob-phone').map((key) => hexOf(key.spi))).toEqual(spis);
  });

  test('[rfc6043:5.1.3-7] a salt that came with the key is used, and none is derived', () => {
    for (const agreement of run.trace.agreements) {
      for (const session of agreement.sessions) expect(hexOf(session.salt)).toBe(hexOf(ticket.sessionKeys[0]!.salt!));
    }
  });

  test('[rfc6043:6.2.1-1] [rfc6043:6.1.1-21] a GTGK is used like a TGK, and the SPI chooses the key', () => {
    const group = byteRun({ keys: ['GTGK'], forks: 2 });
    const [response] = ofType(group, 'TRANSFER_RESP');
    const opened = openTicket(group, 'sha256');
    const randRi = rand(ofType(group, 'TRANSFER_INIT')[0]!, 'RANDRi');
    const label = Buffer.concat([h('2ad01c6401ffffffff03'), len8(randRi), len8(rand(response!, 'RANDRr'))]);
    const agreement = group.trace.agreements.find((one) => one.responder === response!.from)!;
    expect(hexOf(agreement.sessions[0]!.tek)).toBe(hexOf(prf('sha256', opened.sessionKeys[0]!.key, label, 32)));
    expect(hexOf(agreement.sessions[0]!.spi)).toBe(hexOf(opened.sessionKeys[0]!.spi));
  });
});
