import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import {
  instantOf,
  instantOfNtp,
  instantOfUnixMillis,
  isoText,
  ntpOfInstant,
  timestampOf,
  unixMillisOf,
} from '../../src/wire/time.ts';
import { hex, thrownBy, toHex } from './octets.ts';

const { 'NTP-UTC': utc, NTP: ntp, COUNTER: counter, 'NTP-UTC-32': utc32 } = tsTypes;

/** The first and the last point in time that NTP values stand for. */
const first = 1n << 63n;
const last = (1n << 64n) + (1n << 63n) - 1n;

describe('NTP time', () => {
  it.each([
    ['80000000 00000000', '1968-01-20T03:14:08Z'],
    ['83aa7e80 00000000', '1970-01-01T00:00:00Z'],
    ['bc17c200 00000000', '2000-01-01T00:00:00Z'],
    ['c8e350ea 80000000', '2006-10-20T13:43:06.500Z'],
    ['ffffffff 00000000', '2036-02-07T06:28:15Z'],
    ['00000000 00000000', '2036-02-07T06:28:16Z'],
    ['00000001 00000000', '2036-02-07T06:28:17Z'],
    ['7fffffff 00000000', '2104-02-26T09:42:23Z'],
  ])('[rfc6043:6.3-2] [rfc6043:6.10-54] [rfc6043:6.10-56] %s is %s', (value, text) => {
    const octets = hex(value);
    const instant = instantOf(utc, octets)!;
    expect(isoText(instant)).toBe(text);
    expect(instantOf(ntp, octets)).toBe(instant);
    expect(timestampOf(utc, instant)).toStrictEqual(octets);
    expect(timestampOf(ntp, instant)).toStrictEqual(octets);
    expect(instant).toBe(instantOfUnixMillis(Date.parse(text)));
  });

  it('[rfc6043:6.3-1] [rfc6043:6.3-4] NTP-UTC-32 is the first four octets, with a fraction of zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: first, max: last }), (instant) => {
        const short = timestampOf(utc32, instant);
        expect(short).toStrictEqual(timestampOf(utc, instant).slice(0, 4));
        expect(instantOf(utc32, short)).toBe((instant >> 32n) << 32n);
      }),
    );
  });

  it('values and points in time correspond, and go on in order through 2036', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: first, max: last }), (instant) => {
        expect(instantOfNtp(ntpOfInstant(instant))).toBe(instant);
        expect(instantOf(utc, timestampOf(utc, instant))).toBe(instant);
      }),
    );
    expect(instantOfNtp(0n)).toBe(instantOfNtp(2n ** 64n - 1n) + 1n);
  });

  it('Unix milliseconds survive', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('1968-01-21'), max: Date.parse('2104-02-25') }), (millis) => {
        expect(unixMillisOf(instantOfUnixMillis(millis))).toBe(millis);
      }),
    );
  });

  it.each([-1n, last + 1n, 1n << 70n])('%s cannot be expressed', (instant) => {
    expect(thrownBy(() => ntpOfInstant(instant)).code).toBe('ERR_TIMESTAMP');
    expect(thrownBy(() => timestampOf(utc, instant)).code).toBe('ERR_TIMESTAMP');
  });

  it('an interval is a plain number of seconds', () => {
    expect(toHex(timestampOf(utc32, 3600n << 32n))).toBe('00000e10');
  });

  it('COUNTER and unknown types carry no time of day', () => {
    expect(instantOf(counter, hex('00000001'))).toBeUndefined();
    expect(instantOf(99, hex('00000001'))).toBeUndefined();
    expect(thrownBy(() => timestampOf(counter, first))).toMatchObject({ code: 'ERR_TIMESTAMP' });
    expect(thrownBy(() => timestampOf(99, first)).message).toContain('99');
  });

  it.each([
    [utc, '00000000'],
    [utc32, '0000000000000000'],
    [ntp, ''],
  ])('TS type %i does not have the value "%s"', (type, value) => {
    expect(thrownBy(() => instantOf(type, hex(value))).code).toBe('ERR_TIMESTAMP');
  });
});
