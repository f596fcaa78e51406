/**
 * Arbitraries for every payload, and for everything that has an encoding of its own.
 *
 * @module
 */
import * as fc from 'fast-check';
import type { CsIdMap, GenericIdSession, Header } from '../../model/message/header.ts';
import type { Message, Syntax, SyntaxKind, SyntaxOf } from '../../model/message/message.ts';
import type { KeyDataPayload, KeyValidity, Payload, PayloadKind } from '../../model/message/payload.ts';
import type { PayloadOf } from '../../model/message/select.ts';
import { flagNames, type TicketFlags, type TicketPolicy } from '../../model/message/ticketPolicy.ts';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { macAlgs } from '../../spec/registry/kemac.ts';
import { dhGroups } from '../../spec/registry/publicKey.ts';
import { protTypes } from '../../spec/registry/sp.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { encode } from '../../src/wire/codec.ts';

type Bytes = Uint8Array;

/** Octets, up to `max` of them. */
export function octets(max: number): fc.Arbitrary<Bytes> {
  return fc.uint8Array({ maxLength: max }).map((value) => new Uint8Array(value));
}

/** Exactly `length` octets. */
export function octetsOf(length: number): fc.Arbitrary<Bytes> {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((value) => new Uint8Array(value));
}

/** An unsigned integer of so many bits. */
export function number(bits: number): fc.Arbitrary<number> {
  return fc.nat(2 ** bits - 1);
}

/** A record with the prototype of ordinary objects, so that it equals what a decoder returns. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const stamp = fc.oneof(
  record({ tsType: fc.constantFrom(tsTypes['NTP-UTC'], tsTypes.NTP), value: octetsOf(8) }),
  record({ tsType: fc.constantFrom(tsTypes.COUNTER, tsTypes['NTP-UTC-32']), value: octetsOf(4) }),
);

const macs = fc.oneof(
  record({ alg: fc.constant(macAlgs.NULL), mac: octetsOf(0) }),
  record({ alg: fc.constant(macAlgs['HMAC-SHA-1-160']), mac: octetsOf(20) }),
  record({ alg: fc.constant(macAlgs['HMAC-SHA-256-256']), mac: octetsOf(32) }),
);

const keyValidity: fc.Arbitrary<KeyValidity<Bytes>> = fc.oneof(
  fc.constant({ kind: 'Null' } as const),
  record({ kind: fc.constant('SPI' as const), spi: octets(8) }),
  record({ kind: fc.constant('Interval' as const), from: octets(8), to: octets(8) }),
);

/** Key data sub-payload. */
export const keyData: fc.Arbitrary<KeyDataPayload<Bytes>> = record({
  type: fc.constantFrom(...Object.values(keyDataTypes)),
  key: octets(40),
  salt: octets(16),
  kv: keyValidity,
}).map(({ type, key, salt, kv }) => {
  const unsalted = { kind: 'Key data', type, key, kv } as const;
  const salted: readonly number[] = [keyDataTypes['TGK+SALT'], keyDataTypes['TEK+SALT'], keyDataTypes['GTGK+SALT']];
  return salted.includes(type) ? { ...unsalted, salt } : unsalted;
});

/** Payloads that hold no chain and can be followed by others. */
const simple = {
  T: stamp.map((value) => ({ kind: 'T', ...value }) as const),
  TR: record({ role: number(8), stamp }).map(({ role, stamp }) => ({ kind: 'TR', role, ...stamp }) as const),
  ID: record({ kind: fc.constant('ID' as const), idType: number(8), data: octets(30) }),
  IDR: record({ kind: fc.constant('IDR' as const), role: number(8), idType: number(8), data: octets(30) }),
  CERT: record({ kind: fc.constant('CERT' as const), certType: number(8), data: octets(60) }),
  CHASH: fc
    .oneof(
      record({ hashFunc: fc.constant(hashFuncs['SHA-1']), hash: octetsOf(20) }),
      record({ hashFunc: fc.constant(hashFuncs.MD5), hash: octetsOf(16) }),
      record({ hashFunc: fc.constant(hashFuncs['SHA-256']), hash: octetsOf(32) }),
    )
    .map((value) => ({ kind: 'CHASH', ...value }) as const),
  V: macs.map(({ alg, mac }) => ({ kind: 'V', authAlg: alg, mac }) as const),
  SP: record({
    kind: fc.constant('SP' as const),
    policyNo: number(8),
    protType: number(8),
    params: fc.array(record({ type: number(8), value: octets(6) }), { maxLength: 5 }),
  }),
  RAND: record({ kind: fc.constant('RAND' as const), rand: octets(40) }),
  RANDR: record({ kind: fc.constant('RANDR' as const), role: number(8), rand: octets(40) }),
  ERR: record({ kind: fc.constant('ERR' as const), errorNo: number(8), reserved: number(16) }),
  KEMAC: record({ encrAlg: number(8), encrData: octets(60), macs }).map(
    ({ encrAlg, encrData, macs: { alg, mac } }) => ({ kind: 'KEMAC', encrAlg, encrData, macAlg: alg, mac }) as const,
  ),
  PKE: record({ kind: fc.constant('PKE' as const), cache: number(2), data: octets(80) }),
  DH: record({
    value: fc.oneof(
      record({ group: fc.constant(dhGroups['OAKLEY 5']), value: octetsOf(192) }),
      record({ group: fc.constant(dhGroups['OAKLEY 1']), value: octetsOf(96) }),
      record({ group: fc.constant(dhGroups['OAKLEY 2']), value: octetsOf(128) }),
    ),
    reserved: number(4),
    kv: keyValidity,
  }).map(({ value, reserved, kv }) => ({ kind: 'DH', ...value, reserved, kv }) as const),
  'General Ext.': record({ kind: fc.constant('General Ext.' as const), type: number(8), data: octets(40) }),
};

const sign: fc.Arbitrary<PayloadOf<Bytes, 'SIGN'>> = record({
  kind: fc.constant('SIGN' as const),
  sType: number(4),
  signature: octets(80),
});

const v: fc.Arbitrary<PayloadOf<Bytes, 'V'>> = simple.V;

/** A chain of `inner` payloads, now and then with SIGN at its end. */
function chainOf(inner: fc.Arbitrary<Payload<Bytes>>, maxLength: number): fc.Arbitrary<readonly Payload<Bytes>[]> {
  return record({ chain: fc.array(inner, { maxLength }), end: fc.option(sign, { freq: 5, nil: undefined }) }).map(
    ({ chain, end }) => (end ? [...chain, end] : chain),
  );
}

/** Chains as in TP Data, Ticket Data and Initiator Data. */
const innerChain = chainOf(fc.oneof<fc.Arbitrary<Payload<Bytes>>[]>(...Object.values(simple)), 5);

const flags = record(
  Object.fromEntries(flagNames.map((name) => [name, fc.boolean()])),
) as unknown as fc.Arbitrary<TicketFlags>;

/** A Ticket Policy: any type, flags and TP Data. */
export const ticketPolicy: fc.Arbitrary<TicketPolicy<Bytes>> = record({
  ticketType: number(16),
  subtype: number(8),
  version: number(8),
  prfFunc: number(7),
  flags,
  res: number(5),
  tpData: innerChain,
});

/** Ticket Data of a MIKEY base ticket. */
export const ticketData: fc.Arbitrary<SyntaxOf<Bytes, 'Ticket Data'>> = record({
  kind: fc.constant('Ticket Data' as const),
  thdr: record({ kind: fc.constant('THDR' as const), data: octets(10) }),
  payloads: innerChain,
});

/** Ticket Data that ends in V. */
export const sealedTicketData: fc.Arbitrary<SyntaxOf<Bytes, 'Ticket Data'>> = fc
  .tuple(ticketData, v)
  .map(([data, last]) => ({ ...data, payloads: [...data.payloads.filter(({ kind }) => kind !== 'SIGN'), last] }));

/** Initiator Data. */
export const initiatorData: fc.Arbitrary<SyntaxOf<Bytes, 'Initiator Data'>> = record({
  kind: fc.constant('Initiator Data' as const),
  payloads: innerChain,
});

/** TICKET with real Ticket Data and Initiator Data, or any octets in their place. */
export const ticket: fc.Arbitrary<PayloadOf<Bytes, 'TICKET'>> = record({
  kind: fc.constant('TICKET' as const),
  policy: ticketPolicy,
  ticketData: fc.oneof(
    ticketData.map((data) => encode(data)),
    octets(60),
  ),
  initiatorData: fc.oneof(
    initiatorData.map((data) => encode(data)),
    octets(60),
    fc.constant(new Uint8Array()),
  ),
});

/** One arbitrary for each kind of payload. */
export const payloads: { readonly [K in PayloadKind]: fc.Arbitrary<PayloadOf<Bytes, K>> } = {
  ...simple,
  SIGN: sign,
  'Key data': keyData,
  TP: record({ kind: fc.constant('TP' as const), policy: ticketPolicy }),
  TICKET: ticket,
};

const genericSession: fc.Arbitrary<GenericIdSession<Bytes>> = record({
  csId: number(8),
  protType: number(8),
  s: fc.boolean(),
  policies: fc.array(number(8), { maxLength: 4 }),
  open: fc.boolean(),
  full: octetsOf(10),
  spi: octets(6),
}).map(({ open, full, ...rest }) => {
  const length = rest.protType === protTypes.SRTP && !rest.s ? 4 : 10;
  return { ...rest, sessionData: open ? new Uint8Array() : full.slice(0, length) };
});

/** A CS ID map of any type. */
export const csIdMap: fc.Arbitrary<CsIdMap<Bytes>> = fc.oneof(
  fc.constant({ type: 'Empty map' } as const),
  record({
    type: fc.constant('SRTP-ID' as const),
    sessions: fc.array(record({ policyNo: number(8), ssrc: octetsOf(4), roc: number(32) }), { maxLength: 4 }),
  }),
  record({ type: fc.constant('GENERIC-ID' as const), sessions: fc.array(genericSession, { maxLength: 4 }) }),
);

/** HDR. */
export const header: fc.Arbitrary<Header<Bytes>> = record({
  version: fc.constant(1),
  dataType: number(8),
  v: fc.boolean(),
  prfFunc: number(7),
  csbId: octetsOf(4),
  map: csIdMap,
});

/** A whole message with any payloads in any order. */
export const message: fc.Arbitrary<Message<Bytes>> = record({
  header,
  payloads: chainOf(fc.oneof<fc.Arbitrary<Payload<Bytes>>[]>(...Object.values(simple), payloads.TP, ticket), 8),
});

/** A message that ends in V. */
export const macedMessage: fc.Arbitrary<Message<Bytes>> = fc.tuple(message, v).map(([{ header, payloads }, last]) => ({
  header,
  payloads: [...payloads.filter(({ kind }) => kind !== 'SIGN'), last],
}));

/** One arbitrary for each kind of encodable thing. */
export const syntaxes: { readonly [K in SyntaxKind]: fc.Arbitrary<SyntaxOf<Bytes, K>> } = {
  Message: message.map((message) => ({ kind: 'Message', message })),
  'Ticket Data': ticketData,
  'Initiator Data': initiatorData,
  'Key data': fc.array(keyData, { maxLength: 5 }).map((keys) => ({ kind: 'Key data', keys })),
  TICKET: ticket.map((ticket) => ({ kind: 'TICKET', ticket })),
};

/** Any encodable thing. */
export const syntax: fc.Arbitrary<Syntax<Bytes>> = fc.oneof<fc.Arbitrary<Syntax<Bytes>>[]>(...Object.values(syntaxes));
