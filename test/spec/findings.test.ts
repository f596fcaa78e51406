/**
 * The findings are complete, numbered without gaps, and cite clauses that exist.
 * @module
 */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../spec/findings/finding.ts';
import { findingById, findings } from '../../spec/findings/index.ts';
import type { Requirement } from '../../spec/requirements/requirement.ts';
import { demonstrations } from '../../src/findings/all.ts';
import { rfc3830 } from '../../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';

const all: readonly Finding[] = findings;
const records: readonly Requirement[] = [...rfc6043, ...rfc3830];

/** Clauses with at least one requirement record. */
const clausesWithRecords: ReadonlySet<string> = new Set(records.map(({ id }) => id.replace(/-\d+$/, '')));

/** Sections that findings cite although they have no normative statement: design considerations. */
const otherSections: ReadonlySet<string> = new Set(['rfc6043:3']);

/** The clauses of a finding that exist nowhere. */
function unknownClauses(finding: Finding): readonly string[] {
  return finding.clauses.filter((clause) => !clausesWithRecords.has(clause) && !otherSections.has(clause));
}

/** Letter and number of a finding. */
function parse(id: string): { readonly letter: string; readonly n: number } {
  const match = /^([ABCNW])([1-9]\d?)$/.exec(id);
  if (match === null) throw new Error(`malformed number ${id}`);
  return { letter: match[1]!, n: Number(match[2]) };
}

/** The options of a finding. */
function optionsOf({ option, alsoOption }: Finding): readonly NonNullable<Finding['option']>[] {
  return [option, alsoOption].filter((candidate) => candidate !== undefined);
}

/** What is wrong with the options of a finding, or undefined. */
function optionFault(finding: Finding): string | undefined {
  for (const { name, values, default: byDefault } of optionsOf(finding)) {
    if (!/^[a-z]+(?:_[a-z]+)*$/.test(name)) return `${name} is no option name`;
    if (values.length < 2 || new Set(values).size !== values.length) return `${name} offers no choice`;
    if (!values.includes(byDefault)) return `${name} has an unknown default`;
  }
  return undefined;
}

/** Numbers of findings mentioned in a text, such as (C2). */
function mentioned(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w-])[ABCNW][1-9]\d?(?![\w-])/g)].map(([id]) => id);
}

/** All sentences of a finding in one string. */
function fullText({ title, problem, readings = [], choice, consequence, proposal = '' }: Finding): string {
  return [title, problem, ...readings, choice, consequence, proposal].join('\n');
}

describe('findings', () => {
  it('are A1 to A26, B1 to B17, C1 to C6, W1 to W21 and N1 to N4, in this order', () => {
    const wanted = Object.entries({ A: 26, B: 17, C: 6, W: 21, N: 4 }).flatMap(([letter, last]) =>
      Array.from({ length: last }, (_, i) => ({ letter, n: i + 1 })),
    );
    expect(all.map(({ id }) => parse(id))).toEqual(wanted);
  });

  it('cite clauses that exist, each once', () => {
    expect(all.flatMap((finding) => unknownClauses(finding).map((clause) => `${finding.id} ${clause}`))).toEqual([]);
    const repeating = all.filter(({ clauses }) => new Set(clauses).size !== clauses.length);
    expect(repeating.map(({ id }) => id)).toEqual([]);
    expect(unknownClauses({ ...all[0]!, clauses: ['rfc6043:5.5', 'rfc6043:5.6', 'rfc3830:7'] })).toEqual([
      'rfc6043:5.6',
      'rfc3830:7',
    ]);
  });

  it('use every entry of the allow-list, and only for sections without records', () => {
    const cited = new Set(all.flatMap(({ clauses }) => [...clauses]));
    expect([...otherSections].filter((section) => !cited.has(section) || clausesWithRecords.has(section))).toEqual([]);
  });

  it('have a default among the values of each option, and each option name once', () => {
    expect(all.flatMap((finding) => optionFault(finding) ?? [])).toEqual([]);
    const names = all.flatMap((finding) => optionsOf(finding).map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(27);
  });

  it.each([
    { fault: 'an unknown default', option: { name: 'kemac_t', values: ['carrier', 'initial'], default: 'other' } },
    { fault: 'a single value', option: { name: 'kemac_t', values: ['carrier'], default: 'carrier' } },
    { fault: 'a malformed name', option: { name: 'KEMAC T', values: ['carrier', 'initial'], default: 'carrier' } },
  ])('would be refused with $fault', ({ option }) => {
    expect(optionFault({ ...all[0]!, option })).toBeDefined();
    expect(optionFault({ ...all[2]!, alsoOption: option })).toBeDefined();
  });

  it('name two readings or more where there is an option or a list of readings', () => {
    const lacking = all.filter((finding) => {
      const needed = optionsOf(finding).length > 0 || finding.readings !== undefined;
      return needed && (finding.readings?.length ?? 0) < 2;
    });
    expect(lacking.map(({ id }) => id)).toEqual([]);
  });

  it('can be understood alone: a title of one line, whole sentences, no empty part', () => {
    const sentence = (text: string): boolean => /^[A-Z0-9]/.test(text) && /[^.]\.$/.test(text) && !text.includes('  ');
    const unfit = all.filter(
      ({ title, problem, readings = [], choice, consequence, proposal = 'None.' }) =>
        !/^[A-Z][^\n]{9,80}[^.\n]$/.test(title) ||
        problem.length < 60 ||
        ![problem, choice, consequence, proposal, ...readings].every(sentence),
    );
    expect(unfit.map(({ id }) => id)).toEqual([]);
    for (const part of ['title', 'problem', 'choice'] as const) {
      expect(new Set(all.map((finding) => finding[part])).size).toBe(all.length);
    }
  });

  it('refer to findings that exist, and never to themselves', () => {
    const known = new Set<string>(all.map(({ id }) => id));
    const wrong = all.flatMap((finding) =>
      mentioned(fullText(finding))
        .filter((id) => !known.has(id) || id === finding.id)
        .map((id) => `${finding.id} mentions ${id}`),
    );
    expect(wrong).toEqual([]);
    expect(mentioned('see (C2) and A13, not SHA1 or X-B2')).toEqual(['C2', 'A13']);
  });

  it('count as demonstrated if and only if there is a demonstration', () => {
    const claimed = all.filter(({ status }) => status === 'demonstrated').map(({ id }) => id);
    expect(claimed).toEqual(demonstrations.map(({ id }) => id));
    expect(claimed.length).toBeGreaterThan(30);
  });

  it('say how they were established', () => {
    const graded = all.filter(({ evidence }) => evidence !== 'read').map(({ id, evidence }) => `${id} ${evidence}`);
    expect(graded).toEqual([
      'A1 shown on bytes',
      'W1 shown on bytes',
      ...['W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8', 'W9', 'W10'].map((id) => `${id} shown by a prover`),
      ...['N1', 'N2', 'N3', 'N4'].map((id) => `${id} shown on bytes`),
    ]);
  });
});

describe('requirement records', () => {
  it('refer to findings that exist', () => {
    const reasons = records.flatMap(({ status }) => ('why' in status ? mentioned(status.why) : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const id of reasons) expect(findingById(id).id).toBe(id);
  });
});

describe('findingById', () => {
  it('gives the finding of each number', () => {
    for (const finding of all) expect(findingById(finding.id)).toBe(finding);
  });

  it.each(['', 'A0', 'A27', 'a1', 'X1', 'toString'])('refuses %j', (id) => {
    expect(() => findingById(id)).toThrow(RangeError);
  });
});
