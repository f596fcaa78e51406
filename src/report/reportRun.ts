/**
 * What a report is made of.
 *
 * @module
 */
import type { Trace } from '../../model/trace/trace.ts';
import type { Analysis } from '../run/analysis.ts';

/** One run in a report. */
export interface ReportRun {
  /** Short name, unique in the report: part of file names and anchors. */
  readonly id: string;
  readonly trace: Trace<Uint8Array>;
  readonly analysis: Analysis;
}

/** Options of a report. */
export interface ReportOptions {
  /** How the runs got their randomness, for the reader. */
  readonly randomness: string;
  /** Whether to show key values. */
  readonly showSecrets: boolean;
}
