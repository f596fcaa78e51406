/**
 * The secrets of a run as a vector lists them: the keys that parties share beforehand, each under the name that messages know it by.
 *
 * @module
 * @see docs/vectors.md
 */
import { MikeyError } from '../../../model/error.ts';
import type { TicketPayload } from '../../../model/message/payload.ts';
import { all } from '../../../model/message/select.ts';
import { readTicketData, ticketMacHolds } from '../../../model/ticket/baseTicket.ts';
import type { Secret, Trace } from '../../../model/trace/trace.ts';
import type { JudgedVector } from '../../judge/vectorFile.ts';
import { bytes } from '../byteRun.ts';
import { rsaNumbers, type CertifiedParties } from './certified.ts';
import { hex } from './hex.ts';
import type { ListedMessage } from './messages.ts';

type Secrets = JudgedVector['secrets'];

/**
 * The secrets that one needs to recompute messages.
 *
 * A single value stands alone, several are listed by their names, so that a reader who knows one call only is not bothered.
 *
 * @param options - `honest`: messages whose tickets show the TPK, where no ticket in those that are listed is sealed by any; `certified`:
 *   who has which RSA key
 */
export function secretsOf(
  trace: Trace<Uint8Array>,
  listed: readonly ListedMessage[],
  {
    honest = [],
    certified = new Map(),
  }: { readonly honest?: readonly ListedMessage[]; readonly certified?: CertifiedParties } = {},
): Secrets {
  const psks = trace.secrets.filter(({ kind }) => kind === 'PSK');
  const requesters = new Set(listed.filter(({ type }) => type.startsWith('REQUEST_INIT')).map(({ from }) => from));
  const asking = new Set(listed.filter(({ type }) => type.startsWith('RESOLVE_INIT')).map(({ from }) => from));
  const callers = trace.parties.filter(({ role }) => role === 'initiator').map(({ identity }) => identity);
  const byOwner = psks.map((psk) => [ownerOf(trace, psk), hex(psk.value)] as const);
  const mine = byOwner.filter(([owner]) => (requesters.size > 0 ? requesters.has(owner) : owner === callers[0]));
  // Endpoints that never ask share a key all the same; the callers' own keys are listed once.
  const theirs = byOwner.filter(([owner]) => asking.has(owner) || (!callers.includes(owner) && !requesters.has(owner)));
  const sealing = ticketKeysOf(trace, listed);
  const tpk = oneOrMany(sealing.length > 0 ? sealing : ticketKeysOf(trace, honest));
  const psk = oneOrMany(mine);
  const envelopes = envelopeKeysOf(trace);
  const env_i = oneOrMany(envelopes.filter(([owner]) => requesters.has(owner)));
  const env_r = oneOrMany(envelopes.filter(([owner]) => asking.has(owner)));
  return {
    ...(psk === undefined ? {} : { psk_i: psk }),
    ...(theirs.length > 0 ? { psk_r: Object.fromEntries(theirs) } : {}),
    ...(env_i === undefined ? {} : { env_i }),
    ...(env_r === undefined ? {} : { env_r }),
    ...(certified.size > 0 ? { rsa: rsaOf(trace, certified) } : {}),
    ...(tpk === undefined ? {} : { tpk }),
  };
}

/** The envelope keys of those who made one only; where somebody made several, the RSA key of the KMS opens each. */
function envelopeKeysOf(trace: Trace<Uint8Array>): readonly (readonly [string, string])[] {
  const every = trace.secrets
    .filter(({ kind }) => kind === 'ENV')
    .map((secret) => [ownerOf(trace, secret), hex(secret.value)] as const);
  return every.filter(([owner]) => every.filter(([other]) => other === owner).length === 1);
}

/** RSA keys: of a KMS with the private exponent, which opens envelopes; of users what verifies signatures. */
function rsaOf(trace: Trace<Uint8Array>, certified: CertifiedParties): NonNullable<Secrets['rsa']> {
  const isKms = (identity: string): boolean =>
    trace.parties.some((party) => party.role === 'kms' && party.identity === identity);
  return Object.fromEntries(
    [...certified].map(([identity, { privateKey }]) => {
      const { n, e, d } = rsaNumbers(privateKey);
      return [identity, isKms(identity) ? { n, e, d } : { n, e }];
    }),
  );
}

/** Whose a PSK is: `PSK(alice)` and, between KMSs, `PSK(kms-b, kms-a)` of the one that asks. */
function ownerOf(trace: Trace<Uint8Array>, { name }: Secret<Uint8Array>): string {
  const owner = /\(([^,)]*)/.exec(name)?.[1] ?? name;
  return trace.parties.find((party) => party.name === owner)?.identity ?? owner;
}

/** The TPKs that seal the tickets in the messages, by IDRpsk. */
function ticketKeysOf(
  trace: Trace<Uint8Array>,
  listed: readonly ListedMessage[],
): readonly (readonly [string, string])[] {
  const known = trace.secrets.filter(({ kind }) => kind === 'TPK');
  const found = new Map<string, string>();
  for (const ticket of listed.flatMap(({ message }) => (message ? all(message.payloads, 'TICKET') : []))) {
    const name = nameInTicket(ticket);
    const key = known.find(({ value }) => seals(ticket, value));
    if (name !== undefined && key) found.set(name, hex(key.value));
  }
  return [...found];
}

function nameInTicket(ticket: TicketPayload<Uint8Array>): string | undefined {
  return tolerant(() => {
    const { IDRpsk } = readTicketData(bytes, ticket);
    return IDRpsk && new TextDecoder().decode(IDRpsk.data);
  });
}

function seals(ticket: TicketPayload<Uint8Array>, TPK: Uint8Array): boolean {
  return tolerant(() => ticketMacHolds(bytes, ticket, { TPK, data: readTicketData(bytes, ticket) })) ?? false;
}

/** A ticket in a vector may be one that nobody can read. */
function tolerant<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return undefined;
  }
}

function oneOrMany(entries: readonly (readonly [string, string])[]): string | Record<string, string> | undefined {
  const [first, ...more] = entries;
  return more.length === 0 ? first?.[1] : Object.fromEntries(entries);
}
