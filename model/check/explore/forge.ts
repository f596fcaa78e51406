/**
 * Follows the attacker's recipes: the messages are made by the builders of the protocol, out of keys that the attacker has and whatever
 * else it likes to put in.
 *
 * @module
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import type { Algebra } from '../../algebra/algebra.ts';
import { MikeyError } from '../../error.ts';
import { createTicket } from '../../exchange/createTicket.ts';
import { buildError } from '../../exchange/errorMessage.ts';
import { buildRequestInit } from '../../exchange/requestInit.ts';
import type { HeldTicket } from '../../exchange/requestResp.ts';
import { buildResolveInit } from '../../exchange/resolveInit.ts';
import { buildTransferInit } from '../../exchange/transferInit.ts';
import { answerOffer } from '../../exchange/transferResp.ts';
import { catalogue, type CheckName } from '../../guard/catalogue.ts';
import { strictProfile, type Env } from '../../guard/profile.ts';
import { forkKey, type Modifier } from '../../keys/forkedKeys.ts';
import { messageEncrKeys } from '../../keys/protectionKeys.ts';
import { uri } from '../../message/identity.ts';
import type { Message } from '../../message/message.ts';
import type { KeyDataPayload, Payload, TicketPayload } from '../../message/payload.ts';
import { one, optional } from '../../message/select.ts';
import { as64Bits } from '../../message/timestamps.ts';
import type { NamedKey } from '../../policy/account.ts';
import { readTpData, writeTpData } from '../../policy/tpData.ts';
import { isForked, isMpk, openKeys } from '../../protection/keyTransport.ts';
import { sealInitiatorData } from '../../ticket/initiatorData.ts';
import type { Cast } from './cast.ts';
import type { DataRecipe, KeysRecipe, MessageRecipe, ModifierRecipe, TicketRecipe } from './recipe.ts';

/** Keys of a ticket in the attacker's hands. */
export interface TicketKeys<B> {
  readonly MPKi: B;
  /** The MPKr that is not forked, if it has that one. */
  readonly MPKr: B | undefined;
  /** MPKr', and what forked it. */
  readonly forked: { readonly MPKr: B; readonly modifier: Modifier<B> } | undefined;
  /** Forked if `forked` is there. */
  readonly sessionKeys: readonly KeyDataPayload<B>[];
}

/** Where the attacker gets what others made. */
export interface Heard<B> {
  /** What an honest party sent. */
  readonly sent: (by: string, type: string) => B;
  /** What the KMS answers; undefined if it refuses. */
  readonly kms: (request: B, again: number) => B | undefined;
}

/** Raised if a recipe cannot be followed, as the KMS refuses. */
export class RecipeFails extends Error {}

/** Names under which the attacker draws fresh values. */
export const attackerName = 'attacker';

/** The attacker at work. */
export class Forge<B extends object> {
  readonly #cast: Cast<B>;
  readonly #env: Env<B>;
  readonly #A: Algebra<B>;
  readonly #ownTickets = new Map<string, HeldTicket<B>>();

  constructor(cast: Cast<B>) {
    this.#cast = cast;
    this.#A = cast.algebra;
    const without = new Set(Object.keys(catalogue) as CheckName[]);
    this.#env = cast.envOf(attackerName, { ...strictProfile, without });
  }

  /**
   * The octets of a message.
   *
   * @throws RecipeFails if the KMS refuses to play its part
   */
  message(recipe: MessageRecipe, heard: Heard<B>): B {
    if (recipe.make === 'sent') return heard.sent(recipe.by, recipe.type);
    if (recipe.make !== 'kms') return this.#A.encode({ kind: 'Message', message: this.#made(recipe, heard) });
    const response = heard.kms(this.message(recipe.to, heard), recipe.again);
    if (!response) throw new RecipeFails('the KMS refuses');
    return response;
  }

  #made(recipe: Exclude<MessageRecipe, { make: 'sent' | 'kms' }>, heard: Heard<B>): Message<B> {
    const A = this.#A;
    switch (recipe.make) {
      case 'REQUEST_INIT': {
        const wanted = this.#policy(recipe.named, recipe.responders);
        const policy = { ...wanted, flags: { ...wanted.flags, D: true } };
        this.#begin();
        const initiator = uri(A, recipe.IDRi);
        const { suite, kms } = this.#cast;
        return buildRequestInit(this.#env, { initiator, kms: kms.identity, psk: this.psk(recipe.as), suite, policy });
      }
      case 'RESOLVE_INIT': {
        const bare = this.ticket(recipe.ticket, heard);
        const initiatorData = this.#data(recipe.data, { heard, ticket: bare }) ?? A.octets('');
        const ticket = { ...bare, initiatorData };
        this.#begin();
        const { kms } = this.#cast;
        const responder = uri(A, recipe.IDRr);
        return buildResolveInit(this.#env, { responder, kms: kms.identity, psk: this.psk(recipe.as) }, ticket);
      }
      case 'TRANSFER_INIT':
        return this.#offer(recipe, heard);
      case 'TRANSFER_RESP':
        return this.#answer(recipe, heard);
      case 'Error': {
        const { header } = this.#read(recipe.about, heard);
        const { macAlg, authKeyLength } = this.#cast.suite;
        const authKey = this.#madeUpRand(authKeyLength);
        this.#begin();
        const rejection = { code: 'ERR_UNSPECIFIED', reason: '', authenticated: true } as const;
        return buildError(this.#env, { failed: header, rejection, auth: { macAlg, authKey } });
      }
      case 'changed':
        return this.#changed(recipe, heard);
      case 'swapped': {
        const { header, payloads } = this.#read(recipe.message, heard);
        const ticket = this.ticket(recipe.ticket, heard);
        return { header, payloads: payloads.map((payload) => (payload.kind === 'TICKET' ? ticket : payload)) };
      }
    }
  }

  /** A ticket without Initiator Data. */
  ticket(recipe: TicketRecipe, heard: Heard<B>): TicketPayload<B> {
    const A = this.#A;
    switch (recipe.from) {
      case 'message':
        return { ...one(this.#read(recipe.message, heard).payloads, 'TICKET'), initiatorData: A.octets('') };
      case 'own':
        return this.#ownTicket(recipe).ticket;
      case 'changed': {
        const ticket = this.ticket(recipe.ticket, heard);
        const tpData = readTpData(A, ticket.policy.tpData);
        const IDRi = recipe.IDRi === undefined ? tpData.IDRi : uri(A, recipe.IDRi);
        const IDRr = recipe.responder === undefined ? tpData.IDRr : [...tpData.IDRr, uri(A, recipe.responder)];
        return { ...ticket, policy: { ...ticket.policy, tpData: writeTpData(A, { ...tpData, IDRi, IDRr }) } };
      }
    }
  }

  /**
   * Keys of a ticket.
   *
   * @throws RecipeFails if the response does not open
   */
  keys(recipe: KeysRecipe, heard: Heard<B>): TicketKeys<B> {
    switch (recipe.from) {
      case 'nothing':
        return this.#madeUpKeys();
      case 'own': {
        if (recipe.ticket.from !== 'own') throw new RecipeFails('not a ticket of the own');
        const { MPKi, MPKr, sessionKeys } = this.#ownTicket(recipe.ticket);
        return { MPKi, MPKr, forked: undefined, sessionKeys };
      }
      case 'response': {
        const { response } = recipe;
        if (response.make !== 'kms') throw new RecipeFails('not a response of the KMS');
        const keys = this.openResponse(this.#read(response.to, heard), this.#read(response, heard), recipe.psk);
        if (!keys) throw new RecipeFails('the response does not open');
        return keys;
      }
    }
  }

  /** Opens a response of the KMS with a PSK, if that fits. */
  openResponse(request: Message<B>, response: Message<B>, psk: string): TicketKeys<B> | undefined {
    const A = this.#A;
    const input = {
      prfFunc: request.header.prfFunc,
      inkey: this.psk(psk).key,
      direction: 'response',
      csbId: request.header.csbId,
      RANDRi: optional(request.payloads, 'RANDR', randRoles.RANDRi)?.rand,
      RANDRr: optional(request.payloads, 'RANDR', randRoles.RANDRr)?.rand,
    } as const;
    const KEMAC = one(response.payloads, 'KEMAC');
    const t = as64Bits(A, one(response.payloads, 'T'));
    try {
      const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, input), csbId: input.csbId, t };
      const keys = openKeys(A, KEMAC, keying);
      const [first, second] = keys.filter(isMpk);
      if (!first) return undefined;
      const sessionKeys = keys.filter((key) => !isMpk(key));
      const IDRr = optional(response.payloads, 'IDR', idRoles.IDRr);
      const RANDRkms = optional(response.payloads, 'RANDR', randRoles.RANDRkms)?.rand;
      const modifier = IDRr && RANDRkms ? { idData: IDRr.data, RANDRkms } : undefined;
      const MPKi = first.key;
      if (modifier && second) return { MPKi, MPKr: undefined, forked: { MPKr: second.key, modifier }, sessionKeys };
      return { MPKi, MPKr: second?.key, forked: undefined, sessionKeys };
    } catch (error) {
      if (error instanceof MikeyError) return undefined;
      throw error;
    }
  }

  /** The PSK of a device or of another KMS. */
  psk(name: string): NamedKey<B> {
    const { psk } = this.#cast.credentialOf(name);
    if (!psk) throw new RangeError(`${name} has no PSK`);
    return psk;
  }

  /** Begins a message: the attacker draws the same fresh values for each, which can only help it. */
  #begin(): void {
    this.#cast.draw({ session: 0, depth: 0, epoch: this.epoch });
  }

  /** When the attacker makes its messages. */
  epoch = 0;

  #read(recipe: MessageRecipe, heard: Heard<B>): Message<B> {
    return this.#A.decode('Message', this.message(recipe, heard)).message;
  }

  /** The policy that an honest caller asks for or makes, in the name of somebody else. */
  #policy(named: string, responders: readonly string[]): TicketPayload<B>['policy'] {
    const A = this.#A;
    const [plan] = this.#cast.setup.callers;
    if (!plan) throw new RangeError('nobody calls');
    this.#begin();
    const { source } = this.#cast.inputOf(plan);
    if (source.from === 'held') throw new RangeError('the first call must get a ticket');
    const { policy } = source.from === 'KMS' ? source.request : source.creation;
    const tpData = {
      ...readTpData(A, policy.tpData),
      IDRi: uri(A, named),
      IDRr: responders.map((one_) => uri(A, one_)),
    };
    return { ...policy, tpData: writeTpData(A, tpData) };
  }

  /** A ticket of its own making: the same recipe gives the same ticket. */
  #ownTicket(recipe: Extract<TicketRecipe, { from: 'own' }>): HeldTicket<B> {
    const key = `${this.epoch}|${JSON.stringify(recipe)}`;
    const made = this.#ownTickets.get(key) ?? this.#newTicket(recipe);
    this.#ownTickets.set(key, made);
    return made;
  }

  #newTicket(recipe: Extract<TicketRecipe, { from: 'own' }>): HeldTicket<B> {
    const TPK = this.#cast.credentialOf(recipe.as).makerKey;
    if (!TPK) throw new RecipeFails(`${recipe.as} has no TPK`);
    const policy = this.#policy(recipe.IDRi, recipe.responders);
    const allowed = { allowed: true, rule: '', reason: '' };
    this.#begin();
    const created = createTicket(this.#env, {
      initiator: uri(this.#A, recipe.IDRi),
      TPK,
      policy: { ...policy, flags: { ...policy.flags, D: false } },
      // The attacker asks nobody.
      localPolicy: { create: () => allowed } as never,
    });
    if (!created.accepted) throw new RecipeFails(created.rejection.reason);
    return created.value;
  }

  #madeUpKeys(): TicketKeys<B> & { readonly MPKr: B } {
    const { keyLength } = this.#cast.suite;
    this.#begin();
    const { source } = this.#env;
    const MPKi = source.random(keyLength, 'made-up MPKi');
    const MPKr = source.random(keyLength, 'made-up MPKr');
    const spi = source.random(4, 'made-up SPI');
    const key = source.random(keyLength, 'made-up TGK');
    return {
      MPKi,
      MPKr,
      forked: undefined,
      sessionKeys: [{ kind: 'Key data', type: 0, key, kv: { kind: 'SPI', spi } }],
    };
  }

  /** Initiator Data; undefined if it is to be made with the keys at hand. */
  #data(
    recipe: DataRecipe,
    { heard, ticket }: { readonly heard: Heard<B>; readonly ticket: TicketPayload<B> },
  ): B | undefined {
    const { prfFunc, flags } = ticket.policy;
    switch (recipe.from) {
      case 'nothing': {
        const { macAlg, macLength } = this.#cast.suite;
        const V = { kind: 'V', authAlg: macAlg, mac: this.#madeUpRand(macLength) } as const;
        const { MPKr } = this.#madeUpKeys();
        return flags.I ? sealInitiatorData(this.#A, V, { prfFunc, MPKr }) : this.#A.octets('');
      }
      case 'message':
        return one(this.#read(recipe.message, heard).payloads, 'TICKET').initiatorData;
      case 'sealed':
        return undefined;
    }
  }

  #offer(recipe: Extract<MessageRecipe, { make: 'TRANSFER_INIT' }>, heard: Heard<B>): Message<B> {
    const A = this.#A;
    const ticket = this.ticket(recipe.ticket, heard);
    const keys = this.keys(recipe.keys, heard);
    const made = this.#data(recipe.data, { heard, ticket });
    const madeUp = this.#madeUpKeys();
    this.#begin();
    const held: HeldTicket<B> = {
      ticket,
      tpData: readTpData(A, ticket.policy.tpData),
      MPKi: keys.MPKi,
      MPKr: undefined,
      sessionKeys: keys.sessionKeys,
      used: true,
    };
    const call = {
      initiator: uri(A, recipe.IDRi),
      callee: uri(A, recipe.IDRr),
      policies: this.#cast.policies,
      streams: 1,
    };
    const built = buildTransferInit(this.#env, call, held);
    if (!built.accepted) throw new RecipeFails(built.rejection.reason);
    const { header, payloads } = built.value;
    const V = one(payloads, 'V');
    const MPKr = keys.MPKr ?? madeUp.MPKr;
    const { prfFunc, flags } = ticket.policy;
    const initiatorData = made ?? (flags.I ? sealInitiatorData(A, V, { prfFunc, MPKr }) : A.octets(''));
    return {
      header,
      payloads: payloads.map((payload) => (payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload)),
    };
  }

  #answer(recipe: Extract<MessageRecipe, { make: 'TRANSFER_RESP' }>, heard: Heard<B>): Message<B> {
    const A = this.#A;
    const offer = this.#read(recipe.to, heard);
    const ticket = one(offer.payloads, 'TICKET');
    const keys = this.keys(recipe.keys, heard);
    const { prfFunc, flags } = ticket.policy;
    const idData = uri(A, recipe.IDRr).data;
    const RANDRkms = this.#modifier(recipe.RANDRkms, { keys, heard });
    const modifier = flags.I ? { idData, RANDRkms } : undefined;
    const fork = (inkey: B, as: "MPKr'" | "TGK'"): B =>
      modifier && keys.MPKr ? forkKey(A, prfFunc, { inkey, as, modifier }) : inkey;
    const MPKr = keys.MPKr ? fork(keys.MPKr, "MPKr'") : keys.forked?.MPKr;
    this.#begin();
    const answered = answerOffer(this.#env, {
      offer,
      admitted: {
        ticket,
        tpData: readTpData(A, ticket.policy.tpData),
        tpkId: undefined,
        caller: one(offer.payloads, 'IDR', idRoles.IDRi),
        callee: one(offer.payloads, 'IDR', idRoles.IDRr),
      },
      resolved: {
        MPKi: keys.MPKi,
        MPKr: flags.I ? MPKr : undefined,
        sessionKeys: keys.sessionKeys.map((key) => (isForked(key) ? { ...key, key: fork(key.key, "TGK'") } : key)),
        IDRr: uri(A, recipe.IDRr),
        modifier,
        supplied: [],
        replay: { key: MPKr ?? keys.MPKi, until: 0n },
      },
      policies: this.#cast.policies,
      supplied: [],
    });
    if (!answered.accepted || !answered.value.message) throw new RecipeFails('no answer comes of it');
    return answered.value.message;
  }

  #modifier(recipe: ModifierRecipe, { keys, heard }: { readonly keys: TicketKeys<B>; readonly heard: Heard<B> }): B {
    switch (recipe.from) {
      case 'keys':
        if (!keys.forked) throw new RecipeFails('these keys are not forked');
        return keys.forked.modifier.RANDRkms;
      case 'message':
        return one(this.#read(recipe.message, heard).payloads, 'RANDR', randRoles.RANDRkms).rand;
      case 'nothing':
        return this.#madeUpRand(this.#cast.suite.keyLength);
    }
  }

  #madeUpRand(length: number): B {
    this.#begin();
    return this.#env.source.random(length, 'made-up RAND');
  }

  #changed(recipe: Extract<MessageRecipe, { make: 'changed' }>, heard: Heard<B>): Message<B> {
    const A = this.#A;
    const { header, payloads } = this.#read(recipe.message, heard);
    const change = (payload: Payload<B>): Payload<B> => {
      const { field, to } = recipe;
      if (field === 'KEMAC') {
        return payload.kind === 'KEMAC' ? { ...payload, encrData: this.#cast.flipKey(payload.encrData) } : payload;
      }
      if (field === 'IDRi' || field === 'IDRr') {
        const fits = payload.kind === 'IDR' && payload.role === idRoles[field];
        return fits ? { ...payload, data: A.text(to) } : payload;
      }
      const fits = payload.kind === 'RANDR' && payload.role === randRoles[field];
      return fits ? { ...payload, rand: this.#madeUpRand(A.length(payload.rand)) } : payload;
    };
    return { header, payloads: payloads.map(change) };
  }
}
