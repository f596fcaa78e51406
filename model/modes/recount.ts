/**
 * Recounts a scenario that was played: one trace, with all secrets by their names and what both sides of each call ended with.
 *
 * @module
 */
import type { Algebra } from '../algebra/algebra.ts';
import type { AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { Answer, CallKeys } from '../exchange/transferResp.ts';
import type { VerifiedResolve } from '../exchange/resolveInit.ts';
import type { ResolvedOffer } from '../exchange/verifyOffer.ts';
import { uri, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { TicketPayload } from '../message/payload.ts';
import { one } from '../message/select.ts';
import type { NamedKey } from '../policy/account.ts';
import { lettersOf } from '../policy/flags.ts';
import { isForked, isGenerating } from '../protection/keyTransport.ts';
import type { Agreement, Party, Secret, Trace, TracedTicket } from '../trace/trace.ts';
import type { CallerSide } from './callerSide.ts';
import type { EndpointSide } from './endpointSide.ts';
import type { KmsBooks } from './kmsService.ts';
import type { Actor, Network } from './network.ts';
import type { Device, Population } from './population.ts';
import type { Scenario } from './scenario.ts';
import { exchangeSecrets, sealingKey, ticketSecrets } from './secrets.ts';

/** What there is to recount. */
export interface Story<B> {
  readonly A: Algebra<B>;
  readonly scenario: Scenario;
  readonly people: Population<B>;
  readonly network: Network<B>;
  readonly kmss: readonly KmsBooks<B>[];
  readonly sides: readonly {
    readonly device: Device<B>;
    readonly endpoint: EndpointSide<B>;
    readonly caller: CallerSide<B>;
  }[];
  /** Whether each call came out as the scenario says. */
  readonly asExpected: boolean;
}

/** An exchange that an endpoint finished. */
interface Finished<B> {
  readonly label: string;
  readonly device: Device<B>;
  readonly offer: Message<B>;
  readonly keys: CallKeys<B>;
}

/** A ticket and who requested or made it. */
interface KnownTicket<B> {
  readonly ticket: TicketPayload<B>;
  readonly owner: string;
}

/** The trace of a scenario that was played. */
export function traceOf<B>(story: Story<B>): Trace<B> {
  const { scenario, people, network, sides } = story;
  const tickets = ticketsOf(story);
  const finished = exchangesOf(story);
  const agreements = agreementsOf(story, { tickets, finished });
  const keys = ticketKeysOf(story);
  const secrets: Secret<B>[] = [...people.secrets, ...keys.map(({ secret }) => secret)];
  tickets.forEach((known, index) =>
    secrets.push(...ticketSecrets(story, known.ticket, { index, count: tickets.length })),
  );
  for (const agreement of agreements.filter((mine) => mine.party === mine.device)) {
    secrets.push(...exchangeSecrets(agreement));
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
      [...names, ...keys.filter(({ kms }) => kms === party).map(({ secret }) => secret.name)],
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

/** The exchanges that endpoints finished, each with its label. */
function exchangesOf<B>({ sides }: Story<B>): readonly Finished<B>[] {
  return sides.flatMap(({ device, endpoint }) => {
    const done = endpoint.actors.flatMap((actor) => {
      const { answer, offer } = actor.context() as { readonly answer?: Answer<B>; readonly offer?: Message<B> };
      return answer && offer ? [{ device, offer, keys: answer.keys }] : [];
    });
    const { name } = device.party;
    return done.map((each, index) => ({ ...each, label: done.length > 1 ? `${name}#${index + 1}` : name }));
  });
}

function agreementsOf<B>(
  story: Story<B>,
  { tickets, finished }: { readonly tickets: readonly KnownTicket<B>[]; readonly finished: readonly Finished<B>[] },
): readonly Agreement<B>[] {
  const { A, sides } = story;
  const numberOf = (ticketData: B): number =>
    tickets.findIndex((known) => A.equal(known.ticket.ticketData, ticketData));
  const callerOf = (offer: Message<B>): string =>
    sides.find(({ caller }) => caller.actors.some((actor) => sentOffer(A, actor, offer)))?.device.party.name ?? '';
  const byCaller = sides.flatMap(({ device, caller }) =>
    caller.actors.flatMap((actor) => {
      const context = actor.context() as {
        readonly answers?: readonly AcceptedAnswer<B>[];
        readonly transferInit?: Message<B>;
        readonly held?: HeldTicket<B>;
      };
      const { transferInit, held } = context;
      if (!transferInit || !held) return [];
      const mine = finished.filter(({ offer }) => A.equal(offer.header.csbId, transferInit.header.csbId));
      return (context.answers ?? []).flatMap((answer) => {
        const known = sides.find((other) => A.equal(other.device.identity.data, answer.keys.peer.data))?.device;
        // Without TRANSFER_RESP the caller has its keys in common with whoever took the call.
        const about = mine.filter((exchange) => answer.mac === undefined || exchange.device === known);
        const named = known?.party.name ?? identityText(story, answer.keys.peer);
        const labels =
          about.length > 0
            ? about.map(({ label, device: { party } }) => ({ label, name: party.name }))
            : [{ label: named, name: named }];
        return labels.map(({ label, name }) =>
          agreementOf(story, answer.keys, {
            party: device.party.name,
            label,
            device: name,
            caller: device.party.name,
            ticket: numberOf(held.ticket.ticketData),
            tickets,
          }),
        );
      });
    }),
  );
  const byEndpoint = finished.map(({ label, device, offer, keys }) =>
    agreementOf(story, keys, {
      party: device.party.name,
      label,
      device: device.party.name,
      caller: callerOf(offer),
      ticket: numberOf(one(offer.payloads, 'TICKET').ticketData),
      tickets,
    }),
  );
  return [...byCaller, ...byEndpoint];
}

function sentOffer<B>(A: Algebra<B>, actor: Actor, offer: Message<B>): boolean {
  const sent = actor.context()['transferInit'] as Message<B> | undefined;
  return sent !== undefined && A.equal(sent.header.csbId, offer.header.csbId);
}

function agreementOf<B>(
  story: Story<B>,
  keys: CallKeys<B>,
  {
    tickets,
    ...about
  }: {
    readonly tickets: readonly KnownTicket<B>[];
    readonly party: string;
    readonly label: string;
    readonly device: string;
    readonly caller: string;
    readonly ticket: number;
  },
): Agreement<B> {
  return {
    party: about.party,
    responder: about.label,
    device: about.device,
    caller: about.caller,
    ticket: about.ticket,
    forwarder: forwarderOf(story, { device: about.device, ticket: tickets[about.ticket]?.ticket }),
    forked: tickets[about.ticket]?.ticket.policy.flags.I === true && keys.sessionKeys.every((key) => isForked(key)),
    carriedSalt: keys.sessionKeys.some((key) => key.salt !== undefined),
    peerIdentity: identityText(story, keys.peer),
    mpkr: keys.MPKr ?? null,
    tgks: keys.sessionKeys.filter((key) => isForked(key)).map((key) => key.key),
    gtgks: keys.sessionKeys.filter((key) => isGenerating(key) && !isForked(key)).map((key) => key.key),
    sessions: keys.sessions,
  };
}

/** The KMS that asked another one for an endpoint. */
function forwarderOf<B>(
  { A, people, kmss, sides }: Story<B>,
  { device, ticket }: { readonly device: string; readonly ticket: TicketPayload<B> | undefined },
): string | undefined {
  const known = sides.find((side) => side.device.party.name === device)?.device;
  if (!known || !ticket) return undefined;
  const index = kmss.findIndex((books) =>
    books.exchanges.some((exchange) => {
      const { forwarded, verifiedResolve } = exchange.context() as {
        readonly forwarded?: Message<B>;
        readonly verifiedResolve?: VerifiedResolve<B>;
      };
      if (!forwarded || !verifiedResolve) return false;
      return (
        A.equal(verifiedResolve.resolver.data, known.identity.data) &&
        A.equal(one(forwarded.payloads, 'TICKET').ticketData, ticket.ticketData)
      );
    }),
  );
  return people.kmss[index]?.party.name;
}

/** The text of an identity that we know. */
function identityText<B>({ A, scenario }: Story<B>, identity: Identity<B>): string {
  const known = [
    ...scenario.users.flatMap((user) => [user.identity, ...user.devices.map((device) => device.identity)]),
    ...scenario.groups.map((group) => group.identity),
  ];
  return known.find((text) => A.equal(uri(A, text).data, identity.data)) ?? 'unknown';
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
      const { resolved, offer } = actor.context() as {
        readonly resolved?: ResolvedOffer<B>;
        readonly offer?: Message<B>;
      };
      return resolved !== undefined && sameTicket(offer);
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
