/**
 * Which clauses could meet: clauses by the predicate and the outermost symbol of the first argument of one of their facts.
 *
 * @module
 */
import type { CClause, CFact } from './compiled.ts';

/** Clauses by a fact of theirs. */
export class ClauseIndex {
  readonly #byTop = new Map<number, CClause[]>();
  readonly #open = new Map<number, CClause[]>();
  readonly #byPredicate = new Map<number, CClause[]>();

  /** Takes a clause in, by a fact of it. */
  add(of: CFact, clause: CClause): void {
    const top = of.a[0]?.s ?? -1;
    if (top < 0) push(this.#open, of.p, clause);
    else push(this.#byTop, keyOf(of.p, top), clause);
    push(this.#byPredicate, of.p, clause);
  }

  /** Clauses whose fact could be unified with this one. */
  unifiable(of: CFact): readonly CClause[] {
    const top = of.a[0]?.s ?? -1;
    return top < 0 ? (this.#byPredicate.get(of.p) ?? []) : this.general(of);
  }

  /** Clauses whose fact could have this one as an instance. */
  general(of: CFact): readonly CClause[] {
    const top = of.a[0]?.s ?? -1;
    const open = this.#open.get(of.p) ?? [];
    if (top < 0) return open;
    const closed = this.#byTop.get(keyOf(of.p, top)) ?? [];
    return open.length === 0 ? closed : [...open, ...closed];
  }

  /** Clauses whose fact could be an instance of this one. */
  special(of: CFact): readonly CClause[] {
    const top = of.a[0]?.s ?? -1;
    return top < 0 ? (this.#byPredicate.get(of.p) ?? []) : (this.#byTop.get(keyOf(of.p, top)) ?? []);
  }

  /** Forgets clauses. */
  drop(gone: (clause: CClause) => boolean): void {
    for (const lists of [this.#byTop, this.#open, this.#byPredicate]) {
      for (const [key, clauses] of lists) {
        lists.set(
          key,
          clauses.filter((clause) => !gone(clause)),
        );
      }
    }
  }
}

function keyOf(p: number, top: number): number {
  return p * 4096 + top;
}

function push(lists: Map<number, CClause[]>, key: number, clause: CClause): void {
  const list = lists.get(key);
  if (list) list.push(clause);
  else lists.set(key, [clause]);
}
