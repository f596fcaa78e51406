/**
 * What a run shows: who could compute which secret, and which claims hold. Everything is computed from octets and keys of the
 * run; nothing is taken from what the roles say about themselves.
 *
 * @module
 */
import { claims, limits, type ClaimId, type LimitId } from '../../spec/claims/claims.ts';
import type { Algebra } from '../../model/algebra/algebra.ts';
import { derivable, overhear, type KnownKey } from '../../model/trace/knowledge.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Agreement, Secret, Trace, Verdict } from '../../model/trace/trace.ts';

/** How a party comes to a secret: it was given it, it can compute it, or neither. */
export type Knowing = 'given' | 'derives' | 'no';

/** Whoever listens on all legs and holds no key: no party of the run, but the strongest network entity. */
export const eavesdropper = 'network';

/** What a run shows. */
export interface Analysis {
  /** How a party, or {@link eavesdropper}, comes to a secret, by its name. */
  readonly knows: (party: string, secret: string) => Knowing;
  readonly verdicts: readonly Verdict[];
  /** Limits that this run shows to be real. */
  readonly limits: readonly Verdict[];
  /** Whether all claims hold and all limits are as stated. */
  readonly ok: boolean;
}

/** The kinds of secrets that somebody can hold at the start. */
const givenKinds = { PSK: 'PSK', TPK: 'TPK' } as const;

/** Analyses a run. */
export function analyse(A: Algebra<Uint8Array>, trace: Trace<Uint8Array>): Analysis {
  const distinct = distinctMessages(trace);
  const overheard = overhear(A, distinct, (message) => messageTypeName(message.header.dataType));
  const knowledge = new Map<string, readonly KnownKey<Uint8Array>[]>();
  for (const name of [...trace.parties.map((party) => party.name), eavesdropper]) {
    const given = (trace.given[name] ?? []).map((secret) => keyOf(secretNamed(trace, secret)));
    knowledge.set(name, derivable(A, given, overheard));
  }
  const knows = (party: string, secret: string): Knowing => {
    if (trace.given[party]?.includes(secret)) return 'given';
    const { value } = secretNamed(trace, secret);
    return knowledge.get(party)?.some((key) => A.equal(key.value, value)) ? 'derives' : 'no';
  };
  const forking = trace.secrets.some((secret) => secret.kind === 'MPKr');
  const verdict = (id: ClaimId, holds: boolean): Verdict => ({ claim: id, text: claims[id].text, holds });
  const verdicts = [
    verdict('honest-end', everyoneEnds(trace)),
    verdict('keys-agree', keysAgree(A, trace)),
    ...(forking
      ? [
          verdict('mutual-identity', identitiesTrue(trace)),
          verdict('fork-uniqueness', forksDiffer(A, trace)),
          verdict('endpoint-secrecy', !endpointsShare(trace, knows)),
        ]
      : []),
    verdict('network-secrecy', networkLearnsNothing(trace, knows)),
  ];
  const limit = (id: LimitId, holds: boolean): Verdict => ({ claim: id, text: limits[id].text, holds });
  const several = responders(trace).length > 1;
  const shown = [
    ...(!forking && several ? [limit('no-forking-shared-keys', endpointsShare(trace, knows))] : []),
    ...(!forking ? [limit('no-forking-impersonation', endpointsHoldMpki(trace, knows))] : []),
    limit('kms-knows-all', kmsKnowsAll(trace, knows)),
  ];
  return { knows, verdicts, limits: shown, ok: [...verdicts, ...shown].every((one) => one.holds) };
}

/** Secrets that belong to one endpoint: their names end with its name in brackets. */
function secretsOf(trace: Trace<Uint8Array>, responder: string): readonly Secret<Uint8Array>[] {
  return trace.secrets.filter((secret) => secret.kind !== 'PSK' && secret.name.endsWith(`(${responder})`));
}

function distinctMessages(trace: Trace<Uint8Array>): Trace<Uint8Array>['messages'][number]['message'][] {
  const byOctets = new Map(trace.messages.map((hop) => [Buffer.from(hop.octets).toString('latin1'), hop.message]));
  return [...byOctets.values()];
}

function secretNamed(trace: Trace<Uint8Array>, name: string): Secret<Uint8Array> {
  const found = trace.secrets.find((secret) => secret.name === name);
  if (!found) throw new RangeError(`the run has no secret ${name}`);
  return found;
}

function keyOf(secret: Secret<Uint8Array>): KnownKey<Uint8Array> {
  const kind = Object.values(givenKinds).find((candidate) => candidate === secret.kind);
  if (!kind) throw new RangeError(`nobody starts with ${secret.name}`);
  return { kind, value: secret.value };
}

function responders(trace: Trace<Uint8Array>): readonly string[] {
  return trace.parties.filter((party) => party.role === 'responder').map((party) => party.name);
}

/** Both sides of each call: the caller's, then the answerer's. */
function bothSides(
  trace: Trace<Uint8Array>,
): readonly (readonly [Agreement<Uint8Array> | undefined, Agreement<Uint8Array> | undefined])[] {
  return responders(trace).map((responder) => {
    const about = trace.agreements.filter((agreement) => agreement.responder === responder);
    return [
      about.find((agreement) => agreement.party !== responder),
      about.find((agreement) => agreement.party === responder),
    ];
  });
}

function everyoneEnds(trace: Trace<Uint8Array>): boolean {
  const sides = bothSides(trace);
  return sides.length > 0 && sides.every(([caller, answerer]) => caller !== undefined && answerer !== undefined);
}

function keysAgree(A: Algebra<Uint8Array>, trace: Trace<Uint8Array>): boolean {
  return bothSides(trace).every(([caller, answerer]) => {
    if (!caller || !answerer || caller.sessions.length !== answerer.sessions.length) return false;
    return (
      caller.sessions.length > 0 &&
      caller.sessions.every((session, index) => {
        const other = answerer.sessions[index];
        return other?.csId === session.csId && A.equal(other.tek, session.tek) && A.equal(other.salt, session.salt);
      })
    );
  });
}

function identitiesTrue(trace: Trace<Uint8Array>): boolean {
  const identityOf = (name: string): string | undefined => trace.parties.find((party) => party.name === name)?.identity;
  const caller = trace.parties.find((party) => party.role === 'initiator');
  // Without TRANSFER_RESP the caller knows whom it called, not which endpoint took the call.
  const unanswered = !trace.messages.some((hop) => hop.type === 'TRANSFER_RESP');
  return bothSides(trace).every(
    ([atCaller, atAnswerer]) =>
      atCaller !== undefined &&
      (unanswered || atCaller.peerIdentity === identityOf(atCaller.responder)) &&
      atAnswerer?.peerIdentity === caller?.identity,
  );
}

function forksDiffer(A: Algebra<Uint8Array>, trace: Trace<Uint8Array>): boolean {
  const forked = responders(trace).map((responder) =>
    secretsOf(trace, responder).filter((secret) => ["MPKr'", "TGK'", 'TEK', 'SALT'].includes(secret.kind)),
  );
  const unforked = trace.secrets.filter((secret) => ['MPKr', 'TGK', 'MPKi'].includes(secret.kind));
  const groups = [...forked, unforked];
  return groups.every((group, index) =>
    groups
      .slice(index + 1)
      .every((other) => group.every((a) => other.every((b) => a.kind === 'SALT' || !A.equal(a.value, b.value)))),
  );
}

function endpointsShare(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const names = responders(trace);
  return names.some((owner) =>
    secretsOf(trace, owner).some((secret) =>
      names.some((other) => other !== owner && knows(other, secret.name) !== 'no'),
    ),
  );
}

/** Whether every endpoint holds MPKi, under which TRANSFER_INIT and, without key forking, TRANSFER_RESP are protected. */
function endpointsHoldMpki(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const mpki = trace.secrets.some((secret) => secret.name === 'MPKi');
  return mpki && responders(trace).every((responder) => knows(responder, 'MPKi') !== 'no');
}

function networkLearnsNothing(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const entities = [
    eavesdropper,
    ...trace.parties.filter((party) => party.role === 'proxy').map((party) => party.name),
  ];
  return trace.secrets.every(
    (secret) =>
      entities.every((entity) => knows(entity, secret.name) === 'no') &&
      trace.messages.every((hop) => !Buffer.from(hop.octets).includes(Buffer.from(secret.value))),
  );
}

function kmsKnowsAll(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const kmss = trace.parties.filter((party) => party.role === 'kms');
  return trace.secrets.every((secret) => kmss.some((kms) => knows(kms.name, secret.name) !== 'no'));
}
