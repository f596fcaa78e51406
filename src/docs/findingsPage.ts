/**
 * The page of findings: where the RFCs leave a choice or fall short, what is chosen here, and what follows from it.
 *
 * @module
 */
import type { Finding, FindingOption } from '../../spec/findings/finding.ts';
import { clauseLink, code, pageHead, plain } from './markdown.ts';

/**
 * The page that lists all findings.
 *
 * @returns Markdown; the heading of each finding is its id, so that other pages can link to it
 */
export function findingsPage(findings: readonly Finding[]): string {
  const intro =
    'Where the RFCs leave a choice, contradict themselves, or fall short, and what this implementation does.';
  return [pageHead('Findings', intro), ...findings.map(section)].join('\n');
}

function section(finding: Finding): string {
  const { id, title, clauses, problem, readings, option, alsoOption, choice, consequence, evidence } = finding;
  return [
    // The id alone is the heading, so that links go by the id whatever the title says.
    `## ${plain(id)}\n`,
    `**${plain(title)}**\n`,
    `Clauses: ${clauses.map(clauseLink).join('; ')}\n`,
    `${plain(problem)}\n`,
    ...(readings ? ['**Readings.**\n', ...readings.map((reading) => `- ${plain(reading)}`), ''] : []),
    `**Choice.** ${plain(choice)}\n`,
    `**Consequence.** ${plain(consequence)}\n`,
    ...[option, alsoOption].flatMap((one) => (one ? [optionText(one)] : [])),
    `**Evidence.** ${plain(evidence)}\n`,
  ].join('\n');
}

function optionText({ name, values, default: standard }: FindingOption): string {
  return `**Option.** ${code(name)}: ${values.map(code).join(' or ')}, by default ${code(standard)}\n`;
}
