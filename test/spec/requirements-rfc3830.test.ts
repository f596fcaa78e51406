/**
 * The requirement records of RFC 3830 are well-formed, complete in their numbering and carry their reasons.
 * @module
 */
import { describe, expect, it } from 'vitest';
import { features, urlOf } from '../../spec/requirements/requirement.ts';
import type { Level, Requirement } from '../../spec/requirements/requirement.ts';
import { rfc3830 } from '../../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../../spec/requirements/rfc6043/index.ts';

const records: readonly Requirement[] = rfc3830;

/** Clause and number of an id; the pattern is written out here so that it checks the data independently. */
function parse(id: string): { readonly clause: string; readonly n: number } {
  const match = /^rfc3830:([1-9]\d*(?:\.[1-9]\d*)*)-([1-9]\d*)$/.exec(id);
  if (match === null) throw new Error(`malformed id ${id}`);
  return { clause: match[1]!, n: Number(match[2]) };
}

/** Negative when clause `a` stands before clause `b` in the text. */
function compareClauses(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first id at which order or numbering breaks, or undefined. */
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

/** The record of an id. */
function record(id: string): Requirement {
  const found = records.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no record ${id}`);
  return found;
}

describe('requirement records of RFC 3830', () => {
  it('have unique ids', () => {
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  });

  it('stand in text order, numbered from 1 without gaps inside a clause', () => {
    expect(firstGap(records.map(({ id }) => id))).toBeUndefined();
  });

  it.each([
    { fault: 'a number left out', ids: ['rfc3830:4.1-1', 'rfc3830:4.1-3'] },
    { fault: 'a clause that starts at 2', ids: ['rfc3830:4.1-2'] },
    { fault: 'a number given twice', ids: ['rfc3830:4.1-1', 'rfc3830:4.1-1'] },
    { fault: 'a clause out of order', ids: ['rfc3830:6.10-1', 'rfc3830:6.9-1'] },
    { fault: 'a clause before its parent', ids: ['rfc3830:6.10.1-1', 'rfc3830:6.10-1'] },
  ])('would be refused with $fault', ({ ids }) => {
    expect(firstGap(ids)).toBe(ids.at(-1));
  });

  it('cover each clause of sections 4 to 6 with normative text', () => {
    const clauses = new Set(records.map(({ id }) => parse(id).clause));
    expect([...clauses].join(' ')).toBe(
      [
        '4.1 4.1.1 4.1.2 4.1.3 4.1.4',
        '4.2 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5 4.2.6 4.2.7 4.2.8 4.2.9',
        '4.3.1 4.3.2 4.3.3 4.4 4.5',
        '5.1.1 5.1.2 5.2 5.3 5.4',
        '6 6.1 6.1.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.10.1 6.11 6.12 6.13 6.14 6.15',
      ].join(' '),
    );
  });

  it('have one line of text each, under 220 characters, never the same twice', () => {
    const wellFormed = (text: string): boolean =>
      text.length > 10 && text.length < 220 && /^\S[^\n]*\.$/.test(text) && !text.includes('  ');
    expect(records.filter(({ text }) => !wellFormed(text)).map(({ id }) => id)).toEqual([]);
    const texts = [...records, ...rfc6043].map(({ text }) => text);
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
  });

  it('wait for known features only, and every feature has a record that waits for it', () => {
    const needed = records.flatMap(({ status }) => (status.state === 'open' ? [status.needs] : []));
    expect([...new Set(needed)].sort()).toEqual([...features].sort());
  });

  it('carry a reason unless implemented, and wait for known features only', () => {
    const known: readonly string[] = features;
    const unexplained = records.filter(({ status }) => {
      if (status.state === 'implemented') return false;
      return status.state === 'open' ? !known.includes(status.needs) : status.why.trim().length < 15;
    });
    expect(unexplained.map(({ id }) => id)).toEqual([]);
  });

  it('have a record of the layout of every payload', () => {
    const layouts = records.filter(({ level, text }) => level === 'DEFINES' && /\blayout\b/i.test(text));
    const clauses = layouts.map(({ id }) => parse(id).clause);
    expect([...new Set(clauses)].join(' ')).toBe(
      '6.1 6.1.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.11 6.12 6.13 6.14 6.15',
    );
    // Each names the width of a field; every layout but that of SIGN has one of 8 bits.
    expect(layouts.filter(({ text }) => !/ 8[, ]/.test(text)).map(({ id }) => id)).toEqual(['rfc3830:6.5-1']);
  });

  it('have a record of every table of numbers', () => {
    const named = records.flatMap(({ text }) => /^Table (\d+(?:\.\d+)*(?:\.[a-e])?)/.exec(text)?.[1] ?? []);
    expect([...new Set(named)].join(' ')).toBe(
      [
        '4.1.3 4.1.4',
        '6.1.a 6.1.b 6.1.c 6.1.d 6.2.a 6.2.b 6.3 6.4 6.5 6.6 6.7.a 6.7.b 6.8',
        '6.10 6.10.1.a 6.10.1.b 6.10.1.c 6.10.1.d 6.10.1.e 6.12 6.13.a 6.13.b 6.15',
      ].join(' '),
    );
  });

  it('say so where RFC 6043 replaces a rule or another one is followed', () => {
    for (const id of ['rfc3830:4.1.3-1', 'rfc3830:4.1.4-1', 'rfc3830:5.2-5', 'rfc3830:5.2-8', 'rfc3830:6.9-3']) {
      expect(record(id).status).toMatchObject({ state: 'not-applicable', why: /^replaced by RFC 6043/ });
    }
    expect(record('rfc3830:4.2.3-3').status).toMatchObject({ state: 'deviation' });
  });

  it.each<[string, Level, RegExp]>([
    ['rfc3830:5.4-3', 'DEFINES', /replay cache/],
    ['rfc3830:5.4-4', 'DEFINES', /outdated timestamp/],
    ['rfc3830:4.2.3-6', 'MUST NOT', /NULL encryption/],
    ['rfc3830:6.1-1', 'MUST', /HDR is the first payload/],
  ])('keep %s on its statement, as code cites it', (id, level, text) => {
    expect(record(id)).toMatchObject({ level, text: expect.stringMatching(text) });
  });

  it('link to their clause', () => {
    expect(urlOf(records.at(-1)!.id)).toBe('https://www.rfc-editor.org/rfc/rfc3830.html#section-6.15');
    for (const { id } of records) expect(urlOf(id)).toMatch(/rfc3830\.html#section-[4-6]/);
  });
});
