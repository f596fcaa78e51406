/**
 * The attacker over terms: it hears everything, asks the KMS whatever it likes, and knows by recipe what it can put together.
 *
 * What the KMS answers depends on the message alone, and knowing more never hurts the attacker, so it asks at once whatever it can ask
 * (within the recipes). So the KMS is a part of what the attacker knows, and not of the interleaving.
 *
 * @module
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { MikeyError } from '../../error.ts';
import type { Message } from '../../message/message.ts';
import type { TicketPayload } from '../../message/payload.ts';
import { one, optional } from '../../message/select.ts';
import { messageTypeName } from '../../modes/messageTypeName.ts';
import type { Term } from '../term.ts';
import type { Cast, Sent } from './cast.ts';
import type { ResolvedFor } from './claims.ts';
import { attackerName, Forge, RecipeFails, type Heard, type TicketKeys } from './forge.ts';
import { Knowledge } from './knowledge.ts';
import type { KeysRecipe, MessageRecipe, TicketRecipe } from './recipe.ts';

/** A message that the attacker has or can make. */
export interface Candidate {
  readonly recipe: MessageRecipe;
  readonly octets: Term;
}

/** A ticket that it has. */
interface Ticket {
  readonly recipe: TicketRecipe;
  readonly ticket: TicketPayload<Term>;
  /** Whether it is as its maker made it. */
  readonly genuine: boolean;
}

/** Keys that it has. */
interface Keys {
  readonly recipe: KeysRecipe;
  readonly keys: TicketKeys<Term>;
}

/** A message that was heard. */
interface Known extends Candidate {
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
  /** What it can send to a Responder and to an Initiator; computed when it is first asked for. */
  readonly offers: { value?: readonly Candidate[] };
  readonly answers: Map<string, readonly Candidate[]>;
  readonly requestResps: Map<string, readonly Candidate[]>;
}

/** A change of a {@link Hand} under way. */
interface Growing {
  heard: Known[];
  tickets: Map<number, Ticket>;
  data: Map<number, readonly Known[]>;
  keys: Map<Term, readonly Keys[]>;
  modifiers: Known[];
  resolved: ResolvedFor<Term>[];
  asked: Set<string>;
  sent: (by: string, type: string) => Term;
}

/** The attacker. */
export class Attacker {
  readonly #cast: Cast<Term>;
  readonly #forge: Forge<Term>;
  readonly #made = new Map<string, Term | undefined>();
  readonly #given: Knowledge;
  /** Identities of its own devices, with a PSK each. */
  readonly #own: readonly { readonly name: string; readonly identity: string }[];
  /** Identities in whose name it might speak. */
  readonly #callers: readonly string[];
  readonly #callees: readonly string[];
  readonly #endpoints: readonly string[];
  readonly #responderLists: readonly (readonly string[])[];
  readonly #leakedPsks: readonly string[];
  #epoch = 0;

  constructor(cast: Cast<Term>) {
    this.#cast = cast;
    this.#forge = new Forge(cast);
    const { setup, people } = cast;
    this.#own = setup.dishonest.map((name) => ({ name, identity: cast.credentialOf(name).identity }));
    const ownSecrets = new Set([...setup.dishonest.flatMap((name) => people.given[name] ?? []), ...setup.leaked]);
    this.#given = Knowledge.of(attackerName).learn(
      people.secrets.filter(({ name }) => ownSecrets.has(name)).map(({ value }) => value),
    );
    const leaked = people.devices.filter(({ party }) => ownSecrets.has(`PSK(${party.name})`));
    this.#leakedPsks = [...new Set([...setup.dishonest, ...leaked.map(({ party }) => party.name)])];
    const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];
    this.#callers = unique(setup.callers.map(({ device }) => cast.deviceOf(device).spec.identity));
    this.#callees = unique(setup.callers.map(({ step }) => step.callee));
    this.#endpoints = unique(setup.answerers.map(({ device }) => cast.deviceOf(device).spec.identity));
    const lists = setup.callers.map(({ step }) => step.ticket.responders ?? [step.callee]);
    this.#responderLists = lists.filter(
      (list, index) => lists.findIndex((other) => other.join() === list.join()) === index,
    );
  }

  /** What it has before anything happens: the keys of the dishonest, and whatever the KMS gives to them. */
  begin(): Hand {
    const growing = grow(undefined, () => {
      throw new RangeError('nobody sent anything yet');
    });
    for (const { name, identity } of this.#own) {
      const identities = [...new Set([identity, ...this.#callers])];
      for (const responders of this.#responderLists) {
        for (const IDRi of identities) {
          for (const named of identities) {
            this.#ask(growing, { make: 'REQUEST_INIT', as: name, IDRi, named, responders });
          }
          if (this.#cast.credentialOf(name).makerKey) {
            this.#addOwnTicket(growing, { from: 'own', as: name, IDRi, responders });
          }
        }
      }
    }
    return this.#settled(growing, this.#given);
  }

  /** What it has after hearing more. @param sent - everything that honest parties sent, the new messages included */
  hear(hand: Hand, fresh: readonly Sent<Term>[], sent: readonly Sent<Term>[]): Hand {
    if (fresh.length === 0) return hand;
    const growing = grow(hand, (by, type) => find(sent, by, type));
    for (const { by, type, octets } of fresh) this.#hear(growing, { make: 'sent', by, type }, octets);
    return this.#settled(growing, hand.knowledge);
  }

  /** Time passes: what it makes from now on bears a later time. */
  later(hand: Hand): Hand {
    return { ...hand, offers: {}, answers: new Map(), requestResps: new Map() };
  }

  /** What it does now happens at this time. */
  set epoch(epoch: number) {
    this.#epoch = epoch;
    this.#forge.epoch = epoch;
  }

  #settled(growing: Growing, before: Knowledge): Hand {
    // Only tickets in the hands of the attacker are handed in by it.
    for (let size = -1; size !== growing.asked.size;) {
      size = growing.asked.size;
      for (const [number, ticket] of growing.tickets) this.#resolveAsOwn(growing, number, ticket);
    }
    const knowledge = before.learn(growing.heard.map(({ octets }) => octets));
    const { heard, tickets, data, keys, modifiers, resolved, asked } = growing;
    return {
      knowledge,
      heard,
      tickets,
      data,
      keys,
      modifiers,
      resolved,
      asked,
      offers: {},
      answers: new Map(),
      requestResps: new Map(),
    };
  }

  #resolveAsOwn(growing: Growing, number: number, { recipe }: Ticket): void {
    const data = growing.data.get(number) ?? [];
    for (const { name, identity } of this.#own) {
      for (const IDRr of new Set([identity, ...this.#endpoints])) {
        for (const { recipe: message } of data) {
          this.#ask(growing, {
            make: 'RESOLVE_INIT',
            as: name,
            ticket: recipe,
            data: { from: 'message', message },
            IDRr,
          });
        }
        this.#ask(growing, { make: 'RESOLVE_INIT', as: name, ticket: recipe, data: { from: 'nothing' }, IDRr });
      }
    }
  }

  /** Asks the KMS with a message of its own. */
  #ask(growing: Growing, recipe: MessageRecipe): void {
    const key = JSON.stringify(recipe);
    if (growing.asked.has(key)) return;
    growing.asked.add(key);
    const octets = this.#make(recipe, growing);
    if (octets) this.#askWith(growing, recipe, octets);
  }

  #askWith(growing: Growing, recipe: MessageRecipe, octets: Term): void {
    const lost = this.#cast.setup.lostCaches.length > 0 || this.#cachesOff;
    for (const again of lost ? [0, 1] : [0]) {
      const exchange = this.#cast.askKms(octets, { again, epoch: this.#epoch });
      if (!exchange.response) return;
      const answer: MessageRecipe = { make: 'kms', to: recipe, again };
      if (exchange.context.resolved) growing.resolved.push({ recipe: answer, exchange });
      this.#hear(growing, answer, exchange.response);
      this.#open(growing, answer, exchange.response, octets);
    }
  }

  /** Whether the KMS answers one message twice. */
  get #cachesOff(): boolean {
    return this.#cast.checksOff.has('requestNotReplayed') || this.#cast.checksOff.has('resolveNotReplayed');
  }

  #open(growing: Growing, recipe: MessageRecipe, octets: Term, requestOctets: Term): void {
    const A = this.#cast.algebra;
    const response = A.decode('Message', octets).message;
    const request = A.decode('Message', requestOctets).message;
    for (const psk of this.#leakedPsks) {
      const keys = this.#forge.openResponse(request, response, psk);
      const ticket = optional(response.payloads, 'TICKET') ?? optional(request.payloads, 'TICKET');
      if (keys && ticket)
        addKeys(growing, ticket.ticketData, { recipe: { from: 'response', response: recipe, psk }, keys });
    }
  }

  #hear(growing: Growing, recipe: MessageRecipe, octets: Term): void {
    if (growing.heard.some((known) => known.octets === octets)) return;
    const { message } = this.#cast.algebra.decode('Message', octets);
    const type = messageTypeName(message.header.dataType);
    const known: Known = { recipe, octets, type, message };
    growing.heard.push(known);
    const { payloads } = message;
    const ticket = optional(payloads, 'TICKET');
    if (ticket) this.#addTicket(growing, { from: 'message', message: recipe }, { ticket, known });
    if (optional(payloads, 'RANDR', randRoles.RANDRkms) && optional(payloads, 'IDR', idRoles.IDRr)) {
      growing.modifiers.push(known);
    }
    if (type === 'REQUEST_INIT_PSK' || type === 'RESOLVE_INIT_PSK') this.#askWith(growing, recipe, octets);
  }

  #addTicket(
    growing: Growing,
    recipe: TicketRecipe,
    { ticket, known }: { readonly ticket: TicketPayload<Term>; readonly known?: Known },
  ): void {
    const A = this.#cast.algebra;
    const bare = { ...ticket, initiatorData: A.octets('') };
    const number = A.encode({ kind: 'TICKET', ticket: bare }).id;
    if (known && A.length(ticket.initiatorData) > 0) {
      const before = growing.data.get(number) ?? [];
      const isNew = before.every(
        ({ message }) => one(message.payloads, 'TICKET').initiatorData !== ticket.initiatorData,
      );
      if (isNew) growing.data.set(number, [...before, known]);
    }
    if (growing.tickets.has(number)) return;
    growing.tickets.set(number, { recipe, ticket: bare, genuine: recipe.from !== 'changed' });
    if (recipe.from === 'changed') return;
    for (const { identity } of this.#own) {
      this.#addChanged(growing, { from: 'changed', ticket: recipe, responder: identity }, { bare, number });
    }
    for (const IDRi of this.#callers) {
      this.#addChanged(growing, { from: 'changed', ticket: recipe, IDRi }, { bare, number });
    }
  }

  #addChanged(
    growing: Growing,
    recipe: TicketRecipe,
    { bare, number }: { readonly bare: TicketPayload<Term>; readonly number: number },
  ): void {
    const A = this.#cast.algebra;
    const changed = this.#forge.ticket(recipe, this.#heardBy(growing));
    const other = A.encode({ kind: 'TICKET', ticket: changed }).id;
    if (changed.ticketData !== bare.ticketData || growing.tickets.has(other)) return;
    growing.tickets.set(other, { recipe, ticket: changed, genuine: false });
    // Initiator Data does not depend on the policy.
    const data = growing.data.get(number);
    if (data) growing.data.set(other, data);
  }

  #addOwnTicket(growing: Growing, recipe: TicketRecipe): void {
    const keys = this.#forge.keys({ from: 'own', ticket: recipe }, this.#heardBy(growing));
    const ticket = this.#forge.ticket(recipe, this.#heardBy(growing));
    addKeys(growing, ticket.ticketData, { recipe: { from: 'own', ticket: recipe }, keys });
    this.#addTicket(growing, recipe, { ticket });
  }

  /** Everything that it can send to a Responder as TRANSFER_INIT. */
  offers(hand: Hand, sent: readonly Sent<Term>[]): readonly Candidate[] {
    hand.offers.value ??= this.#offersOf(hand, sent);
    return hand.offers.value;
  }

  #offersOf(hand: Hand, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const recipes: MessageRecipe[] = [];
    const observed = hand.heard.filter(({ type }) => type === 'TRANSFER_INIT');
    for (const {
      recipe: message,
      message: { payloads },
    } of observed) {
      recipes.push({ make: 'changed', message, field: 'RANDRi', to: '' });
      const A = this.#cast.algebra;
      const IDRi = A.asText(one(payloads, 'IDR', idRoles.IDRi).data);
      const IDRr = A.asText(one(payloads, 'IDR', idRoles.IDRr).data);
      for (const to of [...this.#callers, ...this.#own.map(({ identity }) => identity)]) {
        if (to !== IDRi) recipes.push({ make: 'changed', message, field: 'IDRi', to });
      }
      for (const to of this.#callees) if (to !== IDRr) recipes.push({ make: 'changed', message, field: 'IDRr', to });
    }
    for (const [number, { recipe: ticket, ticket: payload }] of hand.tickets) {
      const named = this.#cast.algebra.asText(
        optional(payload.policy.tpData, 'IDR', idRoles.IDRi)?.data ?? this.#cast.algebra.octets(''),
      );
      const keyings: readonly KeysRecipe[] = [
        ...(hand.keys.get(payload.ticketData) ?? []).map(({ recipe }) => recipe),
        { from: 'nothing' },
      ];
      const datas = [
        { from: 'sealed' } as const,
        ...(hand.data.get(number) ?? []).map(({ recipe: message }) => ({ from: 'message', message }) as const),
      ];
      for (const keys of keyings) {
        for (const IDRi of new Set([...(named === undefined || named === '' ? [] : [named]), ...this.#callers])) {
          for (const IDRr of this.#callees) {
            for (const data of datas) recipes.push({ make: 'TRANSFER_INIT', ticket, keys, IDRi, IDRr, data });
          }
        }
      }
    }
    return [...observed, ...this.#candidates(recipes, sent)];
  }

  /** Everything that it can send to an Initiator as TRANSFER_RESP. @param by - the machine that called */
  answers(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const known = hand.answers.get(by);
    if (known) return known;
    const A = this.#cast.algebra;
    const to: MessageRecipe = { make: 'sent', by, type: 'TRANSFER_INIT' };
    const offer = A.decode('Message', find(sent, by, 'TRANSFER_INIT')).message;
    const { ticketData } = one(offer.payloads, 'TICKET');
    const recipes: MessageRecipe[] = [];
    const identities = [
      ...new Set([...this.#callees, ...this.#endpoints, ...this.#own.map(({ identity }) => identity)]),
    ];
    const others = hand.modifiers.map(({ recipe: message }) => ({ from: 'message', message }) as const);
    for (const { recipe: keys, keys: values } of hand.keys.get(ticketData) ?? []) {
      const rands = [...(values.forked ? [{ from: 'keys' } as const] : []), ...others, { from: 'nothing' } as const];
      for (const IDRr of identities) {
        for (const RANDRkms of rands) recipes.push({ make: 'TRANSFER_RESP', to, keys, IDRr, RANDRkms });
      }
    }
    for (const IDRr of identities) {
      recipes.push({ make: 'TRANSFER_RESP', to, keys: { from: 'nothing' }, IDRr, RANDRkms: { from: 'nothing' } });
    }
    const observed = hand.heard.filter(
      ({ type, message }) => type === 'TRANSFER_RESP' && message.header.csbId === offer.header.csbId,
    );
    for (const { recipe: message } of observed) {
      for (const field of ['RANDRr', 'RANDRkms'] as const) recipes.push({ make: 'changed', message, field, to: '' });
      for (const identity of identities) recipes.push({ make: 'changed', message, field: 'IDRr', to: identity });
    }
    const all = [...observed, ...this.#candidates(recipes, sent)];
    hand.answers.set(by, all);
    return all;
  }

  /** Everything that it can send to an Initiator as REQUEST_RESP. */
  requestResps(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const known = hand.requestResps.get(by);
    if (known) return known;
    const request = this.#cast.algebra.decode('Message', find(sent, by, 'REQUEST_INIT_PSK')).message;
    const observed = hand.heard.filter(
      ({ type, message }) => type === 'REQUEST_RESP' && message.header.csbId === request.header.csbId,
    );
    const swapped = observed.flatMap(({ recipe: message }): readonly MessageRecipe[] => [
      ...[...hand.tickets.values()].map(({ recipe: ticket }) => ({ make: 'swapped', message, ticket }) as const),
      { make: 'changed', message, field: 'KEMAC', to: '' },
    ]);
    const all = [...observed, ...this.#candidates(swapped, sent)];
    hand.requestResps.set(by, all);
    return all;
  }

  /** Everything that it can send to a Responder as RESOLVE_RESP. */
  resolveResps(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const request = this.#cast.algebra.decode('Message', find(sent, by, 'RESOLVE_INIT_PSK')).message;
    const observed = hand.heard.filter(
      ({ type, message }) => type === 'RESOLVE_RESP' && message.header.csbId === request.header.csbId,
    );
    const changed = observed.flatMap(({ recipe: message }): readonly MessageRecipe[] => [
      { make: 'changed', message, field: 'RANDRkms', to: '' },
      { make: 'changed', message, field: 'KEMAC', to: '' },
      ...this.#endpoints.map((to): MessageRecipe => ({ make: 'changed', message, field: 'IDRr', to })),
    ]);
    return [...observed, ...this.#candidates(changed, sent)];
  }

  /** Error messages about what a machine sent last. */
  errors(by: string, type: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    return this.#candidates([{ make: 'Error', about: { make: 'sent', by, type } }], sent);
  }

  /** Makes what can be made, each different message once. */
  #candidates(recipes: readonly MessageRecipe[], sent: readonly Sent<Term>[]): readonly Candidate[] {
    const source = { sent: (by: string, type: string) => find(sent, by, type) };
    const found = new Map<Term, Candidate>();
    for (const recipe of recipes) {
      const octets = this.#make(recipe, source);
      if (octets && !found.has(octets)) found.set(octets, { recipe, octets });
    }
    return [...found.values()];
  }

  /** What the KMS answered, when it was asked first. */
  #answered(request: Term, again: number): Term | undefined {
    for (let epoch = 0; epoch <= this.#epoch; epoch += 1) {
      const { response } = this.#cast.askKms(request, { again, epoch });
      if (response) return response;
    }
    return undefined;
  }

  /** Follows a recipe, once for the same ingredients. */
  #make(recipe: MessageRecipe, source: Pick<Growing, 'sent'>): Term | undefined {
    const key = JSON.stringify(recipe, (_, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'make' in value && value.make === 'sent') {
        const { by, type } = value as Extract<MessageRecipe, { make: 'sent' }>;
        return source.sent(by, type).id;
      }
      return value;
    });
    const now = `${this.#epoch}|${key}`;
    if (this.#made.has(now)) return this.#made.get(now);
    const octets = this.#tryMake(recipe, this.#heardBy(source));
    this.#made.set(now, octets);
    return octets;
  }

  #tryMake(recipe: MessageRecipe, heard: Heard<Term>): Term | undefined {
    try {
      return this.#forge.message(recipe, heard);
    } catch (error) {
      if (error instanceof RecipeFails || error instanceof MikeyError) return undefined;
      throw error;
    }
  }

  #heardBy({ sent }: Pick<Growing, 'sent'>): Heard<Term> {
    return { sent, kms: (request, again) => this.#answered(request, again) };
  }
}

function grow(hand: Hand | undefined, sent: Growing['sent']): Growing {
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

function addKeys(growing: Growing, ticketData: Term, keys: Keys): void {
  const before = growing.keys.get(ticketData) ?? [];
  growing.keys.set(ticketData, [...before, keys]);
}

/** @throws RangeError if nothing of the kind was sent */
function find(sent: readonly Sent<Term>[], by: string, type: string): Term {
  const found = sent.find((one_) => one_.by === by && one_.type === type);
  if (!found) throw new RangeError(`${by} sent no ${type}`);
  return found.octets;
}
