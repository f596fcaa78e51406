/**
 * The report page: one HTML file that opens offline.
 *
 * @module
 */
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Trace, TracedStep, Verdict } from '../../model/trace/trace.ts';
import type { Knowing } from '../run/analysis.ts';
import { escapeXml } from './escape.ts';
import { hexdumpHtml } from './hexdump.ts';
import { knowledgeMatrix } from './knowledge.ts';
import { pageStyle } from './pageStyle.ts';
import type { ReportOptions, ReportRun } from './reportRun.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequenceSvg.ts';

/** Nothing may be loaded or run; styles are inline. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The whole page. */
export function reportPage(runs: readonly ReportRun[], options: ReportOptions): string {
  const good = runs.every((run) => run.analysis.ok);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>mikey-ticket: report</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<h1>mikey-ticket</h1>
<p>Calls set up with MIKEY-TICKET (<a href="https://www.rfc-editor.org/rfc/rfc6043.html">RFC 6043</a>) on real bytes. Every claim below was computed from the
octets and keys of the run. Randomness: ${escapeXml(options.randomness)}.</p>
<p class="${good ? 'ok' : 'bad'}">${good ? 'All claims of all runs hold.' : 'Not every claim holds.'}</p>
</header>
<section><h2>Runs</h2>${summaryTable(runs)}</section>
${runs.map((run) => runSection(run, options)).join('\n')}
</main>
</body>
</html>
`;
}

function summaryTable(runs: readonly ReportRun[]): string {
  const rows = runs.map(({ id, trace, analysis }) => {
    const octets = trace.messages.reduce((sum, hop) => sum + hop.octets.length, 0);
    const holds = analysis.verdicts.filter((verdict) => verdict.holds).length;
    return `<tr><td><a href="#${escapeXml(id)}">${escapeXml(trace.title)}</a></td><td class="n">${trace.messages.length}</td><td class="n">${octets}</td><td class="${analysis.ok ? 'ok' : 'bad'}">${holds} of ${analysis.verdicts.length} claims hold</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>run</th><th class="n">messages</th><th class="n">octets</th><th>result</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function runSection(run: ReportRun, options: ReportOptions): string {
  const { id, trace, analysis } = run;
  return `<section id="${escapeXml(id)}">
<h2>${escapeXml(trace.title)}</h2>
<div class="scroll">${sequenceSvg(sequenceOf(trace), `seq-${id}`)}</div>
<h3>Claims</h3>
${claimList(analysis.verdicts, 'holds')}
<h3>Limits</h3>
${claimList(analysis.limits, 'limit')}
<h3>Who can compute which key</h3>
<p class="dim">If it hears every message of the run. <span class="given">●</span> given before the run, <span class="derives">○</span> can compute it, empty: cannot.</p>
${matrixTable(run)}
${options.showSecrets ? secretTable(trace) : ''}
<h3>Messages</h3>
${messageList(trace)}
<h3>What each machine did</h3>
<details><summary>${trace.steps.length} steps</summary>${stepTable(trace.steps)}</details>
</section>`;
}

function claimList(verdicts: readonly Verdict[], kind: 'holds' | 'limit'): string {
  const items = verdicts.map((verdict) => {
    const sign = kind === 'limit' ? '!' : verdict.holds ? '✓' : '✗';
    const look = verdict.holds ? (kind === 'limit' ? 'derives' : 'ok') : 'bad';
    const failed = verdict.holds ? '' : ' <b class="bad">FAILS</b>';
    return `<li><b class="${look}">${sign}</b>${escapeXml(verdict.text)} <code class="dim">${escapeXml(verdict.claim)}</code>${failed}</li>`;
  });
  return `<ul class="claims">${items.join('')}</ul>`;
}

/** How a cell of the matrix shows. */
const cells: Readonly<Record<Knowing, string>> = {
  given: '<td class="c given" title="given">●</td>',
  derives: '<td class="c derives" title="can compute it">○</td>',
  no: '<td class="c" title="cannot"></td>',
};

function matrixTable({ trace, analysis }: ReportRun): string {
  const { columns, rows } = knowledgeMatrix(trace, analysis);
  const head = columns.map((name) => `<th class="c">${escapeXml(name)}</th>`).join('');
  const body = rows
    .map(
      (row) =>
        `<tr><td class="mono">${escapeXml(row.secret)}</td>${row.cells.map((cell) => cells[cell]).join('')}</tr>`,
    )
    .join('');
  return `<div class="scroll"><table class="matrix"><thead><tr><th>secret</th>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function secretTable(trace: Trace<Uint8Array>): string {
  const rows = trace.secrets
    .map(
      (secret) =>
        `<tr><td class="mono">${escapeXml(secret.name)}</td><td class="mono">${Buffer.from(secret.value).toString('hex')}</td></tr>`,
    )
    .join('');
  return `<h3>Key values</h3><div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

/** Each different message once, however many hops it took. */
function messageList(trace: Trace<Uint8Array>): string {
  const seen = new Map<string, { readonly octets: Uint8Array; readonly type: string; readonly hops: string[] }>();
  for (const hop of trace.messages) {
    const key = Buffer.from(hop.octets).toString('latin1');
    const entry = seen.get(key) ?? { octets: hop.octets, type: messageTypeName(hop.message.header.dataType), hops: [] };
    entry.hops.push(`#${hop.index} ${hop.from} → ${hop.to}`);
    seen.set(key, entry);
  }
  return [...seen.values()]
    .map(
      (entry) =>
        `<details><summary><code>${escapeXml(entry.type)}</code> <span class="dim">${entry.octets.length} octets, ${escapeXml(entry.hops.join(', '))}</span></summary>${hexdumpHtml(entry.octets)}</details>`,
    )
    .join('');
}

function stepTable(steps: readonly TracedStep[]): string {
  const rows = steps.map((step) => {
    const checks = step.checks
      .map(
        (check) =>
          `<span class="${check.holds ? '' : 'bad'}" title="${escapeXml(demandOf(check.name))}">${escapeXml(check.name)}</span>`,
      )
      .join(', ');
    const rejection = step.rejection
      ? `<br><span class="bad">${escapeXml(`${step.rejection.code}: ${step.rejection.reason}`)}</span>`
      : '';
    return `<tr><td>${escapeXml(step.party)}</td><td class="mono">${escapeXml(step.event)}</td><td class="mono">${escapeXml(step.from)} → ${escapeXml(step.to)}</td><td style="white-space:normal;min-width:320px">${checks}${rejection}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th>party</th><th>event</th><th>state</th><th>checks</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function demandOf(name: string): string {
  return name in catalogue ? catalogue[name as CheckName].demand : name;
}
