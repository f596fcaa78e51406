/**
 * A story under way: what happens, and what is found to be so. Every sentence stands for something that is computed when it is told.
 *
 * @module
 */
import type { MikeyErrorCode } from '../../model/error.ts';
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import type { Outcome } from '../../model/guard/checker.ts';
import type { Fact, NamedOctets } from './fact.ts';

/** Somebody turned something down: a rejection of a step, or one in a trace. */
interface Turned {
  readonly check?: string | undefined;
}

/** Octets that are no secret. */
export function shown(name: string, octets: Uint8Array): NamedOctets {
  return { name, octets, secret: false };
}

/** A key. */
export function secret(name: string, octets: Uint8Array): NamedOctets {
  return { name, octets, secret: true };
}

/** Whether two octet strings are the same. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}

/** Collects facts. */
export class Story {
  readonly facts: Fact[] = [];

  /** Something is so. */
  holds(text: string, holds: boolean): void {
    this.facts.push({ text, holds });
  }

  /** Two octet strings, neither of them empty, are the same. */
  equal(text: string, a: NamedOctets, b: NamedOctets): void {
    const holds = a.octets.length > 0 && sameOctets(a.octets, b.octets);
    this.facts.push({ text, holds, octets: [a, b] });
  }

  /** Two octet strings differ. */
  differ(text: string, a: NamedOctets, b: NamedOctets): void {
    this.facts.push({ text, holds: !sameOctets(a.octets, b.octets), octets: [a, b] });
  }

  /** A step was accepted; returns what it gave. Nothing more can be told if it was not. */
  accepted<R>(text: string, outcome: Outcome<R>): R | undefined {
    this.holds(text, outcome.accepted);
    return outcome.accepted ? outcome.value : undefined;
  }

  /** Somebody turned something down, by the one check that is named. */
  refused(
    text: string,
    by: string,
    { check, turned }: { readonly check: CheckName; readonly turned: Turned | undefined },
  ): void {
    const { code, clauses } = catalogue[check];
    const [clause] = clauses;
    this.facts.push({ text, holds: turned?.check === check, refusal: { by, check, code, clause } });
  }

  /** Somebody turned something down that it cannot even compute, with the one code that is named. */
  refusedFor(
    text: string,
    by: string,
    options: {
      readonly code: MikeyErrorCode;
      readonly clause: string;
      readonly turned: { readonly code: string } | undefined;
    },
  ): void {
    const { code, clause, turned } = options;
    this.facts.push({ text, holds: turned?.code === code, refusal: { by, code, clause } });
  }

  /** A step was turned down, by the one check that is named. */
  refusedStep(
    text: string,
    by: string,
    { check, outcome }: { readonly check: CheckName; readonly outcome: Outcome<unknown> },
  ): void {
    this.refused(text, by, { check, turned: outcome.accepted ? undefined : outcome.rejection });
  }
}
