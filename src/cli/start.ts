/**
 * `npm start`: the main job. Runs the standard flow in all its forms, writes report, captures and vectors, and says where they are.
 *
 * @module
 */
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StandardOptions } from '../../model/modes/standard.ts';
import { messageCount } from '../report/counts.ts';
import type { ReportRun } from '../report/reportRun.ts';
import { paint, shouldColor, speaksUnicode, widthOf } from '../report/theme.ts';
import { runAndAnalyse } from '../run/byteRun.ts';
import { makeVectors, vectorText } from '../run/vectors.ts';
import { writeOutput } from './files.ts';
import { exit, type Io } from './io.ts';
import { runText, writeReportTo } from './run.ts';
import { vectorSeed } from './vectors.ts';

/** What `npm start` runs. The first one is shown in full. */
const shown: readonly (readonly [string, StandardOptions])[] = [
  ['standard', { forks: 2 }],
  ['one-endpoint', { forks: 1 }],
  ['five-endpoints', { forks: 5 }],
  ['sha1', { forks: 2, suite: 'sha1' }],
  ['no-key-forking', { forks: 2, flags: 'DEFGHJNO' }],
];

/** Where the report goes. */
const folder = 'report';

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdin: () => new Uint8Array(),
  color: shouldColor(process.stdout, process.env),
  width: widthOf(process.stdout, process.env),
};
const ascii = !speaksUnicode(process.env);
const painted = paint(io.color);

const runs = shown.map(([id, options]): ReportRun & { readonly text: () => string } => {
  const analysed = runAndAnalyse(options);
  return {
    id,
    trace: analysed.run.trace,
    analysis: analysed.analysis,
    text: () => runText(analysed, { io, ascii, showSecrets: false }),
  };
});
io.out(runs[0]?.text() ?? '');
io.out(`${painted.bold('All runs')}\n`);
for (const { trace, analysis } of runs) {
  const sign = analysis.ok ? painted.green(ascii ? 'ok' : '✓') : painted.red(ascii ? 'NO' : '✗');
  io.out(`${sign} ${trace.title}: ${messageCount(trace)}, ${analysis.verdicts.length} claims\n`);
}
const index = writeReportTo(folder, runs, {});
const vectors = join(folder, 'vectors.json');
writeOutput(vectors, vectorText(makeVectors(vectorSeed)));
const here = (path: string): string => relative(process.cwd(), resolve(path));
io.out(`\nreport    ${here(index)}\n          ${pathToFileURL(resolve(index)).href}\n`);
io.out(`captures  ${here(folder)}/*.pcapng\nvectors   ${here(vectors)}\n`);
process.exitCode = runs.every((run) => run.analysis.ok) ? exit.ok : exit.fails;
