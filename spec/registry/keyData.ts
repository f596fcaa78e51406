/**
 * Numbers of the Key data sub-payload: type of key and type of key validity.
 *
 * Statements: rfc3830:6.13-3, -5.
 *
 * @module
 * @see [RFC 3830, section 6.13](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.13)
 * @see [RFC 6043, section 6.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.2.1)
 */
import type { NumberOf } from './nameOf.ts';

/** Key Data Type, 4 bits. */
export const keyDataTypes = {
  // RFC 3830, Table 6.13.a
  TGK: 0,
  'TGK+SALT': 1,
  TEK: 2,
  'TEK+SALT': 3,
  // RFC 6043, Table 6.7 (rfc6043:6.2.1-4)
  GTGK: 4,
  'GTGK+SALT': 5,
  MPK: 6,
  // RFC 6267
  K_PR: 7,
} as const;

/** A registered Key Data Type. */
export type KeyDataType = NumberOf<typeof keyDataTypes>;

/** KV Type, 4 bits: how the validity of a key is given. RFC 3830, Table 6.13.b. */
export const kvTypes = { Null: 0, SPI: 1, Interval: 2 } as const;

/** A registered KV Type. */
export type KvType = NumberOf<typeof kvTypes>;

const saltOf: Readonly<Record<number, boolean>> = {
  [keyDataTypes.TGK]: false,
  [keyDataTypes['TGK+SALT']]: true,
  [keyDataTypes.TEK]: false,
  [keyDataTypes['TEK+SALT']]: true,
  [keyDataTypes.GTGK]: false,
  [keyDataTypes['GTGK+SALT']]: true,
  [keyDataTypes.MPK]: false,
  [keyDataTypes.K_PR]: false,
};

/**
 * Whether a key of this type comes with a salt.
 *
 * @param type - Key Data Type
 * @returns undefined if the type is not registered: then nobody can tell where the sub-payload ends
 */
export function hasSalt(type: number): boolean | undefined {
  return saltOf[type];
}
