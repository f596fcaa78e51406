/**
 * `vectors`: writes test vectors, or judges a file of them.
 *
 * @module
 */
import { judgeFile } from '../judge/judge.ts';
import { judgementText } from '../judge/render.ts';
import { makeVectors, vectorModes, vectorText, type VectorChoice } from '../run/vectors.ts';
import { readInput, writeOutput } from './files.ts';
import { exit, UsageError, type ExitCode, type Io } from './io.ts';

/** The seed of the published vectors. */
export const vectorSeed = 'mikey-ticket vectors 1';

/** Options as the command line gives them. */
export interface VectorArguments {
  readonly out?: string;
  readonly check?: string;
  readonly mode?: readonly string[];
  readonly only?: string;
  readonly json?: boolean;
}

/**
 * Writes or judges vectors.
 *
 * @returns fails if a judged file falls short
 * @throws UsageError
 */
export function vectorsCommand(args: VectorArguments, io: Io): ExitCode {
  if (args.check !== undefined) {
    const other = (['out', 'mode', 'only'] as const).find((name) => (args[name] ?? []).length > 0);
    if (other) throw new UsageError(`--${other} and --check exclude each other`);
    return check(args.check, args, io);
  }
  const text = vectorText(makeVectors(vectorSeed, choiceOf(args)));
  if (args.out === undefined) io.out(text);
  else {
    writeOutput(args.out, text);
    io.out(`${args.out}\n`);
  }
  return exit.ok;
}

/** Which vectors are asked for. @throws UsageError */
function choiceOf({ mode = [], only }: VectorArguments): VectorChoice {
  const known = vectorModes();
  const unknown = mode.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`no vectors of mode '${unknown}'; there are: ${known.join(', ')}`);
  if (only !== undefined && only !== 'valid' && only !== 'rejected') {
    throw new UsageError(`--only takes valid or rejected, not '${only}'`);
  }
  return { modes: mode, ...(only === undefined ? {} : { only }) };
}

/** Judges a file. */
function check(path: string, args: VectorArguments, io: Io): ExitCode {
  const judgement = judgeFile(new TextDecoder().decode(readInput(path, io)));
  if (args.json) io.out(`${JSON.stringify(judgement, null, 2)}\n`);
  else io.out(judgementText(judgement, { color: io.color }));
  return judgement.ok ? exit.ok : exit.fails;
}
