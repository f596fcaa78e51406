/**
 * CSB updates: a Ticket Transfer without ticket, under the keys of the last message of the transfer that it follows.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { all, lastV, one } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { judgeRands } from './keyRules.ts';
import { identityOf } from './kmsExchanges.ts';
import { judgeOrder, updateGrammars } from './order.ts';
import { judgeSessions } from './sessions.ts';
import { judgeSuppliedKeys } from './suppliedKeys.ts';
import { sameCsb, sameOctets, type Entry, type Transcript, type Update } from './transcript.ts';
import type { Leg } from './transfers.ts';

/** Judges all CSB updates, in the order sent. @returns what both sides hold after each of them */
export function judgeUpdates(bench: Bench, { updates, entries }: Transcript, legs: readonly Leg[]): readonly Leg[] {
  const after: Leg[] = [];
  for (const update of updates) {
    judgeTimestamps(bench, update, entries);
    const before =
      after.findLast((leg) => leg.transfer === update.base) ?? legs.find((leg) => leg.transfer === update.base);
    if (!before) {
      const reason = 'the transfer that it follows did not come to keys';
      bench.findings.error(update.initial, 'rfc6043:5.2-13', reason);
      continue;
    }
    const leg = bench.attempt(update.response ?? update.initial, 'rfc6043:5.2-1', () =>
      judgeUpdate(bench, update, before),
    );
    if (leg) after.push(leg);
  }
  return after;
}

/** T is new: no message before it in the CSB has the same (rfc6043:5.2-7; finding C2). */
function judgeTimestamps(bench: Bench, { initial }: Update, entries: readonly Entry[]): void {
  const [T] = all(initial.message.payloads, 'T');
  const again = entries.some(
    (other) =>
      other.index < initial.index &&
      sameCsb(other, initial) &&
      !sameOctets(other.octets, initial.octets) &&
      all(other.message.payloads, 'T').some((one) => T?.tsType === one.tsType && sameOctets(T.value, one.value)),
  );
  if (again) bench.findings.error(initial, 'rfc6043:5.2-7', 'its timestamp was used before in this CSB');
}

function judgeUpdate(bench: Bench, update: Update, before: Leg): Leg {
  const { findings } = bench;
  const { initial, response, startedBy, base } = update;
  const answeredBy = startedBy === 'initiator' ? 'responder' : 'initiator';
  const { flags } = base.ticket.policy;
  judgeForm(bench, update, before);
  const mine = judgeInitialKeys(bench, update, before);
  let sessionKeys: readonly KeyDataPayload<Uint8Array>[] = [...before.sessionKeys, ...mine];
  let supplied = before.supplied + mine.length;
  const { v } = initial.message.header;
  if (response) {
    findings.demand(v, response, { clause: 'rfc6043:5.2-9', reason: 'no response was expected: the V flag is 0' });
    judgeResponseMac(bench, { initial, response }, before);
    const theirs = judgeSuppliedKeys(bench, response, {
      input: before.input,
      allowed: answeredBy === 'initiator' ? flags.L : flags.M,
      clause: 'rfc6043:5.2-15',
      held: sessionKeys,
    });
    sessionKeys = [...sessionKeys, ...theirs];
    supplied += theirs.length;
  } else if (v) {
    findings.warning(initial, 'rfc6043:5.2-9', 'a response was expected, as the V flag is 1, and did not come');
  }
  const { RANDRi, RANDRr } = before.input;
  const last = response ?? initial;
  judgeRands(bench, last, { rands: [RANDRi, RANDRr], mpks: [], sessionKeys });
  const { policies } = before;
  const after = judgeSessions(bench, { initial, response }, { sessionKeys, flags, RANDRi, RANDRr, policies });
  const named = new Set(after.sessions.map((session) => session.csId));
  const others = [...before.others, ...before.sessions].filter((session) => !named.has(session.csId));
  return { ...before, index: last.index, sessionKeys, supplied, ...after, others };
}

/** MAC and KEMAC of the message that starts the update. Identities go by their roles in the transfer (finding A19). */
function judgeInitialKeys(
  bench: Bench,
  { initial, startedBy, base }: Update,
  before: Leg,
): readonly KeyDataPayload<Uint8Array>[] {
  const { A } = bench;
  const { flags } = base.ticket.policy;
  const [i, r] = startedBy === 'initiator' ? [initial.from, initial.to] : [initial.to, initial.from];
  const parties = [identityOf(initial, idRoles.IDRi, i), identityOf(initial, idRoles.IDRr, r)];
  bench.keyInputs.set(initial.index, before.input);
  const V = lastV(initial.message.payloads);
  const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, before.input), {
    data: transferInitCoverage(A, initial.message, parties),
  });
  bench.same(V.mac, mac, { subject: initial, clause: 'rfc6043:5.2-13', name: 'the MAC in V' });
  return judgeSuppliedKeys(bench, initial, {
    input: before.input,
    allowed: startedBy === 'initiator' ? flags.L : flags.M,
    clause: 'rfc6043:5.2-15',
    held: before.sessionKeys,
  });
}

function judgeResponseMac(
  bench: Bench,
  { initial, response }: { readonly initial: Entry; readonly response: Entry },
  before: Leg,
): void {
  const { A } = bench;
  bench.keyInputs.set(response.index, before.input);
  const V = lastV(response.message.payloads);
  const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, before.input), {
    data: responseCoverage(A, response.message, initial.message),
  });
  bench.same(V.mac, mac, { subject: response, clause: 'rfc6043:5.2-13', name: 'the MAC in V' });
}

/** Payloads, their order, and static payloads that do not belong here. */
function judgeForm(bench: Bench, { initial, response, startedBy }: Update, before: Leg): void {
  const { findings } = bench;
  const rules = updateGrammars[startedBy];
  one(initial.message.payloads, 'T');
  const roles = all(initial.message.payloads, 'IDR').map((payload) => payload.role);
  const [own, other] = startedBy === 'initiator' ? [idRoles.IDRi, idRoles.IDRr] : [idRoles.IDRr, idRoles.IDRi];
  const turned = roles.includes(own) && roles.includes(other) && roles.indexOf(own) > roles.indexOf(other);
  // Nothing but this order tells an update from its reflection.
  if (turned) findings.error(initial, 'C1', 'IDRi and IDRr are in the order of an update that the other party starts');
  else if (roles.length < 2)
    findings.warning(initial, 'C1', 'without IDRi and IDRr nothing tells who started the update');
  for (const entry of response ? [initial, response] : [initial]) {
    const isStart = entry === initial;
    const plain = entry.message.payloads.filter((payload) => payload.kind !== 'RANDR');
    const rule = isStart ? rules.initial : rules.response;
    if (!(isStart && turned)) judgeOrder(plain, rule, { subject: entry, findings });
    const old = [before.transfer.initial, before.transfer.response].flatMap((message) =>
      message ? all(message.message.payloads, 'RANDR').map((payload) => payload.rand) : [],
    );
    for (const { rand } of all(entry.message.payloads, 'RANDR')) {
      if (old.some((known) => sameOctets(known, rand))) {
        findings.warning(entry, 'rfc6043:5.2-10', 'a RAND of the transfer is sent again');
      } else findings.error(entry, 'rfc6043:5.2-11', 'it brings a new RAND');
    }
  }
}
