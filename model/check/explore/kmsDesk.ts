/**
 * The KMS of an exploration: what it answers to a message is a function of that message, and of whether it had it before.
 *
 * @module
 */
import type { Algebra } from '../../algebra/algebra.ts';
import type { Env } from '../../guard/profile.ts';
import { sameIdentity } from '../../message/identity.ts';
import type { Message } from '../../message/message.ts';
import { messageTypeName } from '../../modes/messageTypeName.ts';
import type { Request, RoleEvent } from '../../modes/network.ts';
import type { KmsStore, Population } from '../../modes/population.ts';
import { kmsAuthority } from '../../modes/scenarioPolicy.ts';
import { findSender, findTicketKey } from '../../modes/storage.ts';
import type { TicketKey } from '../../policy/account.ts';
import { kmsMachine } from '../../roles/kms.ts';
import type { KmsContext, TicketKeyChoice } from '../../roles/kmsContext.ts';
import type { Setup } from './setup.ts';
import { tableOf, type MachineTable } from './table.ts';

/** What the KMS did with a message. */
export interface Exchange<B> {
  readonly context: KmsContext<B>;
  /** Undefined if it refused. */
  readonly response: B | undefined;
}

/** When the KMS gets a message, and how often it had this very one before: then its replay cache speaks, unless it was lost. */
export interface Asked {
  readonly again: number;
  readonly epoch: number;
}

/** What the desk needs of the whole. */
export interface Office<B> {
  readonly algebra: Algebra<B>;
  readonly people: Population<B>;
  readonly kms: KmsStore<B>;
  readonly setup: Setup;
  /** Steps of machines that were made. */
  steps: number;
  /** What the machines of a party see of the world. */
  envOf(party: string): Env<B>;
  /** A number of a value, if steps are remembered. */
  idOf(value: B): number | undefined;
  /** Says which fresh values come next. */
  draw(at: { readonly session: number; readonly depth: number; readonly epoch: number }): void;
}

/** The desk at which the KMS takes messages, each in an exchange of its own. */
export class KmsDesk<B extends object> {
  readonly #office: Office<B>;
  readonly #table: MachineTable;
  readonly #exchanges = new Map<string, Exchange<B>>();
  #count = 0;

  constructor(office: Office<B>) {
    this.#office = office;
    this.#table = tableOf(kmsMachine(office.envOf(office.kms.party.name)));
  }

  /** The KMS takes a message. */
  ask(octets: B, asked: Asked): Exchange<B> {
    const id = this.#office.idOf(octets);
    const key = `${id}|${asked.again}|${asked.epoch}`;
    const known = id === undefined ? undefined : this.#exchanges.get(key);
    if (known) return known;
    this.#count += 1;
    const exchange = this.#exchange(octets, { ...asked, session: this.#count });
    if (id !== undefined) this.#exchanges.set(key, exchange);
    return exchange;
  }

  #exchange(octets: B, { again, epoch, session }: Asked & { readonly session: number }): Exchange<B> {
    const office = this.#office;
    const { kms, algebra } = office;
    const { message } = algebra.decode('Message', octets);
    const authority = kmsAuthority(office.setup.scenario, kms.spec, office.people.groups);
    let situation = this.#table.start({ kms: kms.identity, authority, service: undefined });
    const events: RoleEvent[] = [{ type: messageTypeName(message.header.dataType), message }];
    let response: B | undefined;
    for (let event = events.shift(), depth = 0; event; event = events.shift(), depth += 1) {
      office.draw({ session, depth, epoch });
      const stepped = this.#table.step(situation, event);
      office.steps += 1;
      situation = stepped;
      for (const request of stepped.requests) {
        const answer = this.#answer(request, again);
        if (answer) events.push(answer);
        if (request.type !== 'send') continue;
        response = algebra.encode({ kind: 'Message', message: request.params['message'] as Message<B> });
      }
    }
    return { context: situation.context as unknown as KmsContext<B>, response };
  }

  /** Its own key; for a single responder that may resolve itself the key that it shares with that one. */
  #sealingKey({ forResponder, responders }: TicketKeyChoice<B>): TicketKey<B> | undefined {
    const { kms, algebra } = this.#office;
    const [only, ...others] = responders;
    const shared = kms.responderKeys.find(({ responder }) => only && sameIdentity(algebra, responder, only));
    return (forResponder && others.length === 0 ? shared?.TPK : undefined) ?? kms.ticketKeys.at(-1);
  }

  /** What its storage answers. */
  #answer({ type, params }: Request, again: number): RoleEvent | undefined {
    const { kms, algebra: A, setup } = this.#office;
    switch (type) {
      case 'findSender':
        return { type: 'SENDER', sender: findSender(A, kms, params['query'] as never) };
      case 'chooseTicketKey':
        return { type: 'TICKET_KEY', key: this.#sealingKey(params as unknown as TicketKeyChoice<B>) };
      case 'findTicketKey':
        return {
          type: 'TICKET_KEY',
          key: findTicketKey(A, [...kms.ticketKeys, ...kms.makerKeys], params['id'] as never),
        };
      case 'checkReplay': {
        const fresh = again === 0 || setup.lostCaches.includes(kms.party.name);
        return { type: 'REPLAY_VERDICT', fresh, envelopeFresh: true };
      }
      default:
        return undefined;
    }
  }
}
