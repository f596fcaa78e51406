/**
 * A sequence diagram as an SVG that stands alone: no script, no font from elsewhere, light and dark.
 *
 * @module
 */
import { escapeXml } from './escape.ts';
import { fates, gapsOf, headingsOf, labelGap, placesOf, type Arrow, type Sequence } from './sequence.ts';

/** Sizes in pixels. Text is taken as wider than it is, so that it never touches what is beside it. */
const size = { character: 7.9, label: 14, row: 30, top: 64, side: 16, note: 240 } as const;

/** The class of each exchange. */
const exchangeClass: Readonly<Record<Arrow['exchange'], string>> = {
  'Ticket Request': 'request',
  'Ticket Transfer': 'transfer',
  'Ticket Resolve': 'resolve',
};

/** The style that the SVG carries. */
const style = `
:root{--ink:#1c2430;--dim:#6b7686;--paper:#fff;--line:#c8d0da;--request:#0b7285;--transfer:#2b8a3e;--resolve:#862e9c;--bad:#c92a2a}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--dim:#97a3b4;--paper:#12161c;--line:#3a4553;--request:#3bc9db;--transfer:#69db7c;--resolve:#da77f2;--bad:#ff8787}}
.paper{fill:var(--paper)}text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink)}
.life{stroke:var(--line);stroke-dasharray:4 4}.box{fill:var(--paper);stroke:var(--line)}.name{text-anchor:middle;font-weight:600}
.role,.note,.band{fill:var(--dim);font-size:11px}.role{text-anchor:middle}.label{text-anchor:middle}.halo{stroke:var(--paper);stroke-width:5;paint-order:stroke}
.request{stroke:var(--request)}.transfer{stroke:var(--transfer)}.resolve{stroke:var(--resolve)}.bad{stroke:var(--bad)}
text.request{fill:var(--request);stroke:none}text.transfer{fill:var(--transfer);stroke:none}text.resolve{fill:var(--resolve);stroke:none}text.bad{fill:var(--bad);stroke:none}
.shaft{stroke-width:1.6;fill:none}`;

/** Draws. @param id - prefix of ids, unique in a page */
export function sequenceSvg(sequence: Sequence, id = 'sequence'): string {
  const { lanes, arrows } = sequence;
  const boxWidth = (lane: number): number =>
    Math.ceil(Math.max((lanes[lane]?.name.length ?? 0) * size.character, 76) + 20);
  const gaps = gapsOf(sequence, {
    name: (lane) => boxWidth(lane) + 14,
    label: (arrow) => Math.ceil(labelOf(arrow).length * size.character) + 2 * size.label,
  });
  const places = placesOf(size.side + boxWidth(0) / 2, gaps);
  const x = (lane: number): number => places[lane] ?? 0;
  const noteX = x(lanes.length - 1) + boxWidth(lanes.length - 1) / 2 + 12;
  const width = noteX + size.note;
  const rows = rowsOf(arrows);
  const height = size.top + rows.length * size.row + 24;
  const bottom = height - 12;
  const lifelines = lanes.map(
    (lane, index) =>
      `<line class="life" x1="${x(index)}" y1="${size.top - 8}" x2="${x(index)}" y2="${bottom}"/>` +
      `<rect class="box" x="${x(index) - boxWidth(index) / 2}" y="12" width="${boxWidth(index)}" height="40" rx="8"/>` +
      `<text class="name" x="${x(index)}" y="30">${escapeXml(lane.name)}</text><text class="role" x="${x(index)}" y="45">${lane.role}</text>`,
  );
  const drawn = rows.map((row, index) => {
    const y = size.top + index * size.row + 20;
    if (row.kind === 'band') {
      return `<text class="band" x="${noteX}" y="${y + 2}">${row.heading}</text>`;
    }
    return arrowSvg(row.arrow, { places, gaps, y, id, noteX });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeXml(sequence.title)}</title>`,
    `<desc id="${id}-d">Sequence diagram with ${lanes.length} parties and ${arrows.length} messages.</desc>`,
    `<style>${style}</style><rect class="paper" width="${width}" height="${height}"/>`,
    ...lifelines,
    ...drawn,
    '</svg>',
  ].join('\n');
}

type Row = { readonly kind: 'band'; readonly heading: string } | { readonly kind: 'arrow'; readonly arrow: Arrow };

/** Arrows, and before each change of call or exchange a band that names it. */
function rowsOf(arrows: readonly Arrow[]): readonly Row[] {
  return arrows.flatMap((arrow, index): readonly Row[] => {
    const [heading] = headingsOf(arrow, arrows[index - 1]) ?? [];
    return heading === undefined
      ? [{ kind: 'arrow', arrow }]
      : [
          { kind: 'band', heading },
          { kind: 'arrow', arrow },
        ];
  });
}

function labelOf(arrow: Arrow): string {
  return `${arrow.type}, ${arrow.octets} octets`;
}

function arrowSvg(
  arrow: Arrow,
  place: {
    readonly places: readonly number[];
    readonly gaps: readonly number[];
    readonly y: number;
    readonly id: string;
    readonly noteX: number;
  },
): string {
  const { places, gaps, y, id, noteX } = place;
  const [from, to] = [places[arrow.from] ?? 0, places[arrow.to] ?? 0];
  const towards = to > from ? 1 : -1;
  const good = arrow.rejection === undefined && arrow.fate === undefined;
  const look = good ? exchangeClass[arrow.exchange] : 'bad';
  const gap = labelGap(gaps, arrow);
  const middle = (places[gap] ?? 0) + (gaps[gap] ?? 0) / 2;
  // A message that is lost ends in a cross short of the lifeline.
  const end = arrow.fate === 'lost' ? to - towards * 14 : to - towards * 2;
  const head =
    arrow.fate === 'lost'
      ? `M${end - 5},${y - 5} L${end + 5},${y + 5} M${end - 5},${y + 5} L${end + 5},${y - 5}`
      : `M${to - towards * 9},${y - 5} L${to - towards},${y} L${to - towards * 9},${y + 5}`;
  const checks = arrow.checks > 0 ? `✓ ${arrow.checks} checks` : '';
  const fate = arrow.fate === undefined ? [] : [fates[arrow.fate]];
  const note = [...fate, arrow.rejection === undefined ? checks : `✗ ${arrow.rejection.check}`]
    .filter((part) => part !== '')
    .join(', ');
  return (
    `<g id="${id}-${arrow.index}"><title>#${arrow.index} ${escapeXml(labelOf(arrow))}${arrow.rejection === undefined ? '' : `: ${escapeXml(arrow.rejection.reason)}`}</title>` +
    `<path class="shaft ${look}" d="M${from},${y} L${end},${y}"/><path class="shaft ${look}" d="${head}"/>` +
    `<text class="label halo" x="${middle}" y="${y - 8}">${escapeXml(labelOf(arrow))}</text>` +
    (note ? `<text class="note ${good ? '' : 'bad'}" x="${noteX}" y="${y + 4}">${note}</text>` : '') +
    '</g>'
  );
}
