/**
 * Weaknesses W1 to W11 of MIKEY-TICKET.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Weaknesses W1 to W11 of MIKEY-TICKET. */
export const weaknesses1To11 = [
  {
    id: 'W1',
    title: 'Public-key mode: copying a request discloses all keys',
    clauses: ['rfc3830:4.2.3', 'rfc6043:4.2.1.3', 'rfc6043:4.2.1.5', 'rfc6043:5.1.2', 'rfc6043:4.2.3.3'],
    problem:
      'The encr_key and salt_key of REQUEST_RESP depend on envelope key, CSB ID and RANDRi, none of them ' +
      'bound to the requester. Read literally, the IV holds the T of the request. An insider copies PKE, ' +
      "CSB ID, RANDRi and T of another user's REQUEST_INIT_PK into a request under her own signature.",
    choice:
      'The IV holds the T of the response itself, and COUNTER is refused. In public-key mode the KMS also ' +
      'refuses a repeated combination of PKE, RAND and CSB ID, as long as it remembers the message they came ' +
      'in; after that the T alone keeps keystreams apart. A better standard would put the identities into the label.',
    consequence:
      'The KMS encrypts two key sets with one keystream. The insider resolves her own ticket, so she ' +
      'knows her half, and XOR gives her MPKi, MPKr and TGK of the other user. A replay cache of whole ' +
      'messages does not notice. COUNTER with an echoed T brings the attack back; RESOLVE_INIT_PK has the ' +
      'same shape (both by reading only). In PSK mode no outsider attack was found, but a KMS without ' +
      'memory answers a replay with two key sets under one keystream.',
    proposal:
      'The IV of a response uses the timestamp of the response; COUNTER is not used. A KMS refuses a PKE, RAND and CSB ID that it has seen together. The labels of 5.1.2 contain the identities.',
    evidence: 'shown on bytes',
    status: 'demonstrated',
  },
  {
    id: 'W2',
    title: 'Ticket reuse breaks authentication of the Initiator',
    clauses: ['rfc6043:5.3', 'rfc6043:6.10', 'rfc6043:4.2.3.4'],
    problem:
      'With key forking only the requester is said to be able to start a transfer. The KMS alone can ' +
      'check Vr, and on reuse a Responder may rely on an earlier resolution, so nobody checks it.',
    choice:
      'A kept resolution is used only if the ticket names exactly one responder and no group; otherwise the ' +
      'ticket is resolved again, and the KMS misses Vr. That one responder may be a user with several devices: each ' +
      'of them can still deceive the others, unless the option keptResolutions is set to one endpoint, under which ' +
      'only a ticket that names the endpoint itself counts. Forbidding reuse (J = 0) with I = 1 is the other cure.',
    consequence:
      "A dishonest authorized responder knows MPKi and can forge a new TRANSFER_INIT in the requester's " +
      'name. Secrecy of the keys survives.',
    proposal:
      'A Responder uses an earlier resolution only if the ticket names this Responder and nobody else; otherwise it resolves the ticket again.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W3',
    title: 'Nothing binds IDRi to the user who sends it',
    clauses: ['rfc6043:4.2.1.1', 'rfc6043:6.10', 'rfc6043:4.2.1.4', 'rfc6043:4.2.3.6'],
    problem:
      'IDRi in the granted policy is a mere SHOULD. No rule makes the KMS compare it with the ' +
      'authenticated requester, nor the Responder with the IDRi of TRANSFER_INIT.',
    choice:
      'IDRi is mandatory in TP Data and compared at each place: by the KMS with the requester, by the ' +
      'Responder with TRANSFER_INIT.',
    consequence:
      'If any of these checks is missing, a user can pose as another, and keys that the Responder means ' +
      'for one user reach somebody else.',
    proposal:
      'IDRi is mandatory in TP Data. The KMS compares it with the authenticated requester, the Responder with IDRi of TRANSFER_INIT.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W4',
    title: 'Tickets made by the Initiator: owner of the TPK is not compared',
    clauses: ['rfc6043:4.1.1', 'rfc6043:A.1', 'rfc6043:6.10'],
    problem:
      'In mode 3 the Initiator makes tickets with a TPK that it shares with the KMS, named by IDRpsk. No ' +
      'rule says that its owner has to be the IDRi in TP Data.',
    choice:
      'The KMS refuses a self-made ticket unless the TPK belongs to the IDRi that the ticket names. So does a ' +
      'Responder that opens tickets itself: in mode 4 the IDRi has to be the peer that shares the TPK, and D ' +
      'has to agree with it.',
    consequence:
      'Without the check any user makes tickets in the name of anybody else; in mode 4 any peer that shares a ' +
      'TPK with the Responder (shown on bytes).',
    proposal:
      'Whoever resolves a ticket with D = 0 does so only if IDRi in TP Data is an identity of the owner of the TPK that IDRpsk names.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W5',
    title: 'Without key forking an insider is everybody',
    clauses: ['rfc6043:12.2', 'rfc6043:12.4'],
    problem:
      'Without forking all keys are open to everyone who may resolve. Section 12.4 says of such an ' +
      'insider who replays a ticket that there is no attack, which holds only while she acts as herself.',
    choice:
      'Key forking is on by default. Without it we claim secrecy and agreement only if all authorized ' +
      'users are honest; a prover confirmed that case on a hand-written model.',
    consequence: 'An authorized insider reads the media and can pose as the Initiator and as the Responder.',
    proposal:
      'Section 12.4: without key forking any authorized user can act as any other, as Initiator and as Responder.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W6',
    title: 'Keys that key forking does not protect',
    clauses: ['rfc6043:5.1.1', 'rfc6043:12.2', 'rfc6043:4.2.2.1'],
    problem:
      'Forking covers MPKr and TGKs. GTGKs, TEKs, MPKi and keys sent in a KEMAC of TRANSFER_INIT stay the same for all.',
    choice:
      'The default policy has TGKs only and no keys in TRANSFER_INIT. For other keys we claim secrecy ' +
      'against outsiders only.',
    consequence:
      'Each authorized responder can read sessions under these keys. Shown for the GTGK; TEKs and ' +
      'supplied keys follow by reading.',
    proposal:
      'Section 12.2: GTGKs, TEKs and keys sent in TRANSFER_INIT are known to all who are authorized to resolve the ticket.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W7',
    title: 'Replay caches have to be kept for each party',
    clauses: ['rfc6043:12.4', 'rfc3830:5.4', 'rfc6043:4.2.2.4'],
    problem:
      'One TRANSFER_INIT lawfully reaches many endpoints, so a common cache would refuse good messages. ' +
      'Nothing tells the Initiator to drop a second identical TRANSFER_RESP.',
    choice:
      'Each responder has a cache of its own and so has the KMS. The Initiator accepts a given TRANSFER_RESP once.',
    consequence:
      'Agreement can be claimed for each fork only. An Initiator that accepts the same answer twice sets ' +
      'up two sessions with one set of keys.',
    proposal:
      'Each party keeps a replay cache of its own; an Initiator accepts a TRANSFER_RESP with a given IDRr and RANDRkms once.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W8',
    title: 'CSB updates: one key for both directions',
    clauses: ['rfc6043:5.2', 'rfc6043:5.5', 'rfc3830:4.2.3'],
    problem:
      'Update messages of both parties use the same key and label, and it is open who counts as ' +
      'Identity_i if the Responder starts.',
    choice:
      'Until the standard settles it: identities by role, with mandatory IDR payloads in checked order. ' +
      "Putting the starter's identity first held in a prover and deserves to be standardised. The text " +
      'does not say either what holds if both sides start an update at once: here both updates come into ' +
      'effect, and a crypto session that both name belongs to the one with the later T.',
    consequence:
      'With original roles, an Initiator takes its own reflected update for one of the Responder: three ' +
      'of the goals fail. Two updates with one T also share their keystream (by reading).',
    proposal: 'In a CSB update the identity of the party that starts it comes first in the MAC input.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W9',
    title: 'No forward secrecy',
    clauses: ['rfc6043:5.1.2', 'rfc6043:A.2.1', 'rfc6043:12.1'],
    problem: 'All keys rest on long-lived keys: the PSKs shared with the KMS and the TPK.',
    choice:
      'Stated as a limit; the protocol offers no remedy. Frequent change of the TPK and of the PSKs narrows the window.',
    consequence:
      'Whoever records messages and later obtains a PSK or the TPK opens all past sessions under it. The ' +
      'KMS can compute every key at any time.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W10',
    title: 'The Initiator is not told to check who answered',
    clauses: ['rfc6043:4.2.2.4', 'rfc6043:4.2.2.3', 'rfc6043:5.1.1'],
    problem:
      'On TRANSFER_RESP the Initiator checks the security policies only. IDRr may differ from the callee, ' +
      'and no rule compares it with the responders in the Ticket Policy.',
    choice:
      'The Initiator accepts an IDRr only if it is the callee, or if the ticket names nobody but the callee: then ' +
      'the KMS vouches for the endpoint.',
    consequence:
      'The Initiator ends with keys for somebody it did not want to call. The identity in the fork label ' +
      'is needed for this; RANDRkms only separates devices with one identity.',
    proposal:
      'The Initiator compares IDRr of TRANSFER_RESP with the callee, and accepts another one only if the ticket names nobody but the callee.',
    evidence: 'shown by a prover',
    status: 'demonstrated',
  },
  {
    id: 'W11',
    title: 'Devices that share a PSK can read the keys of each other',
    clauses: ['rfc6043:12.2', 'rfc6043:5.1.1', 'rfc6043:4.2.3.2'],
    problem:
      "Key forking is meant to separate endpoints. Devices of one user often share the user's PSK with " +
      'the KMS, which protects RESOLVE_RESP.',
    choice: 'Each device has a credential of its own.',
    consequence:
      'A device with the same PSK decrypts the RESOLVE_RESP of the device that answers, and with it the ' +
      'call. If IDRr is a group identity, the Initiator learns the group but not the member.',
    evidence: 'read',
    status: 'demonstrated',
  },
] as const satisfies readonly Finding[];
