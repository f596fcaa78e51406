/**
 * The page of one run: one HTML file that opens offline.
 *
 * @module
 */
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Trace, TracedStep, Verdict } from '../../model/trace/trace.ts';
import type { Knowing } from '../run/analysis.ts';
import type { PerformedRun } from '../run/perform.ts';
import { costByCall } from './costTable.ts';
import { escapeXml } from './escape.ts';
import { htmlPage, tableHtml } from './html.ts';
import { hexdumpHtml } from './hexdump.ts';
import { knowledgeMatrix } from './knowledge.ts';
import { outcomeWords } from './outcomeText.ts';
import type { ReportOptions } from './reportOptions.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequenceSvg.ts';

/**
 * The page of one run.
 *
 * @param home - the page to go back to, if there is one
 */
export function runPage(run: PerformedRun, options: ReportOptions, home?: string): string {
  const back = home === undefined ? '' : `<p><a href="${escapeXml(home)}">← all runs</a></p>`;
  const about = run.about === undefined ? '' : `<p>${escapeXml(run.about)}</p>`;
  const claims = run.analysis.ok ? 'All claims hold.' : 'Not every claim holds.';
  const result = run.trace.asExpected ? claims : `Not what the scenario expects. ${claims}`;
  return htmlPage(
    run.trace.title,
    `<header>${back}
<h1>${escapeXml(run.trace.title)}</h1>${about}
<p>${howMade(options)}</p>
<p class="${run.ok ? 'ok' : 'bad'}">${result}</p>
</header>
<section>${runBody(run, options)}</section>`,
  );
}

/** How the runs of a report were made. */
export function howMade(options: ReportOptions): string {
  return `Calls set up with MIKEY-TICKET (<a href="https://www.rfc-editor.org/rfc/rfc6043.html">RFC 6043</a>) on real bytes. Every claim was computed from
the octets and keys of the run. Randomness: ${escapeXml(options.randomness)}.`;
}

function runBody(run: PerformedRun, options: ReportOptions): string {
  const { id, trace, analysis } = run;
  return `<div class="scroll">${sequenceSvg(sequenceOf(trace), `seq-${id}`)}</div>
<h2>Outcome</h2>
${outcomeList(run)}
<h2>Claims</h2>
${claimList(analysis.verdicts, 'holds')}
<h2>Limits</h2>
${claimList(analysis.limits, 'limit')}
<h2>Who can compute which key</h2>
<p class="dim">If it hears every message of the run. <span class="given">●</span> given before the run, <span class="derives">○</span> can compute it, empty: cannot.</p>
${matrixTable(run)}
<h2>What it costs</h2>
<p class="dim">Measured: messages and octets in and out, and how often a PRF, a MAC or a cipher was computed.</p>
${tableHtml(costByCall(run))}
${options.showSecrets ? secretTable(trace) : ''}
<h2>Messages</h2>
${messageList(trace)}
<h2>What each machine did</h2>
<details><summary>${trace.steps.length} steps</summary>${stepTable(trace.steps)}</details>`;
}

function outcomeList({ outcomes }: PerformedRun): string {
  const items = outcomeWords(outcomes).map(({ headline, refusals, asExpected }) => {
    const sign = asExpected ? '<b class="ok">✓</b>' : '<b class="bad">✗</b>';
    const failed = asExpected ? '' : ' <b class="bad">NOT AS EXPECTED</b>';
    const turned = refusals.map((refusal) => `<br><span class="dim">${escapeXml(refusal)}</span>`).join('');
    return `<li>${sign}${escapeXml(headline)}${failed}${turned}</li>`;
  });
  return `<ul class="claims">${items.join('')}</ul>`;
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

function matrixTable({ trace, analysis }: PerformedRun): string {
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
  return `<h2>Key values</h2><div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
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
