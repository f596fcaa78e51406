/**
 * What runs cost, as tables: one run by call and party, and all runs side by side.
 *
 * @module
 */
import type { PartyRole } from '../../model/trace/trace.ts';
import { costOfRole, type PartyCost } from '../run/cost.ts';
import type { PerformedRun } from '../run/perform.ts';
import { fittingTable, wrapped, type TextTable } from './textTable.ts';
import { paint } from './theme.ts';

/** What is measured, by the heads of the columns. */
const measures: readonly (readonly [string, (cost: PartyCost) => number])[] = [
  ['messages', (cost) => cost.messages],
  ['octets', (cost) => cost.octets],
  ['PRF', (cost) => cost.operations.prf.calls],
  ['MAC', (cost) => cost.operations.mac.calls],
  ['cipher', (cost) => cost.operations.encrypt.calls + cost.operations.decrypt.calls],
];

/** The cells of a cost. */
function cellsOf(cost: PartyCost): readonly string[] {
  return measures.map(([, measure]) => String(measure(cost)));
}

const heads = measures.map(([head]) => head);

/** What a run costs each party in each call; a party that has nothing to do with a call has no row. */
export function costByCall({ trace, cost }: PerformedRun): TextTable {
  const names = trace.parties.map((party) => party.name);
  const rows = (label: string, parties: Readonly<Record<string, PartyCost>>): readonly (readonly string[])[] =>
    names.flatMap((name) => {
      const of = parties[name];
      return of && of.messages > 0 ? [[`${label}, ${name}`, ...cellsOf(of)]] : [];
    });
  return {
    heads: ['', ...heads],
    rows: [
      ...cost.steps.flatMap((step) => rows(step.label, step.parties)),
      ...(cost.steps.length > 1 ? rows('together', cost.total) : []),
    ],
  };
}

/** The roles that the comparison tells apart, and how it calls them. */
const roles: readonly (readonly [PartyRole, string])[] = [
  ['kms', 'KMS'],
  ['initiator', 'callers'],
  ['responder', 'called'],
];

/** What all runs cost, in groups of columns: one for each role, with the same heads. */
export interface CostGroups {
  readonly groups: readonly string[];
  readonly heads: readonly string[];
  readonly rows: readonly { readonly run: PerformedRun; readonly cells: readonly string[] }[];
}

/** What all runs cost the KMSs, callers and called endpoints. @param count - of roles, of which the KMSs come first */
export function costGroups(runs: readonly PerformedRun[], count: number = roles.length): CostGroups {
  const shown = roles.slice(0, count);
  return {
    groups: shown.map(([, name]) => name),
    heads,
    rows: runs.map((run) => ({ run, cells: shown.flatMap(([role]) => cellsOf(costOfRole(run, role))) })),
  };
}

/** The same as one table; the heads of a group begin with its name. */
function costComparison(runs: readonly PerformedRun[], count: number): TextTable {
  const { groups, rows } = costGroups(runs, count);
  return {
    heads: ['', 'calls', ...groups.flatMap((group) => heads.map((head, at) => (at === 0 ? `${group} ${head}` : head)))],
    rows: rows.map(({ run, cells }) => [run.id, String(run.cost.calls), ...cells]),
  };
}

/** The comparison for the terminal. */
export function costComparisonText(
  runs: readonly PerformedRun[],
  options: { readonly width: number; readonly color: boolean },
): string {
  const painted = paint(options.color);
  const [head, ...lines] = fittingTable(
    [3, 2, 1].map((count) => costComparison(runs, count)),
    options.width,
  ) ?? ['', ...listOf(runs, options.width)];
  return [painted.bold('What each run costs (measured)'), ...(head ? [painted.dim(head)] : []), ...lines, ''].join(
    '\n',
  );
}

/** The same without columns, for narrow terminals: the KMSs alone. */
function listOf(runs: readonly PerformedRun[], width: number): readonly string[] {
  return runs.map((run) => {
    const cells = cellsOf(costOfRole(run, 'kms')).map((cell, at) => `${cell} ${heads[at] ?? ''}`);
    return wrapped(`${run.id}: ${cells.join(', ')} at KMS`, { width, indent: '  ' });
  });
}
