/**
 * Session keys that a party supplies itself, in the KEMAC of a Ticket Transfer or of a CSB update.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 * @see [RFC 6043, section 8](https://www.rfc-editor.org/rfc/rfc6043.html#section-8)
 */
import { messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { one, optional } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { spiOf } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import { judgeKeys } from './keyRules.ts';
import type { Entry } from './transcript.ts';

/**
 * Judges the KEMAC of a message in Ticket Transfer.
 *
 * @param options - `input`: what the keys of this message derive from; `allowed`: what L or M says, and the clause that forbids a KEMAC
 * @returns the keys in it, never forked (rfc6043:5.2-20); none without KEMAC
 */
export function judgeSuppliedKeys(
  bench: Bench,
  entry: Entry,
  options: {
    readonly input: MessageKeyInput<Uint8Array>;
    readonly allowed: boolean;
    readonly clause: string;
    readonly held: readonly KeyDataPayload<Uint8Array>[];
  },
): readonly KeyDataPayload<Uint8Array>[] {
  const { A, findings } = bench;
  const { input, allowed, clause, held } = options;
  const { payloads } = entry.message;
  const KEMAC = optional(payloads, 'KEMAC');
  if (!KEMAC) return [];
  const reason = 'a KEMAC is there, though the ticket forbids keys from its sender (flags L and M)';
  findings.demand(allowed, entry, { clause, reason });
  // The T of the message that carries the KEMAC goes into the initialization vector (finding A1).
  const keying = {
    ...messageEncrKeys(A, KEMAC.encrAlg, input),
    csbId: input.csbId,
    t: as64Bits(A, one(payloads, 'T')),
  };
  const keys = bench.open(KEMAC, keying, { subject: entry, clause: 'rfc6043:5.2-18' });
  if (!keys) return [];
  // RFC 3830 allows an empty KEMAC, RFC 6043 writes one key or more (finding A24).
  findings.demand(keys.length > 0, entry, { clause: 'rfc6043:5.2-21', reason: 'the KEMAC is empty' });
  const { prfFunc } = input;
  const { sessionKeys } = judgeKeys(bench, keys, { subject: entry, mpks: 0, clause: 'rfc6043:5.2-21', prfFunc });
  const known = held.map(spiOf);
  const again = sessionKeys.map(spiOf).some((spi) => spi && known.some((other) => other && A.equal(spi, other)));
  if (again) findings.warning(entry, 'B15', 'a key has the SPI of one that is in use: it takes its place');
  return sessionKeys;
}
