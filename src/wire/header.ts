/**
 * Common Header payload (HDR).
 *
 *     | version 8 | data type 8 | next payload 8 | V 1 | PRF func 7 | CSB ID 32 | #CS 8 | CS ID map type 8 | map info ... |
 *
 * Statements: rfc3830:6.1-1, -2, -3.
 *
 * @module
 * @see [RFC 3830, section 6.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.1)
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 */
import type { Header } from '../../model/message/header.ts';
import { mikeyVersion } from '../../spec/registry/header.ts';
import { readCsIdMap, writeCsIdMap } from './csIdMap.ts';
import { fieldsOf, type Part } from './field.ts';
import type { Bytes } from './payload/payloadCodec.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

const clause = 'rfc3830:6.1';
const field = fieldsOf(clause);
const version = field('version', 8);
const dataType = field('data type', 8);
const vField = fieldsOf('rfc6043:6.1-3')('V', 1);
const prfFunc = field('PRF func', 7);
const csbId: Part = { name: 'CSB ID', clause };

/** The payload as a whole. */
export const headerPart: Part = { name: 'HDR', clause };

/**
 * Writes HDR.
 *
 * @param writeLink - writes the next payload field
 * @throws MikeyError ERR_VERSION if the version is not 1
 */
export function writeHeader(writer: Writer, header: Header<Bytes>, writeLink: () => void): void {
  if (header.version !== mikeyVersion) throw writer.error('ERR_VERSION', wrongVersion(header.version), version);
  writer.number(header.version, version);
  writer.number(header.dataType, dataType);
  writeLink();
  writer.packed([
    [header.v ? 1 : 0, vField],
    [header.prfFunc, prfFunc],
  ]);
  writer.bytes(header.csbId, csbId, 4);
  writeCsIdMap(writer, header.map);
}

/**
 * Reads HDR.
 *
 * @param readLink - reads the next payload field
 * @returns the header, and what `readLink` returned
 * @throws MikeyError ERR_VERSION if the version is not 1: nobody knows what another one looks like
 */
export function readHeader<L>(reader: Reader, readLink: () => L): { readonly header: Header<Bytes>; readonly link: L } {
  const ver = reader.number(version);
  if (ver !== mikeyVersion) throw reader.error('ERR_VERSION', wrongVersion(ver), version);
  const type = reader.number(dataType);
  const link = readLink();
  const [v, prf] = reader.packed([vField, prfFunc]);
  const id = reader.bytes(csbId, 4);
  const map = readCsIdMap(reader);
  return { header: { version: ver, dataType: type, v: v === 1, prfFunc: prf, csbId: id, map }, link };
}

function wrongVersion(version: number): string {
  return `version is ${version}, not ${mikeyVersion}`;
}
