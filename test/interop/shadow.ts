/**
 * MIKEY-TICKET messages rewritten in the shape of RFC 3830, so that a dissector which knows nothing of RFC 6043 can walk every payload.
 *
 * Roles of RANDR and TR are dropped, TP and TICKET become a General Extension, GENERIC-ID becomes an empty map, and what is nested in
 * them becomes a message of its own. All lengths, algorithms, identities and MACs stay as they are.
 *
 * @module
 */
import type { Message } from '../../model/message/message.ts';
import type { Payload } from '../../model/message/payload.ts';
import { decode, encode } from '../../src/wire/codec.ts';

/** A rewritten message, and where it comes from. */
export interface Shadow {
  readonly name: string;
  readonly octets: Uint8Array;
  /** Kinds of its payloads, in order. */
  readonly kinds: readonly string[];
}

/** A type of General Extension that nobody uses. */
const stray = 200;

/** The shadows of one message: itself and what is nested in it. */
export function shadowsOf(message: Message<Uint8Array>, name: string): readonly Shadow[] {
  const nested = message.payloads.flatMap((payload): readonly Shadow[] => {
    if (payload.kind !== 'TP' && payload.kind !== 'TICKET') return [];
    const tpData = shadow(payload.policy.tpData, `${name}/TP Data`, 0);
    if (payload.kind === 'TP') return [tpData];
    const ticketData = decode('Ticket Data', payload.ticketData).payloads;
    const inner = [tpData, shadow(ticketData, `${name}/Ticket Data`, 0)];
    if (payload.initiatorData.length === 0) return inner;
    const initiatorData = decode('Initiator Data', payload.initiatorData).payloads;
    return [...inner, shadow(initiatorData, `${name}/Initiator Data`, 0)];
  });
  return [shadow(message.payloads, name, message.header.dataType), ...nested];
}

function shadow(payloads: readonly Payload<Uint8Array>[], name: string, dataType: number): Shadow {
  const rewritten = payloads.map(rewrite);
  const octets = encode({
    kind: 'Message',
    message: {
      header: { version: 1, dataType, v: false, prfFunc: 0, csbId: new Uint8Array(4), map: { type: 'Empty map' } },
      payloads: rewritten,
    },
  });
  return { name, octets, kinds: rewritten.map((payload) => payload.kind) };
}

function rewrite(payload: Payload<Uint8Array>): Payload<Uint8Array> {
  if (payload.kind === 'RANDR') return { kind: 'RAND', rand: payload.rand };
  // NTP-UTC-32 is as long as COUNTER.
  if (payload.kind === 'TR') return { kind: 'T', tsType: payload.value.length === 4 ? 2 : 0, value: payload.value };
  if (payload.kind === 'TP') {
    return { kind: 'General Ext.', type: stray, data: new Uint8Array([payload.policy.version]) };
  }
  return payload.kind === 'TICKET' ? { kind: 'General Ext.', type: stray, data: payload.ticketData } : payload;
}
