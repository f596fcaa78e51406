import { describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../model/guard/catalogue.ts';
import { strictProfile } from '../../model/guard/profile.ts';
import { findingById } from '../../spec/findings/index.ts';
import { demonstrations } from '../../src/findings/all.ts';
import type { Demonstration, Shown } from '../../src/findings/demonstration.ts';

/** The facts of a half that do not hold. */
function untrue({ facts }: Shown): readonly string[] {
  return facts.filter((fact) => !fact.holds).map((fact) => fact.text);
}

describe.each(demonstrations.map((one) => [one.id, one] as const))('%s', (id, demonstration) => {
  test(`${demonstration.title}: without protection it happens, with it it does not`, () => {
    const { withoutProtection, withProtection } = demonstration.run();
    expect(untrue(withoutProtection)).toEqual([]);
    expect(untrue(withProtection)).toEqual([]);
    expect([withoutProtection.ok, withProtection.ok]).toEqual([true, true]);
    expect(withoutProtection.setting).not.toBe('');
    const told = [...withoutProtection.facts, ...withProtection.facts];
    expect(told.every(({ text }) => text.length > 5)).toBe(true);
    // What is turned down is turned down for what the catalogue says.
    for (const { refusal } of told) {
      if (refusal?.check === undefined) continue;
      const { code, clauses } = catalogue[refusal.check];
      expect([refusal.code, refusal.clause]).toEqual([code, clauses[0]]);
    }
    for (const check of demonstration.protection.checks) {
      expect(withProtection.facts.map(({ refusal }) => refusal?.check)).toContain(check);
    }
    expect(findingById(id).status).toBe('demonstrated');
  });

  test.each([...demonstration.protection.checks])('fails if %s is not made', (check) => {
    const { withProtection } = demonstration.run({ ...strictProfile, without: new Set([check]) });
    expect(withProtection.ok).toBe(false);
  });

  test.each([...demonstration.protection.allowances])('fails if %s is allowed', (allowance) => {
    const { withProtection } = demonstration.run({ ...strictProfile, allow: new Set([allowance]) });
    expect(withProtection.ok).toBe(false);
  });

  test('names something that protects', () => {
    const { checks, allowances, rule } = demonstration.protection;
    expect(checks.length + allowances.length + (rule === undefined ? 0 : 1)).toBeGreaterThan(0);
  });
});

/** A demonstration that runs on a model in which something was broken. */
async function onBroken(id: string, path: string, change: (actual: object) => object): Promise<Demonstration> {
  vi.resetModules();
  vi.doMock(path, async (load) => {
    const actual = await load<object>();
    return { ...actual, ...change(actual) };
  });
  try {
    const { demonstrations: broken } = await import('../../src/findings/all.ts');
    return broken.find((one) => one.id === id)!;
  } finally {
    vi.doUnmock(path);
  }
}

describe('rules that are no checks', () => {
  test('N1 fails if the memory of an endpoint goes by the Ticket Data', async () => {
    const broken = await onBroken('N1', '../../model/exchange/chooseResolution.ts', () => ({
      ticketMemoryQuery: (_: unknown, { ticket, tpkId }: { ticket: { ticketData: Uint8Array }; tpkId: unknown }) => ({
        key: ticket.ticketData,
        tpkId,
      }),
    }));
    expect(untrue(broken.run().withProtection)).toContain('so he asks the KMS, which verifies the MAC of the ticket');
  });

  test.each(['A1', 'W1', 'C2'])('%s fails if T is left out of the IV', async (id) => {
    const broken = await onBroken(id, '../../model/message/timestamps.ts', () => ({
      as64Bits: () => new Uint8Array(8),
    }));
    expect(broken.run().withProtection.ok).toBe(false);
  });

  test('A23 fails if the label of session keys is another one than printed, on both sides', async () => {
    const broken = await onBroken('A23', '../../model/keys/sessionKeys.ts', (actual) => {
      type Derive = (A: unknown, name: unknown, options: { readonly input: { readonly csId: number } }) => Uint8Array;
      const { deriveSessionKey } = actual as { deriveSessionKey: Derive };
      const other: Derive = (A, name, options) =>
        deriveSessionKey(A, name, { ...options, input: { ...options.input, csId: options.input.csId + 100 } });
      return { deriveSessionKey: other };
    });
    expect(broken.run().withProtection.ok).toBe(false);
  });

  test('N2 fails if a KMS takes every TPK that it knows', async () => {
    const broken = await onBroken('N2', '../../model/modes/population.ts', (actual) => {
      const { populate } = actual as {
        populate: (...args: unknown[]) => { kmss: { ticketKeys: unknown[]; responderKeys: { TPK: unknown }[] }[] };
      };
      return {
        populate: (...args: unknown[]) => {
          const people = populate(...args);
          for (const kms of people.kmss) kms.ticketKeys.unshift(...kms.responderKeys.map(({ TPK }) => TPK));
          return people;
        },
      };
    });
    expect(broken.run().withProtection.ok).toBe(false);
  });

  test('N3 and W16 fail if an unauthenticated Error message counts as authenticated', async () => {
    for (const id of ['N3', 'W16']) {
      const broken = await onBroken(id, '../../model/exchange/acceptError.ts', (actual) => {
        const { acceptError } = actual as { acceptError: (...args: unknown[]) => { accepted: boolean; value: object } };
        return {
          acceptError: (...args: unknown[]) => {
            const outcome = acceptError(...args);
            return outcome.accepted ? { ...outcome, value: { ...outcome.value, authenticated: true } } : outcome;
          },
        };
      });
      expect(broken.run().withProtection.ok).toBe(false);
    }
  });
});
