import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagNames } from '../../model/message/ticketFlags.ts';
import { runStandard, type StandardOptions } from '../../model/modes/standard.ts';
import { brokenFlagRule, flagsOf } from '../../model/policy/flags.ts';
import { analyse } from '../../src/run/analysis.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import { hexOf } from '../support/runs.ts';

/** Flags that alice may ask for: D is set, K is not; whether they are legal is left open. */
const anyFlags = fc
  .subarray(flagNames.filter((flag) => flag !== 'D' && flag !== 'K'))
  .map((letters) => flagNames.filter((flag) => flag === 'D' || (letters as readonly string[]).includes(flag)).join(''));

const isLegal = (letters: string): boolean => brokenFlagRule(flagsOf(letters), { holdsTGK: true }) === undefined;

/** User parts of SIP URIs: Unicode, escapes, parameters, and long ones. */
const user = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom('alice;transport=tcp', '%61lice', 'a'.repeat(2000), 'ålice', '🙂', 'a"<>&', ' '),
);

const options: fc.Arbitrary<StandardOptions> = fc
  .record({
    flags: anyFlags.filter(isLegal),
    suite: fc.constantFrom('sha1' as const, 'sha256' as const),
    forks: fc.integer({ min: 1, max: 5 }),
    streams: fc.integer({ min: 1, max: 3 }),
    caller: user,
    callee: user,
  })
  // Parties need different names; a star in an identity is for the patterns of policies.
  .filter(({ caller, callee }) => !`${caller}${callee}`.includes('*'))
  .filter(
    ({ caller, callee }) =>
      caller !== callee && !callee.startsWith(`${caller}-`) && !['kms', 'proxy', 'setup'].includes(caller),
  )
  .map(({ caller, callee, ...rest }) => ({ ...rest, names: { caller, callee } }));

/** A fresh seed for each case, from the property's own random numbers: so a failure can be repeated from what is printed. */
const cases = fc.tuple(options, fc.string());

describe('random runs over bytes; a failure prints its seed and the shrunk case', () => {
  test('[rfc6043:12.2-1] [rfc6043:12.2-2] [rfc6043:5.1.1-1] every claim holds: keys agree, forks differ, identities are true, nobody else can compute a key', () => {
    fc.assert(
      fc.property(cases, ([chosen, seed]) => {
        const { trace } = runStandard(interpretation(seed), chosen);
        const analysis = analyse(bytes, trace);
        expect(trace.steps.filter((step) => step.rejection)).toEqual([]);
        expect(analysis.verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
        expect(analysis.limits.filter((limit) => !limit.holds)).toEqual([]);
        // Said once more without the analysis: pairwise different keys per endpoint, equal on both sides.
        const mine = trace.agreements.filter((one) => one.party === one.responder);
        const callers = trace.agreements.filter((one) => one.party !== one.responder);
        expect(mine).toHaveLength(chosen.forks!);
        for (const one of mine) {
          const other = callers.find((candidate) => candidate.responder === one.responder)!;
          expect(one.sessions.map(({ tek, salt }) => [hexOf(tek), hexOf(salt)])).toEqual(
            other.sessions.map(({ tek, salt }) => [hexOf(tek), hexOf(salt)]),
          );
        }
        if (flagsOf(chosen.flags!).I) {
          const keys = mine.flatMap((one) => [
            hexOf(one.mpkr!),
            ...one.tgks.map(hexOf),
            ...one.sessions.map((session) => hexOf(session.tek)),
          ]);
          const unforked = trace.secrets
            .filter((secret) => ['MPKr', 'TGK'].includes(secret.kind))
            .map((secret) => hexOf(secret.value));
          expect(new Set([...keys, ...unforked]).size).toBe(keys.length + unforked.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('[rfc6043:6.10-9] illegal flags are refused by the KMS, with the rule named, and nobody gets a key', () => {
    fc.assert(
      fc.property(
        anyFlags.filter((letters) => !isLegal(letters)),
        fc.constantFrom('sha1' as const, 'sha256' as const),
        (flags, suite) => {
          const { trace } = runStandard(interpretation('illegal'), { flags, suite, forks: 1 });
          const rejected = trace.steps.find((step) => step.rejection);
          expect([rejected!.party, rejected!.rejection!.check, rejected!.rejection!.code]).toEqual([
            'kms',
            'requestedFlagsLegal',
            'ERR_TICKET_POLICY',
          ]);
          expect(rejected!.rejection!.reason).toContain(brokenFlagRule(flagsOf(flags), { holdsTGK: true })!);
          expect(trace.messages.map((hop) => hop.type)).toEqual(['REQUEST_INIT_PSK', 'Error']);
          expect(trace.agreements).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
