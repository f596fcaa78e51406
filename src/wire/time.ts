/**
 * NTP time: TS values of the timestamp payloads, points in time, Unix time and text.
 *
 * The 32 bits of seconds overflow on 7 February 2036. A value whose most significant bit is set lies in 1968 to 2036, one whose
 * most significant bit is clear in 2036 to 2104 (rfc6043:6.3-2).
 *
 * Statements: rfc3830:4.2.8-1, -2, -3.
 *
 * @module
 * @see [RFC 4330, section 3](https://www.rfc-editor.org/rfc/rfc4330.html#section-3)
 * @see [RFC 6043, section 6.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.3)
 */
import type { Instant } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';
import { nameOf } from '../../spec/registry/nameOf.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';

/** Seconds from 1 January 1900 to 1 January 1970. */
const unixEpoch = 2_208_988_800n;

/** The 64-bit NTP value overflows here, in 2036. */
const eraLength = 2n ** 64n;

/** The most significant bit of a 64-bit NTP value: 1968 in the first era, 2104 in the second one. */
const halfEra = 2n ** 63n;

/**
 * The point in time that a 64-bit NTP value stands for.
 *
 * @param ntp - 0 to 2^64 - 1
 * @returns a time from 1968 to 2104
 */
export function instantOfNtp(ntp: bigint): Instant {
  return ntp >= halfEra ? ntp : ntp + eraLength;
}

/**
 * The 64-bit NTP value of a point in time.
 *
 * @param instant - up to 2104. Before 1968 the value stands for a time 136 years later, too; only intervals, which are read as a
 *   plain number of seconds, may lie there.
 * @returns 0 to 2^64 - 1
 * @throws MikeyError ERR_TIMESTAMP if the time is negative, or in 2104 and later
 */
export function ntpOfInstant(instant: Instant): bigint {
  if (instant < 0n || instant >= eraLength + halfEra) {
    throw new MikeyError('ERR_TIMESTAMP', 'NTP time can express the years up to 2104 only', {
      clause: 'rfc6043:6.3-2',
    });
  }
  return instant % eraLength;
}

/**
 * The TS value of a point in time.
 *
 * @param tsType - NTP-UTC or NTP: 8 octets; NTP-UTC-32: 4 octets, the fraction is cut off (rfc6043:6.3-1)
 * @throws MikeyError ERR_TIMESTAMP if the type carries no time of day, or the time is out of range
 */
export function timestampOf(tsType: number, instant: Instant): Uint8Array {
  if (!carriesTime(tsType)) {
    const name = nameOf(tsTypes, tsType) ?? String(tsType);
    throw new MikeyError('ERR_TIMESTAMP', `TS type ${name} carries no time of day`, { clause: 'rfc3830:6.6' });
  }
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setBigUint64(0, ntpOfInstant(instant));
  return tsType === tsTypes['NTP-UTC-32'] ? octets.slice(0, 4) : octets;
}

/**
 * The point in time that a TS value stands for.
 *
 * @param tsType - number of the TS type
 * @param value - 8 octets for NTP-UTC and NTP, 4 for NTP-UTC-32, whose fraction counts as zero (rfc6043:6.3-4)
 * @returns a time from 1968 to 2104; undefined if the type carries no time of day
 * @throws MikeyError ERR_TIMESTAMP if the value has another length
 */
export function instantOf(tsType: number, value: Uint8Array): Instant | undefined {
  if (!carriesTime(tsType)) return undefined;
  const length = tsType === tsTypes['NTP-UTC-32'] ? 4 : 8;
  if (value.length !== length) {
    throw new MikeyError('ERR_TIMESTAMP', `a TS value of ${value.length} octets instead of ${length}`, {
      clause: 'rfc3830:6.6',
    });
  }
  const octets = new Uint8Array(8);
  octets.set(value);
  return instantOfNtp(new DataView(octets.buffer).getBigUint64(0));
}

/** The point in time of a Unix time in milliseconds, rounded down. */
export function instantOfUnixMillis(millis: number): Instant {
  return ((BigInt(Math.floor(millis)) + unixEpoch * 1000n) << 32n) / 1000n;
}

/** The Unix time of a point in time, in milliseconds, to the nearest one. */
export function unixMillisOf(instant: Instant): number {
  const units = instant - unixEpoch * 2n ** 32n;
  // Rounding undoes the rounding down of instantOfUnixMillis; 2^31 is half a millisecond times 1000.
  return Number((units * 1000n + 2n ** 31n) >> 32n);
}

/** A point in time as text: ISO 8601 in UTC, with milliseconds unless they are zero. */
export function isoText(instant: Instant): string {
  return new Date(unixMillisOf(instant)).toISOString().replace('.000Z', 'Z');
}

function carriesTime(tsType: number): boolean {
  return tsType === tsTypes['NTP-UTC'] || tsType === tsTypes.NTP || tsType === tsTypes['NTP-UTC-32'];
}
