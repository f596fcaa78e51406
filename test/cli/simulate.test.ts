import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs the command. */
function simulate(...args: readonly string[]): { readonly code: number; readonly out: string; readonly err: string } {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    stdin: () => new Uint8Array(),
    color: false,
    width: 120,
  };
  const code = main(['simulate', ...args], io);
  return { code, out, err };
}

interface Document {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly outcomes: readonly { readonly id: string; readonly total: { readonly requests: number } }[];
  readonly conclusions: readonly string[];
  readonly sensitivity: readonly { readonly verdict: string }[];
}

describe('simulate', () => {
  test('prints tables, the claim, and when it does not hold', () => {
    const { code, out, err } = simulate('--users', '200');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^all three +\d/m);
    expect(out).toContain('The claim: ');
    expect(out).toMatch(/^o .*That hardly helps\.$/m);
    expect(simulate('--users', '200').out).toBe(out);
    expect(simulate('--users', '200', '--seed', 'other').out).not.toBe(out);
  });

  test('options reach the parameters', () => {
    const options = [
      ['users', '120'],
      ['groups', '9'],
      ['group-size', '3-5'],
      ['devices', '3'],
      ['calls-per-hour', '0.5'],
      ['day', 'flat'],
      ['group-share', '0.25'],
      ['contacts', '7'],
      ['zipf', '1.5'],
      ['validity', '900'],
      ['own-share', '1'],
      ['caching', 'never'],
      ['kmss', '3'],
      ['foreign-share', '0.2'],
      ['seed', 's'],
    ].flatMap(([name, value]) => [`--${name}`, value!]);
    const { code, out } = simulate('--json', ...options);
    expect(code).toBe(0);
    const { parameters, outcomes, conclusions, sensitivity } = JSON.parse(out) as Document;
    expect(parameters).toEqual({
      users: 120,
      groups: 9,
      groupSize: { from: 3, to: 5 },
      devices: 3,
      callsPerHour: 0.5,
      dayProfile: Array.from({ length: 24 }, () => 1),
      groupShare: 0.25,
      contacts: 7,
      zipf: 1.5,
      validity: 900,
      ownShare: 1,
      caching: 'never',
      kmss: 3,
      foreignShare: 0.2,
      seed: 's',
    });
    expect(outcomes.find((outcome) => outcome.id === 'own')!.total.requests).toBe(0);
    expect(outcomes[0]!.total.requests).toBeGreaterThan(0);
    expect([conclusions.length > 0, sensitivity.length > 10]).toEqual([true, true]);
  });

  test('--svg writes the plot', () => {
    const file = join(dir, 'day.svg');
    expect(simulate('--users', '30', '--svg', file).out).toContain(`plot: ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(simulate('--users', '30', '--svg', join(dir, 'none', 'x')).code).toBe(2);
  });

  test('one KMS has no foreign calls unless asked, and that is turned down', () => {
    expect(simulate('--users', '30', '--kmss', '1').code).toBe(0);
    expect(simulate('--users', '30', '--kmss', '1', '--foreign-share', '0.1').err).toContain('with one KMS');
  });

  test.each([
    [['--users', 'many'], '--users takes a whole number'],
    [['--users', '1'], 'users is a whole number from 2 up'],
    [['--calls-per-hour', '-1'], 'calls-per-hour'],
    [['--calls-per-hour', '1e9'], '--calls-per-hour takes a decimal number'],
    [['--zipf', 'x'], '--zipf takes a decimal number'],
    [['--group-size', '4-'], '--group-size takes'],
    [['--day', 'night'], '--day takes'],
    [['--caching', 'maybe'], '--caching takes'],
    [['--prf', 'md5'], '--prf takes'],
    [['--own-share', '2'], 'between 0 and 1'],
    [['--contacts', '9999'], 'contacts'],
    [['--validity', '0'], 'validity'],
  ])('%j is wrong usage', (args, text) => {
    const { code, err, out } = simulate(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
    expect(err.trim()).not.toContain('\n');
  });

  test('a day of 10 000 users takes seconds', () => {
    const begun = performance.now();
    expect(simulate('--users', '10000').code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});
