/**
 * The page of checks: what each demands, why, and the error if it fails.
 *
 * @module
 */
import type { Check } from '../../model/guard/check.ts';
import { clauseLink, code, pageHead, plain, table } from './markdown.ts';

/** Checks that stand together on the page. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: Readonly<Record<string, Check>>;
}

/**
 * The page that lists all checks.
 *
 * @param groups - in the order of the page
 * @returns Markdown that links to the page of findings
 */
export function checksPage(groups: readonly CheckGroup[]): string {
  const intro =
    'Every check that a party makes, in the order in which it makes them. A check marked with a star authenticates the message: what fails before it is no more than a hint, since anybody could have sent it.';
  return [pageHead('Checks', intro), ...groups.map(section)].join('\n');
}

function section({ title, checks }: CheckGroup): string {
  const rows = Object.entries(checks).map(([name, check]) => [
    `${code(name)}${check.authenticates ? ' ★' : ''}`,
    plain(check.demand),
    check.clauses.map(clauseLink).join('; '),
    code(check.code),
  ]);
  return `## ${plain(title)}\n\n${table(['Check', 'Demand', 'Clauses', 'Error'], rows)}\n`;
}
