/**
 * What the judge finds.
 *
 * @module
 */

/** One thing that falls short. */
export interface Finding {
  /** `error`: less than the RFC demands. `warning`: allowed, but not by the strict profile. */
  readonly level: 'error' | 'warning';
  /** Index of the message; undefined for what concerns the whole vector. */
  readonly message: number | undefined;
  /** Its type, or what else it concerns. */
  readonly subject: string;
  /** Requirement id, or id of a finding of ours where the RFC leaves a choice. */
  readonly clause: string;
  readonly reason: string;
}

/** Gathers findings about one vector. */
export class Findings {
  readonly list: Finding[] = [];

  /** Something falls short of the RFC. */
  error(subject: Subject, clause: string, reason: string): void {
    this.list.push({ level: 'error', message: subject.index, subject: subject.type, clause, reason });
  }

  /** Something is allowed, but not by the strict profile. */
  warning(subject: Subject, clause: string, reason: string): void {
    this.list.push({ level: 'warning', message: subject.index, subject: subject.type, clause, reason });
  }

  /** Demands something. @returns whether it holds */
  demand(
    holds: boolean,
    subject: Subject,
    { clause, reason }: { readonly clause: string; readonly reason: string },
  ): boolean {
    if (!holds) this.error(subject, clause, reason);
    return holds;
  }
}

/** What a finding is about: a message, or a part of the vector. */
export interface Subject {
  readonly index: number | undefined;
  readonly type: string;
}

/** A part of a vector that is no message. */
export function part(name: string): Subject {
  return { index: undefined, type: name };
}
