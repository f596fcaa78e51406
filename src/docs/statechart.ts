/**
 * Where everything of a statechart stands: states, routes of transitions, labels. Labels take part in the layout, each in the middle of
 * its own route, so that no line crosses a label and no label a box.
 *
 * @module
 */
import Elk from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkLabel, ElkNode, ElkPoint } from 'elkjs/lib/elk-api.js';
import { conditionOf, consequenceOf, labelOf, type Chart, type ChartState, type ChartTransition } from './chart.ts';
import { clauseName } from './clauseLink.ts';
import { boldWidth, monoWidth, plainWidth } from './textWidth.ts';

/** Sizes in pixels, shared by layout and drawing. */
export const sizes = { title: 20, name: 14, legend: 13, code: 12, clause: 10.5, line: 16, padding: 12 } as const;

/** A rectangle, in pixels from the upper left corner of the chart. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point of a route. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of text at a transition. */
export interface LabelLine {
  /** `code` is event, guard and actions; `clause` a link to the RFC. */
  readonly kind: 'code' | 'clause';
  readonly text: string;
}

/** A state and its place. */
export interface StateBox extends Area {
  readonly state: ChartState;
  /** Transitions that do not leave the state: they are listed inside it. */
  readonly inner: readonly ChartTransition[];
}

/** A transition and its way from state to state. */
export interface Route {
  readonly transition: ChartTransition;
  /** Corners, from the border of the one state to that of the other; all parts run straight or level. */
  readonly points: readonly Point[];
  /** Place of the label, on the line. */
  readonly label: Area;
  readonly lines: readonly LabelLine[];
}

/** A chart with places. */
export interface StatechartLayout {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly StateBox[];
  readonly routes: readonly Route[];
  /** Where the machine starts: the dot, and the way to the first state. */
  readonly start: { readonly dot: Area; readonly points: readonly Point[] };
}

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '22',
  'elk.spacing.edgeEdge': '16',
  'elk.spacing.edgeLabel': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  // A machine is written in the order in which it usually runs: what leads back up in that order is drawn upwards.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'NONE',
  'elk.layered.edgeLabels.centerLabelPlacementStrategy': 'TAIL_LAYER',
  'elk.layered.thoroughness': '40',
  'elk.randomSeed': '1',
} as const;

/** A label interrupts its line, so that nobody has to guess which line it belongs to. */
const onTheLine = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' } as const;

/** No state can be called so. */
const startId = '(start)';

/**
 * Lays a chart out; the same chart always gives the same layout.
 *
 * @param chart - the machine as plain data
 * @returns the places of all its parts
 */
export async function layOut(chart: Chart): Promise<StatechartLayout> {
  const moving = chart.transitions.filter((transition) => transition.to !== undefined);
  const innerOf = (name: string): ChartTransition[] =>
    chart.transitions.filter((transition) => transition.from === name && transition.to === undefined);
  const graph: ElkNode = {
    id: chart.id,
    layoutOptions,
    children: [
      { id: startId, width: 14, height: 14 },
      ...chart.states.map((state) => ({ id: state.name, ...boxSize(state, innerOf(state.name)) })),
    ],
    edges: [
      { id: startId, sources: [startId], targets: [chart.initial] },
      ...moving.map((transition, index) => ({
        id: `transition ${index}`,
        sources: [transition.from],
        targets: [transition.to ?? transition.from],
        labels: [labelOn(index, transition)],
      })),
    ],
  };
  const elk = new Elk.default();
  const placed = await elk.layout(graph);
  const nodes = new Map((placed.children ?? []).map((node) => [node.id, node]));
  const edges = new Map((placed.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    chart,
    width: rounded(placed.width),
    height: rounded(placed.height),
    boxes: chart.states.map((state) => ({ state, inner: innerOf(state.name), ...areaOf(nodes.get(state.name)) })),
    routes: moving.map((transition, index) => {
      const edge = edges.get(`transition ${index}`);
      const label = areaOf(edge?.labels?.[0]);
      return { transition, lines: linesOf(transition), label, points: pointsOf(edge) };
    }),
    start: { dot: areaOf(nodes.get(startId)), points: pointsOf(edges.get(startId)) },
  };
}

/** Above this many characters, actions go on a line of their own. */
const longLabel = 30;

/**
 * The lines of a transition's label.
 *
 * @returns one or two lines of code, then the clause if there is one
 */
export function linesOf(transition: ChartTransition): readonly LabelLine[] {
  const whole = labelOf(transition);
  const parts = [conditionOf(transition).join(' '), consequenceOf(transition).join(' ')];
  const code = (whole.length > longLabel ? parts : [whole]).filter((text) => text !== '');
  return [
    ...code.map((text): LabelLine => ({ kind: 'code', text })),
    ...(transition.clause === undefined ? [] : [{ kind: 'clause', text: clauseName(transition.clause) } as const]),
  ];
}

function lineWidth({ kind, text }: LabelLine): number {
  return kind === 'code' ? monoWidth(text, sizes.code) : plainWidth(text, sizes.clause);
}

function labelSize(lines: readonly LabelLine[]): { readonly width: number; readonly height: number } {
  return { width: Math.ceil(Math.max(...lines.map(lineWidth)) + 12), height: lines.length * sizes.line + 6 };
}

/** The label as the layout wants it: it drops one without text. */
function labelOn(index: number, transition: ChartTransition): ElkLabel {
  const lines = linesOf(transition);
  const text = lines.map((line) => line.text).join(' ');
  return { id: `label ${index}`, text, layoutOptions: onTheLine, ...labelSize(lines) };
}

function boxSize(
  state: ChartState,
  inner: readonly ChartTransition[],
): { readonly width: number; readonly height: number } {
  const entries = state.entry.map((action) => monoWidth(`entry / ${action}`, sizes.code));
  const lines = inner.flatMap(linesOf);
  const content = Math.max(boldWidth(state.name, sizes.name), ...entries, ...lines.map(lineWidth));
  const rows = state.entry.length + lines.length;
  return {
    width: Math.ceil(content + 2 * sizes.padding),
    height: 34 + (rows === 0 ? 0 : 8 + rows * sizes.line),
  };
}

function rounded(value: number | undefined): number {
  if (value === undefined) throw new TypeError('the layout left a part without a place');
  return Math.round(value * 10) / 10;
}

function areaOf(part: Partial<Area> | undefined): Area {
  return {
    x: rounded(part?.x),
    y: rounded(part?.y),
    width: rounded(part?.width),
    height: rounded(part?.height),
  };
}

function pointsOf(edge: ElkExtendedEdge | undefined): readonly Point[] {
  const [section] = edge?.sections ?? [];
  if (!section) throw new TypeError('the layout left a transition without a route');
  const points: readonly ElkPoint[] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  return points.map((point) => ({ x: rounded(point.x), y: rounded(point.y) }));
}
