/**
 * The published vectors: complete, the same in every run, and accepted by the judge, who runs none of the machines that made them.
 */
import { describe, expect, test } from 'vitest';
import { judgeFile } from '../../src/judge/judge.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';
import { notes } from '../../src/run/vector/notes.ts';
import { makeVectors, vectorModes, vectorText } from '../../src/run/vectors.ts';

const file = makeVectors('published');
const text = vectorText(file);
const valid = file.vectors.filter((vector) => vector.expected);
const rejected = file.vectors.filter((vector) => vector.reject);

describe('the published vectors', () => {
  test('are the same octets in every run, and others with another seed', () => {
    expect(vectorText(makeVectors('published'))).toBe(text);
    const two = { modes: ['two-kms'] };
    expect(vectorText(makeVectors('another', two))).not.toBe(vectorText(makeVectors('published', two)));
  }, 60_000);

  test('are all accepted by the judge, in less than a minute', () => {
    const start = performance.now();
    const { ok, problems, vectors } = judgeFile(text);
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(problems).toEqual([]);
    expect(
      vectors.flatMap(({ name, findings }) => findings.filter(({ level }) => level === 'error').map((f) => [name, f])),
    ).toEqual([]);
    expect([ok, vectors.length]).toEqual([true, valid.length + rejected.length]);
  });

  test('have every mode, with both PRFs', () => {
    for (const mode of new Set(builtInNames().map((name) => builtIn(name).mode))) {
      expect([mode, valid.filter((one) => one.mode === mode).map(({ policy }) => policy.prf)]).toEqual([
        mode,
        expect.arrayContaining([0, 1]),
      ]);
    }
    expect(vectorModes()).toEqual([...new Set(file.vectors.map(({ mode }) => mode))].toSorted());
  });

  test('have every choice within the standard flow, with both PRFs', () => {
    for (const prf of [0, 1]) {
      const standard = valid.filter(({ mode, policy }) => mode === 'standard' && policy.prf === prf);
      const forks = standard.map(({ expected }) => Object.keys(expected!.forks).length);
      expect(forks).toEqual(expect.arrayContaining([1, 2, 5]));
      for (const flag of ['I', 'G', 'H', 'F'] as const) expect(standard.some(({ policy }) => !policy[flag])).toBe(true);
      const flags = new Set(standard.flatMap((one) => one.flags ?? []));
      for (const flag of ['CarriedSalt', 'CarriedTek', 'GroupKey', 'SeveralStreams', 'ThreeGppTicket']) {
        expect(flags).toContain(flag);
      }
    }
  });

  test('have names of their own, and flags that all have a note', () => {
    const names = file.vectors.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(file.vectors.filter(({ flags = [] }) => flags.length === 0)).toEqual([]);
    const used = new Set<string>(file.vectors.flatMap(({ flags = [] }) => flags));
    expect(new Set(Object.keys(file.notes))).toEqual(used);
    expect(Object.keys(notes).filter((name) => !used.has(name))).toEqual([]);
  });

  test('are small enough to be handy', () => {
    expect(text.length).toBeLessThan(4_000_000);
    expect(text.split('\n').length).toBe(file.vectors.length + Object.keys(file.notes).length + 4);
  });

  test('can be chosen by mode and by what becomes of them', () => {
    const chosen = makeVectors('published', { modes: ['kerberos'], only: 'valid' });
    expect(chosen.vectors).toEqual(valid.filter(({ mode }) => mode === 'kerberos'));
    const turned = makeVectors('published', { modes: ['two-kms'], only: 'rejected' });
    expect(turned.vectors).toEqual(rejected.filter(({ mode }) => mode === 'two-kms'));
    expect(turned.vectors.length).toBeGreaterThan(0);
  });
});
