/**
 * Somebody in the middle who knows every key of an honest run: it changes messages on their way so that their MACs hold again, and
 * reseals tickets. What a party then turns down, it turns down for the one reason that was changed.
 *
 * Plays with one seed draw the same keys, so the keys of a first, honest play fit the second one.
 *
 * @module
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import { uri, type Identity } from '../../model/message/identity.ts';
import type { Message } from '../../model/message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../../model/message/payload.ts';
import type { TicketPolicy } from '../../model/message/ticketPolicy.ts';
import { all } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Intercept } from '../../model/modes/network.ts';
import type { NamedKey } from '../../model/policy/account.ts';
import { appendV, macHolds } from '../../model/protection/authentication.ts';
import { openKeys, sealKeys } from '../../model/protection/keyTransport.ts';
import { openTicketKeys, readTicketData, sealTicket, ticketMacHolds } from '../../model/ticket/baseTicket.ts';
import { initiatorDataHolds, sealInitiatorData } from '../../model/ticket/initiatorData.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import type { BytesPlayed } from './plays.ts';
import { only, type Hop } from './runs.ts';
import { encoded, withPayloads, type Change } from './tamper.ts';

type M = Message<Uint8Array>;
type Keys = readonly KeyDataPayload<Uint8Array>[];

/** Which message: the `nth` of a type (from 1) that goes to a party. */
export interface Where {
  readonly type: string;
  readonly to: string;
  readonly nth?: number;
}

/** What a resealed ticket is to be. */
export interface Reseal {
  readonly policy?: (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array>;
  readonly keys?: (keys: Keys) => Keys;
  /** RAND of the ticket. */
  readonly RAND?: Uint8Array;
  readonly TPK?: NamedKey<Uint8Array>;
}

/** An environment of the forger's own. */
export const forgerEnv: Env<Uint8Array> = {
  algebra: bytes,
  source: interpretation('forger').sourceOf('forger'),
  profile: strictProfile,
};

/** The forger. */
export class Forger {
  readonly #secrets: BytesPlayed['trace']['secrets'];
  readonly #people: readonly Identity<Uint8Array>[];

  /** @param honest - plays whose secrets it knows */
  constructor(...honest: readonly BytesPlayed[]) {
    this.#secrets = honest.flatMap((one) => one.trace.secrets);
    const names = new Set(honest.flatMap((one) => one.trace.parties.map((party) => party.identity)));
    this.#people = [...names].map((name) => uri(bytes, name));
  }

  /** Changes a message on its way, resigned with the key that it came with. */
  at(where: Where, change: (message: M) => M, more: { readonly stale?: boolean } = {}): Intercept<Uint8Array> {
    const seen: M[] = [];
    return intercepting(where, (hop) => [this.octets(hop.message, change(hop.message), { seen, ...more })], seen);
  }

  /** The octets of a changed message with a MAC that holds. */
  octets(original: M, message: M, more: { readonly seen?: readonly M[]; readonly stale?: boolean } = {}): Uint8Array {
    const signed = this.sign(original, message, more);
    return encoded(more.stale === true || signed === undefined ? message : signed);
  }

  /**
   * Signs a changed message with the key of the original one, whichever of the known ones that is.
   *
   * @param more - messages that went by before, and for a response another initial message than it answered
   */
  sign(
    original: M,
    message: M,
    { seen = [], initial: other }: { readonly seen?: readonly M[]; readonly initial?: M } = {},
  ): M | undefined {
    const first = initialOf(original, seen);
    const inkey = this.keyOf(original, first);
    if (!inkey) return undefined;
    const initial = other ?? first;
    const macAlg = only(original, 'V').authAlg;
    const bare = { header: message.header, payloads: message.payloads.filter(({ kind }) => kind !== 'V') };
    const authKey = messageAuthKey(bytes, macAlg, keyInput(message, { initial, inkey }));
    const [cover] = this.#coverages(original, initial);
    const signed = appendV(bytes, bare, { macAlg, authKey, cover: (draft) => cover!(draft) });
    return original.header.dataType === message.header.dataType ? this.#withInitiatorData(original, signed) : signed;
  }

  /** The key that protects a message. */
  keyOf(message: M, initial?: M): Uint8Array | undefined {
    return this.#secrets.map(({ value }) => value).find((key) => this.#covers(message, initial, key) !== undefined);
  }

  /** Replaces the ticket of a message by one that is resealed under its TPK. */
  resealed(how: Reseal): Change {
    return (message) =>
      withPayloads(message, (payload) => [payload.kind === 'TICKET' ? this.reseal(payload, how) : payload]);
  }

  /** A ticket with another policy or other keys, under its TPK or another one. */
  reseal(ticket: TicketPayload<Uint8Array>, how: Reseal): TicketPayload<Uint8Array> {
    const data = readTicketData(bytes, ticket);
    const old = this.#secrets.find(({ value }) => ticketMacHolds(bytes, ticket, { TPK: value, data }));
    if (!old) throw new Error('the forger does not know the TPK');
    const keys = openTicketKeys(bytes, ticket, { TPK: old.value, data });
    const { source } = forgerEnv;
    const RAND = how.RAND ?? data.RAND.rand;
    const env = { ...forgerEnv, source: { now: () => source.now(), random: () => RAND } };
    const sealed = sealTicket(env, how.policy?.(ticket.policy) ?? ticket.policy, {
      TPK: how.TPK ?? { id: data.IDRpsk!, key: old.value },
      keys: how.keys?.(keys) ?? keys,
    });
    return { ...sealed.ticket, initiatorData: ticket.initiatorData };
  }

  /** The keys in the KEMAC of a response, changed. */
  rekeyed(response: M, change: (keys: Keys) => Keys, seen: readonly M[]): M {
    const initial = initialOf(response, seen)!;
    const inkey = this.keyOf(response, initial)!;
    const KEMAC = only(response, 'KEMAC');
    const input = keyInput(response, { initial, inkey });
    const keying = {
      ...messageEncrKeys(bytes, KEMAC.encrAlg, input),
      csbId: input.csbId,
      t: as64Bits(bytes, only(response, 'T')),
    };
    const keys = change(openKeys(bytes, KEMAC, keying));
    const sealed = sealKeys(bytes, KEMAC.encrAlg, { keying, keys });
    return withPayloads(response, (payload) => [payload.kind === 'KEMAC' ? sealed : payload]);
  }

  /** The coverage of a message under which its MAC holds with a key; undefined if it does not hold. */
  #covers(message: M, initial: M | undefined, inkey: Uint8Array): ((draft: M) => Uint8Array) | undefined {
    const V = only(message, 'V');
    const authKey = messageAuthKey(bytes, V.authAlg, keyInput(message, { initial, inkey }));
    return this.#coverages(message, initial).find((cover) => macHolds(bytes, V, { authKey, data: cover(message) }));
  }

  #coverages(message: M, initial: M | undefined): readonly ((draft: M) => Uint8Array)[] {
    if (initial) return [(draft) => responseCoverage(bytes, draft, initial)];
    const type = messageTypeName(message.header.dataType);
    const roles = {
      REQUEST_INIT_PSK: ['IDRi', 'IDRkms'],
      RESOLVE_INIT_PSK: ['IDRr', 'IDRkms'],
      TRANSFER_INIT: ['IDRi', 'IDRr'],
    }[type] as readonly (keyof typeof idRoles)[] | undefined;
    if (!roles) throw new Error(`nobody signs ${type} alone`);
    const cover = type === 'TRANSFER_INIT' ? transferInitCoverage : initialCoverage;
    // Identities come from the payloads of the draft: a changed one goes under the MAC.
    const named = (draft: M): readonly Identity<Uint8Array>[] =>
      roles.map((role) => all(draft.payloads, 'IDR', idRoles[role])[0] ?? this.#people[0]!);
    return [(draft) => cover(bytes, draft, named(draft))];
  }

  #withInitiatorData(original: M, signed: M): M {
    const [ticket] = all(original.payloads, 'TICKET');
    if (!ticket || ticket.initiatorData.length === 0 || only(signed, 'TICKET').initiatorData.length === 0)
      return signed;
    if (messageTypeName(signed.header.dataType) !== 'TRANSFER_INIT') return signed;
    const { prfFunc } = ticket.policy;
    const MPKr = this.#secrets.find(({ value }) =>
      initiatorDataHolds(bytes, ticket.initiatorData, { prfFunc, MPKr: value }),
    )?.value;
    if (!MPKr) return signed;
    const initiatorData = sealInitiatorData(bytes, only(signed, 'V'), { prfFunc, MPKr });
    return withPayloads(signed, (payload) => [payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload]);
  }
}

/** Lets `change` decide about one message, and passes on everything else. @param seen - what went by is put there */
export function intercepting(
  { type, to, nth = 1 }: Where,
  change: (hop: Hop) => readonly Uint8Array[],
  seen: M[] = [],
): Intercept<Uint8Array> {
  let count = 0;
  return (hop) => {
    seen.push(hop.message);
    if (hop.type !== type || hop.to !== to) return [hop.octets];
    count += 1;
    return count === nth ? change(hop) : [hop.octets];
  };
}

/** The initial message that a response answers: the latest of its CSB ID; undefined for an initial message. */
function initialOf(message: M, seen: readonly M[]): M | undefined {
  const type = messageTypeName(message.header.dataType);
  if (!type.endsWith('RESP')) return undefined;
  const initial = seen.findLast(
    ({ header }) =>
      messageTypeName(header.dataType).includes('INIT') && bytes.equal(header.csbId, message.header.csbId),
  );
  if (!initial) throw new Error(`no initial message for ${type}`);
  return initial;
}

function keyInput(
  message: M,
  { initial, inkey }: { readonly initial: M | undefined; readonly inkey: Uint8Array },
): MessageKeyInput<Uint8Array> {
  const first = initial ?? message;
  const rand = (from: M, role: keyof typeof randRoles): Uint8Array | undefined =>
    all(from.payloads, 'RANDR', randRoles[role])[0]?.rand;
  return {
    prfFunc: first.header.prfFunc,
    inkey,
    direction: initial ? 'response' : 'initial',
    csbId: first.header.csbId,
    RANDRi: rand(first, 'RANDRi'),
    RANDRr: rand(first, 'RANDRr') ?? (initial && rand(message, 'RANDRr')),
  };
}

/** Changes the identity of a role in a message. */
export function renamed(role: keyof typeof idRoles, name: string): Change {
  const data = Buffer.from(name);
  return (message) =>
    withPayloads(message, (payload) => [
      payload.kind === 'IDR' && payload.role === idRoles[role] ? { ...payload, data } : payload,
    ]);
}

/** Flips the last bit of octets. */
export function flipped(octets: Uint8Array): Uint8Array {
  return octets.map((octet, index) => (index === octets.length - 1 ? octet ^ 1 : octet));
}
