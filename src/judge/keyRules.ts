/**
 * What holds of the keys in every KEMAC.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import { suiteOfPrf } from '../../model/keys/suite.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { isForked, isGenerating, isMpk, spiOf } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import type { Subject } from './findings.ts';

/** Keys of a KEMAC, sorted. */
export interface SortedKeys {
  readonly mpks: readonly KeyDataPayload<Uint8Array>[];
  readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
}

/**
 * Judges the keys of a KEMAC and sorts them.
 *
 * @param options - how many MPKs there must be, the clause that says so, and the PRF, whose strength limits the session keys
 */
export function judgeKeys(
  bench: Bench,
  keys: readonly KeyDataPayload<Uint8Array>[],
  options: { readonly subject: Subject; readonly mpks: 0 | 1 | 2; readonly clause: string; readonly prfFunc: number },
): SortedKeys {
  const { findings, A } = bench;
  const { subject, clause } = options;
  const mpks = keys.filter(isMpk);
  const sessionKeys = keys.filter((key) => !isMpk(key));
  findings.demand(mpks.length === options.mpks, subject, {
    clause,
    reason: `the KEMAC holds ${mpks.length} MPKs instead of ${options.mpks}`,
  });
  findings.demand(keys.slice(0, mpks.length).every(isMpk), subject, { clause, reason: 'MPKs do not come first' });
  findings.demand(
    keys.every((key) => key.type <= keyDataTypes.MPK),
    subject,
    {
      clause: 'rfc6043:6.2.1-4',
      reason: 'a key is of an unknown type',
    },
  );
  const spis = keys.map(spiOf).filter((spi) => spi !== undefined && spi.length > 0);
  findings.demand(spis.length === keys.length, subject, { clause: 'rfc6043:6.2.1-3', reason: 'a key has no SPI' });
  const distinct = new Set(spis.map((spi) => Buffer.from(spi ?? []).toString('hex')));
  findings.demand(distinct.size === spis.length, subject, { clause: 'B15', reason: 'two keys have the same SPI' });
  findings.demand(
    keys.every((key) => key.key.length >= 16),
    subject,
    {
      clause: 'rfc6043:12.1-4',
      reason: 'a key has less than 128 bits',
    },
  );
  const suite = bench.attempt(subject, 'rfc6043:6.1-6', () => suiteOfPrf(options.prfFunc));
  const weak = suite?.strength === 128 && sessionKeys.some((key) => A.length(key.key) > 16);
  findings.demand(!weak, subject, {
    clause: 'rfc6043:12.1-12',
    reason: 'a session key has more than 128 bits, under 128-bit algorithms',
  });
  return { mpks, sessionKeys };
}

/** Whether two lists of session keys are the same, but for what forking changes: type, salt and SPI always, the key if it is not forked. */
export function judgeSameSessionKeys(
  bench: Bench,
  found: readonly KeyDataPayload<Uint8Array>[],
  options: {
    readonly expected: readonly KeyDataPayload<Uint8Array>[];
    readonly forked: boolean;
    readonly subject: Subject;
    readonly clause: string;
  },
): void {
  const { findings, A } = bench;
  const { expected, subject, clause } = options;
  if (
    !findings.demand(found.length === expected.length, subject, {
      clause,
      reason: `there are ${found.length} session keys, ${expected.length} in the ticket`,
    })
  ) {
    return;
  }
  found.forEach((key, index) => {
    const other = expected[index];
    if (!other) return;
    const sameSpi = A.equal(spiOf(key) ?? A.octets(''), spiOf(other) ?? A.octets(''));
    const sameSalt = A.equal(key.salt ?? A.octets(''), other.salt ?? A.octets(''));
    findings.demand(key.type === other.type && sameSpi && sameSalt, subject, {
      clause: 'A16',
      reason: `session key ${index} has another type, SPI or salt than in the ticket`,
    });
    if (options.forked && isForked(other)) return;
    bench.same(key.key, other.key, { subject, clause, name: `session key ${index}` });
  });
}

/** RANDs together are as long as the longest key that goes into the PRF beside them (finding B1): TEKs do not. */
export function judgeRands(
  bench: Bench,
  subject: Subject,
  options: {
    readonly rands: readonly (Uint8Array | undefined)[];
    readonly mpks: readonly (Uint8Array | undefined)[];
    readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
  },
): void {
  const sum = options.rands.reduce((total, rand) => total + (rand?.length ?? 0), 0);
  const generating = options.sessionKeys.filter(isGenerating).map((key) => key.key.length);
  const longest = Math.max(0, ...options.mpks.map((key) => key?.length ?? 0), ...generating);
  bench.findings.demand(sum >= longest, subject, {
    clause: 'rfc6043:12.1-5',
    reason: `RANDRi and RANDRr have ${sum} octets together, the longest of MPK, TGK and GTGK ${longest}`,
  });
}
