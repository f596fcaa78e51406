/**
 * Test vectors: one run as a document from which a stranger can recompute every byte with nothing but the RFCs.
 *
 * The format is described in `docs/vectors.md` and, as a JSON Schema, in `spec/vectors.schema.json`.
 *
 * @module
 */
import { flagNames, type FlagName } from '../../model/message/ticketFlags.ts';
import { one } from '../../model/message/select.ts';
import type { StandardOptions } from '../../model/modes/standard.ts';
import type { Agreement, Trace } from '../../model/trace/trace.ts';
import { runAndAnalyse } from './byteRun.ts';

/** What one responder and the Initiator hold at the end. */
export interface ExpectedFork {
  readonly mpkr: string | null;
  readonly tgk: readonly string[];
  readonly tek: Readonly<Record<string, string>>;
  readonly salt: Readonly<Record<string, string>>;
}

/** One vector. All binary values are lower-case hexadecimal. */
export interface Vector {
  readonly name: string;
  readonly mode: string;
  readonly policy: Readonly<Record<FlagName, boolean>> & { readonly prf: number };
  readonly secrets: { readonly psk_i: string; readonly psk_r: Readonly<Record<string, string>>; readonly tpk: string };
  readonly messages: readonly {
    readonly type: string;
    readonly from: string;
    readonly to: string;
    readonly hex: string;
  }[];
  readonly expected: {
    readonly mpki: string;
    readonly mpkr: string | null;
    readonly forks: Readonly<Record<string, ExpectedFork>>;
  };
}

/** A vector file. */
export interface VectorFile {
  readonly format: 'mikey-ticket-vectors/1';
  readonly vectors: readonly Vector[];
}

/** Hexadecimal text of octets. */
export function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

/** The vectors that we publish: standard flow with 1, 2 and 5 forks and without key forking, both PRFs. */
const published: readonly StandardOptions[] = (['sha1', 'sha256'] as const).flatMap((suite) => [
  { suite, forks: 1 },
  { suite, forks: 2 },
  { suite, forks: 5 },
  { suite, forks: 2, flags: 'DEFGHJNO' },
]);

/**
 * Makes the published vectors.
 *
 * @param seed - the same seed gives the same file, octet for octet
 */
export function makeVectors(seed: string): VectorFile {
  return {
    format: 'mikey-ticket-vectors/1',
    vectors: published.map((options, index) => vectorOf(runAndAnalyse(options, `${seed}/${index}`).run.trace)),
  };
}

/**
 * A trace as a vector.
 *
 * A forked TRANSFER_INIT stands there once for each endpoint, with the same octets, from the caller to the identity that was called.
 *
 * @throws RangeError if the run did not get as far as granting a ticket
 */
export function vectorOf(trace: Trace<Uint8Array>): Vector {
  const secret = (name: string): string => hex(secretValue(trace, name));
  const identityOf = (name: string): string => trace.parties.find((party) => party.name === name)?.identity ?? name;
  const caller = trace.parties.find((party) => party.role === 'initiator')?.name ?? '';
  const devices = trace.parties.filter((party) => party.role === 'responder');
  const isProxy = (name: string): boolean =>
    trace.parties.some((party) => party.name === name && party.role === 'proxy');
  const transferInit = trace.messages.find((hop) => hop.type === 'TRANSFER_INIT');
  if (!transferInit) throw new RangeError('the run has no TRANSFER_INIT');
  const { policy } = one(transferInit.message.payloads, 'TICKET');
  const callee = calledIdentity(trace);
  return {
    name: trace.title,
    mode: trace.mode,
    policy: {
      ...(Object.fromEntries(flagNames.map((flag) => [flag, policy.flags[flag]])) as Record<FlagName, boolean>),
      prf: policy.prfFunc,
    },
    secrets: {
      psk_i: secret(`PSK(${caller})`),
      psk_r: Object.fromEntries(devices.map((device) => [device.identity, secret(`PSK(${device.name})`)])),
      tpk: secret('TPK'),
    },
    messages: trace.messages
      // Of each message that crosses the proxy, the hop at the endpoint's side counts: there it is seen once per endpoint.
      .filter(
        (hop) =>
          !(hop.type === 'TRANSFER_INIT' && isProxy(hop.to)) && !(hop.type === 'TRANSFER_RESP' && isProxy(hop.from)),
      )
      .map((hop) => ({
        type: hop.type,
        from: isProxy(hop.from) ? identityOf(caller) : identityOf(hop.from),
        to: hop.type === 'TRANSFER_INIT' ? callee : isProxy(hop.to) ? identityOf(caller) : identityOf(hop.to),
        hex: hex(hop.octets),
      })),
    expected: {
      mpki: secret('MPKi'),
      mpkr: policy.flags.I ? secret('MPKr') : null,
      forks: Object.fromEntries(
        trace.agreements
          .filter((agreement) => agreement.party === agreement.responder)
          .map((agreement) => [identityOf(agreement.responder), expectedFork(agreement)]),
      ),
    },
  };
}

function expectedFork(agreement: Agreement<Uint8Array>): ExpectedFork {
  const bySession = (
    value: (session: Agreement<Uint8Array>['sessions'][number]) => Uint8Array,
  ): Record<string, string> =>
    Object.fromEntries(agreement.sessions.map((session) => [String(session.csId), hex(value(session))]));
  return {
    mpkr: agreement.mpkr === null ? null : hex(agreement.mpkr),
    tgk: agreement.tgks.map(hex),
    tek: bySession((session) => session.tek),
    salt: bySession((session) => session.salt),
  };
}

function secretValue(trace: Trace<Uint8Array>, name: string): Uint8Array {
  const found = trace.secrets.find((secret) => secret.name === name);
  if (!found) throw new RangeError(`the run has no ${name}`);
  return found.value;
}

/** The identity in IDRr of TRANSFER_INIT. */
function calledIdentity(trace: Trace<Uint8Array>): string {
  const hop = trace.messages.find((candidate) => candidate.type === 'TRANSFER_INIT');
  const IDRr = hop?.message.payloads.find((payload) => payload.kind === 'IDR' && payload.role === 2);
  return IDRr?.kind === 'IDR' ? new TextDecoder().decode(IDRr.data) : '';
}
