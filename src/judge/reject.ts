/**
 * Vectors that are to be turned down: the message that they name is at fault, and none before it.
 *
 * @module
 */
import { Findings, part, type Finding } from './findings.ts';
import type { JudgedVector } from './vectorFile.ts';

/**
 * What is wrong with a vector that is to be turned down.
 *
 * A fault can stand in several messages: a forged ticket passes the Responder, who cannot open it, and is turned down by the KMS. So
 * a fault in an earlier message is not counted if the named message carries the same, or if nobody could find it before.
 *
 * @param found - everything that was found about its messages
 */
export function judgeReject(
  vector: JudgedVector,
  reject: NonNullable<JudgedVector['reject']>,
  found: readonly Finding[],
): readonly Finding[] {
  const subject = part('reject');
  const findings = new Findings();
  if (reject.message >= vector.messages.length) {
    findings.error(subject, reject.clause, `there is no message ${reject.message}`);
    return findings.list;
  }
  const there = found.filter((finding) => counts(finding, reject.clause) && isAt(finding, reject.message));
  if (there.length === 0) {
    const reason = `message ${reject.message} should be rejected, but nothing is wrong with it`;
    findings.error(subject, reject.clause, reason);
  }
  const early = found.filter(
    (finding) =>
      finding.level === 'error' &&
      finding.message !== undefined &&
      finding.message < reject.message &&
      (finding.seenAt === undefined || finding.seenAt < reject.message) &&
      !there.some((other) => other === finding || sameFault(other, finding)),
  );
  return [...early, ...findings.list];
}

/** Errors count; so do warnings about a weakness, or about the clause that the vector names: our strict profile is one way to turn down. */
function counts(finding: Finding, clause: string): boolean {
  return finding.level === 'error' || finding.clause === clause || finding.clause.startsWith('W');
}

function isAt(finding: Finding, message: number): boolean {
  return finding.message === message || (finding.also?.includes(message) ?? false);
}

function sameFault(a: Finding, b: Finding): boolean {
  return a.clause === b.clause && a.reason === b.reason;
}
