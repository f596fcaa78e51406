/**
 * The published test vectors: what is to be accepted and what is to be turned down, as one document from which a stranger can recompute every byte
 * with nothing but the RFCs.
 *
 * The format is described in `docs/vectors.md` and, as a JSON Schema, in `spec/vectors.schema.json`.
 *
 * @module
 */
import { play } from '../../model/modes/play.ts';
import { interpretation } from './byteRun.ts';
import { allAttacks } from './rejected/index.ts';
import { perform, type HonestRuns } from './rejected/perform.ts';
import { noting, type CertifiedParties } from './vector/certified.ts';
import { notes, type Note } from './vector/notes.ts';
import { publishedRuns } from './vector/published.ts';
import { vectorOf, type Vector } from './vector/vectorOf.ts';

export type { Vector } from './vector/vectorOf.ts';

/** A vector file. */
export interface VectorFile {
  readonly format: 'mikey-ticket-vectors/1';
  /** What the flags of the vectors mean. */
  readonly notes: Readonly<Record<string, Note>>;
  readonly vectors: readonly Vector[];
}

/** Which vectors are made. */
export interface VectorChoice {
  /** Modes; none: all of them. */
  readonly modes?: readonly string[];
  /** What is to be accepted, or what is to be turned down; default: both. */
  readonly only?: 'valid' | 'rejected';
}

/** The modes of which there are vectors, in alphabetical order. */
export function vectorModes(): readonly string[] {
  const scenarios = [...publishedRuns(), ...allAttacks()].map(({ scenario }) => scenario.mode);
  return [...new Set(scenarios)].toSorted();
}

/**
 * Makes the published vectors.
 *
 * @param seed - the same seed gives the same file, octet for octet
 */
export function makeVectors(seed: string, { modes = [], only }: VectorChoice = {}): VectorFile {
  const isWanted = (mode: string): boolean => modes.length === 0 || modes.includes(mode);
  const valid = only === 'rejected' ? [] : publishedRuns().filter(({ scenario }) => isWanted(scenario.mode));
  const rejected = only === 'valid' ? [] : allAttacks().filter(({ scenario }) => isWanted(scenario.mode));
  const honestRuns: HonestRuns = new Map();
  const vectors = [
    ...valid.map(({ name, scenario, flags }): Vector => {
      // A seed of its own for each run: no key is in two of them.
      const certified: CertifiedParties = new Map();
      const { trace } = play(noting(interpretation(`${seed}/${name}`), certified), scenario);
      return { ...vectorOf(trace, scenario, { certified }), name, flags: [...flags] };
    }),
    // One seed for all: what is changed can be seen by comparing two of them.
    ...rejected.map((attack) => perform(attack, seed, honestRuns)),
  ];
  const used = new Set<string>(vectors.flatMap(({ flags = [] }) => flags));
  return {
    format: 'mikey-ticket-vectors/1',
    notes: Object.fromEntries(Object.entries(notes).filter(([name]) => used.has(name))),
    vectors,
  };
}

/** A vector file as text: one line for each note and each vector, so that two files can be compared line by line. */
export function vectorText({ format, notes: told, vectors }: VectorFile): string {
  const lines = Object.entries(told).map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`);
  const list = vectors.map((vector) => JSON.stringify(vector));
  return `{"format":${JSON.stringify(format)},\n"notes":{\n${lines.join(',\n')}},\n"vectors":[\n${list.join(',\n')}]}\n`;
}
