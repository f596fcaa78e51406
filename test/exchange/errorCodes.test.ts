import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorName, errorNoOf, reportedErrorNo } from '../../model/exchange/errorCodes.ts';
import type { MikeyErrorCode } from '../../model/error.ts';
import { catalogue } from '../../model/guard/catalogue.ts';
import type { Check } from '../../model/guard/check.ts';
import { errorNos } from '../../spec/registry/errors.ts';

/** The closed set, read from its own definition, so that a new code cannot be missed here. */
const codes = [
  ...readFileSync(new URL('../../model/error.ts', import.meta.url), 'utf8').matchAll(/^ {2}\| '(ERR_[A-Z_]+)'/gm),
].map(([, code]) => code as MikeyErrorCode);

describe('the Error no of a code', () => {
  test('[rfc3830:5.3-8] every code of the closed set has a registered number', () => {
    expect(codes.length).toBeGreaterThan(25);
    expect(codes.filter((code) => !(Object.values(errorNos) as readonly number[]).includes(errorNoOf(code)))).toEqual(
      [],
    );
  });

  test.each([
    ['ERR_AUTH_FAILED', 0],
    ['ERR_TIMESTAMP', 1],
    ['ERR_PRF', 2],
    ['ERR_MAC_ALG', 3],
    ['ERR_ENCR_ALG', 4],
    ['ERR_HASH_FUNC', 5],
    ['ERR_IDENTITY', 7],
    ['ERR_CERTIFICATE', 8],
    ['ERR_SECURITY_POLICY', 10],
    ['ERR_DATA_TYPE', 11],
    ['ERR_MALFORMED', 12],
    ['ERR_TICKET', 14],
    ['ERR_TICKET_POLICY', 15],
  ] as const)('%s is reported to an authenticated peer as %i', (code, no) => {
    expect(reportedErrorNo({ code, authenticated: true })).toBe(no);
  });

  test('a number that nobody registered keeps its number as its name', () => {
    expect(errorName(7)).toBe('Invalid ID');
    expect(errorName(99)).toBe('Error no 99');
  });
});

describe('what a stranger learns', () => {
  const toldTo = (code: MikeyErrorCode): number => reportedErrorNo({ code, authenticated: false });

  test('[rfc6043:5.4-4] [rfc3830:5.3-5] nothing about keys, accounts, identities and rights but Auth failure', () => {
    const hidden: readonly MikeyErrorCode[] = [
      'ERR_AUTH_FAILED',
      'ERR_IDENTITY',
      'ERR_NOT_AUTHORIZED',
      'ERR_KEY_LENGTH',
      'ERR_RAND_LENGTH',
      'ERR_KEY_DATA',
      'ERR_CERTIFICATE',
      'ERR_REPLAY',
      'ERR_HEADER',
      'ERR_PEER',
      'ERR_UNSPECIFIED',
    ];
    expect(hidden.map(toldTo)).toEqual(hidden.map(() => errorNos['Auth failure']));
    expect(codes.filter((code) => toldTo(code) === errorNos['Auth failure']).sort()).toEqual([...hidden].sort());
  });

  test('the KMS gives one answer for an unknown user, a weak key and a wrong MAC', () => {
    const names = [
      'requesterKnown',
      'requesterKeyStrong',
      'requestMacValid',
      'resolverKnown',
      'resolverKeyStrong',
      'resolveMacValid',
    ] as const;
    expect(new Set(names.map((name) => toldTo((catalogue[name] as Check).code)))).toEqual(new Set([0]));
  });

  test('an endpoint does not tell under which identities it is called', () => {
    expect(toldTo(catalogue.offerAddressedToMe.code)).toBe(errorNos['Auth failure']);
    expect(toldTo(catalogue.offerTicketNamesMe.code)).toBe(errorNos['Auth failure']);
  });
});
