/**
 * Security policies (SP) for SRTP: what an endpoint offers and accepts, and how long the TEK must be.
 *
 * Statements: rfc3830:4.3.3-1; rfc3830:6.10-2; rfc3830:6.10.1-3, -4, -5, -6.
 *
 * @module
 * @see [RFC 3830, section 6.10.1](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.10.1)
 */
import { protTypes, srtpAuthAlgs, srtpEncrAlgs, srtpParams } from '../../spec/registry/sp.ts';
import type { Algebra } from '../algebra/algebra.ts';
import { unsigned } from '../keys/lengthPrefixed.ts';
import type { SpPayload } from '../message/payload.ts';

/** An SRTP policy, as far as MIKEY negotiates it. Lengths in octets (finding A14). */
export interface SrtpPolicy {
  /** Encryption algorithm, such as AES-CM. */
  readonly encrAlg: number;
  /** Session encryption key length; also the length of the TEK. */
  readonly keyLength: number;
  /** Authentication algorithm, such as HMAC-SHA-1. */
  readonly authAlg: number;
  readonly authKeyLength: number;
  readonly saltLength: number;
  /** Length of the SRTP authentication tag. */
  readonly tagLength: number;
}

/** AES-CM with a 128-bit key and HMAC-SHA-1-80: the SRTP defaults (RFC 3711). */
export const aesCm128HmacSha1: SrtpPolicy = {
  encrAlg: srtpEncrAlgs['AES-CM'],
  keyLength: 16,
  authAlg: srtpAuthAlgs['HMAC-SHA-1'],
  authKeyLength: 20,
  saltLength: 14,
  tagLength: 10,
};

/** AES-CM with a 256-bit key and HMAC-SHA-1-80 (RFC 6188). */
export const aesCm256HmacSha1: SrtpPolicy = { ...aesCm128HmacSha1, keyLength: 32 };

/** The defaults that hold for parameters which an SP leaves out. */
const srtpDefaults = aesCm128HmacSha1;

/** Writes an SP payload. @param policyNo - distinct among the sender's policies */
export function writeSrtpPolicy<B>(A: Algebra<B>, policyNo: number, policy: SrtpPolicy): SpPayload<B> {
  const param = (type: number, value: number): SpPayload<B>['params'][number] => ({
    type,
    value: unsigned(A, value, { octets: 1 }),
  });
  return {
    kind: 'SP',
    policyNo,
    protType: protTypes.SRTP,
    params: [
      param(srtpParams['Encryption algorithm'], policy.encrAlg),
      param(srtpParams['Session Encr. key length'], policy.keyLength),
      param(srtpParams['Authentication algorithm'], policy.authAlg),
      param(srtpParams['Session Auth. key length'], policy.authKeyLength),
      param(srtpParams['Session Salt key length'], policy.saltLength),
      param(srtpParams['SRTP encryption off/on'], 1),
      param(srtpParams['SRTCP encryption off/on'], 1),
      param(srtpParams['SRTP authentication off/on'], 1),
      param(srtpParams['Authentication tag length'], policy.tagLength),
    ],
  };
}

/**
 * Reads an SP payload.
 *
 * @returns the policy; undefined if it is not for SRTP, switches protection off, or names a parameter twice (finding B15)
 * @throws MikeyError ERR_MALFORMED if a value is no number
 */
export function readSrtpPolicy<B>(A: Algebra<B>, sp: SpPayload<B>): SrtpPolicy | undefined {
  if (sp.protType !== protTypes.SRTP) return undefined;
  const values = new Map(sp.params.map((param) => [param.type, A.number(param.value)]));
  if (values.size !== sp.params.length) return undefined;
  const value = (type: number, otherwise: number): number => values.get(type) ?? otherwise;
  const switches = ['SRTP encryption off/on', 'SRTCP encryption off/on', 'SRTP authentication off/on'] as const;
  if (switches.some((name) => value(srtpParams[name], 1) !== 1)) return undefined;
  return {
    encrAlg: value(srtpParams['Encryption algorithm'], srtpDefaults.encrAlg),
    keyLength: value(srtpParams['Session Encr. key length'], srtpDefaults.keyLength),
    authAlg: value(srtpParams['Authentication algorithm'], srtpDefaults.authAlg),
    authKeyLength: value(srtpParams['Session Auth. key length'], srtpDefaults.authKeyLength),
    saltLength: value(srtpParams['Session Salt key length'], srtpDefaults.saltLength),
    tagLength: value(srtpParams['Authentication tag length'], srtpDefaults.tagLength),
  };
}

/** Whether two policies are the same. */
export function samePolicy(a: SrtpPolicy, b: SrtpPolicy): boolean {
  return (Object.keys(a) as (keyof SrtpPolicy)[]).every((key) => a[key] === b[key]);
}
