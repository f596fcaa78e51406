/**
 * The calls from which costs are measured: alice calls bob, or a group with bob in it, and bob is the only endpoint.
 *
 * @module
 */
import type { KmsSpec, Scenario } from '../../model/modes/scenario.ts';
import { plainUser } from '../../model/modes/standard.ts';
import type { TicketKind } from './ticketKind.ts';

/** Flags of tickets that the Initiator makes, otherwise like those of the strict profile. */
const ownFlags = 'EFGHIJLNO';

/** The scenario for a kind of ticket. @param options - with `foreign`, bob belongs to another KMS, `kms-b` */
export function costScenario(options: {
  readonly kind: TicketKind;
  readonly suite: Scenario['suite'];
  readonly foreign: boolean;
}): Scenario {
  const { kind, suite, foreign } = options;
  const own = kind === 'own' || kind === 'own group';
  const forGroup = kind === 'group' || kind === 'own group';
  const kms = (name: string, host: string, other: string): KmsSpec => ({
    name,
    identity: `sip:kms@${host}`,
    realm: [`sip:*@${host}`],
    agreements: foreign ? [other] : [],
    longestValidity: 8 * 3600,
  });
  const alice = plainUser('alice', 'sip:alice@a.example');
  const bob = foreign ? plainUser('bob', 'sip:bob@b.example', 'kms-b') : plainUser('bob', 'sip:bob@a.example');
  const team = 'sip:team@a.example';
  return {
    mode: 'cost',
    title: `cost of a ticket: ${kind}`,
    suite,
    kmss: [kms('kms', 'a.example', 'kms-b'), ...(foreign ? [kms('kms-b', 'b.example', 'kms')] : [])],
    users: [{ ...alice, mayRequest: !own, ownTickets: { key: own, local: own, kms: own } }, bob],
    groups: forGroup ? [{ identity: team, kms: 'kms', members: ['bob'] }] : [],
    sharedTicketKeys: [],
    allow: [],
    ticketType: 'MIKEY',
    steps: [
      {
        do: 'call',
        caller: 'alice',
        callee: forGroup ? team : bob.identity,
        ticket: own ? { from: 'self', flags: ownFlags } : { from: 'KMS' },
      },
    ],
  };
}
