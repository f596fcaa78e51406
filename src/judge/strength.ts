/**
 * Algorithms: each is known, none of the two strengths is mixed with the other, no V has a NULL MAC.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { prfFuncs } from '../../spec/registry/header.ts';
import { MikeyError } from '../../model/error.ts';
import type { KemacPayload, TicketPayload, VPayload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { readTicketData } from '../../model/ticket/baseTicket.ts';
import type { Bench } from './bench.ts';
import type { Entry, Transcript } from './transcript.ts';

/** The strength of each algorithm number. NULL has none: it is mandatory in places. */
const strengths = {
  PRF: new Map<number, number>([
    [prfFuncs['MIKEY-1'], 128],
    [prfFuncs['PRF-HMAC-SHA-256'], 256],
  ]),
  MAC: new Map<number, number>([
    [macAlgs['HMAC-SHA-1-160'], 128],
    [macAlgs['HMAC-SHA-256-256'], 256],
  ]),
  encryption: new Map<number, number>([
    [encrAlgs['AES-CM-128'], 128],
    [encrAlgs['AES-CM-256'], 256],
  ]),
} as const;

/** Which clause forbids a KEMAC of a message to have a MAC of its own. */
const nullMacClauses: ReadonlyMap<string, string> = new Map([
  ['RESOLVE_RESP', 'rfc6043:4.2.3.5-6'],
  ['TRANSFER_INIT', 'rfc6043:5.2-17'],
  ['TRANSFER_RESP', 'rfc6043:5.2-17'],
]);

/** Judges the algorithms of all messages: 128- and 256-bit ones are not mixed, over the whole run (finding A13). */
export function judgeStrength(bench: Bench, { entries }: Transcript): void {
  const used = new Set<number>();
  const use = (entry: Entry, kind: keyof typeof strengths, number: number): void => {
    const strength = strengths[kind].get(number);
    if (strength === undefined)
      bench.findings.error(entry, 'rfc6043:6.2-1', `${kind} algorithm ${number} is not supported`);
    else used.add(strength);
  };
  for (const entry of entries) {
    const { header, payloads } = entry.message;
    use(entry, 'PRF', header.prfFunc);
    for (const V of all(payloads, 'V')) use(entry, 'MAC', V.authAlg);
    for (const KEMAC of all(payloads, 'KEMAC')) {
      use(entry, 'encryption', KEMAC.encrAlg);
      bench.findings.demand(KEMAC.macAlg === macAlgs.NULL, entry, {
        clause: nullMacClauses.get(entry.type) ?? 'rfc6043:4.2.1.5-7',
        reason: 'the KEMAC has a MAC of its own',
      });
    }
    for (const { policy } of [...all(payloads, 'TP'), ...all(payloads, 'TICKET')]) use(entry, 'PRF', policy.prfFunc);
    for (const ticket of all(payloads, 'TICKET')) {
      const inside = protectionOf(bench, ticket);
      if (!inside) continue;
      use(entry, 'MAC', inside.V.authAlg);
      use(entry, 'encryption', inside.KEMAC.encrAlg);
    }
    if (used.size > 1) {
      bench.findings.error(entry, 'rfc6043:12.1-11', '128-bit and 256-bit algorithms are mixed');
      used.clear();
    }
  }
}

/** What protects a base ticket; undefined if it cannot be read, which is judged with the tickets. */
function protectionOf(
  { A }: Bench,
  ticket: TicketPayload<Uint8Array>,
): { readonly V: VPayload<Uint8Array>; readonly KEMAC: KemacPayload<Uint8Array> } | undefined {
  try {
    return readTicketData(A, ticket);
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return undefined;
  }
}
