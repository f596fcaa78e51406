import { readFileSync } from 'node:fs';
import type { TicketAsked } from '../../model/policy/decide.ts';
import { flagNames } from '../../model/message/ticketFlags.ts';
import { flagsOf } from '../../model/policy/flags.ts';
import {
  strictPolicy,
  strictSystem,
  strictUser,
  type KmsPolicy,
  type SystemRules,
  type UserRule,
} from '../../model/policy/kmsPolicy.ts';
import { parsePolicy } from '../../src/policy/file.ts';

/** The text of the example policy. */
export const exampleText = readFileSync(new URL('../../spec/policies/example.json', import.meta.url), 'utf8');

/** The example policy. */
export function examplePolicy(): KmsPolicy {
  const read = parsePolicy(exampleText);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.policy;
}

/** A user that has every right. */
export function trusted(user: string, less: Partial<UserRule> = {}): UserRule {
  const mayCreate = { flags: flagNames.filter((flag) => flag !== 'D' && flag !== 'K'), longestValidity: 3600 };
  return { ...strictUser, user, mayRequest: true, mayCreate, mayCall: ['*'], secureConnection: 'allowed', ...less };
}

/** A policy of some users, with the strict system rules but for those given. */
export function policyOf(
  users: readonly UserRule[],
  more: Partial<Omit<KmsPolicy, 'system'>> & { system?: Partial<SystemRules> } = {},
): KmsPolicy {
  return { ...strictPolicy, ...more, users, system: { ...strictSystem, ...more.system } };
}

/** Alice asks for a ticket to Bob that strict system rules grant as it is. */
export const ask: TicketAsked = {
  requester: 'sip:alice@example.com',
  responders: ['sip:bob@example.com'],
  applications: [],
  flags: flagsOf('DEFGHINO'),
  validity: { TRe: 4600 },
  keys: [{ type: 'TGK', length: 32 }],
  suite: 'sha256',
  now: 1000,
};
