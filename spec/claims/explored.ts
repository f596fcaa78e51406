/**
 * The security claims that exploration decides: each about every run with an attacker, within the stated bounds.
 *
 * @module
 * @see [RFC 6043, section 12](https://www.rfc-editor.org/rfc/rfc6043.html#section-12)
 */
import type { Claim } from './claims.ts';

/** What is claimed of every run in which the attacker owns the network and has the keys of dishonest parties. */
export const exploredClaims = {
  'caller-keys-secret': {
    id: 'caller-keys-secret',
    text: "MPKr', TGK' and TEKs that a caller shares with an honest endpoint are known to nobody else.",
    clauses: ['rfc6043:12.2-1', 'rfc6043:12.2-2'],
  },
  'answerer-keys-secret': {
    id: 'answerer-keys-secret',
    text: "MPKr', TGK' and TEKs that an endpoint believes to share with an honest caller are known to nobody else.",
    clauses: ['rfc6043:12.2-1', 'rfc6043:12.2-2'],
  },
  'forks-unique': {
    id: 'forks-unique',
    text: "No two endpoints hold the same MPKr', TGK' or TEK.",
    clauses: ['rfc6043:5.1.1-1', 'rfc6043:12.2-2'],
  },
  'answerer-authentic': {
    id: 'answerer-authentic',
    text: 'Whoever a caller takes for the answerer may answer for the callee and, if honest, did answer this call, with the same ticket and the same keys.',
    clauses: ['rfc6043:4.2.2.3-12', 'rfc6043:4.2.2.4-2'],
  },
  'answerer-authentic-once': {
    id: 'answerer-authentic-once',
    text: 'A caller takes each answer once.',
    clauses: ['rfc6043:12.4-1', 'W7'],
  },
  'caller-authentic': {
    id: 'caller-authentic',
    text: 'Whoever an endpoint takes for an honest caller made this very call to this callee, with the same ticket and the same keys.',
    clauses: ['rfc6043:4.2.3.6-2', 'rfc6043:12.4-3'],
  },
  'caller-authentic-once': {
    id: 'caller-authentic-once',
    text: 'An endpoint takes each call of an honest caller once.',
    clauses: ['rfc6043:12.4-1', 'W7'],
  },
  'only-authorised-resolve': {
    id: 'only-authorised-resolve',
    text: 'The KMS gives keys of the ticket of an honest caller to endpoints of those alone whom that caller named.',
    clauses: ['rfc6043:4.2.3-13', 'rfc6043:6.10-69'],
  },
  'own-ticket-own-name': {
    id: 'own-ticket-own-name',
    text: 'A ticket that a user made speaks for that user alone.',
    clauses: ['rfc6043:4.1-3', 'W4'],
  },
  'teks-fresh': {
    id: 'teks-fresh',
    text: 'No endpoint and no caller gets the same TEK in two calls.',
    clauses: ['rfc6043:5.1.3-9', 'W17'],
  },
  'ended-by-peer-only': {
    id: 'ended-by-peer-only',
    text: 'Nobody ends an exchange on the word of somebody who is not its peer.',
    clauses: ['rfc6043:5.4-6', 'rfc3830:5.1.2', 'W16'],
  },
  'honest-end-reachable': {
    id: 'honest-end-reachable',
    text: 'Some run ends with caller and endpoint in a call, with the same keys: the other claims are not empty.',
    clauses: ['rfc6043:4.1-1'],
  },
} as const satisfies Record<string, Claim>;

/** The name of a claim that exploration decides. */
export type ExploredClaimId = keyof typeof exploredClaims;

/** What does not hold in runs with such an attacker. */
export const exploredLimits = {
  'sibling-poses-as-caller': {
    id: 'sibling-poses-as-caller',
    text: 'An endpoint that uses a kept resolution cannot tell the caller from a further endpoint of its own user, which may resolve the same ticket and so knows MPKi.',
    clauses: ['rfc6043:5.3', 'W2'],
  },
  'no-forking-impersonation': {
    id: 'no-forking-impersonation',
    text: 'Without key forking, whoever may resolve the ticket poses as the caller and as the other endpoints, and knows their keys.',
    clauses: ['rfc6043:4.2.3', 'W5'],
  },
  'no-forking-shared-keys': {
    id: 'no-forking-shared-keys',
    text: 'Without key forking, all endpoints that resolve the ticket hold the same TGK.',
    clauses: ['rfc6043:12.2', 'W5'],
  },
  'kept-group-resolution': {
    id: 'kept-group-resolution',
    text: 'If a kept resolution is used for a ticket that names a group, another member poses as the caller.',
    clauses: ['rfc6043:5.3', 'W2'],
  },
  'no-RANDRr-repeats-TEK': {
    id: 'no-RANDRr-repeats-TEK',
    text: 'Without RANDRr (G = 0), an endpoint that lost its replay cache gets the same TEK again, and so SRTP the same keystream.',
    clauses: ['rfc6043:6.10-23', 'W17'],
  },
  'group-key-shared': {
    id: 'group-key-shared',
    text: 'A group key (GTGK) is the same for everybody who resolves the ticket, by design.',
    clauses: ['rfc6043:5.1.1-2', 'W6'],
  },
  'lost-replay-cache': {
    id: 'lost-replay-cache',
    text: 'An endpoint that lost its replay cache takes a call twice as long as its timestamp is fresh.',
    clauses: ['rfc6043:12.4-1', 'W7'],
  },
  'no-forward-secrecy': {
    id: 'no-forward-secrecy',
    text: 'Whoever gets the PSK of the caller, before or after, has the keys of its calls.',
    clauses: ['W9'],
  },
} as const satisfies Record<string, Claim>;

/** The name of a limit that exploration shows. */
export type ExploredLimitId = keyof typeof exploredLimits;
