import { describe, expect, test } from 'vitest';
import { buildError } from '../../../model/exchange/errorMessage.ts';
import type { ReportedError } from '../../../model/exchange/acceptError.ts';
import type { Header } from '../../../model/message/header.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { intercepting } from '../../support/forger.ts';
import { call, changed, hop, hops, played, refused, standard, type BytesPlayed } from '../../support/plays.ts';
import { env } from '../../support/refusals/refusal.ts';
import { only } from '../../support/runs.ts';
import { encoded } from '../../support/tamper.ts';

describe('a hint ends nothing', () => {
  /** An Error message that anybody can have made; with a wrong MAC if `mac` says so. */
  const forged = (about: Header<Uint8Array>, mac: boolean): Uint8Array =>
    encoded(
      buildError(env, {
        failed: about,
        rejection: { code: 'ERR_TICKET_POLICY', reason: 'a test', authenticated: true },
        ...(mac ? { auth: { macAlg: 2, authKey: Buffer.alloc(32, 9) } } : {}),
      }),
    );
  const before = (type: string, to: string, mac: boolean): BytesPlayed =>
    played(standard(), {
      intercept: intercepting({ type, to }, ({ message, octets }) => [forged(message.header, mac), octets]),
    });
  const noted = (context: Readonly<Record<string, unknown>>): readonly boolean[] =>
    (context['peerErrors'] as readonly ReportedError<Uint8Array>[]).map(({ authenticated }) => authenticated);

  test.each([
    ['the Initiator, from the KMS', 'REQUEST_RESP', 'alice'],
    ['the Initiator, from an endpoint', 'TRANSFER_RESP', 'alice'],
    ['the Responder', 'RESOLVE_RESP', 'bob-phone'],
  ] as const)(
    '[rfc3830:5.1.2-7] [rfc3830:5.1.2-2] of %s: the genuine answer is still taken (weakness W16)',
    (_, type, to) => {
      const hint = before(type, to, false);
      expect([hint.trace.asExpected, refused(hint)]).toEqual([true, []]);
      expect(noted((to === 'alice' ? hint.callers : hint.endpoints)[0]!.context())).toEqual([false]);
      const wrong = before(type, to, true);
      expect(refused(wrong)).toEqual([`${to} errorMacValid`]);
      expect(wrong.outcomes[0]!.answered).toEqual(['bob-phone']);
      expect(noted((to === 'alice' ? wrong.callers : wrong.endpoints)[0]!.context())).toEqual([]);
    },
  );

  test.each([false, true])('[rfc3830:5.1.2-7] of a KMS that waits for another one; with a wrong MAC: %s', (mac) => {
    const twoKms = changed(builtIn('two-kms'), {
      steps: [call({ from: 'KMS' }, { callee: 'sip:bob@b.example', reach: ['bob-phone'] })],
    });
    const run = played(twoKms, {
      intercept: intercepting({ type: 'RESOLVE_RESP', to: 'kms-b' }, ({ message, octets }) => [
        forged(message.header, mac),
        octets,
      ]),
    });
    expect(refused(run)).toEqual(mac ? ['kms-b errorMacValid'] : []);
    expect(run.outcomes[0]!.answered).toEqual(['bob-phone']);
    expect(noted(run.kmss[1]!.exchanges[0]!.context())).toEqual(mac ? [] : [false]);
  });

  test('[rfc3830:5.1.2-7] of a caller, to an endpoint that has answered', () => {
    const run = played(standard());
    const [phone] = run.endpoints;
    const { header } = hop(run, 'TRANSFER_RESP', { from: 'bob-phone' }).message;
    for (const mac of [false, true]) {
      phone!.take({ type: 'Error', message: bytes.decode('Message', forged(header, mac)).message });
      expect(phone!.state()).toBe('established');
    }
    expect(noted(phone!.context())).toEqual([false]);
  });

  test('never lowers what the Initiator asks for: the second request is as strict as the first (weakness W16)', () => {
    const scenario = standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'KMS' })] });
    const run = played(scenario, {
      intercept: intercepting({ type: 'REQUEST_RESP', to: 'alice' }, ({ message }) => [forged(message.header, false)]),
    });
    const asked = hops(run, 'REQUEST_INIT_PSK').map(({ message }) => only(message, 'TP').policy.flags);
    expect(run.callers.map((one) => one.state())).toEqual(['awaitingRequestResp', 'established']);
    expect(asked[1]).toEqual(asked[0]);
  });
});
