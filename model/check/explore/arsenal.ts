/**
 * Everything that the attacker can send to a machine in a given state: what it heard, what it makes out of its keys, and what it changes in
 * messages of others.
 *
 * @module
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import type { CheckName } from '../../guard/catalogue.ts';
import type { Message } from '../../message/message.ts';
import { one, optional } from '../../message/select.ts';
import type { Term } from '../term.ts';
import type { Attacker } from './attacker.ts';
import type { Cast, Sent } from './cast.ts';
import { find, type Candidate, type Hand, type Known, type Names } from './hand.ts';
import type { KeysRecipe, MessageRecipe } from './recipe.ts';

/** What can be sent to whom. */
export class Arsenal {
  readonly #cast: Cast<Term>;
  readonly #attacker: Attacker;
  readonly #names: Names;
  readonly #known = new WeakMap<Hand, Map<string, readonly Candidate[]>>();

  constructor(cast: Cast<Term>, attacker: Attacker) {
    this.#cast = cast;
    this.#attacker = attacker;
    this.#names = attacker.names;
  }

  /** Everything that it can send to a Responder as TRANSFER_INIT. */
  offers(hand: Hand, sent: readonly Sent<Term>[]): readonly Candidate[] {
    return this.#once(hand, 'offers', () => this.#offersOf(hand, sent));
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
      for (const to of [...this.#names.callers, ...this.#names.own.map(({ identity }) => identity)]) {
        if (to !== IDRi) recipes.push({ make: 'changed', message, field: 'IDRi', to });
      }
      for (const to of this.#names.callees)
        if (to !== IDRr) recipes.push({ make: 'changed', message, field: 'IDRr', to });
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
        for (const IDRi of new Set([...(named === undefined || named === '' ? [] : [named]), ...this.#names.callers])) {
          for (const IDRr of this.#names.callees) {
            for (const data of datas) recipes.push({ make: 'TRANSFER_INIT', ticket, keys, IDRi, IDRr, data });
          }
        }
      }
    }
    return [...observed, ...this.#attacker.candidates(recipes, sent)];
  }

  /** Everything that it can send to an Initiator as TRANSFER_RESP. @param by - the machine that called */
  answers(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    return this.#once(hand, `answers ${by}`, () => this.#answersTo(hand, by, sent));
  }

  #answersTo(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const A = this.#cast.algebra;
    const to: MessageRecipe = { make: 'sent', by, type: 'TRANSFER_INIT' };
    const offer = A.decode('Message', find(sent, by, 'TRANSFER_INIT')).message;
    const { ticketData } = one(offer.payloads, 'TICKET');
    const recipes: MessageRecipe[] = [];
    const identities = [
      ...new Set([
        ...this.#names.callees,
        ...this.#names.endpoints,
        ...this.#names.own.map(({ identity }) => identity),
      ]),
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
    const observed = this.#responses(hand, offer, ['TRANSFER_RESP', 'answerHeaderEchoed']);
    for (const { recipe: message } of observed) {
      for (const field of ['RANDRr', 'RANDRkms'] as const) recipes.push({ make: 'changed', message, field, to: '' });
      for (const identity of identities) recipes.push({ make: 'changed', message, field: 'IDRr', to: identity });
    }
    return [...observed, ...this.#attacker.candidates(recipes, sent)];
  }

  /** Everything that it can send to an Initiator as REQUEST_RESP. */
  requestResps(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    return this.#once(hand, `tickets ${by}`, () => this.#ticketsFor(hand, by, sent));
  }

  #ticketsFor(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const request = this.#cast.algebra.decode('Message', find(sent, by, 'REQUEST_INIT_PSK')).message;
    const observed = this.#responses(hand, request, ['REQUEST_RESP', 'requestRespHeaderEchoed']);
    const swapped = observed.flatMap(({ recipe: message }): readonly MessageRecipe[] => [
      ...[...hand.tickets.values()].map(({ recipe: ticket }) => ({ make: 'swapped', message, ticket }) as const),
      { make: 'changed', message, field: 'KEMAC', to: '' },
    ]);
    return [...observed, ...this.#attacker.candidates(swapped, sent)];
  }

  /** Everything that it can send to a Responder as RESOLVE_RESP. */
  resolveResps(hand: Hand, by: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    const request = this.#cast.algebra.decode('Message', find(sent, by, 'RESOLVE_INIT_PSK')).message;
    const observed = this.#responses(hand, request, ['RESOLVE_RESP', 'resolveRespHeaderEchoed']);
    const changed = observed.flatMap(({ recipe: message }): readonly MessageRecipe[] => [
      { make: 'changed', message, field: 'RANDRkms', to: '' },
      { make: 'changed', message, field: 'KEMAC', to: '' },
      ...this.#names.endpoints.map((to): MessageRecipe => ({ make: 'changed', message, field: 'IDRr', to })),
    ]);
    return [...observed, ...this.#attacker.candidates(changed, sent)];
  }

  /** Error messages about what a machine sent last. */
  errors(by: string, type: string, sent: readonly Sent<Term>[]): readonly Candidate[] {
    return this.#attacker.candidates([{ make: 'Error', about: { make: 'sent', by, type } }], sent);
  }

  /** Computes something once for each hand. */
  #once(hand: Hand, what: string, compute: () => readonly Candidate[]): readonly Candidate[] {
    const known = this.#known.get(hand) ?? new Map<string, readonly Candidate[]>();
    this.#known.set(hand, known);
    const found = known.get(what) ?? compute();
    known.set(what, found);
    return found;
  }

  /** Responses that could be taken for one to a message: those with its CSB ID, as long as somebody looks at that. */
  #responses(hand: Hand, to: Message<Term>, [wanted, check]: readonly [string, CheckName]): readonly Known[] {
    const blind = this.#cast.checksOff.has(check);
    return hand.heard.filter(
      ({ type, message }) => type === wanted && (blind || message.header.csbId === to.header.csbId),
    );
  }
}
