/**
 * Judging a vector file: everything in it is recomputed from its secrets, without running any of our roles.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import { createByteAlgebra } from '../crypto/byteAlgebra.ts';
import { Bench } from './bench.ts';
import { judgeExpected } from './expected.ts';
import { Findings, part, type Finding } from './findings.ts';
import { judgeForm } from './form.ts';
import { judgeKmsExchanges } from './kmsExchanges.ts';
import { judgePolicies } from './policy.ts';
import { judgeTickets } from './tickets.ts';
import { readTranscript, type Transcript } from './transcript.ts';
import { judgeTransfers } from './transfers.ts';
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
  const { reject } = vector;
  if (!reject) return found;
  const subject = part('reject');
  const findings = new Findings();
  if (reject.message >= vector.messages.length) {
    findings.error(subject, reject.clause, `there is no message ${reject.message}`);
    return findings.list;
  }
  const errors = found.filter((finding) => finding.level === 'error');
  const early = errors.filter((finding) => finding.message !== undefined && finding.message < reject.message);
  const there = errors.some((finding) => finding.message === reject.message);
  if (!there)
    findings.error(
      subject,
      reject.clause,
      `message ${reject.message} should be rejected, but nothing is wrong with it`,
    );
  return [...early, ...findings.list];
}

function judgeAll(vector: JudgedVector): readonly Finding[] {
  const findings = new Findings();
  const bench = new Bench(vector, findings, createByteAlgebra());
  const transcript = readTranscript(vector, findings);
  judgeForm(bench, transcript);
  judgePolicies(bench, transcript);
  judgePresence(bench, transcript);
  try {
    const tickets = judgeTickets(bench, transcript);
    judgeKmsExchanges(bench, transcript, tickets);
    const transfers = judgeTransfers(bench, transcript, tickets);
    judgeExpected(bench, { tickets, transfers });
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    findings.error(part('vector'), error.clause ?? 'rfc6043:4.1-1', error.message);
  }
  return findings.list.toSorted((a, b) => (a.message ?? Infinity) - (b.message ?? Infinity));
}

/** Which exchanges have to be there. */
function judgePresence(bench: Bench, { requests, transfers }: Transcript): void {
  const { policy, reject } = bench.vector;
  if (reject) return;
  const subject = part('messages');
  if (policy.D && requests.length === 0 && bench.vector.mode === 'standard') {
    bench.findings.error(subject, 'rfc6043:4.1.1-1', 'there is no Ticket Request');
  }
  if (transfers.length === 0) bench.findings.error(subject, 'rfc6043:4.1-1', 'there is no Ticket Transfer');
  if (policy.F && transfers.length > 0 && !transfers.some((transfer) => transfer.response)) {
    bench.findings.error(subject, 'rfc6043:4.2.2.2-5', 'nobody sent TRANSFER_RESP');
  }
}
