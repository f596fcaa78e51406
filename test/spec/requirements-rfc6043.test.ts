/**
 * The requirement records of RFC 6043 are well-formed, complete in their numbering and carry their reasons.
 * @module
 */
import { describe, expect, it } from 'vitest';
import { urlOf } from '../../spec/requirements/requirement.ts';
import type { Requirement } from '../../spec/requirements/requirement.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';

const records: readonly Requirement[] = rfc6043;

/** Clause and number of an id; the pattern is written out again here so that it checks the data independently. */
function parse(id: string): { readonly clause: string; readonly n: number } {
  const match = /^rfc6043:((?:[1-9]\d*|A)(?:\.[1-9]\d*)*)-([1-9]\d*)$/.exec(id);
  if (match === null) throw new Error(`malformed id ${id}`);
  return { clause: match[1]!, n: Number(match[2]) };
}

/** Sort key of a clause: numbers by value, the appendix after all sections. */
function clauseKey(clause: string): readonly number[] {
  return clause.split('.').map((part) => (part === 'A' ? 1000 : Number(part)));
}

/** Negative when clause `a` stands before clause `b` in the text. */
function compareClauses(a: string, b: string): number {
  const [x, y] = [clauseKey(a), clauseKey(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first record at which order or numbering breaks, or undefined. */
function firstGap(ids: readonly string[]): string | undefined {
  let previous = { clause: '0', n: 0 };
  for (const id of ids) {
    const here = parse(id);
    const follows =
      here.clause === previous.clause
        ? here.n === previous.n + 1
        : here.n === 1 && compareClauses(previous.clause, here.clause) < 0;
    if (!follows) return id;
    previous = here;
  }
  return undefined;
}

/** The reason that a status has to carry; undefined for `implemented`. */
function reasonOf({ status }: Requirement): string | undefined {
  if (status.state === 'implemented') return undefined;
  return status.state === 'open' ? status.needs : status.why;
}

describe('requirement records of RFC 6043', () => {
  it('have unique ids', () => {
    expect(new Set(records.map((record) => record.id)).size).toBe(records.length);
  });

  it('stand in text order, numbered from 1 without gaps inside a clause', () => {
    expect(firstGap(records.map((record) => record.id))).toBeUndefined();
  });

  it.each([
    { fault: 'a number left out', ids: ['rfc6043:4.1-1', 'rfc6043:4.1-3'] },
    { fault: 'a clause that starts at 2', ids: ['rfc6043:4.1-2'] },
    { fault: 'a number given twice', ids: ['rfc6043:4.1-1', 'rfc6043:4.1-1'] },
    { fault: 'a clause out of order', ids: ['rfc6043:6.10-1', 'rfc6043:6.9-1'] },
    { fault: 'the appendix before a section', ids: ['rfc6043:A-1', 'rfc6043:14-1'] },
  ])('would be refused with $fault', ({ ids }) => {
    expect(firstGap(ids)).toBe(ids.at(-1));
  });

  it('cover each clause with normative text', () => {
    const clauses = new Set(records.map((record) => parse(record.id).clause));
    expect([...clauses].join(' ')).toBe(
      [
        '4.1 4.1.1',
        '4.2.1 4.2.1.1 4.2.1.2 4.2.1.3 4.2.1.4 4.2.1.5 4.2.1.6',
        '4.2.2 4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4',
        '4.2.3 4.2.3.1 4.2.3.2 4.2.3.3 4.2.3.4 4.2.3.5 4.2.3.6',
        '5.1 5.1.1 5.1.2 5.1.3 5.2 5.3 5.4 5.5',
        '6 6.1 6.1.1 6.2 6.2.1 6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10',
        '8 9 9.1 10 11 12 12.1 12.2 12.3 12.4 12.5 14',
        'A A.1 A.2 A.2.1 A.2.2 A.3',
      ].join(' '),
    );
  });

  it('have one line of text each, one sentence, under 220 characters, never the same twice', () => {
    const wellFormed = (text: string): boolean =>
      text.length > 10 && text.length < 220 && /^\S[^\n]*\.$/.test(text) && !text.includes('  ');
    expect(records.filter((record) => !wellFormed(record.text)).map((record) => record.id)).toEqual([]);
    expect(new Set(records.map((record) => record.text)).size).toBe(records.length);
  });

  it('carry a reason unless implemented', () => {
    const unexplained = records.filter((record) => {
      return record.status.state !== 'implemented' && !/\S{4}/.test(reasonOf(record) ?? '');
    });
    expect(unexplained.map((record) => record.id)).toEqual([]);
    expect(records.filter((record) => record.status.state !== 'implemented').length).toBeGreaterThan(0);
  });

  it('are all closed: implemented, not applicable, or a deviation with its reason', () => {
    expect(records.filter(({ status }) => status.state === 'open').map(({ id }) => id)).toEqual([]);
  });
});

describe('urlOf', () => {
  it('links the section or appendix of any RFC', () => {
    expect(urlOf('rfc6043:4.2.1-3')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1');
    expect(urlOf('rfc6043:A.2.1-1')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.2.1');
    expect(urlOf('rfc6043:A-6')).toBe('https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A');
    expect(urlOf('rfc3830:6.10.1-12')).toBe('https://www.rfc-editor.org/rfc/rfc3830.html#section-6.10.1');
    for (const { id } of records) expect(urlOf(id)).toMatch(/^https:.*#(section-[1-9]|appendix-A)/);
  });

  it.each([
    '',
    'rfc6043',
    'rfc6043:4.2',
    'rfc6043:4.2-0',
    'rfc6043:4..2-1',
    '6043:4.2-1',
    'rfc6043:4.2-1 ',
    'rfc0:4-1',
  ])('refuses %j', (id) => {
    expect(() => urlOf(id)).toThrow(RangeError);
  });
});
