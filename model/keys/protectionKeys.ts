/**
 * Keys that protect MIKEY messages, tickets and Initiator Data: encr_key, salt_key, auth_key.
 *
 * Statements: rfc6043:5.1-1, -3, -5, -7; rfc6043:5.1.2-1, -2, -3, -4, -5, -6, -7, -8, -10, -11, -12; rfc6043:6.10-79,
 * -80, -81; rfc6043:A.2-1; rfc6043:A.2.1-1, -2, -3, -4, -5; rfc3830:4.2.4-2, -3.
 *
 * @module
 * @see [RFC 6043, section 5.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.2)
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, appendix A.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.2.1)
 */
import type { Algebra } from '../algebra/algebra.ts';
import { protectionKeyConstants, type ProtectionKeyName } from './constants.ts';
import { lengthAndRand } from './lengthPrefixed.ts';
import { saltKeyLength, suiteOfEncr, suiteOfMac } from './suite.ts';

/** Whether a message opens an exchange or answers. */
export type Direction = 'initial' | 'response';

/** What the keys of one message are derived from. */
export interface MessageKeyInput<B> {
  /** PRF func of HDR (finding A4). */
  readonly prfFunc: number;
  /** Pre-shared key, envelope key, MPKi, or MPKr' for a TRANSFER_RESP under key forking. */
  readonly inkey: B;
  readonly direction: Direction;
  /** CSB ID of HDR, 4 octets. */
  readonly csbId: B;
  /** Present in Ticket Request and Ticket Transfer. */
  readonly RANDRi?: B | undefined;
  /** Present in Ticket Resolve, and in TRANSFER_RESP if G is set. */
  readonly RANDRr?: B | undefined;
}

/** A key of `length` octets for the messages of one direction (5.1.2). */
function deriveMessageKey<B>(A: Algebra<B>, name: ProtectionKeyName, input: MessageKeyInput<B>, length: number): B {
  const label = A.concat([
    A.octets(`${protectionKeyConstants[name]}ff`),
    input.csbId,
    A.octets(input.direction === 'initial' ? '01' : '02'),
    lengthAndRand(A, input.RANDRi),
    lengthAndRand(A, input.RANDRr),
  ]);
  return A.prf(input.prfFunc, input.inkey, { label, length });
}

/** auth_key of a message, as long as its MAC algorithm wants it. */
export function messageAuthKey<B>(A: Algebra<B>, macAlg: number, input: MessageKeyInput<B>): B {
  return deriveMessageKey(A, 'auth_key', input, suiteOfMac(macAlg).authKeyLength);
}

/** encr_key and salt_key of a message. */
export function messageEncrKeys<B>(
  A: Algebra<B>,
  encrAlg: number,
  input: MessageKeyInput<B>,
): { readonly key: B; readonly salt: B } {
  return {
    key: deriveMessageKey(A, 'encr_key', input, suiteOfEncr(encrAlg).encrKeyLength),
    salt: deriveMessageKey(A, 'salt_key', input, saltKeyLength),
  };
}

/**
 * auth_key of Vr, from the MPKr that is not forked.
 *
 * @param prfFunc - the PRF of the Ticket Policy (finding A3: the KMS never sees the HDR of TRANSFER_INIT)
 */
export function initiatorDataAuthKey<B>(
  A: Algebra<B>,
  prfFunc: number,
  { MPKr, macAlg }: { readonly MPKr: B; readonly macAlg: number },
): B {
  const label = A.octets(`${protectionKeyConstants.auth_key}ffffffffff04`);
  return A.prf(prfFunc, MPKr, { label, length: suiteOfMac(macAlg).authKeyLength });
}

/** What the keys of a base ticket are derived from. */
export interface TicketKeyInput<B> {
  /** PRF of the Ticket Policy. */
  readonly prfFunc: number;
  readonly TPK: B;
  /** The RAND in the Ticket Data. */
  readonly RAND: B;
}

function deriveTicketKey<B>(A: Algebra<B>, name: ProtectionKeyName, input: TicketKeyInput<B>, length: number): B {
  const label = A.concat([A.octets(`${protectionKeyConstants[name]}ffffffffff05`), lengthAndRand(A, input.RAND)]);
  return A.prf(input.prfFunc, input.TPK, { label, length });
}

/** auth_key of a base ticket. */
export function ticketAuthKey<B>(A: Algebra<B>, macAlg: number, input: TicketKeyInput<B>): B {
  return deriveTicketKey(A, 'auth_key', input, suiteOfMac(macAlg).authKeyLength);
}

/** encr_key and salt_key of a base ticket. */
export function ticketEncrKeys<B>(
  A: Algebra<B>,
  encrAlg: number,
  input: TicketKeyInput<B>,
): { readonly key: B; readonly salt: B } {
  return {
    key: deriveTicketKey(A, 'encr_key', input, suiteOfEncr(encrAlg).encrKeyLength),
    salt: deriveTicketKey(A, 'salt_key', input, saltKeyLength),
  };
}
