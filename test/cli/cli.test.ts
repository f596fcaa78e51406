import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { captureTrace } from '../../src/capture/traceCapture.ts';
import { runAndAnalyse } from '../../src/run/byteRun.ts';
import { byteRun, hexOf, ofType, secret } from '../support/runs.ts';

const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

/** Runs the command line. */
function cli(
  args: readonly string[],
  input = '',
): { readonly code: number; readonly out: string; readonly err: string } {
  let [out, err] = ['', ''];
  const code = main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Buffer.from(input),
    color: false,
    width: 110,
  });
  return { code, out, err };
}

describe('run', () => {
  test('shows diagram, claims and matrix, and exits with 0', () => {
    const { code, out, err } = cli(['run', 'standard', '--forks', '2', '--seed', 'x']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('standard, 2 endpoints, key forking, PRF-HMAC-SHA-256');
    expect(out.match(/[✓] /g)!.length).toBeGreaterThan(6);
    expect(cli(['run', 'standard', '--forks', '2', '--seed', 'x']).out).toBe(out);
    const json = (seed: string): string => cli(['run', 'standard', '--json', '--seed', seed]).out;
    expect(json('y')).not.toBe(json('x'));
  });

  test('prints one JSON document of the agreed shape', () => {
    const { code, out } = cli(['run', 'standard', '--json', '--forks', '3', '--prf', 'sha1']);
    expect(code).toBe(0);
    const { runs } = JSON.parse(out) as {
      runs: {
        mode: string;
        ok: boolean;
        verdicts: { claim: string; holds: boolean }[];
        messages: { type: string; from: string; to: string; bytes: string }[];
        knowledge: Record<string, string[]>;
      }[];
    };
    const [run] = runs;
    expect([runs.length, run!.mode, run!.ok]).toEqual([1, 'standard', true]);
    expect(run!.verdicts.every((verdict) => verdict.holds)).toBe(true);
    expect(run!.messages[0]).toMatchObject({ type: 'REQUEST_INIT_PSK', from: 'alice', to: 'kms' });
    expect(run!.messages[0]!.bytes).toMatch(/^010b[0-9a-f]+$/);
    expect(run!.knowledge['proxy']).toEqual([]);
    expect(run!.knowledge['bob-phone']).toContain("MPKr'(bob-phone)");
    expect(run!.knowledge['bob-phone']).not.toContain("MPKr'(bob-laptop)");
  });

  test('prints no key unless asked', () => {
    const { run } = runAndAnalyse({}, 'secret');
    const values = run.trace.secrets.map((one) => Buffer.from(one.value).toString('hex'));
    const keys = new RegExp(values.join('|'));
    for (const args of [
      ['run', '--seed', 'secret'],
      ['run', '--seed', 'secret', '--full', '--cost'],
      ['run', '--seed', 'secret', '--json', '--cost'],
    ]) {
      expect(cli(args).out).not.toMatch(keys);
    }
    const { out } = cli(['run', 'standard', '--seed', 'secret', '--show-secrets']);
    for (const value of values) expect(out).toContain(value);
  });

  test('without key forking shows the limits instead of claims that do not hold', () => {
    const { code, out } = cli(['run', 'standard', '--no-key-forking']);
    expect(code).toBe(0);
    expect(out).toContain('every endpoint that may resolve the ticket can compute the keys of all the others');
    expect(out).not.toContain('Caller and answerer each end with the true identity');
  });

  test('writes capture and report', () => {
    const { code } = cli([
      'run',
      'standard',
      '--seed',
      'x',
      '--pcap',
      join(dir, 'c.pcapng'),
      '--report',
      join(dir, 'r', 'deep'),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(join(dir, 'c.pcapng')).readUInt32BE(0)).toBe(0x0a0d0d0a);
    expect(readFileSync(join(dir, 'r', 'deep', 'index.html'), 'utf8')).toContain('mikey-ticket');
  });
});

describe('wrong usage is one line and exit code 2', () => {
  test.each([
    [['nonsense'], 'unknown command'],
    [['run', 'nonsense'], "unknown mode 'nonsense'"],
    [['run', '--forks', '0'], '--forks takes a whole number from 1 to 32'],
    [['run', '--forks', '1e3'], '--forks takes a whole number'],
    [['run', '--forks', '-1'], '--forks takes a whole number'],
    [['run', '--streams', '65'], '--streams takes a whole number from 1 to 64'],
    [['run', '--prf', 'md5'], '--prf takes sha1 or sha256'],
    [['run', '--flags', 'DX'], "not 'X'"],
    [['run', '--flags', 'DD'], 'twice'],
    [['run', '--flags', 'DFGHI'], "breaks the rule 'I implies E'"],
    [['run', '--flags', 'EFGHL'], 'without D'],
    [['run', '--flags', 'DEFGHK'], 'only the KMS'],
    [['run', '--flags', 'DEFGH', '--no-key-forking'], 'exclude each other'],
    [['run', 'standard', '--pcap', '/nope/x'], 'cannot write /nope/x'],
    [['run', 'standard', '--report', '/proc/nope'], 'cannot write /proc/nope'],
    [['run', '--wat'], "unknown option '--wat'"],
    [['run', 'reused', '--forks', '3'], '--forks is an option of the mode standard; it makes no sense for reused'],
    [['run', 'group', 'two-kms', '--streams', '2'], 'it makes no sense for group, two-kms'],
    [['run', 'kerberos', '--flags', 'DEFGH'], '--flags is an option of the mode standard'],
    [['run', 'pre-shared', '--no-key-forking'], '--no-key-forking is an option of the mode standard'],
    [['run', '--scenario', '/nope', '--forks', '3'], '--forks is an option of the mode standard'],
    [['run', '--scenario', '/nope'], 'cannot read /nope: no such file'],
    [['run', '--scenario', '/tmp'], '/tmp is a folder'],
    [['run', '--scenario', '-'], 'standard input: not JSON'],
    [['run', '--print', 'nonsense'], "unknown mode 'nonsense'"],
    [['run', '--print'], 'argument missing'],
    [['run', 'group', '--list'], '--list lists all modes'],
    [['decode'], 'missing required argument'],
    [['decode', '/nope'], 'no such file'],
    [['decode', '/tmp'], 'folder'],
    [['decode', '-', '--psk', 'xyz'], '--psk takes octets'],
    [['vectors', '--check', '/nope'], 'no such file'],
    [['vectors', '--check', '-', '--out', 'x'], 'exclude each other'],
    [['vectors', '--check', '-', '--mode', 'standard'], 'exclude each other'],
    [['vectors', '--mode', 'nonsense'], 'no vectors of mode'],
    [['vectors', '--only', 'some'], '--only takes valid or rejected'],
    [['vectors', '--out', '/nope/x'], 'cannot write'],
  ] as const)('%j', (args, message) => {
    const { code, out, err } = cli(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^mikey-ticket: /);
  });
});

describe('vectors', () => {
  test('are the same in every run, and pass their own judge', () => {
    const some = ['vectors', '--mode', 'kerberos', 'two-kms'];
    const { code, out } = cli(some);
    expect(code).toBe(0);
    expect(cli(some).out).toBe(out);
    const path = join(dir, 'v.json');
    expect(cli([...some, '--out', path]).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(out);
    const judged = cli(['vectors', '--check', path]);
    const { vectors } = JSON.parse(out) as { vectors: readonly { mode: string; reject?: unknown }[] };
    expect(new Set(vectors.map(({ mode }) => mode))).toEqual(new Set(['kerberos', 'two-kms']));
    expect(vectors.some(({ reject }) => reject !== undefined)).toBe(true);
    const message = expect.stringContaining(`${vectors.length} vectors judged: 0 errors`) as string;
    expect([judged.code, judged.out]).toEqual([0, message]);
    expect(cli(['vectors', '--check', '-'], out).code).toBe(0);
  });

  test('can be only what is to be accepted, or only what is to be turned down', () => {
    const rejects = (which: string): readonly boolean[] => {
      const { out } = cli(['vectors', '--mode', 'two-kms', '--only', which]);
      const { vectors } = JSON.parse(out) as { vectors: readonly { reject?: unknown }[] };
      return [...new Set(vectors.map(({ reject }) => reject !== undefined))];
    };
    expect(rejects('valid')).toEqual([false]);
    expect(rejects('rejected')).toEqual([true]);
  });

  test('that fall short are one line each, and exit code 1', () => {
    const text = cli(['vectors', '--mode', 'standard', '--only', 'valid']).out;
    const broken = text.replace(/"tpk":"../, '"tpk":"zz').replace('zz', '00');
    const { code, out } = cli(['vectors', '--check', '-'], broken);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^error vector 0 "standard, 1 endpoint, key forking, PRF-HMAC-SHA-1" message 1 REQUEST_RESP rfc6043:A\.1-12: /m,
    );
    const json = cli(['vectors', '--check', '-', '--json'], broken);
    expect((JSON.parse(json.out) as { ok: boolean }).ok).toBe(false);
    expect(cli(['vectors', '--check', '-'], 'nonsense').code).toBe(1);
  });
});

describe('decode', () => {
  const run = byteRun({ forks: 2 });
  const [request] = ofType(run, 'REQUEST_INIT_PSK');
  const [transfer] = ofType(run, 'TRANSFER_INIT');
  const base64 = Buffer.from(transfer!.octets).toString('base64');
  const sdp = `v=0\r\no=alice 1 1 IN IP4 127.0.0.1\r\ns=-\r\na=key-mgmt:mikey ${base64}\r\nm=audio 4000 RTP/SAVP 0\r\na=key-mgmt:mikey ${base64}\r\n`;

  test.each([
    ['hex', hexOf(request!.octets), 'REQUEST_INIT_PSK', 1],
    [
      'hex with colons and line breaks',
      hexOf(request!.octets).replace(/../g, '$&:').replace(/.{48}/g, '$&\n'),
      'REQUEST_INIT_PSK',
      1,
    ],
    ['hex behind 0x', `0x${hexOf(request!.octets)}`, 'REQUEST_INIT_PSK', 1],
    ['base64', base64, 'TRANSFER_INIT', 1],
    ['base64 over lines', base64.replace(/.{60}/g, '$&\n'), 'TRANSFER_INIT', 1],
    ['a key-mgmt line', `a=key-mgmt:mikey ${base64}`, 'TRANSFER_INIT', 1],
    ['a whole SDP body', sdp, 'TRANSFER_INIT', 2],
  ])('reads %s', (_, input, type, count) => {
    const { code, out } = cli(['decode', file('input', input)]);
    expect(code).toBe(0);
    expect(out.match(new RegExp(`^${type} `, 'gm'))).toHaveLength(count);
  });

  test('reads raw octets, and a capture of a whole call', () => {
    expect(cli(['decode', file('raw', request!.octets)]).out).toContain('raw octets');
    const { code, out } = cli(['decode', file('call.pcapng', captureTrace(run.trace))]);
    expect(code).toBe(0);
    expect(out.match(/octets, packet \d+$/gm)).toHaveLength(run.trace.messages.length);
  });

  test('[rfc6043:6.3-1] [rfc6043:6.10-10] shows offset, name, value, meaning and clause, also inside TP Data, Ticket Data and Initiator Data', () => {
    const { out } = cli(['decode', file('input', transfer!.octets)]);
    expect(out).toMatch(/^ {4}1\+1 +data type {2}14 {2}TRANSFER_INIT {2}rfc3830:6\.1$/m);
    expect(out).toMatch(/I {2}1 {2}key forking {2}rfc6043:6\.10-28$/m);
    expect(out).toMatch(/TS Role {2}3 {2}TRe {2}/);
    expect(out).toMatch(/TS Value {2}[0-9a-f]{8} {2}2026-01-01T01:00:00/);
    expect(out).toContain('"sip:alice@example.com"');
    expect(out).toMatch(/THDR {2}rfc6043:A\.3-1/);
    expect(out.match(/Auth alg {2}2 {2}HMAC-SHA-256-256/g)).toHaveLength(4);
    for (const line of out.split('\n')) expect(line.length).toBeLessThan(140);
  });

  test('with keys verifies and decrypts, and shows keys only if asked', () => {
    const keys = ['alice', 'bob-phone', 'bob-laptop'].flatMap((name) => ['--psk', hexOf(secret(run, `PSK(${name})`))]);
    const all = ['decode', file('call.pcapng', captureTrace(run.trace)), ...keys, '--tpk', hexOf(secret(run, 'TPK'))];
    const { code, out } = cli(all);
    expect(code).toBe(0);
    expect(out).not.toMatch(/^ {2}(?:NO|\?) /m);
    for (const what of [
      'V of REQUEST_RESP verifies',
      'V of TRANSFER_INIT verifies under MPKi',
      'Vr verifies under MPKr',
      "V of TRANSFER_RESP verifies under MPKr'",
      'the ticket verifies',
    ]) {
      expect(out).toContain(what);
    }
    expect(out).not.toContain(hexOf(secret(run, 'MPK')));
    expect(cli([...all, '--show-secrets']).out).toContain(hexOf(secret(run, 'MPK')));
    const one = cli([
      'decode',
      file('call.pcapng', captureTrace(run.trace)),
      '--psk',
      hexOf(secret(run, 'PSK(alice)')),
    ]);
    expect([one.code, one.out.includes('? V of RESOLVE_INIT_PSK')]).toEqual([0, true]);
    const wrong = cli(['decode', file('input', request!.octets), '--psk', '00'.repeat(32)]);
    expect([wrong.code, wrong.out.includes('NO V of REQUEST_INIT_PSK')]).toEqual([1, true]);
  });

  test('--json gives one document', () => {
    const good = JSON.parse(cli(['decode', '--json', file('input', request!.octets)]).out) as {
      ok: boolean;
      message: { type: string; children: unknown[] };
    };
    expect([good.ok, good.message.type, good.message.children.length]).toEqual([true, 'REQUEST_INIT_PSK', 8]);
    const bad = JSON.parse(cli(['decode', '--json', file('input', request!.octets.subarray(0, 50))]).out) as {
      ok: boolean;
      error: Record<string, unknown>;
    };
    expect(bad.ok).toBe(false);
    expect(bad.error).toMatchObject({
      code: 'ERR_TRUNCATED',
      clause: expect.any(String),
      offset: expect.any(Number),
      path: expect.stringContaining('RANDR'),
      message: expect.any(String),
    });
  });

  test.each([
    ['nothing', ''],
    ['words', 'hello, world!'],
    ['zeros', '\0'.repeat(1_000_000)],
    ['half a message', hexOf(request!.octets).slice(0, 100)],
    ['a message and more', `${hexOf(request!.octets)}00`],
    ['a key-mgmt attribute of another protocol', 'a=key-mgmt:other AAAA'],
    ['broken base64 in SDP', 'a=key-mgmt:mikey AAA$'],
    ['half a capture', Buffer.from(captureTrace(run.trace)).subarray(0, 1000)],
    ['a capture of nothing', Buffer.from(captureTrace({ ...run.trace, messages: [] }))],
    [
      'a capture with an impossible block',
      Buffer.concat([Buffer.from(captureTrace({ ...run.trace, messages: [] })), Buffer.alloc(12, 3)]),
    ],
    ['a pcap header alone, cut', Buffer.from('d4c3b2a102000400', 'hex')],
  ])('%s: exit code 1, one line, and where', (_, input) => {
    const { code, out, err } = cli(['decode', file('input', input)]);
    expect([code, out]).toEqual([1, '']);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^mikey-ticket: .*ERR_[A-Z_]+: /);
  });
});
