/**
 * Headers of the exchanges: initial ones, and responses that repeat them.
 *
 * Statements: rfc6043:6.1-5; rfc3830:6.1-9, -10, -11, -12, -13.
 *
 * @module
 * @see [RFC 6043, section 4.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2)
 */
import { dataTypes } from '../../spec/registry/header.ts';
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import type { Env } from '../guard/profile.ts';
import { suiteOfMac, suiteOfPrf, type Suite } from '../keys/suite.ts';
import type { CsIdMap, Header } from '../message/header.ts';
import type { Message } from '../message/message.ts';
import { optional } from '../message/select.ts';

/** The name of a data type of RFC 6043. */
export type TicketMessageType =
  | 'REQUEST_INIT_PSK'
  | 'REQUEST_INIT_PK'
  | 'REQUEST_RESP'
  | 'TRANSFER_INIT'
  | 'TRANSFER_RESP'
  | 'RESOLVE_INIT_PSK'
  | 'RESOLVE_INIT_PK'
  | 'RESOLVE_RESP';

/** Length of a CSB ID in octets. */
const csbIdLength = 4;

/**
 * The header of an initial message, with a CSB ID chosen at random (RFC 3830, 6.1). The V flag follows the exchange sections:
 * 1 where a response is mandatory, F in TRANSFER_INIT (rfc6043:4.2.1.1-3, rfc6043:4.2.3.1-3, rfc6043:4.2.2.1-3; finding A9).
 *
 * @param fields - V, PRF func, map, and the CSB IDs that this party uses already and so must not use again (rfc3830:6.1-11)
 * @throws RangeError if the source of randomness yields nothing but CSB IDs in use: it is broken
 */
export function initialHeader<B>(
  env: Env<B>,
  type: TicketMessageType,
  fields: {
    readonly v: boolean;
    readonly prfFunc: number;
    readonly map: CsIdMap<B>;
    readonly inUse?: readonly B[] | undefined;
  },
): Header<B> {
  return {
    version: 1,
    dataType: dataTypes[type],
    v: fields.v,
    prfFunc: fields.prfFunc,
    csbId: newCsbId(env, fields.inUse ?? []),
    map: fields.map,
  };
}

/** A random CSB ID that is not in use. */
function newCsbId<B>({ algebra: A, source }: Env<B>, inUse: readonly B[]): B {
  for (let tries = 0; tries < 100; tries += 1) {
    const csbId = source.random(csbIdLength, 'CSB ID');
    if (!inUse.some((other) => A.equal(other, csbId))) return csbId;
  }
  throw new RangeError('a hundred random CSB IDs were all in use');
}

/** The header of a response: the fields of the initial message, V = 0 (rfc6043:4.2.1.5-1, rfc6043:4.2.1.5-2). */
export function responseHeader<B>(
  type: TicketMessageType,
  initial: Header<B>,
  map: CsIdMap<B> = initial.map,
): Header<B> {
  return { ...initial, dataType: dataTypes[type], v: false, map };
}

/** Whether a response repeats version, PRF func and CSB ID; with `map`, also #CS and CS ID map type. V is ignored. */
export function headerEchoed<B>(
  A: Algebra<B>,
  response: Header<B>,
  { initial, map }: { readonly initial: Header<B>; readonly map: boolean },
): boolean {
  return (
    response.version === initial.version &&
    response.prfFunc === initial.prfFunc &&
    A.equal(response.csbId, initial.csbId) &&
    (!map || (response.map.type === 'Empty map' && initial.map.type === 'Empty map'))
  );
}

/**
 * Makes sure that a message is of the type that a step handles.
 *
 * @throws MikeyError ERR_DATA_TYPE otherwise
 */
export function expectType<B>(message: Message<B>, type: TicketMessageType): void {
  if (message.header.dataType !== dataTypes[type]) {
    throw new MikeyError('ERR_DATA_TYPE', `data type ${message.header.dataType} is not ${type}`, {
      clause: 'rfc6043:6.1',
    });
  }
}

/**
 * The suite of a message, if its HDR PRF, its V and the Ticket Policy in it are of one strength (rfc6043:12.1-11; finding A13).
 *
 * @param policyPrf - the PRF of the Ticket Policy that the message carries
 * @returns undefined if they are mixed
 * @throws MikeyError ERR_PRF, ERR_MAC_ALG if one is not supported, NULL included
 */
export function uniformSuite<B>(message: Message<B>, policyPrf?: number): Suite | undefined {
  const suite = suiteOfPrf(message.header.prfFunc);
  const v = optional(message.payloads, 'V');
  const others = [...(v ? [suiteOfMac(v.authAlg)] : []), ...(policyPrf === undefined ? [] : [suiteOfPrf(policyPrf)])];
  return others.every((other) => other === suite) ? suite : undefined;
}
