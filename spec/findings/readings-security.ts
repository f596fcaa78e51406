/**
 * Findings C1 to C6: what weakens security under every reading.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Findings C1 to C6: what weakens security under every reading. */
export const readingsSecurity = [
  {
    id: 'C1',
    title: 'A CSB update can be reflected to its sender',
    clauses: ['rfc6043:5.2', 'rfc6043:5.5'],
    problem:
      'Both directions of an update use one auth_key, and either party may start it with the same data ' +
      'type. With identities by original role the MAC input of an update looks the same from both sides.',
    choice:
      'A party remembers the timestamps it sent, demands both IDR payloads in updates and checks their ' +
      'order, which tells who started. Each of these checks alone stops the reflection.',
    consequence:
      'An update sent back to its own sender has a valid MAC, and would be taken for one of the peer. ' +
      'Only the order of two optional payloads and the replay cache speak against it.',
    proposal: 'IDRi and IDRr are mandatory in a CSB update, the one of the starter first; a receiver checks the order.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'C2',
    title: 'Timestamps must be unique across both parties of an update',
    clauses: ['rfc6043:5.2', 'rfc3830:4.2.3', 'rfc3830:6.6', 'rfc6043:6.3'],
    problem:
      'Initiator and Responder encrypt updates with one encr_key and one salt_key; only T keeps their IVs ' +
      'apart. New timestamps are demanded, but not that they differ from those of the peer. COUNTER may ' +
      'even be echoed, and NTP-UTC-32 has whole seconds.',
    choice:
      '64-bit NTP-UTC only; COUNTER and NTP-UTC-32 are refused. Every T used under these keys is remembered, ' +
      'a new one is later than all of them, and an equal one is refused. The last bit of T is 0 for the ' +
      'Initiator and 1 for the Responder, so that two updates at the same moment differ too.',
    consequence: 'Equal timestamps encrypt two KEMACs with one keystream: whoever listens gets the XOR of the keys.',
    proposal: 'In a CSB update T is an NTP-UTC timestamp of 64 bits that neither party has used under these keys.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'C3',
    title: 'RANDs alone separate TEKs',
    clauses: ['rfc6043:5.1.3', 'rfc6043:9', 'rfc6043:5.1.1'],
    problem:
      'The label for TEKs holds the CS ID and the RANDs, but neither CSB ID nor identities. Section 9 ' +
      'demands the same RANDs for a group key. Salts sent with a key are not forked.',
    choice:
      'The label as printed, with G = 1 and H = 1 except for groups. Group members must have SSRCs that ' +
      'are unique in the whole group.',
    consequence:
      'With one group key and the same RANDs, all senders have the same TEK for one CS ID; if SSRCs ' +
      'collide too, their SRTP keystreams repeat. Two forked call legs share their salt.',
    proposal: 'The label of session keys should contain the CSB ID and the identity of the sender.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'C4',
    title: 'Initiator Data can be changed on the way',
    clauses: ['rfc6043:5.5', 'rfc6043:6.10', 'rfc6043:4.2.3.4'],
    problem:
      'The MAC of TRANSFER_INIT skips Initiator Data and its length. With key forking, Vr and the ' +
      'comparison of Vi cover all octets, but only once the KMS looks. Without forking the two length ' +
      'octets are under no MAC of TRANSFER_INIT.',
    choice:
      'A receiver refuses Initiator Data that is not empty if the I flag is 0, and the response MAC ' +
      'covers the octets as sent (A7).',
    consequence:
      'Without that check octets can be inserted into a TRANSFER_INIT unseen, and with F = 0 nothing finds it later.',
    proposal: 'A receiver refuses Initiator Data with length other than zero unless I is 1.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'C5',
    title: 'MPKi is known to everybody who may resolve',
    clauses: ['rfc6043:12.2', 'rfc6043:4.2.2.1', 'rfc6043:4.2.3.6'],
    problem:
      'Key forking leaves MPKi as it is. Every authorized endpoint that resolves the ticket gets it, also ' +
      'one that does not answer.',
    choice:
      'The KMS always verifies Vr and the Responder always compares Vi with V. Keys do not travel in ' +
      'TRANSFER_INIT under the default policy.',
    consequence:
      'Such an endpoint can read a KEMAC in TRANSFER_INIT and forge its V. It cannot forge Vr, so the ' +
      'comparison of Vi with V is what stops it.',
    proposal: 'No KEMAC is sent in TRANSFER_INIT if the ticket authorizes more than one endpoint.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'C6',
    title: 'The Next Payload octet of TICKET is outside of the ticket MAC',
    clauses: ['rfc6043:A.1', 'rfc6043:6.10'],
    problem:
      'The MAC of the base ticket leaves out the Next Payload octet, because it changes from message to message.',
    choice: 'As printed. The MAC of the surrounding message covers the octet.',
    consequence:
      'None as long as every message with a TICKET has a verified MAC. The octet must not be trusted before that.',
    evidence: 'read',
    status: 'demonstrated',
  },
] as const satisfies readonly Finding[];
