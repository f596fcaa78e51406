/**
 * A sequence diagram as a value: lanes, arrows, and what each receiver checked. Text and SVG are drawn from it.
 *
 * @module
 */
import type { Fate, Party, Trace, TracedMessage, TracedStep } from '../../model/trace/trace.ts';

/** A lifeline. */
export interface Lane {
  readonly name: string;
  readonly role: Party['role'];
}

/** A message from lane to lane. */
export interface Arrow {
  /** Index of the message in the trace. */
  readonly index: number;
  readonly type: string;
  /** Length in octets. */
  readonly octets: number;
  readonly exchange: TracedMessage<Uint8Array>['exchange'];
  /** Which call set-up it belongs to, from 1, where the run has several. */
  readonly call: number | undefined;
  /** Whether it belongs to a CSB update. */
  readonly update: boolean;
  /** What the network did to it; undefined: nothing. */
  readonly fate: Fate | undefined;
  /** Lane numbers. */
  readonly from: number;
  readonly to: number;
  /** How many checks the receiver made because of it. */
  readonly checks: number;
  /** Why the receiver turned it down, if it did. */
  readonly rejection: { readonly check: string; readonly reason: string } | undefined;
}

/** A sequence diagram. */
export interface Sequence {
  readonly title: string;
  readonly lanes: readonly Lane[];
  readonly arrows: readonly Arrow[];
}

/** The clause of each exchange. */
const exchangeClauses: Readonly<Record<Arrow['exchange'], string>> = {
  'Ticket Request': '4.2.1',
  'Ticket Transfer': '4.2.2',
  'Ticket Resolve': '4.2.3',
};

/** How a fate is told. */
export const fates: Readonly<Record<Fate, string>> = {
  lost: 'lost',
  changed: 'changed on the way',
  repeated: 'arrives twice',
};

/**
 * The heading above an arrow, if it begins something new: another call, or another exchange.
 *
 * @returns in full, then in shorter forms
 */
export function headingsOf(arrow: Arrow, before: Arrow | undefined): readonly [string, ...string[]] | undefined {
  const same = arrow.exchange === before?.exchange && arrow.call === before.call && arrow.update === before.update;
  if (same) return undefined;
  const call = arrow.call === undefined ? '' : `Call ${arrow.call}`;
  const start = call === '' ? '' : `${call}: `;
  const [name, clause] = arrow.update ? ['CSB update', '5.2'] : [arrow.exchange, exchangeClauses[arrow.exchange]];
  return [`${start}${name} (${clause})`, `${start}${name}`, ...(call === '' ? [clause] : [call])];
}

/** From left to right: who is next to whom crosses the fewest lines. */
const order: readonly Party['role'][] = ['initiator', 'kms', 'proxy', 'responder'];

/** The sequence diagram of a run. */
export function sequenceOf<B extends Uint8Array>(trace: Trace<B>): Sequence {
  const lanes = order.flatMap((role) =>
    trace.parties.filter((party) => party.role === role).map((party) => ({ name: party.name, role })),
  );
  const laneOf = (name: string): number => lanes.findIndex((lane) => lane.name === name);
  const calls = new Set(trace.messages.flatMap((hop) => hop.call ?? [])).size;
  return {
    title: trace.title,
    lanes,
    arrows: trace.messages.map((hop) => ({
      index: hop.index,
      type: hop.type,
      octets: hop.octets.length,
      exchange: hop.exchange,
      from: laneOf(hop.from),
      to: laneOf(hop.to),
      call: calls > 1 && hop.call !== undefined ? hop.call + 1 : undefined,
      update: hop.update === true,
      fate: hop.fate,
      ...reactionTo(trace.steps, hop.index),
    })),
  };
}

/** What the receiver of a message made of it: its step, and those that it took right after without another message. */
function reactionTo(steps: readonly TracedStep[], message: number): Pick<Arrow, 'checks' | 'rejection'> {
  const start = steps.findIndex((step) => step.message === message);
  const first = steps[start];
  if (!first) return { checks: 0, rejection: undefined };
  const rest = steps.slice(start + 1);
  const end = rest.findIndex((step) => step.message !== undefined || step.party !== first.party);
  const own = [first, ...(end < 0 ? rest : rest.slice(0, end))];
  const rejection = own.find((step) => step.rejection)?.rejection;
  return {
    checks: own.reduce((sum, step) => sum + step.checks.filter((check) => check.holds).length, 0),
    rejection: rejection && { check: rejection.check ?? rejection.code, reason: rejection.reason },
  };
}

/** How wide things are, in characters or pixels. */
export interface Measure {
  /** A lane's name, with what keeps it apart from its neighbours. */
  readonly name: (lane: number) => number;
  /** An arrow's label, with what keeps it apart from the lifelines. */
  readonly label: (arrow: Arrow) => number;
}

/**
 * How far each lane is from the next. A gap is as wide as the names beside it and the labels in it need; a label of an arrow over several
 * gaps stands in the widest of them.
 */
export function gapsOf({ lanes, arrows }: Sequence, measure: Measure): readonly number[] {
  const gaps = lanes.slice(1).map((_, index) => Math.ceil((measure.name(index) + measure.name(index + 1)) / 2));
  const bySpan = arrows.toSorted((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from));
  for (const arrow of bySpan) {
    const gap = labelGap(gaps, arrow);
    gaps[gap] = Math.max(gaps[gap] ?? 0, measure.label(arrow));
  }
  return gaps;
}

/** The number of the gap that an arrow's label stands in: the widest that it crosses. */
export function labelGap(gaps: readonly number[], arrow: Arrow): number {
  const [low, high] = [Math.min(arrow.from, arrow.to), Math.max(arrow.from, arrow.to)];
  const crossed = gaps.slice(low, high);
  return low + crossed.indexOf(Math.max(...crossed));
}

/** Where the lanes stand, from the first one's place and the gaps. */
export function placesOf(first: number, gaps: readonly number[]): readonly number[] {
  return gaps.reduce<readonly number[]>((places, gap) => [...places, (places.at(-1) ?? 0) + gap], [first]);
}
