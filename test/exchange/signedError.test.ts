import { describe, expect, test } from 'vitest';
import { sTypes } from '../../spec/registry/publicKey.ts';
import { acceptError } from '../../model/exchange/acceptError.ts';
import { buildError } from '../../model/exchange/errorMessage.ts';
import { initialHeader } from '../../model/exchange/header.ts';
import type { Rejection } from '../../model/guard/checker.ts';
import { suites } from '../../model/keys/suite.ts';
import type { Message } from '../../model/message/message.ts';
import type { Payload } from '../../model/message/payload.ts';
import { byteWorld, termWorld, type Holder, type World } from '../support/publicKeys.ts';

/** What comes of an Error message of the KMS at Alice, who may know a public key. */
function verdict<B>(
  w: World<B>,
  options: {
    readonly rejection?: Partial<Rejection>;
    readonly sType?: number;
    readonly knows?: Holder;
    readonly change?: (payload: Payload<B>) => Payload<B>;
    readonly without?: 'errorSignatureValid';
  },
): readonly [string, readonly string[]] {
  const env = w.env('kms');
  const { algebra: A } = env;
  const { prfFunc } = suites.sha256;
  const failed = initialHeader(w.env('alice'), 'REQUEST_INIT_PK', { v: true, prfFunc, map: { type: 'Empty map' } });
  const made = buildError(env, {
    failed,
    rejection: { code: 'ERR_TICKET_POLICY', reason: 'no', authenticated: true, ...options.rejection },
    sign: {
      env,
      signer: { privateKey: w.privateKey('kms'), sType: options.sType ?? sTypes['RSA/PSS'], hash: 'sha256' },
    },
  });
  const changed: Message<B> = { header: made.header, payloads: made.payloads.map(options.change ?? ((same) => same)) };
  const { message } = A.decode('Message', A.encode({ kind: 'Message', message: changed }));
  const mine = w.env('alice', options.without ? { without: new Set([options.without]) } : {});
  const outcome = acceptError(mine, message, {
    sent: failed,
    ...(options.knows
      ? { verify: { env: mine, publicKey: w.publicKeys.certifiedKey(w.certificate[options.knows]).publicKey } }
      : {}),
  });
  const kinds = message.payloads.map(({ kind }) => kind);
  if (!outcome.accepted) return [outcome.rejection.check ?? outcome.rejection.code, kinds];
  return [outcome.value.authenticated ? 'authenticated' : 'hint', kinds];
}

function cases<B>(make: () => World<B>): void {
  test('[rfc6043:5.4-7] [rfc6043:5.4-6] HDR, T, ERR, SIGN is authenticated for who knows the key, a hint for others', () => {
    for (const sType of [sTypes['RSA/PKCS#1/1.5'], sTypes['RSA/PSS']]) {
      expect(verdict(make(), { sType, knows: 'kms' })).toEqual(['authenticated', ['T', 'ERR', 'SIGN']]);
      expect(verdict(make(), { sType })[0]).toBe('hint');
    }
  });

  test('[rfc6043:5.5-2] a signature by another key, or of another error, does not hold', () => {
    expect(verdict(make(), { knows: 'mallory' })[0]).toBe('errorSignatureValid');
    const change = (payload: Payload<B>): Payload<B> => (payload.kind === 'ERR' ? { ...payload, errorNo: 1 } : payload);
    expect(verdict(make(), { knows: 'kms', change })[0]).toBe('errorSignatureValid');
    expect(verdict(make(), { knows: 'kms', change, without: 'errorSignatureValid' })[0]).toBe('authenticated');
  });

  test('strangers, and failed authentication, get no signature', () => {
    for (const rejection of [{ authenticated: false }, { code: 'ERR_AUTH_FAILED' }] as const) {
      expect(verdict(make(), { knows: 'kms', rejection })).toEqual(['hint', ['T', 'ERR']]);
    }
  });
}

describe('a signed Error message over bytes', () => cases(() => byteWorld()));
describe('a signed Error message over terms', () => cases(() => termWorld()));
