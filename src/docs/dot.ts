/**
 * A statechart as text in the DOT language: for drawing it with other tools, and for seeing in a review what changed.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import { chartOf, labelOf, type ChartState, type ChartTransition } from './chart.ts';
import { clauseName, clauseUrl } from './clauseLink.ts';

/**
 * Writes a machine as a directed graph.
 *
 * @param machine - a machine with states side by side
 * @returns DOT text, one line a state and one a transition, in the order of the machine
 * @throws RangeError if the machine has something that a chart cannot show
 */
export function dotOf(machine: AnyStateMachine): string {
  const chart = chartOf(machine);
  return [
    `digraph ${quoted(chart.id)} {`,
    '  node [shape=box, style=rounded];',
    '  "(start)" [shape=point];',
    ...chart.states.map((state) => `  ${quoted(state.name)} [${stateAttributes(state)}];`),
    `  "(start)" -> ${quoted(chart.initial)};`,
    ...chart.transitions.map(edgeOf),
    `  label=${quoted(`unexpected event / ${chart.unexpected.join(', ') || 'nothing'}`)};`,
    '}',
    '',
  ].join('\n');
}

function stateAttributes({ name, kind, entry }: ChartState): string {
  const label = [name, ...entry.map((action) => `entry / ${action}`)].map(inner).join('\\n');
  const looks = { waiting: '', transient: ', style="rounded,dashed"', final: ', peripheries=2' } as const;
  return `label="${label}"${looks[kind]}`;
}

function edgeOf(transition: ChartTransition): string {
  const { from, to, clause } = transition;
  const label = [labelOf(transition), ...(clause === undefined ? [] : [clauseName(clause)])].map(inner).join('\\n');
  const link = clause === undefined ? '' : `, URL=${quoted(clauseUrl(clause))}`;
  // A transition that does not leave its state is a loop without an arrow head.
  const loop = to === undefined ? ', arrowhead=none' : '';
  return `  ${quoted(from)} -> ${quoted(to ?? from)} [label="${label}"${link}${loop}];`;
}

function inner(text: string): string {
  return text.replace(/["\\]/g, (sign) => `\\${sign}`);
}

function quoted(text: string): string {
  return `"${inner(text)}"`;
}
