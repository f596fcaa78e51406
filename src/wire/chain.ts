/**
 * Chains of payloads: each payload names the next one, the last one names none.
 *
 * What can stand in a chain depends on where the chain is. Key data sub-payloads stand in the plaintext of a KEMAC and nowhere
 * else; TP and TICKET hold chains themselves and stand in a message only, so nesting ends at depth two.
 *
 * Statements: rfc3830:6.1-6.
 *
 * @module
 * @see [RFC 3830, section 6.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1), Table 6.1.b
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import type { Omission } from '../../model/message/message.ts';
import type { Payload, PayloadKind } from '../../model/message/payload.ts';
import { nextPayloads } from '../../spec/registry/header.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import { fieldsOf, nth, type Field, type Part } from './field.ts';
import { chashCodec } from './payload/certHash.ts';
import { errCodec } from './payload/errorPayload.ts';
import { generalExtCodec } from './payload/generalExtension.ts';
import { certCodec, idCodec, idrCodec } from './payload/identity.ts';
import { kemacCodec } from './payload/kemac.ts';
import { keyDataCodec } from './payload/keyData.ts';
import type { Bytes, EncodeContext, PayloadCodec } from './payload/payloadCodec.ts';
import { dhCodec, pkeCodec, signCodec } from './payload/publicKey.ts';
import { randCodec, randrCodec } from './payload/rand.ts';
import { spCodec } from './payload/securityPolicy.ts';
import { ticketCodec, tpCodec } from './payload/ticket.ts';
import { tCodec, trCodec } from './payload/timestamp.ts';
import { vCodec } from './payload/verification.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Where a chain is. */
export type ChainPlace = 'Message' | 'TP Data' | 'Ticket Data' | 'Initiator Data' | 'Key data';

/** What comes next: a kind of payload, or undefined after the last one. */
export type Link = PayloadKind | undefined;

const codecs: { readonly [K in PayloadKind]: PayloadCodec<K> } = {
  KEMAC: kemacCodec,
  PKE: pkeCodec,
  DH: dhCodec,
  SIGN: signCodec,
  T: tCodec,
  ID: idCodec,
  CERT: certCodec,
  CHASH: chashCodec,
  V: vCodec,
  SP: spCodec,
  RAND: randCodec,
  ERR: errCodec,
  TR: trCodec,
  IDR: idrCodec,
  RANDR: randrCodec,
  TP: tpCodec,
  TICKET: ticketCodec,
  'Key data': keyDataCodec,
  'General Ext.': generalExtCodec,
};

/** The kinds by payload number. */
const kinds: ReadonlyMap<number, PayloadKind> = new Map(
  Object.values(codecs).map(({ kind }) => [nextPayloads[kind], kind]),
);

/** The next payload field of HDR and of every payload but SIGN (rfc3830:6.1, rfc6043:6.1-2). */
export const nextPayloadField = fieldsOf('rfc3830:6.1')('Next payload', 8);

/** The octet in front of TP Data and Initiator Data (rfc6043:6.10-51, rfc6043:6.10-74). */
export const firstPayloadField = fieldsOf('rfc6043:6.10')('First Payload', 8);

/**
 * Reads a field that names a payload.
 *
 * @param field - Next payload or First Payload
 * @param place - which chain it is in
 * @throws MikeyError ERR_UNSUPPORTED_PAYLOAD if the payload's layout is not known, ERR_MALFORMED if it cannot stand here
 */
export function readLink(reader: Reader, field: Field, place: ChainPlace): Link {
  const number = reader.number(field);
  if (number === nextPayloads['Last payload']) return undefined;
  const kind = kinds.get(number);
  if (kind === undefined) {
    const name = nameOf(nextPayloads, number);
    const what = name === undefined ? 'is not assigned' : `(${name}) is not decoded here`;
    throw reader.error('ERR_UNSUPPORTED_PAYLOAD', `payload ${number} ${what}, so its length is not known`, field);
  }
  if (!mayStand(kind, place)) throw reader.error('ERR_MALFORMED', misplaced(kind, place), field);
  return kind;
}

/**
 * Writes a field that names the first payload of a chain.
 *
 * @param field - Next payload or First Payload
 */
export function writeLink(writer: Writer, field: Field, chain: readonly Payload<Bytes>[]): void {
  const [first] = chain;
  writer.number(first ? nextPayloads[first.kind] : nextPayloads['Last payload'], field);
}

/**
 * Reads a chain to its end.
 *
 * @param first - the kind of the first payload; undefined if the chain is empty
 * @param place - which chain it is
 * @throws MikeyError
 */
export function readChain(reader: Reader, first: Link, place: ChainPlace): readonly Payload<Bytes>[] {
  const payloads: Payload<Bytes>[] = [];
  const seen = new Map<PayloadKind, number>();
  const context = { decodeNested: (inner: Reader) => readNested(inner, 'TP Data') };
  let link = first;
  while (link !== undefined) {
    const codec = codecOf(link);
    const { payload, next } = reader.group({ name: count(seen, link), clause: codec.clause }, () => {
      // Nothing follows SIGN: it has no next payload field (rfc3830:6.5).
      const next = codec.kind === 'SIGN' ? undefined : readLink(reader, nextPayloadField, place);
      return { next, payload: codec.decode(reader, context) };
    });
    payloads.push(payload);
    link = next;
  }
  return payloads;
}

/**
 * Writes a chain.
 *
 * @param options - which chain it is, and what to leave out. 'MAC field' concerns the last payload only, which must be V or SIGN.
 * @throws MikeyError ERR_MALFORMED if a payload cannot stand where it stands, ERR_MISSING_PAYLOAD if the MAC field is to be left
 *   out and there is none
 */
export function writeChain(
  writer: Writer,
  payloads: readonly Payload<Bytes>[],
  { place, omit }: { readonly place: ChainPlace; readonly omit: readonly Omission[] },
): void {
  const last = payloads.at(-1)?.kind;
  if (omit.includes('MAC field') && last !== 'V' && last !== 'SIGN') {
    throw writer.error('ERR_MISSING_PAYLOAD', 'there is no MAC to leave out: the last payload is neither V nor SIGN', {
      name: 'MAC field',
      clause: 'rfc6043:5.5',
    });
  }
  const seen = new Map<PayloadKind, number>();
  for (const [index, payload] of payloads.entries()) {
    const rest = payloads.slice(index + 1, index + 2);
    const codec = codecOf(payload.kind);
    const context: EncodeContext = {
      omit: rest.length === 0 ? omit : omit.filter((omission) => omission !== 'MAC field'),
      encodeNested: (inner, nested) => writeNested(inner, nested, { place: 'TP Data', omit: [] }),
    };
    const whole: Part = { name: count(seen, payload.kind), clause: codec.clause };
    if (!mayStand(payload.kind, place)) throw writer.error('ERR_MALFORMED', misplaced(payload.kind, place), whole);
    if (payload.kind === 'SIGN' && rest.length > 0) {
      throw writer.error('ERR_MALFORMED', 'nothing can follow SIGN', whole);
    }
    writer.group(whole, () => {
      if (payload.kind !== 'SIGN') writeLink(writer, nextPayloadField, rest);
      codec.encode(writer, payload, context);
    });
  }
}

/** Reads a chain in front of which an octet names its first payload. */
export function readNested(reader: Reader, place: ChainPlace): readonly Payload<Bytes>[] {
  return readChain(reader, readLink(reader, firstPayloadField, place), place);
}

/** Writes a chain in front of which an octet names its first payload. */
export function writeNested(
  writer: Writer,
  payloads: readonly Payload<Bytes>[],
  options: { readonly place: ChainPlace; readonly omit: readonly Omission[] },
): void {
  writeLink(writer, firstPayloadField, payloads);
  writeChain(writer, payloads, options);
}

/** Counts a payload of a chain. Returns its name there: `IDR`, `IDR[2]`, ... */
function count(seen: Map<PayloadKind, number>, kind: PayloadKind): string {
  const n = (seen.get(kind) ?? 0) + 1;
  seen.set(kind, n);
  return nth(kind, n);
}

/** The codec of a kind that is known at run time only. */
function codecOf(kind: PayloadKind): PayloadCodec<PayloadKind> {
  return codecs[kind] as unknown as PayloadCodec<PayloadKind>;
}

function mayStand(kind: PayloadKind, place: ChainPlace): boolean {
  if (kind === 'Key data') return place === 'Key data';
  if (kind === 'TP' || kind === 'TICKET') return place === 'Message';
  return place !== 'Key data';
}

function misplaced(kind: PayloadKind, place: ChainPlace): string {
  return `${kind} cannot stand in ${place === 'Message' ? 'a message' : place}`;
}
