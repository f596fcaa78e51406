/**
 * Independent programs that tests hold our bytes against. On a user's machine a missing program skips its tests, and says so; in CI, where
 * MIKEY_INTEROP is `required`, it fails them.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** Whether missing programs are a failure. */
export const required = process.env['MIKEY_INTEROP'] === 'required';

/** Whether a program runs. */
export function runs(program: string, versionArgs: readonly string[]): boolean {
  if (program.startsWith('/') && !existsSync(program)) return false;
  try {
    execFileSync(program, versionArgs, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Tests against a program.
 *
 * @param program - name on PATH or absolute path
 * @param options - arguments that print its version, and the Debian package that has it
 */
export function describePeer(
  program: string,
  options: { readonly versionArgs: readonly string[]; readonly debian: string },
  body: () => void,
): void {
  const available = runs(program, options.versionArgs);
  if (!available && required) {
    test(`${program} is installed`, () => {
      expect.fail(`interop is required and ${program} is missing: apt-get install ${options.debian}`);
    });
    return;
  }
  describe.skipIf(!available)(
    `against ${program}${available ? '' : ` (not installed: apt-get install ${options.debian})`}`,
    body,
  );
}

/** Runs a program without a shell, in at most a minute. @returns what it printed */
export function output(program: string, args: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync(program, args, {
    timeout: 60_000,
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input ? { input } : {}),
  });
}
