/**
 * Findings N1 to N4: what this project found while it was built and tested.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 */
import type { Finding } from './finding.ts';

/** Findings N1 to N4: what this project found while it was built and tested. */
export const ownFindings = [
  {
    id: 'N1',
    title: 'What identifies a ticket whose resolution was kept',
    clauses: ['rfc6043:5.3', 'rfc6043:6.10', 'rfc6043:A.1'],
    problem:
      'A Responder may use the keys of an earlier resolution when a ticket comes again. By what it recognises the ' +
      'ticket is not said. The MAC of the ticket covers policy and Ticket Data, but only the KMS can verify it, and ' +
      'on reuse the KMS is not asked.',
    readings: [
      'The whole TICKET but Initiator Data has to be the same, octet for octet.',
      'The same Ticket Data, with the encrypted keys in it, are the same ticket.',
    ],
    choice:
      'The memory of an endpoint goes by the whole TICKET but Initiator Data. Any other octet makes it another ' +
      'ticket, which goes to the KMS, and there its MAC fails.',
    consequence:
      'With the second reading the owner of a ticket changes TP Data and keeps the rest: it calls after the end of ' +
      'the validity period, widens flags or adds applications, and nobody who could notice is asked.',
    proposal: 'A Responder recognises a ticket by the whole TICKET payload except Initiator Data.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
  {
    id: 'N2',
    title: 'A TPK shared with a Responder must not count at the KMS',
    clauses: ['rfc6043:4.1.1', 'rfc6043:A.1', 'rfc6043:6.10'],
    problem:
      'In mode 2 the KMS seals tickets under a TPK that it shares with the Responder, which resolves them itself. ' +
      'Nothing keeps such a key apart from those with which the KMS resolves tickets for others, and IDRpsk in the ' +
      'ticket names the key, as its sender likes.',
    choice:
      'A TPK has one purpose: the KMS uses a key that it shares with a Responder only to seal tickets for it, and ' +
      'never looks among those keys when it resolves one.',
    consequence:
      'Otherwise that Responder seals tickets itself, with D = 1 and any IDRi, sends them to a third user as TRANSFER_INIT, ' +
      'and the KMS opens them as its own: the third user believes in a call of whomever the ticket names. As nobody ' +
      'is said to have made the ticket, the rule about makers (W4) does not apply.',
    proposal:
      'A KMS does not resolve tickets under a key that it shares with a Responder for resolving tickets itself.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
  {
    id: 'N3',
    title: 'One bit turns an authenticated Error message into a hint',
    clauses: ['rfc6043:5.4', 'rfc3830:6.1', 'rfc3830:6.8', 'rfc3830:6.9'],
    problem:
      'V is optional in an Error message, and which payload it is stands in the Next Payload octet before it. V is 9 and ' +
      'CHASH is 8, and V with HMAC-SHA-256-256 has the layout of CHASH with SHA-256: one octet, then 32. Payloads ' +
      'that are not expected should be ignored.',
    choice:
      'Such a message is taken as a hint, like any Error message without authentication: it ends nothing, and weakens ' +
      'nothing. A better standard would say in HDR whether a message is authenticated.',
    consequence:
      'Whoever flips that bit takes the authentication away without breaking the message; what is in it can then be ' +
      'changed as well. A receiver that acts on unauthenticated errors does what the attacker wants, although the peer ' +
      'did sign (W16). Found by flipping every bit of an Error message.',
    proposal: 'A receiver takes an Error message that does not end in V or SIGN as a hint, whatever else is in it.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
  {
    id: 'N4',
    title: 'Who left a group answers a reused ticket with forked keys that it kept',
    clauses: ['rfc6043:5.3', 'rfc6043:12.5', 'rfc6043:9'],
    problem:
      'Membership counts when a ticket is resolved. A Responder that resolved it once holds MPKi, and MPKr and TGK as forked for it, ' +
      'and a reused ticket does not need the KMS. Section 5.3 makes the Initiator answer for the group when group keys ' +
      'are used, which sounds like shared keys only, and 12.5 advises against reuse by an Initiator that is not sure. ' +
      'Neither gives it a mechanism.',
    readings: [
      'What 5.3 asks of the Initiator holds for every ticket towards a group.',
      'It holds only for keys that the group shares, as forked keys are of one Responder each.',
    ],
    choice:
      'The check heldGroupVerified covers every second use of a ticket towards a group, forked keys or not: the Initiator states that ' +
      'the group is the same, allows unverified-group-reuse by name, or asks for a new ticket. A resolution that an ' +
      'endpoint keeps (W2) is no protection here, as the former member decides itself what it keeps.',
    consequence:
      'A former member that gets the TRANSFER_INIT answers under its old forked MPKr, with its old IDRr and RANDRkms. The ' +
      'MAC holds, the KMS is not asked, and the call has keys with somebody whom the KMS would refuse (W21). The Initiator sees a true ' +
      'identity in IDRr, but cannot tell that it is no member any more. An Initiator that is wrong about the group ' +
      'gets the same: the check asks whether somebody looked, it cannot look itself.',
    proposal:
      'Sections 5.3 and 12.5: with key forking too, a ticket that names a group is not reused unless the Initiator has verified that ' +
      'nobody left since its first use. A KMS grants tickets for a group with J = 0 unless its policy knows the group to be static, ' +
      'and an Initiator that knows the members compares IDRr of each TRANSFER_RESP with them.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
] as const satisfies readonly Finding[];
