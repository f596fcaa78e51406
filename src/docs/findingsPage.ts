/**
 * The page of findings: where the RFCs leave a choice or fall short, what is chosen here, what follows from it, and the command that shows
 * it. Each section can be read alone, and filed as an erratum.
 *
 * @module
 */
import type { Finding, FindingOption } from '../../spec/findings/finding.ts';
import type { Demonstration } from '../findings/demonstration.ts';
import { clauseLink, code, pageHead, plain, table } from './markdown.ts';

/**
 * The page that lists all findings.
 *
 * @param demonstrations - those that can be carried out; what a finding says about itself counts, not this list
 * @returns Markdown; the heading of each finding is its id, so that other pages can link to it
 */
export function findingsPage(
  findings: readonly Finding[],
  demonstrations: readonly Pick<Demonstration, 'id' | 'title' | 'protection'>[] = [],
): string {
  const intro =
    'Where the RFCs leave a choice, contradict themselves, or fall short, and what this implementation does. A: choices that ' +
    'change octets or keys. B: choices that change what is accepted. C: what weakens security under every reading. W: ' +
    'weaknesses of the protocol. N: found by this project.\n\n' +
    `All that are marked as demonstrated are carried out over octets by ${code('npm run findings')}: once without what ` +
    'protects, and once with it.';
  const byId = new Map<string, (typeof demonstrations)[number]>(demonstrations.map((one) => [one.id, one]));
  return [
    pageHead('Findings', intro),
    `${overview(findings)}\n`,
    ...findings.map((finding) => section(finding, byId.get(finding.id))),
  ].join('\n');
}

function overview(findings: readonly Finding[]): string {
  const rows = findings.map(({ id, title, clauses, status }) => [
    clauseLink(id),
    plain(title),
    clauseLink(clauses[0]),
    status === 'demonstrated' ? 'demonstrated' : '',
  ]);
  return table(['', 'Finding', 'Clause', ''], rows);
}

function section(finding: Finding, demonstration: Pick<Demonstration, 'title' | 'protection'> | undefined): string {
  const { id, title, clauses, problem, readings, option, alsoOption, choice, consequence, proposal, evidence } =
    finding;
  return [
    // The id alone is the heading, so that links go by the id whatever the title says.
    `## ${plain(id)}\n`,
    `**${plain(title)}**\n`,
    `Clauses: ${clauses.map(clauseLink).join('; ')}\n`,
    `${plain(problem)}\n`,
    ...(readings ? ['**Readings.**\n', ...readings.map((reading) => `- ${plain(reading)}`), ''] : []),
    `**Consequence.** ${plain(consequence)}\n`,
    `**Choice.** ${plain(choice)}\n`,
    ...(proposal === undefined ? [] : [`**The standard could say.** ${plain(proposal)}\n`]),
    ...[option, alsoOption].flatMap((one) => (one ? [optionText(one)] : [])),
    ...(finding.status === 'demonstrated' ? [demonstrationText(id, demonstration)] : []),
    `**Evidence.** ${plain(evidence)}${finding.status === 'demonstrated' ? '; carried out over octets by the command above' : ''}\n`,
  ].join('\n');
}

function optionText({ name, values, default: standard }: FindingOption): string {
  return `**Option.** ${code(name)}: ${values.map(code).join(' or ')}, by default ${code(standard)}\n`;
}

/** The command, what it shows, and what it leaves out in its first half. */
function demonstrationText(id: string, demonstration: Pick<Demonstration, 'title' | 'protection'> | undefined): string {
  const command = code(`npm run findings -- --only ${id}`);
  if (!demonstration) return `**Demonstration.** ${command}\n`;
  const { checks, allowances, rule } = demonstration.protection;
  const protection = [
    ...(checks.length > 0 ? [`the check${checks.length > 1 ? 's' : ''} ${checks.map(code).join(', ')}`] : []),
    ...(allowances.length > 0 ? [`that ${allowances.map(code).join(', ')} is not allowed`] : []),
    ...(rule === undefined ? [] : [`that ${plain(rule)}`]),
  ];
  return `**Demonstration.** ${command}: ${plain(demonstration.title)}. What protects: ${protection.join('; ')}.\n`;
}
