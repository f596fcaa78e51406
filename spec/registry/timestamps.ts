/**
 * Numbers of the timestamp payloads (T and TR).
 *
 * Statements: rfc3830:6.6-2.
 *
 * @module
 * @see [RFC 3830, section 6.6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.6)
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 * @see [RFC 6043, section 6.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.4)
 */
import type { NumberOf } from './nameOf.ts';

/** TS Type. RFC 3830, Table 6.6; NTP-UTC-32: RFC 6043, Table 6.8 (rfc6043:6.3-3). */
export const tsTypes = { 'NTP-UTC': 0, NTP: 1, COUNTER: 2, 'NTP-UTC-32': 3 } as const;

/** A registered TS Type. */
export type TsType = NumberOf<typeof tsTypes>;

/**
 * TS Role, by its short name: time of issue, start and end of the validity period, rekeying interval. RFC 6043, Table 6.9
 * (rfc6043:6.4-2).
 */
export const tsRoles = { TRi: 1, TRs: 2, TRe: 3, TRr: 4 } as const;

/** A registered TS Role. */
export type TsRole = NumberOf<typeof tsRoles>;

const tsLengths: Readonly<Record<number, number>> = {
  [tsTypes['NTP-UTC']]: 8,
  [tsTypes.NTP]: 8,
  [tsTypes.COUNTER]: 4,
  [tsTypes['NTP-UTC-32']]: 4,
};

/**
 * Length of the TS value of a timestamp type, which no field states.
 *
 * @param tsType - number of the TS Type
 * @returns octets; undefined if the type is not registered
 */
export function tsLength(tsType: number): number | undefined {
  return tsLengths[tsType];
}
