/**
 * What a finding is: a place where the standards leave a choice, contradict themselves or are weak, with what we do.
 *
 * A: a choice that changes octets or keys. B: a choice that changes what is accepted. C: what weakens security under
 * every reading. W: a weakness of the protocol. N: found by this project, while building or testing it. A finding is written to be understood alone, as in an erratum.
 * @module
 * @see [RFC 6043, section 12](https://www.rfc-editor.org/rfc/rfc6043.html#section-12)
 */

/** Number of a finding: A, B or C for readings, W for weaknesses, N for what this project found. */
export type FindingNumber = `${'A' | 'B' | 'C' | 'W' | 'N'}${number}`;

/** A name for the choice, for tools that let others read the standard in another way. */
export interface FindingOption {
  /** Short name, such as `kemac_t`. */
  readonly name: string;
  /** The possible values. */
  readonly values: readonly string[];
  /** The value in use unless another is asked for. */
  readonly default: string;
}

/**
 * How a finding was established, before any run of this project.
 *
 * - read: by reading the texts
 * - shown on bytes: by a computation over real octets
 * - shown by a prover: on a hand-written model, in an abstraction
 *
 * Of several, the strongest counts; the text says what was only read.
 */
export type FindingEvidence = 'read' | 'shown on bytes' | 'shown by a prover';

/** One finding. */
export interface Finding {
  /** Its number, for example `A1` or `W21`. */
  readonly id: FindingNumber;
  /** One line. */
  readonly title: string;
  /** The clauses concerned, as `rfcNNNN:clause`, the most telling one first. */
  readonly clauses: readonly [string, ...string[]];
  /** What the text leaves open or gets wrong. */
  readonly problem: string;
  /** The possible readings, the chosen one first. */
  readonly readings?: readonly string[];
  /** The choice as a named option, where there is one. */
  readonly option?: FindingOption;
  /** A second option, where a finding has two. */
  readonly alsoOption?: FindingOption;
  /** What we do, and why. */
  readonly choice: string;
  /** What follows for security or interoperability. */
  readonly consequence: string;
  /** What the standard should say, as a suggestion for an erratum or a profile. */
  readonly proposal?: string;
  /** How it was established. */
  readonly evidence: FindingEvidence;
  /**
   * - open: no demonstration of this project, the text stands alone
   * - demonstrated: carried out over octets, without and with what protects, by the command that the page of findings names
   */
  readonly status: 'open' | 'demonstrated';
}
