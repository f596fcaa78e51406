/**
 * When the features help, and when they do not: the same day with one thing changed.
 *
 * @module
 */
import { compare, featureSet, type Outcome } from './compare.ts';
import { resolveShare } from './conclusions.ts';
import type { Costs } from './costs.ts';
import { problemsOf, type Parameters } from './parameters.ts';
import { counted, longNameOf, percent, sentence } from './words.ts';

/** A changed day. */
export interface SensitivityRow {
  /** What is changed. */
  readonly change: string;
  /** Id of the feature set. */
  readonly features: string;
  /** Shares spared, against the same changed day without features; negative if more are needed. Undefined without calls. */
  readonly spared: { readonly requests: number; readonly messages: number } | undefined;
  /** Share of the messages left that belong to Ticket Resolves. */
  readonly resolveShare: number | undefined;
  readonly verdict: Verdict;
  readonly text: string;
}

/** What a row shows. */
export type Verdict = 'helps' | 'helps with requests only' | 'hardly helps' | 'makes it worse' | 'no calls';

/** Spared less Ticket Requests than this share, a feature hardly helps. */
const little = 0.1;

/** Spared less messages than this share, most of the KMS's load is untouched. */
const relief = 0.25;

/** Users of the changed days, at most: contacts, not the size of the population, decide about shares. */
const mostUsers = 1000;

/** The changes. */
function changesOf(base: Parameters): readonly (readonly [string, string, Partial<Parameters>])[] {
  const seconds = (validity: number): string => `tickets valid for ${counted(validity, 'second')}`;
  const everybody = Math.max(1, Math.min(400, Math.floor(base.users / base.kmss) - 1));
  const few = Math.min(5, base.contacts);
  return [
    ['as given', 'reuse+group+own', {}],
    ...[60, 600, 3600, 86_400].map((validity) => [seconds(validity), 'reuse', { validity }] as const),
    ['a tenth of the calls', 'reuse', { callsPerHour: base.callsPerHour / 10 }],
    ['four times the calls', 'reuse', { callsPerHour: base.callsPerHour * 4 }],
    ...[everybody, few].map(
      (contacts) =>
        [
          `calls spread evenly over ${counted(contacts, 'contact')} (Zipf 0), none to groups`,
          'reuse',
          { zipf: 0, contacts, groupShare: 0 },
        ] as const,
    ),
    ['J = 0 and no calls to groups', 'group', { groupShare: 0 }],
    ['J = 0, half of the calls to groups', 'group', { groupShare: 0.5 }],
    ['nobody may create tickets', 'own', { ownShare: 0 }],
    ['everybody may create tickets', 'own', { ownShare: 1 }],
    ...[1, 4].map(
      (devices) =>
        [
          `${counted(devices, 'endpoint')} a user, strict profile`,
          'reuse+group+own',
          { devices, caching: 'strict' },
        ] as const,
    ),
    ['4 endpoints a user, resolved at each use', 'reuse+group+own', { devices: 4, caching: 'never' }],
    ['half of the calls to groups, strict profile', 'reuse+group', { groupShare: 0.5, caching: 'strict' }],
    ['half of the calls to groups, all resolutions cached', 'reuse+group', { groupShare: 0.5, caching: 'always' }],
  ];
}

/**
 * The table. A change that the population cannot carry, such as more calls than fit a day, has no row.
 *
 * @param parameters - what all rows share; a large population is scaled down, with its groups
 */
export function sensitivityOf(parameters: Parameters, costs: Costs): readonly SensitivityRow[] {
  const base = scaledDown(parameters);
  return changesOf(base).flatMap(([change, features, changed]) => {
    if (problemsOf({ ...base, ...changed }).length > 0) return [];
    const set = featureSet(features);
    const comparison = compare({ ...base, ...changed }, costs, [set]);
    return rowOf(change, comparison.outcomes[0] as Outcome, costs);
  });
}

/** The day that the rows of the table change. */
export function scaledDown(parameters: Parameters): Parameters {
  if (parameters.users <= mostUsers) return parameters;
  const scaled = {
    ...parameters,
    users: mostUsers,
    groups: Math.round((parameters.groups * mostUsers) / parameters.users),
  };
  // With very many KMSs, contacts or group members, the small population cannot carry them.
  return problemsOf(scaled).length === 0 ? scaled : parameters;
}

function rowOf(change: string, outcome: Outcome, costs: Costs): SensitivityRow {
  const { requests, messages } = outcome.ratio;
  const share = resolveShare(outcome.total, costs.request.user.messages);
  const what = { change, features: outcome.id, resolveShare: share };
  if (requests === undefined || messages === undefined) {
    return { ...what, spared: undefined, verdict: 'no calls', text: sentence(`${change}: no call was made.`) };
  }
  const spared = { requests: 1 - requests, messages: 1 - messages };
  const verdict = verdictOf(spared);
  const resolves = `; ${percent(share ?? 0)} of the messages left belong to Ticket Resolves`;
  return {
    ...what,
    spared,
    verdict,
    text:
      `${sentence(change)}: with ${longNameOf(outcome)}, ${saved(spared.requests, 'Ticket Requests')} and ` +
      `${saved(spared.messages, 'KMS messages')}${verdict === 'helps' ? '' : resolves}. ${consequences[verdict]}`,
  };
}

function saved(share: number, of: string): string {
  if (share === 0) return `as many ${of} as without`;
  if (share < 0) return `${percent(-share)} more ${of}`;
  return `${percent(share)} fewer ${of}`;
}

const consequences: Readonly<Record<Verdict, string>> = {
  helps: 'That helps.',
  'helps with requests only': 'That spares Ticket Requests; most of what the KMS has to do stays.',
  'hardly helps': 'That hardly helps.',
  'makes it worse': 'The KMS has more to do than without.',
  'no calls': '',
};

/** What shares spared amount to. */
export function verdictOf(spared: { readonly requests: number; readonly messages: number }): Verdict {
  if (spared.messages < 0) return 'makes it worse';
  if (spared.requests < little) return 'hardly helps';
  return spared.messages < relief ? 'helps with requests only' : 'helps';
}
