/**
 * The runs in which something goes wrong: as small as they can be.
 *
 * @module
 */
import { plainUser, standardScenario, type StandardOptions } from '../../../model/modes/standard.ts';
import type { CallStep, Scenario, Step } from '../../../model/modes/scenario.ts';
import { builtIn } from '../../scenario/file.ts';

/** The standard flow with one endpoint. */
export function standard(options: StandardOptions = {}): Scenario {
  return standardScenario({ forks: 1, ...options });
}

/** Two standard calls within seconds, each with a ticket of its own. */
export function twoCalls(): Scenario {
  const scenario = standard();
  const call = scenario.steps.find(isCall);
  if (!call) throw new RangeError('a standard run has a call');
  const steps = ['first', 'second'].map((name): Step => ({ ...call, ticket: { ...call.ticket, name } }));
  return { ...scenario, steps };
}

/** Two standard calls with one ticket. @param flags - of the ticket */
export function sameTicket(flags?: string): Scenario {
  const scenario = standard(flags === undefined ? {} : { flags });
  const call = scenario.steps.find(isCall);
  if (!call) throw new RangeError('a standard run has a call');
  return { ...scenario, mode: 'reused', steps: [call, { ...call, ticket: { from: 'held' } }] };
}

/** A standard call for which two users are in the ticket. */
export function twoResponders(): Scenario {
  const scenario = standard();
  const carol = plainUser('carol', 'sip:carol@example.com');
  return {
    ...scenario,
    users: [...scenario.users, carol],
    steps: scenario.steps.map((step) =>
      isCall(step)
        ? { ...step, reach: ['carol'], ticket: { ...step.ticket, responders: [step.callee, carol.identity] } }
        : step,
    ),
  };
}

/**
 * A built-in scenario whose first call reaches one endpoint only; later calls are left out.
 *
 * @param change - of the call
 */
export function firstCall(name: string, change: (call: CallStep) => Partial<CallStep> = () => ({})): Scenario {
  const scenario = builtIn(name);
  const call = scenario.steps.find(isCall);
  if (!call) throw new RangeError(`${name} has no call`);
  return { ...scenario, steps: [{ ...call, ...change(call) }] };
}

/** A ticket of the Initiator's own making, to one endpoint. */
export function selfMade(change: Partial<Scenario> = {}): Scenario {
  return { ...firstCall('otway-rees', () => ({ reach: ['bob-phone'] })), ...change };
}

/** Two KMSs, one endpoint. @param others - more users of the KMS of the called one */
export function twoKms(...others: readonly string[]): Scenario {
  const scenario = firstCall('two-kms', () => ({ reach: ['bob-phone'] }));
  const more = others.map((name) => plainUser(name, `sip:${name}@b.example`, 'kms-b'));
  return { ...scenario, users: [...scenario.users, ...more] };
}

/** Two KMSs of which only the one of the called user names the other one as its partner. */
export function oneSidedAgreement(): Scenario {
  const scenario = twoKms();
  const kmss = scenario.kmss.map((kms) => (kms.name === 'kms-a' ? { ...kms, agreements: [] } : kms));
  return { ...scenario, kmss };
}

/** Two KMSs that have nothing to do with each other. */
export function noAgreement(): Scenario {
  const scenario = twoKms();
  return { ...scenario, kmss: scenario.kmss.map((kms) => ({ ...kms, agreements: [] })) };
}

function isCall(step: Step): step is CallStep {
  return step.do === 'call';
}
