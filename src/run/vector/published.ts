/**
 * The runs whose vectors are published: every mode and every choice within the standard flow, each with both algorithm suites.
 *
 * @module
 */
import { prfName, standardScenario, type StandardOptions } from '../../../model/modes/standard.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { builtIn, builtInNames } from '../../scenario/file.ts';
import { featuresOf } from './features.ts';
import type { NoteName } from './notes.ts';

/** A run to be published. */
export interface PublishedRun {
  readonly name: string;
  readonly scenario: Scenario;
  readonly flags: readonly NoteName[];
}

type Suite = Scenario['suite'];

/** The standard flow: endpoints, flags, and keys in the ticket. */
const standard: readonly (StandardOptions & { readonly about?: string })[] = [
  { forks: 1 },
  { forks: 2 },
  { forks: 5 },
  { forks: 2, flags: 'DEFGHJNO' },
  { forks: 1, flags: 'DEFHIJNO' },
  { forks: 1, flags: 'DEFGIJNO' },
  { forks: 1, flags: 'DEHJNO', about: 'no response' },
  { forks: 1, flags: 'DEHIJNO', keys: ['GTGK'], about: 'no response' },
  { forks: 1, keys: ['TGK+SALT'] },
  { forks: 1, keys: ['TEK'] },
  { forks: 1, keys: ['TEK+SALT'] },
  { forks: 1, keys: ['GTGK'] },
  { forks: 1, keys: ['GTGK+SALT'] },
  { forks: 2, keys: ['TGK', 'GTGK'] },
  { forks: 1, streams: 3 },
];

/** All runs that are published, in the order of the file. */
export function publishedRuns(): readonly PublishedRun[] {
  return (['sha1', 'sha256'] as const).flatMap((suite) => [
    ...standard.map((options) => standardRun(suite, options)),
    threeGppRun(suite),
    ...builtInNames().map((name) => builtInRun(suite, builtIn(name))),
  ]);
}

function standardRun(suite: Suite, options: (typeof standard)[number]): PublishedRun {
  const scenario = standardScenario({ ...options, suite });
  const { keys, streams, about } = options;
  const more = [
    ...(about ? [about] : []),
    ...(keys ? [keys.join(' and ')] : []),
    ...(streams ? [`${streams} streams`] : []),
  ];
  return run([scenario.title, ...more].join(', '), scenario);
}

/** Both Ticket Types that IANA lists have, as far as we know, one layout. */
function threeGppRun(suite: Suite): PublishedRun {
  const scenario = standardScenario({ suite, forks: 1 });
  return run(`${scenario.title}, 3GPP base ticket`, { ...scenario, ticketType: '3GPP' });
}

function builtInRun(suite: Suite, scenario: Scenario): PublishedRun {
  return run(`${scenario.mode}: ${scenario.title}, ${prfName(suite)}`, { ...scenario, suite });
}

function run(name: string, scenario: Scenario): PublishedRun {
  return { name, scenario, flags: featuresOf(scenario) };
}
