/**
 * Clauses that wait for their turn: small ones first, among equals the oldest; every few turns the oldest of all, so that none waits for ever.
 *
 * @module
 */
import type { CClause } from './compiled.ts';

/** One turn in so many goes to the oldest. */
const fairness = 8;

/** A queue of clauses. */
export class ClauseQueue {
  readonly #bySize: CClause[][] = [];
  readonly #byAge: CClause[] = [];
  #oldest = 0;
  #turn = 0;
  readonly #waiting = new Set<CClause>();

  get length(): number {
    return this.#waiting.size;
  }

  /** Puts a clause in. */
  add(clause: CClause): void {
    const bucket = (this.#bySize[clause.size] ??= []);
    bucket.push(clause);
    this.#byAge.push(clause);
    this.#waiting.add(clause);
  }

  /** Takes a clause out before its turn. */
  remove(clause: CClause): void {
    this.#waiting.delete(clause);
  }

  /** The next clause; undefined if none waits. */
  next(): CClause | undefined {
    this.#turn += 1;
    const found = this.#turn % fairness === 0 ? this.#nextByAge() : this.#nextBySize();
    if (found) this.#waiting.delete(found);
    return found;
  }

  #nextByAge(): CClause | undefined {
    while (this.#oldest < this.#byAge.length) {
      const clause = this.#byAge[this.#oldest];
      this.#oldest += 1;
      if (clause && this.#waiting.has(clause)) return clause;
    }
    return undefined;
  }

  #nextBySize(): CClause | undefined {
    for (const bucket of this.#bySize) {
      // Those that were taken by age are skipped.
      for (let clause = bucket?.shift(); clause; clause = bucket?.shift()) if (this.#waiting.has(clause)) return clause;
    }
    return undefined;
  }
}
