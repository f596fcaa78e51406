/**
 * What the attacker has in its hands at a point of a run.
 *
 * @module
 */
import type { Message } from '../../message/message.ts';
import type { TicketPayload } from '../../message/payload.ts';
import type { Term } from '../term.ts';
import type { Cast, Sent } from './cast.ts';
import type { ResolvedFor } from './claims.ts';
import type { TicketKeys } from './forge.ts';
import type { Knowledge } from './knowledge.ts';
import type { KeysRecipe, MessageRecipe, TicketRecipe } from './recipe.ts';

/** A message that the attacker has or can make. */
export interface Candidate {
  readonly recipe: MessageRecipe;
  readonly octets: Term;
}

/** A ticket that it has. */
export interface Ticket {
  readonly recipe: TicketRecipe;
  readonly ticket: TicketPayload<Term>;
  /** Whether it is as its maker made it. */
  readonly genuine: boolean;
}

/** Keys that it has. */
export interface Keys {
  readonly recipe: KeysRecipe;
  readonly keys: TicketKeys<Term>;
}

/** A message that was heard. */
export interface Known extends Candidate {
  readonly type: string;
  readonly message: Message<Term>;
}

/** What the attacker has at a point of a run. A value is never changed. */
export interface Hand {
  readonly knowledge: Knowledge;
  readonly heard: readonly Known[];
  readonly tickets: ReadonlyMap<number, Ticket>;
  /** By ticket: messages with Initiator Data for it. */
  readonly data: ReadonlyMap<number, readonly Known[]>;
  /** By Ticket Data. */
  readonly keys: ReadonlyMap<Term, readonly Keys[]>;
  /** Messages with IDRr and RANDRkms. */
  readonly modifiers: readonly Known[];
  readonly resolved: readonly ResolvedFor<Term>[];
  readonly asked: ReadonlySet<string>;
}

/** A change of a {@link Hand} under way. */
export interface Growing {
  heard: Known[];
  tickets: Map<number, Ticket>;
  data: Map<number, readonly Known[]>;
  keys: Map<Term, readonly Keys[]>;
  modifiers: Known[];
  resolved: ResolvedFor<Term>[];
  asked: Set<string>;
  /** The octets of the message of a type that a party sent. */
  sent: (by: string, type: string) => Term;
}

/** Identities that the attacker can put into messages. */
export interface Names {
  /** The dishonest, with a PSK each. */
  readonly own: readonly { readonly name: string; readonly identity: string }[];
  /** Those in whose name it might call. */
  readonly callers: readonly string[];
  readonly callees: readonly string[];
  readonly endpoints: readonly string[];
  /** The responders that the tickets of honest callers name. */
  readonly responderLists: readonly (readonly string[])[];
}

/** The identities of a setup. */
export function namesOf(cast: Cast<Term>): Names {
  const { callers, answerers, dishonest } = cast.setup;
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
  const lists = callers.map(({ step }) => step.ticket.responders ?? [step.callee]);
  return {
    own: dishonest.map((name) => ({ name, identity: cast.credentialOf(name).identity })),
    callers: unique(callers.map(({ device }) => cast.deviceOf(device).spec.identity)),
    callees: unique(callers.map(({ step }) => step.callee)),
    endpoints: unique(answerers.map(({ device }) => cast.deviceOf(device).spec.identity)),
    responderLists: lists.filter((list, index) => lists.findIndex((other) => other.join() === list.join()) === index),
  };
}

/** Starts a change. */
export function grow(hand: Hand | undefined, sent: Growing['sent']): Growing {
  return {
    heard: [...(hand?.heard ?? [])],
    tickets: new Map(hand?.tickets),
    data: new Map(hand?.data),
    keys: new Map(hand?.keys),
    modifiers: [...(hand?.modifiers ?? [])],
    resolved: [...(hand?.resolved ?? [])],
    asked: new Set(hand?.asked),
    sent,
  };
}

/** Adds keys of a ticket. */
export function addKeys(growing: Growing, ticketData: Term, keys: Keys): void {
  const before = growing.keys.get(ticketData) ?? [];
  growing.keys.set(ticketData, [...before, keys]);
}

/** What a machine sent. @throws RangeError if it sent nothing of the kind */
export function find(sent: readonly Sent<Term>[], by: string, type: string): Term {
  const found = sent.find((one_) => one_.by === by && one_.type === type);
  if (!found) throw new RangeError(`${by} sent no ${type}`);
  return found.octets;
}
