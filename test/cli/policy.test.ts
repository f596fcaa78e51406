import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { exampleText } from '../support/policies.ts';

const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-policy-'));
afterAll(() => rmSync(dir, { recursive: true }));
const example = fileURLToPath(new URL('../../spec/policies/example.json', import.meta.url));
const alice = 'sip:alice@example.com';
const bob = 'sip:bob@example.com';

/** Runs `policy`. */
function cli(args: readonly string[], more: { input?: string; color?: boolean; width?: number } = {}) {
  let [out, err] = ['', ''];
  const code = main(['policy', ...args], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Buffer.from(more.input ?? ''),
    color: more.color ?? false,
    width: more.width ?? 110,
  });
  return { code, out, err };
}

describe('policy check', () => {
  test('a good file: exit code 0', () => {
    expect(cli(['check', example])).toEqual({
      code: 0,
      out: `${example}: ok, 4 users, 1 groups, 2 partners\n`,
      err: '',
    });
    expect(cli(['check', '-'], { input: exampleText }).code).toBe(0);
    expect(JSON.parse(cli(['check', example, '--json']).out)).toMatchObject({
      ok: true,
      policy: { system: { reuse: false } },
    });
  });

  test('a bad file: one line for each problem, with the path, and exit code 1', () => {
    const input = exampleText
      .replace('"sip:alice@example.com", "sip:it', '7, "sip:it')
      .replace('"required"', '"x"')
      .replace('"forbidden"', '"never"');
    const { code, out } = cli(['check', '-'], { input });
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^users\[1\]\.mayCall\[0\]: /),
      expect.stringMatching(/^users\[2\]\.secureConnection: /),
    ]);
    expect(JSON.parse(cli(['check', '-', '--json'], { input }).out)).toMatchObject({
      ok: false,
      problems: [expect.any(String), expect.any(String)],
    });
  });
});

describe('policy explain', () => {
  test('a user: what its rule says, where it stands, and its groups', () => {
    const { code, out } = cli(['explain', 'sip:carol@example.com', '--file', example]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}rule +users\[3\] \(sip:\*@example\.com\)$/m);
    expect(out).toMatch(/^ {2}member of +sip:it-support@example\.com \(groups\[0\]\.members\[1\]\)$/m);
    expect(out).toMatch(/^ {2}protected media +allowed$/m);
    expect(cli(['explain', 'sip:carol@example.com']).out).toBe(
      `(the example policy; --file takes another one)\n\n${out}`,
    );
    expect(cli(['explain', 'sip:bob-phone@example.com']).out).toMatch(
      /endpoint of +sip:bob@example\.com \(users\[1\]\.devices\[0\]\)/,
    );
    expect(cli(['explain', 'sip:eve@evil.example']).out).toContain('none: every right is refused');
  });

  test('a call: each rule in order, the changes, and the one that decided', () => {
    const { code, out } = cli([
      'explain',
      alice,
      '--file',
      example,
      '--call',
      bob,
      '--flags',
      'DEFGHIJNO',
      '--validity',
      '99999',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}✓ {2}users\[0\]\.mayCall\[0\] +sip:alice@example\.com may call sip:bob@example\.com$/m);
    expect(out).toMatch(/^ {2}~ {2}system\.reuse +J: 1 becomes 0/m);
    expect(out).toMatch(/^granted by users\[0\]\.mayCall\[0\]: /m);
    expect(out).toMatch(/^ {2}flags +DEFGHIKNO$/m);
    expect(out).toMatch(/^ {2}validity +28800 s$/m);
  });

  test('a refusal: exit code 1, and nothing is looked at after the rule that decided', () => {
    const { code, out } = cli([
      'explain',
      bob,
      '--file',
      example,
      '--call',
      alice,
      'sip:carol@example.com',
      '--application',
      'voice',
    ]);
    expect(code).toBe(1);
    const lines = out.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('refused by users[1].mayCall: sip:bob@example.com may not call sip:carol@example.com');
    expect(lines.at(-2)).toMatch(/^ {2}✗ {2}users\[1\]\.mayCall +sip:bob@example\.com may not call/);
  });

  test('a self-made ticket, a resolution, a partner', () => {
    expect(cli(['explain', alice, '--call', bob, '--create']).out).toMatch(
      /^granted by users\[0\]\.mayCall\[0\]: .*may make a ticket/m,
    );
    const long = cli(['explain', alice, '--call', bob, '--create', '--validity', '601']);
    expect([long.code, long.out]).toEqual([
      1,
      expect.stringContaining('refused by users[0].mayCreate.longestValidity'),
    ]);
    const support = ['--resolve', 'sip:it-support@example.com'];
    expect(cli(['explain', bob, ...support]).out).toContain('granted by groups[0].members[0]');
    expect(cli(['explain', alice, ...support]).code).toBe(1);
    const helper = ['explain', 'sip:helpdesk-1@partner.example', '--partner', 'sip:kms.partner.example'];
    expect(cli(helper).out).toContain('granted by partners[0].realm[0]');
    expect(cli([...helper, ...support]).out).toContain('granted by groups[0].members[2]');
    expect(cli(['explain', 'sip:x@former.example', '--partner', 'sip:kms.former.example']).out).toContain(
      'refused by partners[1].agreement',
    );
  });

  test('several questions: all have to be granted', () => {
    const { code, out } = cli(['explain', bob, '--call', alice, '--resolve', alice, '--application', 'voice']);
    expect(code).toBe(1);
    expect(out.match(/^(?:granted|refused) by/gm)).toEqual(['granted by', 'refused by']);
  });

  test('--json is one document with every rule that was looked at', () => {
    const { code, out } = cli(['explain', alice, '--json', '--call', bob, '--flags', 'DEFGHIJNO', '--prf', 'sha1']);
    expect(code).toBe(0);
    const { ok, decisions } = JSON.parse(out) as { ok: boolean; decisions: Record<string, unknown>[] };
    expect([ok, decisions.length]).toEqual([true, 1]);
    expect(decisions[0]).toMatchObject({
      verdict: 'granted',
      rule: 'users[0].mayCall[0]',
      granted: { flags: 'DEFGHIKNO', rekeying: 'every 86400 s' },
      changed: [
        { field: 'J', from: '1', to: '0', rule: 'system.reuse' },
        { field: 'TRr', rule: 'system.longestRekeying' },
      ],
    });
    expect(decisions[0]!['explain']).toContainEqual({
      rule: 'system.suites[1]',
      outcome: 'met',
      says: expect.any(String),
    });
  });

  test('keeps within the terminal, speaks ASCII if asked, and colours if it may', () => {
    const narrow = cli(['explain', alice, '--ascii', '--call', bob], { width: 80 }).out;
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    // oxlint-disable-next-line no-control-regex
    expect(narrow).toMatch(/^[\x20-\x7e\n]*$/);
    expect(narrow).toContain('  ok users[0].mayCall[0]');
    const colored = cli(['explain', alice, '--call', bob], { color: true }).out;
    expect(colored).toContain('\u001b[32mgranted\u001b[39m by');
  });

  test('a broken policy answers nothing', () => {
    const path = join(dir, 'broken.json');
    writeFileSync(path, exampleText.replace('"sip:lobby@example.com"', '"sip:alice@example.com"'));
    const { code, out, err } = cli(['explain', alice, '--file', path]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^mikey-ticket: .*broken\.json: users\[2\]\.user: .*\n$/);
    expect(JSON.parse(cli(['explain', alice, '--file', path, '--json']).out)).toMatchObject({ ok: false });
  });
});

describe('wrong usage is one line and exit code 2', () => {
  test.each([
    [['explain'], 'missing required argument'],
    [['check'], 'missing required argument'],
    [['check', '/nope'], 'no such file'],
    [['nonsense'], 'unknown command'],
    [['explain', alice, '--file', '/nope'], 'no such file'],
    [['explain', alice, '--create'], '--create needs --call'],
    [['explain', alice, '--flags', 'D'], '--flags needs --call'],
    [['explain', alice, '--validity', '9'], '--validity needs --call'],
    [['explain', alice, '--prf', 'sha1'], '--prf needs --call'],
    [['explain', alice, '--application', 'x'], '--application needs'],
    [['explain', alice, '--resolve', bob, '--application', 'x', 'y'], 'takes one --application'],
    [['explain', alice, '--call', bob, '--flags', 'DX'], "not 'X'"],
    [['explain', alice, '--call', bob, '--validity', '0'], '--validity takes a whole number'],
    [['explain', alice, '--call', bob, '--prf', 'md5'], '--prf takes sha1 or sha256'],
  ] as const)('%j', (args, message) => {
    const { code, out, err } = cli(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
