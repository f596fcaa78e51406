/**
 * Where a command writes to, and how it ends.
 *
 * @module
 */

/** Exit codes: all that was asked holds; it does not; wrong usage. */
export const exit = { ok: 0, fails: 1, usage: 2 } as const;

/** One of the exit codes. */
export type ExitCode = (typeof exit)[keyof typeof exit];

/** The surroundings of a command, so that tests can stand in for a terminal. */
export interface Io {
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Reads standard input to its end. */
  readonly stdin: () => Uint8Array;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Wrong usage: one line, exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * A whole number from an argument.
 *
 * @param range - smallest and largest value allowed
 * @throws UsageError if it is none
 */
export function wholeNumber(text: string, name: string, range: { readonly from: number; readonly to: number }): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.from && value <= range.to)) {
    throw new UsageError(`${name} takes a whole number from ${range.from} to ${range.to}, not '${text}'`);
  }
  return value;
}

/**
 * Octets from an argument in hexadecimal.
 *
 * @throws UsageError without repeating the text, which may be a secret
 */
export function hexOctets(text: string, name: string): Uint8Array {
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) throw new UsageError(`${name} takes octets in hexadecimal, two digits each`);
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
