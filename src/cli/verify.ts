/**
 * `verify`: explores the model, and says which claims hold, which do not, and what each protection is good for.
 *
 * @module
 */
import type { Command } from 'commander';
import { exploredClaims, type ExploredClaimId } from '../../spec/claims/explored.ts';
import { ablationOf, ablations } from '../../model/check/explore/ablations.ts';
import { exploredModes } from '../../model/check/explore/setups.ts';
import { usualBounds } from '../../model/check/explore/explore.ts';
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import { speaksUnicode } from '../report/theme.ts';
import { verification, type Verification, type VerifyRequest } from '../verify/verification.ts';
import { verificationText } from '../verify/verifyText.ts';
import { exit, UsageError, wholeNumber, type ExitCode, type Io } from './io.ts';

/** Options as the command line gives them. */
export interface VerifyArguments {
  readonly mode: readonly string[];
  readonly ablation: readonly string[];
  readonly bound: readonly string[];
  readonly traces?: boolean;
  readonly json?: boolean;
  readonly ascii?: boolean;
}

/**
 * Puts `verify` on the command line.
 *
 * @param takers - `done` takes the exit code; `later` takes that of a run that goes on after this returns, so that it can be interrupted;
 * undefined: it runs to its end
 */
export function addVerifyCommand(
  program: Command,
  io: Io,
  {
    done,
    later,
  }: { readonly done: (code: ExitCode) => void; readonly later: ((code: Promise<ExitCode>) => void) | undefined },
): void {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  program
    .command('verify')
    .description('explores the model with an attacker: claims, limits, and what falls without each protection')
    .argument('[name...]', 'claims and modes; none: all')
    .option('--mode <mode>', 'a mode; repeatable; default: all', collect, [])
    .option('--ablation <name>', 'what to leave out, a check or a part; repeatable; default: all', collect, [])
    .option('--bound <name=n>', 'sessions, answers, time, states or seconds; repeatable', collect, [])
    .option('--traces', 'shows every attack message by message')
    .option('--json', 'one JSON document')
    .option('--ascii', 'no other characters')
    .action((names: string[], options: VerifyArguments) => {
      const isMode = (name: string): boolean => exploredModes.includes(name);
      const claims = names.filter((name) => !isMode(name));
      const mode = [...options.mode, ...names.filter(isMode)];
      const args = { ...options, mode, ascii: options.ascii ?? !speaksUnicode(process.env) };
      const request = requestOf(claims, args);
      if (later) later(inTurns(request, args, io));
      else done(report(toTheEnd(request), args, io));
    });
}

/** @throws UsageError */
function requestOf(claims: readonly string[], args: VerifyArguments): VerifyRequest {
  const bounds = boundsOf(args.bound);
  const named = args.ablation.map((id) => {
    const found = ablationOf(id) ?? bareCheck(id);
    if (!found)
      throw new UsageError(`there is no ablation '${id}'; try one of ${ablations.map((one) => one.id).join(', ')}`);
    return found;
  });
  const some = claims.length > 0;
  return {
    claims: some ? claims.map(claimOf) : (Object.keys(exploredClaims) as ExploredClaimId[]),
    modes: args.mode.length > 0 ? args.mode.map(modeOf) : exploredModes,
    ablations: named.length > 0 ? named : some ? [] : ablations,
    everywhere: named.length > 0 && (args.mode.length > 0 || named.some((one) => one.places.length === 0)),
    withClaims: named.length === 0,
    ...bounds,
  };
}

/** Any check can be left out, even if nothing is known about it. */
function bareCheck(id: string): VerifyRequest['ablations'][number] | undefined {
  if (!(id in catalogue)) return undefined;
  const name = id as CheckName;
  const leftOut = { checks: new Set([name]), parts: new Set<never>() };
  return { id, title: `nobody checks that ${catalogue[name].demand}`, leftOut, places: [] };
}

function claimOf(id: string): ExploredClaimId {
  if (id in exploredClaims) return id as ExploredClaimId;
  throw new UsageError(
    `there is no claim '${id}'; try one of ${Object.keys(exploredClaims).join(', ')}, or a mode: ${exploredModes.join(', ')}`,
  );
}

function modeOf(mode: string): string {
  if (exploredModes.includes(mode)) return mode;
  throw new UsageError(`mode '${mode}' cannot be explored; try one of ${exploredModes.join(', ')}`);
}

function boundsOf(texts: readonly string[]): Pick<VerifyRequest, 'bounds' | 'options'> {
  const given = new Map<string, number>();
  for (const text of texts) {
    const [, name = '', value = ''] = /^([a-z]+)=(.*)$/.exec(text) ?? [];
    if (!(name in ranges)) {
      throw new UsageError(
        `--bound takes ${Object.keys(ranges).join(', ')} with a number, such as sessions=2, not '${text}'`,
      );
    }
    given.set(name, wholeNumber(value, `--bound ${name}`, ranges[name as keyof typeof ranges]));
  }
  const [sessions, answers, time] = ['sessions', 'answers', 'time'].map((name) => given.get(name));
  const seconds = given.get('seconds');
  return {
    bounds: {
      states: given.get('states') ?? usualBounds.states,
      milliseconds: seconds === undefined ? usualBounds.milliseconds : seconds * 1000,
    },
    options: {
      ...(sessions === undefined ? {} : { sessions }),
      ...(answers === undefined ? {} : { answersPerCall: answers }),
      ...(time === undefined ? {} : { clockSteps: time }),
    },
  };
}

const ranges = {
  sessions: { from: 1, to: 5 },
  answers: { from: 1, to: 5 },
  time: { from: 0, to: 2 },
  states: { from: 1, to: 10_000_000 },
  seconds: { from: 1, to: 86_400 },
} as const;

function toTheEnd(request: VerifyRequest): Verification {
  const steps = verification(request);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Gives the process a turn now and then, so that an interrupt is heard; the first one stops and keeps what is known. */
async function inTurns(request: VerifyRequest, args: VerifyArguments, io: Io): Promise<ExitCode> {
  let stop = false;
  const interrupt = (): void => {
    stop = true;
  };
  process.once('SIGINT', interrupt);
  const steps = verification(request);
  try {
    for (;;) {
      const { done, value } = steps.next(stop);
      if (done) {
        if (io.color) io.err('\r\u001B[K');
        return report(value, args, io);
      }
      if (io.color) io.err(`\r\u001B[K${value.setup}: ${value.states} states, ${value.waiting} to look at`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function report(found: Verification, args: VerifyArguments, io: Io): ExitCode {
  if (args.json) io.out(`${JSON.stringify(found, null, 2)}\n`);
  else {
    const view = { color: io.color, ascii: args.ascii === true, traces: args.traces === true };
    io.out(verificationText(found, view));
  }
  return found.ok ? exit.ok : exit.fails;
}
