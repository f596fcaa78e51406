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
  /** Indices of other messages that carry the same fault, such as every message with the same ticket. */
  readonly also?: readonly number[];
  /** Index of the message before which nobody can find this, such as a MAC whose key comes with a later message. */
  readonly seenAt?: number;
}

/** Gathers findings about one vector. */
export class Findings {
  readonly list: Finding[] = [];

  /** Something falls short of the RFC. */
  error(subject: Subject, clause: string, reason: string): void {
    this.#add('error', subject, { clause, reason });
  }

  /** Something is allowed, but not by the strict profile. */
  warning(subject: Subject, clause: string, reason: string): void {
    this.#add('warning', subject, { clause, reason });
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

  #add(level: Finding['level'], subject: Subject, what: { readonly clause: string; readonly reason: string }): void {
    const { index, type, also, seenAt } = subject;
    const found: Finding = { level, message: index, subject: type, ...what };
    const more = { ...(also && also.length > 0 ? { also } : {}), ...(seenAt === undefined ? {} : { seenAt }) };
    this.list.push({ ...found, ...more });
  }
}

/** What a finding is about: a message, or a part of the vector. */
export interface Subject {
  readonly index: number | undefined;
  readonly type: string;
  /** Other messages in which the same octets stand. */
  readonly also?: readonly number[];
  /** The message before which its faults cannot be found. */
  readonly seenAt?: number;
}

/** The same subject, whose faults other messages carry too. */
export function carried<S extends Subject>(subject: S, by: readonly (Subject | undefined)[]): S {
  const more = by.flatMap((other) => (other?.index === undefined || other.index === subject.index ? [] : other.index));
  return { ...subject, also: [...new Set([...(subject.also ?? []), ...more])] };
}

/** A part of a vector that is no message. */
export function part(name: string): Subject {
  return { index: undefined, type: name };
}
