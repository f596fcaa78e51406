/**
 * A KMS on the network: one machine for each exchange, all of them asking the same storage.
 *
 * @module
 */
import type { Granted } from '../exchange/requestResp.ts';
import type { Resolved } from '../exchange/resolveResp.ts';
import type { Env } from '../guard/profile.ts';
import type { NamedKey } from '../policy/account.ts';
import { kmsMachine, type KmsInput } from '../roles/kms.ts';
import type { Party } from '../trace/trace.ts';
import { messageTypeName } from './messageTypeName.ts';
import type { Actor, Network, Request } from './network.ts';
import { findAccount, findTicketKey, ReplayCache, type StoredAccount } from './storage.ts';

/** A KMS and what its storage holds. */
export interface KmsService<B> {
  readonly party: Party;
  readonly env: Env<B>;
  readonly input: KmsInput<B>;
  readonly accounts: readonly StoredAccount<B>[];
  readonly ticketKeys: readonly NamedKey<B>[];
}

/** What a KMS did, kept by the simulation and not by the KMS. */
export interface KmsBooks<B> {
  readonly granted: Granted<B>[];
  readonly resolved: Resolved<B>[];
  /** The machine of every exchange. */
  readonly exchanges: Actor[];
}

/** Puts a KMS on the network. */
export function attachKms<B>(network: Network<B>, service: KmsService<B>): KmsBooks<B> {
  const { party, env } = service;
  const A = env.algebra;
  const seen = new ReplayCache(A);
  const books: KmsBooks<B> = { granted: [], resolved: [], exchanges: [] };
  network.attach(party.name, (parcel, message) => {
    const actor = network.start(party, { machine: kmsMachine(env), input: service.input }, handle);
    books.exchanges.push(actor);
    actor.take({ type: messageTypeName(message.header.dataType), message }, parcel.index);

    function handle(request: Request, self: Actor): void {
      const { type, params } = request;
      const at = env.source.now();
      if (type === 'findAccount') {
        self.take({ type: 'ACCOUNT', account: findAccount(A, service.accounts, params['query'] as never) });
      } else if (type === 'findTicketKey') {
        self.take({ type: 'TICKET_KEY', key: findTicketKey(A, service.ticketKeys, params['id'] as never) });
      } else if (type === 'checkReplay') {
        self.take({ type: 'REPLAY_VERDICT', fresh: seen.remember(params['entry'] as never, at) });
      } else if (type === 'send') {
        network.send(party, parcel.from.name, { message: params['message'] as never, at });
        const { granted, resolved } = self.context();
        if (granted) books.granted.push(granted as Granted<B>);
        if (resolved) books.resolved.push(resolved as Resolved<B>);
      }
    }
  });
  return books;
}
