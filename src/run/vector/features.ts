/**
 * What a scenario makes use of, as flags of its vector: a tester whose product lacks a feature leaves out the vectors with its flag.
 *
 * @module
 */
import type { CallStep, Scenario, Step } from '../../../model/modes/scenario.ts';
import { strictFlags } from '../../../model/modes/scenario.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import type { NoteName } from './notes.ts';

/** The features of a scenario. */
export function featuresOf(scenario: Scenario): readonly NoteName[] {
  const calls = scenario.steps.flatMap(callsOf);
  const fresh = calls.filter(({ ticket }) => ticket.from === 'KMS' || ticket.from === 'self');
  const flags = fresh.map(({ ticket }) => flagsOf(ticket.flags ?? strictFlags));
  const keys: readonly string[] = fresh.flatMap(({ ticket }): readonly string[] => ticket.keys ?? ['TGK']);
  const { mode, suite, kmss, groups, ticketType } = scenario;
  const features: readonly (readonly [NoteName, boolean])[] = [
    ['Sha1Suite', suite === 'sha1'],
    ['Sha256Suite', suite === 'sha256'],
    ['KeyForking', flags.some(({ I }) => I)],
    ['NoKeyForking', flags.some(({ I }) => !I)],
    ['NoResponse', flags.some(({ F }) => !F)],
    ['NoResponderRand', flags.some(({ G }) => !G)],
    ['NoInitiatorRand', flags.some(({ H }) => !H)],
    ['CarriedSalt', keys.some((key) => key.endsWith('+SALT'))],
    ['CarriedTek', keys.some((key) => key.startsWith('TEK'))],
    ['GroupKey', keys.some((key) => key.startsWith('GTGK'))],
    ['SeveralStreams', calls.some(({ streams }) => (streams ?? 1) > 1)],
    ['ReusedTicket', calls.some(({ ticket }) => ticket.from === 'held')],
    ['GroupTicket', groups.length > 0],
    ['DecentralisedGroup', calls.some(({ ticket }) => ticket.from === 'resolved')],
    ['SelfMadeTicket', fresh.some(({ ticket }) => ticket.from === 'self')],
    ['ResponderOpensTicket', flags.some(({ E }) => !E)],
    ['TwoKms', kmss.length > 1],
    ['PublicKey', mode.startsWith('public-key')],
    ['ThreeGppTicket', ticketType === '3GPP'],
  ];
  return features.flatMap(([name, there]) => (there ? [name] : []));
}

function callsOf(step: Step): readonly CallStep[] {
  return step.do === 'call' ? [step] : step.do === 'together' ? step.calls : [];
}
