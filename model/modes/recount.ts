/**
 * Recounts a scenario that was played: one trace, with all secrets by their names and what both sides of each call ended with.
 *
 * @module
 */
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { ResolvedOffer } from '../exchange/verifyOffer.ts';
import type { Message } from '../message/message.ts';
import { one } from '../message/select.ts';
import type { NamedKey } from '../policy/account.ts';
import { lettersOf } from '../policy/flags.ts';
import type { Party, Secret, Trace, TracedTicket } from '../trace/trace.ts';
import { agreementsOf, exchangesOf, type KnownTicket, type Story } from './agreements.ts';
import { exchangeSecrets, sealingKey, ticketSecrets } from './secrets.ts';

/** The trace of a scenario that was played. */
export function traceOf<B>(story: Story<B>): Trace<B> {
  const { A, scenario, people, network, sides } = story;
  const tickets = ticketsOf(story);
  const finished = exchangesOf(story);
  const agreements = agreementsOf(story, { tickets, finished });
  const keys = ticketKeysOf(story);
  const envelopes = envelopeKeysOf(story);
  const secrets: Secret<B>[] = [...people.secrets, ...[...keys, ...envelopes].map(({ secret }) => secret)];
  tickets.forEach((known, index) =>
    secrets.push(...ticketSecrets(story, known.ticket, { index, count: tickets.length })),
  );
  for (const agreement of agreements.filter((mine) => mine.party === mine.device)) {
    secrets.push(...exchangeSecrets(A, agreement));
  }
  const parties: readonly Party[] = [
    ...sides.filter(({ device }) => device.party.role === 'initiator').map(({ device }) => device.party),
    people.proxy,
    ...sides.filter(({ device }) => device.party.role !== 'initiator').map(({ device }) => device.party),
    ...people.kmss.map(({ party }) => party),
  ];
  const given = Object.fromEntries(
    Object.entries(people.given).map(([party, names]) => [
      party,
      [
        ...names,
        ...keys.filter(({ kms }) => kms === party).map(({ secret }) => secret.name),
        ...envelopes.filter(({ among }) => among.includes(party)).map(({ secret }) => secret.name),
      ],
    ]),
  );
  return {
    mode: scenario.mode,
    title: scenario.title,
    parties,
    messages: network.messages,
    steps: network.steps,
    secrets,
    given,
    agreements,
    tickets: tickets.map((known) => describeTicket(story, known, { given, secrets })),
    asExpected: story.asExpected,
  };
}

/** TPKs that came by rotation, after the first one of each KMS. */
function ticketKeysOf<B>({
  people,
}: Story<B>): readonly { readonly kms: string; readonly key: NamedKey<B>; readonly secret: Secret<B> }[] {
  return people.kmss.flatMap(({ party, ticketKeys }) =>
    ticketKeys.slice(1).map((key, index) => {
      const name = `TPK#${index + 2}${people.kmss.length > 1 ? `(${party.name})` : ''}`;
      return { kms: party.name, key, secret: { name, kind: 'TPK', value: key.key } };
    }),
  );
}

/** Envelope keys: who made one, and the KMS that it was sealed for. */
function envelopeKeysOf<B>({
  sides,
}: Story<B>): readonly { readonly among: readonly string[]; readonly secret: Secret<B> }[] {
  return sides.flatMap(({ device, endpoint, caller }) => {
    if ('psk' in device.access) return [];
    const { name } = device.party;
    const values = [...caller.actors, ...endpoint.actors].flatMap((actor) => {
      const { requestKey, resolveKey } = actor.context() as { readonly requestKey?: B; readonly resolveKey?: B };
      return [requestKey, resolveKey].filter((key) => key !== undefined);
    });
    return values.map((value, index) => {
      const which = values.length > 1 ? `#${index + 1}` : '';
      return { among: [name, device.user.kms], secret: { name: `ENV(${name})${which}`, kind: 'ENV', value } };
    });
  });
}

/** Every ticket that a caller held, once, in the order in which it was first used. */
function ticketsOf<B>({ A, sides }: Story<B>): readonly KnownTicket<B>[] {
  const held = sides.flatMap(({ device, caller }) =>
    caller.actors.flatMap((actor): KnownTicket<B>[] => {
      const context = actor.context() as { readonly held?: HeldTicket<B>; readonly source: { readonly from: string } };
      return context.held ? [{ ticket: context.held.ticket, owner: device.party.name }] : [];
    }),
  );
  return held.filter(
    (one_, index) => held.findIndex((other) => A.equal(other.ticket.ticketData, one_.ticket.ticketData)) === index,
  );
}

/** Whether a KMS resolved the ticket of a RESOLVE_INIT. */
function kmsResolved<B>({ A, kmss }: Story<B>, resolveInit: Message<B> | undefined): boolean {
  return kmss.some(({ exchanges }) =>
    exchanges.some((exchange) => {
      const context = exchange.context() as { readonly received?: Message<B>; readonly resolved?: unknown };
      return (
        resolveInit !== undefined &&
        context.resolved !== undefined &&
        context.received !== undefined &&
        A.equal(context.received.header.csbId, resolveInit.header.csbId)
      );
    }),
  );
}

function describeTicket<B>(
  story: Story<B>,
  { ticket, owner }: KnownTicket<B>,
  { given, secrets }: Pick<Trace<B>, 'given' | 'secrets'>,
): TracedTicket {
  const { A, people, kmss, sides } = story;
  const sameTicket = (message: Message<B> | undefined): boolean =>
    message !== undefined && A.equal(one(message.payloads, 'TICKET').ticketData, ticket.ticketData);
  const TPK = sealingKey(story, ticket);
  const keyHolders = Object.entries(given)
    .filter(([, names]) => secrets.some(({ name, value }) => names.includes(name) && TPK && A.equal(value, TPK.key)))
    .map(([party]) => party);
  const endpoints = sides.filter(({ endpoint }) =>
    endpoint.actors.some((actor) => {
      const { resolved, offer, resolveInit } = actor.context() as {
        readonly resolved?: ResolvedOffer<B>;
        readonly offer?: Message<B>;
        readonly resolveInit?: Message<B>;
      };
      // What a KMS resolved for it can be computed from the messages, also if the answer did not arrive as it was sent.
      return (resolved !== undefined || kmsResolved(story, resolveInit)) && sameTicket(offer);
    }),
  );
  const forwarding = people.kmss.filter((_, index) =>
    kmss[index]?.exchanges.some((exchange) => {
      const context = exchange.context() as { readonly forwarded?: Message<B>; readonly resolved?: unknown };
      return context.resolved !== undefined && sameTicket(context.forwarded);
    }),
  );
  return {
    owner,
    keyHolders,
    forking: ticket.policy.flags.I,
    resolvers: [...endpoints.map(({ device }) => device.party.name), ...forwarding.map(({ party }) => party.name)],
    flags: lettersOf(ticket.policy.flags),
  };
}
