/**
 * Looking at what the judge finds.
 *
 * @module
 */
import { judgeVector } from '../../../src/judge/judge.ts';
import type { JudgedVector } from '../../../src/judge/vectorFile.ts';

/** A vector, changed. */
export function changed(vector: JudgedVector, change: (copy: JudgedVector) => void): JudgedVector {
  const copy = structuredClone(vector);
  change(copy);
  return copy;
}

function of(level: 'error' | 'warning', vector: JudgedVector): readonly string[] {
  return judgeVector(vector)
    .filter((finding) => finding.level === level)
    .map((finding) => `${finding.message ?? finding.subject} ${finding.clause}`);
}

/** The clauses of the errors, with the messages that they are about. */
export function errors(vector: JudgedVector): readonly string[] {
  return of('error', vector);
}

/** The same for warnings, but for the two that most vectors here have: IDRi left out, and less than the strict profile. */
export function warnings(vector: JudgedVector): readonly string[] {
  return of('warning', vector).filter((line) => !line.endsWith(' rfc6043:12.4-5'));
}

/** A hexadecimal text with one octet changed. */
export function flip(text: string, octet: number, mask = 1): string {
  const octets = Buffer.from(text, 'hex');
  octets[octet]! ^= mask;
  return octets.toString('hex');
}
