import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readCapture } from '../../src/capture/read.ts';
import { modeList } from '../../src/run/modes.ts';
import { builtInNames } from '../../src/scenario/file.ts';
import { cli } from '../support/cli.ts';
import { exampleText } from '../support/policies.ts';
import { changed } from '../support/scenarios.ts';

const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

interface JsonRun {
  readonly mode: string;
  readonly name: string;
  readonly title: string;
  readonly ok: boolean;
  readonly verdicts: readonly { readonly claim: string; readonly holds: boolean }[];
  readonly messages: readonly {
    readonly type: string;
    readonly from: string;
    readonly to: string;
    readonly bytes: string;
    readonly fate?: string;
  }[];
  readonly knowledge: Readonly<Record<string, readonly string[]>>;
  readonly calls: readonly {
    readonly answered: readonly string[];
    readonly refusals: readonly { readonly check: string }[];
  }[];
  readonly cost?: {
    readonly calls: number;
    readonly total: Readonly<Record<string, { readonly messages: number; readonly octets: number }>>;
  };
}
const runsOf = (out: string): readonly JsonRun[] => (JSON.parse(out) as { readonly runs: readonly JsonRun[] }).runs;

describe('run without a mode', () => {
  test('runs all of them, a line each, and all claims hold', () => {
    const { code, out, err } = cli(['run', '--seed', 'x']);
    expect([code, err]).toEqual([0, '']);
    for (const id of ['standard', ...builtInNames()]) expect(out).toMatch(new RegExp(`^✓ +${id} +\\d+ +\\d+ +✓`, 'm'));
    expect(out).not.toContain('REQUEST_INIT');
    expect(out).not.toContain('✗');
    expect(cli(['run', '--seed', 'x']).out).toBe(out);
  });

  test('--json: all runs in one document of the agreed shape', () => {
    const { code, out } = cli(['run', '--json', '--cost']);
    expect(code).toBe(0);
    const runs = runsOf(out);
    expect(new Set(runs.map(({ mode }) => mode))).toEqual(new Set(modeList().map(({ mode }) => mode)));
    for (const { ok, verdicts, messages, knowledge, cost } of runs) {
      expect([ok, verdicts.length > 3, verdicts.every(({ holds }) => holds)]).toEqual([true, true, true]);
      for (const message of messages) expect(message.bytes).toMatch(/^01(?:[0-9a-f]{2})+$/);
      expect(knowledge['proxy']).toEqual([]);
      const touching = messages.filter(({ from, to }) => from === 'alice' || to === 'alice');
      expect(cost!.total['alice']).toMatchObject({
        messages: touching.length,
        octets: touching.reduce((sum, { bytes }) => sum + bytes.length / 2, 0),
      });
    }
  });

  test('--forks is for the standard flow among them', () => {
    const runs = runsOf(cli(['run', '--forks', '3', '--json']).out);
    expect(runs.length).toBeGreaterThan(10);
    expect(runs[0]!.knowledge).toHaveProperty('bob-tablet');
  });

  test('--prf is for all of them', () => {
    for (const { title } of runsOf(cli(['run', '--prf', 'sha1', '--json']).out))
      expect(title).toContain('PRF-HMAC-SHA-1');
  });
});

describe('run with modes', () => {
  test('few are shown in full, and then at a glance', () => {
    const { code, out } = cli(['run', 'two-kms', 'reused']);
    expect(code).toBe(0);
    expect(out).toContain('kms-a');
    expect(out).toContain('Call 2: Ticket Transfer (4.2.2)');
    expect(out).toContain('All 2 runs');
    expect(out.indexOf('two KMSs')).toBeLessThan(out.indexOf('reused ticket'));
  });

  test('many are shown in full if asked', () => {
    expect(cli(['run', '--full', '--seed', 'x']).out.match(/Who can compute which key/g)).toHaveLength(
      builtInNames().length + 1,
    );
  });

  test('a mode is all its scenarios; a scenario can be chosen by its name', () => {
    expect(runsOf(cli(['run', 'group', '--json']).out).map(({ name }) => name)).toEqual([
      'group',
      'group-decentralised',
      'group-decentralised-forked',
      'group-key',
    ]);
    expect(runsOf(cli(['run', 'group-key', '--json']).out)).toHaveLength(1);
  });

  test('--cost tells each call and party, and compares runs', () => {
    const { out } = cli(['run', 'reused', '--cost']);
    expect(out).toMatch(/^call 1, kms +4 /m);
    expect(out).toMatch(/^call 2, kms +2 /m);
    expect(out).toMatch(/^together, kms +6 /m);
    const compared = cli(['run', 'standard', 'otway-rees', 'pre-shared', '--cost'], { width: 80 }).out;
    expect(compared).toMatch(/^standard +1 +6 /m);
    expect(compared).toMatch(/^otway-rees +1 +4 /m);
    expect(compared).toMatch(/^pre-shared +1 +0 +0 +0 +0 +0$/m);
  });

  test('--pcap takes all runs, --report has a page for each', () => {
    const path = join(dir, 'all.pcapng');
    const { code, out } = cli([
      'run',
      'two-kms',
      'kerberos',
      '--pcap',
      path,
      '--report',
      join(dir, 'report'),
      '--json',
    ]);
    expect(code).toBe(0);
    const octets = readCapture(readFileSync(path)).map((payload) => payload.octets.toString('hex'));
    expect(octets).toEqual(runsOf(out).flatMap(({ messages }) => messages.map(({ bytes }) => bytes)));
    expect(
      readdirSync(join(dir, 'report'))
        .filter((name) => name.endsWith('.html'))
        .sort(),
    ).toEqual(['index.html', 'kerberos.html', 'two-kms.html']);
    const decoded = cli(['decode', path]);
    expect([decoded.code, decoded.out.match(/octets, packet \d+$/gm)!.length]).toEqual([0, octets.length]);
  });
});

describe('odd terminals', () => {
  test.each([40, 60, 80, 100, 200])('%i columns: nothing is wider, and nothing is lost', (width) => {
    for (const args of [
      ['run', '--cost'],
      ['run', 'group', '--cost'],
    ]) {
      const { code, out } = cli([...args, '--seed', 'x'], { width });
      expect(code).toBe(0);
      const wide = out.split('\n').filter((line) => line.length > width);
      // A table of one run's cost has no narrower form.
      expect(wide.filter((line) => !/^(?:call|together| +messages)/.test(line))).toEqual([]);
      for (const id of ['group', 'group-key']) expect(out).toContain(id);
    }
  });

  test('ASCII and colour', () => {
    for (const args of [['run'], ['run', 'group', '--cost'], ['run', '--list']]) {
      expect(cli([...args, '--ascii', '--seed', 'x']).out).toMatch(/^[\n -~]*$/);
      const coloured = cli([...args, '--seed', 'x'], { color: true }).out;
      expect(coloured).toContain('\u001b[');
      // eslint-disable-next-line no-control-regex
      expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(cli([...args, '--seed', 'x']).out);
    }
  });
});

describe('--list and --print', () => {
  test('tell all modes and scenarios, and what they are about', () => {
    const { code, out } = cli(['run', '--list']);
    expect(code).toBe(0);
    for (const { mode, runs } of modeList()) {
      expect(out).toMatch(new RegExp(`^${mode}$`, 'm'));
      for (const { scenario } of runs) expect(out.replace(/\s+/g, ' ')).toContain(scenario.about!.replace(/\s+/g, ' '));
    }
    const { modes } = JSON.parse(cli(['run', '--list', '--json']).out) as {
      modes: { mode: string; scenarios: { name: string; about: string }[] }[];
    };
    expect(modes.map(({ mode }) => mode)).toEqual(modeList().map(({ mode }) => mode));
    expect(modes[0]!.scenarios[0]!.about).toContain('Mode 1');
  });

  test.each(['standard', ...builtInNames()])('what --print %s gives can be run', (name) => {
    const { code, out } = cli(['run', '--print', name]);
    expect(code).toBe(0);
    const run = cli(['run', '--scenario', '-', '--json'], { input: out });
    expect([run.code, run.err, runsOf(run.out)[0]!.ok]).toEqual([0, '', true]);
  });

  test('--print standard takes the options of the standard flow', () => {
    const { out } = cli(['run', '--print', 'standard', '--forks', '4', '--prf', 'sha1']);
    const scenario = JSON.parse(out) as { suite: string; users: { devices: unknown[] }[] };
    expect([scenario.suite, scenario.users[1]!.devices.length]).toEqual(['sha1', 4]);
  });
});

describe('--scenario', () => {
  test('runs a file; what it expects decides', () => {
    const good = file(
      'Mine too.json',
      changed('reused', (d) => (d['mode'] = 'mine')),
    );
    const { code, out } = cli(['run', '--scenario', good, '--json']);
    expect(code).toBe(0);
    expect(runsOf(out)).toMatchObject([{ mode: 'mine', name: 'mine-too', ok: true }]);
    const refused = changed('standard', (d) => (d['users'][0].mayRequest = false));
    const bad = cli(['run', '--scenario', file('bad.json', refused)]);
    expect([bad.code, bad.err]).toEqual([1, '']);
    expect(bad.out).toContain('[not what the scenario expects]');
    expect(bad.out).toContain('kms turns it down (');
    const expecting = changed('standard', (d) => {
      d['users'][0].mayRequest = false;
      d['steps'][0].expect = {
        answered: [],
        refusals: runsOf(cli(['run', '--scenario', join(dir, 'bad.json'), '--json']).out)[0]!.calls[0]!.refusals,
      };
      for (const refusal of d['steps'][0].expect.refusals) {
        delete refusal.code;
        delete refusal.reason;
      }
    });
    expect(cli(['run', '--scenario', '-'], { input: expecting }).code).toBe(0);
  });

  test('goes together with modes, under a name of its own', () => {
    const path = file('standard.json', changed('standard'));
    const { code, out } = cli(['run', 'standard', '--forks', '1', '--scenario', path, '--json']);
    expect(code).toBe(0);
    expect(runsOf(out).map(({ name }) => name)).toEqual(['standard', 'standard-file']);
  });

  test('says what is wrong with the path into the file, a line each, and exits with 2', () => {
    const path = file(
      'wrong.json',
      changed('group', (d) => {
        d['steps'][0].caller = 'mallory';
        d['steps'][2].expect.refusals[0].party = 'nobody';
      }),
    );
    const { code, out, err } = cli(['run', '--scenario', path]);
    expect([code, out]).toEqual([2, '']);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^mikey-ticket: .*wrong\.json: steps\[0\]\.caller: no endpoint is called mallory; there is alice/,
      ),
      expect.stringMatching(
        /^mikey-ticket: .*wrong\.json: steps\[2\]\.expect\.refusals\[0\]\.party: no party is called nobody/,
      ),
    ]);
  });

  test('what only the run can tell comes with the path too', () => {
    const late = changed('standard', (d) => {
      d['users'][0].mayRequest = false;
      d['steps'].push({ do: 'call', caller: 'alice', callee: 'sip:bob@example.com', ticket: { from: 'held' } });
    });
    expect(cli(['run', '--scenario', '-'], { input: late })).toMatchObject({
      code: 2,
      out: '',
      err: 'mikey-ticket: standard input: steps[1].ticket.from: alice holds no ticket called ticket\n',
    });
  });

  test('finds policy files beside it', () => {
    mkdirSync(join(dir, 'sub'));
    file('sub/policy.json', exampleText);
    const path = file(
      'sub/s.json',
      changed('standard', (d) => (d['kmss'][0].policyFile = 'policy.json')),
    );
    expect(cli(['run', '--scenario', path]).err).toBe('');
    const missing = file(
      's.json',
      changed('standard', (d) => (d['kmss'][0].policyFile = 'policy.json')),
    );
    expect(cli(['run', '--scenario', missing]).err).toMatch(
      /s\.json: kmss\[0\]\.policyFile: cannot read .*policy\.json: no such file/,
    );
    expect(
      cli([
        'run',
        '--scenario',
        file(
          't.json',
          changed('standard', (d) => (d['kmss'][0].policyFile = '.')),
        ),
      ]).err,
    ).toMatch(/is a folder/);
  });

  test('shows what the network did', () => {
    const input = changed('standard', (d) => {
      d['faults'] = [{ do: 'drop', message: 'TRANSFER_INIT', to: 'bob-phone' }];
      d['steps'][0].expect = { answered: ['bob-laptop'] };
    });
    const { code, out } = cli(['run', '--scenario', '-'], { input, width: 140 });
    expect(code).toBe(0);
    expect(out).toMatch(/✗│.*lost$/m);
    expect(
      runsOf(cli(['run', '--scenario', '-', '--json'], { input }).out)[0]!.messages.filter(({ fate }) => fate),
    ).toMatchObject([{ type: 'TRANSFER_INIT', to: 'bob-phone', fate: 'lost' }]);
  });
});
