/**
 * Readings A1 to A13: where the RFCs leave a choice that changes octets on the wire, or keys.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Readings A1 to A13: where the RFCs leave a choice that changes octets on the wire, or keys. */
export const readingsBytes1To13 = [
  {
    id: 'A1',
    title: 'Which timestamp enters the IV of a KEMAC',
    clauses: ['rfc3830:4.2.3', 'rfc6043:4.2.1.5', 'rfc6043:4.2.2.3', 'rfc6043:4.2.3.5', 'rfc6043:A.1'],
    problem:
      'RFC 3830 builds the IV from the timestamp that the Initiator sent, which the Responder there ' +
      'repeats. In RFC 6043 every response has a timestamp of its own, yet the IV is defined by reference ' +
      'to RFC 3830 only.',
    readings: [
      'The T next to the KEMAC, in the same message or ticket.',
      'The T of the first message of the same exchange.',
      'The T of the party named Initiator; impossible in Ticket Resolve, where the KMS never sees that T.',
    ],
    option: { name: 'kemac_t', values: ['carrier', 'initial'], default: 'carrier' },
    choice:
      'The T of the carrier. It is at hand wherever a KEMAC is opened, and appendix A does the same for the ticket.',
    consequence:
      "The readings do not interoperate. With the first message's T, the two KEMACs of a CSB update share " +
      'key and IV, and so do two answers to one repeated request: their XOR leaks the keys. The carrier ' +
      'reading still relies on timestamps that never repeat under one key (C2).',
    proposal:
      'The IV of a KEMAC uses the timestamp of the message, or of the ticket, that carries the KEMAC. One party uses no timestamp twice under one key.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
  {
    id: 'A2',
    title: 'Next Payload octet of Vi',
    clauses: ['rfc6043:6.10', 'rfc6043:4.2.3.6'],
    problem:
      'Vi has to equal the V payload of TRANSFER_INIT. That V is the last payload and says so, but Vi is ' +
      'followed by Vr inside Initiator Data, so an exact copy ends the chain too early.',
    readings: [
      'Vi names V as its next payload; algorithm and MAC are equal.',
      'Vi is equal octet for octet, next payload 0 included.',
    ],
    option: { name: 'vi_next', values: ['chain', 'identical'], default: 'chain' },
    choice:
      "Vi names V as next payload, so that Initiator Data stays a chain of payloads. The Responder's " +
      'comparison is about the MAC alone.',
    consequence: 'The MAC of Vr covers this octet, so the two readings do not interoperate. No effect on security.',
    proposal: 'Vi has the Auth alg and the MAC of V; its Next Payload is that of V, 9.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A3',
    title: 'PRF for the key of Vr',
    clauses: ['rfc6043:6.10', 'rfc6043:5.1.1', 'rfc6043:A.2.1'],
    problem:
      'The derivation of the auth_key for Vr gives the input key and the label, but not the PRF. Other ' +
      'derivations name the PRF of the Ticket Policy or that of HDR.',
    readings: ['The PRF of the Ticket Policy.', 'The PRF func of HDR.'],
    option: { name: 'vr_prf', values: ['ticket', 'hdr'], default: 'ticket' },
    choice: 'The PRF of the Ticket Policy: the KMS has to verify Vr and never receives the HDR of TRANSFER_INIT.',
    consequence: 'Visible only if the two PRFs differ, which the ban on mixed strengths rules out (A13).',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A4',
    title: 'PRF for the keys that protect messages',
    clauses: ['rfc6043:5.1.2', 'rfc6043:6.1'],
    problem: 'The derivation of message protection keys does not say which PRF to use, unlike the sections around it.',
    readings: ['The PRF func of HDR.', 'The PRF of the Ticket Policy, in Ticket Transfer.'],
    option: { name: 'msg_prf', values: ['hdr', 'ticket'], default: 'hdr' },
    choice:
      'The PRF func of HDR, which is meant for key derivation in general. A REQUEST_INIT has no ticket ' +
      'yet, so there is no other choice there.',
    consequence: 'Affects Ticket Transfer only, and only if the two PRFs differ (A13).',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A5',
    title: 'What an identity is in the MAC input',
    clauses: ['rfc6043:5.5', 'rfc6043:5.1.1', 'rfc3830:5.2'],
    problem:
      'The MAC of an initial message also covers the identities, explicitly without their payloads. It is ' +
      'not said whether type and length count as part of an identity.',
    readings: ['The ID Data octets alone.', 'ID Type, ID len and ID Data.'],
    option: { name: 'mac_identity', values: ['data', 'typelendata'], default: 'data' },
    choice:
      'ID Data alone, as in the key forking label. We always send the IDR payloads, which the MAC covers ' +
      'with type and length.',
    consequence:
      'The readings do not interoperate. Two identities are joined without a boundary, so ab and c give ' +
      'the same octets as a and bc, and the ID Type is not authenticated, wherever the optional IDR ' +
      'payloads are left out.',
    proposal:
      'Identity_i, Identity_r and Identity_kms are the ID Data fields alone. The IDR payloads are mandatory in initial messages.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A6',
    title: 'Identity of a party whose IDR payload is left out',
    clauses: ['rfc6043:5.5', 'rfc6043:4.2.2.1', 'rfc6043:4.2.1.2'],
    problem:
      'IDR payloads may be omitted if the peer knows the identity by other means, but the identity still ' +
      'enters the MAC. Which octets it then has is not said.',
    choice:
      'The identity known from the context, in UTF-8 and without any normalisation. Our own messages ' +
      'always contain the payloads.',
    consequence:
      'A SIP URI that a proxy rewrites changes the MAC input and the run fails. In a forked TRANSFER_INIT ' +
      'without IDRr no single Identity_r fits all endpoints.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A7',
    title: 'Whether a TRANSFER_RESP covers Initiator Data',
    clauses: ['rfc6043:5.5', 'rfc6043:4.2.2.3'],
    problem:
      'The MAC of TRANSFER_INIT leaves out Initiator Data and its length. The MAC of the response covers ' +
      'the whole initial message; it is not said if the same gap applies there.',
    readings: [
      'All octets of TRANSFER_INIT as sent.',
      'TRANSFER_INIT without Initiator Data and its length, as in its own MAC.',
    ],
    option: { name: 'resp_covers_init', values: ['full', 'no-initiator-data'], default: 'full' },
    choice: 'All octets as sent. The exception is stated for the TRANSFER_INIT MAC alone.',
    consequence:
      'The readings do not interoperate. With the narrower one nothing that the Initiator checks protects ' +
      'Initiator Data (C4).',
    proposal: 'The response covers the entire initial message as sent, Initiator Data included.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A8',
    title: 'Identities and timestamp in response MACs',
    clauses: ['rfc3830:5.2', 'rfc3830:6.9', 'rfc6043:5.5'],
    problem:
      'RFC 3830 appends both identities and the timestamp to a verification message before the MAC is ' +
      'computed. RFC 6043 builds on RFC 3830 but lists another coverage in its Table 5.2.',
    readings: [
      'Table 5.2: the response and then the whole initial message.',
      'Table 5.2 and then, as in RFC 3830, the identities and the timestamp.',
    ],
    choice: 'Table 5.2 and nothing more, since it gives the coverage for each message type in full.',
    consequence:
      'An implementation that grew out of RFC 3830 code may add the old suffix and fails against all ' +
      'others. No effect on security, as the initial message holds the same values.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A9',
    title: 'The V flag of HDR contradicts itself',
    clauses: ['rfc6043:6.1', 'rfc6043:4.2.1.1', 'rfc6043:4.2.2.1', 'rfc6043:4.2.3.1'],
    problem:
      'The exchange sections demand V = 1 in REQUEST_INIT and RESOLVE_INIT, and V equal to the F flag in ' +
      'TRANSFER_INIT. Section 6.1 demands V = 0 in everything but the TRANSFER_INIT of a CSB update.',
    readings: [
      'The exchange sections win, being more specific.',
      'Section 6.1 wins.',
      'Either value, where the sections disagree.',
    ],
    option: { name: 'hdr_v', values: ['either', 'exchange', 'zero'], default: 'either' },
    choice:
      'We send what the exchange sections say. We accept both values where the texts conflict, and demand ' +
      '0 where both say 0. All texts agree that outside of CSB updates the receiver ignores the flag.',
    consequence:
      'A strict checker of either kind refuses correct peers of the other kind. No effect on security, as ' +
      'the MAC covers the octet.',
    proposal:
      'In section 6.1, the V flag is 1 in REQUEST_INIT and RESOLVE_INIT, equals the F flag in TRANSFER_INIT, and is ignored on reception.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A10',
    title: 'Initiator Data length without Initiator Data',
    clauses: ['rfc6043:6.10'],
    problem:
      'The figure has the length field in every TICKET and marks only the data as optional. The rule that ' +
      'the Initiator inserts Initiator Data if and only if keys are forked could be read to drop the ' +
      'length as well.',
    readings: ['A length of 0 stays.', 'The length field is absent too.'],
    choice:
      'The length field is always there, with 0 in REQUEST_RESP and wherever the I flag is 0. A TICKET ' +
      'could not be parsed otherwise.',
    consequence: 'The other reading shifts the payload boundary by two octets. No effect on security.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A11',
    title: 'RANDRr of RESOLVE_INIT and of TRANSFER_RESP',
    clauses: ['rfc6043:4.2.3.1', 'rfc6043:4.2.2.3', 'rfc6043:5.1.2'],
    problem:
      'The Responder sends a RANDRr to the KMS and, with the G flag, one to the Initiator. They share a ' +
      "name; whether they share the value is open. The same holds for RANDRi in the Initiator's two " +
      'exchanges.',
    readings: ['Independent values, each for its own exchange.', 'One value for both.'],
    option: { name: 'resolve_randrr', values: ['free', 'same'], default: 'free' },
    choice: 'Independent values: TRANSFER_RESP calls for a new one. A checker must not demand that they are equal.',
    consequence:
      'One value would do no harm in the PRF, as the input keys differ, but it would show the freshness ' +
      'value of TRANSFER_RESP to the KMS beforehand.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A12',
    title: 'RANDRkms and IDRr when a ticket is reused without a new Ticket Resolve',
    clauses: ['rfc6043:5.3', 'rfc6043:4.2.2.3'],
    problem:
      'The Responder echoes RANDRkms and IDRr if it got them in a RESOLVE_RESP. On reuse there is none, ' +
      'yet the same modifier has to be used. Whether it is sent again is open.',
    readings: ['Sent again.', 'May be left out; the Initiator remembers the modifier.'],
    option: { name: 'reuse_randrkms', values: ['required', 'optional'], default: 'required' },
    choice:
      'The modifier is sent again, so that an Initiator need not keep state for every responder, and an answer ' +
      'without it is refused. With the value optional, that of the earlier transfer serves.',
    consequence: 'An Initiator without memory cannot compute the forked keys if the modifier is missing.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A13',
    title: 'How far the ban on mixing 256-bit and shorter algorithms reaches',
    clauses: ['rfc6043:12.1'],
    problem:
      '256-bit algorithms must not be combined with those of shorter keys. Neither the scope nor the list ' +
      'of what counts (PRFs, SRTP policy, NULL) is given.',
    readings: [
      'The whole run, from Ticket Request to the session keys.',
      'Each exchange for itself.',
      'Each message for itself.',
    ],
    option: { name: 'mix_scope', values: ['run', 'exchange', 'message'], default: 'run' },
    choice:
      'The whole run: PRF of HDR, PRF of the Ticket Policy, Encr alg and MAC alg. NULL is exempt, as it ' +
      'is demanded in places, and SRTP ciphers do not count. HMAC-SHA-1-160, MIKEY-1 and AES-CM-128 form ' +
      'the weaker class, although the key of HMAC-SHA-1 has 160 bits.',
    consequence:
      'With a narrower scope a Ticket Resolve of the weaker class may carry 256-bit keys. The Responder ' +
      'alone picks that weakest link.',
    evidence: 'read',
    status: 'open',
  },
] as const satisfies readonly Finding[];
