/**
 * Reading scenario files: the built-in modes, and those of a user.
 *
 * @module
 * @see docs/scenarios.md
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '../../model/modes/scenario.ts';
import { scenarioSchema } from './schema.ts';

/** What is wrong with a scenario file: each with the path into the file. */
export class ScenarioError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

/**
 * Reads a scenario.
 *
 * @param text - JSON
 * @throws ScenarioError with the path into the file for everything that is wrong
 */
export function parseScenario(text: string): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError([`not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const read = scenarioSchema.safeParse(json);
  if (!read.success) {
    throw new ScenarioError(read.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`));
  }
  // What is for readers and editors only does no harm.
  return read.data as Scenario;
}

/** A path into a document, such as `steps[2].ticket.flags`; the whole of it as `file`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'file' : text.replace(/^\./, '');
}

const folder = fileURLToPath(new URL('../../spec/scenarios', import.meta.url));

/** Names of the built-in scenarios, in alphabetical order. */
export function builtInNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}

/** The text of a built-in scenario, to start one's own from. @throws RangeError if there is none of that name */
export function builtInText(name: string): string {
  if (!builtInNames().includes(name)) throw new RangeError(`there is no scenario ${name}`);
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}

/** A built-in scenario. @throws RangeError if there is none of that name */
export function builtIn(name: string): Scenario {
  return parseScenario(builtInText(name));
}
