/**
 * Who may know which secret of a run, and nobody else: what the knowledge matrix must show, exactly.
 *
 * A rule speaks of relations, so that one table holds for every mode: what differs from mode to mode is who stands in which relation (see
 * `modes.ts`).
 *
 * @module
 * @see [RFC 6043, section 12.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.2)
 */

/**
 * How a party stands to a secret.
 *
 * - `ticket key` it holds the TPK that seals the ticket: the issuing KMS; in mode 3 the Initiator too, in mode 2 the Responder too, in mode 4
 *   Initiator and Responder instead of a KMS
 * - `owner` it requested or made the ticket
 * - `resolver` it came to the keys of the ticket through Ticket Resolve: an endpoint, or a KMS that asked for one
 * - `endpoint` it is the endpoint to which the secret belongs
 * - `endpoint's KMS` it is the KMS that asked the issuing KMS for that endpoint (section 10)
 */
export type Relation = 'ticket key' | 'owner' | 'resolver' | 'endpoint' | "endpoint's KMS";

/** Who may know one kind of secret. */
export interface KnowledgeRule {
  /** Kind of the secret, as the RFC calls it. */
  readonly kind: string;
  /** `forked`: the secret is, or comes from, a key that key forking makes unique; `shared`: it does not. */
  readonly when: 'forked' | 'shared';
  readonly may: readonly Relation[];
  readonly clauses: readonly string[];
}

const wholeTicket = ['ticket key', 'owner'] as const;
const everyResolver = ['ticket key', 'owner', 'resolver'] as const;
const oneEndpoint = ['ticket key', 'owner', 'endpoint', "endpoint's KMS"] as const;

/** The rules. PSKs and TPKs are known to those who were given them, and to nobody else. */
export const knowledgeRules: readonly KnowledgeRule[] = [
  { kind: 'MPK', when: 'shared', may: ['ticket key'], clauses: ['rfc6043:A.1-8'] },
  { kind: 'MPKi', when: 'shared', may: everyResolver, clauses: ['C5', 'W6'] },
  { kind: 'MPKr', when: 'shared', may: wholeTicket, clauses: ['rfc6043:12.2-2'] },
  { kind: 'TGK', when: 'forked', may: wholeTicket, clauses: ['rfc6043:12.2-2'] },
  { kind: 'TGK', when: 'shared', may: everyResolver, clauses: ['W5'] },
  { kind: 'GTGK', when: 'shared', may: everyResolver, clauses: ['rfc6043:5.1.1-2', 'W6'] },
  { kind: "MPKr'", when: 'forked', may: oneEndpoint, clauses: ['rfc6043:5.1.1-1', 'rfc6043:12.2-2'] },
  { kind: "TGK'", when: 'forked', may: oneEndpoint, clauses: ['rfc6043:5.1.1-1', 'rfc6043:12.2-2'] },
  { kind: 'supplied key', when: 'forked', may: oneEndpoint, clauses: ['rfc6043:5.2-18', 'rfc6043:4.2.2.3-17'] },
  { kind: 'supplied key', when: 'shared', may: everyResolver, clauses: ['rfc6043:4.2.2.1-10', 'W6'] },
  { kind: 'TEK', when: 'forked', may: oneEndpoint, clauses: ['rfc6043:12.2-1'] },
  { kind: 'TEK', when: 'shared', may: everyResolver, clauses: ['rfc6043:5.1.1-2', 'W5', 'W6'] },
  { kind: 'SALT', when: 'forked', may: oneEndpoint, clauses: ['rfc6043:12.2-1'] },
  { kind: 'SALT', when: 'shared', may: everyResolver, clauses: ['C3'] },
];
