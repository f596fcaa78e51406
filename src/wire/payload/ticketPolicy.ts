/**
 * The Ticket Policy: what TP and TICKET have in common.
 *
 *     | Ticket Type 16 | Subtype 8 | Version 8 | PRF Func 7 | D E F G H I J K L M N O, 1 each | Res 5 |
 *     | TP Data length 16 | TP Data: First Payload 8, chain of payloads ... |
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { flagNames, type FlagName, type TicketFlags, type TicketPolicy } from '../../../model/message/ticketPolicy.ts';
import { fieldsOf, type Field, type Part } from '../field.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import type { Bytes, DecodeContext, EncodeContext } from './payloadCodec.ts';

/** The common layout of TP and TICKET. */
const clause = 'rfc6043:6.10-10';
const field = fieldsOf(clause);
const ticketType = field('Ticket Type', 16);
const subtype = field('Subtype', 8);
const version = field('Version', 8);
const prfFunc = fieldsOf('rfc6043:6.10-14')('PRF Func', 7);
const res = fieldsOf('rfc6043:6.10-48')('Res', 5);
const tpDataLength = field('TP Data length', 16);
const tpData: Part = { name: 'TP Data', clause: 'rfc6043:6.10-51' };

/** The statement that defines each flag. */
const flagClauses: Readonly<Record<FlagName, string>> = {
  D: 'rfc6043:6.10-15',
  E: 'rfc6043:6.10-16',
  F: 'rfc6043:6.10-19',
  G: 'rfc6043:6.10-22',
  H: 'rfc6043:6.10-25',
  I: 'rfc6043:6.10-28',
  J: 'rfc6043:6.10-31',
  K: 'rfc6043:6.10-35',
  L: 'rfc6043:6.10-38',
  M: 'rfc6043:6.10-41',
  N: 'rfc6043:6.10-44',
  O: 'rfc6043:6.10-46',
};

/** Writes a Ticket Policy. Reserved bits go out as they are (rfc6043:6.10-48). */
export function writeTicketPolicy(writer: Writer, policy: TicketPolicy<Bytes>, context: EncodeContext): void {
  writer.number(policy.ticketType, ticketType);
  writer.number(policy.subtype, subtype);
  writer.number(policy.version, version);
  writer.packed([
    [policy.prfFunc, prfFunc],
    ...flagNames.map((name) => [policy.flags[name] ? 1 : 0, flagField(name)] as const),
    [policy.res, res],
  ]);
  writer.measured(tpDataLength, () => {
    writer.group(tpData, () => context.encodeNested(writer, policy.tpData));
  });
}

/** Reads a Ticket Policy. TP Data consists of payloads and nothing else (rfc6043:6.10-49). */
export function readTicketPolicy(reader: Reader, context: DecodeContext): TicketPolicy<Bytes> {
  const type = reader.number(ticketType);
  const sub = reader.number(subtype);
  const ver = reader.number(version);
  const [prf, ...rest] = reader.packed([prfFunc, ...flagNames.map(flagField), res]);
  const flags = Object.fromEntries(flagNames.map((name, index) => [name, rest[index] === 1])) as TicketFlags;
  const reserved = rest[flagNames.length] ?? 0;
  const payloads = reader.within(tpData, reader.number(tpDataLength), () => context.decodeNested(reader));
  return { ticketType: type, subtype: sub, version: ver, prfFunc: prf, flags, res: reserved, tpData: payloads };
}

function flagField(name: FlagName): Field {
  return { name, bits: 1, clause: flagClauses[name] };
}
