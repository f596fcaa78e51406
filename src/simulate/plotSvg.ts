/**
 * A comparison as an SVG that stands alone: no script, no font from elsewhere, light and dark.
 *
 * @module
 */
import { escapeXml } from '../report/escape.ts';
import { barsHeight, barsSvg } from './barsSvg.ts';
import type { Comparison } from './compare.ts';
import { conclusionsOf } from './conclusions.ts';
import { linesSvg } from './linesSvg.ts';
import { plotSize, plotStyle } from './plotStyle.ts';
import { counted, grouped, percent } from './words.ts';

/** Draws. */
export function plotSvg(comparison: Comparison): string {
  const { parameters, outcomes, calls } = comparison;
  const { width, side } = plotSize;
  const lines = { top: 128, height: 230 } as const;
  const bars = lines.top + lines.height + 84;
  const height = bars + barsHeight(outcomes.length);
  const title = `A day of ${counted(calls, 'call')}: what tickets spare the KMS`;
  const facts = [
    `${counted(parameters.users, 'user')}, ${counted(parameters.devices, 'endpoint')} each, ${counted(parameters.callsPerHour, 'call')} per user and hour, ` +
      `${counted(parameters.contacts, 'contact')} (Zipf ${parameters.zipf}), ${percent(parameters.groupShare)} of group members' calls to groups,`,
    `tickets valid for ${grouped(parameters.validity)} s, ${percent(parameters.ownShare)} of users make their own, ` +
      `cached resolutions: ${parameters.caching}, ${counted(parameters.kmss, 'KMS')}, ${percent(parameters.foreignShare)} foreign calls`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="plot-t plot-d">`,
    `<title id="plot-t">${escapeXml(title)}</title>`,
    `<desc id="plot-d">${escapeXml(conclusionsOf(comparison).join(' '))}</desc>`,
    `<style>${plotStyle}</style><rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${side}" y="34">${escapeXml(title)}</text>`,
    ...facts.map((fact, index) => `<text class="dim" x="${side}" y="${56 + index * 17}">${escapeXml(fact)}</text>`),
    `<text class="head" x="${side}" y="${lines.top - 18}">Ticket Requests per minute</text>`,
    `<text class="dim end" x="${width - side}" y="${lines.top - 18}">Ticket Requests of the day</text>`,
    ...linesSvg(outcomes, lines),
    `<text class="head" x="${side}" y="${bars - 18}">Exchanges that the KMSs handle</text>`,
    `<text class="dim end" x="${width - side}" y="${bars - 18}">sum, and % of none</text>`,
    ...barsSvg(outcomes, bars),
    '</svg>',
    '',
  ].join('\n');
}
