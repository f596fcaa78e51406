/**
 * A sequence diagram for the terminal: aligned, coloured if asked, and no wider than the terminal.
 *
 * @module
 */
import { fates, gapsOf, headingsOf, labelGap, placesOf, type Arrow, type Sequence } from './sequence.ts';
import { paint, type Paint } from './theme.ts';

/** How to draw. */
export interface TextOptions {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Only ASCII characters. */
  readonly ascii?: boolean;
}

/** The characters that lines are made of. */
const characters = {
  unicode: { life: '│', line: '─', right: '▶', left: '◀', lost: '✗', cross: '┼', ok: '✓', no: '✗' },
  ascii: { life: '|', line: '-', right: '>', left: '<', lost: 'x', cross: '+', ok: 'ok', no: 'NO' },
} as const;

/** The colour of each exchange. */
const exchangeColor: Readonly<Record<Arrow['exchange'], keyof Paint>> = {
  'Ticket Request': 'cyan',
  'Ticket Transfer': 'green',
  'Ticket Resolve': 'magenta',
};

/** How a message is labelled: with its length, without, or by a short name. */
const labels: readonly ((arrow: Arrow) => string)[] = [
  (arrow) => `${arrow.type} ${arrow.octets}`,
  (arrow) => arrow.type,
  (arrow) =>
    arrow.type.replace('REQUEST', 'REQ').replace('TRANSFER', 'TRF').replace('RESOLVE', 'RSV').replace('_PSK', ''),
];

/** Columns left of the first lifeline. */
const margin = 2;

/**
 * Draws.
 *
 * The fullest form that fits is taken: labels with lengths, without, short ones; the same with numbered lanes; and where even that is
 * too wide, a plain list.
 */
export function sequenceText(sequence: Sequence, options: TextOptions): string {
  for (const numbered of [false, true]) {
    for (const label of labels) {
      const drawn = drawWith(sequence, { ...options, label, numbered });
      if (drawn !== undefined) return drawn;
    }
  }
  return listOf(sequence, options);
}

/** One form of a diagram. */
interface Form extends TextOptions {
  readonly label: (arrow: Arrow) => string;
  readonly numbered: boolean;
}

function drawWith(sequence: Sequence, options: Form): string | undefined {
  const { lanes, arrows } = sequence;
  const { label, numbered } = options;
  const names = lanes.map((lane, index) => (numbered ? String(index + 1) : lane.name));
  const gaps = gapsOf(sequence, {
    name: (lane) => (names[lane]?.length ?? 0) + 2,
    label: (arrow) => label(arrow).length + 6,
  });
  const columns = placesOf(margin + Math.ceil((names[0]?.length ?? 0) / 2), gaps);
  const last = columns.at(-1) ?? 0;
  if (last + Math.ceil((names.at(-1)?.length ?? 0) / 2) > options.width) return undefined;
  const painted = paint(options.color);
  const signs = options.ascii ? characters.ascii : characters.unicode;
  const lines = numbered
    ? legend(
        lanes.map((lane) => lane.name),
        options.width,
      )
    : [];
  lines.push(painted.bold(header(names, columns)));
  for (const [index, arrow] of arrows.entries()) {
    const headings = headingsOf(arrow, arrows[index - 1]);
    if (headings) {
      lines.push(lifelines(columns, signs.life));
      const start = last + 3;
      const heading = headings.find((one) => start + one.length <= options.width) ?? '';
      if (heading) lines.push(`${lifelines(columns, signs.life).padEnd(start)}${painted.dim(heading)}`);
    }
    const body = arrowLine(arrow, { columns, label: label(arrow), signs });
    const note = notesOf(arrow, signs).find((one) => last + 3 + one.length <= options.width) ?? '';
    const good = arrow.rejection === undefined && arrow.fate === undefined;
    const color = painted[good ? exchangeColor[arrow.exchange] : 'red'];
    const before = body.text.slice(0, body.start);
    const shaft = body.text.slice(body.start, body.end);
    const after = body.text.slice(body.end);
    lines.push(
      `${before}${color(shaft)}${after}${note ? `${' '.repeat(Math.max(1, last + 3 - body.text.length))}${painted.dim(note)}` : ''}`,
    );
  }
  lines.push(lifelines(columns, signs.life));
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Which number is who, in lines that fit. */
function legend(names: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const entry = `${index + 1} ${name}`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + entry.length <= width) lines[lines.length - 1] = `${last}   ${entry}`;
    else lines.push(entry);
  }
  return lines;
}

/** The names of the lanes, each centred on its lifeline. */
function header(names: readonly string[], columns: readonly number[]): string {
  return names.reduce((line, name, index) => {
    const start = Math.max(line.length, (columns[index] ?? 0) - Math.floor(name.length / 2));
    return line.padEnd(start) + name;
  }, '');
}

function lifelines(columns: readonly number[], life: string): string {
  return columns.reduce((line, column) => line.padEnd(column) + life, '');
}

/** One line with an arrow; where it crosses a lifeline a cross is drawn, and the label stands in a gap, never on a lifeline. */
function arrowLine(
  arrow: Arrow,
  options: {
    readonly columns: readonly number[];
    readonly label: string;
    readonly signs: (typeof characters)['unicode' | 'ascii'];
  },
): { readonly text: string; readonly start: number; readonly end: number } {
  const { columns, label, signs } = options;
  const [low, high] = [Math.min(arrow.from, arrow.to), Math.max(arrow.from, arrow.to)];
  const [start, end] = [columns[low] ?? 0, columns[high] ?? 0];
  const cells = [...lifelines(columns, signs.life)];
  for (let column = start + 1; column < end; column += 1) cells[column] = signs.line;
  for (let lane = low + 1; lane < high; lane += 1) cells[columns[lane] ?? 0] = signs.cross;
  if (arrow.to > arrow.from) cells[end - 1] = arrow.fate === 'lost' ? signs.lost : signs.right;
  else cells[start + 1] = arrow.fate === 'lost' ? signs.lost : signs.left;
  const gaps = columns.slice(1).map((column, index) => column - (columns[index] ?? 0));
  const gap = labelGap(gaps, arrow);
  const at = (columns[gap] ?? 0) + Math.ceil(((gaps[gap] ?? 0) - label.length - 1) / 2);
  [...` ${label} `].forEach((character, index) => {
    cells[at + index] = character;
  });
  return { text: cells.join(''), start: start + 1, end };
}

/** What became of a message, and what the receiver made of it: in full, and in shorter forms. */
function notesOf(arrow: Arrow, signs: (typeof characters)['unicode' | 'ascii']): readonly string[] {
  const fate = arrow.fate === undefined ? [] : [fates[arrow.fate]];
  const { rejection } = arrow;
  if (rejection !== undefined) {
    return [rejection.reason, rejection.check].map((text) => [...fate, `${signs.no} ${text}`].join(', '));
  }
  return [[...fate, ...(arrow.checks > 0 ? [`${signs.ok} ${arrow.checks} checks`] : [])].join(', '), fate.join('')];
}

/** One line a message, for terminals that are too narrow for lanes. */
function listOf({ lanes, arrows }: Sequence, options: TextOptions): string {
  const painted = paint(options.color);
  const arrowSign = options.ascii ? '->' : '→';
  const width = Math.max(...lanes.map((lane) => lane.name.length));
  return arrows
    .map((arrow) => {
      const from = (lanes[arrow.from]?.name ?? '').padStart(width);
      const to = (lanes[arrow.to]?.name ?? '').padEnd(width);
      const good = arrow.rejection === undefined && arrow.fate === undefined;
      const color = painted[good ? exchangeColor[arrow.exchange] : 'red'];
      const fate = arrow.fate === undefined ? '' : ` (${fates[arrow.fate]})`;
      return `${from} ${arrowSign} ${to} ${color(arrow.type)}${fate}`;
    })
    .join('\n');
}
