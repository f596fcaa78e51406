/**
 * What can be judged of messages without keys: headers, payloads, timestamps.
 *
 * @module
 */
import { tsTypes } from '../../spec/registry/timestamps.ts';
import type { Header } from '../../model/message/header.ts';
import { all } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { judgeOrder, messageGrammars } from './order.ts';
import type { Entry, Exchange, Transcript } from './transcript.ts';

/** Judges the form of all messages. */
export function judgeForm(bench: Bench, transcript: Transcript): void {
  // Updates and Error messages have grammars of their own, judged with them.
  const updates = new Set(transcript.updates.flatMap(({ initial, response }) => [initial.index, response?.index]));
  for (const entry of transcript.entries) {
    const orphan = entry.type === 'TRANSFER_INIT' && all(entry.message.payloads, 'TICKET').length === 0;
    const rule = updates.has(entry.index) || orphan ? undefined : messageGrammars.get(entry.type);
    if (rule) judgeOrder(entry.message.payloads, rule, { subject: entry, findings: bench.findings });
    if (entry.type !== 'Error') judgeHeader(bench, entry);
    if (all(entry.message.payloads, 'ID').length > 0) {
      bench.findings.error(entry, 'rfc6043:6.6-1', 'an ID payload stands where only IDR payloads may');
    }
    for (const T of all(entry.message.payloads, 'T')) {
      if (T.tsType === tsTypes.COUNTER) bench.findings.warning(entry, 'C2', 'a COUNTER timestamp can repeat');
    }
  }
  for (const exchange of [...transcript.requests, ...transcript.resolves]) judgeEcho(bench, exchange, true);
  for (const { initial, response } of [...transcript.transfers, ...transcript.updates]) {
    judgeEcho(bench, { initial, response }, false);
  }
}

/** Map type, #CS and V flag of one header. */
function judgeHeader(bench: Bench, entry: Entry): void {
  const { header } = entry.message;
  const isTransfer = entry.type.startsWith('TRANSFER');
  if (isTransfer) {
    const clause = header.map.type === 'SRTP-ID' ? 'rfc6043:6.1-11' : 'rfc6043:6.1-10';
    bench.findings.demand(header.map.type === 'GENERIC-ID', entry, {
      clause,
      reason: `CS ID map type is ${header.map.type}`,
    });
  } else {
    const clause = entry.type.startsWith('REQUEST') ? 'rfc6043:4.2.1.1-8' : 'rfc6043:4.2.3.1-8';
    bench.findings.demand(header.map.type === 'Empty map', entry, {
      clause,
      reason: `CS ID map type is ${header.map.type}, not the Empty map`,
    });
  }
  // Initial messages may have either value, as 6.1 contradicts the exchange sections (finding A9); responses have 0.
  if (entry.type.endsWith('_RESP') && header.v) {
    const clauses: Readonly<Record<string, string>> = {
      REQUEST_RESP: 'rfc6043:4.2.1.5-2',
      TRANSFER_RESP: 'rfc6043:4.2.2.3-2',
      RESOLVE_RESP: 'rfc6043:4.2.3.5-2',
    };
    bench.findings.error(entry, clauses[entry.type] ?? 'rfc6043:6.1-4', 'the V flag of a response is 1');
  }
}

/** Whether a response repeats the header of its initial message, and has a timestamp of its own. */
function judgeEcho(bench: Bench, { initial, response }: Exchange, withMap: boolean): void {
  if (!response) return;
  const clauses: Readonly<Record<string, readonly [string, string]>> = {
    REQUEST_RESP: ['rfc6043:4.2.1.5-1', 'rfc6043:4.2.1.5-4'],
    TRANSFER_RESP: ['rfc6043:4.2.2.3-1', 'rfc6043:4.2.2.3-9'],
    RESOLVE_RESP: ['rfc6043:4.2.3.5-1', 'rfc6043:4.2.3.5-4'],
  };
  const [echo, fresh] = clauses[response.type] ?? ['rfc6043:4.2', 'rfc6043:4.2'];
  const [a, b]: readonly Header<Uint8Array>[] = [initial.message.header, response.message.header];
  if (!a || !b) return;
  const same = a.version === b.version && a.prfFunc === b.prfFunc && (!withMap || a.map.type === b.map.type);
  bench.findings.demand(same, response, {
    clause: echo,
    reason: 'the header does not repeat that of the initial message',
  });
  const [t0] = all(initial.message.payloads, 'T');
  const [t1] = all(response.message.payloads, 'T');
  if (t0 && t1 && t0.tsType !== tsTypes.COUNTER && t0.tsType === t1.tsType && bench.A.equal(t0.value, t1.value)) {
    bench.findings.warning(response, fresh, 'its timestamp is that of the initial message, not a fresh one');
  }
}
