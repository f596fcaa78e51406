/**
 * A statechart as one SVG that needs nothing from outside: no font, no script, no style sheet. It follows the reader's choice of light or
 * dark, and every clause on it is a link.
 *
 * @module
 */
import type { AnyStateMachine } from 'xstate';
import { chartOf, type StateKind } from './chart.ts';
import { clauseUrl } from './clauseLink.ts';
import {
  layOut,
  linesOf,
  sizes,
  type Area,
  type LabelLine,
  type Point,
  type Route,
  type StateBox,
} from './statechart.ts';
import { boldWidth, monoWidth, plainWidth } from './textWidth.ts';

/** Words around a chart. */
export interface Caption {
  /** The heading. */
  readonly title: string;
  /** One sentence below it. */
  readonly summary: string;
}

const style = `
svg { --paper: #ffffff; --ink: #1b2430; --soft: #5b6776; --line: #7d8999; --fill: #f3f6fa; --edge: #3f6ea8;
  --calc: #fff8e8; --calc-edge: #b98a1f; --guard: #875f00; --end: #f2f0f7; --end-edge: #6b5b95; --link: #1a5fb4; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { svg { --paper: #12171e; --ink: #e8edf3; --soft: #a3afbd; --line: #77859a;
  --fill: #1b2430; --edge: #6ea3e6; --calc: #2a2415; --calc-edge: #d0a545; --guard: #d9b15a; --end: #221d30; --end-edge: #a797d6; --link: #8ab8f5; } }
text { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); }
.title { font-size: ${sizes.title}px; font-weight: 700; }
.summary, .legend { font-size: ${sizes.legend}px; fill: var(--soft); }
.name { font-size: ${sizes.name}px; font-weight: 600; text-anchor: middle; }
.code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: ${sizes.code}px; }
.clause { font-size: ${sizes.clause}px; fill: var(--link); }
a:hover .clause { text-decoration: underline; }
.mid { text-anchor: middle; }
.event { font-weight: 700; }
.guard { fill: var(--guard); }
.rule { stroke-width: 1; opacity: 0.45; }
.box { stroke-width: 1.5; }
.waiting .box { fill: var(--fill); stroke: var(--edge); }
.waiting .rule { stroke: var(--edge); }
.transient .box { fill: var(--calc); stroke: var(--calc-edge); stroke-dasharray: 5 3; }
.transient .rule { stroke: var(--calc-edge); }
.final .box { fill: var(--end); stroke: var(--end-edge); }
.final .ring { fill: none; stroke: var(--end-edge); stroke-width: 1.5; }
.way { fill: none; stroke: var(--line); stroke-width: 1.5; }
.tip, .dot { fill: var(--line); }
.plate { fill: var(--paper); }
`.trim();

/** Margin around the picture, in pixels. */
const margin = 24;

/**
 * Draws a machine.
 *
 * @param machine - a machine with states side by side
 * @param caption - words around the picture
 * @returns an SVG document, the same for the same machine
 * @throws RangeError if the machine has something that a chart cannot show
 */
export async function statechartSvg(machine: AnyStateMachine, caption: Caption): Promise<string> {
  const chart = chartOf(machine);
  const layout = await layOut(chart);
  const note = noteOf(chart.unexpected);
  const left = margin;
  const top = margin + 58;
  const legendTop = top + layout.height + 28;
  const legend = drawLegend(new Set(chart.states.map((state) => state.kind)), { x: left, y: legendTop }, note);
  const captionWidth = Math.max(plainWidth(caption.summary, sizes.legend), boldWidth(caption.title, sizes.title));
  const width = Math.ceil(Math.max(layout.width, legend.width, captionWidth) + 2 * margin);
  const height = Math.ceil(legendTop + legend.height + margin);
  const shift = (width - 2 * margin - layout.width) / 2;
  const tip = `tip-${chart.id}`;
  const desc = `Statechart of the machine ${chart.id}: ${chart.states.length} states, ${chart.transitions.length} transitions. It starts in ${chart.initial}. ${note}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="graphics-document" aria-labelledby="${tip}-title ${tip}-desc">`,
    `<title id="${tip}-title">${escaped(`${caption.title}: statechart`)}</title>`,
    `<desc id="${tip}-desc">${escaped(desc)}</desc>`,
    `<style>${style}</style>`,
    `<defs><marker id="${tip}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0.8 L10 5 L0 9.2 Z"/></marker></defs>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${left}" y="${margin + 16}">${escaped(caption.title)}</text>`,
    `<text class="summary" x="${left}" y="${margin + 38}">${escaped(caption.summary)}</text>`,
    `<g transform="translate(${left + Math.round(shift)} ${top})">`,
    ...layout.routes.map((route) => drawWay(route.points, tip)),
    drawWay(layout.start.points, tip),
    drawDot(layout.start.dot),
    ...layout.routes.map(drawLabel),
    ...layout.boxes.map(drawBox),
    '</g>',
    ...legend.parts,
    '</svg>',
    '',
  ].join('\n');
}

/** What happens to an event that no arrow shows. */
function noteOf(unexpected: readonly string[]): string {
  return unexpected.length === 0
    ? 'An event that no arrow shows is ignored.'
    : `An event that no arrow of a state shows changes nothing: it is reported as ${unexpected.join(', ')}.`;
}

/** A route with rounded corners. */
function drawWay(points: readonly Point[], tip: string): string {
  const steps = points.map((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) return `M${point.x} ${point.y}`;
    if (!after) return `L${point.x} ${point.y}`;
    const inward = towards(point, before);
    const outward = towards(point, after);
    return `L${inward.x} ${inward.y} Q${point.x} ${point.y} ${outward.x} ${outward.y}`;
  });
  return `<path class="way" d="${steps.join(' ')}" marker-end="url(#${tip})"/>`;
}

/** Where the rounding of a corner ends: 8 pixels towards the next corner, half way if that is near. */
function towards(corner: Point, next: Point): Point {
  const distance = Math.abs(next.x - corner.x) + Math.abs(next.y - corner.y);
  const part = distance === 0 ? 0 : Math.min(8, distance / 2) / distance;
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { x: round(corner.x + (next.x - corner.x) * part), y: round(corner.y + (next.y - corner.y) * part) };
}

function drawDot({ x, y, width }: Area): string {
  const radius = width / 2;
  return `<circle class="dot" cx="${x + radius}" cy="${y + radius}" r="${radius}"/>`;
}

function drawLabel({ label, lines, transition }: Route): string {
  const middle = label.x + label.width / 2;
  const texts = lines.map((line, index) =>
    drawLine(line, { x: middle, y: label.y + 3 + sizes.line * index + 12, clause: transition.clause, middle: true }),
  );
  return [
    '<g class="label">',
    `<rect class="plate" x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="4"/>`,
    ...texts,
    '</g>',
  ].join('');
}

/** Where and how a line is drawn. */
interface LinePlace extends Point {
  readonly clause: string | undefined;
  readonly middle: boolean;
}

function drawLine(line: LabelLine, { x, y, clause, middle }: LinePlace): string {
  const place = `class="${line.kind}${middle ? ' mid' : ''}" x="${x}" y="${y}"`;
  if (line.kind === 'code') return `<text ${place}>${coloured(line.text)}</text>`;
  const text = `<text ${place}>${escaped(line.text)}</text>`;
  return clause === undefined ? text : `<a href="${clauseUrl(clause)}" target="_blank">${text}</a>`;
}

/** Event bold, guard coloured. */
function coloured(code: string): string {
  return escaped(code)
    .replace(/^[A-Z][A-Za-z0-9_]*/, (event) => `<tspan class="event">${event}</tspan>`)
    .replace(/\[\w+\]/, (guard) => `<tspan class="guard">${guard}</tspan>`);
}

function drawBox({ state, inner, x, y, width, height }: StateBox): string {
  const rows = [
    ...state.entry.map((action) => ({ line: { kind: 'code', text: `entry / ${action}` } as const, clause: undefined })),
    ...inner.flatMap((transition) => linesOf(transition).map((line) => ({ line, clause: transition.clause }))),
  ];
  const radius = state.kind === 'final' ? 16 : 9;
  return [
    `<g class="state ${state.kind}" id="state-${escaped(state.name)}">`,
    frame({ x, y, width, height }, state.kind, radius),
    `<text class="name" x="${x + width / 2}" y="${y + 22}">${escaped(state.name)}</text>`,
    ...(rows.length === 0 ? [] : [`<path class="rule" d="M${x} ${y + 34} H${x + width}"/>`]),
    ...rows.map(({ line, clause }, index) =>
      drawLine(line, { x: x + sizes.padding, y: y + 38 + sizes.line * index + 12, clause, middle: false }),
    ),
    '</g>',
  ].join('');
}

function frame({ x, y, width, height }: Area, kind: StateKind, radius: number): string {
  const box = `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
  if (kind !== 'final') return box;
  const ring = `<rect class="ring" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="${radius - 3}"/>`;
  return box + ring;
}

const legendEntries = [
  ['waiting', 'waits for an event'],
  ['transient', 'computes its entry step, then leaves at once'],
  ['final', 'the machine has ended'],
] as const satisfies readonly (readonly [StateKind, string])[];

/** The signs and what they mean, and what happens to other events. */
function drawLegend(
  kinds: ReadonlySet<StateKind>,
  { x: left, y: top }: Point,
  note: string,
): { readonly parts: readonly string[]; readonly width: number; readonly height: number } {
  let x = left;
  const parts: string[] = [];
  for (const [kind, words] of legendEntries.filter(([entry]) => kinds.has(entry))) {
    const sign = frame({ x, y: top, width: 34, height: 18 }, kind, kind === 'final' ? 9 : 5);
    parts.push(`<g class="${kind}">${sign}<text class="legend" x="${x + 42}" y="${top + 14}">${words}</text></g>`);
    x += 42 + plainWidth(words, sizes.legend) + 20;
  }
  const syntax = 'EVENT [guard] / action';
  const remark = 'an arrow without an event is taken at once';
  const remarkX = left + monoWidth(syntax, sizes.code) + 14;
  const remarkPlace = `x="${remarkX}" y="${top + 42}"`;
  parts.push(`<text class="code" x="${left}" y="${top + 42}">${coloured(syntax)}</text>`);
  if (kinds.has('transient')) parts.push(`<text class="legend" ${remarkPlace}>${remark}</text>`);
  parts.push(`<text class="legend note" x="${left}" y="${top + 64}">${escaped(note)}</text>`);
  const right = Math.max(x, remarkX + plainWidth(remark, sizes.legend), left + plainWidth(note, sizes.legend));
  return { parts, width: right - left, height: 68 };
}

/** Text that may stand in XML. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
