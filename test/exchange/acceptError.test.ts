import { describe, expect, test } from 'vitest';
import { acceptError, type ErrorContext } from '../../model/exchange/acceptError.ts';
import { buildError, errorCoverage } from '../../model/exchange/errorMessage.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import { errorChecks } from '../../model/guard/errorChecks.ts';
import type { Message } from '../../model/message/message.ts';
import { second } from '../../model/message/timestamps.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { errorNos } from '../../spec/registry/errors.ts';
import { dataTypes } from '../../spec/registry/header.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { env, rejected, sentIn } from '../support/errors.ts';
import { only } from '../support/runs.ts';
import { encoded, withPayloads } from '../support/tamper.ts';

type M = Message<Uint8Array>;
const sent = sentIn('TRANSFER_INIT');
const context: ErrorContext<Uint8Array> = { sent: sent.header, auth: sent.auth };
const genuine = buildError(env, { failed: sent.header, rejection: rejected('ERR_TICKET'), auth: sent.auth });
const hint = buildError(env, { failed: sent.header, rejection: rejected('ERR_TICKET', false) });

/** Over the octets, as it would come from the network. */
function accept(
  message: M,
  known = context,
  without: readonly CheckName[] = [],
): ReturnType<typeof acceptError<Uint8Array>> {
  const profile = { ...env.profile, without: new Set(without) };
  return acceptError({ ...env, profile }, bytes.decode('Message', encoded(message)).message, known);
}

/** The check that fails, or what was accepted. */
function verdict(message: M, known = context, without: readonly CheckName[] = []): string | undefined {
  const outcome = accept(message, known, without);
  if (outcome.accepted) return outcome.value.authenticated ? 'authenticated' : 'hint';
  return outcome.rejection.check ?? outcome.rejection.code;
}

/** The message with its MAC made again, by somebody who has the key. */
function resigned({ header, payloads }: M, auth = sent.auth): M {
  const bare = { header, payloads: payloads.filter(({ kind }) => kind !== 'V') };
  return appendV(bytes, bare, { ...auth, cover: (draft) => errorCoverage(bytes, draft) });
}

const withHeader = (message: M, change: Partial<M['header']>): M => ({
  ...message,
  header: { ...message.header, ...change },
});
const withT = (tsType: number, value: Uint8Array): M =>
  withPayloads(genuine, (payload) => [payload.kind === 'T' ? { kind: 'T', tsType, value } : payload]);
const withoutErr = withPayloads(genuine, (payload) => (payload.kind === 'ERR' ? [] : [payload]));

describe('an Error message', () => {
  test('[rfc6043:5.4-6] [rfc6043:5.4-9] [rfc6043:5.4-17] with a MAC is accepted and says what was wrong', () => {
    expect(accept(genuine)).toMatchObject({
      accepted: true,
      value: { errors: [{ no: 14, name: 'Invalid TICKET' }], supported: [], authenticated: true },
    });
  });

  test('[rfc3830:5.1.2-2] [rfc3830:5.1.2-7] without a MAC is accepted as a hint, and makes no MAC check', () => {
    const outcome = accept(hint);
    expect(outcome).toMatchObject({ accepted: true, value: { authenticated: false } });
    expect(outcome.checks.map(({ name }) => name)).not.toContain('errorMacValid');
    expect(verdict(hint, { sent: sent.header })).toBe('hint');
  });

  test.each(Object.entries(errorNos))('%s comes through as octets', (name, no) => {
    const message = resigned(withPayloads(genuine, (p) => [p.kind === 'ERR' ? { ...p, errorNo: no } : p]));
    expect(accept(message)).toMatchObject({ accepted: true, value: { errors: [{ no, name }], authenticated: true } });
  });

  test('may report several errors, and one that nobody registered', () => {
    const message = resigned(
      withPayloads(genuine, (p) => (p.kind === 'ERR' ? [p, { ...p, errorNo: 200, reserved: 0xffff }] : [p])),
    );
    expect(accept(message)).toMatchObject({
      value: { errors: [{ no: 14 }, { no: 200, name: 'Error no 200' }] },
    });
  });

  test('[rfc6043:5.4-14] the V flag is ignored, and so is the map', () => {
    expect(verdict(resigned(withHeader(genuine, { v: true })))).toBe('authenticated');
    expect(verdict(withHeader(hint, { v: true, map: sent.header.map }))).toBe('hint');
  });

  test('[rfc6043:5.4-8] payloads that are not expected are ignored, but stay under the MAC', () => {
    const more: M['payloads'] = [
      { kind: 'RAND', rand: Buffer.alloc(16, 1) },
      { kind: 'IDR', role: idRoles.IDRkms, idType: 1, data: Buffer.from('sip:kms@example.com') },
      { kind: 'General Ext.', type: 0, data: Buffer.from('x') },
    ];
    const extended: M = { ...genuine, payloads: [...more, ...genuine.payloads] };
    expect(verdict(extended)).toBe('errorMacValid');
    expect(verdict(resigned(extended))).toBe('authenticated');
  });

  test('[rfc6043:5.4-11] SP payloads count in Ticket Transfer only', () => {
    const supported = [aesCm128HmacSha1, aesCm256HmacSha1].map((policy, no) => writeSrtpPolicy(bytes, no, policy));
    const about = (type: 'TRANSFER_INIT' | 'REQUEST_INIT_PSK'): number | undefined => {
      const failed = sentIn(type);
      const plain = buildError(env, { failed: failed.header, rejection: rejected('ERR_SECURITY_POLICY') });
      const outcome = accept({ ...plain, payloads: [...plain.payloads, ...supported] }, { sent: failed.header });
      return outcome.accepted ? outcome.value.supported.length : undefined;
    };
    expect([about('TRANSFER_INIT'), about('REQUEST_INIT_PSK')]).toEqual([2, 0]);
  });
});

describe('an Error message is refused', () => {
  const now = env.source.now();
  const otherAlg = { macAlg: macAlgs['HMAC-SHA-1-160'], authKey: sent.auth.authKey };
  const given: readonly (readonly [string, keyof typeof errorChecks, M, ErrorContext<Uint8Array>?])[] = [
    [
      '[rfc6043:5.4-12] about another CSB',
      'errorHeaderEchoed',
      resigned(withHeader(genuine, { csbId: Buffer.alloc(4) })),
    ],
    ['[rfc6043:5.4-12] with another PRF func', 'errorHeaderEchoed', resigned(withHeader(genuine, { prfFunc: 0 }))],
    [
      '[rfc6043:5.4-15] that is too old',
      'errorTimestampFresh',
      resigned(withT(tsTypes['NTP-UTC'], bytes.timestamp(tsTypes['NTP-UTC'], now - 301n * second))),
    ],
    [
      '[rfc6043:5.4-15] from the future',
      'errorTimestampFresh',
      resigned(withT(tsTypes['NTP-UTC'], bytes.timestamp(tsTypes['NTP-UTC'], now + 310n * second))),
    ],
    ['with a COUNTER', 'errorTimestampFresh', resigned(withT(tsTypes.COUNTER, Buffer.alloc(4, 1)))],
    [
      '[rfc6043:5.4-17] with a MAC under the key of the other direction',
      'errorMacValid',
      resigned(genuine, sent.otherDirection),
    ],
    ['with a MAC under another algorithm', 'errorMacValid', resigned(genuine, otherAlg)],
    ['with a MAC that nobody here can verify', 'errorMacValid', genuine, { sent: sent.header }],
    [
      '[rfc6043:5.5-13] with a MAC that also covers the failed message, as that of a response does',
      'errorMacValid',
      appendV(bytes, hint, {
        ...sent.auth,
        cover: (draft) => bytes.concat([errorCoverage(bytes, draft), encoded({ header: sent.header, payloads: [] })]),
      }),
    ],
    ['without ERR', 'errorNamesError', resigned(withoutErr)],
    [
      '[rfc6043:5.4-5] in answer to an Error message',
      'errorAnswersNoError',
      genuine,
      { ...context, sent: { ...sent.header, dataType: dataTypes.Error } },
    ],
  ];
  const cases = given.map(([title, check, message, known = context]) => [title, check, message, known] as const);

  test.each(cases)('%s, by %s', (_, check, message, known) => {
    expect(verdict(message, known)).toBe(check);
  });

  test.each(cases)('%s, only because of %s', (_, check, message, known) => {
    expect(verdict(message, known, [check])).toBe('authenticated');
  });

  test('each check is failed by one of these', () => {
    expect(new Set(cases.map(([, check]) => check))).toEqual(new Set(Object.keys(errorChecks)));
  });

  test('with a NULL MAC', () => {
    const nothing: M = {
      ...hint,
      payloads: [...hint.payloads, { kind: 'V', authAlg: macAlgs.NULL, mac: Buffer.alloc(0) }],
    };
    expect(verdict(nothing)).toBe('errorMacValid');
  });

  test('if it is no Error message, has no T, or V is not at its end', () => {
    const [T, ERR, V] = [only(genuine, 'T'), only(genuine, 'ERR'), only(genuine, 'V')];
    expect(verdict(withHeader(genuine, { dataType: dataTypes.TRANSFER_RESP }))).toBe('ERR_DATA_TYPE');
    expect(verdict({ ...genuine, payloads: [ERR, V] })).toBe('ERR_MISSING_PAYLOAD');
    expect(verdict({ ...genuine, payloads: [T, V, ERR] })).toBe('ERR_MISSING_PAYLOAD');
    expect(verdict({ ...genuine, payloads: [T, ERR, V, V] })).toBe('ERR_DUPLICATE_PAYLOAD');
  });
});
