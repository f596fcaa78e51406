/**
 * The Error message, the side of the party that turned a message down.
 *
 * A failure of authentication is never answered with a MAC: that would cost effort on behalf of strangers, and would hand out MACs
 * to them (RFC 3830, 5.1.2). Replays are not answered at all: who repeats the message of somebody else must not get an authenticated
 * Error that ends the call of that somebody.
 *
 * Statements: rfc6043:5.4-2, -5, -6, -7, -9, -10, -11, -12, -13, -15, -17; rfc6043:5.5-13; rfc3830:5.1.1-1; rfc3830:5.1.2-1, -3, -5, -6;
 * rfc3830:5.3-8.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 * @see [RFC 3830, section 5.1.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.1.2)
 */
import { dataTypes } from '../../spec/registry/header.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Algebra } from '../algebra/algebra.ts';
import type { Rejection } from '../guard/checker.ts';
import { messageAuthKey } from '../keys/protectionKeys.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import type { Env, PublicKeyEnv } from '../guard/profile.ts';
import type { Header } from '../message/header.ts';
import type { Message } from '../message/message.ts';
import type { SpPayload } from '../message/payload.ts';
import { all } from '../message/select.ts';
import { freshT } from '../message/timestamps.ts';
import type { SigningKey } from '../policy/certified.ts';
import { appendV } from '../protection/authentication.ts';
import { appendSign } from '../protection/signature.ts';
import { reportedErrorNo } from './errorCodes.ts';

/** What authenticates an Error message: algorithm and auth_key of the message that it answers (rfc6043:5.4-17). */
export interface ErrorAuth<B> {
  /** MAC alg of the V payload of the answered message. */
  readonly macAlg: number;
  /** auth_key of the answered message: its direction, its CSB ID, its RANDs. */
  readonly authKey: B;
}

/** What an Error message reports. */
export interface ErrorInput<B> {
  /** Header of the message in which the error occurred. */
  readonly failed: Header<B>;
  /** Why that message was turned down. */
  readonly rejection: Rejection;
  /** SP payloads for what this party supports; they go out only with a refused security policy in Ticket Transfer. */
  readonly supported?: readonly SpPayload<B>[];
  /** Used only if the failed message had been authenticated by the time it was turned down. */
  readonly auth?: ErrorAuth<B>;
  /** In place of `auth`, under the same condition: signs (rfc6043:5.4-7). For Ticket Request and Ticket Resolve. */
  readonly sign?: ErrorSigner<B>;
}

/** What signs an Error message. The receiver must know the public key already: there is no CERT in it. */
export interface ErrorSigner<B> {
  readonly env: PublicKeyEnv<B>;
  /** Better not the key that opens envelopes. */
  readonly signer: SigningKey<B>;
}

/** The data types of Ticket Transfer, the one exchange whose Error messages have SP payloads. */
const transferTypes: ReadonlySet<number> = new Set([dataTypes.TRANSFER_INIT, dataTypes.TRANSFER_RESP]);

/** Whether an Error message about a message of this type may list security policies. */
export function listsPolicies<B>(failed: Header<B>): boolean {
  return transferTypes.has(failed.dataType);
}

/**
 * Whether an Error message may go out at all: never about an Error message, and never about a replay, which is dropped unanswered
 * (rfc3830:5.3-2). About failed authentication it may: that is the choice of the role.
 */
export function isReportable<B>(failed: Header<B>, rejection: Pick<Rejection, 'code'>): boolean {
  return failed.dataType !== dataTypes.Error && rejection.code !== 'ERR_REPLAY';
}

/**
 * Error message = HDR, T, (ERR), {SP}, [V or SIGN]; SP in Ticket Transfer only, SIGN in the other two exchanges.
 *
 * @throws RangeError if `isReportable` denies it: a fault of ours, never of a peer
 */
export function buildError<B>(env: Env<B>, input: ErrorInput<B>): Message<B> {
  const A = env.algebra;
  const { failed, rejection, auth } = input;
  if (!isReportable(failed, rejection)) throw new RangeError('this message must not be answered with an Error message');
  const policies = listsPolicies(failed) && rejection.code === 'ERR_SECURITY_POLICY' ? (input.supported ?? []) : [];
  const plain: Message<B> = {
    // Version, PRF func and CSB ID stay, supported or not (rfc6043:5.4-12); V is 0 (rfc6043:5.4-13).
    header: { ...failed, dataType: dataTypes.Error, v: false, map: { type: 'Empty map' } },
    payloads: [
      freshT(A, env.source.now()),
      { kind: 'ERR', errorNo: reportedErrorNo(rejection), reserved: 0 },
      ...policies,
    ],
  };
  if (!rejection.authenticated || rejection.code === 'ERR_AUTH_FAILED') return plain;
  const cover = (draft: Message<B>): B => errorCoverage(A, draft);
  if (input.sign) return appendSign(input.sign.env, plain, { signer: input.sign.signer, cover });
  return auth ? appendV(A, plain, { ...auth, cover }) : plain;
}

/** Coverage of an Error message: the message without its MAC, and nothing behind it (Table 5.2, rfc6043:5.5-13). */
export function errorCoverage<B>(A: Algebra<B>, message: Message<B>): B {
  return A.encode({ kind: 'Message', message }, ['MAC field']);
}

/** The key that protects an initial message, and so an Error message about it (rfc6043:5.4-17). @param inkey - PSK, envelope key or MPKi */
export function authOf<B>({ algebra: A }: Env<B>, initial: Message<B>, inkey: B): ErrorAuth<B> {
  const { header, payloads } = initial;
  const macAlg = suiteOfPrf(header.prfFunc).macAlg;
  const authKey = messageAuthKey(A, macAlg, {
    prfFunc: header.prfFunc,
    inkey,
    direction: 'initial',
    csbId: header.csbId,
    RANDRi: all(payloads, 'RANDR', randRoles.RANDRi)[0]?.rand,
    RANDRr: all(payloads, 'RANDR', randRoles.RANDRr)[0]?.rand,
  });
  return { macAlg, authKey };
}
