/**
 * A run as a test vector: messages, secrets, and what both sides hold at the end. The same for every mode.
 *
 * @module
 * @see docs/vectors.md
 */
import { flagNames, type FlagName } from '../../../model/message/ticketFlags.ts';
import type { TicketPolicy } from '../../../model/message/payload.ts';
import { all } from '../../../model/message/select.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import type { Agreement, Trace } from '../../../model/trace/trace.ts';
import type { JudgedFork, JudgedVector } from '../../judge/vectorFile.ts';
import type { CertifiedParties } from './certified.ts';
import { contextOf } from './context.ts';
import { hex } from './hex.ts';
import { listMessages, type ListedMessage } from './messages.ts';
import { secretsOf } from './secrets.ts';

/** One vector. */
export type Vector = JudgedVector;

/**
 * A trace as a vector.
 *
 * @param scenario - tells what a KMS knows; left out, the vector has no context
 * @param options - who has which RSA key, as `noting` took it down; only for runs with certificates
 * @throws RangeError if the run did not get as far as a ticket
 */
export function vectorOf(
  trace: Trace<Uint8Array>,
  scenario?: Scenario,
  { certified }: { readonly certified?: CertifiedParties } = {},
): Vector {
  const listed = listMessages(trace);
  const context = scenario && contextOf(scenario);
  const valueOf = (kind: string): string | undefined => {
    const found = trace.secrets.find((secret) => secret.kind === kind);
    return found && hex(found.value);
  };
  const policy = policyOf(listed);
  const mpki = valueOf('MPKi');
  if (!policy || mpki === undefined) throw new RangeError('the run has no ticket');
  return {
    name: trace.title,
    mode: trace.mode,
    policy,
    secrets: secretsOf(trace, listed, certified ? { certified } : {}),
    ...(context ? { context } : {}),
    messages: listed.map(plainMessage),
    expected: { mpki, mpkr: valueOf('MPKr') ?? null, forks: forksOf(trace) },
  };
}

/** A message without what is only of use inside of a run. */
export function plainMessage({ type, from, to, hex: octets }: ListedMessage): Vector['messages'][number] {
  return { type, from, to, hex: octets };
}

/** The Ticket Policy of the first ticket or, before there is one, of the first request; undefined if there is neither. */
export function policyOf(listed: readonly ListedMessage[]): Vector['policy'] | undefined {
  const payloads = listed.flatMap(({ message }) => message?.payloads ?? []);
  const found: TicketPolicy<Uint8Array> | undefined = (all(payloads, 'TICKET')[0] ?? all(payloads, 'TP')[0])?.policy;
  if (!found) return undefined;
  const flags = Object.fromEntries(flagNames.map((flag) => [flag, found.flags[flag]])) as Record<FlagName, boolean>;
  return { ...flags, prf: found.prfFunc };
}

/**
 * What each responder and its Initiator hold at the end of each exchange. The last exchange of a responder bears its name; if it had several,
 * each of them is listed with its number, too.
 */
function forksOf(trace: Trace<Uint8Array>): Record<string, JudgedFork> {
  const mine = trace.agreements.filter((agreement) => agreement.party === agreement.device);
  const forks: Record<string, JudgedFork> = {};
  for (const device of new Set(mine.map((agreement) => agreement.device))) {
    const name = trace.parties.find((party) => party.name === device)?.identity ?? device;
    const exchanges = mine.filter((agreement) => agreement.device === device).map(forkOf);
    if (exchanges.length > 1) exchanges.forEach((fork, index) => (forks[`${name}#${index + 1}`] = fork));
    const last = exchanges.at(-1);
    if (last) forks[name] = last;
  }
  return forks;
}

function forkOf({ mpkr, tgks, gtgks, sessions }: Agreement<Uint8Array>): JudgedFork {
  return {
    mpkr: mpkr === null ? null : hex(mpkr),
    tgk: tgks.map(hex),
    ...(gtgks.length > 0 ? { gtgk: gtgks.map(hex) } : {}),
    tek: Object.fromEntries(sessions.map(({ csId, tek }) => [String(csId), hex(tek)])),
    salt: Object.fromEntries(sessions.map(({ csId, salt }) => [String(csId), hex(salt)])),
  };
}
