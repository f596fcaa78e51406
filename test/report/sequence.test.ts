import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runAndAnalyse } from '../../src/run/byteRun.ts';
import { sequenceOf, type Sequence } from '../../src/report/sequence.ts';
import { sequenceSvg } from '../../src/report/sequenceSvg.ts';
import { sequenceText } from '../../src/report/sequenceText.ts';

const sequences = new Map(
  [1, 2, 5, 9, 32].map((forks) => [forks, sequenceOf(runAndAnalyse({ forks }, 'sequence').run.trace)]),
);
const sequence = (forks: number): Sequence => sequences.get(forks)!;

/** Columns in which a line has part of a lifeline: the line itself, a crossing, or the place where an arrow ends. */
function lifelinesOf(line: string): readonly number[] {
  return [...line].flatMap((character, index) => ('│┼'.includes(character) ? [index] : []));
}

describe('the sequence diagram in the terminal', () => {
  test.each([
    [1, 80],
    [2, 100],
    [2, 140],
    [5, 100],
    [9, 80],
    [32, 200],
  ])('with %i endpoints in %i columns, every lifeline stays in its column and no line is too long', (forks, width) => {
    const lines = sequenceText(sequence(forks), { width, color: false }).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    const blank = lines.find((line) => /^[ │]+$/.test(line))!;
    const columns = lifelinesOf(blank);
    expect(columns).toHaveLength(3 + forks);
    const arrows = lines.filter((line) => /[▶◀]/.test(line));
    expect(arrows).toHaveLength(sequence(forks).arrows.length);
    for (const arrow of arrows) expect(lifelinesOf(arrow)).toEqual(columns);
  });

  test('each arrow begins and ends at the right lifelines', () => {
    const { arrows } = sequence(5);
    const lines = sequenceText(sequence(5), { width: 120, color: false }).split('\n');
    const columns = lifelinesOf(lines.find((line) => /^[ │]+$/.test(line))!);
    const drawn = lines.filter((line) => /[▶◀]/.test(line));
    arrows.forEach((arrow, index) => {
      const line = drawn[index]!;
      const head = arrow.to > arrow.from ? line.indexOf('▶') + 1 : line.indexOf('◀') - 1;
      expect(columns.indexOf(head)).toBe(arrow.to);
      const inside = line.slice(
        Math.min(columns[arrow.from]!, columns[arrow.to]!) + 1,
        Math.max(columns[arrow.from]!, columns[arrow.to]!),
      );
      expect(inside).toMatch(/^[◀─┼ A-Z_0-9▶]+$/);
    });
  });

  test('is never wider than the terminal, whatever that is', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 5, 9, 32), fc.integer({ min: 60, max: 250 }), (forks, width) => {
        const text = sequenceText(sequence(forks), { width, color: false });
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
        expect(text).toMatch(/REQ(?:UEST)?_INIT/);
      }),
    );
  });

  test('is plain ASCII if asked, coloured if asked, and otherwise free of control characters', () => {
    expect(sequenceText(sequence(2), { width: 100, color: false, ascii: true })).toMatch(/^[\n -~]*$/);
    const plain = sequenceText(sequence(2), { width: 100, color: false });
    const coloured = sequenceText(sequence(2), { width: 100, color: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('shows who rejected what, and why', () => {
    const { trace } = runAndAnalyse({ flags: 'DFGHI' }, 'sequence').run;
    const text = sequenceText(sequenceOf(trace), { width: 160, color: false });
    expect(text).toContain('✗ the requested flags obey the implications');
  });
});

describe('the sequence diagram as SVG', () => {
  test.each([1, 2, 5, 9])(
    'with %i endpoints is well-formed, tells every message, and no two labels of a row overlap',
    (forks) => {
      const svg = sequenceSvg(sequence(forks));
      const stack: string[] = [];
      for (const [, close, name, rest] of svg.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^>"])*)>/g)) {
        if (close) expect(stack.pop()).toBe(name);
        else if (!rest!.endsWith('/')) stack.push(name!);
      }
      expect(stack).toEqual([]);
      expect(svg.match(/<g id="sequence-\d+">/g)).toHaveLength(sequence(forks).arrows.length);
      expect(svg).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
      const boxes = [...svg.matchAll(/<rect class="box" x="([\d.]+)" y="12" width="([\d.]+)"/g)].map(
        ([, x, width]) => [Number(x), Number(width)] as const,
      );
      expect(boxes).toHaveLength(3 + forks);
      boxes.slice(1).forEach(([x], index) => expect(x).toBeGreaterThan(boxes[index]![0] + boxes[index]![1]));
      const [, total] = /viewBox="0 0 ([\d.]+) /.exec(svg)!;
      for (const [, x, text] of svg.matchAll(/<text class="label halo" x="([\d.]+)"[^>]*>([^<]+)</g)) {
        const half = (text!.length * 7.9) / 2;
        expect(Number(x) - half).toBeGreaterThan(0);
        expect(Number(x) + half).toBeLessThan(Number(total));
      }
    },
  );
});
