import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { escapeXml } from '../../src/report/escape.ts';
import { fieldsOfMessage } from '../../src/report/hexdump.ts';
import { knowledgeMatrix, knowledgeText } from '../../src/report/knowledge.ts';
import { reportPage } from '../../src/report/page.ts';
import type { ReportRun } from '../../src/report/reportRun.ts';
import { shouldColor, speaksUnicode, widthOf } from '../../src/report/theme.ts';
import { writeReport } from '../../src/report/writeReport.ts';
import { runAndAnalyse } from '../../src/run/byteRun.ts';
import type { StandardOptions } from '../../model/modes/standard.ts';

function reportRun(options: StandardOptions = {}): ReportRun {
  const { run, analysis } = runAndAnalyse(options, 'page');
  return { id: 'standard', trace: run.trace, analysis };
}

const options = { randomness: 'a test', showSecrets: false };

describe('the report page', () => {
  const run = reportRun();
  const page = reportPage([run], options);

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
    const all = reportPage([run], { ...options, showSecrets: true });
    for (const value of values) expect(all).toContain(value);
  });

  test('says so when a claim fails', () => {
    const failed = reportRun({ flags: 'DFGHI' });
    expect(failed.analysis.ok).toBe(false);
    const text = reportPage([failed], options);
    expect(text).toContain('Not every claim holds.');
    expect(text).toContain('FAILS');
    expect(text).toContain('ERR_TICKET_POLICY');
  });

  test('hostile names stay text', () => {
    const hostile = reportRun({ names: { caller: '<script>alert(1)</script>', callee: '"&\'' }, forks: 1 });
    const text = reportPage([hostile], options);
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

describe('the hex dump', () => {
  test('marks every octet of every message exactly once, bit fields apart', () => {
    for (const { octets, type } of reportRun().trace.messages) {
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
    const { trace, analysis } = reportRun({ forks });
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
