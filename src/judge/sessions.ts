/**
 * Crypto sessions: the GENERIC-ID maps of a transfer, their policies, TEKs and salts.
 *
 * @module
 * @see [RFC 6043, section 6.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1.1)
 */
import { protTypes, srtpParams } from '../../spec/registry/sp.ts';
import type { GenericIdSession } from '../../model/message/header.ts';
import type { KeyDataPayload, SpPayload, TicketPolicy } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { deriveSessionKey } from '../../model/keys/sessionKeys.ts';
import { saltKeyLength } from '../../model/keys/suite.ts';
import { isGenerating, spiOf } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import type { Entry } from './transcript.ts';

/** Keys of one crypto session. */
export interface DerivedSession {
  readonly csId: number;
  readonly tek: Uint8Array;
  readonly salt: Uint8Array;
  /** The session key that they come from, or that the TEK is. */
  readonly key: KeyDataPayload<Uint8Array>;
}

/** What sessions are derived from. */
export interface SessionInput {
  readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
  readonly flags: TicketPolicy<never>['flags'];
  readonly RANDRi: Uint8Array | undefined;
  readonly RANDRr: Uint8Array | undefined;
  /** Policies of earlier exchanges of the same CSB. */
  readonly policies: readonly SpPayload<Uint8Array>[];
}

/** Sessions, and the policies that hold for them. */
export interface JudgedSessions {
  readonly sessions: readonly DerivedSession[];
  readonly policies: readonly SpPayload<Uint8Array>[];
}

/** Length of a TEK where the policy does not say: the SRTP default, in octets. */
const defaultTekLength = 16;

/** Judges offer and answer, and derives the keys of every session of the answer; without answer, of the offer (finding A15). */
export function judgeSessions(
  bench: Bench,
  { initial, response }: { readonly initial: Entry; readonly response: Entry | undefined },
  input: SessionInput,
): JudgedSessions {
  const offered = judgeMap(bench, initial, { as: response ? 'offer' : 'decision' });
  const answered = response ? judgeMap(bench, response, { as: 'answer' }) : offered;
  const last = response ?? initial;
  // Where numbers collide, the sender's own policy counts (finding A25).
  const own = response ? all(response.message.payloads, 'SP') : [];
  const policies = [...own, ...all(initial.message.payloads, 'SP'), ...input.policies];
  for (const session of offered) {
    bench.findings.demand(
      answered.some((other) => other.csId === session.csId),
      last,
      { clause: 'rfc6043:4.2.2.3-4', reason: `CS ID ${session.csId} of the offer is not answered` },
    );
  }
  const sessions = answered.flatMap((session) => derive(bench, last, { session, known: policies, input }));
  return { sessions, policies };
}

/**
 * One map: each CS ID once; in an answer one policy, Session Data and SPI for each session. A TRANSFER_INIT that nobody answers
 * decides alone, so it should have the same.
 */
function judgeMap(
  bench: Bench,
  entry: Entry,
  { as }: { readonly as: 'offer' | 'answer' | 'decision' },
): readonly GenericIdSession<Uint8Array>[] {
  const { findings } = bench;
  const { map } = entry.message.header;
  const sessions = map.type === 'GENERIC-ID' ? map.sessions : [];
  const ids = sessions.map((session) => session.csId);
  findings.demand(new Set(ids).size === ids.length, entry, { clause: 'B15', reason: 'a CS ID comes twice' });
  const numbers = all(entry.message.payloads, 'SP').map((sp) => sp.policyNo);
  findings.demand(new Set(numbers).size === numbers.length, entry, {
    clause: 'rfc3830:6.10-1',
    reason: 'two SP payloads have the same policy number',
  });
  for (const session of sessions) {
    const name = `CS ID ${session.csId}`;
    const { sessionData, protType, s } = session;
    if (as === 'decision' && (session.policies.length !== 1 || sessionData.length === 0)) {
      findings.warning(entry, 'A15', `${name} has no single policy or no Session Data, and no answer will give them`);
    }
    if (as === 'answer') {
      findings.demand(session.policies.length === 1, entry, {
        clause: 'rfc6043:6.1.1-5',
        reason: `${name} has ${session.policies.length} policies instead of 1`,
      });
      findings.demand(session.spi.length > 0, entry, { clause: 'rfc6043:6.1.1-20', reason: `${name} has no SPI` });
      findings.demand(protType !== protTypes.SRTP || sessionData.length > 0, entry, {
        clause: 'rfc6043:6.1.1-14',
        reason: `${name} has no Session Data`,
      });
    }
    if (protType === protTypes.SRTP && sessionData.length > 0) {
      findings.demand(sessionData.length === (s ? 10 : 4), entry, {
        clause: 'rfc6043:6.1.1-15',
        reason: `Session Data of ${name} has ${sessionData.length} octets, with S = ${s ? 1 : 0}`,
      });
    }
  }
  return sessions;
}

function derive(
  bench: Bench,
  response: Entry,
  options: {
    readonly session: GenericIdSession<Uint8Array>;
    readonly known: readonly SpPayload<Uint8Array>[];
    readonly input: SessionInput;
  },
): readonly DerivedSession[] {
  const { A, findings } = bench;
  const { session, known, input } = options;
  const { csId } = session;
  const sp = known.find((candidate) => candidate.policyNo === session.policies[0]);
  findings.demand(sp !== undefined, response, {
    clause: 'rfc6043:6.1.1-11',
    reason: `CS ID ${csId} points to a policy that no SP payload has`,
  });
  findings.demand(sp === undefined || sp.protType === session.protType, response, {
    clause: 'rfc6043:6.1.1-10',
    reason: `the policy of CS ID ${csId} is for another protocol`,
  });
  const key = keyOf(bench, session, input.sessionKeys);
  if (!key) {
    findings.error(response, 'rfc6043:6.1.1-21', `the SPI of CS ID ${csId} names no session key`);
    return [];
  }
  if (!isGenerating(key)) return [{ csId, tek: key.key, salt: key.salt ?? A.octets(''), key }];
  const keyInput = {
    prfFunc: response.message.header.prfFunc,
    inkey: key.key,
    csId,
    RANDRi: input.flags.H ? input.RANDRi : undefined,
    RANDRr: input.flags.G ? input.RANDRr : undefined,
  };
  const length = tekLength(sp);
  findings.demand(length <= 16 || keyInput.prfFunc !== 0, response, {
    clause: 'rfc6043:12.1-12',
    reason: `the TEK of CS ID ${csId} has more than 128 bits, under 128-bit algorithms`,
  });
  const tek = deriveSessionKey(A, 'TEK', { input: keyInput, length });
  const salt = key.salt ?? deriveSessionKey(A, 'salting', { input: keyInput, length: saltKeyLength });
  return [{ csId, tek, salt, key }];
}

/** The key that a session's SPI names, the newest one if several do; without SPI the only one (finding A15). */
function keyOf(
  bench: Bench,
  session: GenericIdSession<Uint8Array>,
  keys: readonly KeyDataPayload<Uint8Array>[],
): KeyDataPayload<Uint8Array> | undefined {
  if (session.spi.length === 0) return keys.length === 1 ? keys[0] : undefined;
  return keys.findLast((key) => {
    const spi = spiOf(key);
    return spi !== undefined && bench.A.equal(spi, session.spi);
  });
}

/** The TEK length of a policy, in octets (finding A14). */
function tekLength(sp: SpPayload<Uint8Array> | undefined): number {
  const param = sp?.params.find((candidate) => candidate.type === srtpParams['Session Encr. key length']);
  if (!param || param.value.length === 0 || param.value.length > 2) return defaultTekLength;
  return param.value.reduce((sum, octet) => sum * 256 + octet, 0);
}
