/**
 * Judging a vector file: everything in it is recomputed from its secrets, without running any of our roles.
 *
 * @module
 */
import { createByteAlgebra } from '../crypto/byteAlgebra.ts';
import { judgeAuthority } from './authority.ts';
import { Bench } from './bench.ts';
import { judgeErrors } from './errorMessages.ts';
import { judgeExpected } from './expected.ts';
import { Findings, part, type Finding } from './findings.ts';
import { judgeForm } from './form.ts';
import { judgeKmsExchanges } from './kmsExchanges.ts';
import { judgeMode } from './modes.ts';
import { judgeForwarding } from './modifiers.ts';
import { judgePolicies } from './policy.ts';
import { readTranscript } from './readTranscript.ts';
import { judgeRefusable } from './refusable.ts';
import { judgeReject } from './reject.ts';
import { judgeReuse } from './reuse.ts';
import { judgeStrength } from './strength.ts';
import { judgeTickets } from './tickets.ts';
import { judgeTimes } from './times.ts';
import type { Transcript } from './transcript.ts';
import { judgeTransfers } from './transfers.ts';
import { judgeUpdates } from './updates.ts';
import { readVectorFile, type JudgedVector } from './vectorFile.ts';

/** What was found about one vector. */
export interface VectorJudgement {
  readonly index: number;
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** What was found about a file. */
export interface Judgement {
  /** Problems of form; if there are any, nothing else was judged. */
  readonly problems: readonly string[];
  readonly vectors: readonly VectorJudgement[];
  /** Whether nothing falls short of the RFC. */
  readonly ok: boolean;
}

/** Judges a file. Never throws for what is in it. */
export function judgeFile(text: string): Judgement {
  const read = readVectorFile(text);
  if (!read.ok) return { problems: read.problems, vectors: [], ok: false };
  const vectors = read.file.vectors.map((vector, index) => ({
    index,
    name: vector.name,
    findings: judgeVector(vector),
  }));
  const ok = vectors.every((vector) => vector.findings.every((finding) => finding.level === 'warning'));
  return { problems: [], vectors, ok };
}

/** Judges one vector; one that is to be rejected must fall short at the message that it names, and nowhere before. */
export function judgeVector(vector: JudgedVector): readonly Finding[] {
  const found = judgeAll(vector);
  return vector.reject ? judgeReject(vector, vector.reject, found) : found;
}

function judgeAll(vector: JudgedVector): readonly Finding[] {
  const findings = new Findings();
  const bench = new Bench(vector, findings, createByteAlgebra());
  const transcript = readTranscript(vector, findings);
  const steps: readonly (() => void)[] = [
    () => judgeForm(bench, transcript),
    () => judgeStrength(bench, transcript),
    () => judgeTimes(bench, transcript),
    () => judgePolicies(bench, transcript),
    () => judgeMode(bench, transcript),
    () => judgeRefusable(bench, transcript),
    () => judgeContents(bench, transcript),
  ];
  for (const step of steps) bench.attempt(part('vector'), 'rfc6043:4.1-1', step);
  return findings.list.toSorted((a, b) => (a.message ?? Infinity) - (b.message ?? Infinity));
}

/** All that needs the secrets. */
function judgeContents(bench: Bench, transcript: Transcript): void {
  const tickets = judgeTickets(bench, transcript);
  judgeKmsExchanges(bench, transcript, tickets);
  judgeForwarding(bench, transcript);
  judgeAuthority(bench, transcript, tickets);
  const legs = judgeTransfers(bench, transcript, tickets);
  judgeReuse(bench, transcript, tickets);
  const updated = judgeUpdates(bench, transcript, legs);
  judgeErrors(bench, transcript);
  judgeExpected(bench, { tickets, legs: [...legs, ...updated] });
}
