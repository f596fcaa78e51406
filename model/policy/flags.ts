/**
 * The twelve flags of a Ticket Policy: what they imply, and how they are written.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { flagNames, type FlagName, type TicketFlags } from '../message/ticketPolicy.ts';

/** A rule that a legal set of flags obeys. */
export interface FlagRule {
  /** The rule as the RFC writes it, such as `NOT D implies L`. */
  readonly rule: string;
  /** Whether a set of flags obeys it. */
  readonly holds: (flags: TicketFlags) => boolean;
}

/** The implications, in the order of the text; `NOT G implies H` and `NOT H implies G` say the same (finding B10). */
export const flagRules: readonly FlagRule[] = [
  { rule: 'NOT D implies L', holds: (f) => f.D || f.L },
  { rule: 'G implies F', holds: (f) => !f.G || f.F },
  { rule: 'NOT G implies H', holds: (f) => f.G || f.H },
  { rule: 'NOT H implies G', holds: (f) => f.H || f.G },
  { rule: 'I implies E', holds: (f) => !f.I || f.E },
  { rule: 'K implies D', holds: (f) => !f.K || f.D },
  { rule: 'M implies F', holds: (f) => !f.M || f.F },
];

/** The rule that ties F to key forking, which depends on the keys in the ticket too. */
export const forkedTgkRule = 'I and a TGK in the ticket imply F';

/**
 * The first rule that the flags break.
 *
 * @param options - whether a TGK or TGK+SALT is encoded in the ticket, as far as known
 * @returns the rule's text; undefined if the flags are legal
 */
export function brokenFlagRule(flags: TicketFlags, options: { readonly holdsTGK: boolean }): string | undefined {
  const broken = flagRules.find((rule) => !rule.holds(flags));
  if (broken) return broken.rule;
  return flags.I && options.holdsTGK && !flags.F ? forkedTgkRule : undefined;
}

/** Flags from the letters that are set, such as `DEFGHIJNO`. */
export function flagsOf(letters: string): TicketFlags {
  const set = new Set(letters);
  return Object.fromEntries(flagNames.map((name) => [name, set.has(name)])) as Record<FlagName, boolean>;
}

/** The letters of the flags that are set, in order. */
export function lettersOf(flags: TicketFlags): string {
  return flagNames.filter((name) => flags[name]).join('');
}

/** The flags in which two sets differ. */
export function differingFlags(a: TicketFlags, b: TicketFlags): readonly FlagName[] {
  return flagNames.filter((name) => a[name] !== b[name]);
}
