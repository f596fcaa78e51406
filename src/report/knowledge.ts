/**
 * The knowledge matrix: which party comes to which secret.
 *
 * @module
 */
import type { Trace } from '../../model/trace/trace.ts';
import { eavesdropper, type Analysis, type Knowing } from '../run/analysis.ts';
import { paint } from './theme.ts';

/** The matrix as a value. */
export interface KnowledgeMatrix {
  /** Parties, and last whoever hears everything and holds no key. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly secret: string; readonly cells: readonly Knowing[] }[];
}

/** The matrix of a run. */
export function knowledgeMatrix(trace: Trace<Uint8Array>, analysis: Analysis): KnowledgeMatrix {
  const columns = [...trace.parties.map((party) => party.name), eavesdropper];
  return {
    columns,
    rows: trace.secrets.map((secret) => ({
      secret: secret.name,
      cells: columns.map((party) => analysis.knows(party, secret.name)),
    })),
  };
}

/** What each party comes to, as lists of names. */
export function knowledgeByParty({ columns, rows }: KnowledgeMatrix): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    columns.map((party, index) => [party, rows.filter((row) => row.cells[index] !== 'no').map((row) => row.secret)]),
  );
}

/** Signs of the cells in the terminal. */
const signs = { unicode: { given: '●', derives: '○', no: '·' }, ascii: { given: 'G', derives: 'd', no: '.' } } as const;

/**
 * The matrix for the terminal. Where it is too wide, columns are numbered.
 */
export function knowledgeText(
  { columns, rows }: KnowledgeMatrix,
  options: { readonly width: number; readonly color: boolean; readonly ascii?: boolean },
): string {
  const painted = paint(options.color);
  const sign = options.ascii ? signs.ascii : signs.unicode;
  const first = Math.max(...rows.map((row) => row.secret.length));
  const numbered = first + columns.reduce((sum, name) => sum + name.length + 2, 0) > options.width;
  const heads = columns.map((name, index) => (numbered ? String(index + 1) : name));
  const cell = (knowing: Knowing, column: number): string => {
    const head = heads[column] ?? '';
    const left = Math.floor((head.length - 1) / 2);
    const last = column === heads.length - 1;
    const text = `${' '.repeat(left)}${sign[knowing]}`.padEnd(last ? 0 : head.length);
    return knowing === 'no' ? painted.dim(text) : knowing === 'given' ? painted.cyan(text) : painted.yellow(text);
  };
  const entries = [`${sign.given} given`, `${sign.derives} can compute it from all messages`, `${sign.no} cannot`];
  const lines = [
    ...(numbered
      ? inLines(
          columns.map((name, index) => `${index + 1} ${name}`),
          options.width,
        )
      : []),
    painted.bold(`${' '.repeat(first)}  ${heads.join('  ')}`.trimEnd()),
    ...rows.map((row) => `${row.secret.padEnd(first)}  ${row.cells.map(cell).join('  ')}`.trimEnd()),
    ...inLines(entries, options.width).map((line) => painted.dim(line)),
  ];
  return lines.join('\n');
}

/** Entries of a legend, in as many lines as they need. */
function inLines(entries: readonly string[], width: number): readonly string[] {
  return entries.reduce<readonly string[]>((lines, entry) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 3 + entry.length > width) return [...lines, entry];
    return [...lines.slice(0, -1), `${last}   ${entry}`];
  }, []);
}
