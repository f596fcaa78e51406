/**
 * What a vector says both sides should hold, against what was recomputed.
 *
 * @module
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { isForked } from '../../model/protection/keyTransport.ts';
import { octetsOf, type Bench } from './bench.ts';
import { part } from './findings.ts';
import type { OpenedTicket, Tickets } from './tickets.ts';
import type { DerivedTransfer } from './transfers.ts';
import type { JudgedFork } from './vectorFile.ts';

/** Judges `expected`; nothing to do for a vector that is to be rejected. */
export function judgeExpected(
  bench: Bench,
  { tickets, transfers }: { readonly tickets: Tickets; readonly transfers: readonly DerivedTransfer[] },
): void {
  const { expected } = bench.vector;
  if (!expected) return;
  const opened = [...tickets.values()];
  const [first] = opened;
  if (first) judgeMpks(bench, expected, first);
  const named = nameTransfers(transfers);
  for (const [name, transfer] of named) {
    const fork = expected.forks[name];
    if (fork) judgeFork(bench, name, { fork, transfer });
    else bench.findings.error(part('expected.forks'), 'rfc6043:4.2.2-2', `${name} answered, but is not listed`);
  }
  for (const name of Object.keys(expected.forks)) {
    if (!named.has(name)) {
      bench.findings.error(part('expected.forks'), 'rfc6043:4.2.2-2', `${name} is listed, but did not answer`);
    }
  }
  judgeUniqueness(bench, transfers);
}

function judgeMpks(
  bench: Bench,
  expected: { readonly mpki: string; readonly mpkr: string | null },
  { MPKi, MPKr }: OpenedTicket,
): void {
  const subject = part('expected');
  bench.same(octetsOf(expected.mpki), MPKi, { subject, clause: 'rfc6043:A.2.2-2', name: 'mpki' });
  // Without key forking nobody gets MPKr, but it can be derived all the same (finding B11).
  if (expected.mpkr !== null)
    bench.same(octetsOf(expected.mpkr), MPKr, { subject, clause: 'rfc6043:A.2.2-2', name: 'mpkr' });
  else if (bench.vector.policy.I) bench.findings.error(subject, 'rfc6043:4.2.1.5-13', 'mpkr is null under key forking');
}

/** The last transfer of a responder bears its name; if there are several, the n-th also `name#n`. */
function nameTransfers(transfers: readonly DerivedTransfer[]): ReadonlyMap<string, DerivedTransfer> {
  const named = new Map<string, DerivedTransfer>();
  const counts = new Map<string, number>();
  for (const transfer of transfers) {
    const count = (counts.get(transfer.responder) ?? 0) + 1;
    counts.set(transfer.responder, count);
    const before = named.get(transfer.responder);
    if (before) named.set(`${transfer.responder}#${count - 1}`, before);
    named.set(transfer.responder, transfer);
  }
  return named;
}

function judgeFork(
  bench: Bench,
  name: string,
  { fork, transfer }: { readonly fork: JudgedFork; readonly transfer: DerivedTransfer },
): void {
  const { findings } = bench;
  const subject = part(`expected.forks.${name}`);
  if (fork.mpkr !== null && transfer.MPKr) {
    bench.same(octetsOf(fork.mpkr), transfer.MPKr, { subject, clause: 'rfc6043:5.1.1-4', name: 'mpkr' });
  } else if ((fork.mpkr === null) !== (transfer.MPKr === undefined)) {
    findings.error(subject, 'rfc6043:5.1.1-1', "mpkr must be MPKr' with key forking, and null without");
  }
  const groups = [keyDataTypes.GTGK, keyDataTypes['GTGK+SALT']] as const;
  judgeList(bench, fork.tgk, {
    found: transfer.sessionKeys.filter(isForked).map((key) => key.key),
    name: `${name}: tgk`,
  });
  judgeList(bench, fork.gtgk ?? [], {
    found: transfer.sessionKeys.filter((key) => groups.some((type) => type === key.type)).map((key) => key.key),
    name: `${name}: gtgk`,
  });
  judgeSessionKeys(bench, fork.tek, { transfer, name, of: 'tek', clause: 'rfc6043:5.1.3-4' });
  judgeSessionKeys(bench, fork.salt, { transfer, name, of: 'salt', clause: 'rfc6043:5.1.3-6' });
}

function judgeList(
  bench: Bench,
  listed: readonly string[],
  { found, name }: { readonly found: readonly Uint8Array[]; readonly name: string },
): void {
  const subject = part('expected.forks');
  if (listed.length !== found.length) {
    bench.findings.error(subject, 'rfc6043:5.1.1-1', `${name} lists ${listed.length} keys instead of ${found.length}`);
    return;
  }
  found.forEach((key, index) => {
    bench.same(octetsOf(listed[index] ?? ''), key, { subject, clause: 'rfc6043:5.1.1-4', name: `${name}[${index}]` });
  });
}

function judgeSessionKeys(
  bench: Bench,
  listed: Readonly<Record<string, string>>,
  options: {
    readonly transfer: DerivedTransfer;
    readonly name: string;
    readonly of: 'tek' | 'salt';
    readonly clause: string;
  },
): void {
  const { transfer, name, of, clause } = options;
  const subject = part(`expected.forks.${name}`);
  for (const session of transfer.sessions) {
    const text = listed[String(session.csId)];
    if (text === undefined) bench.findings.error(subject, clause, `${of} of CS ID ${session.csId} is not listed`);
    else bench.same(octetsOf(text), session[of], { subject, clause, name: `${of} of CS ID ${session.csId}` });
  }
  for (const csId of Object.keys(listed)) {
    if (!transfer.sessions.some((session) => String(session.csId) === csId)) {
      bench.findings.error(subject, clause, `${of} of CS ID ${csId} is listed, but there is no such session`);
    }
  }
}

/** Under key forking, keys of different endpoints differ (rfc6043:12.2-2). */
function judgeUniqueness(bench: Bench, transfers: readonly DerivedTransfer[]): void {
  if (!bench.vector.policy.I) return;
  const owners = new Map<string, string>();
  for (const { responder, MPKr } of transfers) {
    const key = Buffer.from(MPKr ?? []).toString('hex');
    const other = owners.get(key);
    if (other !== undefined && other !== responder) {
      bench.findings.error(part('expected.forks'), 'rfc6043:12.2-2', `${other} and ${responder} have the same MPKr'`);
    }
    owners.set(key, responder);
  }
}
