/**
 * The page of findings: where the RFCs leave a choice or fall short, what is chosen here, and what follows from it.
 *
 * @module
 */
import { clauseLink, pageHead, plain } from './markdown.ts';

/** What the page shows of a finding. */
export interface ShownFinding {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly string[];
  readonly problem: string;
  /** How the text can be read. */
  readonly readings?: readonly string[] | string;
  /** What can be switched to another reading, and how. */
  readonly option?: string;
  readonly choice: string;
  readonly consequence: string;
  readonly evidence: readonly string[] | string;
}

/**
 * The page that lists all findings.
 *
 * @returns Markdown; the heading of each finding begins with its id, so that other pages can link to it
 */
export function findingsPage(findings: readonly ShownFinding[]): string {
  const intro =
    'Where the RFCs leave a choice, contradict themselves, or fall short, and what this implementation does.';
  return [pageHead('Findings', intro), ...findings.map(section)].join('\n');
}

function section(finding: ShownFinding): string {
  const { id, title, clauses, problem, readings, option, choice, consequence, evidence } = finding;
  return [
    // The id alone is the heading, so that links go by the id whatever the title says.
    `## ${plain(id)}\n`,
    `**${plain(title)}**\n`,
    `Clauses: ${clauses.map(clauseLink).join('; ')}\n`,
    `${plain(problem)}\n`,
    ...field('Readings', readings),
    ...field('Choice', choice),
    ...field('Consequence', consequence),
    ...field('Option', option),
    ...field('Evidence', evidence),
  ].join('\n');
}

function field(name: string, value: readonly string[] | string | undefined): readonly string[] {
  if (value === undefined || value.length === 0) return [];
  if (typeof value === 'string') return [`**${name}.** ${plain(value)}\n`];
  return [`**${name}.**\n`, ...value.map((item) => `- ${plain(item)}`), ''];
}
