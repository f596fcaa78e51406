/**
 * Writing the report folder.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  mkdirSync(dir, { recursive: true });
  for (const { id, trace } of runs) {
    writeFileSync(join(dir, `${id}.svg`), sequenceSvg(sequenceOf(trace)));
    writeFileSync(join(dir, `${id}.pcapng`), captureTrace(trace));
  }
  const index = join(dir, 'index.html');
  writeFileSync(index, reportPage(runs, options));
  return index;
}
