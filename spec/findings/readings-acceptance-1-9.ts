/**
 * Readings B1 to B9: where the RFCs leave a choice that changes what is accepted.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Readings B1 to B9: where the RFCs leave a choice that changes what is accepted. */
export const readingsAcceptance1To9 = [
  {
    id: 'B1',
    title: 'Which RANDs and keys the length rule compares',
    clauses: ['rfc6043:12.1', 'rfc6043:5.1.2', 'rfc6043:5.1.3'],
    problem:
      'RANDRi and RANDRr together have to be as long as the longest key. It is not said from which ' +
      'exchange the RANDs come, nor which keys are meant. With H = 0, or in TRANSFER_INIT, one of the two ' +
      'RANDs takes no part.',
    readings: [
      'RANDs of an exchange against those keys from which something is derived in it.',
      'Only RANDs that enter the label in question.',
      'RANDs of an exchange against all keys in it, transported ones too.',
    ],
    option: { name: 'rand_rule', values: ['exchange', 'used', 'all-keys'], default: 'exchange' },
    choice:
      'By exchange, as closest to the words. Our parties give each RAND the length of the longest key, ' +
      'which fulfils all three.',
    consequence:
      'The birthday bound behind the rule needs the second reading: a RAND that is not in the label adds ' +
      'nothing to the key.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B2',
    title: 'Group keys against ticket reuse',
    clauses: ['rfc6043:9', 'rfc6043:5.3', 'rfc6043:6.10'],
    problem:
      'Sending one ticket to several group members needs the same RANDs in every transfer. It is also a ' +
      'reuse of the ticket, for which new RANDs are demanded and the J flag is needed.',
    readings: [
      'Section 9 wins for RANDs; the J flag must be set.',
      'Section 9 wins and the J flag does not matter.',
      'The reuse rule wins, so one ticket never serves a group.',
    ],
    option: { name: 'group_rands', values: ['same', 'same-noJ', 'reuse-rule'], default: 'same' },
    choice:
      'In a group the RANDs are the same, which in effect means G = 0, an allowance by name; ' +
      'CSB ID and T are new in each transfer, and J must be 1.',
    consequence:
      'With G = 1 each member gets another key. The third reading rules out centralized groups with one ticket.',
    proposal: 'Section 5.3 does not demand new RANDs where section 9 demands the same ones; J is 1 in such a ticket.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'B3',
    title: 'What the K flag means by changed',
    clauses: ['rfc6043:6.10', 'rfc6043:4.2.1.6'],
    problem:
      'K tells if the KMS changed the requested Ticket Policy or KEMAC. The KMS has to remove the KEMAC ' +
      'from TP Data in any case and may add identities; whether that is a change is open.',
    readings: [
      'Only real changes count, additions of IDRi or IDRkms do not.',
      'Every difference counts.',
      'K says nothing reliable.',
    ],
    option: { name: 'k_flag', values: ['additions-ok', 'exact', 'ignore'], default: 'additions-ok' },
    choice:
      'K = 1 if and only if type, PRF, another flag, TP Data, or requested key types, lengths or validity ' +
      'differ. Removing the KEMAC and adding IDRi or IDRkms is no change. The Initiator compares for ' +
      'itself.',
    consequence: 'An Initiator that believes K instead of comparing can be handed a weaker policy.',
    proposal: 'An Initiator compares the granted policy with the requested one and does not rely on K.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'B4',
    title: 'IDRi of the ticket against the identity of the Initiator',
    clauses: ['rfc6043:6.10', 'rfc6043:5.3', 'rfc6043:9.1', 'rfc6043:4.2.3'],
    problem:
      'TP Data may name the peer that requested or created the ticket. No rule says that the Initiator of ' +
      'a TRANSFER_INIT has to be that peer.',
    readings: ['They must be equal.', 'They need not be.'],
    option: { name: 'idri_match', values: ['strict', 'off'], default: 'strict' },
    choice:
      'Equal whenever I = 1 and both are known. With I = 0, as in decentralized groups, anybody who can ' +
      'resolve the ticket may be the Initiator.',
    consequence:
      'Without the check a lawful ticket holder can show another name. Vr proves possession of MPKr only, ' +
      'and the KMS vouches for the IDRi in the ticket, not for the one in the message (W3).',
    proposal: 'With key forking the IDRi of TRANSFER_INIT is that of TP Data.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'B5',
    title: 'IDRr of RESOLVE_RESP against the responders in the ticket',
    clauses: ['rfc6043:4.2.3.5', 'rfc6043:12.5'],
    problem:
      'The KMS may adjust the identity of the responder to match the ticket. Membership and wildcards are ' +
      'known to the KMS only, so an outsider cannot tell if the identity is authorized.',
    readings: ['A mismatch deserves a warning.', 'A mismatch is an error.'],
    option: { name: 'idrr_authorized', values: ['warn', 'strict'], default: 'warn' },
    choice: 'A warning when finished messages are judged. The KMS itself decides by its own policy.',
    consequence: 'A strict reading breaks groups; a lax one leaves the decision to the KMS alone, where it belongs.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B6',
    title: 'Forked responders that resolve but do not answer',
    clauses: ['rfc6043:4.2.2.2', 'rfc6043:12.2', 'rfc6043:3'],
    problem:
      'With F = 1 a Responder must send TRANSFER_RESP. In a forked call several may resolve the ticket, ' +
      'while one is expected to answer.',
    readings: ['One answer is enough.', 'Every responder that resolves has to answer.'],
    option: { name: 'all_answer', values: ['warn', 'strict'], default: 'warn' },
    choice: 'At least one answer; the others give a warning.',
    consequence: 'None for security. A strict checker refuses ordinary forked calls.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B7',
    title: 'NULL encryption and NULL MAC',
    clauses: ['rfc3830:4.2.3', 'rfc3830:4.2.4', 'rfc6043:4.2.1.2', 'rfc6043:4.2.1.5'],
    problem:
      'RFC 3830 allows both NULL algorithms if lower layers protect the message. RFC 6043 demands a V or ' +
      'SIGN payload in each message, but no algorithm other than NULL in it.',
    readings: ['NULL encryption of keys is refused.', 'It is allowed, as RFC 3830 says.'],
    option: { name: 'null_encr', values: ['reject', 'allow'], default: 'reject' },
    choice:
      'NULL encryption of keys is refused by default, and a NULL MAC in V always. The KEMACs where RFC ' +
      '6043 itself demands NULL are exempt.',
    consequence: 'With a NULL MAC neither V nor Vi and Vr prove anything (W18).',
    proposal: 'V, Vi and Vr have an Auth alg other than NULL; keys are encrypted with an Encr alg other than NULL.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'B8',
    title: 'Value of reserved bits',
    clauses: ['rfc6043:6.10', 'rfc3830:6.12'],
    problem:
      'The reserved bits of the Ticket Policy flags and of ERR have no prescribed value, neither for ' +
      'senders nor for receivers.',
    readings: ['Zero when sent, and checked.', 'Any value, ignored.'],
    option: { name: 'res_bits', values: ['zero', 'ignore'], default: 'zero' },
    choice: 'We send zero and refuse anything else, so that one policy has one encoding.',
    consequence: 'A later extension that uses these bits meets old implementations of both kinds.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B9',
    title: 'Key Data of zero in a requested Ticket Policy',
    clauses: ['rfc6043:6.10'],
    problem:
      'In the KEMAC of TP Data the Initiator sets Key Data to 0. The same payload also has to state the ' +
      'wanted key length.',
    readings: ['Zero octets, as many as the wanted key has.', 'A field of length zero, or a single zero octet.'],
    choice: 'Zero octets of the wanted length: the length is the information.',
    consequence: 'With the other reading the KMS does not learn which key length is wanted.',
    evidence: 'read',
    status: 'open',
  },
] as const satisfies readonly Finding[];
