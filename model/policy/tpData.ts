/**
 * TP Data: who may use a ticket, for what, and how long.
 *
 * Statements: rfc6043:6.10-54, -56, -59, -70.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { tsRoles, tsTypes } from '../../spec/registry/timestamps.ts';
import type { Algebra, Instant } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import { idr, type Identity } from '../message/identity.ts';
import type { KemacPayload, Payload, TrPayload } from '../message/payload.ts';
import { all, optional } from '../message/select.ts';
import { second } from '../message/timestamps.ts';

/** TP Data by its parts. */
export interface TpData<B> {
  /** A KMS that can resolve the ticket. */
  readonly IDRkms?: Identity<B> | undefined;
  /** The peer that requested or created the ticket. */
  readonly IDRi?: Identity<B> | undefined;
  /** Start of the validity period; undefined: no defined beginning. */
  readonly TRs?: Instant | undefined;
  /** End of the validity period; undefined: no defined end. */
  readonly TRe?: Instant | undefined;
  /** Longest time between two rekeyings, in seconds. */
  readonly TRr?: number | undefined;
  /** Requested keys; only in a policy that is asked for. */
  readonly KEMAC?: KemacPayload<B> | undefined;
  /** Authorized applications; none: all of them. */
  readonly IDRapp: readonly Identity<B>[];
  /** Authorized responders or groups, one at least. */
  readonly IDRr: readonly Identity<B>[];
}

/** Writes TP Data in the order of the RFC. Times have type NTP-UTC-32, whole seconds. */
export function writeTpData<B>(A: Algebra<B>, data: TpData<B>): readonly Payload<B>[] {
  const time = (role: keyof typeof tsRoles, instant: Instant | undefined): Payload<B>[] =>
    instant === undefined
      ? []
      : [
          {
            kind: 'TR',
            role: tsRoles[role],
            tsType: tsTypes['NTP-UTC-32'],
            value: A.timestamp(tsTypes['NTP-UTC-32'], instant),
          },
        ];
  return [
    ...(data.IDRkms ? [idr('IDRkms', data.IDRkms)] : []),
    ...(data.IDRi ? [idr('IDRi', data.IDRi)] : []),
    ...time('TRs', data.TRs),
    ...time('TRe', data.TRe),
    // An interval is a number of seconds in the layout of NTP-UTC-32; as an Instant it lies in 1900 or, wrapped, in 2036.
    ...time('TRr', data.TRr === undefined ? undefined : BigInt(data.TRr) * second),
    ...(data.KEMAC ? [data.KEMAC] : []),
    ...data.IDRapp.map((identity) => idr('IDRapp', identity)),
    ...data.IDRr.map((identity) => idr('IDRr', identity)),
  ];
}

/**
 * Reads TP Data. Unexpected payloads are ignored.
 *
 * @throws MikeyError ERR_MISSING_PAYLOAD without an IDRr, ERR_DUPLICATE_PAYLOAD, ERR_TIMESTAMP if a time carries no time of day
 */
export function readTpData<B>(A: Algebra<B>, chain: readonly Payload<B>[]): TpData<B> {
  const TRr = optional(chain, 'TR', tsRoles.TRr);
  if (TRr && TRr.tsType !== tsTypes['NTP-UTC-32']) {
    throw new MikeyError('ERR_TIMESTAMP', 'TRr is not of type NTP-UTC-32', { clause: 'rfc6043:6.10' });
  }
  const IDRr = all(chain, 'IDR', idRoles.IDRr);
  if (IDRr.length === 0) {
    throw new MikeyError('ERR_MISSING_PAYLOAD', 'TP Data names no responder (IDRr)', { clause: 'rfc6043:6.10' });
  }
  return {
    IDRkms: optional(chain, 'IDR', idRoles.IDRkms),
    IDRi: optional(chain, 'IDR', idRoles.IDRi),
    TRs: timeOf(A, optional(chain, 'TR', tsRoles.TRs)),
    TRe: timeOf(A, optional(chain, 'TR', tsRoles.TRe)),
    TRr: TRr && Number(requireTime(A, TRr) / second) % 2 ** 32,
    KEMAC: optional(chain, 'KEMAC'),
    IDRapp: all(chain, 'IDR', idRoles.IDRapp),
    IDRr,
  };
}

function timeOf<B>(A: Algebra<B>, payload: TrPayload<B> | undefined): Instant | undefined {
  return payload && requireTime(A, payload);
}

function requireTime<B>(A: Algebra<B>, payload: TrPayload<B>): Instant {
  const instant = A.instant(payload.tsType, payload.value);
  if (instant === undefined) {
    throw new MikeyError('ERR_TIMESTAMP', 'a time in TP Data is of a type without time of day', {
      clause: 'rfc6043:6.10',
    });
  }
  return instant;
}
