/**
 * Files that commands read and write, with errors that a user can act on.
 *
 * @module
 */
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { UsageError, type Io } from './io.ts';

/** Largest file that a command reads, in octets: far beyond any capture of a call. */
const largest = 256 * 1024 * 1024;

/**
 * The octets of a file; `-` is standard input.
 *
 * @throws UsageError if it cannot be read
 */
export function readInput(path: string, io: Io): Uint8Array {
  if (path === '-') return io.stdin();
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new UsageError(`${path} is a folder`);
    if (stat.size > largest) throw new UsageError(`${path} is larger than ${largest} octets`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${reasonOf(error)}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Writes a file.
 *
 * @throws UsageError if it cannot be written
 */
export function writeOutput(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${reasonOf(error)}`);
  }
}

/** What the system says about a failed call, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is no folder',
    ENOSPC: 'no space left',
  };
  return words[code] ?? (code || 'unknown reason');
}
