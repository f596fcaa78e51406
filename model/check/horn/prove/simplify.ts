/**
 * From raw hypotheses and conclusion to clauses that the prover keeps: data taken apart, duplicates and useless hypotheses gone, tautologies dropped.
 *
 * @module
 */
import { attP, factSize, sameCFact, type CClause, type CFact, type CTerm, type Names } from './compiled.ts';
import { Unifier } from './unify.ts';
import type { Slot, Why } from './why.ts';

/** A clause as resolution leaves it. */
export interface RawClause {
  readonly hypotheses: readonly CFact[];
  readonly conclusion: CFact;
  readonly vars: number;
}

const renaming = new Unifier();

/** The clauses that a raw clause comes to: none, one, or one for each part of the data that it concludes. */
export function simplify(names: Names, raw: RawClause, why: (slots: readonly Slot[]) => Why): readonly CClause[] {
  const counts: number[] = Array.from({ length: raw.vars }, () => 0);
  const flat: CFact[] = [];
  const flatSlot = (of: CFact): Slot => {
    const [term] = of.a;
    if (of.p === attP && term && names.data.has(term.s)) {
      return { symbol: term.s, parts: term.a.map((part) => flatSlot({ p: attP, a: [part] })) };
    }
    const known = flat.findIndex((other) => sameCFact(other, of));
    if (known >= 0) return known;
    flat.push(of);
    return flat.length - 1;
  };
  const flatSlots = raw.hypotheses.map(flatSlot);
  if (flat.some((of) => sameCFact(of, raw.conclusion))) return [];
  for (const of of [...flat, raw.conclusion]) for (const arg of of.a) count(arg, counts);

  // att(x) with an x that is nowhere else holds for whatever the attacker likes.
  const kept = flat
    .map((of, index) => ({ of, index, size: factSize(of) }))
    .filter(({ of }) => !(of.p === attP && of.a[0] && of.a[0].v >= 0 && counts[of.a[0].v] === 1));
  // Specific hypotheses first: subsumption fails sooner.
  kept.sort((l, r) => r.size - l.size || l.of.p - r.of.p);
  const places = new Map(kept.map(({ index }, place) => [index, place]));
  const final = (slot: Slot): Slot => {
    if (typeof slot === 'number') return places.get(slot) ?? 'any';
    return slot === 'any' ? slot : { symbol: slot.symbol, parts: slot.parts.map(final) };
  };
  const clause = finish(names, { ...raw, hypotheses: kept.map(({ of }) => of) }, why(flatSlots.map(final)));

  const [concluded] = clause.conclusion.a;
  if (clause.conclusion.p !== attP || !concluded || !names.data.has(concluded.s)) return [clause];
  return concluded.a.flatMap((part, index) =>
    simplify(names, { ...clause, conclusion: { p: attP, a: [part] } }, (slots) => ({
      step: 'part',
      symbol: concluded.s,
      index,
      whole: clause.why,
      slots,
    })),
  );
}

function count(term: CTerm, counts: number[]): void {
  if (term.v >= 0) counts[term.v] = (counts[term.v] ?? 0) + 1;
  else if (!term.ground) for (const arg of term.a) count(arg, counts);
}

/** Numbers the variables anew, selects a hypothesis. */
function finish(names: Names, raw: RawClause, why: Why): CClause {
  renaming.reset(raw.vars);
  const conclusion = renaming.buildFact(raw.conclusion, 0);
  const hypotheses = raw.hypotheses.map((of) => renaming.buildFact(of, 0));
  let mask = 0;
  let size = factSize(conclusion);
  for (const of of hypotheses) {
    size += factSize(of);
    mask |= bits(of);
  }
  const selected = select(names, hypotheses, conclusion);
  return { hypotheses, conclusion, vars: renaming.fresh, selected, mask, size, why };
}

/** Two bits: the predicate, and predicate and outermost symbol of the first argument. Instances have the bits of the general fact. */
function bits({ p, a }: CFact): number {
  const top = a[0]?.s ?? -1;
  return (1 << (p % 31)) | (top < 0 ? 0 : 1 << ((p * 7 + top * 11 + 3) % 31));
}

const looking = new Unifier();

/** Never att(variable) nor a begin event. Else the largest; last those that could feed on the clause's own conclusion without end. */
function select(names: Names, hypotheses: readonly CFact[], conclusion: CFact): number {
  let best = -1;
  let bestWeight = Number.NEGATIVE_INFINITY;
  let vars = 0;
  const bound = (term: CTerm): void => {
    if (term.v >= vars) vars = term.v + 1;
    for (const arg of term.a) bound(arg);
  };
  for (const of of [...hypotheses, conclusion]) for (const arg of of.a) bound(arg);
  hypotheses.forEach((of, index) => {
    if (names.begins.has(of.p) || (of.p === attP && of.a[0] && of.a[0].v >= 0)) return;
    looking.reset(2 * vars);
    const loops = of.p === conclusion.p && looking.unifyFacts(of, conclusion, vars);
    const weight = factSize(of) - (loops ? 1000 : 0);
    if (weight > bestWeight) [best, bestWeight] = [index, weight];
  });
  return best;
}
