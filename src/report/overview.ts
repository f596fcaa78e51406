/**
 * All runs at a glance: a line for each, with a mark for each claim.
 *
 * @module
 */
import { claims, limits } from '../../spec/claims/claims.ts';
import type { Verdict } from '../../model/trace/trace.ts';
import type { PerformedRun } from '../run/perform.ts';
import { verdictSigns } from './runText.ts';
import { wrapped } from './textTable.ts';
import { paint } from './theme.ts';

/** How a run stands to a claim or a limit; undefined: it is not about it. */
export type Mark = 'holds' | 'fails' | 'shown' | undefined;

/** The overview as a value. */
export interface Overview {
  /** Claims and limits that any of the runs is about: claims first. */
  readonly columns: readonly { readonly kind: 'claim' | 'limit'; readonly id: string; readonly text: string }[];
  readonly rows: readonly {
    readonly run: PerformedRun;
    readonly messages: number;
    readonly octets: number;
    readonly marks: readonly Mark[];
  }[];
}

/** The overview of runs. */
export function overviewOf(runs: readonly PerformedRun[]): Overview {
  const first = (verdicts: readonly Verdict[], stated: Readonly<Record<string, unknown>>): readonly Verdict[] => {
    const order = Object.keys(stated);
    return verdicts
      .filter(({ claim }, index) => verdicts.findIndex((other) => other.claim === claim) === index)
      .toSorted((a, b) => order.indexOf(a.claim) - order.indexOf(b.claim));
  };
  const columns: Overview['columns'] = [
    ...first(
      runs.flatMap(({ analysis }) => analysis.verdicts),
      claims,
    ).map(({ claim, text }) => ({
      kind: 'claim' as const,
      id: claim,
      text,
    })),
    ...first(
      runs.flatMap(({ analysis }) => analysis.limits),
      limits,
    ).map(({ claim, text }) => ({
      kind: 'limit' as const,
      id: claim,
      text,
    })),
  ];
  return {
    columns,
    rows: runs.map((run) => ({
      run,
      messages: run.trace.messages.length,
      octets: run.trace.messages.reduce((sum, hop) => sum + hop.octets.length, 0),
      marks: columns.map(({ kind, id }): Mark => {
        const among = kind === 'claim' ? run.analysis.verdicts : run.analysis.limits;
        const found = among.find(({ claim }) => claim === id);
        if (!found) return undefined;
        if (!found.holds) return 'fails';
        return kind === 'claim' ? 'holds' : 'shown';
      }),
    })),
  };
}

/** The short head of a column: claims have numbers, limits letters. */
export function headOf({ columns }: Overview, column: number): string {
  const claims = columns.filter(({ kind }) => kind === 'claim').length;
  return column < claims ? String(column + 1) : String.fromCharCode('a'.charCodeAt(0) + column - claims);
}

/** The overview for the terminal: marks in columns where they fit, otherwise how many claims hold. */
export function overviewText(
  runs: readonly PerformedRun[],
  options: { readonly width: number; readonly color: boolean; readonly ascii: boolean },
): string {
  const overview = overviewOf(runs);
  const painted = paint(options.color);
  const signs = verdictSigns[options.ascii ? 'ascii' : 'unicode'];
  const look = (mark: Mark, column: number): string => {
    const last = column === overview.columns.length - 1;
    const padded = (sign: string): string => (last ? sign : sign.padEnd(2));
    if (mark === undefined) return painted.dim(padded(signs.none));
    if (mark === 'fails') return painted.red(padded(signs.no));
    return mark === 'holds' ? painted.green(padded(signs.ok)) : painted.yellow(padded(signs.limit));
  };
  const name = Math.max(...runs.map(({ id }) => id.length));
  const rows = overview.rows.map(({ run, messages, octets, marks }) => {
    const holding = marks.filter((mark) => mark === 'holds').length;
    const claimed = run.analysis.verdicts.length;
    return {
      sign: run.ok ? painted.green(signs.ok.padEnd(2)) : painted.red(signs.no.padEnd(2)),
      start: `${run.id.padEnd(name)} ${String(messages).padStart(8)} ${String(octets).padStart(7)}`,
      marks: marks.map(look).join(' '),
      count: `${holding} of ${claimed} claims hold`,
    };
  });
  const start = `${''.padEnd(name)} messages  octets`;
  const heads = overview.columns.map((_, column) => headOf(overview, column).padEnd(2)).join(' ');
  const fits = 3 + start.length + 2 + heads.trimEnd().length <= options.width;
  const short = 3 + start.length + 2 + Math.max(...rows.map(({ count }) => count.length)) <= options.width;
  return [
    painted.bold(runs.length === 1 ? 'The run' : `All ${runs.length} runs`),
    ...(short || fits ? [painted.dim(`   ${start}${fits ? `  ${heads}` : ''}`.trimEnd())] : []),
    ...rows.map((row) => {
      if (fits) return `${row.sign} ${row.start}  ${row.marks}`;
      return short ? `${row.sign} ${row.start}  ${row.count}` : `${row.sign} ${row.start.slice(0, name).trimEnd()}`;
    }),
    '',
    ...legend(overview, { ...options, fits }),
    '',
  ].join('\n');
}

function legend(
  overview: Overview,
  options: { readonly width: number; readonly color: boolean; readonly fits: boolean },
): readonly string[] {
  const painted = paint(options.color);
  const lines = (kind: 'claim' | 'limit'): readonly string[] =>
    overview.columns.flatMap((column, index) => {
      if (column.kind !== kind) return [];
      const head = options.fits ? headOf(overview, index).padStart(2) : ' -';
      return [`${head}  ${wrapped(column.text, { width: options.width - 4, indent: '    ' })}`];
    });
  const limits = lines('limit');
  return [
    painted.bold('Claims'),
    ...lines('claim'),
    ...(limits.length > 0 ? [painted.bold('Limits, which runs show to be real'), ...limits] : []),
  ];
}
