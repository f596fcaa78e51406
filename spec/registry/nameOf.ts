/**
 * Looking up names of registered numbers.
 *
 * @module
 * @see [IANA, MIKEY Payload Name Spaces](https://www.iana.org/assignments/mikey-payloads/)
 */

/** A registry: names as IANA spells them, and their numbers. */
export type Registry = Readonly<Record<string, number>>;

/** One of the registered numbers of a registry. */
export type NumberOf<R extends Registry> = R[keyof R];

/**
 * The registered name of a number.
 *
 * @param registry - one of the constants in this folder
 * @param value - the number as it stands in a field
 * @returns undefined if the number is not registered
 */
export function nameOf<R extends Registry>(registry: R, value: number): (keyof R & string) | undefined {
  return Object.keys(registry).find((name) => registry[name] === value);
}
