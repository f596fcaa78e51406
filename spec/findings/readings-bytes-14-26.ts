/**
 * Readings A14 to A26: where the RFCs leave a choice that changes octets on the wire, or keys.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Readings A14 to A26: where the RFCs leave a choice that changes octets on the wire, or keys. */
export const readingsBytes14To26 = [
  {
    id: 'A14',
    title: 'Units and use of the SRTP key length parameters',
    clauses: ['rfc3830:6.10.1', 'rfc6043:5.1.3'],
    problem:
      'Session Encr. key length and Session Salt key length have no unit. Only the former is said to be a ' +
      'master key length too, so the length of the master salt is open.',
    readings: ['Lengths in bytes.', 'Lengths in bits.'],
    option: { name: 'keylen_unit', values: ['bytes', 'bits'], default: 'bytes' },
    alsoOption: { name: 'master_salt', values: ['srtp-default', 'param4'], default: 'srtp-default' },
    choice:
      'Bytes, as with the other lengths of the table. The TEK is as long as parameter 1 says, by default ' +
      '128 bits; the master salt always has the 112 bits of SRTP.',
    consequence:
      'A wrong unit gives keys of a wrong size. Short PRF output is a prefix of longer output, so TEKs of ' +
      '128 and 256 bits with one label share their first half: never renegotiate the length under one ' +
      'TGK.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A15',
    title: 'Key of a crypto session without SPI',
    clauses: ['rfc6043:6.1.1', 'rfc6043:6.10'],
    problem:
      'The SPI may be missing in an initial message, as the response must supply it. With F = 0 there is no response.',
    readings: ['If there is exactly one session key, it is meant.', 'The run fails.'],
    option: { name: 'spi_fallback', values: ['single', 'none'], default: 'single' },
    choice:
      'An empty SPI means the only session key; with several keys the run fails. With F = 0 the ' +
      'TRANSFER_INIT should also have one policy and the Session Data of each session.',
    consequence: 'Without a rule, peers may pick different keys and hear silence.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A16',
    title: 'Whether each key needs an SPI, MPKs included',
    clauses: ['rfc6043:6.2.1', 'rfc6043:4.2.1.5', 'rfc6043:4.2.3.5', 'rfc6043:A.1'],
    problem:
      'An SPI is demanded for each key. For an MPK it has no use. Nor is it said that one session key has ' +
      'the same SPI, type and salt in Ticket Data, REQUEST_RESP and RESOLVE_RESP.',
    readings: ['Every key, MPKs too.', 'Session keys only.', 'No key needs one.'],
    option: { name: 'spi_required', values: ['all', 'session', 'none'], default: 'all' },
    alsoOption: { name: 'ticket_kemac_spi_match', values: ['strict', 'off'], default: 'strict' },
    choice:
      'Every Key data sub-payload has KV = SPI and an SPI that is not empty, except in the requested ' +
      'Ticket Policy, which only states a wish. Their order alone tells MPKi from MPKr. SPI, type and ' +
      'salt of a session key agree in all three places.',
    consequence: 'If the SPIs of the two responses differ, the same SPI selects different keys at the two ends.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A17',
    title: 'Order of payloads',
    clauses: ['rfc3830:5.2', 'rfc6043:11', 'rfc6043:4.2.1'],
    problem:
      'The order of payloads is recommended. Binding are only HDR and THDR first, V or SIGN last, and ' +
      'MPKi as first MPK.',
    readings: ['The order of the message definitions is a must.', 'Any order that keeps the binding parts.'],
    option: { name: 'payload_order', values: ['strict', 'any'], default: 'strict' },
    choice:
      'We send, and demand of finished messages, the order of the definitions, TP Data included: one ' +
      'message, one encoding. A receiver should look payloads up by kind and role.',
    consequence: 'A peer that is strict on reception refuses legal messages. No effect on security.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A18',
    title: 'Unexpected payloads',
    clauses: ['rfc6043:4.2.1.4', 'rfc6043:4.2.2.2', 'rfc6043:6.10', 'rfc6043:5.2', 'rfc3830:6.15'],
    problem:
      'Receivers should ignore payloads that they do not expect. What is unexpected is not defined: TRi ' +
      'has a role number but stands in no message, and a CSB update may repeat static payloads if a use ' +
      'case needs them.',
    readings: ['A sender must not send them.', 'They are harmless and are ignored.'],
    option: { name: 'unexpected', values: ['reject', 'ignore'], default: 'reject' },
    choice:
      'Finished messages under test must not contain them; repeated static payloads in an update and TRi ' +
      'count as unexpected. A General Extension is accepted everywhere. Our roles ignore what they do not ' +
      'know, as asked.',
    consequence:
      'Ignored content is authenticated but understood by nobody, and it gives a message more than one encoding.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A19',
    title: 'Keys and identities of a CSB update',
    clauses: ['rfc6043:5.2', 'rfc6043:5.5'],
    problem:
      'Both update messages use the keys that protected the last message of the initial exchange. Whether ' +
      'these are the derived keys or the MPK they came from is unclear, and so is who Identity_i is if ' +
      'the Responder starts.',
    readings: ['Identities by their original roles.', 'The identity of the sender first.'],
    option: { name: 'update_identity', values: ['roles', 'sender'], default: 'roles' },
    choice:
      'The very auth_key, encr_key and salt_key of that last message: label part 0x02 with the old RANDs, ' +
      "from MPKr' or MPKi; without a response 0x01 from MPKi. Identities by original role, as in Table 5.2.",
    consequence: 'One set of keys then serves both directions. That invites reflection (C1) and IV repetition (C2).',
    proposal:
      'A CSB update is protected with the derived keys of the last message of the initial exchange; identities stand in the order of their roles in that exchange.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A20',
    title: 'Hash of an RSA PKCS#1 v1.5 signature',
    clauses: ['rfc3830:4.2.6', 'rfc3830:4.2.1', 'rfc3830:6.5'],
    problem:
      'The signature algorithm depends on the certificate, and S type tells the padding only. The hash ' +
      'stays open; SHA-1 is the only mandatory one.',
    readings: ['SHA-256.', 'SHA-1.'],
    option: { name: 'pk_hash', values: ['sha256', 'sha1'], default: 'sha256' },
    choice:
      'SHA-256, and SHA-1 for interoperability with RFC 3830 only where it is allowed by name. RSA/PSS has the ' +
      'same gap, plus mask generation and salt length: MGF1 over the same hash, a salt as long as the hash.',
    consequence: 'Chosen-prefix collisions make SHA-1 signatures forgeable. A deployment should settle on SHA-256.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A21',
    title: 'AES key wrap without padding',
    clauses: ['rfc3830:4.2.3', 'rfc3830:6.13'],
    problem:
      'AES-KW-128 works on blocks of 64 bits. Key data sub-payloads have any number of bytes, and no ' +
      'padding is defined.',
    choice: 'AES-KW-128 is not supported; a message with it is refused.',
    consequence: 'Two implementations of it would interoperate by luck only.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A22',
    title: 'Padding of short timestamps',
    clauses: ['rfc3830:6.6', 'rfc6043:6.3'],
    problem:
      'A COUNTER is lengthened to 64 bits where it is input of the default PRF, but no timestamp ever enters a PRF.',
    readings: ['The IV is meant.', 'The rule is void, and the IV with a COUNTER is undefined.'],
    choice:
      'The IV is meant: COUNTER gets leading zeros. NTP-UTC-32 gets a zero fraction, which RFC 6043 does state for IVs.',
    consequence: 'Other padding gives another IV and unreadable keys. Both types also make IVs repeat (C2).',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A23',
    title: 'No CSB ID in the label of session keys',
    clauses: ['rfc6043:5.1.3', 'rfc3830:4.1.3', 'rfc6043:5.1'],
    problem:
      'RFC 3830 has the CSB ID in the label for TEKs. RFC 6043 prints 0xFFFFFFFF in its place, while its ' +
      'figures draw an arrow from HDR into that derivation.',
    readings: ['The label as printed.', 'The CSB ID, as in RFC 3830 and hinted by the figures.'],
    choice: 'The label as printed. The arrow stands for the CS ID, which HDR holds too.',
    consequence:
      'The readings do not interoperate. As printed, RANDs alone separate the TEKs of different sessions (C3).',
    proposal:
      'The label of session keys has FF FF FF FF in place of the CSB ID, against RFC 3830, and figures 4 and 5 show no input from HDR.',
    evidence: 'read',
    status: 'demonstrated',
  },
  {
    id: 'A24',
    title: 'A KEMAC without keys',
    clauses: ['rfc3830:6.2', 'rfc6043:5.2'],
    problem:
      'RFC 3830 allows a KEMAC with no sub-payload in updates. RFC 6043 writes its update KEMAC with one key or more.',
    readings: ['At least one key.', 'An empty KEMAC is legal, as in RFC 3830.'],
    choice: 'At least one key: an empty KEMAC in Ticket Transfer is refused. To send no keys, leave the payload out.',
    consequence: 'None for security. A sender that keeps the RFC 3830 habit is refused.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A25',
    title: 'Policy numbers of the two sides can collide',
    clauses: ['rfc3830:6.10', 'rfc6043:6.1.1'],
    problem:
      'Policy numbers are distinct for each peer by itself. A response may name an SP of the initial ' +
      'message by its number, and may bring SPs of its own, perhaps under the same number.',
    readings: [
      'The SP of the response wins.',
      'The SP of the initial message wins.',
      'The same number twice is an error.',
    ],
    choice:
      "The response's own SP wins. We number our own policies after the highest number offered, so that " +
      'the case never comes from us.',
    consequence: 'Peers that resolve the number differently use different SRTP policies under one key.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'A26',
    title: 'Iteration count of PRF-HMAC-SHA-256',
    clauses: ['rfc6043:6.1', 'rfc3830:4.1.2'],
    problem:
      'The new PRF has 256 in place of 160, which changes only the number of iterations. Output is cut to ' +
      'length, so too many iterations give the same key.',
    choice:
      'As printed. This is no ambiguity; it is listed because a test of outputs cannot find a wrong count ' +
      'that is too high.',
    consequence:
      'None. A count that is too low fails for long keys, so tests should derive keys longer than one hash output.',
    evidence: 'read',
    status: 'open',
  },
] as const satisfies readonly Finding[];
