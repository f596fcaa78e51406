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
import type { TicketPayload } from '../../message/payload.ts';
import { one, optional } from '../../message/select.ts';
import { messageTypeName } from '../../modes/messageTypeName.ts';
import type { Term } from '../term.ts';
import type { Cast, Sent } from './cast.ts';
import { attackerName, Forge, RecipeFails, type Heard } from './forge.ts';
import {
  addKeys,
  find,
  grow,
  namesOf,
  type Candidate,
  type Growing,
  type Hand,
  type Known,
  type Names,
  type Ticket,
} from './hand.ts';
import { Knowledge } from './knowledge.ts';
import type { MessageRecipe, TicketRecipe } from './recipe.ts';

/** The attacker. */
export class Attacker {
  readonly #cast: Cast<Term>;
  readonly #forge: Forge<Term>;
  readonly #made = new Map<string, Term | undefined>();
  readonly #given: Knowledge;
  /** Identities that it can put into messages. */
  readonly names: Names;
  readonly #leakedPsks: readonly string[];
  #epoch = 0;

  constructor(cast: Cast<Term>) {
    this.#cast = cast;
    this.#forge = new Forge(cast);
    const { setup, people } = cast;
    this.names = namesOf(cast);
    const ownSecrets = new Set([...setup.dishonest.flatMap((name) => people.given[name] ?? []), ...setup.leaked]);
    this.#given = Knowledge.of(attackerName).learn(
      people.secrets.filter(({ name }) => ownSecrets.has(name)).map(({ value }) => value),
    );
    const leaked = people.devices.filter(({ party }) => ownSecrets.has(`PSK(${party.name})`));
    this.#leakedPsks = [...new Set([...setup.dishonest, ...leaked.map(({ party }) => party.name)])];
  }

  /** What it has before anything happens: the keys of the dishonest, and whatever the KMS gives to them. */
  begin(): Hand {
    const growing = grow(undefined, () => {
      throw new RangeError('nobody sent anything yet');
    });
    for (const { name, identity } of this.names.own) {
      const identities = [...new Set([identity, ...this.names.callers])];
      for (const responders of this.names.responderLists) {
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
    return { ...hand };
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
    return { knowledge, heard, tickets, data, keys, modifiers, resolved, asked };
  }

  #resolveAsOwn(growing: Growing, number: number, { recipe }: Ticket): void {
    const data = growing.data.get(number) ?? [];
    for (const { name, identity } of this.names.own) {
      for (const IDRr of new Set([identity, ...this.names.endpoints])) {
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
    for (const { identity } of this.names.own) {
      this.#addChanged(growing, { from: 'changed', ticket: recipe, responder: identity }, { bare, number });
    }
    for (const IDRi of this.names.callers) {
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

  /** Makes what can be made, each different message once. */
  candidates(recipes: readonly MessageRecipe[], sent: readonly Sent<Term>[]): readonly Candidate[] {
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
