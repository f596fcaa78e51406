/**
 * Scenario files as arguments of commands.
 *
 * @module
 */
import { basename, dirname, resolve } from 'node:path';
import { ImpossibleStep } from '../../model/modes/impossibleStep.ts';
import type { PlannedRun } from '../run/modes.ts';
import { parseScenario, ScenarioError } from '../scenario/file.ts';
import { readInput } from './files.ts';
import { UsageError, type Io } from './io.ts';

/**
 * Reads a scenario of a user.
 *
 * @param path - of the file; `-`: standard input. Policy files are looked for beside it, or where the command runs
 * @param others - runs that it goes with, whose names it must not have
 * @throws UsageError with the path into the file, one line for each thing that is wrong
 */
export function readScenario(path: string, io: Io, others: readonly PlannedRun[]): PlannedRun {
  const text = new TextDecoder().decode(readInput(path, io));
  const folder = path === '-' ? '.' : dirname(path);
  const readPolicy = (file: string): string => new TextDecoder().decode(readInput(resolve(folder, file), noInput(io)));
  return atScenario(path, () => ({
    id: idOf(path, others),
    scenario: parseScenario(text, readPolicy),
    source: 'file',
  }));
}

/** Turns what is wrong with a scenario into wrong usage. @param path - of the scenario's file */
export function atScenario<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const problems =
      error instanceof ScenarioError ? error.problems : error instanceof ImpossibleStep ? [error.message] : undefined;
    if (!problems) throw error;
    const name = path === '-' ? 'standard input' : path;
    throw new UsageError(problems.map((problem) => `${name}: ${problem}`).join('\n'));
  }
}

/** A short name for a run, from that of its file. */
function idOf(path: string, others: readonly PlannedRun[]): string {
  const bare = basename(path)
    .replace(/\.json$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const taken = (id: string): boolean => id === 'index' || others.some((other) => other.id === id);
  const wanted = bare === '' ? 'scenario' : bare;
  return taken(wanted) ? `${wanted}-file` : wanted;
}

/** A policy never comes from standard input. */
function noInput(io: Io): Io {
  return {
    ...io,
    stdin: () => {
      throw new UsageError('a policy file cannot be standard input');
    },
  };
}
