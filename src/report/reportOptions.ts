/**
 * What a report is made of.
 *
 * @module
 */

/** Options of a report. */
export interface ReportOptions {
  /** How the runs got their randomness, for the reader. */
  readonly randomness: string;
  /** Whether to show key values. */
  readonly showSecrets: boolean;
}
