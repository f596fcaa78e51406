import { describe, expect, test } from 'vitest';
import { strictProfile } from '../../model/guard/profile.ts';
import { Lab } from '../../src/findings/lab.ts';
import { call, scene, sip, twoDevices, user } from '../../src/findings/scenes.ts';

/** How often an endpoint asks the KMS in two calls with one ticket: bob has a phone and a laptop, carol is her own endpoint. */
function resolutions(callee: 'bob' | 'carol', endpoint: string, keptResolutions: 'one user' | 'one endpoint'): number {
  const step = { callee: sip(callee), reach: [endpoint] };
  const steps = [call(step), call({ ...step, ticket: { from: 'held' } })];
  const profile = { ...strictProfile, keptResolutions };
  const lab = new Lab(scene([user('alice'), twoDevices('bob'), user('carol')], { steps }), { profile });
  expect(lab.played.outcomes.map(({ answered }) => answered)).toEqual([[endpoint], [endpoint]]);
  return lab.sent(endpoint, 'RESOLVE_INIT_PSK');
}

describe('[rfc6043:5.3-5] a kept resolution stands in for the KMS (weakness W2)', () => {
  test.each([
    ['one user', 'bob', 'bob-phone', 1],
    ['one user', 'carol', 'carol', 1],
    // The laptop could hold MPKi of a ticket for bob; carol has no other device.
    ['one endpoint', 'bob', 'bob-phone', 2],
    ['one endpoint', 'carol', 'carol', 1],
  ] as const)('for %s, with a ticket for %s: %s asks the KMS %i time(s) in two calls', (kept, callee, name, times) => {
    expect(resolutions(callee, name, kept)).toBe(times);
  });
});
