/**
 * Unification and matching. The two sides have variables of their own: those of the right side are moved up by an offset.
 *
 * @module
 */
import { cApp, cVar, sameCTerm, type CFact, type CTerm } from './compiled.ts';

/** A substitution being found. One object is used again and again. */
export class Unifier {
  readonly #term: (CTerm | undefined)[] = [];
  readonly #base: number[] = [];
  readonly #renamed: number[] = [];
  #fresh = 0;

  /** Forgets all; then variables 0 to `count` - 1 are free. */
  reset(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.#term[index] = undefined;
      this.#renamed[index] = -1;
    }
    this.#fresh = 0;
  }

  /** How many variables the terms have that were built since the last reset. */
  get fresh(): number {
    return this.#fresh;
  }

  /**
   * Makes two facts equal.
   *
   * @param offset - what is added to the variables of the right one, so that they differ from those of the left one
   * @returns false if there is no way; then some variables may be bound
   */
  unifyFacts(l: CFact, r: CFact, offset: number): boolean {
    if (l.p !== r.p) return false;
    for (let index = 0; index < l.a.length; index += 1) {
      const [left, right] = [l.a[index], r.a[index]];
      if (!left || !right || !this.#unify(left, right, [0, offset])) return false;
    }
    return true;
  }

  /** Makes two terms of the left side equal. */
  unifyTerms(l: CTerm, r: CTerm): boolean {
    return this.#unify(l, r, [0, 0]);
  }

  #unify(left: CTerm, right: CTerm, [leftBase, rightBase]: readonly [number, number]): boolean {
    let [l, lo, r, ro] = [left, leftBase, right, rightBase];
    while (l.v >= 0) {
      const bound = this.#term[l.v + lo];
      if (!bound) break;
      lo = this.#base[l.v + lo] ?? 0;
      l = bound;
    }
    while (r.v >= 0) {
      const bound = this.#term[r.v + ro];
      if (!bound) break;
      ro = this.#base[r.v + ro] ?? 0;
      r = bound;
    }
    if (l.v >= 0) {
      if (r.v >= 0 && l.v + lo === r.v + ro) return true;
      return this.#bind(l.v + lo, r, ro);
    }
    if (r.v >= 0) return this.#bind(r.v + ro, l, lo);
    if (l.s !== r.s) return false;
    if (l.ground && r.ground && l.size !== r.size) return false;
    for (let index = 0; index < l.a.length; index += 1) {
      const [x, y] = [l.a[index], r.a[index]];
      if (!x || !y || !this.#unify(x, y, [lo, ro])) return false;
    }
    return true;
  }

  #bind(v: number, term: CTerm, base: number): boolean {
    if (!term.ground && this.#occurs(v, term, base)) return false;
    this.#term[v] = term;
    this.#base[v] = base;
    return true;
  }

  #occurs(v: number, term: CTerm, base: number): boolean {
    if (term.ground) return false;
    if (term.v >= 0) {
      const at = term.v + base;
      if (at === v) return true;
      const bound = this.#term[at];
      return bound !== undefined && this.#occurs(v, bound, this.#base[at] ?? 0);
    }
    return term.a.some((arg) => this.#occurs(v, arg, base));
  }

  /** The instance of a term, its variables numbered from 0 in order of appearance. */
  build(term: CTerm, base: number): CTerm {
    if (term.ground) return term;
    if (term.v >= 0) {
      const at = term.v + base;
      const bound = this.#term[at];
      if (bound) return this.build(bound, this.#base[at] ?? 0);
      let renamed = this.#renamed[at] ?? -1;
      if (renamed < 0) {
        renamed = this.#fresh;
        this.#fresh += 1;
        this.#renamed[at] = renamed;
      }
      return cVar(renamed);
    }
    return cApp(
      term.s,
      term.a.map((arg) => this.build(arg, base)),
    );
  }

  /** The instance of a fact, as {@link build} makes that of a term. */
  buildFact(of: CFact, base: number): CFact {
    return { p: of.p, a: of.a.map((arg) => this.build(arg, base)) };
  }
}

/** One-way unification: instances of the variables of a pattern. */
export class Matcher {
  readonly #bound: (CTerm | undefined)[] = [];
  readonly #trail: number[] = [];

  /** Forgets all; then variables 0 to `count` - 1 of the pattern are free. */
  reset(count: number): void {
    for (let index = 0; index < count; index += 1) this.#bound[index] = undefined;
    this.#trail.length = 0;
  }

  /** Where to go back to. */
  get mark(): number {
    return this.#trail.length;
  }

  /** Frees what was bound since a mark. */
  undo(mark: number): void {
    while (this.#trail.length > mark) {
      const v = this.#trail.pop();
      if (v !== undefined) this.#bound[v] = undefined;
    }
  }

  /** Whether the pattern has the fact as an instance, with what is bound so far; if not, undo. */
  fact(pattern: CFact, of: CFact): boolean {
    if (pattern.p !== of.p) return false;
    for (let index = 0; index < pattern.a.length; index += 1) {
      const [x, y] = [pattern.a[index], of.a[index]];
      if (!x || !y || !this.#match(x, y)) return false;
    }
    return true;
  }

  #match(pattern: CTerm, term: CTerm): boolean {
    if (pattern.v >= 0) {
      const bound = this.#bound[pattern.v];
      if (bound) return sameCTerm(bound, term);
      this.#bound[pattern.v] = term;
      this.#trail.push(pattern.v);
      return true;
    }
    if (pattern.s !== term.s || pattern.size > term.size) return false;
    for (let index = 0; index < pattern.a.length; index += 1) {
      const [x, y] = [pattern.a[index], term.a[index]];
      if (!x || !y || !this.#match(x, y)) return false;
    }
    return true;
  }
}
