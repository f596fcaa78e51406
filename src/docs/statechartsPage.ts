/**
 * The page of statecharts: each picture, and its transitions as a table, so that they can be searched and read aloud.
 *
 * @module
 */
import { chartOf } from './chart.ts';
import { clauseLink, code, pageHead, plain, table } from './markdown.ts';
import type { RoleChart } from './roleCharts.ts';

/**
 * Name of the file with the picture of a machine.
 *
 * @param id - the id of the machine
 */
export function pictureName(id: string): string {
  return `statechart-${id}.svg`;
}

/**
 * The page that shows all machines.
 *
 * @returns Markdown that expects the pictures in its own folder
 */
export function statechartsPage(roles: readonly RoleChart[]): string {
  const intro =
    'Each picture is drawn from the machine that runs. Open a picture by itself to follow the links of its clauses to the RFCs.';
  return [pageHead('Statecharts', intro), ...roles.map(section)].join('\n');
}

function section({ title, summary, machine }: RoleChart): string {
  const chart = chartOf(machine);
  const picture = pictureName(chart.id);
  const entryOf = new Map(chart.states.map((state) => [state.name, state.entry.join(', ')]));
  const rows = chart.transitions.map((transition) => {
    const { from, to, event, guard, otherwise, actions, clause } = transition;
    return [
      code(from),
      event === undefined ? plain(`at once, after ${entryOf.get(from) ?? ''}`) : code(event),
      otherwise ? 'otherwise' : guard === undefined ? '' : code(guard),
      actions.map(code).join(', '),
      to === undefined ? 'the same' : code(to),
      clause === undefined ? '' : clauseLink(clause),
    ];
  });
  return [
    `## ${plain(title)}\n`,
    `${plain(summary)}\n`,
    `[![Statechart: ${plain(title)}](${picture})](${picture})\n`,
    `${table(['State', 'Event', 'If', 'Actions', 'Next state', 'Clause'], rows)}\n`,
    `An event that a state does not expect leads to ${chart.unexpected.map(code).join(', ') || 'nothing'} and to no other state.\n`,
  ].join('\n');
}
