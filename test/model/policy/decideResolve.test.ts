import { describe, expect, test } from 'vitest';
import { decidePartner, decideResolve, type ResolveAsked } from '../../../model/policy/decide.ts';
import type { KmsPolicy } from '../../../model/policy/kmsPolicy.ts';
import { examplePolicy, policyOf, trusted } from '../../support/policies.ts';

const alice = 'sip:alice@example.com';
const bob = 'sip:bob@example.com';
const phone = 'sip:bob-phone@example.com';
const team = 'sip:team@example.com';
const users = [trusted(bob, { devices: [phone], speaksFor: ['tel:+4930'] }), trusted(alice)];
const policy = policyOf(users);

/** Under what name somebody resolves, and by which rule; or the rule that refuses. */
function outcome(of: KmsPolicy, resolver: string, more: Partial<ResolveAsked> = {}): string {
  const asked = {
    resolver,
    endpointOf: [],
    ticketResponders: [bob],
    ticketInitiator: alice,
    ticketApplications: [],
    ...more,
  };
  const decision = decideResolve(of, asked);
  if (decision.verdict === 'refused') {
    expect(decision.explain.at(-1)).toEqual({ rule: decision.rule, outcome: 'not met', says: decision.reason });
    return `refused by ${decision.rule}`;
  }
  return `${decision.granted.name} as ${decision.granted.responder} by ${decision.rule}`;
}

describe('who may resolve', () => {
  test('[rfc6043:6.10-69] somebody that the ticket names, and nobody else', () => {
    expect(outcome(policy, bob)).toBe(`${bob} as ${bob} by users[0].user`);
    expect(outcome(policy, bob, { ticketResponders: ['sip:x@example.com', bob] })).toBe(
      `${bob} as ${bob} by users[0].user`,
    );
    expect(outcome(policy, bob, { ticketResponders: ['tel:+4930'] })).toBe(
      'tel:+4930 as tel:+4930 by users[0].speaksFor[0]',
    );
    expect(outcome(policy, alice, { ticketInitiator: undefined })).toBe('refused by rfc6043:6.10-69');
    expect(outcome(policy, bob, { ticketResponders: [] })).toBe('refused by rfc6043:6.10-69');
  });

  test('a device that the ticket names itself, under the rule of its user', () => {
    const asked = { ticketResponders: [phone] };
    expect(outcome(policy, phone, asked)).toBe(`${phone} as ${phone} by users[0].devices[0]`);
    expect(outcome(policy, 'sip:other-phone@example.com', asked)).toBe('refused by rfc6043:6.10-69');
    const forbidden = policyOf([trusted(bob, { devices: [phone], secureConnection: 'forbidden' }), trusted(alice)]);
    expect(outcome(forbidden, phone, asked)).toBe('refused by rfc6043:6.10-69');
    const carol = trusted('sip:carol@example.com', { devices: [phone] });
    const barred = trusted(bob, { devices: [phone], secureConnection: 'forbidden' });
    expect(outcome(policyOf([barred, carol]), phone, asked)).toBe(`${phone} as ${phone} by users[0].devices[0]`);
  });

  test('a star in a ticket is a star, no pattern', () => {
    expect(outcome(policy, bob, { ticketResponders: ['*', 'sip:*@example.com'] })).toBe('refused by rfc6043:6.10-69');
  });

  test('a device in a rule about many users, which the file does not allow, is a device of nobody', () => {
    const everybody = 'sip:*@example.com';
    const many = policyOf([trusted(everybody, { devices: ['sip:phone@else.example'] })]);
    for (const ticketResponders of [[bob], [everybody]]) {
      expect(outcome(many, 'sip:phone@else.example', { ticketResponders })).toBe('refused by rfc6043:6.10-69');
    }
  });

  test('a device of somebody that the ticket names, by the policy or by its account', () => {
    expect(outcome(policy, phone)).toBe(`${bob} as ${bob} by users[0].devices[0]`);
    expect(outcome(policy, phone, { ticketResponders: ['tel:+4930'] })).toBe(
      'tel:+4930 as tel:+4930 by users[0].devices[0]',
    );
    expect(outcome(policyOf([trusted(bob)]), phone)).toBe('refused by rfc6043:6.10-69');
    expect(outcome(policyOf([trusted(bob)]), phone, { endpointOf: [bob] })).toBe(`${bob} as ${bob} by users[0].user`);
    expect(outcome(policyOf([]), phone, { endpointOf: [bob] })).toBe('refused by rfc6043:6.10-69');
  });

  test('[rfc6043:12.5-1] [rfc6043:12.5-2] members of the group that the ticket names, as of now (weakness W21)', () => {
    const withMembers = (...members: string[]): KmsPolicy => policyOf(users, { groups: [{ identity: team, members }] });
    const ticketResponders = [team];
    expect(outcome(withMembers('sip:x@example.com', bob), bob, { ticketResponders })).toBe(
      `${bob} as ${team} by groups[0].members[1]`,
    );
    expect(outcome(withMembers('sip:*@example.com'), bob, { ticketResponders })).toBe(
      `${bob} as ${team} by groups[0].members[0]`,
    );
    expect(outcome(withMembers(bob), phone, { ticketResponders })).toBe(`${bob} as ${team} by groups[0].members[0]`);
    // Bob has left: the same ticket, another answer.
    expect(outcome(withMembers('sip:x@example.com'), bob, { ticketResponders })).toBe('refused by rfc6043:6.10-69');
    expect(outcome(policy, bob, { ticketResponders })).toBe('refused by rfc6043:6.10-69');
    expect(outcome(withMembers(bob), bob, { ticketResponders: ['sip:other@example.com'] })).toBe(
      'refused by rfc6043:6.10-69',
    );
  });

  test('a group may be called by a text with a star, which still is a group', () => {
    const all = 'sip:*@example.com';
    const grouped = policyOf(users, { groups: [{ identity: all, members: [bob] }] });
    expect(outcome(grouped, bob, { ticketResponders: [all] })).toBe(`${bob} as ${all} by groups[0].members[0]`);
    expect(outcome(grouped, alice, { ticketResponders: [all], ticketInitiator: undefined })).toBe(
      'refused by rfc6043:6.10-69',
    );
  });

  test('nobody whose media must not be protected, or who is called by such a one', () => {
    const forbid = (user: string, more = {}): KmsPolicy =>
      policyOf([
        ...users.filter((one) => one.user !== user),
        trusted(user, { ...more, secureConnection: 'forbidden' }),
      ]);
    expect(outcome(forbid(bob), bob)).toBe('refused by users[1].secureConnection');
    expect(outcome(forbid(bob, { devices: [phone] }), phone)).toBe('refused by rfc6043:6.10-69');
    expect(outcome(forbid(phone), phone)).toBe('refused by users[2].secureConnection');
    expect(outcome(forbid(alice), bob)).toBe('refused by users[1].secureConnection');
  });

  test('not the caller itself, unless that is allowed (weakness W21)', () => {
    const groups = [{ identity: team, members: [alice, bob] }];
    const laptop = 'sip:alice-laptop@example.com';
    const rules = [trusted(alice, { devices: [laptop] }), trusted(bob)];
    const more = { ticketResponders: [team] };
    expect(outcome(policyOf(rules, { groups }), alice, more)).toBe('refused by system.selfCalls');
    expect(outcome(policyOf(rules, { groups }), laptop, more)).toBe('refused by rfc6043:6.10-69');
    expect(outcome(policyOf(rules, { groups, system: { selfCalls: true } }), alice, more)).toBe(
      `${alice} as ${team} by groups[0].members[0]`,
    );
    expect(outcome(policyOf(rules, { groups }), bob, more)).toBe(`${bob} as ${team} by groups[0].members[1]`);
  });

  test('[rfc6043:6.10-68] for an application that the ticket and the user allow', () => {
    const some = policyOf([trusted(bob, { applications: ['voice'] })]);
    expect(outcome(some, bob, { application: 'voice' })).toBe(`${bob} as ${bob} by users[0].user`);
    expect(outcome(some, bob, { application: 'voice', ticketApplications: ['voice', 'x'] })).toContain('as');
    expect(outcome(some, bob, { application: 'voice', ticketApplications: ['video'] })).toBe(
      'refused by rfc6043:6.10-68',
    );
    expect(outcome(some, bob, { application: 'video' })).toBe('refused by rfc6043:6.10-69');
  });
});

describe('another KMS (weakness W19)', () => {
  const kms = 'sip:kms.partner.example';
  const carol = 'sip:carol@partner.example';
  const partners = [{ kms, realm: ['sip:x@y.example', 'sip:*@partner.example'], agreement: true }];
  const federated = policyOf(users, { partners, groups: [{ identity: team, members: [carol, bob] }] });

  test('speaks for the identities of its realm, under an agreement', () => {
    expect(decidePartner(federated, { kms, IDRr: carol })).toMatchObject({
      verdict: 'granted',
      rule: 'partners[0].realm[1]',
    });
    expect(decidePartner(federated, { kms, IDRr: 'sip:z@y.example' })).toMatchObject({
      verdict: 'refused',
      rule: 'partners[0].realm',
    });
    expect(decidePartner(federated, { kms: 'sip:other', IDRr: carol })).toMatchObject({
      verdict: 'refused',
      rule: 'partners',
    });
    const ended = { ...federated, partners: [{ ...partners[0]!, agreement: false }] };
    expect(decidePartner(ended, { kms, IDRr: carol })).toMatchObject({
      verdict: 'refused',
      rule: 'partners[0].agreement',
    });
  });

  test('never speaks for a user of ours, whatever its realm says', () => {
    const greedy = { ...federated, partners: [{ ...partners[0]!, realm: ['*'] }] };
    for (const IDRr of [bob, phone, 'tel:+4930']) {
      expect(decidePartner(greedy, { kms, IDRr })).toMatchObject({ verdict: 'refused', rule: 'users[0]' });
    }
    expect(decidePartner(greedy, { kms, IDRr: 'sip:who@else.example' }).verdict).toBe('granted');
  });

  test('has tickets resolved for its users, also as members of a group', () => {
    const more = { partner: kms, ticketResponders: [carol] };
    expect(outcome(federated, carol, more)).toBe(`${carol} as ${carol} by partners[0].realm[1]`);
    expect(outcome(federated, carol, { partner: kms, ticketResponders: [team] })).toBe(
      `${carol} as ${team} by groups[0].members[0]`,
    );
    expect(outcome(federated, bob, { partner: kms })).toBe('refused by users[0]');
    expect(outcome(federated, 'sip:eve@evil.example', { ...more, ticketResponders: [team] })).toBe(
      'refused by partners[0].realm',
    );
  });

  test('cannot smuggle a user of ours in as the owner of a device', () => {
    expect(outcome(federated, carol, { partner: kms, endpointOf: [bob] })).toBe('refused by users[0]');
  });

  test('its users are nobody without it', () => {
    expect(outcome(federated, carol, { ticketResponders: [carol] })).toBe('refused by rfc6043:6.10-69');
  });
});

test('the example policy resolves as its documentation says', () => {
  const example = examplePolicy();
  const support = { ticketResponders: ['sip:it-support@example.com'], ticketInitiator: undefined };
  expect(outcome(example, 'sip:bob-laptop@example.com', support)).toContain('by groups[0].members[0]');
  expect(outcome(example, 'sip:carol@example.com', support)).toContain('by groups[0].members[1]');
  expect(outcome(example, 'sip:dave@example.com', support)).toBe('refused by rfc6043:6.10-69');
  const helper = 'sip:helpdesk-7@partner.example';
  expect(outcome(example, helper, { ...support, partner: 'sip:kms.partner.example' })).toContain(
    'by groups[0].members[2]',
  );
  expect(outcome(example, 'sip:x@former.example', { ...support, partner: 'sip:kms.former.example' })).toBe(
    'refused by partners[1].agreement',
  );
});
