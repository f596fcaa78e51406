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
import type { Secret, Trace, TracedTicket, Verdict } from '../../model/trace/trace.ts';
import { bothSides, mayKnow } from './relations.ts';

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
const givenKinds = { PSK: 'PSK', TPK: 'TPK', ENV: 'ENV' } as const;

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
  const verdict = (id: ClaimId, holds: boolean): Verdict => ({ claim: id, text: claims[id].text, holds });
  const forked = trace.agreements.length > 0 && trace.agreements.every((agreement) => agreement.forked);
  const forking = trace.tickets.length > 0 && trace.tickets.every((ticket) => ticket.forking);
  const withoutKms = trace.tickets.length > 0 && trace.tickets.every((ticket) => kmsOf(trace, ticket) === undefined);
  const verdicts = [
    verdict('honest-end', everyoneEnds(trace)),
    verdict('keys-agree', keysAgree(A, trace)),
    ...(forking ? [verdict('mutual-identity', identitiesTrue(trace))] : []),
    ...(forked
      ? [
          verdict('fork-uniqueness', forksDiffer(A, trace)),
          verdict('endpoint-secrecy', !endpointsShare(trace, knows, isForked)),
        ]
      : []),
    verdict('network-secrecy', networkLearnsNothing(trace, knows)),
    verdict('knowledge-as-stated', knowledgeAsStated(trace, knows)),
    ...(withoutKms ? [verdict('kms-learns-nothing', kmsLearnsNothing(trace, knows))] : []),
  ];
  const limit = (id: LimitId, holds: boolean): Verdict => ({ claim: id, text: limits[id].text, holds });
  const several = new Set(trace.agreements.map((agreement) => agreement.device)).size > 1;
  const groupKeys = trace.secrets.filter((secret) => secret.kind === 'GTGK' || isTicketTek(secret));
  const brought = trace.secrets.filter((secret) => secret.kind === 'supplied key' && !isForked(secret));
  const unforked = trace.tickets.some((ticket) => !ticket.forking);
  const forwarded = trace.agreements.some((agreement) => agreement.forwarder !== undefined);
  const shown = [
    ...(unforked && several
      ? [
          limit(
            'no-forking-shared-keys',
            endpointsShare(trace, knows, () => true),
          ),
        ]
      : []),
    ...(unforked ? [limit('no-forking-impersonation', resolversHoldMpki(trace, knows))] : []),
    ...(groupKeys.length > 0 && several ? [limit('group-key-shared', resolversKnow(trace, knows, groupKeys))] : []),
    ...(forking && several ? [limit('mpki-shared', resolversHoldMpki(trace, knows))] : []),
    ...(brought.length > 0 && several ? [limit('initiator-keys-shared', resolversKnow(trace, knows, brought))] : []),
    ...(forwarded ? [limit('forwarding-kms-knows', forwardersKnow(trace, knows))] : []),
    ...(withoutKms ? [] : [limit('kms-knows-all', kmsKnowsAll(trace, knows))]),
  ];
  return { knows, verdicts, limits: shown, ok: [...verdicts, ...shown].every((one) => one.holds) };
}

/** Whether a secret is unique for one endpoint. */
function isForked(secret: Secret<Uint8Array>): boolean {
  return secret.forked === true;
}

/** Whether a secret is a TEK that stands in a ticket, and not one that was derived for an exchange. */
function isTicketTek(secret: Secret<Uint8Array>): boolean {
  return secret.kind === 'TEK' && secret.exchange === undefined;
}

/** The KMS that holds the TPK of a ticket; undefined if none does. */
function kmsOf(trace: Trace<Uint8Array>, ticket: TracedTicket): string | undefined {
  return trace.parties.find((party) => party.role === 'kms' && ticket.keyHolders.includes(party.name))?.name;
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

function everyoneEnds(trace: Trace<Uint8Array>): boolean {
  const sides = bothSides(trace);
  return trace.asExpected && sides.length > 0 && sides.every(({ caller, answerer }) => caller && answerer);
}

function keysAgree(A: Algebra<Uint8Array>, trace: Trace<Uint8Array>): boolean {
  return bothSides(trace).every(({ caller, answerer }) => {
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
  // Without TRANSFER_RESP the caller knows whom it called, not which endpoint took the call.
  const unanswered = !trace.messages.some((hop) => hop.type === 'TRANSFER_RESP');
  return bothSides(trace).every(
    ({ caller, answerer }) =>
      caller !== undefined &&
      (unanswered || caller.peerIdentity === identityOf(caller.device)) &&
      answerer?.peerIdentity === identityOf(caller.party),
  );
}

/**
 * Whether different endpoints have different keys, all different from those before forking, and different calls different TEKs. An endpoint
 * that uses a kept resolution again has the same forked keys in both calls (rfc6043:5.3-6).
 */
function forksDiffer(A: Algebra<Uint8Array>, trace: Trace<Uint8Array>): boolean {
  const unforked = trace.secrets.filter((secret) => ['MPKr', 'TGK', 'MPKi'].includes(secret.kind));
  const forked = trace.secrets.filter((secret) => isForked(secret) && secret.exchange !== undefined);
  const deviceOf = (secret: Secret<Uint8Array>): string | undefined =>
    trace.agreements.find((agreement) => agreement.responder === secret.exchange)?.device;
  return forked.every((a) =>
    [...forked, ...unforked].every((b) => {
      if (a.exchange === b.exchange || a.kind === 'SALT' || b.kind === 'SALT') return true;
      const keptResolution = a.kind !== 'TEK' && a.kind === b.kind && deviceOf(a) === deviceOf(b);
      return keptResolution || !A.equal(a.value, b.value);
    }),
  );
}

/** Whether some endpoint can compute what belongs to an exchange of another one. */
function endpointsShare(
  trace: Trace<Uint8Array>,
  knows: Analysis['knows'],
  counts: (secret: Secret<Uint8Array>) => boolean,
): boolean {
  const devices = [...new Set(trace.agreements.map((agreement) => agreement.device))];
  return trace.agreements
    .filter((agreement) => agreement.party === agreement.device)
    .some(({ responder, device, caller }) =>
      trace.secrets
        .filter((secret) => secret.exchange === responder && counts(secret))
        .some((secret) =>
          devices.some((other) => other !== device && other !== caller && knows(other, secret.name) !== 'no'),
        ),
    );
}

/** Whether everybody who resolved a ticket holds its MPKi, under which TRANSFER_INIT and, without key forking, TRANSFER_RESP are protected. */
function resolversHoldMpki(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const mpkis = trace.secrets.filter((secret) => secret.kind === 'MPKi');
  return mpkis.length > 0 && resolversKnow(trace, knows, mpkis);
}

/** Whether everybody who resolved the ticket of a secret knows the secret. */
function resolversKnow(
  trace: Trace<Uint8Array>,
  knows: Analysis['knows'],
  secrets: readonly Secret<Uint8Array>[],
): boolean {
  return secrets.every((secret) =>
    (trace.tickets[secret.ticket ?? -1]?.resolvers ?? []).every((name) => knows(name, secret.name) !== 'no'),
  );
}

function forwardersKnow(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  return trace.agreements.every(({ responder, forwarder }) =>
    trace.secrets
      .filter((secret) => secret.exchange === responder)
      .every((secret) => forwarder === undefined || knows(forwarder, secret.name) !== 'no'),
  );
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

function knowledgeAsStated(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  return trace.secrets.every((secret) =>
    trace.parties.every(({ name }) => (knows(name, secret.name) !== 'no') === mayKnow(trace, name, secret)),
  );
}

/** Everything but the PSKs of others is in reach of the KMS that holds the TPK. */
function kmsKnowsAll(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  return trace.secrets
    .filter((secret) => secret.ticket !== undefined)
    .every((secret) => {
      const ticket = trace.tickets[secret.ticket ?? -1];
      const kms = ticket && kmsOf(trace, ticket);
      return kms !== undefined && knows(kms, secret.name) !== 'no';
    });
}

function kmsLearnsNothing(trace: Trace<Uint8Array>, knows: Analysis['knows']): boolean {
  const kmss = trace.parties.filter((party) => party.role === 'kms');
  return trace.secrets
    .filter((secret) => secret.ticket !== undefined)
    .every((secret) => kmss.every((kms) => knows(kms.name, secret.name) === 'no'));
}
