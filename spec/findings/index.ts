/**
 * All findings about RFC 6043 and RFC 3830, in the order A, B, C, W, N.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 */
import type { Finding } from './finding.ts';
import { readingsBytes1To13 } from './readings-bytes-1-13.ts';
import { readingsBytes14To26 } from './readings-bytes-14-26.ts';
import { readingsAcceptance1To9 } from './readings-acceptance-1-9.ts';
import { readingsAcceptance10To17 } from './readings-acceptance-10-17.ts';
import { readingsSecurity } from './readings-security.ts';
import { ownFindings } from './own-findings.ts';
import { weaknesses1To11 } from './weaknesses-1-11.ts';
import { weaknesses12To21 } from './weaknesses-12-21.ts';

/** Every finding: readings A, B and C, then weaknesses W, then our own N, each by number. */
export const findings = [
  ...readingsBytes1To13,
  ...readingsBytes14To26,
  ...readingsAcceptance1To9,
  ...readingsAcceptance10To17,
  ...readingsSecurity,
  ...weaknesses1To11,
  ...weaknesses12To21,
  ...ownFindings,
] as const satisfies readonly Finding[];

/** The number of one of the {@link findings}, for example `A1`. */
export type FindingId = (typeof findings)[number]['id'];

const byId: ReadonlyMap<string, Finding> = new Map(findings.map((finding) => [finding.id, finding]));

/**
 * Looks a finding up by its number.
 * @param id - number of the finding, for example `W5`
 * @returns the finding
 * @throws RangeError when there is no finding with this number
 */
export function findingById(id: string): Finding {
  const finding = byId.get(id);
  if (finding === undefined) throw new RangeError(`no finding has the number ${JSON.stringify(id)}`);
  return finding;
}
