import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { escapeXml } from '../../src/report/escape.ts';
import { fieldsOfMessage } from '../../src/report/hexdump.ts';
import { knowledgeMatrix, knowledgeText } from '../../src/report/knowledge.ts';
import { indexPage } from '../../src/report/indexPage.ts';
import { runPage } from '../../src/report/page.ts';
import { shouldColor, speaksUnicode, widthOf } from '../../src/report/theme.ts';
import { writeReport } from '../../src/report/writeReport.ts';
import { costOfRole } from '../../src/run/cost.ts';
import { planRuns } from '../../src/run/modes.ts';
import { performRun } from '../../src/run/perform.ts';
import { performedRun } from '../support/runs.ts';

const options = { randomness: 'a test', showSecrets: false };

describe('the report page', () => {
  const run = performedRun();
  const page = runPage(run, options);

  test('stands alone: nothing is loaded and no script runs', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|\bsrc=|url\(|@import/);
    const targets = [...page.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([url]) => new URL(url).host);
    expect(new Set(targets)).toEqual(new Set(['www.rfc-editor.org', 'www.w3.org']));
    expect(page).toContain("default-src 'none'");
  });

  test('tells every claim, every message and every secret by name', () => {
    for (const verdict of run.analysis.verdicts) expect(page).toContain(escapeXml(verdict.text));
    for (const secret of run.trace.secrets) expect(page).toContain(escapeXml(secret.name));
    for (const type of new Set(run.trace.messages.map((hop) => hop.type)))
      expect(page).toContain(`<code>${type}</code>`);
  });

  test('shows no key unless asked', () => {
    const values = run.trace.secrets.map((secret) => Buffer.from(secret.value).toString('hex'));
    const bare = page.replace(/\s/g, '');
    for (const value of values) expect(bare).not.toContain(value);
    const all = runPage(run, { ...options, showSecrets: true });
    for (const value of values) expect(all).toContain(value);
  });

  test('says so when a claim fails', () => {
    const failed = performedRun({ flags: 'DFGHI' });
    expect(failed.analysis.ok).toBe(false);
    const text = runPage(failed, options);
    expect(text).toContain('Not every claim holds.');
    expect(text).toContain('FAILS');
    expect(text).toContain('ERR_TICKET_POLICY');
  });

  test('hostile names stay text', () => {
    const hostile = performedRun({ names: { caller: '<script>alert(1)</script>', callee: '"&\'' }, forks: 1 });
    const text = runPage(hostile, options);
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
  });

  test('writes one page, and a diagram and a capture for each run', () => {
    const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
    try {
      const index = writeReport(join(dir, 'new', 'folder'), [run], options);
      expect(readFileSync(index, 'utf8')).toBe(page);
      expect(readdirSync(join(dir, 'new', 'folder')).sort()).toEqual(['index.html', 'standard.pcapng', 'standard.svg']);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('a report of several runs', () => {
  const runs = planRuns(['standard', 'group', 'two-kms', 'pre-shared'], {}).map((planned) =>
    performRun(planned, 'page'),
  );
  const index = indexPage(runs, options);

  test('has a page for each run, and one that links to them all', () => {
    const dir = mkdtempSync(join(tmpdir(), 'mikey-ticket-'));
    try {
      expect(readFileSync(writeReport(dir, runs, options), 'utf8')).toBe(index);
      for (const run of runs) {
        expect(index).toContain(`href="${run.id}.html"`);
        expect(readFileSync(join(dir, `${run.id}.html`), 'utf8')).toBe(runPage(run, options, 'index.html'));
      }
      expect(readdirSync(dir)).toHaveLength(1 + 3 * runs.length);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test('tells every claim and limit once, and what each run costs the KMS', () => {
    const texts = runs.flatMap(({ analysis }) => [...analysis.verdicts, ...analysis.limits].map(({ text }) => text));
    for (const text of new Set(texts)) expect(index.split(`</b>${escapeXml(text)} `)).toHaveLength(2);
    for (const run of runs) {
      const { messages, octets } = costOfRole(run, 'kms');
      expect(index).toContain(`<td class="n edge">${messages}</td><td class="n">${octets}</td>`);
    }
    expect(index).not.toMatch(/<script|<link|\bsrc=/);
  });

  test('says so when a run is not as expected', () => {
    const [standard, ...others] = runs;
    const odd = { ...standard!, ok: false, trace: { ...standard!.trace, asExpected: false } };
    expect(indexPage([odd, ...others], options)).toContain('Not every run came out as expected.');
    expect(runPage(odd, options)).toContain('Not what the scenario expects.');
    expect(index).toContain('All claims of all runs hold.');
  });

  test('shows Error messages, and who turned what down', () => {
    const page = runPage(
      runs.find(({ id }) => id === 'group')!,
      options,
    );
    expect(page).toContain('Error, 58 octets');
    expect(page).toContain('kms turns it down (resolverAuthorized)');
    expect(page).toContain('Call 2: Ticket Resolve (4.2.3)');
  });
});

describe('the hex dump', () => {
  test('marks every octet of every message exactly once, bit fields apart', () => {
    for (const { octets, type } of performedRun().trace.messages) {
      const covered = new Array<number>(octets.length).fill(0);
      const seen = new Set<string>();
      for (const { offset, length } of fieldsOfMessage(octets)) {
        if (seen.has(`${offset} ${length}`)) continue;
        seen.add(`${offset} ${length}`);
        for (let index = offset; index < offset + length; index += 1) covered[index]! += 1;
      }
      expect([type, covered.every((count) => count === 1)]).toEqual([type, true]);
    }
  });
});

describe('the knowledge matrix', () => {
  test.each([
    [2, 120],
    [5, 100],
    [5, 60],
  ])('with %i endpoints fits %i columns, and the columns of proxy and network are empty', (forks, width) => {
    const { trace, analysis } = performedRun({ forks });
    const matrix = knowledgeMatrix(trace, analysis);
    const text = knowledgeText(matrix, { width, color: false });
    for (const line of text.split('\n').slice(0, -1)) expect(line.length).toBeLessThanOrEqual(width);
    for (const who of ['proxy', 'network']) {
      const column = matrix.columns.indexOf(who);
      expect(matrix.rows.map((row) => row.cells[column])).toEqual(matrix.rows.map(() => 'no'));
    }
    expect(knowledgeText(matrix, { width, color: false, ascii: true })).toMatch(/^[\n -~]*$/);
  });
});

describe('the terminal', () => {
  test('gets colour if it is one and nobody objects', () => {
    expect(shouldColor({ isTTY: true }, { TERM: 'xterm' })).toBe(true);
    expect(shouldColor({ isTTY: false }, { TERM: 'xterm' })).toBe(false);
    expect(shouldColor({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(shouldColor({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(shouldColor({}, { FORCE_COLOR: '1' })).toBe(true);
  });

  test('has a width even where nobody knows', () => {
    expect(widthOf({ columns: 132 }, {})).toBe(132);
    expect(widthOf({}, { COLUMNS: '90' })).toBe(90);
    expect(widthOf({}, { COLUMNS: 'wide' })).toBe(100);
    expect(widthOf({ columns: 3 }, {})).toBe(40);
  });

  test('speaks Unicode unless its locale says otherwise', () => {
    expect(speaksUnicode({ LANG: 'en_GB.UTF-8' })).toBe(true);
    expect(speaksUnicode({ LANG: 'C' })).toBe(false);
    expect(speaksUnicode({})).toBe(true);
  });
});
