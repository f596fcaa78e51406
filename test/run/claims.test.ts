import { describe, expect, test } from 'vitest';
import { knowledgeRules } from '../../spec/claims/knowledge.ts';
import { modeClaims } from '../../spec/claims/modes.ts';
import { analyse } from '../../src/run/analysis.ts';
import { bytes, playAndAnalyse } from '../../src/run/byteRun.ts';
import { mayKnow } from '../../src/run/relations.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';

describe.each(builtInNames())('the scenario %s', (name) => {
  const scenario = builtIn(name);
  const runs = (['sha1', 'sha256'] as const).map((suite) => playAndAnalyse({ ...scenario, suite }, name));

  test('comes out as it says, and every claim and limit about it holds', () => {
    for (const { played, analysis } of runs) {
      expect(played.outcomes.map((outcome) => outcome.asExpected)).toEqual(played.outcomes.map(() => true));
      expect(analysis.verdicts.filter((verdict) => !verdict.holds)).toEqual([]);
      expect(analysis.limits.filter((limit) => !limit.holds)).toEqual([]);
    }
  });

  test('is held to the claims and limits that its mode is to have', () => {
    const { trace } = runs[0]!.played;
    const forked = trace.agreements.every((agreement) => agreement.forked);
    const stated = modeClaims[scenario.mode]!;
    for (const { analysis } of runs) {
      const made = analysis.verdicts.map((verdict) => verdict.claim);
      const shown = analysis.limits.map((limit) => limit.claim);
      // Group runs with a shared key are there to show what the mode cannot have.
      if (scenario.mode === 'group' && !forked) expect(shown).toContain('group-key-shared');
      else {
        expect(made.sort()).toEqual([...stated.claims].sort());
        // That MPKi is shared shows where several endpoints answer.
        const several = new Set(trace.agreements.map((agreement) => agreement.device)).size > 1;
        const expected = stated.limits.filter((limit) => several || limit !== 'mpki-shared');
        expect(shown.sort()).toEqual([...expected].sort());
      }
    }
  });

  test('[rfc6043:12.2-1] the knowledge matrix is exactly what the rules say, party by party, secret by secret', () => {
    for (const { played, analysis } of runs) {
      const wrong = played.trace.secrets.flatMap((secret) =>
        played.trace.parties
          .filter(
            ({ name: party }) => (analysis.knows(party, secret.name) !== 'no') !== mayKnow(played.trace, party, secret),
          )
          .map((party) => `${party.name} and ${secret.name}`),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('the analysis sees', () => {
  const { trace } = playAndAnalyse(builtIn('reused'), 'sees').played;
  const claimsThatFall = (changed: typeof trace): readonly string[] =>
    analyse(bytes, changed)
      .verdicts.filter((verdict) => !verdict.holds)
      .map((verdict) => verdict.claim);

  test('nothing wrong with the run as it is', () => {
    expect(claimsThatFall(trace)).toEqual([]);
  });

  test('a party that was given too much', () => {
    const given = { ...trace.given, 'bob-laptop': [...trace.given['bob-laptop']!, 'TPK'] };
    expect(claimsThatFall({ ...trace, given })).toContain('endpoint-secrecy');
    const network = { ...trace, given: { ...trace.given, proxy: ['PSK(alice)'] } };
    expect(claimsThatFall(network)).toContain('network-secrecy');
  });

  test('a PSK that somebody holds whom no rule lets have its keys', () => {
    const given = { ...trace.given, proxy: ['PSK(bob-laptop)'] };
    expect(claimsThatFall({ ...trace, given })).toContain('knowledge-as-stated');
  });

  test('two endpoints with one key', () => {
    const [phone, laptop] = ["MPKr'(bob-phone#1)", "MPKr'(bob-laptop)"].map((name) =>
      trace.secrets.find((secret) => secret.name === name),
    );
    const secrets = trace.secrets.map((secret) => (secret === laptop ? { ...secret, value: phone!.value } : secret));
    expect(claimsThatFall({ ...trace, secrets })).toContain('fork-uniqueness');
  });

  test('keys that do not agree, a false identity, a call that did not come out', () => {
    const [first, ...rest] = trace.agreements;
    const session = { ...first!.sessions[0]!, tek: new Uint8Array(32) };
    const other = { ...first!, sessions: [session, ...first!.sessions.slice(1)] };
    expect(claimsThatFall({ ...trace, agreements: [other, ...rest] })).toEqual(['keys-agree']);
    const false_ = { ...first!, peerIdentity: 'sip:mallory@example.com' };
    expect(claimsThatFall({ ...trace, agreements: [false_, ...rest] })).toEqual(['mutual-identity']);
    expect(claimsThatFall({ ...trace, asExpected: false })).toEqual(['honest-end']);
  });
});

test('there is one rule for each kind of secret, forked or shared', () => {
  const keys = knowledgeRules.map((rule) => `${rule.kind} ${rule.when}`);
  expect(new Set(keys).size).toBe(keys.length);
});
