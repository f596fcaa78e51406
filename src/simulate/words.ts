/**
 * Numbers and feature sets in words.
 *
 * @module
 */
import { featureNames, type FeatureName } from './parameters.ts';
import type { FeatureSet } from './compare.ts';

/** A feature in a table or legend. */
const shortNames: Readonly<Record<FeatureName, string>> = { reuse: 'reuse', group: 'group', own: 'self-made' };

/** A feature in a sentence. */
const longNames: Readonly<Record<FeatureName, string>> = {
  reuse: 'ticket reuse',
  group: 'group tickets',
  own: 'self-made tickets',
};

/** Name of a feature set in a table or legend. */
export function shortNameOf(set: FeatureSet): string {
  const on = featureNames.filter((name) => set.features[name]);
  if (on.length === 0) return 'none';
  return on.length === featureNames.length ? 'all three' : on.map((name) => shortNames[name]).join(' + ');
}

/** Name of a feature set in a sentence. */
export function longNameOf(set: FeatureSet): string {
  const on = featureNames.filter((name) => set.features[name]).map((name) => longNames[name]);
  if (on.length === 0) return 'no feature';
  return on.length === 1 ? on.join('') : `${on.slice(0, -1).join(', ')} and ${on.at(-1)}`;
}

/** A whole number with its thousands marked. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}

/** A share in percent, with one decimal. */
export function percent(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  return `${Object.is(rounded, -0) ? 0 : rounded} %`;
}

/** The first letter large. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number of things; the plural of the noun takes an s. */
export function counted(value: number, noun: string): string {
  return `${Number.isInteger(value) ? grouped(value) : value} ${noun}${value === 1 ? '' : 's'}`;
}
