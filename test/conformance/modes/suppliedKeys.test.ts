import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { Forger } from '../../support/forger.ts';
import { agreedKeys, call, changed, hop, hops, played, refused, secretOf, standard } from '../../support/plays.ts';
import { h, len8, protectionKeys, type Strength } from '../../support/independent.ts';
import { csb, openResponse, openTicketIn, rand, sessionOne } from '../../support/recompute.ts';
import { only } from '../../support/runs.ts';

const suites = ['sha1', 'sha256'] as const;

/** Keys of TRANSFER_INIT (01) or TRANSFER_RESP (02), computed with node:crypto. */
function keysOf(
  strength: Strength,
  inkey: Buffer,
  of: { readonly octet: '01' | '02'; readonly rands: readonly (Buffer | undefined)[]; readonly csbId: Buffer },
): ReturnType<typeof protectionKeys> {
  const label = Buffer.concat([of.csbId, h(of.octet), ...of.rands.map((one) => len8(one))]);
  return protectionKeys(strength, inkey, label);
}

describe('a session key from the Initiator', () => {
  const scenario = builtIn('initiator-keys');

  test.each(suites)(
    '[rfc6043:4.1-7] [rfc6043:4.2.2.1-10] [rfc6043:4.2.2.1-11] [rfc6043:6.10-39] travels in TRANSFER_INIT under keys from MPKi, and both ends use it: %s',
    (suite) => {
      const run = played(changed(scenario, { suite }));
      expect(run.trace.asExpected).toBe(true);
      const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
      expect(offer.message.payloads.map(({ kind }) => kind)).toEqual([
        'T',
        'RANDR',
        'IDR',
        'IDR',
        'SP',
        'TICKET',
        'KEMAC',
        'V',
      ]);
      const ticket = openTicketIn(offer, secretOf(run, 'TPK'), suite);
      expect(ticket.sessionKeys).toEqual([]);
      const keys = keysOf(suite, ticket.MPKi, {
        octet: '01',
        rands: [rand(offer, 'RANDRi'), undefined],
        csbId: csb(offer),
      });
      const [brought, ...more] = openResponse(suite, offer, keys);
      expect(more).toEqual([]);
      for (const device of ['bob-phone', 'bob-laptop']) {
        const answer = hop(run, 'TRANSFER_RESP', { from: device });
        const rands = { RANDRi: rand(offer, 'RANDRi'), RANDRr: rand(answer, 'RANDRr') };
        expect(agreedKeys(run, device)).toContain(sessionOne(suite, brought!.key, rands));
      }
    },
  );

  test('[rfc6043:6.10-40] is not brought where L forbids it', () => {
    const steps = [call({ from: 'KMS', flags: 'DEFGHIJNO' }, { supply: ['TGK'] })];
    const run = played(standard({}, { steps }));
    expect(refused(run)).toEqual(['alice callMaySupplyKeys']);
    expect(hops(run, 'TRANSFER_INIT')).toEqual([]);
  });

  test('is turned down if somebody changes it on the way: V covers it', () => {
    const forger = new Forger(played(scenario));
    const run = played(scenario, {
      intercept: forger.at({ type: 'TRANSFER_INIT', to: 'bob-phone' }, (message) => ({
        ...message,
        payloads: message.payloads.map((payload) =>
          payload.kind === 'KEMAC' ? { ...payload, encrData: payload.encrData.map((octet) => octet ^ 1) } : payload,
        ),
      })),
    });
    expect(run.trace.agreements.filter((agreement) => agreement.device === 'bob-phone')).toEqual([]);
  });
});

describe('pre-encrypted content', () => {
  const scenario = builtIn('pre-encrypted');

  test.each(suites)(
    "[rfc6043:8-2] [rfc6043:8-3] [rfc6043:8-4] [rfc6043:4.2.2.3-17] [rfc6043:4.2.2.3-18] [rfc6043:6.10-42] the ticket has no session keys; the Responder's TEK comes in TRANSFER_RESP under MPKr', and both ends use it as it is: %s",
    (suite) => {
      const run = played(changed(scenario, { suite }));
      expect(run.trace.asExpected).toBe(true);
      const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
      const answer = hop(run, 'TRANSFER_RESP', { from: 'bob-phone' });
      expect(openTicketIn(offer, secretOf(run, 'TPK'), suite).sessionKeys).toEqual([]);
      expect(offer.message.header.map).toMatchObject({
        sessions: [{ spi: new Uint8Array() }, { spi: new Uint8Array() }],
      });
      const keys = keysOf(suite, secretOf(run, "MPKr'(bob-phone)"), {
        octet: '02',
        rands: [rand(offer, 'RANDRi'), rand(answer, 'RANDRr')],
        csbId: csb(answer),
      });
      const [TEK, ...more] = openResponse(suite, answer, keys);
      expect(more).toEqual([]);
      const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');
      for (const agreement of run.trace.agreements) {
        expect(agreement.sessions.map(({ tek, salt }) => [hex(tek), hex(salt)])).toEqual([
          [hex(TEK!.key), hex(TEK!.salt)],
          [hex(TEK!.key), hex(TEK!.salt)],
        ]);
      }
      expect(only(answer.message, 'KEMAC').macAlg).toBe(0);
    },
  );

  test('[rfc6043:6.10-43] needs the M flag, at the endpoint that brings the key', () => {
    const step = { ...(scenario.steps[0] as ReturnType<typeof call>) };
    const withKeys: Scenario = {
      ...scenario,
      steps: [{ ...step, ticket: { from: 'KMS', flags: 'DEFGHIJNO' }, answerSupply: ['TEK'] }],
    };
    const run = played(withKeys);
    expect(refused(run)).toEqual(['bob-phone answerMaySupplyKeys', 'alice ERR_PEER']);
    expect(run.trace.agreements).toEqual([]);
  });

  test('without any session key there is no call: neither in the ticket, nor from one of the two', () => {
    const noKeys = played(
      standard({}, { steps: [call({ from: 'KMS', flags: 'DEFGHIJLNO', keys: [] }, { supply: [] })] }),
    );
    expect(refused(noKeys)).toEqual(['alice callHasKeys']);
  });
});
