/**
 * The page of requirements: every normative statement, how strongly it binds, and what became of it.
 *
 * @module
 */
import type { Requirement, Status } from '../../spec/requirements/requirement.ts';
import { clauseUrl } from './clauseLink.ts';
import { pageHead, plain, table } from './markdown.ts';

/** The statements of one RFC. */
export interface Standard {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

const stateNames = {
  implemented: 'implemented',
  open: 'open',
  'not-applicable': 'not applicable',
  deviation: 'deliberate deviation',
} as const satisfies Record<Status['state'], string>;

/**
 * The page that lists all requirements.
 *
 * @param standards - in the order of the page
 * @returns Markdown; the id of each statement links to its clause in the RFC
 */
export function requirementsPage(standards: readonly Standard[]): string {
  const intro = 'Every normative statement, paraphrased. The RFC is the authority: follow the link of the id.';
  return [pageHead('Requirements', intro), ...standards.map(section)].join('\n');
}

function section({ title, requirements }: Standard): string {
  const counts = Object.entries(stateNames).map(
    ([state, name]) => `${requirements.filter(({ status }) => status.state === state).length} ${name}`,
  );
  const rows = requirements.map(({ id, level, text, status }) => [
    `[${id}](${clauseUrl(id)})`,
    level,
    plain(text),
    plain(statusText(status)),
  ]);
  return [
    `## ${plain(title)}\n`,
    `${requirements.length} statements: ${counts.join(', ')}.\n`,
    `${table(['Id', 'Level', 'Statement', 'Status'], rows)}\n`,
  ].join('\n');
}

function statusText(status: Status): string {
  const name = stateNames[status.state];
  if (status.state === 'open') return `${name}: waits for ${status.needs}`;
  return 'why' in status ? `${name}: ${status.why}` : name;
}
