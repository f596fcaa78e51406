/**
 * `npm start`: the main job. Runs all modes, writes report, captures and vectors, and says where they are.
 *
 * @module
 */
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { standardScenario, type StandardOptions } from '../../model/modes/standard.ts';
import { overviewText } from '../report/overview.ts';
import { runText } from '../report/runText.ts';
import { shouldColor, speaksUnicode, widthOf } from '../report/theme.ts';
import { planRuns, type PlannedRun } from '../run/modes.ts';
import { performRun } from '../run/perform.ts';
import { makeVectors, vectorText } from '../run/vectors.ts';
import { writeOutput } from './files.ts';
import { exit, type Io } from './io.ts';
import { writeReportTo } from './run.ts';
import { vectorSeed } from './vectors.ts';

/** Further forms of the standard flow, which comes first and is shown in full. */
const variants: readonly (readonly [string, StandardOptions])[] = [
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
const view = {
  width: io.width,
  color: io.color,
  ascii: !speaksUnicode(process.env),
  showSecrets: false,
  cost: false,
};

const [standard, ...others] = planRuns([], {});
const plan: readonly PlannedRun[] = [
  ...(standard ? [standard] : []),
  ...variants.map(([id, options]): PlannedRun => ({ id, scenario: standardScenario(options), source: 'mode' })),
  ...others,
];
const runs = plan.map((planned, index) => {
  const run = performRun(planned);
  if (index === 0) io.out(runText(run, view));
  return run;
});
io.out(overviewText(runs, view));
const index = writeReportTo(folder, runs, {});
const vectors = join(folder, 'vectors.json');
writeOutput(vectors, vectorText(makeVectors(vectorSeed)));
const here = (path: string): string => relative(process.cwd(), resolve(path));
io.out(`\nreport    ${here(index)}\n          ${pathToFileURL(resolve(index)).href}\n`);
io.out(`captures  ${here(folder)}/*.pcapng\nvectors   ${here(vectors)}\n`);
process.exitCode = runs.every((run) => run.ok) ? exit.ok : exit.fails;
