/**
 * Readings B10 to B17: where the RFCs leave a choice that changes what is accepted.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Finding } from './finding.ts';

/** Readings B10 to B17: where the RFCs leave a choice that changes what is accepted. */
export const readingsAcceptance10To17 = [
  {
    id: 'B10',
    title: 'Implications among the policy flags',
    clauses: ['rfc6043:6.10', 'rfc6043:4.2.3'],
    problem:
      'Two of the listed implications, of G and H, are one statement written twice. It is not said ' +
      'whether a requested policy has to obey them, nor what E = 1 demands when a ticket is reused.',
    choice:
      'All implications hold for TP and TICKET alike. N = 0 or O = 0 in a base ticket is worth a warning. ' +
      'With E = 1 each answering responder resolves once; a reuse without any RESOLVE message counts as ' +
      'resolved earlier.',
    consequence: 'None for security. A KMS that accepts contradictory flags passes the problem on to the Initiator.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B11',
    title: 'MPKr without key forking',
    clauses: ['rfc6043:A.2.2', 'rfc6043:4.2.1.5'],
    problem: 'The base ticket derives MPKr from MPK in every case; the responses carry it only with key forking.',
    choice: 'Derived or not, MPKr has no use with I = 0. Test vectors may contain it or leave it empty.',
    consequence: 'None.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B12',
    title: 'RANDRkms without key forking',
    clauses: ['rfc6043:4.2.3', 'rfc6043:4.2.3.5', 'rfc6043:4.2.2.3'],
    problem: 'The message definition allows RANDRkms in RESOLVE_RESP in any case, but only forking gives it a purpose.',
    choice: 'Allowed with a warning, and echoed in TRANSFER_RESP as the rule there has no condition.',
    consequence: 'None: no key depends on it.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B13',
    title: 'IDRapp enters no key',
    clauses: ['rfc6043:6.6', 'rfc6043:6.10', 'rfc6043:5.1.3'],
    problem: 'The text on IDRapp points to the derivation of session keys, whose label has no application identity.',
    choice: 'Nothing is derived from IDRapp. It is a list of authorized applications and no more.',
    consequence: 'Two authorized applications share keys, against what the pointer suggests.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B14',
    title: 'Authentication key of error messages',
    clauses: ['rfc6043:5.4', 'rfc3830:5.1.2'],
    problem:
      'An error message has the auth_key of the message with the error. A Responder that cannot resolve ' +
      'the ticket does not have that key, and a signed request has no auth_key.',
    choice:
      'V is optional in error messages; an error without it is accepted with a warning and never changes what we do.',
    consequence: 'Anybody on the path can forge such an error to end a call (W16).',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B15',
    title: 'The same CS ID, SPI or policy parameter twice',
    clauses: ['rfc6043:6.1.1', 'rfc6043:6.2.1', 'rfc3830:6.10'],
    problem:
      'No sentence forbids two crypto sessions with one CS ID, two keys with one SPI, or one SP with a parameter twice.',
    choice: 'All three are refused.',
    consequence:
      'Two sessions with one CS ID and one TGK have the same TEK. If their SSRCs collide as well, the ' +
      'SRTP keystream is used twice.',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B16',
    title: 'Whether a timestamp is fresh cannot be seen',
    clauses: ['rfc6043:4.2.1.5', 'rfc6043:4.2.2.3', 'rfc6043:4.2.3.5'],
    problem:
      'A response has to have a new NTP timestamp. From outside one only sees whether it differs from ' +
      'that of the request.',
    choice:
      'A receiver checks the clock skew. In finished messages a response T equal to the request T gives a warning.',
    consequence: 'A repeated T may repeat an IV (A1, C2).',
    evidence: 'read',
    status: 'open',
  },
  {
    id: 'B17',
    title: 'Wrong table numbers in the registration section',
    clauses: ['rfc6043:14', 'rfc6043:6.2.1', 'rfc6043:6.3', 'rfc6043:6.5', 'rfc6043:6.7', 'rfc6043:6.9'],
    problem:
      'Section 14 cites tables under old numbers: TS Type is in Table 6.8, not 6.7; ID Type in 6.10, not ' +
      '6.9; Hash func in 6.12, not 6.11; Error no in 6.14, not 6.13; Key Data Type in 6.7, not 6.14.',
    choice: 'The values in section 6, which the registry has too.',
    consequence: 'None beyond confusion; an erratum would do.',
    evidence: 'read',
    status: 'open',
  },
] as const satisfies readonly Finding[];
