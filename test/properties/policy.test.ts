import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagNames, type TicketFlags } from '../../model/message/ticketFlags.ts';
import {
  decideCreated,
  decidePartner,
  decideRequest,
  decideResolve,
  type Decision,
  type ResolveAsked,
  type TicketAsked,
} from '../../model/policy/decide.ts';
import { brokenFlagRule } from '../../model/policy/flags.ts';
import type { KmsPolicy, SystemRules, UserRule } from '../../model/policy/kmsPolicy.ts';
import { policyProblems } from '../../model/policy/policyProblems.ts';

const domains = ['@a.example', '@b.example'] as const;
const people = domains.flatMap((domain) => ['sip:x', 'sip:y', 'sip:z'].map((user) => `${user}${domain}`));
const teams = ['sip:team@a.example', 'sip:*@a.example'] as const;
const kmss = ['sip:kms.b.example', 'sip:kms.c.example'] as const;
const person = fc.constantFrom(...people);
/** A value most of the time, anything else now and then: decisions are to come out both ways. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const pattern = fc.oneof(person, fc.constantFrom('*', ...domains.map((domain) => `sip:*${domain}`), ...teams));
const application = fc.constantFrom('voice', 'video', 'v*', '*');
const duty = fc.constantFrom('mandatory' as const, 'optional' as const, 'optional' as const);
const flagSet = fc.subarray([...flagNames]);

const system: fc.Arbitrary<SystemRules> = fc.record({
  suites: fc.oneof(
    { weight: 4, arbitrary: fc.constant(['sha1', 'sha256'] as const) },
    { weight: 1, arbitrary: fc.constant(['sha256'] as const) },
  ),
  keyLength: fc.record({ smallest: fc.constant(16), longest: fc.constantFrom(32, 64) }),
  keyForking: mostly<SystemRules['keyForking']>('allowed', fc.constantFrom('mandatory', 'forbidden')),
  response: duty,
  RANDRr: duty,
  RANDRi: duty,
  longestValidity: fc.constantFrom(1, 600, 3600),
  longestRekeying: fc.constantFrom(undefined, 60, 600),
  reuse: fc.boolean(),
  suppliedKeys: fc.record({ initiator: fc.boolean(), responder: fc.boolean() }),
  selfCalls: fc.boolean(),
});

const user: fc.Arbitrary<UserRule> = fc.record({
  user: fc.oneof(pattern, fc.constantFrom('*', ...domains.map((domain) => `sip:*${domain}`))),
  speaksFor: fc.subarray(['tel:1', 'tel:2'], { maxLength: 1 }),
  devices: fc.subarray(['sip:phone@a.example', 'sip:z@a.example']),
  mayRequest: mostly(true, fc.boolean()),
  mayCreate: fc.option(
    fc.record({
      flags: mostly([...flagNames], flagSet),
      longestValidity: fc.constantFrom(600, 3600),
    }),
    { nil: undefined, freq: 5 },
  ),
  mayCall: mostly(['*', 'sip:x@a.example'], fc.uniqueArray(pattern, { maxLength: 4 })),
  applications: fc.oneof(
    { weight: 2, arbitrary: fc.constant(['*']) },
    { weight: 1, arbitrary: fc.uniqueArray(application) },
  ),
  secureConnection: mostly<UserRule['secureConnection']>('allowed', fc.constantFrom('required', 'forbidden')),
});

/** Policies that `policy check` finds nothing wrong with, but for key lengths and flags that no ticket could meet. */
const policy: fc.Arbitrary<KmsPolicy> = fc
  .record({
    system,
    users: fc.array(user, { minLength: 1, maxLength: 4 }),
    groups: fc.uniqueArray(
      fc.record({
        identity: fc.constantFrom(...teams),
        members: fc.uniqueArray(pattern, { minLength: 1, maxLength: 3 }),
      }),
      {
        selector: ({ identity }) => identity,
      },
    ),
    partners: fc.uniqueArray(
      fc.record({
        kms: fc.constantFrom(...kmss),
        realm: fc.uniqueArray(
          fc.constantFrom('sip:*@b.example', 'sip:x@b.example', 'sip:*@c.example', 'sip:y@c.example'),
          { minLength: 1, maxLength: 2 },
        ),
        agreement: fc.boolean(),
      }),
      { selector: ({ kms }) => kms },
    ),
  })
  .map((drawn) => ({
    ...drawn,
    // A device or a second name belongs to one user.
    users: drawn.users.map((one) => (one.user.includes('*') ? { ...one, speaksFor: [], devices: [] } : one)),
  }))
  .filter((drawn) => policyProblems(drawn).every(({ path }) => path.endsWith('mayCreate.flags')));

const seconds = fc.option(fc.constantFrom(400, 999, 1000, 1001, 1500, 4000, 9000), { nil: undefined });
const legalFlags = flagSet
  .map((letters) => Object.fromEntries(flagNames.map((name) => [name, letters.includes(name)])) as TicketFlags)
  .map((flags) => ({
    ...flags,
    E: flags.E || flags.I,
    F: flags.F || flags.G || flags.M || flags.I,
    H: flags.H || !flags.G,
  }));

const asked: fc.Arbitrary<TicketAsked> = fc.record({
  requester: person,
  initiator: mostly<string | undefined>(undefined, fc.constant('tel:1')),
  responders: fc.uniqueArray(fc.oneof(person, fc.constantFrom(...teams, 'sip:y@c.example')), {
    minLength: 1,
    maxLength: 2,
  }),
  applications: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom('voice', 'video', 'fax'))),
  flags: legalFlags.map((flags) => ({ ...flags, D: true })),
  validity: fc.record({ TRs: mostly<number | undefined>(undefined, seconds), TRe: seconds }),
  TRr: fc.option(fc.constantFrom(30, 60, 61, 700), { nil: undefined }),
  keys: fc.array(
    fc.record({ type: fc.constantFrom('TGK', 'TEK', 'GTGK'), length: mostly(32, fc.constantFrom(16, 33, 15)) }),
    { maxLength: 2 },
  ),
  suite: fc.constantFrom('sha1', 'sha256', 'sha256'),
  now: fc.constant(1000),
});

const created = asked.map(({ requester, ...terms }) => {
  const TRs = terms.validity.TRs ?? 1000;
  return {
    ...terms,
    maker: requester,
    flags: { ...terms.flags, D: false, K: false, L: true },
    validity: { TRs, TRe: TRs + 500 },
  };
});

const resolved: fc.Arbitrary<ResolveAsked> = fc.record({
  resolver: fc.oneof(person, fc.constantFrom('tel:1', 'sip:phone@a.example', 'sip:y@c.example')),
  endpointOf: fc.uniqueArray(person, { maxLength: 1 }),
  partner: fc.constantFrom(undefined, undefined, ...kmss),
  ticketResponders: fc.uniqueArray(fc.oneof(person, fc.constantFrom(...teams, 'tel:1')), { maxLength: 3 }),
  ticketInitiator: fc.option(person, { nil: undefined }),
  ticketApplications: fc.subarray(['voice', 'video']),
  application: fc.option(fc.constantFrom('voice', 'video'), { nil: undefined }),
});

const numRuns = 3000;

test('[rfc6043:12.1-1] what is granted never exceeds a system rule, and K says whether it is what was asked for', () => {
  let grants = 0;
  fc.assert(
    fc.property(policy, asked, (policy, asked) => {
      const decision = decideRequest(policy, asked);
      if (decision.verdict === 'refused') return;
      grants += 1;
      const { system } = policy;
      const { flags, validity, TRr, applications } = decision.granted;
      const TGK = asked.keys.some(({ type }) => type === 'TGK');
      expect(brokenFlagRule(flags, { holdsTGK: TGK })).toBeUndefined();
      if (system.keyForking !== 'allowed') expect(flags.I).toBe(system.keyForking === 'mandatory');
      expect([
        flags.F || system.response === 'optional',
        flags.G || system.RANDRr === 'optional',
        flags.H || system.RANDRi === 'optional',
      ]).toEqual([true, true, true]);
      expect([
        flags.J && !system.reuse,
        flags.L && !system.suppliedKeys.initiator,
        flags.M && !system.suppliedKeys.responder,
      ]).toEqual([false, false, false]);
      expect(validity.TRe).toBeGreaterThan(asked.now);
      expect(validity.TRe).toBeLessThanOrEqual(asked.now + system.longestValidity);
      expect(validity.TRe).toBeLessThanOrEqual(asked.validity.TRe ?? Infinity);
      expect(validity.TRs).toBe(asked.validity.TRs);
      if (system.longestRekeying !== undefined) expect(TRr).toBeLessThanOrEqual(system.longestRekeying);
      expect(system.suites).toContain(asked.suite);
      for (const { length } of asked.keys)
        expect(length >= system.keyLength.smallest && length <= system.keyLength.longest).toBe(true);
      const same =
        flagNames.every((name) => name === 'K' || flags[name] === asked.flags[name]) &&
        validity.TRe === asked.validity.TRe &&
        TRr === asked.TRr &&
        applications.join() === asked.applications.join();
      expect(flags.K).toBe(!same);
      expect(decision.changed.length > 0).toBe(!same);
      // Asked for what was granted, the KMS grants it as it is.
      const again = decideRequest(policy, { ...asked, ...decision.granted });
      expect([again.verdict, again.changed]).toEqual(['granted', []]);
    }),
    { numRuns },
  );
  expect(grants).toBeGreaterThan(numRuns / 20);
});

/** Every way to take one right out of a policy. */
function withLess(policy: KmsPolicy): readonly KmsPolicy[] {
  const { system, users, groups, partners } = policy;
  const replaced = <T>(list: readonly T[], index: number, item: T): readonly T[] =>
    list.map((one, at) => (at === index ? item : one));
  const without = <T>(list: readonly T[]): readonly (readonly T[])[] =>
    list.map((_, index) => list.filter((__, at) => at !== index));
  const systems: readonly SystemRules[] = [
    ...without(system.suites).map((suites) => ({ ...system, suites })),
    { ...system, keyLength: { ...system.keyLength, longest: 16 } },
    { ...system, keyLength: { ...system.keyLength, smallest: 32 } },
    ...(system.keyForking === 'allowed'
      ? (['mandatory', 'forbidden'] as const).map((keyForking) => ({ ...system, keyForking }))
      : []),
    { ...system, response: 'mandatory' },
    { ...system, RANDRr: 'mandatory' },
    { ...system, RANDRi: 'mandatory' },
    { ...system, longestValidity: 1 },
    { ...system, longestRekeying: 10 },
    { ...system, reuse: false },
    { ...system, suppliedKeys: { ...system.suppliedKeys, initiator: false } },
    { ...system, suppliedKeys: { ...system.suppliedKeys, responder: false } },
    { ...system, selfCalls: false },
  ];
  const rules = users.flatMap((rule, index) =>
    [
      { ...rule, mayRequest: false },
      { ...rule, mayCreate: undefined },
      { ...rule, secureConnection: 'forbidden' as const },
      ...(rule.mayCreate
        ? without(rule.mayCreate.flags).map((flags) => ({ ...rule, mayCreate: { flags, longestValidity: 600 } }))
        : []),
      ...without(rule.mayCall).map((mayCall) => ({ ...rule, mayCall })),
      ...without(rule.applications).map((applications) => ({ ...rule, applications })),
      ...without(rule.devices).map((devices) => ({ ...rule, devices })),
    ].map((less) => replaced(users, index, less)),
  );
  return [
    ...systems.map((one) => ({ ...policy, system: one })),
    ...rules.map((one) => ({ ...policy, users: one })),
    ...groups.flatMap((group, index) =>
      without(group.members).map((members) => ({ ...policy, groups: replaced(groups, index, { ...group, members }) })),
    ),
    ...partners.flatMap((partner, index) =>
      [{ ...partner, agreement: false }, ...without(partner.realm).map((realm) => ({ ...partner, realm }))].map(
        (less) => ({ ...policy, partners: replaced(partners, index, less) }),
      ),
    ),
  ];
}

/** The four kinds of decision, with questions for each. */
const kinds = {
  request: asked.map(
    (one) =>
      (policy: KmsPolicy): Decision<unknown> =>
        decideRequest(policy, one),
  ),
  created: created.map(
    (one) =>
      (policy: KmsPolicy): Decision<unknown> =>
        decideCreated(policy, one),
  ),
  resolve: resolved.map(
    (one) =>
      (policy: KmsPolicy): Decision<unknown> =>
        decideResolve(policy, one),
  ),
  partner: fc
    .record({
      kms: fc.constantFrom(...kmss),
      IDRr: fc.oneof(person, fc.constantFrom('sip:y@c.example', 'sip:phone@a.example')),
    })
    .map(
      (one) =>
        (policy: KmsPolicy): Decision<unknown> =>
          decidePartner(policy, one),
    ),
} as const;

/** Whether a path leads to a place in a policy. The last step may lead to something that is left out. */
function leadsSomewhere(policy: KmsPolicy, path: string): boolean {
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
  const end = parts
    .slice(0, -1)
    .reduce<unknown>((place, part) => (place as Record<string, unknown> | undefined)?.[part], policy);
  return typeof end === 'object' && end !== null;
}

describe.each(Object.entries(kinds))('%s', (_, question) => {
  test('taking a right away never turns a refusal into a grant, and each right can be what decides', () => {
    let [grants, lost] = [0, 0];
    fc.assert(
      fc.property(policy, question, (policy, decide) => {
        const before = decide(policy).verdict === 'granted';
        if (before) grants += 1;
        for (const less of withLess(policy)) {
          const after = decide(less).verdict === 'granted';
          if (before && !after) lost += 1;
          if (!before && after) expect.fail(`granted with less: ${JSON.stringify(less)}`);
        }
      }),
      { numRuns },
    );
    expect(grants).toBeGreaterThan(numRuns / 150);
    expect(lost).toBeGreaterThan(numRuns / 50);
  });

  test('every rule that was looked at is one of the policy or of the RFC, and one of them decided', () => {
    fc.assert(
      fc.property(policy, question, (policy, decide) => {
        const { rule, verdict, explain } = decide(policy);
        for (const step of explain)
          expect(step.rule.startsWith('rfc6043:') || leadsSomewhere(policy, step.rule)).toBe(true);
        expect(explain.map((step) => step.rule)).toContain(rule);
        expect(explain.filter((step) => step.outcome === 'not met')).toHaveLength(verdict === 'granted' ? 0 : 1);
      }),
      { numRuns: 1000 },
    );
  });
});
