/**
 * Performs planned runs.
 *
 * @module
 */
import type { CallOutcome } from '../../model/modes/outcome.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Analysis } from './analysis.ts';
import { playAndAnalyse } from './byteRun.ts';
import type { RunCost } from './cost.ts';
import type { PlannedRun } from './modes.ts';

/** A run that is over, and all that there is to say about it. */
export interface PerformedRun {
  /** Short name, unique among the runs of a report: part of file names and anchors. */
  readonly id: string;
  /** What it is to show, for a reader. */
  readonly about: string | undefined;
  readonly trace: Trace<Uint8Array>;
  readonly analysis: Analysis;
  /** What came out of each call. */
  readonly outcomes: readonly CallOutcome[];
  readonly cost: RunCost;
  /**
   * Whether the run is as it should be: a mode came out as it says and shows what is claimed about it; a scenario of a user came out as it
   * says.
   */
  readonly ok: boolean;
}

/**
 * Performs a run.
 *
 * @param seed - undefined: the CSPRNG and the system clock. Each run has randomness of its own, also with the same seed
 * @throws ImpossibleStep with the path into the scenario, if a step or a fault turns out to be impossible
 */
export function performRun({ id, scenario, source }: PlannedRun, seed?: string): PerformedRun {
  const own = seed === undefined || id === 'standard' ? seed : `${seed}/${id}`;
  const { played, analysis, cost } = playAndAnalyse(scenario, own);
  const { trace, outcomes } = played;
  const ok = trace.asExpected && (source === 'file' || analysis.ok);
  return { id, about: scenario.about, trace, analysis, outcomes, cost, ok };
}
