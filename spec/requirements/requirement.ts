/**
 * The record of one normative statement, its status, and the deep link of its clause.
 *
 * An id is `rfcNNNN:<clause>-<n>`: n counts the statements of the deepest numbered clause, from 1, in text order.
 * The text is a paraphrase. The standard itself is the authority: follow {@link urlOf}.
 * @module
 * @see [RFC 6043, section 2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-2.1)
 */

/**
 * Level of a statement: the RFC 2119 word as used, or DEFINES for a layout, table or computation that is normative
 * without a key word.
 */
export type Level =
  | 'MUST'
  | 'MUST NOT'
  | 'SHALL'
  | 'SHALL NOT'
  | 'REQUIRED'
  | 'MANDATORY'
  | 'SHOULD'
  | 'SHOULD NOT'
  | 'RECOMMENDED'
  | 'NOT RECOMMENDED'
  | 'MAY'
  | 'OPTIONAL'
  | 'DEFINES';

/**
 * What became of a statement.
 *
 * - implemented: code and a test cite the id.
 * - open: not yet built; `needs` names the feature it waits for (see {@link Feature}).
 * - not-applicable: asks nothing of an implementation, or permits what we do not use; `why` tells which.
 * - deviation: knowingly not followed; `why` gives the reason.
 */
export type Status =
  | { readonly state: 'implemented' }
  | { readonly state: 'open'; readonly needs: string }
  | { readonly state: 'not-applicable'; readonly why: string }
  | { readonly state: 'deviation'; readonly why: string };

/** One normative statement. */
export interface Requirement {
  /** `rfcNNNN:<clause>-<n>`, for example `rfc6043:4.2.2.4-2` or `rfc6043:A.2.1-1`. */
  readonly id: string;
  /** How strongly the statement binds. */
  readonly level: Level;
  /** One short line that stands alone, with the names of the RFC. */
  readonly text: string;
  /** What became of it. */
  readonly status: Status;
}

/** The features that open statements wait for. */
export const features = ['services'] as const;

/** Name of a feature that is not yet built. */
export type Feature = (typeof features)[number];

/** Status of a statement that code and a test cite. */
export const implemented: Status = { state: 'implemented' };

/**
 * Status of a statement that waits for a feature.
 * @param needs the feature
 * @returns the status `open`
 */
export function open(needs: Feature): Status {
  return { state: 'open', needs };
}

/**
 * Status of a statement that asks nothing of this implementation.
 * @param why the reason, one line
 * @returns the status `not-applicable`
 */
export function notApplicable(why: string): Status {
  return { state: 'not-applicable', why };
}

/**
 * Status of a statement that is knowingly not followed.
 * @param why the reason, one line
 * @returns the status `deviation`
 */
export function deviation(why: string): Status {
  return { state: 'deviation', why };
}

/** RFC number, clause (digits, or one letter for an appendix) and statement number, none with a leading zero. */
const idPattern = /^rfc([1-9]\d*):((?:[1-9]\d*|[A-Z])(?:\.[1-9]\d*)*)-[1-9]\d*$/;

/**
 * The deep link of the clause that a requirement id names.
 * @param id a requirement id of any RFC, for example `rfc6043:4.2.1-1`
 * @returns the address of the section or appendix at the RFC editor
 * @throws RangeError when `id` is not a requirement id
 */
export function urlOf(id: string): string {
  const [, rfc, clause] = idPattern.exec(id) ?? [];
  if (rfc === undefined || clause === undefined) throw new RangeError(`not a requirement id: ${JSON.stringify(id)}`);
  const kind = /^[A-Z]/.test(clause) ? 'appendix' : 'section';
  return `https://www.rfc-editor.org/rfc/rfc${rfc}.html#${kind}-${clause}`;
}
