import { describe, expect, test } from 'vitest';
import { idRoles } from '../../spec/registry/identities.ts';
import type { Payload } from '../../model/message/payload.ts';
import { byteRun, ofType, rejections, type Hop } from '../support/runs.ts';
import { changing, encoded, resign, withPayloads, type Change } from '../support/tamper.ts';

const honest = byteRun({ forks: 1 });

/** Where each type arrives, and the type of its initial message. */
const ways = {
  REQUEST_INIT_PSK: { to: 'kms', initial: undefined },
  REQUEST_RESP: { to: 'alice', initial: 'REQUEST_INIT_PSK' },
  TRANSFER_INIT: { to: 'bob-phone', initial: undefined },
  TRANSFER_RESP: { to: 'alice', initial: 'TRANSFER_INIT' },
  RESOLVE_INIT_PSK: { to: 'kms', initial: undefined },
  RESOLVE_RESP: { to: 'bob-phone', initial: 'RESOLVE_INIT_PSK' },
} as const;

/** A run in which one message arrives changed, with a MAC that holds. What answers it covers the changed one. */
function runWith(type: keyof typeof ways, change: Change): ReturnType<typeof byteRun> {
  const { to, initial } = ways[type];
  return byteRun(
    { forks: 1 },
    changing(type, to, (hop: Hop) => {
      const before = initial && ofType(honest, initial)[0]!.message;
      const message = change(hop.message);
      return [encoded(resign(honest, hop, { message, ...(before ? { initial: before } : {}) }))];
    }),
  );
}

/** Something that no message of RFC 6043 has. */
const stray: Payload<Uint8Array> = { kind: 'General Ext.', type: 0, data: Buffer.from('a vendor') };
const application: Payload<Uint8Array> = {
  kind: 'IDR',
  role: idRoles.IDRapp,
  idType: 1,
  data: Buffer.from('urn:stray'),
};
const extra: Change = (message) =>
  withPayloads(message, (payload) => (payload.kind === 'T' ? [payload, stray, application] : [payload]));
const flipV: Change = (message) => ({ ...message, header: { ...message.header, v: !message.header.v } });

describe('what a receiver has to put up with', () => {
  test.each([
    ['[rfc6043:4.2.1.4-3]', 'REQUEST_INIT_PSK', 'kms'],
    ['[rfc6043:4.2.1.6-2]', 'REQUEST_RESP', 'alice'],
    ['[rfc6043:4.2.2.2-4]', 'TRANSFER_INIT', 'bob-phone'],
    ['[rfc6043:4.2.2.4-4]', 'TRANSFER_RESP', 'alice'],
    ['[rfc6043:4.2.3.4-3]', 'RESOLVE_INIT_PSK', 'kms'],
    ['[rfc6043:4.2.3.6-3]', 'RESOLVE_RESP', 'bob-phone'],
  ] as const)('%s unexpected payloads in %s are ignored by %s', (_, type, party) => {
    const run = runWith(type, extra);
    expect(rejections(run).filter((step) => step.party === party)).toEqual([]);
  });

  test.each([
    ['[rfc6043:4.2.1.1-4] [rfc6043:4.2.1.1-5] [rfc6043:6.1-5]', 'REQUEST_INIT_PSK', 'kms'],
    ['[rfc6043:4.2.1.5-3]', 'REQUEST_RESP', 'alice'],
    ['[rfc6043:4.2.2.1-4]', 'TRANSFER_INIT', 'bob-phone'],
    ['[rfc6043:4.2.2.3-3]', 'TRANSFER_RESP', 'alice'],
    ['[rfc6043:4.2.3.1-4] [rfc6043:4.2.3.1-5]', 'RESOLVE_INIT_PSK', 'kms'],
    ['[rfc6043:4.2.3.5-3]', 'RESOLVE_RESP', 'bob-phone'],
  ] as const)('%s the V flag of %s is ignored by %s', (_, type, party) => {
    const run = runWith(type, flipV);
    expect(rejections(run).filter((step) => step.party === party)).toEqual([]);
    if (type.includes('INIT_PSK')) expect(ofType(run, type.replace('INIT_PSK', 'RESP')).length).toBeGreaterThan(0);
  });

  test.each([
    ['[rfc6043:4.2.1.1-11]', 'REQUEST_INIT_PSK', 'IDRkms', 'kms'],
    ['[rfc6043:4.2.1.2-2]', 'REQUEST_INIT_PSK', 'IDRi', 'kms'],
    ['[rfc6043:4.2.1.2-3]', 'REQUEST_INIT_PSK', 'IDRpsk', 'kms'],
    ['[rfc6043:4.2.2.1-6]', 'TRANSFER_INIT', 'IDRi', 'bob-phone'],
    ['[rfc6043:4.2.2.1-7]', 'TRANSFER_INIT', 'IDRr', 'bob-phone'],
    ['[rfc6043:4.2.3.1-10]', 'RESOLVE_INIT_PSK', 'IDRkms', 'kms'],
    ['[rfc6043:4.2.3.2-2]', 'RESOLVE_INIT_PSK', 'IDRr', 'kms'],
    ['[rfc6043:4.2.3.2-3]', 'RESOLVE_INIT_PSK', 'IDRpsk', 'kms'],
    ['the response may leave it out, too:', 'REQUEST_RESP', 'IDRkms', 'alice'],
    ['the response may leave it out, too:', 'RESOLVE_RESP', 'IDRkms', 'bob-phone'],
  ] as const)('%s %s may come without %s', (_, type, name, party) => {
    const drop: Change = (message) =>
      withPayloads(message, (payload) => (payload.kind === 'IDR' && payload.role === idRoles[name] ? [] : [payload]));
    const run = runWith(type, drop);
    expect(rejections(run).filter((step) => step.party === party)).toEqual([]);
  });

  test('[rfc6043:6.10-50] [rfc6043:6.10-66] [rfc6043:6.10-37] [rfc6043:4.2.1.5-11] the KMS ignores strays in TP Data, key values and K in TP, and grants one TGK if no key is asked for', () => {
    const asks: Change = (message) =>
      withPayloads(message, (payload) => {
        if (payload.kind !== 'TP') return [payload];
        const tpData = payload.policy.tpData.flatMap((inner): Payload<Uint8Array>[] => {
          if (inner.kind !== 'KEMAC') return inner.kind === 'TR' ? [stray, inner] : [inner];
          return [];
        });
        return [{ ...payload, policy: { ...payload.policy, flags: { ...payload.policy.flags, K: true }, tpData } }];
      });
    const run = runWith('REQUEST_INIT_PSK', asks);
    expect(rejections(run).filter((step) => step.party === 'kms')).toEqual([]);
    expect(run.kms.granted[0]!.sessionKeys.map((key) => key.type)).toEqual([0]);
    const ones: Change = (message) =>
      withPayloads(message, (payload) => {
        if (payload.kind !== 'TP') return [payload];
        const tpData = payload.policy.tpData.map((inner) =>
          inner.kind === 'KEMAC'
            ? { ...inner, encrData: inner.encrData.map((octet, index) => (index > 4 ? octet | 1 : octet)) }
            : inner,
        );
        return [{ ...payload, policy: { ...payload.policy, tpData } }];
      });
    expect(rejections(runWith('REQUEST_INIT_PSK', ones)).filter((step) => step.party === 'kms')).toEqual([]);
  });
});
