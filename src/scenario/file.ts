/**
 * Reading scenario files: the built-in modes, and those of a user.
 *
 * @module
 * @see docs/scenarios.md
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KmsSpec, Scenario } from '../../model/modes/scenario.ts';
import { scenarioProblems } from '../../model/modes/scenarioProblems.ts';
import { parsePolicy } from '../policy/file.ts';
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

/** Most problems that are worth telling. */
const mostProblems = 20;

/**
 * Reads a scenario.
 *
 * @param text - JSON
 * @param readPolicy - gives the text of the policy file that a path in the scenario means; may throw an Error that says why it cannot
 * @throws ScenarioError with the path into the file for everything that is wrong
 */
export function parseScenario(text: string, readPolicy: (path: string) => string = noPolicies): Scenario {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ScenarioError([`not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const read = scenarioSchema.safeParse(json);
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `${pathText([...issue.path, key])}: there is no such field`)
        : [`${pathText(issue.path)}: ${issue.message}`],
    );
    throw new ScenarioError(problems.slice(0, mostProblems));
  }
  const { kmss, ...rest } = read.data;
  const withPolicies = kmss.map(({ policyFile, ...kms }, index): KmsSpec => {
    if (policyFile === undefined) return kms;
    return { ...kms, policy: policyFrom(policyFile, { readPolicy, path: `kmss[${index}].policyFile` }) };
  });
  // What is for editors only does no harm, and optional fields that are not there are absent: what zod calls `| undefined` is exact.
  const scenario = { ...rest, kmss: withPolicies } as Scenario;
  const problems = scenarioProblems(scenario).map(({ path, problem }) => `${path}: ${problem}`);
  if (problems.length > 0) throw new ScenarioError(problems.slice(0, mostProblems));
  return scenario;
}

function policyFrom(
  file: string,
  { readPolicy, path }: { readonly readPolicy: (path: string) => string; readonly path: string },
): NonNullable<KmsSpec['policy']> {
  let text: string;
  try {
    text = readPolicy(file);
  } catch (error) {
    throw new ScenarioError([`${path}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const policy = parsePolicy(text);
  if (!policy.ok) throw new ScenarioError(policy.problems.map((problem) => `${path}: ${file}: ${problem}`));
  return policy.policy;
}

function noPolicies(): never {
  throw new Error('there is no folder here to look for a policy file in');
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
