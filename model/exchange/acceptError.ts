/**
 * The Error message, the side of the party whose message was turned down.
 *
 * An Error message without a MAC is taken as a hint: anybody could have sent it, so it must end nothing and weaken nothing (finding
 * W16). So is one with a signature, for a receiver that has no key to verify it.
 *
 * Statements: rfc6043:5.4-5, -6, -7, -8, -9, -11, -12, -14, -15, -17; rfc6043:5.5-13; rfc3830:5.1.2-2, -7.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 * @see [RFC 3830, section 5.1.2](https://www.rfc-editor.org/rfc/rfc3830.html#section-5.1.2)
 */
import { dataTypes } from '../../spec/registry/header.ts';
import { MikeyError } from '../error.ts';
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env, PublicKeyEnv } from '../guard/profile.ts';
import type { Header } from '../message/header.ts';
import type { Message } from '../message/message.ts';
import type { SpPayload } from '../message/payload.ts';
import { all, lastSign, lastV, one } from '../message/select.ts';
import { macHolds } from '../protection/authentication.ts';
import { isFresh } from '../protection/freshness.ts';
import { signHolds } from '../protection/signature.ts';
import { errorName } from './errorCodes.ts';
import { errorCoverage, listsPolicies, type ErrorAuth } from './errorMessage.ts';
import { headerEchoed } from './header.ts';

/** What the peer says was wrong. */
export interface ReportedError<B> {
  /** One entry for each ERR, at least one. */
  readonly errors: readonly { readonly no: number; readonly name: string }[];
  /** SP payloads that the peer supports; empty outside of Ticket Transfer. See `negotiatePolicies` for what to make of them. */
  readonly supported: readonly SpPayload<B>[];
  /** Whether a MAC or a signature proves where it comes from. If not, it is a hint: it must not end the exchange. */
  readonly authenticated: boolean;
}

/** What the receiver of an Error message knows. */
export interface ErrorContext<B> {
  /** Header of the own message that may have failed. */
  readonly sent: Header<B>;
  /** MAC alg and auth_key of that message; left out if the receiver has none, which makes every V a wrong one. */
  readonly auth?: ErrorAuth<B>;
  /** The peer's public key for signatures, and what verifies them. */
  readonly verify?: { readonly env: PublicKeyEnv<B>; readonly publicKey: B };
}

/**
 * Checks an Error message that came in answer to an own message. Payloads that an Error message does not have are ignored.
 *
 * @returns accepted, with or without authentication; rejected if it does not belong to `sent`, is not fresh, has no ERR, or has a V
 *   or, with the key at hand, a SIGN that does not hold
 */
export function acceptError<B>(env: Env<B>, message: Message<B>, context: ErrorContext<B>): Outcome<ReportedError<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { header, payloads } = message;
    if (header.dataType !== dataTypes.Error) {
      throw new MikeyError('ERR_DATA_TYPE', `data type ${header.dataType} is not Error`, { clause: 'rfc6043:5.4' });
    }
    const { sent, auth, verify } = context;
    need('errorAnswersNoError', () => sent.dataType !== dataTypes.Error);
    // The V flag and the map have no meaning here and are not looked at (rfc6043:5.4-14).
    need('errorHeaderEchoed', () => headerEchoed(A, header, { initial: sent, map: false }));
    const T = one(payloads, 'T');
    need('errorTimestampFresh', () => isFresh(env, T));
    const V = payloads.some((payload) => payload.kind === 'V') ? lastV(payloads) : undefined;
    if (V) {
      need(
        'errorMacValid',
        () =>
          auth !== undefined &&
          V.authAlg === auth.macAlg &&
          macHolds(A, V, { authKey: auth.authKey, data: errorCoverage(A, message) }),
      );
    }
    const SIGN = verify && payloads.some((payload) => payload.kind === 'SIGN') ? lastSign(payloads) : undefined;
    if (verify && SIGN) {
      const { publicKey } = verify;
      need('errorSignatureValid', () => signHolds(verify.env, SIGN, { publicKey, data: errorCoverage(A, message) }));
    }
    const errors = all(payloads, 'ERR').map(({ errorNo }) => ({ no: errorNo, name: errorName(errorNo) }));
    need('errorNamesError', () => errors.length > 0);
    return {
      errors,
      supported: listsPolicies(sent) ? all(payloads, 'SP') : [],
      authenticated: V !== undefined || SIGN !== undefined,
    };
  });
}
