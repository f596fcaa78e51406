/**
 * Who may know a secret of a run: the rules of `spec/claims/knowledge.ts`, applied to the parties of the run.
 *
 * @module
 */
import { knowledgeRules, type Relation } from '../../spec/claims/knowledge.ts';
import type { Agreement, Secret, Trace } from '../../model/trace/trace.ts';

/**
 * Whether a party may know a secret.
 *
 * @throws RangeError if no rule is about such a secret: then the rules are incomplete
 */
export function mayKnow(trace: Trace<unknown>, party: string, secret: Secret<unknown>): boolean {
  if (trace.given[party]?.includes(secret.name)) return true;
  const { kind, ticket: number, exchange } = secret;
  const ticket = number === undefined ? undefined : trace.tickets[number];
  if (!ticket) return false;
  const when = secret.forked === true ? 'forked' : 'shared';
  const rule = knowledgeRules.find((one) => one.kind === kind && one.when === when);
  if (!rule) throw new RangeError(`no rule says who may know ${secret.name} (${kind}, ${when})`);
  const agreement = trace.agreements.find((one) => one.responder === exchange && one.party === one.device);
  const stands: Readonly<Record<Relation, boolean>> = {
    'ticket key': ticket.keyHolders.includes(party),
    owner: ticket.owner === party,
    resolver: ticket.resolvers.includes(party),
    endpoint: agreement?.device === party,
    "endpoint's KMS": agreement?.forwarder === party,
  };
  return rule.may.some((relation) => stands[relation]);
}

/** Both sides of each finished exchange: the caller's, then the answerer's; one is undefined if only the other ended with keys. */
export function bothSides<B>(
  trace: Trace<B>,
): readonly { readonly caller: Agreement<B> | undefined; readonly answerer: Agreement<B> | undefined }[] {
  const labels = [...new Set(trace.agreements.map((agreement) => agreement.responder))];
  return labels.map((label) => {
    const about = trace.agreements.filter((agreement) => agreement.responder === label);
    return {
      caller: about.find((agreement) => agreement.party !== agreement.device),
      answerer: about.find((agreement) => agreement.party === agreement.device),
    };
  });
}
