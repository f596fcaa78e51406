/**
 * `run`: sets up calls over real bytes, and shows what happened and what holds.
 *
 * @module
 */
import { captureTrace } from '../capture/traceCapture.ts';
import { knowledgeByParty, knowledgeMatrix, knowledgeText } from '../report/knowledge.ts';
import type { ReportRun } from '../report/reportRun.ts';
import { sequenceOf } from '../report/sequence.ts';
import { sequenceText } from '../report/sequenceText.ts';
import { paint } from '../report/theme.ts';
import { writeReport } from '../report/writeReport.ts';
import { runAndAnalyse, type AnalysedRun } from '../run/byteRun.ts';
import { hex } from '../run/vector/hex.ts';
import { reasonOf, writeOutput } from './files.ts';
import { exit, UsageError, type ExitCode, type Io } from './io.ts';
import { standardOptions, type RunArguments } from './runOptions.ts';

/**
 * Runs the modes and prints them.
 *
 * @param modes - none: all of them
 * @returns ok if every claim of every run holds
 * @throws UsageError
 */
export function runCommand(modes: readonly string[], args: RunArguments, io: Io): ExitCode {
  const options = standardOptions(modes, args);
  const analysed = runAndAnalyse(options, args.seed);
  const runs: readonly ReportRun[] = [{ id: 'standard', trace: analysed.run.trace, analysis: analysed.analysis }];
  if (args.pcap !== undefined) writeOutput(args.pcap, captureTrace(analysed.run.trace));
  const report = args.report === undefined ? undefined : writeReportTo(args.report, runs, args);
  if (args.json) io.out(`${JSON.stringify({ runs: [jsonOf(analysed)] }, null, 2)}\n`);
  else {
    io.out(runText(analysed, { io, ascii: args.ascii === true, showSecrets: args.showSecrets === true }));
    if (args.pcap !== undefined) io.out(`capture: ${args.pcap}\n`);
    if (report !== undefined) io.out(`report: ${report}\n`);
  }
  return analysed.analysis.ok ? exit.ok : exit.fails;
}

/** A run for the terminal: diagram, claims, limits, knowledge matrix. */
export function runText(
  { run, analysis }: AnalysedRun,
  options: { readonly io: Io; readonly ascii: boolean; readonly showSecrets: boolean },
): string {
  const { io, ascii } = options;
  const painted = paint(io.color);
  const signs = ascii ? { ok: 'ok', no: 'FAILS', limit: '!' } : { ok: '✓', no: '✗', limit: '!' };
  const view = { width: io.width, color: io.color, ascii };
  const claims = analysis.verdicts.map((verdict) =>
    verdict.holds
      ? `${painted.green(signs.ok)} ${verdict.text}`
      : `${painted.red(signs.no)} ${verdict.text} ${painted.red('[does not hold]')}`,
  );
  const limits = analysis.limits.map((limit) =>
    limit.holds
      ? `${painted.yellow(signs.limit)} ${limit.text}`
      : `${painted.red(signs.no)} ${limit.text} ${painted.red('[not shown by this run]')}`,
  );
  const secrets = options.showSecrets
    ? [painted.bold('Key values'), ...run.trace.secrets.map((secret) => `${secret.name}  ${hex(secret.value)}`), '']
    : [];
  return [
    painted.bold(run.trace.title),
    '',
    sequenceText(sequenceOf(run.trace), view),
    '',
    painted.bold('Claims'),
    ...claims,
    '',
    painted.bold('Limits'),
    ...limits,
    '',
    painted.bold('Who can compute which key'),
    knowledgeText(knowledgeMatrix(run.trace, analysis), view),
    '',
    ...secrets,
    '',
  ].join('\n');
}

/** The JSON form of a run. */
function jsonOf({ run, analysis }: AnalysedRun): unknown {
  const { trace } = run;
  return {
    mode: trace.mode,
    title: trace.title,
    ok: analysis.ok,
    verdicts: analysis.verdicts.map(({ claim, text, holds }) => ({ claim, holds, text })),
    limits: analysis.limits.map(({ claim, text, holds }) => ({ limit: claim, shown: holds, text })),
    messages: trace.messages.map(({ type, from, to, octets }) => ({ type, from, to, bytes: hex(octets) })),
    knowledge: knowledgeByParty(knowledgeMatrix(trace, analysis)),
    steps: trace.steps,
  };
}

/** Writes a report, with errors that a user can act on. */
export function writeReportTo(dir: string, runs: readonly ReportRun[], args: RunArguments): string {
  const randomness = args.seed === undefined ? "the operating system's generator" : `seed '${args.seed}', repeatable`;
  try {
    return writeReport(dir, runs, { randomness, showSecrets: args.showSecrets === true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`cannot write ${dir}: ${reasonOf(error)}`);
    throw error;
  }
}
