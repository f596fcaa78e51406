/**
 * Decodes the messages of a vector and puts them in their places. What cannot be decoded takes no part any more.
 *
 * Statements: rfc6043:5.4-1.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import { dataTypes } from '../../spec/registry/header.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import { decode } from '../wire/codec.ts';
import type { Findings } from './findings.ts';
import { pairErrors, pairRequests, pairResolves } from './kmsPairs.ts';
import { copyKey, type Entry, type Transcript } from './transcript.ts';
import { pairTransfers } from './transferPairs.ts';
import type { JudgedVector } from './vectorFile.ts';

/** Decodes and sorts the messages of a vector. */
export function readTranscript(vector: JudgedVector, findings: Findings): Transcript {
  const entries = vector.messages.flatMap((listed, index) => decodeEntry(listed, { index, findings }));
  // What comes a second time to the same receiver takes no part: it is a replay, or it was listed for another endpoint.
  const once = firsts(entries);
  const requests = pairRequests(once, findings);
  const resolves = pairResolves(once, findings, vector.context ?? {});
  const { transfers, updates } = pairTransfers(once, resolves, findings);
  return { entries, requests, resolves, transfers, updates, errors: pairErrors(once) };
}

function decodeEntry(
  listed: JudgedVector['messages'][number],
  { index, findings }: { readonly index: number; readonly findings: Findings },
): readonly Entry[] {
  const octets = Uint8Array.from(Buffer.from(listed.hex, 'hex'));
  const subject = { index, type: listed.type === 'ERROR' ? 'Error' : listed.type };
  try {
    const { message } = decode('Message', octets);
    const type = nameOf(dataTypes, message.header.dataType);
    findings.demand(type === subject.type, subject, {
      clause: 'rfc6043:6.1-1',
      reason: `data type ${message.header.dataType} is ${type ?? 'not registered'}, listed as ${listed.type}`,
    });
    return [{ ...subject, from: listed.from, to: listed.to, octets, message }];
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    const where = `offset ${error.offset ?? '?'}${error.path === undefined ? '' : `, ${error.path}`}`;
    findings.error(subject, error.clause ?? 'rfc3830:6', `malformed at ${where}: ${error.message}`);
    return [];
  }
}

/** The entries without those whose octets went to the same receiver before. */
function firsts(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = copyKey(entry);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
