/**
 * A comparison for the terminal.
 *
 * @module
 */
import { paint } from '../report/theme.ts';
import { countedOperations, type OperationCounts } from '../run/counting.ts';
import type { Comparison, Outcome } from './compare.ts';
import { claim, conclusionsOf } from './conclusions.ts';
import type { Costs, ExchangeCost } from './costs.ts';
import type { Parameters } from './parameters.ts';
import { ticketKinds } from './ticketKind.ts';
import { scaledDown, type SensitivityRow } from './sensitivity.ts';
import { counted, grouped, percent, shortNameOf } from './words.ts';

/** The whole text. */
export function comparisonText(
  comparison: Comparison,
  sensitivity: readonly SensitivityRow[],
  { color }: { readonly color: boolean },
): string {
  const painted = paint(color);
  const { parameters, costs, outcomes } = comparison;
  return [
    painted.bold(`A day of ${counted(comparison.calls, 'call')}, ${grouped(comparison.groupCalls)} of them to groups`),
    ...describeParameters(parameters),
    '',
    painted.bold('What an exchange costs the KMS (measured over real bytes)'),
    ...table([
      ['', 'messages', 'octets', ...countedOperations],
      ...priceList(costs).map(([name, cost]) => [
        name,
        String(cost.messages),
        String(cost.octets),
        ...countedOperations.map((operation) => String(cost.operations[operation].calls)),
      ]),
    ]),
    '',
    painted.bold('The day under each set of features (all KMSs; % of none)'),
    ...table([
      ['', 'requests', '%', 'resolves', '%', 'by other KMS', 'messages', '%', 'octets', 'operations', 'peak/min'],
      ...outcomes.map((outcome) => rowOf(outcome)),
    ]),
    '',
    painted.bold('Each KMS (all three features)'),
    ...perKms(outcomes.at(-1)),
    '',
    painted.bold(`The claim: ${claim}`),
    ...conclusionsOf(comparison).map((text) => `- ${text}`),
    '',
    painted.bold(
      `When it helps and when not (${grouped(scaledDown(parameters).users)} users, one thing changed at a time)`,
    ),
    ...sensitivity.map((row) => `${sign(row)} ${row.text}`),
    '',
  ].join('\n');

  function sign(row: SensitivityRow): string {
    if (row.verdict === 'helps') return painted.green('+');
    return row.verdict === 'makes it worse' ? painted.red('-') : painted.yellow('o');
  }
}

/** What each exchange costs, by its name. */
function priceList(costs: Costs): readonly (readonly [string, ExchangeCost])[] {
  return [
    ...(['user', 'group'] as const).map((kind) => [`Ticket Request, ${kind}`, costs.request[kind]] as const),
    ...ticketKinds.map((kind) => [`Ticket Resolve, ${kind}`, costs.resolve[kind]] as const),
    ...ticketKinds.map((kind) => [`asking another KMS, ${kind}`, costs.ask[kind]] as const),
    ...ticketKinds.map((kind) => [`for another KMS, ${kind}`, costs.answer[kind]] as const),
  ];
}

function describeParameters(parameters: Parameters): readonly string[] {
  const { users, kmss, devices, groups, groupSize, contacts, zipf, caching, seed } = parameters;
  return [
    `${counted(users, 'user')} at ${counted(kmss, 'KMS')}, ${counted(devices, 'endpoint')} each; ${counted(parameters.callsPerHour, 'call')} per user and hour; ${percent(parameters.foreignShare)} foreign`,
    `${counted(contacts, 'contact')}, Zipf ${zipf}; ${counted(groups, 'group')} of ${groupSize.from} to ${groupSize.to}, ${percent(parameters.groupShare)} of their members' calls go to them`,
    `tickets valid for ${grouped(parameters.validity)} s; ${percent(parameters.ownShare)} of users may make their own; cached resolutions: ${caching}; seed '${seed}'`,
  ];
}

function rowOf(outcome: Outcome): readonly string[] {
  const { total, ratio } = outcome;
  const share = (value: number | undefined): string => (value === undefined ? '' : (value * 100).toFixed(1));
  return [
    shortNameOf(outcome),
    grouped(total.requests),
    share(ratio.requests),
    grouped(total.resolves),
    share(ratio.resolves),
    grouped(total.fromOtherKms),
    grouped(total.messages),
    share(ratio.messages),
    grouped(total.octets),
    grouped(operationCount(total.operations)),
    grouped(total.peakPerMinute),
  ];
}

function perKms(outcome: Outcome | undefined): readonly string[] {
  return table([
    ['', 'requests', 'resolves', 'by other KMS', 'messages', 'octets', 'peak/min'],
    ...(outcome?.perKms ?? []).map((load, index) => [
      `KMS ${index + 1}`,
      ...[load.requests, load.resolves, load.fromOtherKms, load.messages, load.octets, load.peakPerMinute].map(grouped),
    ]),
  ]);
}

/** All operations, each counting one. */
function operationCount(operations: OperationCounts): number {
  return countedOperations.reduce((sum, operation) => sum + operations[operation].calls, 0);
}

/** Columns: the first one to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
