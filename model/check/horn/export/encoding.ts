/**
 * Names that every outside prover accepts.
 *
 * @module
 */

/** Words that mean something to SPASS or ProVerif. */
const reserved = new Set(
  ['and', 'or', 'not', 'equal', 'true', 'false', 'implies', 'implied', 'equiv', 'clause', 'forall', 'exists', 'sort']
    .concat(['all', 'some', 'box', 'dia', 'id', 'comp', 'sum', 'conv', 'div', 'test', 'hypothesis', 'cnf', 'dnf'])
    .concat(['data', 'fun', 'pred', 'query', 'reduc', 'nounif', 'equation', 'param', 'set', 'block', 'predefined']),
);

/** A symbol or predicate for an outside prover: as it is if it begins with a small letter and means nothing, else with `c_` before it. */
export function encodeName(name: string): string {
  return /^[a-z]/u.test(name) && !reserved.has(name) && !name.startsWith('c_') ? name : `c_${name}`;
}
