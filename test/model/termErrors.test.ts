import { describe, expect, test } from 'vitest';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { acceptError } from '../../model/exchange/acceptError.ts';
import { buildError, type ErrorAuth } from '../../model/exchange/errorMessage.ts';
import { initialHeader } from '../../model/exchange/header.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { suites } from '../../model/keys/suite.ts';
import type { Message } from '../../model/message/message.ts';
import { aesCm256HmacSha1, aesCm128HmacSha1, writeSrtpPolicy } from '../../model/policy/securityPolicy.ts';
import { negotiatePolicies } from '../../model/policy/negotiate.ts';
import { rejected } from '../support/errors.ts';

const terms = new Terms();
const A = termAlgebra(terms);
const sourceOf = termSources(terms, 3_976_214_400n << 32n);
const env = (party: string): Env<Term> => ({ algebra: A, source: sourceOf(party), profile: strictProfile });
const alice = env('alice');
const bob = env('bob');
const { macAlg, prfFunc } = suites.sha256;
const sent = initialHeader(alice, 'TRANSFER_INIT', { v: true, prfFunc, map: { type: 'Empty map' } });
const RANDRi = alice.source.random(32, 'RANDRi');
const auth = (inkey: Term, direction: 'initial' | 'response' = 'initial'): ErrorAuth<Term> => ({
  macAlg,
  authKey: messageAuthKey(A, macAlg, { prfFunc, inkey, direction, csbId: sent.csbId, RANDRi }),
});
const MPKi = alice.source.random(32, 'MPKi');
const supported = [writeSrtpPolicy(A, 3, aesCm256HmacSha1)];
const refused = { failed: sent, rejection: rejected('ERR_SECURITY_POLICY'), supported };
const failing = (message: Message<Term>, known = auth(MPKi)): string | undefined => {
  const outcome = acceptError(alice, message, { sent, auth: known });
  return outcome.accepted ? undefined : outcome.rejection.check;
};

describe('Error messages over terms', () => {
  const error = buildError(bob, { ...refused, auth: auth(MPKi) });

  test('[rfc6043:5.4-11] [rfc6043:5.4-17] reach their honest end', () => {
    expect(acceptError(alice, error, { sent, auth: auth(MPKi) })).toMatchObject({
      accepted: true,
      value: { errors: [{ no: 10, name: 'Invalid SPpar' }], supported, authenticated: true },
    });
  });

  test('[rfc6043:5.5-13] no other key, direction or content makes a MAC that holds', () => {
    const stranger = auth(bob.source.random(32, 'MPKi'));
    expect(failing(buildError(bob, { ...refused, auth: stranger }))).toBe('errorMacValid');
    expect(failing(buildError(bob, { ...refused, auth: auth(MPKi, 'response') }))).toBe('errorMacValid');
    expect(failing({ ...error, payloads: error.payloads.filter(({ kind }) => kind !== 'SP') })).toBe('errorMacValid');
    expect(failing({ ...error, header: { ...error.header, csbId: A.octets('00000000') } })).toBe('errorHeaderEchoed');
  });

  test('[rfc3830:5.1.1-2] the list of the peer selects among the own policies', () => {
    const own = [aesCm128HmacSha1, aesCm256HmacSha1];
    const offered = [aesCm128HmacSha1];
    expect(negotiatePolicies(A, { supported, own, offered, suite: suites.sha256 })).toEqual([aesCm256HmacSha1]);
  });
});
