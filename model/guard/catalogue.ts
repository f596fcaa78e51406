/**
 * Every check that a party makes, by name: what it demands, the clauses that ask for it, and the error if it fails.
 *
 * The roles make each check by its name (see `attempt` in `checker.ts`), so that runs can report them and each can be switched off to see
 * what it is good for. A clause is a requirement id, or a finding where the RFC asks for too little.
 *
 * @module
 * @see [RFC 6043, section 4.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2)
 */
import type { Check } from './check.ts';
import { errorChecks } from './errorChecks.ts';
import { publicKeyChecks } from './publicKeyChecks.ts';
import { requestChecks } from './requestChecks.ts';
import { resolveChecks } from './resolveChecks.ts';
import { transferChecks } from './transferChecks.ts';
import { updateChecks } from './updateChecks.ts';

/** All checks of all roles. */
export const catalogue = {
  ...requestChecks,
  ...transferChecks,
  ...resolveChecks,
  ...errorChecks,
  ...publicKeyChecks,
  ...updateChecks,
} as const satisfies Record<string, Check>;

/** The name of a check. */
export type CheckName = keyof typeof catalogue;
