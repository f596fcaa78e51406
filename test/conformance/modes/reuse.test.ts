import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { second } from '../../../model/message/timestamps.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { flipped, Forger, intercepting } from '../../support/forger.ts';
import { h, hmac, len8, protectionKeys } from '../../support/independent.ts';
import {
  agreedKeys,
  call,
  changed,
  hop,
  hops,
  people,
  played,
  randOf,
  idOf,
  refused,
  secretOf,
  standard,
  timeOf,
  wait,
  withUser,
} from '../../support/plays.ts';
import { csb, fork, macOf, openTicketIn, rand, sessionOne, withoutMac } from '../../support/recompute.ts';
import { policy, tpData } from '../../support/refusals/refusal.ts';
import { hexOf, only, type Hop } from '../../support/runs.ts';
import { encoded, withPayloads } from '../../support/tamper.ts';

/** The ticket of a message without what each call adds to it. */
const bare = ({ message }: Hop): string =>
  hexOf(bytes.encode({ kind: 'TICKET', ticket: only(message, 'TICKET') }, ['Initiator Data']));

describe.each(['sha1', 'sha256'] as const)('a ticket that is used again: %s', (suite) => {
  const run = played(changed(builtIn('reused'), { suite }));
  const [first, again] = hops(run, 'TRANSFER_INIT', { from: 'alice' });
  const [answer, answerAgain] = hops(run, 'TRANSFER_RESP', { from: 'bob-phone' });
  const [response] = hops(run, 'REQUEST_RESP');
  const ticket = openTicketIn(response!, secretOf(run, 'TPK'), suite);

  test('[rfc6043:5.3-1] [rfc6043:6.10-32] is one ticket of one Ticket Request in two Ticket Transfers', () => {
    expect(run.trace.asExpected).toBe(true);
    expect(hops(run, 'REQUEST_INIT_PSK')).toHaveLength(1);
    expect([bare(first!), bare(again!)]).toEqual([bare(response!), bare(response!)]);
  });

  test('[rfc6043:5.3-2] [rfc6043:5.3-3] [rfc6043:5.3-4] the second one has another CSB ID, T, RANDRi and RANDRr', () => {
    expect(hexOf(csb(again!))).not.toBe(hexOf(csb(first!)));
    expect(timeOf(again!.message) > timeOf(first!.message)).toBe(true);
    expect(randOf(again!.message, 'RANDRi')).not.toBe(randOf(first!.message, 'RANDRi'));
    expect(randOf(answerAgain!.message, 'RANDRr')).not.toBe(randOf(answer!.message, 'RANDRr'));
  });

  test('[rfc6043:5.3-5] [rfc6043:6.10-33] who resolved it before asks nobody; who did not, asks the KMS', () => {
    expect(hops(run, 'RESOLVE_INIT_PSK').map(({ from }) => from)).toEqual(['bob-phone', 'bob-laptop']);
    const states = run.trace.steps.filter(({ party, event }) => party === 'bob-phone' && event === 'TICKET_MEMORY');
    expect(states.map(({ to }) => to)).toEqual(['awaitingResolveResp', 'checkingReplay']);
  });

  test('[rfc6043:5.3-6] it keeps the modifier, and with it the forked keys', () => {
    expect([idOf(answerAgain!.message, 'IDRr'), randOf(answerAgain!.message, 'RANDRkms')]).toEqual([
      idOf(answer!.message, 'IDRr'),
      randOf(answer!.message, 'RANDRkms'),
    ]);
    const resolved = hop(run, 'RESOLVE_RESP', { to: 'bob-phone' });
    const MPKr = fork(suite, '2b288856', ticket.MPKr, resolved);
    expect(hexOf(secretOf(run, "MPKr'(bob-phone#2)"))).toBe(hexOf(MPKr));
    expect(hexOf(secretOf(run, "MPKr'(bob-laptop)"))).not.toBe(hexOf(MPKr));
    const tail = Buffer.concat([
      csb(again!),
      h('02'),
      len8(rand(again!, 'RANDRi')),
      len8(rand(answerAgain!, 'RANDRr')),
    ]);
    const covered = Buffer.concat([withoutMac(answerAgain!, suite), again!.octets]);
    expect(macOf(answerAgain!, suite)).toBe(hexOf(hmac(suite, protectionKeys(suite, MPKr, tail).auth, covered)));
  });

  test('the session keys are new, and both sides have them', () => {
    const TGK = fork(suite, '1512b54a', ticket.sessionKeys[0]!.key, answerAgain!);
    const rands = { RANDRi: rand(again!, 'RANDRi'), RANDRr: rand(answerAgain!, 'RANDRr') };
    expect(agreedKeys(run, 'bob-phone#2')[0]).toBe(sessionOne(suite, TGK, rands));
    const all = ['bob-phone#1', 'bob-phone#2', 'bob-laptop'].flatMap((label) => agreedKeys(run, label));
    expect(new Set(all).size).toBe(6);
  });
});

describe('a ticket with J = 0', () => {
  const scenario = standard({}, { steps: [call({ from: 'KMS', flags: 'DEFGHINO' }), call({ from: 'held' })] });

  test('[rfc6043:5.3-7] [rfc6043:6.10-34] goes out once only: the second call sends nothing', () => {
    const run = played(scenario);
    expect(refused(run)).toEqual(['alice heldTicketReusable']);
    expect(run.callers[1]!.state()).toBe('failed');
    expect(hops(run, 'TRANSFER_INIT', { from: 'alice' })).toHaveLength(1);
  });

  test('[rfc6043:6.10-34] is turned down by a Responder that has seen it, and the KMS hears nothing', () => {
    const run = played(scenario, { without: ['heldTicketReusable'] });
    expect(refused(run)).toEqual(['bob-phone offerTicketReusable']);
    expect(run.endpoints.map((one) => one.state())).toEqual(['established', 'rejected']);
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(1);
  });

  test('[rfc6043:6.10-33] is not kept: a Responder that let it pass would have to ask the KMS again', () => {
    const run = played(scenario, { without: ['heldTicketReusable', 'offerTicketReusable'] });
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(2);
    expect(
      hops(played(standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' })] })), 'RESOLVE_INIT_PSK'),
    ).toHaveLength(1);
  });
});

describe('a kept resolution', () => {
  /** alice calls bob twice with a ticket for bob and carol. */
  const shared = (more: Partial<Scenario> = {}): Scenario => ({
    ...standard({}, { users: [...people('alice', 'bob', 'carol')], ...more }),
    steps: [
      call({ from: 'KMS', responders: ['sip:bob@example.com', 'sip:carol@example.com'] }),
      wait(60),
      call({ from: 'held' }),
    ],
  });
  const allowed = (scenario: Scenario): Scenario => withUser(scenario, 'alice', { mayRequest: true });
  const strict = allowed(shared());
  const cached = allowed(shared({ allow: ['cached-group'] }));

  test('is not used for a ticket that names several responders, as only the KMS can verify Vr (weakness W2)', () => {
    const run = played(strict);
    expect(run.trace.asExpected).toBe(true);
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(2);
  });

  test('is used for it where `cached-group` allows it, with the same modifier', () => {
    const run = played(cached);
    expect(run.trace.asExpected).toBe(true);
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(1);
    const rands = hops(run, 'TRANSFER_RESP', { from: 'bob' }).map(({ message }) => randOf(message, 'RANDRkms'));
    expect(new Set(rands).size).toBe(1);
  });

  test('is not used for a group ticket either, and is with `cached-group`', () => {
    const group = builtIn('group-reused');
    expect(hops(played(group), 'RESOLVE_INIT_PSK')).toHaveLength(5);
    expect(hops(played(changed(group, { allow: ['cached-group'] })), 'RESOLVE_INIT_PSK')).toHaveLength(3);
  });

  // carol may resolve the ticket, so she has MPKi: she can make V and Vi, but not Vr.
  const forgery = (scenario: Scenario): ReturnType<typeof played> => {
    const forger = new Forger(played(scenario));
    return played(scenario, {
      intercept: intercepting({ type: 'TRANSFER_INIT', to: 'bob', nth: 2 }, ({ message }) => {
        const { header, payloads } = message;
        const own = { header: { ...header, csbId: Buffer.from('0badcafe', 'hex') }, payloads };
        const signed = forger.sign(message, own)!;
        const withoutMpkr = withPayloads(signed, (payload) => [
          payload.kind === 'TICKET' ? { ...payload, initiatorData: flipped(payload.initiatorData) } : payload,
        ]);
        return [encoded(withoutMpkr)];
      }),
    });
  };

  test('lets another responder pose as the caller where `cached-group` allows it; the strict profile does not (weakness W2)', () => {
    const strictly = forgery(strict);
    expect(refused(strictly).slice(0, 2)).toEqual(['kms initiatorDataValid', 'bob ERR_PEER']);
    expect(strictly.endpoints.map((one) => one.state())).toEqual(['established', 'rejected']);
    const loosely = forgery(cached);
    expect(loosely.endpoints.map((one) => one.state())).toEqual(['established', 'established']);
  });

  test('does not stand in for a ticket whose policy its owner changed: the KMS is asked, and refuses', () => {
    const scenario = standard({}, { steps: [call({ from: 'KMS', validFor: 600 }), wait(900), call({ from: 'held' })] });
    const forger = new Forger(played(scenario, { without: ['heldTicketValidNow', 'offerTicketValidNow'] }));
    const longer = policy(tpData((data) => ({ ...data, TRe: data.TRe! + 3600n * second })));
    const run = played(scenario, {
      without: ['heldTicketValidNow'],
      intercept: forger.at({ type: 'TRANSFER_INIT', to: 'proxy', nth: 2 }, longer),
    });
    expect(refused(run).slice(0, 2)).toEqual(['kms ticketMacValid', 'bob-phone ERR_PEER']);
    expect(run.outcomes[1]!.answered).toEqual([]);
  });
});

describe('a validity period', () => {
  test.each([
    [
      'over, for the Initiator',
      standard({}, { steps: [call({ from: 'KMS', validFor: 60 }), wait(61), call({ from: 'held' })] }),
      [],
      ['alice heldTicketValidNow'],
    ],
    [
      'over, for a Responder with a clock ahead',
      withUser(standard({ validFor: 60 }), 'bob', { clockOffset: 100 }),
      [],
      ['bob-phone offerTicketValidNow'],
    ],
    ['not begun, for the Initiator', standard({ startsIn: 600 }), [], ['alice heldTicketValidNow']],
    [
      'not begun, for the Responder',
      standard({ startsIn: 600 }),
      ['heldTicketValidNow'],
      ['bob-phone offerTicketValidNow'],
    ],
    [
      'not begun, for the KMS',
      standard({ startsIn: 600 }),
      ['heldTicketValidNow', 'offerTicketValidNow'],
      ['kms ticketValidNow', 'bob-phone ERR_PEER'],
    ],
  ] as const)('[rfc6043:6.10-55] [rfc6043:6.10-57] that is %s, ends the call', (_, scenario, without, expected) => {
    const run = played(scenario, { without });
    expect(refused(run)).toEqual(expected);
    expect(run.outcomes.at(-1)!.answered).toEqual([]);
    expect(run.trace.agreements.filter(({ responder }) => responder !== 'bob-phone')).toEqual([]);
  });
});
