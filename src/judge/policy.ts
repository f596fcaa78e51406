/**
 * Ticket Policies: flags and TP Data.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { MikeyError } from '../../model/error.ts';
import { flagNames } from '../../model/message/ticketFlags.ts';
import type { KeyDataPayload, TicketPolicy } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { flagRules, forkedTgkRule } from '../../model/policy/flags.ts';
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
export function judgePolicies(bench: Bench, { entries }: Transcript): void {
  for (const entry of entries) {
    for (const { kind, policy } of [...all(entry.message.payloads, 'TP'), ...all(entry.message.payloads, 'TICKET')]) {
      judgePolicy(bench, entry, { policy, asked: kind === 'TP' });
    }
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
    if (KEMAC) judgeWantedKeys(bench, entry, policy);
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
function judgeWantedKeys(bench: Bench, entry: Entry, policy: TicketPolicy<Uint8Array>): void {
  const { findings } = bench;
  const [KEMAC] = all(policy.tpData, 'KEMAC');
  if (!KEMAC) return;
  bench.attempt(entry, 'rfc6043:6.10-64', () => bench.A.decode('Key data', KEMAC.encrData));
  findings.demand(KEMAC.encrAlg === encrAlgs.NULL, entry, {
    clause: 'rfc6043:6.10-62',
    reason: 'the KEMAC in TP Data is encrypted',
  });
  findings.demand(KEMAC.macAlg === macAlgs.NULL, entry, {
    clause: 'rfc6043:6.10-63',
    reason: 'the KEMAC in TP Data has a MAC',
  });
  const wanted = wantedKeys(bench, policy);
  findings.demand(
    wanted.every((key) => key.type !== keyDataTypes.MPK),
    entry,
    { clause: 'rfc6043:6.10-64', reason: 'the KEMAC in TP Data asks for an MPK' },
  );
  findings.demand(
    wanted.every((key) => key.key.every((octet) => octet === 0)),
    entry,
    { clause: 'rfc6043:6.10-65', reason: 'key data in TP Data are not zero' },
  );
  judgeForkedTgk(bench, entry, { flags: policy.flags, keys: wanted });
}

/** The keys that a Ticket Policy asks for; none if it does not say, or says so in a way that cannot be read. */
export function wantedKeys({ A }: Bench, { tpData }: TicketPolicy<Uint8Array>): readonly KeyDataPayload<Uint8Array>[] {
  const [KEMAC] = all(tpData, 'KEMAC');
  try {
    return KEMAC ? A.decode('Key data', KEMAC.encrData).keys : [];
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return [];
  }
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
