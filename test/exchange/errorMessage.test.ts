import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildError, isReportable } from '../../model/exchange/errorMessage.ts';
import { aesCm128HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { dataTypes } from '../../spec/registry/header.ts';
import { errorNos } from '../../spec/registry/errors.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { env, rejected, sentIn } from '../support/errors.ts';
import { only } from '../support/runs.ts';
import { encoded } from '../support/tamper.ts';

const exchanges = ['REQUEST_INIT_PSK', 'TRANSFER_INIT', 'RESOLVE_INIT_PSK'] as const;
const supported = [writeSrtpPolicy(bytes, 0, aesCm128HmacSha1)];
const kinds = (message: ReturnType<typeof buildError>): readonly string[] => message.payloads.map(({ kind }) => kind);

describe.each(exchanges)('an Error message about %s', (type) => {
  const sent = sentIn(type);
  const error = buildError(env, { failed: sent.header, rejection: rejected('ERR_IDENTITY'), auth: sent.auth });

  test('[rfc6043:5.4-12] [rfc6043:5.4-13] repeats version, PRF func and CSB ID; V is 0, also where it was 1', () => {
    expect(sent.header.v).toBe(true);
    expect(error.header).toEqual({
      version: 1,
      dataType: dataTypes.Error,
      v: false,
      prfFunc: sent.header.prfFunc,
      csbId: sent.header.csbId,
      map: { type: 'Empty map' },
    });
  });

  test('[rfc6043:5.4-6] [rfc6043:5.4-9] [rfc6043:5.4-11] is HDR, T, ERR, V', () => {
    expect(kinds(error)).toEqual(['T', 'ERR', 'V']);
    expect(only(error, 'ERR')).toEqual({ kind: 'ERR', errorNo: errorNos['Invalid ID'], reserved: 0 });
  });

  test('[rfc6043:5.4-17] [rfc6043:5.5-13] V is the HMAC of the octets before it, and of nothing else, under the auth_key of the failed message', () => {
    const octets = encoded(error);
    const mac = createHmac('sha256', sent.auth.authKey).update(octets.subarray(0, -32)).digest();
    expect(Buffer.from(octets.subarray(-32))).toEqual(mac);
  });

  test('[rfc6043:5.4-15] has a timestamp of its own', () => {
    const again = buildError(env, { failed: sent.header, rejection: rejected('ERR_IDENTITY') });
    expect(only(error, 'T').tsType).toBe(tsTypes['NTP-UTC']);
    expect(only(again, 'T').value).not.toEqual(only(error, 'T').value);
  });
});

test('an unknown PRF func is repeated, too', () => {
  const failed = { ...sentIn('TRANSFER_INIT').header, prfFunc: 77 };
  expect(buildError(env, { failed, rejection: rejected('ERR_PRF', false) }).header.prfFunc).toBe(77);
});

describe('the SP payloads', () => {
  const sent = sentIn('TRANSFER_INIT');

  test('[rfc6043:5.4-10] [rfc6043:5.4-11] [rfc3830:5.1.1-1] [rfc3830:5.1.2-3] go out when the offered policies are refused', () => {
    const error = buildError(env, {
      failed: sent.header,
      rejection: rejected('ERR_SECURITY_POLICY', false),
      supported,
    });
    expect(kinds(error)).toEqual(['T', 'ERR', 'SP']);
    expect(only(error, 'ERR').errorNo).toBe(errorNos['Invalid SPpar']);
    expect(only(error, 'SP')).toEqual(supported[0]);
  });

  test('stay at home with any other error, and outside of Ticket Transfer', () => {
    const other = buildError(env, { failed: sent.header, rejection: rejected('ERR_TICKET'), supported });
    const rejection = rejected('ERR_SECURITY_POLICY');
    const elsewhere = buildError(env, { failed: sentIn('REQUEST_INIT_PSK').header, rejection, supported });
    expect([kinds(other), kinds(elsewhere)]).toEqual([
      ['T', 'ERR'],
      ['T', 'ERR'],
    ]);
  });
});

describe('what is not answered, or not with a MAC', () => {
  const { header: failed, auth } = sentIn('REQUEST_INIT_PSK');

  test('[rfc3830:5.1.2-5] [rfc3830:5.1.2-6] no MAC for a message that was not authenticated, even with the key at hand', () => {
    const error = buildError(env, { failed, rejection: rejected('ERR_KEY_LENGTH', false), auth });
    expect(kinds(error)).toEqual(['T', 'ERR']);
    expect(only(error, 'ERR').errorNo).toBe(errorNos['Auth failure']);
  });

  test('[rfc3830:5.1.2-5] no MAC for failed authentication, even if another message of the step was authenticated', () => {
    expect(kinds(buildError(env, { failed, rejection: rejected('ERR_AUTH_FAILED'), auth }))).toEqual(['T', 'ERR']);
  });

  test('[rfc6043:5.4-5] no answer to an Error message', () => {
    const error = { ...failed, dataType: dataTypes.Error };
    expect(isReportable(error, rejected('ERR_MALFORMED'))).toBe(false);
    expect(() => buildError(env, { failed: error, rejection: rejected('ERR_MALFORMED') })).toThrow(RangeError);
  });

  test('[rfc3830:5.3-2] no answer to a replay', () => {
    expect(isReportable(failed, rejected('ERR_REPLAY'))).toBe(false);
    expect(() => buildError(env, { failed, rejection: rejected('ERR_REPLAY') })).toThrow(RangeError);
    expect(isReportable(failed, rejected('ERR_AUTH_FAILED'))).toBe(true);
  });
});
