/**
 * What a vector says both sides should hold, against what was recomputed.
 *
 * @module
 */
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { isForked, isGenerating } from '../../model/protection/keyTransport.ts';
import { octetsOf, type Bench } from './bench.ts';
import { part } from './findings.ts';
import type { OpenedTicket, Tickets } from './tickets.ts';
import type { Leg } from './transfers.ts';
import type { JudgedFork } from './vectorFile.ts';

/** Judges `expected`; nothing to do for a vector that is to be rejected. */
export function judgeExpected(
  bench: Bench,
  { tickets, legs }: { readonly tickets: Tickets; readonly legs: readonly Leg[] },
): void {
  const { expected } = bench.vector;
  if (!expected) return;
  const opened = [...tickets.values()];
  const [first] = opened;
  if (first) judgeMpks(bench, expected, first);
  const named = nameLegs(legs);
  for (const [name, { leg, required }] of named) {
    const fork = Object.hasOwn(expected.forks, name) ? expected.forks[name] : undefined;
    if (fork) judgeFork(bench, name, { fork, leg });
    else if (required) {
      bench.findings.error(part('expected.forks'), 'rfc6043:4.2.2-2', `${name} took part, but is not listed`);
    }
  }
  for (const name of Object.keys(expected.forks)) {
    if (!named.has(name)) {
      bench.findings.error(part('expected.forks'), 'rfc6043:4.2.2-2', `${name} is listed, but took no part`);
    }
  }
  judgeUniqueness(bench, legs);
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

/** The last exchange of a responder bears its name and must be listed; the n-th, transfers and updates counted together, also `name#n`. */
function nameLegs(legs: readonly Leg[]): ReadonlyMap<string, { readonly leg: Leg; readonly required: boolean }> {
  const named = new Map<string, { leg: Leg; required: boolean }>();
  const counts = new Map<string, number>();
  for (const leg of legs.toSorted((a, b) => a.index - b.index)) {
    const count = (counts.get(leg.responder) ?? 0) + 1;
    counts.set(leg.responder, count);
    named.set(`${leg.responder}#${count}`, { leg, required: false });
    named.set(leg.responder, { leg, required: true });
  }
  return named;
}

function judgeFork(bench: Bench, name: string, { fork, leg }: { readonly fork: JudgedFork; readonly leg: Leg }): void {
  const { findings } = bench;
  const subject = part(`expected.forks.${name}`);
  const { flags } = leg.transfer.ticket.policy;
  if (fork.mpkr !== null && leg.MPKr) {
    bench.same(octetsOf(fork.mpkr), leg.MPKr, { subject, clause: 'rfc6043:5.1.1-4', name: 'mpkr' });
  } else if ((fork.mpkr === null) !== (leg.MPKr === undefined) && flags.F) {
    findings.error(subject, 'rfc6043:5.1.1-1', "mpkr must be MPKr' with key forking, and null without");
  }
  judgeList(bench, fork.tgk, { leg, name, of: 'tgk', is: isForked });
  judgeList(bench, fork.gtgk ?? [], { leg, name, of: 'gtgk', is: (key) => isGenerating(key) && !isForked(key) });
  judgeSessionKeys(bench, fork.tek, { leg, name, of: 'tek', clause: 'rfc6043:5.1.3-4' });
  judgeSessionKeys(bench, fork.salt, { leg, name, of: 'salt', clause: 'rfc6043:5.1.3-6' });
}

/** All keys of a kind, in the order in which they came. Where keys were supplied, those that no session uses may be forgotten. */
function judgeList(
  bench: Bench,
  listed: readonly string[],
  options: {
    readonly leg: Leg;
    readonly name: string;
    readonly of: 'tgk' | 'gtgk';
    readonly is: (key: KeyDataPayload<Uint8Array>) => boolean;
  },
): void {
  const { leg, name, of, is } = options;
  const { findings } = bench;
  const subject = part(`expected.forks.${name}`);
  const held = leg.sessionKeys.filter(is);
  if (listed.length < held.length && leg.supplied + leg.others.length > 0) {
    const used = [...leg.sessions, ...leg.others].map((session) => session.key).filter(is);
    const texts = new Set(held.map(({ key }) => Buffer.from(key).toString('hex')));
    const strange = listed.some((text) => !texts.has(text));
    const missing = used.some(({ key }) => !listed.includes(Buffer.from(key).toString('hex')));
    const reason = `${of} lists a key that is not held`;
    findings.demand(!strange, subject, { clause: 'rfc6043:5.1.1-4', reason });
    findings.demand(!missing, subject, { clause: 'rfc6043:5.1.1-1', reason: `${of} lacks a key that is in use` });
    return;
  }
  if (listed.length !== held.length) {
    const reason = `${of} lists ${listed.length} keys instead of ${held.length}`;
    findings.error(subject, 'rfc6043:5.1.1-1', reason);
    return;
  }
  held.forEach(({ key }, index) => {
    bench.same(octetsOf(listed[index] ?? ''), key, { subject, clause: 'rfc6043:5.1.1-4', name: `${of}[${index}]` });
  });
}

/** TEK or salt of each session of the last map; those of sessions that go on beside them may be listed. */
function judgeSessionKeys(
  bench: Bench,
  listed: Readonly<Record<string, string>>,
  options: {
    readonly leg: Leg;
    readonly name: string;
    readonly of: 'tek' | 'salt';
    readonly clause: string;
  },
): void {
  const { leg, name, of, clause } = options;
  const subject = part(`expected.forks.${name}`);
  const textOf = (csId: number): string | undefined =>
    Object.hasOwn(listed, String(csId)) ? listed[String(csId)] : undefined;
  for (const session of [...leg.sessions, ...leg.others]) {
    const text = textOf(session.csId);
    const about = { subject, clause, name: `${of} of CS ID ${session.csId}` };
    if (text !== undefined) bench.same(octetsOf(text), session[of], about);
    else if (leg.sessions.includes(session)) bench.findings.error(subject, clause, `${about.name} is not listed`);
  }
  for (const csId of Object.keys(listed)) {
    if (![...leg.sessions, ...leg.others].some((session) => String(session.csId) === csId)) {
      bench.findings.error(subject, clause, `${of} of CS ID ${csId} is listed, but there is no such session`);
    }
  }
}

/** Under key forking, keys of different endpoints differ (rfc6043:12.2-2). */
function judgeUniqueness(bench: Bench, legs: readonly Leg[]): void {
  if (!bench.vector.policy.I) return;
  const owners = new Map<string, string>();
  for (const { responder, MPKr } of legs) {
    if (!MPKr) continue;
    const key = Buffer.from(MPKr).toString('hex');
    const other = owners.get(key);
    if (other !== undefined && other !== responder) {
      bench.findings.error(part('expected.forks'), 'rfc6043:12.2-2', `${other} and ${responder} have the same MPKr'`);
    }
    owners.set(key, responder);
  }
}
