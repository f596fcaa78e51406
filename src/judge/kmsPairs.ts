/**
 * Which response answers which message to a KMS, which KMS forwards for another, and what Error messages are about.
 *
 * @module
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { all } from '../../model/message/select.ts';
import type { Findings } from './findings.ts';
import {
  sameCsb,
  sameOctets,
  sameTicketData,
  type Entry,
  type ErrorReport,
  type Exchange,
  type Resolve,
} from './transcript.ts';
import type { JudgedVector } from './vectorFile.ts';

/** Pairs Ticket Requests. */
export function pairRequests(entries: readonly Entry[], findings: Findings): readonly Exchange[] {
  return exchanges(entries, 'REQUEST', findings);
}

/** Pairs Ticket Resolves, and finds those that one KMS runs with another. */
export function pairResolves(
  entries: readonly Entry[],
  findings: Findings,
  context: NonNullable<JudgedVector['context']>,
): readonly Resolve[] {
  const paired = exchanges(entries, 'RESOLVE', findings);
  const asked = entries.filter((entry) => /^RE(?:QUEST|SOLVE)_INIT/.test(entry.type)).map((entry) => entry.to);
  const kmss = new Set([...asked, ...Object.keys(context.realms ?? {}), ...(context.agreements ?? []).flat()]);
  const forwarded = new Set<Exchange>();
  return paired.map((exchange) => {
    const possible = paired.filter((other) => forwards(exchange, other) && !forwarded.has(other));
    // Several endpoints may wait for the same ticket at once: IDRr tells which one it is, where it is kept.
    const of = possible.find((other) => sameResponder(exchange.initial, other.initial)) ?? possible[0];
    if (of) forwarded.add(of);
    return { ...exchange, betweenKmss: kmss.has(exchange.initial.from), of };
  });
}

function sameResponder(a: Entry, b: Entry): boolean {
  const [one, other] = [a, b].map((entry) => all(entry.message.payloads, 'IDR', idRoles.IDRr)[0]);
  return one !== undefined && other !== undefined && sameOctets(one.data, other.data);
}

/** Whether a KMS sends an exchange because of another one, which waits for its response meanwhile. */
function forwards(inner: Exchange, outer: Exchange): boolean {
  if (inner === outer || inner.initial.from !== outer.initial.to) return false;
  const after = inner.initial.index > outer.initial.index;
  const before = outer.response === undefined || inner.initial.index < outer.response.index;
  const [a] = all(inner.initial.message.payloads, 'TICKET');
  const [b] = all(outer.initial.message.payloads, 'TICKET');
  return after && before && a !== undefined && b !== undefined && sameTicketData(a, b);
}

/** Pairs initial messages and responses by CSB ID and party. */
function exchanges(entries: readonly Entry[], name: 'REQUEST' | 'RESOLVE', findings: Findings): readonly Exchange[] {
  const responses = entries.filter((entry) => entry.type === `${name}_RESP`);
  const paired = new Set<Entry>();
  const found = entries
    .filter((entry) => entry.type === `${name}_INIT_PSK` || entry.type === `${name}_INIT_PK`)
    .map((initial): Exchange => {
      const answers = (entry: Entry): boolean =>
        entry.index > initial.index && entry.to === initial.from && sameCsb(entry, initial);
      const response = responses.find((entry) => answers(entry) && !paired.has(entry));
      const refused = entries.some((entry) => entry.type === 'Error' && answers(entry));
      // About the whole vector, not about the initial message: nothing is wrong with that.
      const subject = { index: undefined, type: `${initial.type} (message ${initial.index})` };
      const clause = name === 'REQUEST' ? 'rfc6043:4.2.1.4-2' : 'rfc6043:4.2.3.4-1';
      if (response) paired.add(response);
      else if (!refused) findings.error(subject, clause, 'it has no response');
      return { initial, response };
    });
  for (const response of responses.filter((entry) => !paired.has(entry))) {
    const clause = name === 'REQUEST' ? 'rfc6043:4.2.1.5-1' : 'rfc6043:4.2.3.5-1';
    findings.error(response, clause, 'no initial message before it has its CSB ID');
  }
  return found;
}

/** An Error is about the last message before it with its CSB ID, if there are any that its receiver sent: about one of those. */
export function pairErrors(entries: readonly Entry[]): readonly ErrorReport[] {
  return entries
    .filter((entry) => entry.type === 'Error')
    .map((entry) => {
      const before = entries.filter((other) => other.index < entry.index && sameCsb(other, entry));
      const direct = before.findLast((other) => other.from === entry.to && other.to === entry.from);
      return { entry, about: direct ?? before.findLast((other) => other.from === entry.to) ?? before.at(-1) };
    });
}
