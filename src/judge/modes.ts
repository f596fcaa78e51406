/**
 * Modes: who makes and who opens the ticket, and which exchanges have to be there.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import { all } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { part } from './findings.ts';
import type { Transcript } from './transcript.ts';

/** What a mode says of the flags D (the KMS makes the ticket) and E (only the KMS opens it), and where that is written. */
interface ModeRule {
  readonly D: boolean;
  readonly E: boolean;
  readonly clause: string;
}

const mode1: ModeRule = { D: true, E: true, clause: 'rfc6043:4.1.1-1' };
const mode2: ModeRule = { D: true, E: false, clause: 'rfc6043:4.1.1-2' };
const mode3: ModeRule = { D: false, E: true, clause: 'rfc6043:4.1.1-3' };
const mode4: ModeRule = { D: false, E: false, clause: 'rfc6043:4.1.1-4' };

/** The rule of a mode by its name; a name that is not known says nothing. */
function ruleOf(mode: string): ModeRule | undefined {
  if (/^otway-rees(?:-group)?(?:-reused)?$/.test(mode)) return mode3;
  if (mode === 'kerberos') return mode2;
  if (mode === 'pre-shared') return mode4;
  return /^(?:standard|reused|group|group-reused|two-kms|public-key)$/.test(mode) ? mode1 : undefined;
}

/** Judges whether the vector is one of its mode. */
export function judgeMode(bench: Bench, transcript: Transcript): void {
  const { mode, policy, reject } = bench.vector;
  const { findings } = bench;
  const rule = ruleOf(mode);
  for (const { initial, response } of transcript.requests) {
    for (const entry of response ? [initial, response] : [initial]) {
      const policies = [...all(entry.message.payloads, 'TP'), ...all(entry.message.payloads, 'TICKET')];
      const made = policies.every((one) => one.policy.flags.D);
      findings.demand(made, entry, {
        clause: 'rfc6043:6.10-15',
        reason: 'a ticket from the KMS has D = 0: it would be made by the Initiator',
      });
    }
  }
  // What is turned down may well be of another mode, or break off early.
  if (reject) return;
  const subject = part('policy');
  if (rule) {
    for (const flag of ['D', 'E'] as const) {
      const expected = rule[flag];
      const reason = `in mode ${mode} the flag ${flag} is ${expected ? 1 : 0}`;
      findings.demand(policy[flag] === expected, subject, { clause: rule.clause, reason });
    }
  }
  judgePresence(bench, transcript);
}

/** Which exchanges have to be there. */
function judgePresence(bench: Bench, { requests, resolves, transfers }: Transcript): void {
  const { mode, policy } = bench.vector;
  const { findings } = bench;
  const subject = part('messages');
  if (policy.D && requests.length === 0) {
    if (mode === 'standard') findings.error(subject, 'rfc6043:4.1.1-1', 'there is no Ticket Request');
    else findings.warning(subject, 'rfc6043:4.1.1-5', 'there is no Ticket Request: the ticket came another way');
  }
  if (!policy.D && requests.length > 0) {
    findings.error(subject, 'rfc6043:4.1.1-3', 'there is a Ticket Request, though the Initiator makes the ticket');
  }
  if (!policy.E && resolves.length > 0) {
    findings.warning(subject, 'rfc6043:4.1-6', 'there is a Ticket Resolve, though the Responder can open the ticket');
  }
  if (mode === 'two-kms' && !resolves.some((resolve) => resolve.betweenKmss)) {
    findings.warning(subject, 'rfc6043:10-8', 'the two KMSs run no Ticket Resolve between them');
  }
  if (transfers.length === 0) findings.error(subject, 'rfc6043:4.1-1', 'there is no Ticket Transfer');
  if (policy.F && transfers.length > 0 && !transfers.some((transfer) => transfer.response)) {
    findings.error(subject, 'rfc6043:4.2.2.2-5', 'nobody sent TRANSFER_RESP');
  }
}
