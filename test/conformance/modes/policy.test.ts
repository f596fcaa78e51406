import { describe, expect, test } from 'vitest';
import { lettersOf } from '../../../model/policy/flags.ts';
import type { KmsPolicy, UserRule } from '../../../model/policy/kmsPolicy.ts';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { second } from '../../../model/message/timestamps.ts';
import { readTpData, type TpData } from '../../../model/policy/tpData.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { Forger } from '../../support/forger.ts';
import { call, hop, hops, played, refused, standard, withUser, type BytesPlayed } from '../../support/plays.ts';
import { flags, policy, tpData } from '../../support/refusals/refusal.ts';
import { only } from '../../support/runs.ts';

/** The scenario under a policy of the KMS with some of it otherwise. */
function governed(scenario: Scenario, change: (policy: KmsPolicy) => KmsPolicy): Scenario {
  return {
    ...scenario,
    kmss: scenario.kmss.map((kms) => ({ ...kms, policy: change(policyOf(scenario, kms, [])) })),
  };
}

/** What alice may do, otherwise. */
function aliceMay(rule: Partial<UserRule>): (policy: KmsPolicy) => KmsPolicy {
  return (before) => ({
    ...before,
    users: before.users.map((user) => (user.user === 'sip:alice@example.com' ? { ...user, ...rule } : user)),
  });
}

/** Flags and TP Data of what was asked for and of what was granted, in the `nth` Ticket Request. */
function grant(
  run: BytesPlayed,
  nth = 0,
): { asked: [string, TpData<Uint8Array>]; granted: [string, TpData<Uint8Array>] } {
  const asked = only(hops(run, 'REQUEST_INIT_PSK')[nth]!.message, 'TP').policy;
  const granted = only(hops(run, 'REQUEST_RESP')[nth]!.message, 'TICKET').policy;
  return {
    asked: [lettersOf(asked.flags), readTpData(bytes, asked.tpData)],
    granted: [lettersOf(granted.flags), readTpData(bytes, granted.tpData)],
  };
}

const names = (list: TpData<Uint8Array>['IDRapp']): readonly string[] =>
  list.map(({ data }) => Buffer.from(data).toString());

describe('a KMS with a policy of its own', () => {
  test('[rfc6043:6.10-35] [rfc6043:4.2.1.5-6] grants what it was asked for with K = 0, if that is allowed', () => {
    const { asked, granted } = grant(played(standard()));
    expect([asked[0], granted[0]]).toEqual(['DEFGHIJNO', 'DEFGHIJNO']);
    expect([granted[1].TRs, granted[1].TRe]).toEqual([asked[1].TRs, asked[1].TRe]);
  });

  test('[rfc6043:6.10-35] [rfc6043:4.2.1.5-6] [rfc6043:12.1-1] shortens the validity, and says so with K = 1; the Initiator takes it', () => {
    const run = played(
      governed(standard(), (before) => ({ ...before, system: { ...before.system, longestValidity: 600 } })),
    );
    const { asked, granted } = grant(run);
    expect(run.trace.asExpected).toBe(true);
    expect([asked[0], granted[0]]).toEqual(['DEFGHIJNO', 'DEFGHIJKNO']);
    expect(granted[1].TRe! < asked[1].TRe!).toBe(true);
    expect(Number((granted[1].TRe! - granted[1].TRs!) / second)).toBeLessThanOrEqual(601);
  });

  test('[rfc6043:12.1-1] forbids reuse with J = 0, and the Initiator obeys', () => {
    const scenario = standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' })] });
    const run = played(governed(scenario, (before) => ({ ...before, system: { ...before.system, reuse: false } })));
    expect(grant(run).granted[0]).toBe('DEFGHIKNO');
    expect(refused(run)).toEqual(['alice heldTicketReusable']);
    expect(run.outcomes.map(({ answered }) => answered)).toEqual([['bob-phone'], []]);
  });

  test('[rfc6043:12.1-1] adds protection that nobody asked for, and the Initiator takes it', () => {
    const scenario = standard({ flags: 'DEFHIJNO' }, { allow: ['G=0'] });
    const run = played(
      governed(scenario, (before) => ({ ...before, system: { ...before.system, RANDRr: 'mandatory' } })),
    );
    expect(grant(run).granted[0]).toBe('DEFGHIJKNO');
    expect(run.trace.asExpected).toBe(true);
  });

  test.each([
    [['app:voice', 'app:games'], ['app:voice']],
    [[], ['app:voice']],
    [['app:voice'], ['app:voice']],
  ] as const)(
    '[rfc6043:12.1-1] [rfc6043:6.10-68] grants only applications that the user may use: of %j it leaves %j',
    (asked, left) => {
      const base = standard({ applications: asked });
      const { devices } = base.users[1]!;
      const withApp = withUser(base, 'bob', {
        devices: devices.map((device) => ({ ...device, application: 'app:voice' })),
      });
      const run = played(governed(withApp, aliceMay({ applications: ['app:voice'] })));
      const { granted } = grant(run);
      expect(names(granted[1].IDRapp)).toEqual(left);
      expect(granted[0].includes('K')).toBe(asked.length !== left.length);
      expect(run.trace.asExpected).toBe(true);
    },
  );

  test('[rfc6043:12.1-1] refuses an application that the user may not use', () => {
    const run = played(governed(standard({ applications: ['app:games'] }), aliceMay({ applications: ['app:voice'] })));
    expect(refused(run)).toEqual(['kms requesterAuthorized', 'alice ERR_PEER']);
  });
});

describe('an Initiator', () => {
  const scenario = standard(
    { applications: ['app:voice'] },
    { steps: [call({ from: 'KMS', applications: ['app:voice'] }), call({ from: 'KMS' })] },
  );
  const forger = new Forger(played(scenario));
  const granted = (change: Parameters<typeof policy>[0]): BytesPlayed =>
    played(scenario, { intercept: forger.at({ type: 'REQUEST_RESP', to: 'alice' }, policy(change)) });

  test.each([
    ['without key forking', flags('DEFGHJNO')],
    ['without RANDRr', flags('DEFHIJNO')],
    ['with keys of the Responder', flags('DEFGHIJMNO')],
    ['that begins earlier', tpData((data) => ({ ...data, TRs: data.TRs! - second }))],
    ['that ends later', tpData((data) => ({ ...data, TRe: data.TRe! + second }))],
    ['that never ends', tpData((data) => ({ ...data, TRe: undefined }))],
    ['for all applications', tpData((data) => ({ ...data, IDRapp: [] }))],
    [
      'for another application',
      tpData((data) => ({ ...data, IDRapp: [{ idType: 1, data: Buffer.from('app:games') }] })),
    ],
  ] as const)(
    '[rfc6043:4.2.1.6-3] [rfc6043:4.2.1.6-5] discards a ticket %s than it asked for; it may ask again',
    (_, change) => {
      const run = granted(change);
      expect(refused(run)[0]).toBe('alice grantedPolicyAcceptable');
      expect(run.callers.map((one) => one.state())).toEqual(['failed', 'established']);
      expect(hops(run, 'TRANSFER_INIT', { from: 'alice' })).toHaveLength(1);
    },
  );

  test.each([
    ['that ends earlier', tpData((data) => ({ ...data, TRe: data.TRe! - second }))],
    ['that may not be used again', flags('DEFGHIKNO')],
  ] as const)('[rfc6043:4.2.1.6-3] takes a ticket %s, which is stricter', (_, change) => {
    const run = granted(change);
    expect(refused(run).filter((one) => one.startsWith('alice grantedPolicy'))).toEqual([]);
  });
});

describe('IDRapp', () => {
  const forApp = (application: string | undefined, asked: readonly string[]): BytesPlayed => {
    const base = standard({ applications: asked });
    const { devices } = base.users[1]!;
    const own = application === undefined ? {} : { application };
    return played(withUser(base, 'bob', { devices: devices.map((device) => ({ ...device, ...own })) }));
  };

  test.each([
    ['the application that is named', 'app:voice', ['app:voice'], []],
    ['one of those that are named', 'app:games', ['app:voice', 'app:games'], []],
    ['any application, if none is named', 'app:voice', [], []],
    ['no application, if none is named', undefined, [], []],
    ['not another application', 'app:games', ['app:voice'], ['bob-phone offerApplicationAuthorized']],
    ['not one that does not say its name', undefined, ['app:voice'], ['bob-phone offerApplicationAuthorized']],
  ] as const)('[rfc6043:6.10-68] [rfc6043:6.10-70] lets %s take the call', (_, application, asked, expected) => {
    const run = forApp(application, asked);
    expect(refused(run)).toEqual(expected);
    expect(run.outcomes[0]!.answered).toEqual(expected.length === 0 ? ['bob-phone'] : []);
    expect(names(readTpData(bytes, only(hop(run, 'REQUEST_RESP').message, 'TICKET').policy.tpData).IDRapp)).toEqual(
      asked,
    );
  });
});
