/**
 * The command line, without a process.
 *
 * @module
 */
import { main } from '../../src/cli/main.ts';

/** What a command printed, and its exit code. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line. @param options - standard input, and columns of the terminal */
export function cli(
  args: readonly string[],
  {
    input = '',
    width = 110,
    color = false,
  }: { readonly input?: string; readonly width?: number; readonly color?: boolean } = {},
): CliResult {
  let [out, err] = ['', ''];
  const code = main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => Buffer.from(input),
    color,
    width,
  });
  return { code, out, err };
}
