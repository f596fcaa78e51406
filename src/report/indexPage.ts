/**
 * The first page of a report with several runs: all of them at a glance, and what they cost.
 *
 * @module
 */
import type { PerformedRun } from '../run/perform.ts';
import { costGroups } from './costTable.ts';
import { escapeXml } from './escape.ts';
import { htmlPage } from './html.ts';
import { headOf, overviewOf, type Mark, type Overview } from './overview.ts';
import { howMade } from './page.ts';
import type { ReportOptions } from './reportOptions.ts';

/** The page. Each run has one of its own, beside it: `ID.html`. */
export function indexPage(runs: readonly PerformedRun[], options: ReportOptions): string {
  const good = runs.every((run) => run.ok);
  const overview = overviewOf(runs);
  return htmlPage(
    'report',
    `<header>
<h1>mikey-ticket</h1>
<p>${howMade(options)}</p>
<p class="${good ? 'ok' : 'bad'}">${verdictOn(runs)}</p>
</header>
<section><h2>Runs</h2>${runTable(overview)}</section>
<section><h2>What is claimed</h2>${legend(overview)}</section>
<section><h2>What each run costs</h2>
<p class="dim">Measured, all calls of a run together: messages and octets in and out, and how often a PRF, a MAC or a cipher was computed.</p>
${costTable(runs)}</section>`,
  );
}

function verdictOn(runs: readonly PerformedRun[]): string {
  if (!runs.every((run) => run.trace.asExpected)) return 'Not every run came out as expected.';
  return runs.every((run) => run.analysis.ok) ? 'All claims of all runs hold.' : 'Not every claim holds.';
}

/** How a mark shows. */
const marks: Readonly<Record<NonNullable<Mark>, string>> = {
  holds: '<td class="c ok" title="holds">✓</td>',
  fails: '<td class="c bad" title="does not hold">✗</td>',
  shown: '<td class="c derives" title="shown by this run">!</td>',
};

function runTable(overview: Overview): string {
  const heads = overview.columns.map(
    ({ text }, column) => `<th class="c" title="${escapeXml(text)}">${headOf(overview, column)}</th>`,
  );
  const rows = overview.rows.map(({ run, messages, octets, marks: cells }) => {
    const sign = run.ok ? '<b class="ok">✓</b>' : '<b class="bad">✗</b>';
    const shown = cells.map((mark) => (mark ? marks[mark] : '<td></td>')).join('');
    const name = `${sign} <a href="${escapeXml(run.id)}.html">${escapeXml(run.trace.title)}</a>`;
    return `<tr><td>${name}</td><td class="n">${messages}</td><td class="n">${octets}</td>${shown}</tr>`;
  });
  return `<div class="scroll"><table class="matrix tight"><thead><tr><th>run</th><th class="n">messages</th><th class="n">octets</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function legend(overview: Overview): string {
  const items = (kind: 'claim' | 'limit'): string =>
    overview.columns
      .map((column, index) =>
        column.kind === kind
          ? `<li><b>${headOf(overview, index)}</b>${escapeXml(column.text)} <code class="dim">${escapeXml(column.id)}</code></li>`
          : '',
      )
      .join('');
  return `<ul class="claims">${items('claim')}</ul><h3>Limits, which runs show to be real</h3><ul class="claims">${items('limit')}</ul>`;
}

/** What all runs cost, with the parties as groups of columns. */
function costTable(runs: readonly PerformedRun[]): string {
  const { groups, heads, rows } = costGroups(runs);
  const edge = (column: number): string => (column % heads.length === 0 ? 'n edge' : 'n');
  const top = groups.map((group) => `<th class="edge" colspan="${heads.length}">${escapeXml(group)}</th>`).join('');
  const bottom = groups
    .flatMap(() => heads)
    .map((head, column) => `<th class="${edge(column)}">${escapeXml(head)}</th>`)
    .join('');
  const body = rows.map(({ run, cells }) => {
    const name = `<a href="${escapeXml(run.id)}.html">${escapeXml(run.id)}</a>`;
    const numbers = cells.map((cell, column) => `<td class="${edge(column)}">${escapeXml(cell)}</td>`).join('');
    return `<tr><td>${name}</td><td class="n">${run.cost.calls}</td>${numbers}</tr>`;
  });
  return `<div class="scroll"><table class="tight"><thead><tr><th></th><th></th>${top}</tr><tr><th>run</th><th class="n">calls</th>${bottom}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
