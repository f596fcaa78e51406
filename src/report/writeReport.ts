/**
 * Writing the report folder.
 *
 * @module
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { captureTrace } from '../capture/traceCapture.ts';
import type { PerformedRun } from '../run/perform.ts';
import { indexPage } from './indexPage.ts';
import { runPage } from './page.ts';
import type { ReportOptions } from './reportOptions.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequenceSvg.ts';

/**
 * Writes `index.html`, and for each run its page, its sequence diagram as SVG and its capture as pcapng. The page of a single run is `index.html`.
 *
 * @param dir - made if it is not there
 * @returns the path of `index.html`
 */
export function writeReport(dir: string, runs: readonly PerformedRun[], options: ReportOptions): string {
  makeFolder(resolve(dir));
  const [only, ...others] = runs;
  const single = only !== undefined && others.length === 0;
  for (const run of runs) {
    const { id, trace } = run;
    if (!single) writeFileSync(join(dir, `${id}.html`), runPage(run, options, 'index.html'));
    writeFileSync(join(dir, `${id}.svg`), sequenceSvg(sequenceOf(trace)));
    writeFileSync(join(dir, `${id}.pcapng`), captureTrace(trace));
  }
  const index = join(dir, 'index.html');
  writeFileSync(index, single ? runPage(only, options) : indexPage(runs, options));
  return index;
}

/** Makes a folder and those above it, one by one: the recursive form of mkdirSync never returns where a file system refuses, as /proc does. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}
