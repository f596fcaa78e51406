/**
 * Error messages: what they repeat of the message that they are about, and their MAC or signature, if they have one.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 */
import { errorNos } from '../../spec/registry/errors.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { initialCoverage } from '../../model/message/coverage.ts';
import { all, optional } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { errorGrammars, judgeOrder } from './order.ts';
import { judgeSignature } from './publicKey.ts';
import { sameOctets, type Entry, type ErrorReport, type Transcript } from './transcript.ts';

/** All registered Error numbers. */
const known: ReadonlySet<number> = new Set(Object.values(errorNos));

/** Judges all Error messages. The keys of the messages that they are about must have been judged before. */
export function judgeErrors(bench: Bench, { errors }: Transcript): void {
  for (const report of errors) bench.attempt(report.entry, 'rfc6043:5.4-7', () => judgeError(bench, report));
}

function judgeError(bench: Bench, { entry, about }: ErrorReport): void {
  const { findings } = bench;
  const { header, payloads } = entry.message;
  findings.demand(!header.v, entry, { clause: 'rfc6043:5.4-13', reason: 'the V flag of an Error message is 1' });
  const isTransfer = about?.type.startsWith('TRANSFER') ?? true;
  const end = payloads.at(-1);
  const ends = end?.kind === 'V' || (end?.kind === 'SIGN' && !isTransfer);
  const rule = isTransfer ? errorGrammars.transfer : errorGrammars.kms;
  judgeOrder(ends ? payloads.slice(0, -1) : payloads, rule, { subject: entry, findings });
  for (const ERR of all(payloads, 'ERR')) {
    const isKnown = known.has(ERR.errorNo);
    findings.demand(isKnown, entry, { clause: 'rfc6043:6.9-1', reason: `Error No ${ERR.errorNo} is not registered` });
    findings.demand(ERR.reserved === 0, entry, { clause: 'B8', reason: 'a reserved bit of ERR is set' });
  }
  if (about) judgeEcho(bench, entry, about);
  else findings.error(entry, 'rfc6043:5.4-12', 'no message before it has its CSB ID');
  if (optional(payloads, 'V')) judgeMac(bench, entry, about);
  else if (optional(payloads, 'SIGN')) judgeSignature(bench, entry, { parties: [], clause: 'rfc6043:5.5-13' });
  else findings.warning(entry, 'B14', 'anybody can have sent it: it has neither MAC nor signature');
}

/** Version, PRF func and CSB ID come from the message with the error; T does not. */
function judgeEcho(bench: Bench, entry: Entry, about: Entry): void {
  const { findings } = bench;
  const [own, old] = [entry.message.header, about.message.header];
  findings.demand(own.version === old.version && own.prfFunc === old.prfFunc, entry, {
    clause: 'rfc6043:5.4-12',
    reason: `the header does not repeat that of message ${about.index}`,
  });
  findings.demand(about.type !== 'Error', entry, {
    clause: 'rfc6043:5.4-5',
    reason: 'it is about an Error message',
  });
  const [T] = all(entry.message.payloads, 'T');
  const again = all(about.message.payloads, 'T').some(
    (one) => T?.tsType === one.tsType && sameOctets(T.value, one.value),
  );
  if (again && T?.tsType !== tsTypes.COUNTER) {
    findings.warning(entry, 'rfc6043:5.4-15', 'its timestamp is that of the message with the error, not a fresh one');
  }
}

/** The auth_key is that of the message with the error; the MAC covers the Error message alone. */
function judgeMac(bench: Bench, entry: Entry, about: Entry | undefined): void {
  const { A, findings } = bench;
  const [V] = all(entry.message.payloads, 'V');
  const input = about && bench.keyInputs.get(about.index);
  if (!V) return;
  if (!input) {
    findings.error(entry, 'rfc6043:5.4-17', 'there is no auth_key for its MAC: the message with the error has none');
    return;
  }
  const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), { data: initialCoverage(A, entry.message, []) });
  bench.same(V.mac, mac, { subject: entry, clause: 'rfc6043:5.5-13', name: 'the MAC in V' });
}
