/**
 * The modes that can be run, and the scenarios that each consists of.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import type { Scenario } from '../../model/modes/scenario.ts';
import { prfName, standardScenario, type StandardOptions } from '../../model/modes/standard.ts';
import { builtIn, builtInNames, builtInText } from '../scenario/file.ts';

/** A scenario to run. */
export interface PlannedRun {
  /** Short name, unique among the runs of a report: part of file names and anchors. */
  readonly id: string;
  readonly scenario: Scenario;
  /** Whose claims decide: a mode has to show what is claimed about it; a scenario of a user only what it expects itself. */
  readonly source: 'mode' | 'file';
}

/** The order in which modes are listed; those that are not here come after them. */
const order: readonly string[] = [
  'standard',
  'reused',
  'group',
  'group-reused',
  'otway-rees',
  'otway-rees-reused',
  'otway-rees-group',
  'otway-rees-group-reused',
  'two-kms',
  'public-key',
  'kerberos',
  'pre-shared',
];

/** The built-in scenarios: the standard flow, which has options, and all others, which are files. */
function scenarios(options: StandardOptions): readonly PlannedRun[] {
  const standard = { ...standardScenario(options), about: aboutStandard };
  const files = builtInNames().map((id): PlannedRun => ({ id, scenario: builtIn(id), source: 'mode' }));
  const rank = ({ scenario }: PlannedRun): number => {
    const place = order.indexOf(scenario.mode);
    return place < 0 ? order.length : place;
  };
  return [{ id: 'standard', scenario: standard, source: 'mode' } satisfies PlannedRun, ...files].toSorted(
    (a, b) => rank(a) - rank(b),
  );
}

/** What the standard flow shows. */
const aboutStandard =
  'Mode 1: alice asks the KMS for a ticket and calls bob; each of his endpoints has the KMS resolve it, and gets keys of its own.';

/** All modes, and the scenarios of each. */
export function modeList(): readonly { readonly mode: string; readonly runs: readonly PlannedRun[] }[] {
  const all = scenarios({});
  const modes = [...new Set(all.map(({ scenario }) => scenario.mode))];
  return modes.map((mode) => ({ mode, runs: all.filter(({ scenario }) => scenario.mode === mode) }));
}

/**
 * What to run.
 *
 * @param chosen - modes, or names of single scenarios; none: all
 * @param options - of the standard flow
 * @throws RangeError with what there is, for a name that is neither
 */
export function planRuns(chosen: readonly string[], options: StandardOptions): readonly PlannedRun[] {
  const all = scenarios(options);
  if (chosen.length === 0) return all;
  const runs = chosen.flatMap((name) => {
    const mode = all.filter(({ scenario }) => scenario.mode === name);
    const found = mode.length > 0 ? mode : all.filter(({ id }) => id === name);
    if (found.length === 0) {
      const modes = [...new Set(all.map(({ scenario }) => scenario.mode))];
      throw new RangeError(`unknown mode '${name}'; there is: ${modes.join(', ')}`);
    }
    return found;
  });
  return runs.filter((run, index) => runs.findIndex((other) => other.id === run.id) === index);
}

/** The same run with other algorithms. */
export function withSuite(run: PlannedRun, suite: Scenario['suite'] | undefined): PlannedRun {
  // The title of the standard flow tells its PRF already.
  if (suite === undefined || run.id === 'standard') return run;
  const title = `${run.scenario.title}, ${prfName(suite)}`;
  return { ...run, scenario: { ...run.scenario, suite, title } };
}

/** The JSON of a scenario, to start one's own from. @throws RangeError for a name that is no mode and no scenario */
export function scenarioText(name: string, options: StandardOptions): string {
  const [run] = planRuns([name], options);
  if (!run) throw new RangeError(`there is no scenario ${name}`);
  if (run.id !== 'standard') return builtInText(run.id);
  return `${JSON.stringify({ $schema: '../scenario.schema.json', ...run.scenario }, null, 2)}\n`;
}
