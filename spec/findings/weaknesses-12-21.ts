/**
 * Weaknesses W12 to W21 of MIKEY-TICKET.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Weaknesses W12 to W21 of MIKEY-TICKET. */
export const weaknesses12To21 = [
  {
    id: 'W12',
    title: 'Identities in MAC and label without boundaries and types',
    clauses: ['rfc6043:5.5', 'rfc6043:5.1.1', 'rfc6043:4.2.2.1'],
    problem:
      'Identities are appended to MAC inputs without lengths, the payloads that would show the boundary ' +
      'are optional, and without IDRr it is open which Identity_r to use. The fork label has a length but ' +
      'no ID Type.',
    choice: 'IDR payloads are always sent and checked, so that type and length are under the MAC (A5, A6).',
    consequence:
      'Different pairs of identities can have the same MAC input, and a NAI and a byte string of the same ' +
      'octets the same forked keys.',
    proposal:
      'In MAC inputs each identity is preceded by its type and length, and so is the identity in the fork label.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W13',
    title: 'One or two values of RANDRr',
    clauses: ['rfc6043:4.2.3.1', 'rfc6043:4.2.2.3'],
    problem: 'RESOLVE_INIT and TRANSFER_RESP both have a RANDRr. Whether it is one value is not said.',
    choice: 'Two independent values (A11).',
    consequence:
      "None known, but one value would let the KMS, and whoever listens on that leg, see the Responder's " +
      'freshness value before the Initiator does.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'W14',
    title: 'Contradicting rules for the V flag',
    clauses: ['rfc6043:6.1', 'rfc6043:4.2.1.1', 'rfc6043:4.2.2.1', 'rfc6043:4.2.3.1'],
    problem: 'The exchange sections set V to 1, or to the F flag; section 6.1 forbids 1 outside of CSB updates.',
    choice: 'Sent by the exchange sections, ignored on reception (A9).',
    consequence: 'No security effect, but no implementation can obey both texts. An erratum is due.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W15',
    title: 'New RANDs on reuse, same RANDs in groups',
    clauses: ['rfc6043:5.3', 'rfc6043:9'],
    problem:
      'A reused ticket needs new RANDs. A group key sent to several members needs the same RANDs in each ' +
      'transfer. One ticket for a group meets both demands.',
    choice: 'In a group the RANDs stay the same while CSB ID and T change, and G = 0 has to be allowed by name (B2).',
    consequence: 'Freshness of TEKs then rests on the group key alone (C3).',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W16',
    title: 'Error messages can be forged',
    clauses: ['rfc6043:5.4', 'rfc6043:6.9', 'rfc3830:5.1.2'],
    problem:
      'Error messages may go without authentication. Errors such as Invalid TPpar invite the Initiator to ' +
      'try again with another policy.',
    choice:
      'An error never leads to a policy outside the own profile, nor to one that was offered before; an unauthenticated ' +
      'one is a hint only.',
    consequence: 'A forged error pushes a compliant Initiator to weaker settings or to a call without MIKEY at all.',
    proposal: 'An Error message without authentication is a hint: it ends no exchange and changes no policy.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W17',
    title: 'Without RANDRr a replay gives the same TEKs',
    clauses: ['rfc6043:6.10', 'rfc6043:5.1.3', 'rfc6043:5.3', 'rfc6043:12.4'],
    problem:
      'With G = 0 the Responder adds nothing to the session keys. If it also uses a cached ticket, a ' +
      'replayed TRANSFER_INIT leads to the same TEKs.',
    choice: 'G, H, I and F are 1 in the default profile; each exception is a named allowance.',
    consequence: 'SRTP runs twice under one TEK, and the keystream repeats. Only the replay cache stands in between.',
    proposal:
      'G = 0 is used for group keys only, and then the Responder keeps a replay cache as long as the ticket is valid.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W18',
    title: 'NULL algorithms are inherited',
    clauses: ['rfc3830:4.2.3', 'rfc3830:4.2.4', 'rfc6043:6.10', 'rfc6043:4.2.2.1'],
    problem: 'RFC 6043 requires V payloads but does not exclude the NULL MAC of RFC 3830 in them.',
    choice: 'NULL is refused in V, Vi and Vr, and for the encryption of keys (B7).',
    consequence: 'With a NULL MAC, V, Vi and Vr are empty and authenticate nobody.',
    proposal: 'V, Vi and Vr have an Auth alg other than NULL.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W19',
    title: 'Which KMS may speak for which users',
    clauses: ['rfc6043:10', 'rfc6043:4.2.3.5'],
    problem:
      'A foreign KMS may resolve tickets for its users at the issuing KMS and passes their IDRr on. No ' +
      'rule limits the identities it may name.',
    choice:
      'A KMS accepts from a partner only identities in the realm that its policy assigns to that partner, and none of ' +
      'its own users. A ticket is passed on once.',
    consequence: 'Each KMS in the federation could otherwise obtain the keys meant for any user of any other.',
    proposal: 'A KMS accepts from a partner only identities that the agreement between them assigns to that partner.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W20',
    title: 'Initiator Data is outside of the TRANSFER_INIT MAC',
    clauses: ['rfc6043:5.5', 'rfc6043:6.10', 'rfc6043:4.2.3.6'],
    problem:
      'A proxy can strip or change Initiator Data without breaking V. The response MAC covers the message ' +
      'as the Responder got it, Initiator Data included.',
    choice:
      'Both sides keep the exact octets for the response MAC (A7), the KMS verifies Vr, and the Responder ' +
      'always compares Vi with V.',
    consequence:
      'Stripping is denial of service. Leaving out the comparison of Vi is worse: Initiator Data of one ' +
      'message then vouches for another.',
    proposal: 'The Responder compares Vi with V before it uses any key of the ticket.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'W21',
    title: 'What a stateless KMS cannot see',
    clauses: ['rfc6043:5.3', 'rfc6043:12.5', 'rfc6043:4.2.3'],
    problem:
      'A KMS without memory cannot enforce that a ticket is used once. Group membership is checked when ' +
      'the ticket is resolved and never again. Nothing forbids an Initiator in its own group of ' +
      'responders.',
    choice:
      'J is left to the endpoints to enforce: the Initiator does not use such a ticket again, and the Responder ' +
      'remembers it. Calls to oneself are refused unless policy allows them. The rest is stated as a limit: a short ' +
      'validity period narrows it.',
    consequence:
      'A member that left keeps its keys. A call to oneself, as a member of the group called, can be ' +
      'answered by reflected messages.',
    proposal:
      'Section 12.5: a KMS without state cannot enforce J = 0; Initiator and Responder both remember such tickets.',
    evidence: 'read',
    status: 'demonstrated',
  },
] as const satisfies readonly Finding[];
