import { describe, expect, test } from 'vitest';
import { catalogue } from '../../model/guard/catalogue.ts';
import type { Finding } from '../../spec/findings/finding.ts';
import { findings } from '../../spec/findings/index.ts';
import { rfc3830 } from '../../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';
import { chartOf } from '../../src/docs/chart.ts';
import { checksPage } from '../../src/docs/checksPage.ts';
import { demonstrations } from '../../src/findings/all.ts';
import { findingsPage } from '../../src/docs/findingsPage.ts';
import { clauseLink, code, plain, table } from '../../src/docs/markdown.ts';
import { requirementsPage } from '../../src/docs/requirementsPage.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { statechartsPage } from '../../src/docs/statechartsPage.ts';

/** Rows of the tables of a page, without head and rule. */
function rowsOf(page: string): readonly string[] {
  const lines = page.split('\n').filter((line) => line.startsWith('| '));
  return lines.filter((line, index) => !line.startsWith('| --- ') && !lines[index + 1]?.startsWith('| --- '));
}

describe('generated pages', () => {
  test('the page of checks has a row for every check, with demand, linked clauses and error', () => {
    const rows = rowsOf(checksPage([{ title: 'All', checks: catalogue }]));
    expect(rows).toHaveLength(Object.keys(catalogue).length);
    for (const [index, [name, check]] of Object.entries(catalogue).entries()) {
      expect(rows[index]).toMatch(new RegExp(`^\\| \`${name}\`${'authenticates' in check ? ' ★' : ''} \\| `));
      expect(rows[index]).toContain(plain(check.demand));
      for (const clause of check.clauses) expect(rows[index]).toContain(clauseLink(clause));
      expect(rows[index]!.endsWith(`| \`${check.code}\` |`)).toBe(true);
    }
  });

  test('every finding that a check names has a heading to link to', () => {
    const page = findingsPage(findings);
    const targets = Object.values(catalogue)
      .flatMap((check) => check.clauses.map(clauseLink))
      .flatMap((link) => /\(findings\.md#(\w+)\)/.exec(link)?.slice(1) ?? []);
    expect(targets.length).toBeGreaterThan(5);
    for (const target of targets) expect(page).toContain(`\n## ${target.toUpperCase()}\n`);
  });

  test('the page of findings tells every field of a finding', () => {
    const pages = findings.map((finding) => [finding as Finding, findingsPage([finding])] as const);
    for (const [finding, page] of pages) {
      const options = [finding.option, finding.alsoOption].flatMap((one) => (one ? [code(one.name)] : []));
      const { title, problem, choice, consequence, proposal = '', readings = [] } = finding;
      const texts = [title, problem, choice, consequence, proposal, ...readings];
      for (const text of texts) expect(page).toContain(plain(text));
      for (const part of [...options, ...finding.clauses.map(clauseLink)]) expect(page).toContain(part);
      expect(page).toContain(`**Evidence.** ${finding.evidence}`);
    }
    expect(pages.some(([finding]) => finding.alsoOption)).toBe(true);
    expect(pages.some(([finding]) => finding.proposal)).toBe(true);
  });

  test('the page of findings names the command for each that is demonstrated, and what protects', () => {
    const page = findingsPage(findings, demonstrations);
    const named = [...page.matchAll(/`npm run findings -- --only (\w+)`/g)].map(([, id]) => id);
    expect(named).toEqual(demonstrations.map(({ id }) => id));
    for (const { protection, title } of demonstrations) {
      expect(page).toContain(plain(title));
      for (const name of [...protection.checks, ...protection.allowances]) expect(page).toContain(code(name));
      if (protection.rule !== undefined) expect(page).toContain(plain(protection.rule));
    }
    const rows = rowsOf(page);
    expect(rows).toHaveLength(findings.length);
    expect(rows.filter((row) => row.includes('| demonstrated |'))).toHaveLength(demonstrations.length);
    expect(findingsPage([findings.find(({ id }) => id === 'W2')!])).toContain('**Demonstration.** `npm run findings');
  });

  test('the page of requirements has a row for every statement, and counts them', () => {
    const page = requirementsPage([
      { title: 'RFC 6043', requirements: rfc6043 },
      { title: 'RFC 3830', requirements: rfc3830 },
    ]);
    const rows = rowsOf(page);
    expect(rows.map((row) => /^\| \[([^\]]+)\]/.exec(row)?.[1])).toEqual([...rfc6043, ...rfc3830].map(({ id }) => id));
    const implemented = rfc6043.filter(({ status }) => status.state === 'implemented').length;
    expect(page).toContain(`${rfc6043.length} statements: ${implemented} implemented, `);
    expect(rows.every((row) => row.split(/(?<!\\)\|/).length === 6)).toBe(true);
  });

  test('the page of statecharts has a row for every transition', () => {
    const roles = roleCharts();
    const transitions = roles.flatMap(({ machine }) => chartOf(machine).transitions);
    const rows = rowsOf(statechartsPage(roles));
    expect(rows.map((row) => row.split(' | ')[0])).toEqual(transitions.map(({ from }) => `| \`${from}\``));
  });
});

describe('Markdown', () => {
  test('text stays text', () => {
    expect(plain('a_b *c* <d> [e](f) & `g`')).toBe('a\\_b \\*c\\* &#60;d&#62; \\[e\\](f) &#38; \\`g\\`');
    expect(code('a`b')).toBe('`` a`b ``');
    expect(table(['x'], [['a | b\nc']])).toBe('| x |\n| --- |\n| a \\| b c |');
  });

  test('a clause is a link to the RFC, a finding one to its page, anything else an error', () => {
    expect(clauseLink('rfc6043:A.1-9')).toBe(
      '[RFC 6043, A.1 (9)](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.1)',
    );
    expect(clauseLink('rfc6043:5.4')).toBe('[RFC 6043, 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)');
    expect(clauseLink('W10')).toBe('[W10](findings.md#w10)');
    expect(() => clauseLink('X1')).toThrow(RangeError);
  });
});
