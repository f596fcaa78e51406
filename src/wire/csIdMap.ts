/**
 * CS ID map: #CS, CS ID map type, and #CS blocks of map info.
 *
 *     SRTP-ID:    | Policy_no 8 | SSRC 32 | ROC 32 |
 *     GENERIC-ID: | CS ID 8 | Prot type 8 | S 1 | #P 7 | Ps: #P times Policy_no 8 |
 *                 | Session Data Length 16 | Session Data ... | SPI Length 8 | SPI ... |
 *     Empty map:  no blocks
 *
 * Session Data for SRTP (rfc6043:6.1.1-15): | SSRC 32 |, and with S also | ROC 32 | SEQ 16 |.
 *
 * Statements: rfc3830:6.1.1-1.
 *
 * @module
 * @see [RFC 3830, section 6.1.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1.1)
 * @see [RFC 4563, section 5](https://www.rfc-editor.org/rfc/rfc4563.html#section-5)
 * @see [RFC 6043, section 6.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1.1)
 */
import type { CsIdMap, GenericIdSession, SrtpIdSession } from '../../model/message/header.ts';
import { csIdMapTypes } from '../../spec/registry/header.ts';
import { protTypes } from '../../spec/registry/sp.ts';
import { fieldsOf, nth, type Part } from './field.ts';
import type { Bytes } from './payload/payloadCodec.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const headerField = fieldsOf('rfc3830:6.1');
const csCount = headerField('#CS', 8);
const mapType = headerField('CS ID map type', 8);

const srtpClause = 'rfc3830:6.1.1';
const srtpField = fieldsOf(srtpClause);
const srtpPolicyNo = srtpField('Policy_no', 8);
const srtpSsrc: Part = { name: 'SSRC', clause: srtpClause };
const srtpRoc = srtpField('ROC', 32);

const genericClause = 'rfc6043:6.1.1-2';
const genericField = fieldsOf(genericClause);
const csIdField = genericField('CS ID', 8);
const protTypeField = fieldsOf('rfc6043:6.1.1-3')('Prot type', 8);
const sField = fieldsOf('rfc6043:6.1.1-4')('S', 1);
const policyCount = genericField('#P', 7);
const psPart: Part = { name: 'Ps', clause: 'rfc6043:6.1.1-11' };
const policyNo = fieldsOf(psPart.clause)('Policy_no', 8);
const sessionDataLength = genericField('Session Data Length', 16);
const sessionDataPart: Part = { name: 'Session Data', clause: 'rfc6043:6.1.1-15' };
const spiLength = genericField('SPI Length', 8);
const spiPart: Part = { name: 'SPI', clause: 'rfc6043:6.1.1-21' };

/** Writes #CS, CS ID map type and CS ID map info. */
export function writeCsIdMap(writer: Writer, map: CsIdMap<Bytes>): void {
  writer.number(map.type === 'Empty map' ? 0 : map.sessions.length, csCount);
  writer.number(csIdMapTypes[map.type], mapType);
  if (map.type === 'SRTP-ID') each(writer, map.sessions, writeSrtpId);
  // #CS counts the blocks (rfc6043:6.1.1-1).
  if (map.type === 'GENERIC-ID') each(writer, map.sessions, writeGenericId);
}

/**
 * Reads #CS, CS ID map type and CS ID map info.
 *
 * @throws MikeyError ERR_UNSUPPORTED_PAYLOAD if the map type is not known: then the end of HDR is not known either
 */
export function readCsIdMap(reader: Reader): CsIdMap<Bytes> {
  const count = reader.number(csCount);
  const type = reader.number(mapType);
  if (type === csIdMapTypes['SRTP-ID'])
    return { type: 'SRTP-ID', sessions: times(reader, count, { read: readSrtpId, clause: srtpClause }) };
  if (type === csIdMapTypes['GENERIC-ID'])
    return { type: 'GENERIC-ID', sessions: times(reader, count, { read: readGenericId, clause: genericClause }) };
  if (type !== csIdMapTypes['Empty map']) {
    throw reader.error('ERR_UNSUPPORTED_PAYLOAD', `CS ID map type ${type} is not known, nor its length`, mapType);
  }
  if (count !== 0) {
    // An empty map has no place for crypto sessions, so a count of them would be lost.
    throw reader.error('ERR_MALFORMED', `an empty map cannot hold ${count} crypto sessions`, {
      ...mapType,
      clause: 'rfc4563:5',
    });
  }
  return { type: 'Empty map' };
}

function writeSrtpId(writer: Writer, session: SrtpIdSession<Bytes>): void {
  writer.number(session.policyNo, srtpPolicyNo);
  writer.bytes(session.ssrc, srtpSsrc, 4);
  writer.number(session.roc, srtpRoc);
}

function readSrtpId(reader: Reader): SrtpIdSession<Bytes> {
  return { policyNo: reader.number(srtpPolicyNo), ssrc: reader.bytes(srtpSsrc, 4), roc: reader.number(srtpRoc) };
}

function writeGenericId(writer: Writer, session: GenericIdSession<Bytes>): void {
  writer.number(session.csId, csIdField);
  writer.number(session.protType, protTypeField);
  writer.packed([
    [session.s ? 1 : 0, sField],
    [session.policies.length, policyCount],
  ]);
  for (const number of session.policies) writer.number(number, policyNo);
  writer.prefixed(session.sessionData, sessionDataLength);
  const wrong = wrongSessionData(session.protType, session.s, session.sessionData.length);
  if (wrong !== undefined) throw writer.error('ERR_MALFORMED', wrong, sessionDataPart);
  writer.prefixed(session.spi, spiLength);
}

function readGenericId(reader: Reader): GenericIdSession<Bytes> {
  const csId = reader.number(csIdField);
  const protType = reader.number(protTypeField);
  const [s, count] = reader.packed([sField, policyCount]);
  // Exactly #P policies (rfc6043:6.1.1-9), of one octet each (rfc6043:6.1.1-11).
  const policies = count === 0 ? [] : reader.within(psPart, count, () => readPolicies(reader, count));
  const length = reader.number(sessionDataLength);
  const wrong = wrongSessionData(protType, s === 1, length);
  if (wrong !== undefined)
    throw reader.error('ERR_MALFORMED', wrong, { ...sessionDataLength, clause: sessionDataPart.clause });
  const sessionData = reader.bytes(sessionDataPart, length);
  // Either of them may be left to the Responder (rfc6043:6.1.1-13, rfc6043:6.1.1-19).
  return { csId, protType, s: s === 1, policies, sessionData, spi: reader.prefixed(spiLength, spiPart) };
}

function readPolicies(reader: Reader, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    reader.number({ ...policyNo, name: nth(policyNo.name, index + 1) }),
  );
}

/** What is wrong with a length of Session Data; undefined if nothing is, or the protocol is not SRTP. */
function wrongSessionData(protType: number, s: boolean, length: number): string | undefined {
  if (protType !== protTypes.SRTP || length === 0 || length === (s ? 10 : 4)) return undefined;
  return `SRTP Session Data has ${s ? 10 : 4} octets if S is ${s ? 1 : 0}, not ${length}`;
}

function each<S>(writer: Writer, sessions: readonly S[], write: (writer: Writer, session: S) => void): void {
  for (const [index, session] of sessions.entries()) {
    writer.group(csPart(index, genericClause), () => write(writer, session));
  }
}

function times<S>(reader: Reader, count: number, { read, clause }: Block<S>): readonly S[] {
  return Array.from({ length: count }, (_, index) => reader.group(csPart(index, clause), () => read(reader)));
}

/** How one block of a map is read, and the clause that draws it. */
interface Block<S> {
  readonly read: (reader: Reader) => S;
  readonly clause: string;
}

function csPart(index: number, clause: string): Part {
  return { name: nth('CS', index + 1), clause };
}
