/**
 * Built-in scenarios, changed as a user would change them.
 *
 * @module
 */
import type { AnalysedPlay } from '../../src/run/byteRun.ts';
import { playAndAnalyse } from '../../src/run/byteRun.ts';
import { scenarioText } from '../../src/run/modes.ts';
import { parseScenario, ScenarioError } from '../../src/scenario/file.ts';

/** JSON that can be changed in place. */
// oxlint-disable-next-line typescript/no-explicit-any -- scenario files are changed here as a user does it, right or wrong
export type Draft = Record<string, any>;

/** The text of a mode's scenario, changed. */
export function changed(name: string, change: (draft: Draft) => void = () => {}): string {
  const draft = JSON.parse(scenarioText(name, {})) as Draft;
  change(draft);
  return JSON.stringify(draft);
}

/** Plays a changed scenario over bytes. */
export function playChanged(name: string, change?: (draft: Draft) => void): AnalysedPlay {
  return playAndAnalyse(parseScenario(changed(name, change)), 'scenario');
}

/** What is wrong with a changed scenario. */
export function problemsOf(name: string, change?: (draft: Draft) => void): readonly string[] {
  try {
    parseScenario(changed(name, change));
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}
