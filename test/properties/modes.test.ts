import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionKeyType } from '../../model/exchange/newKeys.ts';
import type { Scenario, Step, TicketSpec } from '../../model/modes/scenario.ts';
import { allowancesFor, endpointsOf } from '../../model/modes/standard.ts';
import { playAndAnalyse } from '../../src/run/byteRun.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';

/** What is varied of a built-in scenario. */
interface Variation {
  readonly suite: Scenario['suite'];
  /** How many endpoints a user has that has several. */
  readonly devices: number;
  readonly streams: number;
  /** Keys to ask for where the scenario asks for the usual ones. */
  readonly keys: readonly SessionKeyType[];
  /** Flags to leave out of those that a scenario asks for. */
  readonly less: readonly ('G' | 'H')[];
  readonly ticketType: Scenario['ticketType'];
  readonly wait: number;
}

const keyTypes: readonly SessionKeyType[] = ['TGK', 'TGK+SALT', 'TEK', 'TEK+SALT', 'GTGK', 'GTGK+SALT'];

const variations: fc.Arbitrary<Variation> = fc.record({
  suite: fc.constantFrom('sha1' as const, 'sha256' as const),
  devices: fc.integer({ min: 1, max: 4 }),
  streams: fc.integer({ min: 1, max: 3 }),
  keys: fc.array(fc.constantFrom(...keyTypes), { minLength: 1, maxLength: 3 }),
  less: fc.subarray(['G', 'H'] as const, { maxLength: 1 }),
  ticketType: fc.constantFrom('MIKEY' as const, '3GPP' as const),
  wait: fc.integer({ min: 1, max: 3000 }),
});

/** Without RANDRr, a kept resolution gives keys that only RANDRi tells apart; without RANDRi, RANDRr does. Both are allowed only on request. */
function varied(scenario: Scenario, variation: Variation): Scenario {
  const { suite, devices, streams, keys, less, ticketType, wait } = variation;
  const usual = 'DEFGHIJNO';
  const flagsOf = (ticket: TicketSpec): string =>
    (ticket.flags ?? usual)
      .split('')
      .filter((flag) => !(less as readonly string[]).includes(flag))
      .join('');
  const used = new Set<string>();
  const stepOf = (step: Step): Step => {
    if (step.do === 'wait') return { ...step, seconds: wait };
    if (step.do !== 'call') return step;
    const { ticket } = step;
    if (ticket.from === 'held' || ticket.from === 'resolved') return { ...step, streams };
    const flags = flagsOf(ticket);
    for (const allowance of allowancesFor(flags)) used.add(allowance);
    return { ...step, streams, ticket: { ...ticket, flags, keys: ticket.keys ?? keys } };
  };
  const steps = scenario.steps.map(stepOf);
  // A ticket with keys that a group shares needs somebody who makes sure that the group is the same (rfc6043:5.3-9).
  const sure = steps.map((step) =>
    step.do === 'call' && step.ticket.from === 'held' ? { ...step, groupVerified: true } : step,
  );
  return {
    ...scenario,
    suite,
    ticketType,
    allow: [...new Set([...scenario.allow, ...(used as Set<Scenario['allow'][number]>)])],
    users: scenario.users.map((user) =>
      user.devices.length > 1 && reachesAll(scenario) ? { ...user, devices: grown(user, devices) } : user,
    ),
    steps: sure,
  };
}

/** Whether no step names endpoints of its own. */
function reachesAll(scenario: Scenario): boolean {
  return scenario.steps.every((step) => step.do === 'wait' || (step.do === 'call' && step.reach === undefined));
}

function grown(user: Scenario['users'][number], count: number): Scenario['users'][number]['devices'] {
  return endpointsOf(user.name, count, user.identity.split('@')[1]);
}

/** Only scenarios whose point is not one particular kind of key or flag. */
const free = builtInNames().filter(
  (name) => !['group-key', 'group-decentralised', 'group-decentralised-forked', 'update'].includes(name),
);

describe('random variations of every mode; a failure prints its seed and the shrunk case', () => {
  test.each(free)('[rfc6043:12.2-1] [rfc6043:12.2-2] %s: every claim holds, every limit is as stated', (name) => {
    const scenario = builtIn(name);
    fc.assert(
      fc.property(variations, fc.string(), (variation, seed) => {
        const chosen = varied(scenario, variation);
        const { played, analysis } = playAndAnalyse(chosen, seed);
        expect(played.outcomes.filter((outcome) => !outcome.asExpected)).toEqual([]);
        expect(analysis.verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
        expect(analysis.limits.filter((limit) => !limit.holds)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
