/**
 * Ticket Requests over the day, a line for each set of features.
 *
 * @module
 */
import { escapeXml } from '../report/escape.ts';
import type { Outcome } from './compare.ts';
import { minutes } from './load.ts';
import { colorOf, plotSize } from './plotStyle.ts';
import { ticksTo } from './ticks.ts';
import { grouped, shortNameOf } from './words.ts';

/** Minutes that a point of a line stands for. */
const bin = 60;

/** Draws the lines, their axes and their legend. @param top - upper edge in pixels */
export function linesSvg(
  outcomes: readonly Outcome[],
  { top, height }: { readonly top: number; readonly height: number },
): readonly string[] {
  const { left, right, legend } = plotSize;
  const curves = outcomes.map((outcome) => ratesOf(outcome.total.requestsByMinute));
  const ticks = ticksTo(Math.max(...curves.flat()));
  const highest = ticks.at(-1) ?? 1;
  const x = (minute: number): number => left + ((right - left) * minute) / minutes;
  const y = (rate: number): number => top + height - (height * rate) / highest;
  const place = (value: number): string => value.toFixed(1);
  return [
    ...ticks.flatMap((tick) => [
      `<line class="${tick === 0 ? 'axis' : 'grid'}" x1="${left}" y1="${place(y(tick))}" x2="${right}" y2="${place(y(tick))}"/>`,
      `<text class="dim end" x="${left - 8}" y="${place(y(tick) + 4)}">${tick >= 1000 ? grouped(tick) : tick}</text>`,
    ]),
    ...Array.from({ length: 9 }, (_, index) => index * 3).map(
      (hour) =>
        `<text class="dim mid" x="${place(x(hour * 60))}" y="${top + height + 18}">${String(hour).padStart(2, '0')}:00</text>`,
    ),
    ...outcomes.map((outcome, index) => {
      const points = (curves[index] ?? []).map((rate, at) => `${place(x((at + 0.5) * bin))},${place(y(rate))}`);
      return (
        `<polyline class="curve ${lookOf(outcome)}" stroke="${colorOf(outcome.id)}" points="${points.join(' ')}">` +
        `<title>${escapeXml(shortNameOf(outcome))}</title></polyline>`
      );
    }),
    ...outcomes.flatMap((outcome, index) => {
      const at = top + 14 + index * 27;
      return [
        `<line class="curve ${lookOf(outcome)}" stroke="${colorOf(outcome.id)}" x1="${legend}" y1="${at}" x2="${legend + 34}" y2="${at}"/>`,
        `<text x="${legend + 42}" y="${at + 4}">${escapeXml(shortNameOf(outcome))}</text>`,
        `<text class="dim end" x="${plotSize.width - plotSize.side}" y="${at + 4}">${grouped(outcome.total.requests)}</text>`,
      ];
    }),
  ];
}

function lookOf({ features }: Outcome): string {
  const on = Object.values(features).filter(Boolean).length;
  return on === 3 ? 'all' : on === 2 ? 'pair' : '';
}

/** Per minute, averaged over each bin. */
function ratesOf(byMinute: readonly number[]): readonly number[] {
  return Array.from(
    { length: minutes / bin },
    (_, index) => byMinute.slice(index * bin, (index + 1) * bin).reduce((sum, value) => sum + value, 0) / bin,
  );
}
