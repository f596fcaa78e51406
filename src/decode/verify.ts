/**
 * What `decode` can say about messages when keys are given: which MACs hold, and what the KEMACs and tickets contain.
 *
 * @module
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Algebra } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';
import { forkKey } from '../../model/keys/forkedKeys.ts';
import { deriveMpk } from '../../model/keys/mpk.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../../model/message/payload.ts';
import { all, lastV, one, optional } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import { macHolds } from '../../model/protection/authentication.ts';
import { isMpk, openKeys } from '../../model/protection/keyTransport.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from '../../model/ticket/baseTicket.ts';
import { initiatorDataHolds } from '../../model/ticket/initiatorData.ts';

/** Keys that a user gives on the command line. */
export interface GivenKeys {
  /** Pre-shared keys; each is tried on every message of Ticket Request and Ticket Resolve. */
  readonly psk: readonly Uint8Array[];
  /** Ticket protection keys; each is tried on every ticket. */
  readonly tpk: readonly Uint8Array[];
}

/** One thing that was verified or decrypted. */
export interface Verification {
  /** Index of the message in the input. */
  readonly message: number;
  /** What was looked at, such as `V`, `TICKET.Ticket Data.V` or `KEMAC`. */
  readonly what: string;
  /** Undefined if no given key could tell. */
  readonly holds: boolean | undefined;
  /** For a person. */
  readonly text: string;
  readonly clause: string;
  /** Whether the message may simply belong to somebody whose key was not given. */
  readonly foreign?: boolean;
  /** Decrypted keys. */
  readonly keys?: readonly ShownKey[];
}

/** A key that was decrypted. */
export interface ShownKey {
  /** Name of its type. */
  readonly type: string;
  readonly octets: Uint8Array;
}

/** MPKs that were found on the way. */
interface Found {
  /** The PSKs that verified something. */
  readonly used: Set<Uint8Array>;
  readonly MPKi: Uint8Array[];
  readonly MPKr: Uint8Array[];
  readonly forkedMPKr: Uint8Array[];
}

/** Verifies and decrypts what the given keys allow. */
export function verifyMessages(
  A: Algebra<Uint8Array>,
  messages: readonly Message<Uint8Array>[],
  given: GivenKeys,
): readonly Verification[] {
  const found: Found = { used: new Set(), MPKi: [], MPKr: [], forkedMPKr: [] };
  const first = messages.flatMap((message, index) => [
    ...ticketsOf(A, message, { index, given, found }),
    ...pskMessage(A, messages, { index, given, found }),
  ]);
  const second = messages.flatMap((_, index) => transferMessage(A, messages, { index, found }));
  // If every given PSK is the key of some message, the others belong to users whose keys were not given.
  const allUsed = given.psk.every((psk) => found.used.has(psk));
  return [...first, ...second]
    .map((one) => (one.what === 'V' && one.foreign && allUsed ? { ...one, holds: undefined } : one))
    .sort((a, b) => a.message - b.message);
}

/** Opens the ticket in a message with each TPK. */
function ticketsOf(
  A: Algebra<Uint8Array>,
  message: Message<Uint8Array>,
  { index, given, found }: { readonly index: number; readonly given: GivenKeys; readonly found: Found },
): readonly Verification[] {
  if (given.tpk.length === 0) return [];
  return all(message.payloads, 'TICKET').map((ticket) => {
    const base = { message: index, what: 'TICKET.Ticket Data.V', clause: 'rfc6043:A.1-12' };
    for (const TPK of given.tpk) {
      const keys = attempt(() => openedTicket(A, ticket, TPK));
      if (!keys) continue;
      const mpk = keys.all.find(isMpk);
      if (mpk) {
        const input = { MPK: mpk.key, RAND: keys.RAND };
        found.MPKi.push(deriveMpk(A, ticket.policy.prfFunc, { ...input, as: 'MPKi' }));
        found.MPKr.push(deriveMpk(A, ticket.policy.prfFunc, { ...input, as: 'MPKr' }));
      }
      return { ...base, holds: true, text: 'the ticket verifies under a given TPK', keys: shown(keys.all) };
    }
    return { ...base, holds: false, text: 'the ticket verifies under none of the given TPKs' };
  });
}

function openedTicket(
  A: Algebra<Uint8Array>,
  ticket: TicketPayload<Uint8Array>,
  TPK: Uint8Array,
): { readonly all: readonly KeyDataPayload<Uint8Array>[]; readonly RAND: Uint8Array } | undefined {
  const data = readTicketData(A, ticket);
  if (!ticketMacHolds(A, ticket, { TPK, data })) return undefined;
  return { all: openTicketKeys(A, ticket, { TPK, data }), RAND: data.RAND.rand };
}

/** Verifies a message of Ticket Request or Ticket Resolve with each PSK, and opens its KEMAC. */
function pskMessage(
  A: Algebra<Uint8Array>,
  messages: readonly Message<Uint8Array>[],
  { index, given, found }: { readonly index: number; readonly given: GivenKeys; readonly found: Found },
): readonly Verification[] {
  const message = messages[index];
  const type = message && messageTypeName(message.header.dataType);
  if (!message || !type || given.psk.length === 0 || !/^(?:REQUEST|RESOLVE)_(?:INIT_PSK|RESP)$/.test(type)) return [];
  const isResponse = type.endsWith('RESP');
  const initial = isResponse ? initialOf(A, messages, { index, type: type.replace('RESP', 'INIT_PSK') }) : message;
  const clause = isResponse ? 'rfc6043:5.5-6' : 'rfc6043:5.5-3';
  const base = { message: index, what: 'V', clause };
  if (!initial) return [{ ...base, holds: undefined, text: 'the initial message is not in the input' }];
  for (const inkey of given.psk) {
    const input: MessageKeyInput<Uint8Array> = {
      prfFunc: initial.header.prfFunc,
      inkey,
      direction: isResponse ? 'response' : 'initial',
      csbId: initial.header.csbId,
      RANDRi: optional(initial.payloads, 'RANDR', randRoles.RANDRi)?.rand,
      RANDRr: optional(initial.payloads, 'RANDR', randRoles.RANDRr)?.rand,
    };
    const holds = attempt(() => {
      const V = lastV(message.payloads);
      const data = isResponse ? responseCoverage(A, message, initial) : coverageOfInitial(A, message, type);
      return macHolds(A, V, { authKey: messageAuthKey(A, V.authAlg, input), data });
    });
    if (!holds) continue;
    found.used.add(inkey);
    const verified: Verification = { ...base, holds: true, text: `V of ${type} verifies under a given PSK` };
    return isResponse ? [verified, ...openedKemac(A, message, { index, input, found })] : [verified];
  }
  return [{ ...base, holds: false, foreign: true, text: `V of ${type} verifies under none of the given PSKs` }];
}

/** Coverage of REQUEST_INIT or RESOLVE_INIT; both identities must be in the message. */
function coverageOfInitial(A: Algebra<Uint8Array>, message: Message<Uint8Array>, type: string): Uint8Array {
  const who = type.startsWith('REQUEST') ? idRoles.IDRi : idRoles.IDRr;
  const parties = [who, idRoles.IDRkms].map((role) => one(message.payloads, 'IDR', role));
  return initialCoverage(A, message, parties);
}

function openedKemac(
  A: Algebra<Uint8Array>,
  message: Message<Uint8Array>,
  options: { readonly index: number; readonly input: MessageKeyInput<Uint8Array>; readonly found: Found },
): readonly Verification[] {
  const KEMAC = optional(message.payloads, 'KEMAC');
  if (!KEMAC) return [];
  const { input, found, index } = options;
  const keys = attempt(() => {
    const t = as64Bits(A, one(message.payloads, 'T'));
    return openKeys(A, KEMAC, { ...messageEncrKeys(A, KEMAC.encrAlg, input), csbId: input.csbId, t });
  });
  const base = { message: index, what: 'KEMAC', clause: 'rfc6043:6.2' };
  if (!keys) return [{ ...base, holds: false, text: 'the KEMAC does not decrypt to key data' }];
  const [MPKi, MPKr] = keys.filter(isMpk);
  const forked = optional(message.payloads, 'RANDR', randRoles.RANDRkms) !== undefined;
  if (MPKi) found.MPKi.push(MPKi.key);
  if (MPKr) (forked ? found.forkedMPKr : found.MPKr).push(MPKr.key);
  return [{ ...base, holds: true, text: `the KEMAC holds ${keys.length} keys`, keys: shown(keys) }];
}

/** Verifies TRANSFER_INIT, its Initiator Data, and TRANSFER_RESP with the MPKs found before. */
function transferMessage(
  A: Algebra<Uint8Array>,
  messages: readonly Message<Uint8Array>[],
  { index, found }: { readonly index: number; readonly found: Found },
): readonly Verification[] {
  const message = messages[index];
  const type = message && messageTypeName(message.header.dataType);
  if (!message || found.MPKi.length + found.forkedMPKr.length === 0) return [];
  if (type === 'TRANSFER_INIT') return transferInit(A, message, { index, found });
  if (type !== 'TRANSFER_RESP') return [];
  const base = { message: index, what: 'V', clause: 'rfc6043:5.5-10' };
  const initial = initialOf(A, messages, { index, type: 'TRANSFER_INIT' });
  if (!initial) return [{ ...base, holds: undefined, text: 'the TRANSFER_INIT is not in the input' }];
  const IDRr = optional(message.payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(message.payloads, 'RANDR', randRoles.RANDRkms);
  const { prfFunc } = one(initial.payloads, 'TICKET').policy;
  const forked = (MPKr: Uint8Array): Uint8Array[] =>
    IDRr && RANDRkms
      ? [forkKey(A, prfFunc, { inkey: MPKr, as: "MPKr'", modifier: { idData: IDRr.data, RANDRkms: RANDRkms.rand } })]
      : [];
  const inkeys = RANDRkms ? [...found.forkedMPKr, ...found.MPKr.flatMap(forked)] : found.MPKi;
  const name = RANDRkms ? "MPKr'" : 'MPKi';
  const holds = inkeys.some((inkey) => transferMacHolds(A, message, { initial, inkey }));
  return [{ ...base, holds, text: `V of TRANSFER_RESP ${holds ? 'verifies' : 'does not verify'} under ${name}` }];
}

function transferInit(
  A: Algebra<Uint8Array>,
  message: Message<Uint8Array>,
  { index, found }: { readonly index: number; readonly found: Found },
): readonly Verification[] {
  const holds = found.MPKi.some((inkey) => transferMacHolds(A, message, { initial: message, inkey }));
  const text = `V of TRANSFER_INIT ${holds ? 'verifies' : 'does not verify'} under MPKi`;
  const ticket = optional(message.payloads, 'TICKET');
  const verified: Verification = { message: index, what: 'V', clause: 'rfc6043:5.5-9', holds, text };
  if (!ticket || ticket.initiatorData.length === 0 || found.MPKr.length === 0) return [verified];
  const { prfFunc } = ticket.policy;
  const vr = found.MPKr.some((MPKr) => attempt(() => initiatorDataHolds(A, ticket.initiatorData, { prfFunc, MPKr })));
  return [
    verified,
    {
      message: index,
      what: 'TICKET.Initiator Data.V[1]',
      clause: 'rfc6043:6.10-77',
      holds: vr,
      text: `Vr ${vr ? 'verifies' : 'does not verify'} under MPKr`,
    },
  ];
}

function transferMacHolds(
  A: Algebra<Uint8Array>,
  message: Message<Uint8Array>,
  { initial, inkey }: { readonly initial: Message<Uint8Array>; readonly inkey: Uint8Array },
): boolean {
  const isResponse = message !== initial;
  return (
    attempt(() => {
      const V = lastV(message.payloads);
      const authKey = messageAuthKey(A, V.authAlg, {
        prfFunc: initial.header.prfFunc,
        inkey,
        direction: isResponse ? 'response' : 'initial',
        csbId: initial.header.csbId,
        RANDRi: one(initial.payloads, 'RANDR', randRoles.RANDRi).rand,
        RANDRr: isResponse ? optional(message.payloads, 'RANDR', randRoles.RANDRr)?.rand : undefined,
      });
      if (isResponse) return macHolds(A, V, { authKey, data: responseCoverage(A, message, initial) });
      const parties = [idRoles.IDRi, idRoles.IDRr].map((role) => one(message.payloads, 'IDR', role));
      return macHolds(A, V, { authKey, data: transferInitCoverage(A, message, parties) });
    }) === true
  );
}

/** The initial message of a response: the last one before it of that type with its CSB ID. */
function initialOf(
  A: Algebra<Uint8Array>,
  messages: readonly Message<Uint8Array>[],
  { index, type }: { readonly index: number; readonly type: string },
): Message<Uint8Array> | undefined {
  const csbId = messages[index]?.header.csbId;
  if (!csbId) return undefined;
  return messages
    .slice(0, index)
    .findLast((message) => messageTypeName(message.header.dataType) === type && A.equal(message.header.csbId, csbId));
}

function shown(keys: readonly KeyDataPayload<Uint8Array>[]): readonly ShownKey[] {
  return keys.map((key) => ({ type: nameOf(keyDataTypes, key.type) ?? `type ${key.type}`, octets: key.key }));
}

/** The value of a step; undefined if the input does not allow it. Other errors are faults of ours. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof MikeyError) return undefined;
    throw error;
  }
}
