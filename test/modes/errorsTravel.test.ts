import { expect, test } from 'vitest';
import { play, type Surroundings } from '../../model/modes/play.ts';
import type { CallStep, Scenario } from '../../model/modes/scenario.ts';
import { standardScenario } from '../../model/modes/standard.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { builtIn } from '../../src/scenario/file.ts';

function played(scenario: Scenario, surroundings: Surroundings<Uint8Array> = {}): ReturnType<typeof play<Uint8Array>> {
  return play(interpretation('errors'), scenario, surroundings);
}

/** bob's phone is called; the KMS of the caller has no agreement with the phone's. */
function oneSidedAgreement(): Scenario {
  const scenario = builtIn('two-kms');
  const kmss = scenario.kmss.map((kms) => (kms.name === 'kms-a' ? { ...kms, agreements: [] } : kms));
  return { ...scenario, kmss, steps: [{ ...(scenario.steps[0] as CallStep), reach: ['bob-phone'] }] };
}

test('[rfc6043:5.4-5] what a partner KMS turns down ends the exchange that asked it, and the resolver is told', () => {
  const run = played(oneSidedAgreement());
  const [, kmsB] = run.kmss;
  expect(kmsB?.exchanges.map((actor) => actor.state())).toEqual(['refused']);
  expect(kmsB?.waiting()).toBe(0);
  expect(run.endpoints.map((actor) => actor.state())).toEqual(['rejected']);
  expect(run.outcomes[0]?.refusals.map(({ party, check }) => `${party} ${check}`)).toEqual([
    'kms-a partnerSpeaksForResolver',
    'kms-b ERR_PEER',
    'bob-phone ERR_PEER',
  ]);
});

test('an exchange that gave up waiting for a partner KMS is forgotten', () => {
  const scenario = builtIn('two-kms');
  const run = played(scenario, {
    intercept: (hop) => (hop.type === 'RESOLVE_RESP' && hop.to === 'kms-b' ? [] : [hop.octets]),
  });
  const [, kmsB] = run.kmss;
  expect(kmsB?.waiting()).toBe(2);
  for (const exchange of kmsB?.exchanges ?? []) exchange.take({ type: 'END' });
  expect(kmsB?.waiting()).toBe(0);
});

test('[rfc6043:5.4-5] an answer that the caller turns down after authentication ends the call of its endpoint, and of no other', () => {
  const scenario = standardScenario({ forks: 2 });
  const [call] = scenario.steps as readonly [CallStep];
  // The ticket names carol, too: then the phone could be hers, so that only bob himself would be believed.
  const responders = ['sip:bob@example.com', 'sip:carol@example.com'];
  const answer = ['bob-phone'];
  const run = played({ ...scenario, steps: [{ ...call, answer, ticket: { ...call.ticket, responders } }] });
  expect(run.endpoints.map((actor) => `${actor.party.name} ${actor.state()}`)).toEqual([
    'bob-phone rejected',
    'bob-laptop ringing',
  ]);
  expect(run.outcomes[0]?.refusals.map(({ party, check }) => `${party} ${check}`)).toEqual([
    'alice answererAcceptable',
    'bob-phone ERR_PEER',
  ]);
});

test('a TRANSFER_INIT that comes again while the ticket is being resolved is no call of its own', () => {
  const run = played(standardScenario({ forks: 1 }), {
    intercept: (hop) =>
      hop.type === 'TRANSFER_INIT' && hop.to === 'bob-phone' ? [hop.octets, hop.octets] : [hop.octets],
  });
  expect(run.trace.messages.filter(({ type }) => type === 'RESOLVE_INIT_PSK')).toHaveLength(1);
  expect(run.outcomes[0]?.answered).toEqual(['bob-phone']);
});
