/**
 * What both sides of each exchange of a scenario ended with: Ticket Transfers and updates, each with its label.
 *
 * @module
 */
import type { Algebra } from '../algebra/algebra.ts';
import type { AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import type { HeldTicket } from '../exchange/requestResp.ts';
import type { Bundle } from '../exchange/bundle.ts';
import type { Answer, CallKeys, SuppliedKey } from '../exchange/transferResp.ts';
import type { VerifiedResolve } from '../exchange/resolveInit.ts';
import { uri, type Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../message/payload.ts';
import { one } from '../message/select.ts';
import { isForked, isGenerating, spiOf } from '../protection/keyTransport.ts';
import type { Agreement, SessionKeys } from '../trace/trace.ts';
import type { FinishedUpdate } from './bundles.ts';
import type { CallerSide } from './callerSide.ts';
import type { EndpointSide } from './endpointSide.ts';
import type { KmsBooks } from './kmsService.ts';
import type { Actor, Network } from './network.ts';
import type { Device, Population } from './population.ts';
import type { Scenario } from './scenario.ts';

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
  readonly updates: readonly FinishedUpdate<B>[];
  /** Whether each call came out as the scenario says. */
  readonly asExpected: boolean;
}

/** An exchange that an endpoint finished: a Ticket Transfer, or an update. */
interface Finished<B> {
  readonly label: string;
  readonly device: Device<B>;
  readonly offer: Message<B>;
  readonly keys: CallKeys<B>;
  /** Both bundles after it, if it was an update; the keys are then those of the Ticket Transfer before. */
  readonly update: FinishedUpdate<B> | undefined;
}

/** A ticket and who requested or made it. */
export interface KnownTicket<B> {
  readonly ticket: TicketPayload<B>;
  readonly owner: string;
}

/** The exchanges that endpoints finished, in their order, each with its label. */
export function exchangesOf<B>({ A, sides, network, updates }: Story<B>): readonly Finished<B>[] {
  return sides.flatMap(({ device, endpoint }) => {
    const { name } = device.party;
    const calls = endpoint.actors.flatMap((actor) => {
      const { answer, offer } = actor.context() as { readonly answer?: Answer<B>; readonly offer?: Message<B> };
      if (!answer || !offer) return [];
      const at = network.messages.findIndex((hop) => A.equal(hop.message.header.csbId, offer.header.csbId));
      return [{ device, offer, keys: answer.keys, update: undefined, at }];
    });
    const updated = updates
      .filter(({ pair }) => pair.responder.party.name === name)
      .flatMap((update) => {
        const call = calls.findLast(({ offer }) => A.equal(offer.header.csbId, update.responder.keyInput.csbId));
        return call ? [{ ...call, update, at: update.after }] : [];
      });
    const done = [...calls, ...updated].toSorted((one_, other) => one_.at - other.at);
    return done.map((each, index) => ({ ...each, label: done.length > 1 ? `${name}#${index + 1}` : name }));
  });
}

/** Both sides of every exchange. */
export function agreementsOf<B>(
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
      const mine = finished.filter(
        ({ offer, update }) => !update && A.equal(offer.header.csbId, transferInit.header.csbId),
      );
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
  const byEndpoint = finished.flatMap(({ label, device, offer, keys, update }, index) => {
    const { name } = device.party;
    const caller = callerOf(offer);
    const ticket = numberOf(one(offer.payloads, 'TICKET').ticketData);
    const mine = agreementOf(story, keys, { party: name, label, device: name, caller, ticket, tickets });
    if (!update) return [mine];
    const before = finished.slice(0, index).findLast((other) => other.device === device && other.offer === offer);
    const previous = {
      sessions: before?.update?.responder.keys ?? keys.sessions,
      keys: [
        ...keys.sessionKeys,
        ...keys.supplied.map(({ key }) => key),
        ...(before?.update?.responder.sessionKeys.map(({ key }) => key) ?? []),
      ],
    };
    return [
      updatedAgreement(story, mine, { bundle: update.responder, previous, keys }),
      updatedAgreement(
        story,
        { ...mine, party: caller, peerIdentity: device.party.identity },
        { bundle: update.initiator, previous, keys },
      ),
    ];
  });
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
  const forking = tickets[about.ticket]?.ticket.policy.flags.I === true;
  const all = [...keys.sessionKeys, ...keys.supplied.map(({ key }) => key)];
  return {
    party: about.party,
    responder: about.label,
    device: about.device,
    caller: about.caller,
    ticket: about.ticket,
    forwarder: forwarderOf(story, { device: about.device, ticket: tickets[about.ticket]?.ticket }),
    ...uniqueness(story, keys.sessions, {
      forking,
      ticketKeys: keys.sessionKeys,
      supplied: keys.supplied,
    }),
    supplied: keys.supplied
      .filter(({ key }) => isGenerating(key))
      .map(({ by, key }) => ({ value: key.key, forked: forking && by === 'responder' })),
    update: false,
    newSessions: keys.sessions.map((session) => session.csId),
    peerIdentity: identityText(story, keys.peer),
    mpkr: keys.MPKr ?? null,
    tgks: all.filter((key) => isForked(key)).map((key) => key.key),
    ticketTgks: keys.sessionKeys.filter((key) => isForked(key)).map((key) => key.key),
    gtgks: all.filter((key) => isGenerating(key) && !isForked(key)).map((key) => key.key),
    sessions: keys.sessions,
  };
}

/** Whether the keys that sessions use are unique for the endpoint, and whether their salts came with them. */
function uniqueness<B>(
  { A }: Story<B>,
  sessions: readonly SessionKeys<B>[],
  options: {
    readonly forking: boolean;
    readonly ticketKeys: readonly KeyDataPayload<B>[];
    readonly supplied: readonly SuppliedKey<B>[];
  },
): Pick<Agreement<B>, 'forked' | 'carriedSalt'> {
  const { forking, ticketKeys, supplied } = options;
  const has = (key: KeyDataPayload<B>, spi: B): boolean => {
    const own = spiOf(key);
    return own !== undefined && A.equal(own, spi);
  };
  const used = sessions.map(({ spi }) => {
    const brought = supplied.find(({ key }) => has(key, spi));
    const inTicket = ticketKeys.find((key) => has(key, spi));
    const unique = brought ? brought.by === 'responder' : inTicket === undefined || isForked(inTicket);
    return { unique, salt: (brought?.key ?? inTicket)?.salt !== undefined };
  });
  return { forked: forking && used.every(({ unique }) => unique), carriedSalt: used.some(({ salt }) => salt) };
}

/** What a side holds after an update: new keys travel under the key of this one endpoint (rfc6043:5.2-18). */
function updatedAgreement<B>(
  story: Story<B>,
  before: Agreement<B>,
  update: {
    readonly bundle: Bundle<B>;
    readonly previous: { readonly sessions: readonly SessionKeys<B>[]; readonly keys: readonly KeyDataPayload<B>[] };
    readonly keys: CallKeys<B>;
  },
): Agreement<B> {
  const { A } = story;
  const { bundle, previous, keys } = update;
  const forking = bundle.flags.I;
  const isNew = (session: SessionKeys<B>): boolean =>
    previous.sessions.every((other) => other.csId !== session.csId || !A.equal(other.tek, session.tek));
  const brought = bundle.sessionKeys
    .map(({ key }) => key)
    .filter((key) => !previous.keys.some((old) => A.equal(old.key, key.key)));
  const inUse = bundle.sessionKeys.map(({ key }) => key);
  return {
    ...before,
    ...uniqueness(story, bundle.keys, { forking, ticketKeys: keys.sessionKeys, supplied: keys.supplied }),
    tgks: inUse.filter((key) => isForked(key)).map((key) => key.key),
    gtgks: inUse.filter((key) => isGenerating(key) && !isForked(key)).map((key) => key.key),
    supplied: brought.filter((key) => isGenerating(key)).map((key) => ({ value: key.key, forked: forking })),
    sessions: bundle.keys,
    update: true,
    newSessions: bundle.keys.filter(isNew).map((session) => session.csId),
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
