/**
 * Ticket Policies: flags, TP Data, and what the KMS made of the one that was asked for.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { flagNames } from '../../model/message/ticketFlags.ts';
import type { KeyDataPayload, Payload, TicketPolicy } from '../../model/message/payload.ts';
import { all, optional } from '../../model/message/select.ts';
import { differingFlags, flagRules, forkedTgkRule } from '../../model/policy/flags.ts';
import { readTpData } from '../../model/policy/tpData.ts';
import type { Bench } from './bench.ts';
import type { Subject } from './findings.ts';
import { judgeOrder, tpDataGrammar } from './order.ts';
import type { Entry, Transcript } from './transcript.ts';

/** The clause of each rule between flags, in the order of {@link flagRules}. */
const ruleClauses = [
  'rfc6043:6.10-2',
  'rfc6043:6.10-3',
  'rfc6043:6.10-4',
  'rfc6043:6.10-5',
  'rfc6043:6.10-6',
  'rfc6043:6.10-7',
  'rfc6043:6.10-8',
] as const;

/** Judges every Ticket Policy in the messages. */
export function judgePolicies(bench: Bench, { entries, requests }: Transcript): void {
  for (const entry of entries) {
    for (const { kind, policy } of [...all(entry.message.payloads, 'TP'), ...all(entry.message.payloads, 'TICKET')]) {
      judgePolicy(bench, entry, { policy, asked: kind === 'TP' });
    }
  }
  for (const { initial, response } of requests) {
    const asked = optional(initial.message.payloads, 'TP')?.policy;
    const granted = response && optional(response.message.payloads, 'TICKET')?.policy;
    if (asked && granted) judgeGrant(bench, response, { asked, granted });
  }
}

function judgePolicy(
  bench: Bench,
  entry: Entry,
  { policy, asked }: { readonly policy: TicketPolicy<Uint8Array>; readonly asked: boolean },
): void {
  const { findings, vector } = bench;
  const { flags } = policy;
  flagRules.forEach((rule, index) => {
    findings.demand(rule.holds(flags), entry, {
      clause: ruleClauses[index] ?? 'rfc6043:6.10',
      reason: `the flags break '${rule.rule}'`,
    });
  });
  findings.demand(policy.res === 0, entry, { clause: 'rfc6043:6.10-48', reason: 'a reserved bit is set' });
  judgeOrder(policy.tpData, tpDataGrammar, { subject: entry, findings });
  bench.attempt(entry, 'rfc6043:6.10-51', () => readTpData(bench.A, policy.tpData));
  const KEMAC = all(policy.tpData, 'KEMAC')[0];
  if (asked) {
    findings.demand(!flags.K, entry, { clause: 'rfc6043:6.10-36', reason: 'K is set in TP' });
    if (KEMAC) judgeWantedKeys(bench, entry, KEMAC);
  } else {
    findings.demand(!KEMAC, entry, { clause: 'rfc6043:6.10-67', reason: 'the granted policy has a KEMAC' });
    for (const flag of flagNames) {
      findings.demand(flags[flag] === vector.policy[flag], entry, {
        clause: 'rfc6043:6.10-10',
        reason: `flag ${flag} is ${flags[flag] ? 1 : 0} in the ticket and ${vector.policy[flag] ? 1 : 0} in 'policy'`,
      });
    }
    findings.demand(policy.prfFunc === vector.policy.prf, entry, {
      clause: 'rfc6043:6.10-14',
      reason: `PRF Func is ${policy.prfFunc} in the ticket and ${vector.policy.prf} in 'policy'`,
    });
    const told = findings.list.some((finding) => finding.clause === 'rfc6043:12.4-5');
    if (!told && (!flags.I || !flags.F || !flags.G || !flags.H)) {
      findings.warning(entry, 'rfc6043:12.4-5', 'the strict profile demands the flags I, F, G and H');
    }
    if (!flags.N || !flags.O)
      findings.warning(entry, 'rfc6043:6.10-44', 'N or O is 0: more processing would be needed');
  }
}

/** The keys in the KEMAC of TP: in clear, all zero, no MPK. */
function judgeWantedKeys(bench: Bench, entry: Entry, KEMAC: Extract<Payload<Uint8Array>, { kind: 'KEMAC' }>): void {
  const { findings } = bench;
  findings.demand(KEMAC.encrAlg === encrAlgs.NULL, entry, {
    clause: 'rfc6043:6.10-62',
    reason: 'the KEMAC in TP Data is encrypted',
  });
  findings.demand(KEMAC.macAlg === macAlgs.NULL, entry, {
    clause: 'rfc6043:6.10-63',
    reason: 'the KEMAC in TP Data has a MAC',
  });
  const wanted = bench.attempt(entry, 'rfc6043:6.10-64', () => bench.A.decode('Key data', KEMAC.encrData).keys);
  findings.demand(wanted?.every((key) => key.type !== keyDataTypes.MPK) ?? true, entry, {
    clause: 'rfc6043:6.10-64',
    reason: 'the KEMAC in TP Data asks for an MPK',
  });
  findings.demand(wanted?.every((key) => key.key.every((octet) => octet === 0)) ?? true, entry, {
    clause: 'rfc6043:6.10-65',
    reason: 'key data in TP Data are not zero',
  });
}

/** K is 1 if and only if the KMS changed something; adding IDRi or IDRkms and taking out the KEMAC are no changes (finding B3). */
function judgeGrant(
  bench: Bench,
  response: Entry,
  { asked, granted }: { readonly asked: TicketPolicy<Uint8Array>; readonly granted: TicketPolicy<Uint8Array> },
): void {
  const added = new Set(['IDRi', 'IDRkms']);
  const rest = (policy: TicketPolicy<Uint8Array>): readonly Payload<Uint8Array>[] =>
    policy.tpData.filter((payload) => payload.kind !== 'KEMAC');
  const text = (payload: Payload<Uint8Array>): string =>
    JSON.stringify(payload, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    );
  const before = new Set(rest(asked).map(text));
  const after = new Set(rest(granted).map(text));
  const lost = [...before].filter((payload) => !after.has(payload));
  const gained = rest(granted).filter((payload) => !before.has(text(payload)) && !isAdded(payload, rest(asked), added));
  const fields = ['ticketType', 'subtype', 'version', 'prfFunc'] as const;
  const changed =
    lost.length > 0 ||
    gained.length > 0 ||
    fields.some((field) => asked[field] !== granted[field]) ||
    differingFlags(asked.flags, granted.flags).some((flag) => flag !== 'K');
  if (granted.flags.K !== changed) {
    const reason = changed ? 'the policy was changed, but K is 0' : 'nothing was changed, but K is 1';
    bench.findings.error(response, 'rfc6043:6.10-35', reason);
  }
}

/** Whether a payload is an IDRi or IDRkms that the request had none of. */
function isAdded(
  payload: Payload<Uint8Array>,
  before: readonly Payload<Uint8Array>[],
  names: ReadonlySet<string>,
): boolean {
  if (payload.kind !== 'IDR') return false;
  const name = { 1: 'IDRi', 3: 'IDRkms' }[payload.role];
  return (
    name !== undefined &&
    names.has(name) &&
    !before.some((other) => other.kind === 'IDR' && other.role === payload.role)
  );
}

/** The rule about F that needs the keys of the ticket (rfc6043:6.10-9). */
export function judgeForkedTgk(
  bench: Bench,
  subject: Subject,
  {
    flags,
    keys,
  }: { readonly flags: TicketPolicy<never>['flags']; readonly keys: readonly KeyDataPayload<Uint8Array>[] },
): void {
  const tgk = keys.some((key) => key.type === keyDataTypes.TGK || key.type === keyDataTypes['TGK+SALT']);
  bench.findings.demand(!(flags.I && tgk && !flags.F), subject, {
    clause: 'rfc6043:6.10-9',
    reason: `the flags break '${forkedTgkRule}'`,
  });
}
