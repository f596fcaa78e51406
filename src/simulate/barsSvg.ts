/**
 * Exchanges of the day, a bar for each set of features.
 *
 * @module
 */
import { escapeXml } from '../report/escape.ts';
import type { Outcome } from './compare.ts';
import { plotSize } from './plotStyle.ts';
import { ticksTo } from './ticks.ts';
import { grouped, percent, shortNameOf } from './words.ts';

/** Pixels from bar to bar, and of a bar. */
const row = 30;
const thick = 18;

/** The parts of a bar. */
const parts = [
  { name: 'Ticket Requests', look: 'request', of: ({ total }: Outcome) => total.requests },
  { name: 'Ticket Resolves of endpoints', look: 'resolve', of: ({ total }: Outcome) => total.resolves },
  { name: 'Ticket Resolves of other KMSs', look: 'inter', of: ({ total }: Outcome) => total.fromOtherKms },
] as const;

/** How many pixels the bars take for so many sets. */
export function barsHeight(sets: number): number {
  return sets * row + 52;
}

/** Draws the bars, their axis and their legend. @param top - upper edge in pixels */
export function barsSvg(outcomes: readonly Outcome[], top: number): readonly string[] {
  const { left, right, width, side } = plotSize;
  const sum = (outcome: Outcome): number => parts.reduce((all, part) => all + part.of(outcome), 0);
  const ticks = ticksTo(Math.max(...outcomes.map(sum)), 4);
  const scale = (right - left) / (ticks.at(-1) ?? 1);
  const none = outcomes.find((outcome) => outcome.id === 'none');
  const all = none ? sum(none) : 0;
  const start = top + 30;
  const end = start + outcomes.length * row;
  const place = (value: number): string => value.toFixed(1);
  return [
    ...parts.flatMap((part, index) => {
      const at = left + index * 205;
      return [
        `<rect class="${part.look}" x="${at}" y="${top}" width="12" height="12" rx="2"/>`,
        `<text class="dim" x="${at + 18}" y="${top + 10.5}">${part.name}</text>`,
      ];
    }),
    ...ticks.flatMap((tick) => [
      `<line class="${tick === 0 ? 'axis' : 'grid'}" x1="${place(left + tick * scale)}" y1="${start - 4}" x2="${place(left + tick * scale)}" y2="${end}"/>`,
      `<text class="dim mid" x="${place(left + tick * scale)}" y="${end + 16}">${grouped(tick)}</text>`,
    ]),
    ...outcomes.flatMap((outcome, index) => {
      const y = start + index * row + (row - thick) / 2 - 2;
      let x: number = left;
      const bars = parts.map((part) => {
        const long = part.of(outcome) * scale;
        const bar =
          `<rect class="${part.look}" x="${place(x)}" y="${y}" width="${place(long)}" height="${thick}">` +
          `<title>${escapeXml(shortNameOf(outcome))}: ${grouped(part.of(outcome))} ${part.name}</title></rect>`;
        x += long;
        return bar;
      });
      return [
        `<text class="end" x="${left - 10}" y="${y + 13.5}">${escapeXml(shortNameOf(outcome))}</text>`,
        ...bars,
        `<text class="dim end" x="${width - side - 78}" y="${y + 13.5}">${grouped(sum(outcome))}</text>`,
        `<text class="dim end" x="${width - side}" y="${y + 13.5}">${all === 0 ? '' : percent(sum(outcome) / all)}</text>`,
      ];
    }),
  ];
}
