/**
 * The security claims about a run, each stated once, and the limits: what does not hold, said as plainly.
 *
 * A claim is made for a run only where it holds by design; where key forking is off, the matching limit takes its place. Which ones are
 * made for which mode stands in `modes.ts`.
 *
 * @module
 * @see [RFC 6043, section 12](https://www.rfc-editor.org/rfc/rfc6043.html#section-12)
 */

/** One claim or limit. */
export interface Claim {
  readonly id: string;
  /** What it says, one sentence. */
  readonly text: string;
  /** The clauses that it rests on. */
  readonly clauses: readonly string[];
}

/** What is claimed of every run. */
export const claims = {
  'honest-end': {
    id: 'honest-end',
    text: 'Every endpoint that is to answer ends with keys, the caller holds keys with each of them, and nobody else does.',
    clauses: ['rfc6043:4.1-1'],
  },
  'keys-agree': {
    id: 'keys-agree',
    text: 'Caller and answerer hold the same keys for every crypto session.',
    clauses: ['rfc6043:5.1.3-4'],
  },
  'mutual-identity': {
    id: 'mutual-identity',
    text: 'Caller and answerer each end with the true identity of the other, without trusting the network.',
    clauses: ['rfc6043:4.2.3.6-2', 'rfc6043:4.2.2.3-12'],
  },
  'fork-uniqueness': {
    id: 'fork-uniqueness',
    text: "MPKr', TGK' and TEKs of different endpoints all differ, and differ from the keys before forking; TEKs of different calls differ too.",
    clauses: ['rfc6043:5.1.1-1', 'rfc6043:12.2-2'],
  },
  'endpoint-secrecy': {
    id: 'endpoint-secrecy',
    text: 'No endpoint can compute the keys of another endpoint, even if it hears every message.',
    clauses: ['rfc6043:12.2-1', 'rfc6043:12.2-2'],
  },
  'network-secrecy': {
    id: 'network-secrecy',
    text: 'Whoever hears every message, the proxy included, can compute no key, and no message contains one in clear.',
    clauses: ['rfc6043:4.1-9', 'rfc6043:12.2-1'],
  },
  'knowledge-as-stated': {
    id: 'knowledge-as-stated',
    text: 'Every party can compute exactly the keys that it may know in this mode, and no other.',
    clauses: ['rfc6043:12.2-1'],
  },
  'kms-learns-nothing': {
    id: 'kms-learns-nothing',
    text: 'A KMS that shares no key of the ticket can compute no key of the call.',
    clauses: ['rfc6043:4.1.1-4'],
  },
} as const satisfies Record<string, Claim>;

/** What does not hold, by design of the protocol. */
export const limits = {
  'no-forking-shared-keys': {
    id: 'no-forking-shared-keys',
    text: 'Without key forking, every endpoint that may resolve the ticket can compute the keys of all the others.',
    clauses: ['rfc6043:12.2', 'W5'],
  },
  'no-forking-impersonation': {
    id: 'no-forking-impersonation',
    text: 'Without key forking, every endpoint that may resolve the ticket holds the key that protects both directions, and so could pose as the caller or as another endpoint.',
    clauses: ['rfc6043:4.2.3', 'W5'],
  },
  'kms-knows-all': {
    id: 'kms-knows-all',
    text: 'The KMS that issues or resolves a ticket can compute every key of its calls from the ticket and the messages.',
    clauses: ['rfc6043:12.1', 'W9'],
  },
  'mpki-shared': {
    id: 'mpki-shared',
    text: 'Everybody who resolves the ticket knows MPKi, under which TRANSFER_INIT is protected: only Vr, and only the KMS, tells who sent it.',
    clauses: ['C5', 'W6', 'W2'],
  },
  'group-key-shared': {
    id: 'group-key-shared',
    text: 'A group key (GTGK, or a TEK in the ticket) is the same for everybody who resolves the ticket, by design.',
    clauses: ['rfc6043:5.1.1-2', 'W6'],
  },
  'initiator-keys-shared': {
    id: 'initiator-keys-shared',
    text: 'A session key that the Initiator brings in TRANSFER_INIT can be read by everybody who resolves the ticket.',
    clauses: ['rfc6043:4.2.2.1-10', 'W6'],
  },
  'forwarding-kms-knows': {
    id: 'forwarding-kms-knows',
    text: 'The KMS of the answering endpoint sees the forked keys that it passes on.',
    clauses: ['rfc6043:10-3', 'W19'],
  },
} as const satisfies Record<string, Claim>;

/** The name of a claim. */
export type ClaimId = keyof typeof claims;

/** The name of a limit. */
export type LimitId = keyof typeof limits;
