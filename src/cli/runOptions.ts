/**
 * Options of `run`, from arguments to what to run.
 *
 * @module
 */
import { flagNames } from '../../model/message/ticketFlags.ts';
import { strictFlags } from '../../model/modes/scenario.ts';
import type { StandardOptions } from '../../model/modes/standard.ts';
import { brokenFlagRule, flagsOf } from '../../model/policy/flags.ts';
import { planRuns, withSuite, type PlannedRun } from '../run/modes.ts';
import { UsageError, wholeNumber, type Io } from './io.ts';
import { readScenario } from './scenarioFile.ts';

/** Most endpoints that a call can be forked to: the diagram has to stay readable. */
const mostForks = 32;

/** Options as the command line gives them. */
export interface RunArguments {
  readonly forks?: string;
  readonly prf?: string;
  readonly seed?: string;
  readonly keyForking?: boolean;
  readonly flags?: string;
  readonly streams?: string;
  readonly json?: boolean;
  readonly pcap?: string;
  readonly report?: string;
  readonly showSecrets?: boolean;
  readonly ascii?: boolean;
  readonly scenario?: string;
  readonly list?: boolean;
  readonly print?: string;
  readonly cost?: boolean;
  readonly full?: boolean;
}

/** The options that only the standard flow has, by their names in {@link RunArguments}; the others are written down in scenarios. */
const standardOnly = {
  forks: '--forks',
  streams: '--streams',
  flags: '--flags',
  keyForking: '--no-key-forking',
} as const satisfies Partial<Record<keyof RunArguments, string>>;

/**
 * What to run: the chosen modes, and the scenario of a file; with neither, all modes.
 *
 * @throws UsageError for modes, numbers, PRFs or flags that make no sense, and for options that none of the chosen modes has
 */
export function plannedRuns(chosen: readonly string[], args: RunArguments, io: Io): readonly PlannedRun[] {
  const options = standardOptions(args);
  const modes = args.scenario !== undefined && chosen.length === 0 ? [] : known(chosen, options);
  const stray = givenOnlyForStandard(args);
  if (stray !== undefined && !modes.some(({ id }) => id === 'standard')) {
    const others = args.scenario !== undefined && chosen.length === 0 ? args.scenario : chosen.join(', ');
    throw new UsageError(`${stray} is an option of the mode standard; it makes no sense for ${others}`);
  }
  const file = args.scenario === undefined ? [] : [readScenario(args.scenario, io, modes)];
  return [...modes, ...file].map((run) => withSuite(run, options.suite));
}

/** Modes by their names. @throws UsageError */
function known(chosen: readonly string[], options: StandardOptions): readonly PlannedRun[] {
  try {
    return planRuns(chosen, options);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function givenOnlyForStandard(args: RunArguments): string | undefined {
  const given = (Object.keys(standardOnly) as (keyof typeof standardOnly)[]).find((name) =>
    // Commander sets keyForking to true where nobody says anything.
    name === 'keyForking' ? args.keyForking === false : args[name] !== undefined,
  );
  return given && standardOnly[given];
}

/**
 * The options of the standard flow.
 *
 * @throws UsageError for numbers, PRFs or flags that make no sense
 */
export function standardOptions(args: RunArguments): StandardOptions {
  if (args.prf !== undefined && args.prf !== 'sha1' && args.prf !== 'sha256') {
    throw new UsageError(`--prf takes sha1 or sha256, not '${args.prf}'`);
  }
  if (args.flags !== undefined && args.keyForking === false) {
    throw new UsageError('--no-key-forking and --flags exclude each other: leave I out of the flags');
  }
  const flags = args.keyForking === false ? strictFlags.replace('I', '') : args.flags;
  if (flags !== undefined) checkFlags(flags);
  return {
    ...(args.forks === undefined ? {} : { forks: wholeNumber(args.forks, '--forks', { from: 1, to: mostForks }) }),
    ...(args.streams === undefined ? {} : { streams: wholeNumber(args.streams, '--streams', { from: 1, to: 64 }) }),
    ...(args.prf === undefined ? {} : { suite: args.prf }),
    ...(flags === undefined ? {} : { flags }),
  };
}

/** Flags that mode 1 can run with. */
function checkFlags(letters: string): void {
  const stray = letters.split('').find((letter) => !(flagNames as readonly string[]).includes(letter));
  if (stray !== undefined) throw new UsageError(`--flags takes letters from D to O, not '${stray}'`);
  if (new Set(letters).size !== letters.length) throw new UsageError('--flags names a flag twice');
  const flags = flagsOf(letters);
  const broken = brokenFlagRule(flags, { holdsTGK: true });
  if (broken !== undefined) throw new UsageError(`--flags ${letters} breaks the rule '${broken}' (rfc6043:6.10)`);
  if (!flags.D) throw new UsageError('--flags without D: the Initiator makes no tickets in this mode');
  if (flags.K) throw new UsageError('--flags with K: only the KMS sets it (rfc6043:6.10-36)');
}
