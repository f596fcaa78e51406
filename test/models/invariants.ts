/**
 * What must hold after any run, whoever stood in the middle of the network: looked up in the machines themselves.
 *
 * @module
 */
import type { AcceptedAnswer } from '../../model/exchange/acceptAnswer.ts';
import type { HeldTicket } from '../../model/exchange/requestResp.ts';
import type { Answer, CallKeys } from '../../model/exchange/transferResp.ts';
import type { Message } from '../../model/message/message.ts';
import { all } from '../../model/message/select.ts';
import type { Actor } from '../../model/modes/network.ts';
import { hexOf } from '../support/runs.ts';

type Octets = Uint8Array;

/** One side of a call that ended with keys. */
export interface Side {
  readonly party: string;
  readonly identity: string;
  /** CSB ID and RANDRi: they stand for the call. */
  readonly call: string;
  readonly keys: CallKeys<Octets>;
  /** Whom the other side said to be, as proved. */
  readonly peer: string;
  /** What sessions with the same TEK must have in common, by CS ID. */
  readonly scope: (csId: number) => string;
}

/** All sides that hold keys. */
export interface Sides {
  readonly callers: readonly (Side & { readonly answered: boolean })[];
  readonly endpoints: readonly Side[];
  /** Endpoints that rang, each with the call. */
  readonly rung: readonly string[];
  /** Who sent each TRANSFER_INIT: identity, by call. */
  readonly sentBy: ReadonlyMap<string, string>;
}

/** Collects the sides of all calls. */
export function sidesOf(machines: {
  readonly initiators: readonly Actor[];
  readonly responders: readonly Actor[];
}): Sides {
  const sentBy = new Map<string, string>();
  const callers = machines.initiators.flatMap((actor) => {
    const context = actor.context() as {
      readonly transferInit?: Message<Octets>;
      readonly held?: HeldTicket<Octets>;
      readonly answers: readonly AcceptedAnswer<Octets>[];
    };
    const { transferInit, held } = context;
    if (!transferInit || !held) return [];
    const call = callOf(transferInit);
    const identity = actor.party.identity ?? '';
    sentBy.set(call, identity);
    return context.answers.map((answer) => {
      const peer = textOf(answer.keys.peer.data);
      const side = { party: actor.party.name, identity, call, keys: answer.keys, peer };
      return { ...side, answered: answer.mac !== undefined, scope: scopeOf(transferInit, { device: peer, call }) };
    });
  });
  const endpoints = machines.responders.flatMap((actor) => {
    const { answer, offer } = actor.context() as { readonly answer?: Answer<Octets>; readonly offer?: Message<Octets> };
    if (!answer || !offer) return [];
    const call = callOf(offer);
    const identity = actor.party.identity ?? '';
    const peer = textOf(answer.keys.peer.data);
    const scope = scopeOf(offer, { device: identity, call });
    return [{ party: actor.party.name, identity, call, keys: answer.keys, peer, scope }];
  });
  const rung = machines.responders.flatMap((actor) => {
    const { offer, resolved, answer, rejection } = actor.context() as {
      readonly offer?: Message<Octets>;
      readonly resolved?: unknown;
      readonly answer?: unknown;
      readonly rejection?: unknown;
    };
    const took = resolved !== undefined && (answer !== undefined || rejection === undefined);
    return offer && took ? [`${actor.party.name} at ${callOf(offer)}`] : [];
  });
  return { callers, endpoints, rung, sentBy };
}

/** The text of an identity. */
function textOf(data: Octets): string {
  return Buffer.from(data).toString();
}

function callOf({ header, payloads }: Message<Octets>): string {
  const V = all(payloads, 'V').at(-1);
  return `${hexOf(header.csbId)} ${hexOf(V?.mac ?? new Uint8Array())}`;
}

/**
 * Whose a TEK is. With key forking or RANDRr it belongs to one endpoint in one call; without both, to all endpoints in the call; a group
 * key with the same RANDRi belongs to all calls with the ticket (RFC 6043, 9).
 */
function scopeOf(
  offer: Message<Octets>,
  { device, call }: { readonly device: string; readonly call: string },
): (csId: number) => string {
  const ticket = all(offer.payloads, 'TICKET')[0]!;
  const { I, F, G } = ticket.policy.flags;
  // Only the tickets for a group key have these flags here.
  const groupKey = I && F && !G;
  if (groupKey) return (csId) => `${hexOf(ticket.ticketData)} ${csId}`;
  const own = I || G;
  return (csId) => `${call} ${own ? device : ''} ${csId}`;
}

/** TEKs that two sessions share which must not. */
export function sharedTeks({ callers, endpoints }: Sides): readonly string[] {
  const scopes = new Map<string, string>();
  return [...callers, ...endpoints].flatMap((side) =>
    side.keys.sessions.flatMap(({ csId, tek }) => {
      // A caller without an answer does not know who took the call.
      const scope = side.scope(csId);
      const known = scopes.get(hexOf(tek));
      scopes.set(hexOf(tek), known ?? scope);
      return known === undefined || known === scope ? [] : [`${known} and ${scope}`];
    }),
  );
}

/** Endpoints that rang twice for one TRANSFER_INIT. */
export function rungTwice({ rung }: Sides): readonly string[] {
  return rung.filter((one, index) => rung.indexOf(one) !== index);
}

/** Sides that hold other keys than the other side of the same call, or believe to talk to somebody else. */
export function disagreements({ callers, endpoints, sentBy }: Sides): readonly string[] {
  const wrong: string[] = [];
  const byCall = new Map<string, Side[]>();
  for (const side of endpoints) {
    const others = byCall.get(side.call) ?? [];
    byCall.set(side.call, [...others, side]);
    const caller = sentBy.get(side.call);
    if (caller !== side.peer) wrong.push(`${side.party} believes ${side.peer}, but ${caller ?? 'nobody'} called`);
  }
  for (const side of callers) {
    const mine = byCall.get(side.call) ?? [];
    const others = side.answered ? mine.filter((other) => other.identity === side.peer) : mine;
    // Whoever was accepted as the answerer did answer.
    if (side.answered && others.length !== 1) wrong.push(`${side.party} believes ${side.peer}, who did not answer`);
    for (const other of others) {
      if (keysText(side.keys) !== keysText(other.keys)) wrong.push(`${side.party} and ${other.party} hold other keys`);
    }
  }
  return wrong;
}

function keysText({ sessions }: CallKeys<Octets>): string {
  return sessions.map(({ csId, tek, salt }) => `${csId} ${hexOf(tek)} ${hexOf(salt)}`).join('\n');
}
