/**
 * Writing the report folder.
 *
 * @module
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { captureTrace } from '../capture/traceCapture.ts';
import { reportPage } from './page.ts';
import type { ReportOptions, ReportRun } from './reportRun.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceSvg } from './sequenceSvg.ts';

/**
 * Writes `index.html`, and for each run its sequence diagram as SVG and its capture as pcapng.
 *
 * @param dir - made if it is not there
 * @returns the path of `index.html`
 */
export function writeReport(dir: string, runs: readonly ReportRun[], options: ReportOptions): string {
  makeFolder(resolve(dir));
  for (const { id, trace } of runs) {
    writeFileSync(join(dir, `${id}.svg`), sequenceSvg(sequenceOf(trace)));
    writeFileSync(join(dir, `${id}.pcapng`), captureTrace(trace));
  }
  const index = join(dir, 'index.html');
  writeFileSync(index, reportPage(runs, options));
  return index;
}

/** Makes a folder and those above it, one by one: the recursive form of mkdirSync never returns where a file system refuses, as /proc does. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}
