import { describe, expect, test } from 'vitest';
import { findingsCommand, type FindingsArguments } from '../../src/cli/findings.ts';
import { main } from '../../src/cli/main.ts';
import { demonstrations } from '../../src/findings/all.ts';
import type { Demonstration } from '../../src/findings/demonstration.ts';

/** Runs the command. */
function run(
  args: FindingsArguments,
  available?: readonly Demonstration[],
): { readonly code: number; readonly out: string } {
  let out = '';
  const code = findingsCommand(args, { out: (text) => (out += text), color: false }, available);
  return { code, out };
}

const w6 = demonstrations.find(({ id }) => id === 'W6')!;

/** W6 with a fact that does not hold. */
const failing: Demonstration = {
  ...w6,
  run: () => {
    const { withoutProtection, withProtection } = w6.run();
    const facts = withProtection.facts.map((fact, index) => (index === 0 ? { ...fact, holds: false } : fact));
    return { withoutProtection, withProtection: { ...withProtection, facts, ok: false } };
  },
};

describe('findings', () => {
  test('tells both halves, what was turned down and why, and that all is as told', () => {
    const { code, out } = run({ only: ['W2,N1'] });
    expect(code).toBe(0);
    expect(out).toMatch(/^W2 {2}Ticket reuse breaks/);
    expect(out).toContain('    Unprotected: with cached-group allowed\n');
    expect(out).toContain('turned down by kms: ticketMacValid, ERR_TICKET, RFC 6043, A.1\n');
    expect(out).toMatch(/\n✓ 2 findings, \d+ facts computed: all as told\n$/);
  });

  test('shows keys as fingerprints, and as they are only if asked', () => {
    const fixed: Demonstration = {
      ...w6,
      run: (
        (result) => () =>
          result
      )(w6.run()),
    };
    const keys = fixed
      .run()
      .withoutProtection.facts.flatMap(({ octets = [] }) => octets)
      .filter(({ secret }) => secret)
      .map(({ octets }) => Buffer.from(octets).toString('hex').slice(0, 16));
    expect(keys.length).toBeGreaterThan(0);
    for (const json of [true, false]) {
      const hidden = run({ json }, [fixed]).out;
      const shown = run({ json, showSecrets: true }, [fixed]).out;
      for (const key of keys) expect([hidden.includes(key), shown.includes(key)]).toEqual([false, true]);
    }
  });

  test('gives one JSON document', () => {
    const { code, out } = run({ only: ['w19'], json: true });
    const { ok, demonstrations: done } = JSON.parse(out) as {
      ok: boolean;
      demonstrations: { id: string; withProtection: { facts: { refusal?: unknown }[] } }[];
    };
    expect([code, ok, done.map(({ id }) => id)]).toEqual([0, true, ['W19']]);
    expect(done[0]!.withProtection.facts[0]!.refusal).toEqual({
      by: 'kms-a',
      check: 'partnerSpeaksForResolver',
      code: 'ERR_NOT_AUTHORIZED',
      clause: 'RFC 6043, 10',
    });
  });

  test('ends with 1, and says which, if something is not as told', () => {
    const { code, out } = run({ ascii: true }, [failing]);
    expect(code).toBe(1);
    expect(out).toContain('\n      NO the KMS gives each endpoint a TGK of its own\n');
    expect(out).toMatch(/\nNO 1 finding, \d+ facts computed; not as told: W6\n$/);
    expect(run({ json: true }, [failing]).code).toBe(1);
  });

  test('refuses a number that there is not', () => {
    let err = '';
    const io = {
      out: () => {},
      err: (text: string) => void (err += text),
      stdin: () => new Uint8Array(),
      color: false,
      width: 80,
    };
    expect(main(['findings', '--only', 'A3'], io)).toBe(2);
    expect(err).toMatch(/^mikey-ticket: no finding is demonstrated under 'A3'; there are A1, /);
    expect(main(['findings', '--only', 'a9'], io)).toBe(0);
  });
});
