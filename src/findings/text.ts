/**
 * Demonstrations as text: two short stories, each sentence with the octets or the refusal that make it true.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { catalogue } from '../../model/guard/catalogue.ts';
import { findingById } from '../../spec/findings/index.ts';
import { clauseName } from '../docs/clauseLink.ts';
import { paint, type Paint } from '../report/theme.ts';
import type { Demonstrated, Demonstration, Shown } from './demonstration.ts';
import type { Fact, NamedOctets } from './fact.ts';

/** How to show octets and results. */
export interface TextStyle {
  readonly color: boolean;
  readonly ascii: boolean;
  readonly showSecrets: boolean;
}

/** How many octets of a long string are shown. */
const shownOctets = 16;

/** A demonstration that was carried out. */
export interface CarriedOut {
  readonly demonstration: Demonstration;
  readonly result: Demonstrated;
}

/** Octets for a person: in hexadecimal, long ones with a fingerprint; keys as a fingerprint only, unless asked otherwise. */
export function octetsText({ octets, secret }: NamedOctets, showSecrets: boolean): string {
  const length = `${octets.length} octet${octets.length === 1 ? '' : 's'}`;
  const fingerprint = `sha256:${createHash('sha256').update(octets).digest('hex').slice(0, 16)}`;
  if (secret && !showSecrets) return `${fingerprint} (${length})`;
  const limit = secret ? octets.length : shownOctets;
  const hex = Buffer.from(octets.subarray(0, limit)).toString('hex');
  return octets.length > limit ? `${hex}... (${length}, ${fingerprint})` : hex;
}

/** A clause as a person writes it; a finding by its number. */
export function clauseText(clause: string): string {
  if (!clause.includes(':')) return `finding ${clause}`;
  return clauseName(clause);
}

/** One demonstration. */
export function demonstrationText({ demonstration, result }: CarriedOut, style: TextStyle): string {
  const painted = paint(style.color);
  const finding = findingById(demonstration.id);
  const first = half('Unprotected', result.withoutProtection, { style, painted });
  const second = half('Protected', result.withProtection, { style, painted });
  return [
    painted.bold(`${finding.id}  ${finding.title}`),
    `    ${demonstration.title}. ${finding.clauses.map(clauseText).join('; ')}`,
    '',
    ...first,
    '',
    ...second,
    '',
  ].join('\n');
}

function half(
  name: string,
  { setting, facts }: Shown,
  look: { readonly style: TextStyle; readonly painted: Paint },
): readonly string[] {
  return [`    ${look.painted.yellow(name)}: ${setting}`, ...facts.flatMap((fact) => factLines(fact, look))];
}

function factLines(
  fact: Fact,
  { style, painted }: { readonly style: TextStyle; readonly painted: Paint },
): readonly string[] {
  const sign = fact.holds ? painted.green(style.ascii ? 'ok' : '✓') : painted.red(style.ascii ? 'NO' : '✗');
  const { octets = [], refusal } = fact;
  const width = Math.max(0, ...octets.map(({ name }) => name.length));
  const comparison = octets.map(
    (one) => `          ${one.name.padEnd(width)}  ${painted.dim(octetsText(one, style.showSecrets))}`,
  );
  const by = refusal && [
    `          turned down by ${refusal.by}: ${[...(refusal.check ? [refusal.check] : []), refusal.code, clauseText(refusal.clause)].join(', ')}`,
    ...(refusal.check ? [`          ${painted.dim(`demanded: ${catalogue[refusal.check].demand}`)}`] : []),
  ];
  return [`      ${sign} ${fact.text}`, ...comparison, ...(by ?? [])];
}

/** Whether a demonstration shows what it says. */
export function isShown({ withoutProtection, withProtection }: Demonstrated): boolean {
  return withoutProtection.ok && withProtection.ok;
}

/** The last lines: how many show what they say, and which do not. */
export function summaryText(all: readonly CarriedOut[], style: TextStyle): string {
  const painted = paint(style.color);
  const failed = all.filter(({ result }) => !isShown(result)).map(({ demonstration }) => demonstration.id);
  const facts = all.flatMap(({ result }) => [...result.withoutProtection.facts, ...result.withProtection.facts]).length;
  const count = `${all.length} finding${all.length === 1 ? '' : 's'}, ${facts} facts computed`;
  return failed.length === 0
    ? `${painted.green(style.ascii ? 'ok' : '✓')} ${count}: all as told\n`
    : `${painted.red(style.ascii ? 'NO' : '✗')} ${count}; not as told: ${failed.join(', ')}\n`;
}
