/**
 * Numbers of the payloads that other key exchange methods brought: MIKEY-IBAKE and MIKEY-SAKKE. Their payloads are not decoded.
 *
 * @module
 * @see [RFC 6267, section 6](https://www.rfc-editor.org/rfc/rfc6267.html#section-6)
 * @see [RFC 6509, section 4](https://www.rfc-editor.org/rfc/rfc6509.html#section-4)
 */
import type { NumberOf } from './nameOf.ts';

/** ECC Curve, by its SECG name (the third one of IANA). RFC 6267. */
export const eccCurves = {
  secp192r1: 1,
  sect163r2: 2,
  sect163k1: 3,
  sect163r1: 4,
  secp224r1: 5,
  sect233r1: 6,
  sect233k1: 7,
  secp256r1: 8,
  sect283r1: 9,
  sect283k1: 10,
  secp384r1: 11,
  sect409r1: 12,
  sect409k1: 13,
  secp521r1: 14,
  sect571r1: 15,
  sect571k1: 16,
} as const;

/** A registered ECC Curve. */
export type EccCurve = NumberOf<typeof eccCurves>;

/** SK sub-payload, by its short name. RFC 6267. */
export const skSubPayloads = { SK: 1 } as const;

/** A registered SK sub-payload. */
export type SkSubPayload = NumberOf<typeof skSubPayloads>;

/** SAKKE params. RFC 6509. */
export const sakkeParams = { 'Parameter Set 1': 1 } as const;

/** A registered set of SAKKE parameters. */
export type SakkeParams = NumberOf<typeof sakkeParams>;

/** ID Scheme. 1: RFC 6509; 2: TS 33.180. */
export const idSchemes = { 'tel URI with monthly keys': 1, '3GPP MCX hashed UID': 2 } as const;

/** A registered ID Scheme. */
export type IdScheme = NumberOf<typeof idSchemes>;
