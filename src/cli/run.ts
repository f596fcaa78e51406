/**
 * `run`: sets up calls over real bytes, and shows what happened and what holds.
 *
 * @module
 */
import { captureTraces } from '../capture/traceCapture.ts';
import { costComparisonText } from '../report/costTable.ts';
import { knowledgeByParty, knowledgeMatrix } from '../report/knowledge.ts';
import { overviewText } from '../report/overview.ts';
import { runText, type RunView } from '../report/runText.ts';
import { wrapped } from '../report/textTable.ts';
import { paint } from '../report/theme.ts';
import { writeReport } from '../report/writeReport.ts';
import { modeList, scenarioText, type PlannedRun } from '../run/modes.ts';
import { performRun, type PerformedRun } from '../run/perform.ts';
import { hex } from '../run/vector/hex.ts';
import { reasonOf, writeOutput } from './files.ts';
import { exit, UsageError, type ExitCode, type Io } from './io.ts';
import { plannedRuns, standardOptions, type RunArguments } from './runOptions.ts';
import { atScenario } from './scenarioFile.ts';

/** Up to how many runs are shown in full. */
const fewRuns = 3;

/**
 * Runs modes and scenarios, and prints them; or lists them, or prints one to start from.
 *
 * @param modes - none: all of them
 * @returns ok if every run is as it should be
 * @throws UsageError
 */
export function runCommand(modes: readonly string[], args: RunArguments, io: Io): ExitCode {
  if (args.list === true) return listModes(modes, args, io);
  if (args.print !== undefined) return printScenario(args.print, args, io);
  const plan = plannedRuns(modes, args, io);
  const runs = plan.map((planned) => performed(planned, args));
  if (args.pcap !== undefined) writeOutput(args.pcap, captureTraces(runs.map(({ trace }) => trace)));
  const report = args.report === undefined ? undefined : writeReportTo(args.report, runs, args);
  if (args.json) {
    io.out(`${JSON.stringify({ runs: runs.map((run) => jsonOf(run, args.cost === true)) }, null, 2)}\n`);
  } else {
    io.out(runsText(runs, args, io));
    if (args.pcap !== undefined) io.out(`capture: ${args.pcap}\n`);
    if (report !== undefined) io.out(`report: ${report}\n`);
  }
  return runs.every((run) => run.ok) ? exit.ok : exit.fails;
}

function performed(planned: PlannedRun, args: RunArguments): PerformedRun {
  return atScenario(planned.source === 'file' ? (args.scenario ?? planned.id) : planned.id, () =>
    performRun(planned, args.seed),
  );
}

/** Few runs in full, many at a glance; what they cost, if asked. */
function runsText(runs: readonly PerformedRun[], args: RunArguments, io: Io): string {
  const view: RunView = {
    width: io.width,
    color: io.color,
    ascii: args.ascii === true,
    showSecrets: args.showSecrets === true,
    cost: args.cost === true,
  };
  const inFull = runs.length <= fewRuns || args.full === true || view.showSecrets;
  return [
    ...(inFull ? runs.map((run) => runText(run, view)) : []),
    ...(runs.length > 1 ? [`${overviewText(runs, view)}\n`] : []),
    ...(runs.length > 1 && view.cost ? [`${costComparisonText(runs, view)}\n`] : []),
  ].join('');
}

/** The JSON form of a run. */
function jsonOf(run: PerformedRun, withCost: boolean): unknown {
  const { trace, analysis, outcomes } = run;
  return {
    mode: trace.mode,
    name: run.id,
    title: trace.title,
    ok: run.ok,
    verdicts: analysis.verdicts.map(({ claim, text, holds }) => ({ claim, holds, text })),
    limits: analysis.limits.map(({ claim, text, holds }) => ({ limit: claim, shown: holds, text })),
    calls: outcomes.map(({ caller, callee, answered, refusals, asExpected }) => ({
      caller,
      callee,
      answered,
      refusals,
      asExpected,
    })),
    messages: trace.messages.map(({ type, from, to, octets, fate }) => ({ type, from, to, bytes: hex(octets), fate })),
    knowledge: knowledgeByParty(knowledgeMatrix(trace, analysis)),
    steps: trace.steps,
    ...(withCost ? { cost: run.cost } : {}),
  };
}

/** `--list`: modes and scenarios, and what they are about. @throws UsageError */
function listModes(modes: readonly string[], args: RunArguments, io: Io): ExitCode {
  if (modes.length > 0) throw new UsageError('--list lists all modes; leave the mode out');
  const all = modeList();
  if (args.json) {
    const document = all.map(({ mode, runs }) => ({
      mode,
      scenarios: runs.map(({ id, scenario: { title, about } }) => ({ name: id, title, about })),
    }));
    io.out(`${JSON.stringify({ modes: document }, null, 2)}\n`);
    return exit.ok;
  }
  const painted = paint(io.color);
  for (const { mode, runs } of all) {
    io.out(`${painted.bold(mode)}\n`);
    for (const { id, scenario } of runs) {
      const name = id === mode ? '' : `${id}: `;
      io.out(
        `  ${wrapped(`${name}${scenario.title}. ${scenario.about ?? ''}`.trim(), { width: io.width - 2, indent: '  ' })}\n`,
      );
    }
  }
  return exit.ok;
}

/** `--print`: the JSON of a scenario. @throws UsageError */
function printScenario(name: string, args: RunArguments, io: Io): ExitCode {
  try {
    io.out(scenarioText(name, standardOptions(args)));
    return exit.ok;
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

/** Writes a report, with errors that a user can act on. */
export function writeReportTo(dir: string, runs: readonly PerformedRun[], args: RunArguments): string {
  const randomness = args.seed === undefined ? "the operating system's generator" : `seed '${args.seed}', repeatable`;
  try {
    return writeReport(dir, runs, { randomness, showSecrets: args.showSecrets === true });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new UsageError(`cannot write ${dir}: ${reasonOf(error)}`);
    throw error;
  }
}
