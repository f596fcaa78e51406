/**
 * Judgements as text: one line a finding, and a line that sums up.
 *
 * @module
 */
import type { Finding } from './findings.ts';
import type { Judgement } from './judge.ts';
import { paint } from '../report/theme.ts';

/** A judgement for the terminal. */
export function judgementText(judgement: Judgement, options: { readonly color: boolean }): string {
  const painted = paint(options.color);
  const { problems, vectors } = judgement;
  const lines = [
    ...problems.map((problem) => `${painted.red('error')} ${problem}`),
    ...vectors.flatMap((vector) =>
      vector.findings.map((finding) => {
        const level = finding.level === 'error' ? painted.red('error') : painted.yellow('warning');
        return `${level} vector ${vector.index} "${vector.name}" ${place(finding)} ${finding.clause}: ${finding.reason}`;
      }),
    ),
  ];
  const count = (level: Finding['level']): number =>
    vectors.reduce((sum, vector) => sum + vector.findings.filter((finding) => finding.level === level).length, 0);
  const summary =
    problems.length > 0
      ? 'not a vector file: nothing was judged'
      : `${vectors.length} vectors judged: ${count('error')} errors, ${count('warning')} warnings`;
  return `${[...lines, judgement.ok ? painted.green(summary) : painted.red(summary)].join('\n')}\n`;
}

function place(finding: Finding): string {
  return finding.message === undefined ? finding.subject : `message ${finding.message} ${finding.subject}`;
}
