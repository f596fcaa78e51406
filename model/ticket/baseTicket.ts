/**
 * The MIKEY base ticket: keys sealed under a TPK that only whoever resolves tickets knows.
 *
 * Statements: rfc6043:A-4; rfc6043:A.1-1, -2, -3, -5, -6, -11; rfc6043:A.3-2; rfc6043:11-1, -2, -3.
 *
 * @module
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import type { Algebra, Keying } from '../algebra/algebra.ts';
import type { NamedKey } from '../policy/account.ts';
import { openKeys, sealKeys } from '../protection/keyTransport.ts';
import type { Env } from '../guard/profile.ts';
import { ticketAuthKey, ticketEncrKeys, type TicketKeyInput } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import { ticketCoverage } from '../message/coverage.ts';
import { idr } from '../message/identity.ts';
import type { KeyDataPayload, Payload, TicketPayload, ThdrPayload } from '../message/payload.ts';
import { lastV, one, optional, type PayloadOf } from '../message/select.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import { as64Bits, freshT } from '../message/timestamps.ts';

/** The parts of the Ticket Data of a base ticket. */
export interface BaseTicketData<B> {
  readonly T: PayloadOf<B, 'T'>;
  readonly RAND: PayloadOf<B, 'RAND'>;
  readonly KEMAC: PayloadOf<B, 'KEMAC'>;
  /** Which TPK; undefined if left out. */
  readonly IDRpsk: PayloadOf<B, 'IDR'> | undefined;
  readonly V: PayloadOf<B, 'V'>;
}

/** A new ticket and the RAND in it, from which MPKi and MPKr follow. */
export interface SealedTicket<B> {
  readonly ticket: TicketPayload<B>;
  readonly RAND: B;
}

/**
 * Makes a ticket.
 *
 * @param policy - the granted policy; its PRF decides the algorithms
 * @param options - the TPK, and the keys: MPK first, then the session keys (rfc6043:A.1-8)
 */
export function sealTicket<B>(
  env: Env<B>,
  policy: TicketPolicy<B>,
  { TPK, keys }: { readonly TPK: NamedKey<B>; readonly keys: readonly KeyDataPayload<B>[] },
): SealedTicket<B> {
  const A = env.algebra;
  const suite = suiteOfPrf(policy.prfFunc);
  // The RAND must be as long as the longest of TPK and MPK (rfc6043:12.1-7); the MPK is as long as the suite's keys.
  const RAND = env.source.random(Math.max(A.length(TPK.key), suite.keyLength), 'RAND');
  const T = freshT(A, env.source.now());
  const input: TicketKeyInput<B> = { prfFunc: policy.prfFunc, TPK: TPK.key, RAND };
  const thdr: ThdrPayload<B> = { kind: 'THDR', data: A.octets('') };
  const KEMAC = sealKeys(A, suite.encrAlg, { keying: ticketKeying(A, suite.encrAlg, { input, T }), keys });
  const ticketWith = (mac: B): TicketPayload<B> => {
    const payloads: readonly Payload<B>[] = [
      T,
      { kind: 'RAND', rand: RAND },
      KEMAC,
      idr('IDRpsk', TPK.id),
      { kind: 'V', authAlg: suite.macAlg, mac },
    ];
    const ticketData = A.encode({ kind: 'Ticket Data', thdr, payloads });
    return { kind: 'TICKET', policy, ticketData, initiatorData: A.octets('') };
  };
  // The MAC covers the Ticket Data length, so the draft holds a MAC field of full length that the coverage leaves out.
  const draft = ticketWith(A.octets('00'.repeat(suite.macLength)));
  const mac = A.mac(suite.macAlg, ticketAuthKey(A, suite.macAlg, input), { data: ticketCoverage(A, draft) });
  return { ticket: ticketWith(mac), RAND };
}

/**
 * Reads Ticket Data with the layout of a base ticket; whether the Ticket Type has it, is to be checked before. Nothing is verified yet.
 *
 * @throws MikeyError codec codes, ERR_MISSING_PAYLOAD, ERR_DUPLICATE_PAYLOAD
 */
export function readTicketData<B>(A: Algebra<B>, ticket: TicketPayload<B>): BaseTicketData<B> {
  const { payloads } = A.decode('Ticket Data', ticket.ticketData);
  return {
    T: one(payloads, 'T'),
    RAND: one(payloads, 'RAND'),
    KEMAC: one(payloads, 'KEMAC'),
    IDRpsk: optional(payloads, 'IDR', idRoles.IDRpsk),
    V: lastV(payloads),
  };
}

/** Whether the MAC of a ticket holds under a TPK. */
export function ticketMacHolds<B>(
  A: Algebra<B>,
  ticket: TicketPayload<B>,
  { TPK, data }: { readonly TPK: B; readonly data: BaseTicketData<B> },
): boolean {
  const input = { prfFunc: ticket.policy.prfFunc, TPK, RAND: data.RAND.rand };
  const mac = A.mac(data.V.authAlg, ticketAuthKey(A, data.V.authAlg, input), { data: ticketCoverage(A, ticket) });
  return A.equal(mac, data.V.mac);
}

/** Decrypts the keys in a ticket: MPK, then session keys. Its MAC must have been verified. */
export function openTicketKeys<B>(
  A: Algebra<B>,
  ticket: TicketPayload<B>,
  { TPK, data }: { readonly TPK: B; readonly data: BaseTicketData<B> },
): readonly KeyDataPayload<B>[] {
  const input = { prfFunc: ticket.policy.prfFunc, TPK, RAND: data.RAND.rand };
  return openKeys(A, data.KEMAC, ticketKeying(A, data.KEMAC.encrAlg, { input, T: data.T }));
}

/** In a ticket the CSB ID of the initialization vector is all ones (rfc6043:A.1-7). */
function ticketKeying<B>(
  A: Algebra<B>,
  encrAlg: number,
  { input, T }: { readonly input: TicketKeyInput<B>; readonly T: PayloadOf<B, 'T'> },
): Keying<B> {
  return { ...ticketEncrKeys(A, encrAlg, input), csbId: A.octets('ffffffff'), t: as64Bits(A, T) };
}
