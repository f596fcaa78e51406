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

/** What all runs cost the KMSs, callers and called endpoints: the first form has all of them, the last one the KMSs alone. */
export function costComparison(runs: readonly PerformedRun[]): readonly TextTable[] {
  const form = (shown: typeof roles): TextTable => ({
    heads: [
      '',
      'calls',
      ...shown.flatMap(([, name]) => heads.map((head, at) => (at === 0 ? `${name} ${head}` : head))),
    ],
    rows: runs.map((run) => [
      run.id,
      String(run.cost.calls),
      ...shown.flatMap(([role]) => cellsOf(costOfRole(run, role))),
    ]),
  });
  return [roles, roles.slice(0, 2), roles.slice(0, 1)].map(form);
}

/** The comparison for the terminal. */
export function costComparisonText(
  runs: readonly PerformedRun[],
  options: { readonly width: number; readonly color: boolean },
): string {
  const painted = paint(options.color);
  const [head, ...lines] = fittingTable(costComparison(runs), options.width) ?? ['', ...listOf(runs, options.width)];
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
