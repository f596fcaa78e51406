/**
 * Options of `run`, from arguments to {@link StandardOptions}.
 *
 * @module
 */
import { flagNames } from '../../model/message/ticketFlags.ts';
import { strictFlags } from '../../model/modes/scenario.ts';
import type { StandardOptions } from '../../model/modes/standard.ts';
import { brokenFlagRule, flagsOf } from '../../model/policy/flags.ts';
import { UsageError, wholeNumber } from './io.ts';

/** Modes that can be run. */
export const modes = ['standard'] as const;

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
}

/**
 * What to run.
 *
 * @throws UsageError for modes, numbers, PRFs or flags that make no sense
 */
export function standardOptions(chosen: readonly string[], args: RunArguments): StandardOptions {
  const unknown = chosen.find((mode) => !(modes as readonly string[]).includes(mode));
  if (unknown !== undefined) throw new UsageError(`unknown mode '${unknown}'; there is: ${modes.join(', ')}`);
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
