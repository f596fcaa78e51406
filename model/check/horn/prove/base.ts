/**
 * The clauses found so far, without those that others subsume.
 *
 * @module
 */
import type { CClause } from './compiled.ts';
import { ClauseIndex } from './index.ts';
import { ClauseQueue } from './queue.ts';
import type { Subsumes } from './subsume.ts';

/** Clauses waiting and clauses done. */
export class ClauseBase {
  readonly queue = new ClauseQueue();
  readonly #subsumes: Subsumes;
  readonly #all = new ClauseIndex();
  readonly #alive = new Set<CClause>();
  readonly #dead = new Set<CClause>();

  constructor(subsumes: Subsumes) {
    this.#subsumes = subsumes;
  }

  /** How many clauses are kept. */
  get size(): number {
    return this.#alive.size;
  }

  /** Whether a clause is still kept. */
  isAlive(clause: CClause): boolean {
    return this.#alive.has(clause);
  }

  get clauses(): readonly CClause[] {
    return [...this.#alive];
  }

  /** Adds a clause, unless a kept one subsumes it; those that it subsumes go. */
  add(clause: CClause): void {
    const subsumes = this.#subsumes;
    for (const general of this.#all.general(clause.conclusion)) {
      if (this.#alive.has(general) && subsumes(general, clause)) return;
    }
    for (const special of this.#all.special(clause.conclusion)) {
      if (this.#alive.has(special) && subsumes(clause, special)) {
        this.#alive.delete(special);
        this.#dead.add(special);
        this.queue.remove(special);
      }
    }
    if (this.#dead.size > 500) {
      this.#all.drop((gone) => this.#dead.has(gone));
      this.#dead.clear();
    }
    this.#alive.add(clause);
    this.#all.add(clause.conclusion, clause);
    this.queue.add(clause);
  }
}
