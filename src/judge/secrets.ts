/**
 * The secrets of a vector, by whose they are.
 *
 * @module
 */
import type { Identity } from '../../model/message/identity.ts';
import { octetsOf, type Bench } from './bench.ts';
import type { RsaNumbers } from './rsa.ts';

/** One value for all, or one for each name. */
type OneOrMany = string | Readonly<Record<string, string>> | undefined;

function valueOf(secret: OneOrMany, name: string): Uint8Array | undefined {
  if (secret === undefined) return undefined;
  if (typeof secret === 'string') return octetsOf(secret);
  return Object.hasOwn(secret, name) ? octetsOf(secret[name] ?? '') : undefined;
}

/** Which side of the KMS a party stands on: `i` requests tickets, `r` resolves them. */
export type Side = 'i' | 'r';

/** The key that a party shares with the KMS that it asks. */
export function pskOf({ vector }: Bench, side: Side, who: string): Uint8Array | undefined {
  return valueOf(side === 'i' ? vector.secrets.psk_i : vector.secrets.psk_r, who);
}

/** The envelope key that a party chose, if the vector tells it. */
export function envelopeKeyOf({ vector }: Bench, side: Side, who: string): Uint8Array | undefined {
  return valueOf(side === 'i' ? vector.secrets.env_i : vector.secrets.env_r, who);
}

/** The RSA key of a party. The KMS is listed under its identity or, as in most vectors there is one only, as `kms`. */
export function rsaOf({ vector }: Bench, who: string, otherwise?: 'kms'): RsaNumbers | undefined {
  const { rsa } = vector.secrets;
  if (!rsa) return undefined;
  const name = Object.hasOwn(rsa, who) ? who : otherwise;
  const key = name !== undefined && Object.hasOwn(rsa, name) ? rsa[name] : undefined;
  return key && { n: octetsOf(key.n), e: octetsOf(key.e), d: key.d === undefined ? undefined : octetsOf(key.d) };
}

/**
 * The Ticket Protection Keys that may seal a ticket.
 *
 * @param IDRpsk - which key the ticket names; undefined if it is left out (rfc6043:A.1-9)
 * @param options - whether the Initiator made the ticket: then the key that it shares with the KMS may be the TPK too
 */
export function ticketProtectionKeys(
  { vector }: Bench,
  IDRpsk: Identity<Uint8Array> | undefined,
  { ofInitiator }: { readonly ofInitiator: boolean },
): readonly Uint8Array[] {
  const { tpk, psk_i } = vector.secrets;
  if (tpk === undefined) {
    if (!ofInitiator || psk_i === undefined) return [];
    return (typeof psk_i === 'string' ? [psk_i] : Object.values(psk_i)).map(octetsOf);
  }
  if (typeof tpk === 'string') return [octetsOf(tpk)];
  for (const name of IDRpsk ? keyNames(IDRpsk) : []) {
    const named = valueOf(tpk, name);
    if (named) return [named];
  }
  return IDRpsk ? [] : Object.values(tpk).map(octetsOf);
}

/** The names under which a vector may list a key: as text or in hexadecimal. */
export function keyNames(IDRpsk: Identity<Uint8Array>): readonly string[] {
  return [new TextDecoder().decode(IDRpsk.data), Buffer.from(IDRpsk.data).toString('hex')];
}
