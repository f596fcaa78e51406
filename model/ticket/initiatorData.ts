/**
 * Initiator Data: how the owner of a ticket proves, under key forking, that it also sends the TRANSFER_INIT.
 *
 * Statements: rfc6043:6.10-72, -73, -76.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { initiatorDataAuthKey } from '../keys/protectionKeys.ts';
import { initiatorDataCoverage } from '../message/coverage.ts';
import type { VPayload } from '../message/payload.ts';
import { all } from '../message/select.ts';

/** The two verification payloads of Initiator Data. */
export interface InitiatorData<B> {
  /** A copy of V of TRANSFER_INIT. */
  readonly Vi: VPayload<B>;
  /** A MAC over Initiator Data under a key from MPKr, which no Responder ever has. */
  readonly Vr: VPayload<B>;
}

/**
 * Makes Initiator Data.
 *
 * Vi has V's algorithm and MAC; its next payload octet names V, because Vr follows (finding A2).
 *
 * @param V - V of TRANSFER_INIT, whose MAC does not cover Initiator Data
 * @param options - PRF of the Ticket Policy, and the MPKr that is not forked
 */
export function sealInitiatorData<B>(
  A: Algebra<B>,
  V: VPayload<B>,
  { prfFunc, MPKr }: { readonly prfFunc: number; readonly MPKr: B },
): B {
  // The authentication algorithm of Vr is that of Vi (rfc6043:6.10-78).
  const draft: VPayload<B> = { kind: 'V', authAlg: V.authAlg, mac: A.octets('') };
  const authKey = initiatorDataAuthKey(A, prfFunc, { MPKr, macAlg: V.authAlg });
  const mac = A.mac(V.authAlg, authKey, { data: initiatorDataCoverage(A, V, draft) });
  return A.encode({ kind: 'Initiator Data', payloads: [V, { ...draft, mac }] });
}

/**
 * Reads Initiator Data.
 *
 * @returns undefined unless it holds exactly two V payloads, the second one last
 * @throws MikeyError with the codec's codes if it is no chain of payloads
 */
export function readInitiatorData<B>(A: Algebra<B>, initiatorData: B): InitiatorData<B> | undefined {
  const { payloads } = A.decode('Initiator Data', initiatorData);
  const [Vi, Vr, ...more] = all(payloads, 'V');
  return Vi && Vr && more.length === 0 && payloads.at(-1) === Vr ? { Vi, Vr } : undefined;
}

/**
 * Whether Vr holds: only who got MPKr with the ticket can have made it, for this TRANSFER_INIT.
 *
 * @param initiatorData - the whole field as received, unexpected payloads included: Vr covers all of it
 */
export function initiatorDataHolds<B>(
  A: Algebra<B>,
  initiatorData: B,
  { prfFunc, MPKr }: { readonly prfFunc: number; readonly MPKr: B },
): boolean {
  const read = readInitiatorData(A, initiatorData);
  if (!read || read.Vr.authAlg !== read.Vi.authAlg) return false;
  const authKey = initiatorDataAuthKey(A, prfFunc, { MPKr, macAlg: read.Vr.authAlg });
  const data = A.encode(A.decode('Initiator Data', initiatorData), ['MAC field']);
  return A.equal(A.mac(read.Vr.authAlg, authKey, { data }), read.Vr.mac);
}
