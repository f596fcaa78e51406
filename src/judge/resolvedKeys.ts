/**
 * The keys that a KMS hands out: those of the ticket, forked for a Responder, and the same again through a second KMS.
 *
 * @module
 * @see [RFC 6043, section 4.2.3.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.5)
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { forkKey } from '../../model/keys/forkedKeys.ts';
import { all, optional } from '../../model/message/select.ts';
import { isForked } from '../../model/protection/keyTransport.ts';
import type { Bench } from './bench.ts';
import { judgeSameSessionKeys, type SortedKeys } from './keyRules.ts';
import { isMember, textOf } from './members.ts';
import type { OpenedTicket } from './tickets.ts';
import type { Entry } from './transcript.ts';

/** The keys for the Initiator are those of the ticket, not forked. */
export function judgeGranted(
  bench: Bench,
  response: Entry,
  { sorted, opened }: { readonly sorted: SortedKeys; readonly opened: OpenedTicket },
): void {
  const [MPKi, MPKr] = sorted.mpks;
  const about = { subject: response, clause: 'rfc6043:4.2.1.5-16' };
  if (MPKi) bench.same(MPKi.key, opened.MPKi, { ...about, name: 'MPKi' });
  if (MPKr) bench.same(MPKr.key, opened.MPKr, { ...about, clause: 'rfc6043:4.2.1.5-13', name: 'MPKr' });
  judgeSameSessionKeys(bench, sorted.sessionKeys, { ...about, expected: opened.sessionKeys, forked: false });
}

/** The keys for a Responder: MPKi, and under key forking MPKr' and TGK' by the modifier that stands beside them. */
export function judgeResolved(
  bench: Bench,
  response: Entry,
  { sorted, opened }: { readonly sorted: SortedKeys; readonly opened: OpenedTicket },
): void {
  const { A, findings } = bench;
  const { flags, prfFunc } = opened.ticket.policy;
  const about = { subject: response, clause: 'rfc6043:4.2.3.5-11' };
  const [MPKi, second] = sorted.mpks;
  if (MPKi) bench.same(MPKi.key, opened.MPKi, { ...about, name: 'MPKi' });
  judgeSameSessionKeys(bench, sorted.sessionKeys, { ...about, expected: opened.sessionKeys, forked: flags.I });
  if (!flags.I) return;
  const IDRr = optional(response.message.payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(response.message.payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  if (!IDRr || !RANDRkms) {
    findings.error(response, 'rfc6043:4.2.3.5-16', 'under key forking IDRr and RANDRkms must be there');
    return;
  }
  const forked = opened.sessionKeys.filter(isForked).map((key) => key.key);
  const longest = Math.max(opened.MPKr.length, ...forked.map((key) => key.length));
  findings.demand(RANDRkms.length >= longest, response, {
    clause: 'rfc6043:12.1-6',
    reason: `RANDRkms has ${RANDRkms.length} octets, the longest of MPKr and TGK ${longest}`,
  });
  const modifier = { idData: IDRr.data, RANDRkms };
  if (second) {
    const expected = forkKey(A, prfFunc, { inkey: opened.MPKr, as: "MPKr'", modifier });
    bench.same(second.key, expected, { ...about, clause: 'rfc6043:5.1.1-4', name: "MPKr'" });
  }
  opened.sessionKeys.forEach((key, index) => {
    const found = sorted.sessionKeys[index];
    if (!found || !isForked(key)) return;
    const expected = forkKey(A, prfFunc, { inkey: key.key, as: "TGK'", modifier });
    bench.same(found.key, expected, { ...about, clause: 'rfc6043:5.1.1-4', name: `TGK' (session key ${index})` });
  });
  const named = all(opened.ticket.policy.tpData, 'IDR', idRoles.IDRr);
  if (!isMember(bench, named, textOf(IDRr))) {
    const reason = 'IDRr is not one that the ticket names: the KMS has to know that it belongs to one';
    findings.warning(response, 'B5', reason);
  }
}
