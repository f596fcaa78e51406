/**
 * Timestamps and repeats: what a receiver with a clock and a replay cache turns down.
 *
 * @module
 * @see [RFC 6043, section 12.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.4)
 * @see [RFC 3830, section 5.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.4)
 */
import type { Instant } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';
import { all } from '../../model/message/select.ts';
import { second } from '../../model/message/timestamps.ts';
import type { Bench } from './bench.ts';
import { copyKey, sameOctets, type Entry, type Transcript } from './transcript.ts';

/** How far clocks may be apart where the vector does not say, in seconds. */
const usualSkew = 300;

/** Judges the order of all timestamps, and that nothing comes twice. */
export function judgeTimes(bench: Bench, transcript: Transcript): void {
  judgeClocks(bench, transcript);
  judgeReplays(bench, transcript);
}

/** The time in T of a message; undefined if it carries none. */
export function timeOf({ A }: Bench, entry: Entry): Instant | undefined {
  const [T] = all(entry.message.payloads, 'T');
  if (!T) return undefined;
  try {
    return A.instant(T.tsType, T.value);
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return undefined;
  }
}

/**
 * Messages stand in the order sent, so no timestamp lies further back than clocks may be apart. Forward, time may pass between two
 * messages, but not before a KMS answers, and not before a message that is said to be turned down.
 */
function judgeClocks(bench: Bench, { entries, requests, resolves }: Transcript): void {
  const skew = BigInt(Math.ceil(bench.vector.context?.skew ?? usualSkew)) * second;
  const answers = new Set([...requests, ...resolves].map(({ response }) => response?.index));
  let latest: Instant | undefined;
  let before: Instant | undefined;
  const seen = new Set<string>();
  for (const entry of entries) {
    // A copy of a message has its old timestamp: that is judged as a replay.
    const isCopy = seen.has(copyKey(entry));
    seen.add(copyKey(entry));
    const time = timeOf(bench, entry);
    if (time === undefined || isCopy) continue;
    const named = bench.vector.reject?.message === entry.index;
    const reason = 'its timestamp lies further than clocks may be apart';
    if (latest !== undefined && time + skew < latest) {
      bench.findings.error(entry, 'rfc6043:12.4-1', `${reason} behind messages that were sent earlier`);
    } else if (before !== undefined && time > before + skew && (named || answers.has(entry.index))) {
      bench.findings.error(entry, 'rfc6043:12.4-1', `${reason} ahead of the message before`);
    }
    if (latest === undefined || time > latest) latest = time;
    before = time;
  }
}

/**
 * The same octets to the same receiver are a replay. A forked TRANSFER_INIT is listed for each endpoint under the identity that was
 * called, so of that only the copies count for which no endpoint shows.
 */
function judgeReplays(bench: Bench, { entries, transfers }: Transcript): void {
  const copies = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = copyKey(entry);
    copies.set(key, [...(copies.get(key) ?? []), entry]);
  }
  for (const list of copies.values()) {
    const [first] = list;
    if (!first) continue;
    const reached = transfers.filter((one) => sameOctets(one.initial.octets, first.octets));
    const endpoints = reached.some((one) => one.responder === first.to) ? 1 : Math.max(1, reached.length);
    const isForked = first.type === 'TRANSFER_INIT' && reached.length > 0;
    for (const entry of list.slice(isForked ? endpoints : 1)) {
      const reason = `the same octets as message ${first.index}, to the same receiver`;
      const unsure = isForked && endpoints > 1 && bench.vector.reject?.message !== entry.index;
      if (unsure) bench.findings.warning(entry, 'rfc6043:12.4-1', `${reason}; no endpoint shows for it`);
      else bench.findings.error(entry, 'rfc6043:12.4-1', reason);
    }
  }
}
