/**
 * Names in a scenario: which there are, and which mean nobody.
 *
 * @module
 */
import type { UserSpec } from './scenario.ts';

/** One thing that is wrong. */
export interface ScenarioProblem {
  /** The path into the scenario, such as `steps[2].caller`. */
  readonly path: string;
  readonly problem: string;
}

/** A text of a scenario and where it stands. */
export interface Placed {
  readonly path: string;
  readonly text: string;
}

/** The names of a user's endpoints: of its devices, or its own. */
export function endpointNames(user: UserSpec): readonly string[] {
  return user.devices.length > 0 ? user.devices.map((device) => device.name) : [user.name];
}

/** Says of each name that means nobody that it does. @param options - where it stands, whom there is, and what it should be */
export function unknown(
  names: string | readonly string[],
  options: { readonly path: string; readonly among: readonly string[]; readonly what: string },
): readonly ScenarioProblem[] {
  const { path, among, what } = options;
  const all = typeof names === 'string' ? [{ path, text: names }] : texts(names, path);
  return all
    .filter(({ text }) => !among.includes(text))
    .map((one) => ({
      path: one.path,
      problem: `${what} is called ${one.text}; there is ${among.join(', ') || 'none'}`,
    }));
}

/** Texts of a list with where each stands. */
export function texts(all: readonly string[], path: string): readonly Placed[] {
  return all.map((text, index) => ({ path: `${path}[${index}]`, text }));
}
