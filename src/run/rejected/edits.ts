/**
 * Changes of messages, one at a time. None of them touches a MAC: see `Workbench.sign`.
 *
 * @module
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import type { Header, GenericIdSession } from '../../../model/message/header.ts';
import { idr, uri } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { Payload, PayloadKind, TicketPolicy } from '../../../model/message/payload.ts';
import type { PayloadOf } from '../../../model/message/select.ts';
import { second } from '../../../model/message/timestamps.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { readTpData, writeTpData, type TpData } from '../../../model/policy/tpData.ts';
import { bytes } from '../byteRun.ts';

type Draft = Message<Uint8Array>;

/** A change of a message. */
export type Edit = (message: Draft) => Draft;

/** A change of a Ticket Policy. */
export type PolicyEdit = (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array>;

/** Replaces each payload of a kind, and of a role if one is given; nothing takes it out. */
export function replacing<K extends PayloadKind>(
  kind: K,
  change: (payload: PayloadOf<Uint8Array, K>) => readonly Payload<Uint8Array>[],
  role?: number,
): Edit {
  return ({ header, payloads }) => ({
    header,
    payloads: payloads.flatMap((payload) =>
      payload.kind === kind && (role === undefined || ('role' in payload && payload.role === role))
        ? change(payload as PayloadOf<Uint8Array, K>)
        : [payload],
    ),
  });
}

/** Takes a payload out. */
export function without(kind: PayloadKind, role?: number): Edit {
  return replacing(kind, () => [], role);
}

/** Puts a payload there twice. */
export function twice(kind: PayloadKind, role?: number): Edit {
  return replacing(kind, (payload) => [payload, payload], role);
}

/** Adds a payload where V begins. */
export function adding(payload: Payload<Uint8Array>): Edit {
  return replacing('V', (V) => [payload, V]);
}

/** Another name in an IDR payload. */
export function naming(role: keyof typeof idRoles, name: string): Edit {
  return replacing('IDR', (old) => [idr(role, { ...old, data: bytes.text(name) })], idRoles[role]);
}

/** A RAND that is cut off. @param length - octets that are left */
export function shortRand(role: keyof typeof randRoles, length: number): Edit {
  return replacing('RANDR', (old) => [{ ...old, rand: old.rand.slice(0, length) }], randRoles[role]);
}

/** A timestamp that lies that many seconds later; negative: earlier. */
export function later(seconds: number): Edit {
  return replacing('T', (T) => {
    const instant = (bytes.instant(T.tsType, T.value) ?? 0n) + BigInt(seconds) * second;
    return [{ ...T, value: bytes.timestamp(T.tsType, instant) }];
  });
}

/** A COUNTER in place of a time. */
export function counter(): Edit {
  return replacing('T', (T) => [{ ...T, tsType: tsTypes.COUNTER, value: bytes.octets('00000007') }]);
}

/** The same time in whole seconds, which may repeat. */
export function wholeSeconds(): Edit {
  const tsType = tsTypes['NTP-UTC-32'];
  return replacing('T', (T) => {
    return [{ ...T, tsType, value: bytes.timestamp(tsType, bytes.instant(T.tsType, T.value) ?? 0n) }];
  });
}

/** Another header. */
export function header(change: Partial<Header<Uint8Array>>): Edit {
  return (message) => ({ ...message, header: { ...message.header, ...change } });
}

/** Other crypto sessions in a GENERIC-ID map. */
export function sessions(
  change: (session: GenericIdSession<Uint8Array>, index: number) => readonly GenericIdSession<Uint8Array>[],
): Edit {
  return (message) => {
    const { map } = message.header;
    if (map.type !== 'GENERIC-ID') throw new RangeError('the message has no GENERIC-ID map');
    return { ...message, header: { ...message.header, map: { ...map, sessions: map.sessions.flatMap(change) } } };
  };
}

/** Another policy in TP, or in TICKET without its MAC knowing. */
export function policy(kind: 'TP' | 'TICKET', change: PolicyEdit): Edit {
  return replacing(kind, (payload) => [{ ...payload, policy: change(payload.policy) }]);
}

/** Another TP Data. */
export function tpData(change: (data: TpData<Uint8Array>) => Partial<TpData<Uint8Array>>): PolicyEdit {
  return (old) => {
    const data = readTpData(bytes, old.tpData);
    return { ...old, tpData: writeTpData(bytes, { ...data, ...change(data) }) };
  };
}

/** Other flags, by their letters. */
export function flags(letters: string): PolicyEdit {
  return (old) => ({ ...old, flags: flagsOf(letters) });
}

/** A validity period that was over an hour ago. */
export function expired(data: TpData<Uint8Array>): Partial<TpData<Uint8Array>> {
  const start = data.TRs ?? 0n;
  return { TRs: start - 7200n * second, TRe: start - 3600n * second };
}

/** A validity period that begins in half an hour. */
export function notYet(data: TpData<Uint8Array>): Partial<TpData<Uint8Array>> {
  return { TRs: (data.TRs ?? 0n) + 1800n * second };
}

/** An identity of an application, a user or a KMS. */
export function who(name: string): ReturnType<typeof uri<Uint8Array>> {
  return uri(bytes, name);
}

/** Octets with one bit of one of them turned over. @param at - from the start; negative: from the end */
export function flipped(octets: Uint8Array, at: number): Uint8Array {
  const place = at < 0 ? octets.length + at : at;
  return octets.map((octet, index) => (index === place ? octet ^ 1 : octet));
}
