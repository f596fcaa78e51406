/**
 * Provers of others, run as programs of their own: E and SPASS.
 *
 * Both saturate. With the flags below they decide the theories of this project in seconds; with E's `--auto` it does not end.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toDfg } from '../../model/check/horn/export/dfg.ts';
import { toTptp } from '../../model/check/horn/export/tptp.ts';
import type { Refutation } from '../../model/check/horn/refutation.ts';

/** The provers that can be run. */
export type OutsideProver = 'eprover' | 'spass';

/** `derivable`: the facts that must never be derived are; `underivable`: they are not; `unknown`: out of time or memory; `missing`: not installed. */
export type OutsideAnswer = 'derivable' | 'underivable' | 'unknown' | 'missing';

/** What a prover said. */
export interface OutsideVerdict {
  readonly prover: OutsideProver;
  readonly answer: OutsideAnswer;
  readonly seconds: number;
}

interface Prover {
  readonly program: string;
  /** Debian package. */
  readonly debian: string;
  readonly extension: string;
  readonly write: (problem: Refutation) => string;
  /** Arguments, for each way to try; the time is shared. */
  readonly ways: readonly ((file: string, seconds: number) => readonly string[])[];
  readonly derivable: RegExp;
  readonly underivable: RegExp;
}

/** How each prover is called and read. */
export const outsideProvers: Readonly<Record<OutsideProver, Prover>> = {
  eprover: {
    program: 'eprover',
    debian: 'eprover',
    extension: 'p',
    write: toTptp,
    // What one way of selecting literals runs away on, another often decides at once.
    ways: ['SelectMinOptimalNoTypePred', 'SelectMaxLComplexAvoidPosPred'].map((selection) => (file, seconds) => [
      '--silent',
      '--tptp3-format',
      `--cpu-limit=${seconds}`,
      '-W',
      selection,
      '-tKBO6',
      '-H(1*Clauseweight(ConstPrio,1,1,1),1*FIFOWeight(ConstPrio))',
      file,
    ]),
    derivable: /SZS status Unsatisfiable/u,
    underivable: /SZS status Satisfiable/u,
  },
  spass: {
    program: 'SPASS',
    debian: 'spass',
    extension: 'dfg',
    write: toDfg,
    ways: [(file, seconds) => [`-TimeLimit=${seconds}`, '-PGiven=0', '-PProblem=0', file]],
    derivable: /SPASS beiseite: Proof found/u,
    underivable: /SPASS beiseite: Completion found/u,
  },
};

/**
 * Asks a prover.
 *
 * @param options - `seconds`: processor time at most; default 60
 */
export async function askOutside(
  prover: OutsideProver,
  problem: Refutation,
  { seconds = 60 }: { readonly seconds?: number } = {},
): Promise<OutsideVerdict> {
  const { program, extension, write, ways, derivable, underivable } = outsideProvers[prover];
  const directory = await mkdtemp(join(tmpdir(), 'mikey-prove-'));
  const start = performance.now();
  try {
    const file = join(directory, `problem.${extension}`);
    await writeFile(file, write(problem));
    const share = Math.max(1, Math.floor(seconds / ways.length));
    let answer: OutsideAnswer = 'unknown';
    for (const way of ways) {
      const printed = await printedBy(program, way(file, share), share);
      if (printed === undefined) answer = 'missing';
      else if (derivable.test(printed)) answer = 'derivable';
      else if (underivable.test(printed)) answer = 'underivable';
      if (answer !== 'unknown') break;
    }
    return { prover, answer, seconds: (performance.now() - start) / 1000 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What a program printed on stdout and stderr; undefined if it is not installed. It is stopped soon after its time. */
function printedBy(program: string, args: readonly string[], seconds: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 1000 * seconds + 2000,
      killSignal: 'SIGKILL',
    });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.on('close', () => resolve(printed.join('')));
  });
}
