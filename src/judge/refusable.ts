/**
 * What the receiver of a message may turn it down for, though as such it is a message like others: it is for somebody else, or asks for what makes
 * no sense. In a vector that is to be accepted none of it counts, as only the receiver knows; in one that is to be turned down it does, for
 * the message that is named.
 *
 * @module
 * @see docs/vectors.md
 */
import { certTypes, idRoles } from '../../spec/registry/identities.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { cacheIndicators } from '../../spec/registry/publicKey.ts';
import { all } from '../../model/message/select.ts';
import { readTpData } from '../../model/policy/tpData.ts';
import { isSupported, mikeyBaseTicket, threeGppBaseTicket } from '../../model/ticket/ticketType.ts';
import type { Bench } from './bench.ts';
import { isMember, textOf } from './members.ts';
import { wantedKeys } from './policy.ts';
import { timeOf } from './times.ts';
import { sameOctets, sameTicketData, type Entry, type Transcript } from './transcript.ts';

/** Judges the message that a vector names as one to be turned down. */
export function judgeRefusable(bench: Bench, transcript: Transcript): void {
  const entry = transcript.entries.find(({ index }) => index === bench.vector.reject?.message);
  if (!entry) return;
  const judges = [
    judgeSuppliedTime,
    judgeNames,
    judgeWanted,
    judgeTicket,
    judgeMap,
    judgeAnswerer,
    judgeUpdateAnswer,
    judgeInitiatorData,
    judgePublicKeys,
  ];
  for (const judge of judges) bench.attempt(entry, 'rfc6043:4.1-1', () => judge(bench, entry, transcript));
}

/** The clause that says which KMS a message names, by its type. */
const kmsClauses: Readonly<Record<string, string>> = {
  REQUEST_INIT: 'rfc6043:4.2.1.1-10',
  REQUEST_RESP: 'rfc6043:4.2.1-2',
  RESOLVE_INIT: 'rfc6043:4.2.3.1-9',
  RESOLVE_RESP: 'rfc6043:4.2.3-6',
};

/** It names another KMS, or another callee, than it goes to or comes from. */
function judgeNames(bench: Bench, entry: Entry): void {
  const { payloads } = entry.message;
  const type = entry.type.replace(/_PS?K$/, '');
  const clause = kmsClauses[type];
  const kms = type.endsWith('_RESP') ? entry.from : entry.to;
  for (const IDRkms of clause === undefined ? [] : all(payloads, 'IDR', idRoles.IDRkms)) {
    bench.findings.demand(textOf(IDRkms) === kms, entry, { clause: clause ?? '', reason: `IDRkms is not ${kms}` });
  }
  for (const IDRr of type === 'TRANSFER_INIT' ? all(payloads, 'IDR', idRoles.IDRr) : []) {
    bench.findings.demand(isMember(bench, [IDRr], entry.to), entry, {
      clause: 'rfc6043:4.2.2.1-5',
      reason: `IDRr is not ${entry.to}`,
    });
  }
}

/** It asks for a ticket of an unknown type, for keys that are too short, or for a time that is over. */
function judgeWanted(bench: Bench, entry: Entry): void {
  for (const { policy } of all(entry.message.payloads, 'TP')) {
    const isKnown = isSupported(policy, [mikeyBaseTicket, threeGppBaseTicket()]);
    const reason = 'the Ticket Type is none that is known';
    bench.findings.demand(isKnown, entry, { clause: 'rfc6043:6.10-13', reason });
    const { TRs, TRe } = readTpData(bench.A, policy.tpData);
    const at = timeOf(bench, entry);
    const isOver = TRe !== undefined && ((at !== undefined && TRe < at) || (TRs !== undefined && TRe <= TRs));
    bench.findings.demand(!isOver, entry, {
      clause: 'rfc6043:6.10-57',
      reason: 'the validity period that it asks for is over or empty',
    });
    const isLong = wantedKeys(bench, policy).every(({ key }) => key.length >= 16);
    bench.findings.demand(isLong, entry, {
      clause: 'rfc6043:12.1-4',
      reason: 'it asks for a key of less than 128 bits',
    });
  }
}

/** Its ticket is for others than it goes to. */
function judgeTicket(bench: Bench, entry: Entry): void {
  const { payloads } = entry.message;
  const { agreements } = bench.vector.context ?? {};
  for (const { policy } of all(payloads, 'TICKET')) {
    const { IDRr, IDRkms } = readTpData(bench.A, policy.tpData);
    if (entry.type === 'TRANSFER_INIT') {
      const reason = `the ticket does not name ${entry.to}`;
      bench.findings.demand(isMember(bench, IDRr, entry.to), entry, { clause: 'rfc6043:6.10-69', reason });
    }
    if (entry.type.startsWith('RESOLVE_INIT') && IDRkms && agreements) {
      const kms = textOf(IDRkms);
      const isOurs = kms === entry.to || agreements.some((pair) => pair.includes(kms) && pair.includes(entry.to));
      const reason = `the ticket is for ${kms}, with which ${entry.to} has no agreement`;
      bench.findings.demand(isOurs, entry, { clause: 'rfc6043:10-1', reason });
    }
  }
}

/** Its map has a session twice, or one whose policy is not there. */
function judgeMap(bench: Bench, entry: Entry): void {
  const { header, payloads } = entry.message;
  if (header.map.type !== 'GENERIC-ID' || all(payloads, 'TICKET').length === 0) return;
  const ids = header.map.sessions.map(({ csId }) => csId);
  bench.findings.demand(new Set(ids).size === ids.length, entry, { clause: 'B15', reason: 'a CS ID comes twice' });
  const offered = new Set(all(payloads, 'SP').map(({ policyNo }) => policyNo));
  const isThere = header.map.sessions.every(({ policies }) => policies.every((one) => offered.has(one)));
  bench.findings.demand(isThere, entry, {
    clause: 'rfc6043:6.1.1-11',
    reason: 'a crypto session points to a policy that no SP payload has',
  });
}

/** It answers for somebody that was not called; that the KMS gave it keys only says that the ticket names it (weakness W10). */
function judgeAnswerer(bench: Bench, entry: Entry, { transfers }: Transcript): void {
  const transfer = transfers.find(({ response }) => response === entry);
  if (!transfer) return;
  const names = readTpData(bench.A, transfer.ticket.policy.tpData).IDRr;
  const [callee] = all(transfer.initial.message.payloads, 'IDR', idRoles.IDRr);
  for (const IDRr of all(entry.message.payloads, 'IDR', idRoles.IDRr)) {
    const isOnly = names.every((name) => callee && bench.A.equal(name.data, callee.data));
    const isCalled = callee === undefined || isOnly || isMember(bench, [callee], textOf(IDRr));
    bench.findings.demand(isCalled, entry, { clause: 'W10', reason: `${textOf(IDRr)} was not called` });
  }
}

/** It answers an update in the name of another than the one that it comes from. */
function judgeUpdateAnswer(bench: Bench, entry: Entry, { updates }: Transcript): void {
  const update = updates.find(({ response }) => response === entry);
  for (const name of update ? all(entry.message.payloads, 'IDR') : []) {
    bench.findings.demand(textOf(name) === entry.from, entry, {
      clause: 'rfc6043:5.2-3',
      reason: `${textOf(name)} is not ${entry.from}`,
    });
  }
}

/** It has what a KMS need not take: the address of a certificate, or an envelope key that it is to remember. */
function judgePublicKeys(bench: Bench, entry: Entry): void {
  const { payloads } = entry.message;
  const isThere = all(payloads, 'CERT').every(({ certType }) => certType !== certTypes['X.509v3 URL']);
  const address = 'a certificate is not there, but its address';
  bench.findings.demand(isThere, entry, { clause: 'rfc3830:6.7-5', reason: address });
  const isForOnce = all(payloads, 'PKE').every(({ cache }) => cache === cacheIndicators['No cache']);
  const cached = 'the envelope key is to be cached';
  bench.findings.demand(isForOnce, entry, { clause: 'rfc3830:6.3-3', reason: cached });
}

/** It brings keys under a timestamp of whole seconds, which may repeat, and with it an initialization vector. */
function judgeSuppliedTime(bench: Bench, entry: Entry): void {
  const { payloads } = entry.message;
  if (!entry.type.startsWith('TRANSFER') || all(payloads, 'KEMAC').length === 0) return;
  const isPrecise = all(payloads, 'T').every(({ tsType }) => tsType === tsTypes['NTP-UTC']);
  const reason = 'its timestamp is too coarse for a KEMAC';
  bench.findings.demand(isPrecise, entry, { clause: 'C2', reason });
}

/** A Responder passes the ticket on with other Initiator Data than it got. */
function judgeInitiatorData(bench: Bench, entry: Entry, { entries }: Transcript): void {
  if (!entry.type.startsWith('RESOLVE_INIT')) return;
  for (const ticket of all(entry.message.payloads, 'TICKET')) {
    const got = entries
      .filter((other) => other.type === 'TRANSFER_INIT' && other.index < entry.index)
      .flatMap((other) => all(other.message.payloads, 'TICKET'))
      .filter((other) => sameTicketData(other, ticket));
    const isAsGot = got.length === 0 || got.some((other) => sameOctets(other.initiatorData, ticket.initiatorData));
    bench.findings.demand(isAsGot, entry, {
      clause: 'rfc6043:6.10-77',
      reason: 'Initiator Data are not those of any TRANSFER_INIT with this ticket',
    });
  }
}
