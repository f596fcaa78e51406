/**
 * The modifier of key forking, IDRr and RANDRkms, on its way from the KMS to the Initiator.
 *
 * @module
 * @see [RFC 6043, section 5.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.1)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Modifier } from '../../model/keys/forkedKeys.ts';
import { sameIdentity } from '../../model/message/identity.ts';
import { all, optional } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { sameOctets, type Entry, type Resolve, type Transcript, type Transfer } from './transcript.ts';

/** The modifier in a message; undefined unless both halves are there. */
export function resolvedModifier(entry: Entry | undefined): Modifier<Uint8Array> | undefined {
  const IDRr = entry && optional(entry.message.payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = entry && optional(entry.message.payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  return IDRr && RANDRkms && { idData: IDRr.data, RANDRkms };
}

/**
 * IDRr and RANDRkms of TRANSFER_RESP must be those of RESOLVE_RESP; without a Ticket Resolve of its own, those of the last one
 * that the responder ran for this ticket (finding A12).
 */
export function judgeAnswerModifier(
  bench: Bench,
  transfer: Transfer,
  response: Entry,
): Modifier<Uint8Array> | undefined {
  const { A, findings } = bench;
  const { payloads } = response.message;
  const IDRr = optional(payloads, 'IDR', idRoles.IDRr);
  const RANDRkms = optional(payloads, 'RANDR', randRoles.RANDRkms)?.rand;
  findings.demand(IDRr !== undefined, response, { clause: 'rfc6043:4.2.2.3-12', reason: 'IDRr is missing' });
  findings.demand(RANDRkms !== undefined, response, { clause: 'rfc6043:4.2.2.3-14', reason: 'RANDRkms is missing' });
  if (!IDRr || !RANDRkms) return undefined;
  const { resolve, initial } = transfer;
  const resolved = resolve?.response?.message.payloads;
  if (resolved) {
    const identity = optional(resolved, 'IDR', idRoles.IDRr);
    const rand = optional(resolved, 'RANDR', randRoles.RANDRkms)?.rand;
    const isReuse = resolve.initial.index < initial.index;
    const from = isReuse ? 'RESOLVE_RESP at the first use of the ticket' : 'RESOLVE_RESP';
    findings.demand(identity !== undefined && sameIdentity(A, identity, IDRr), response, {
      clause: isReuse ? 'rfc6043:5.3-6' : 'rfc6043:4.2.2.3-12',
      reason: `IDRr is not that of ${from}`,
    });
    findings.demand(rand !== undefined && A.equal(rand, RANDRkms), response, {
      clause: isReuse ? 'rfc6043:5.3-6' : 'rfc6043:4.2.2.3-14',
      reason: `RANDRkms is not that of ${from}`,
    });
  }
  return { idData: IDRr.data, RANDRkms };
}

/** Judges what passes between two KMSs: IDRr and TICKET go on unchanged, IDRr and RANDRkms come back unchanged. */
export function judgeForwarding(bench: Bench, { resolves }: Transcript): void {
  for (const resolve of resolves) {
    bench.attempt(resolve.response ?? resolve.initial, 'rfc6043:10-7', () => judgeForwarded(bench, resolve));
  }
}

function judgeForwarded(bench: Bench, { initial, response, of }: Resolve): void {
  const { A, findings } = bench;
  if (!of) return;
  const [a, b] = [initial, of.initial].map((entry) => entry.message.payloads);
  if (!a || !b) return;
  const [IDRr, before] = [optional(a, 'IDR', idRoles.IDRr), optional(b, 'IDR', idRoles.IDRr)];
  if (!IDRr || (before && !sameIdentity(A, IDRr, before))) {
    findings.warning(initial, 'rfc6043:10-9', 'IDRr is not that of the RESOLVE_INIT that is forwarded');
  }
  const [ticket] = all(a, 'TICKET');
  const [asked] = all(b, 'TICKET');
  if (!ticket || !asked || !sameOctets(ticket.initiatorData, asked.initiatorData)) {
    findings.warning(initial, 'rfc6043:10-9', 'Initiator Data are not those of the RESOLVE_INIT that is forwarded');
  }
  if (!response || !of.response) return;
  const [got, given] = [resolvedModifier(response), resolvedModifier(of.response)];
  const same = got && given && A.equal(got.idData, given.idData) && A.equal(got.RANDRkms, given.RANDRkms);
  // Else the keys that reach the Responder are not those that the issuing KMS forked.
  const names = [response, of.response].map((entry) => optional(entry.message.payloads, 'IDR', idRoles.IDRr));
  const sameName = !names[0] || !names[1] || sameIdentity(A, names[0], names[1]);
  findings.demand(same ?? (!got && !given && sameName), of.response, {
    clause: 'rfc6043:4.2.3.5-16',
    reason: 'IDRr and RANDRkms are not those that the other KMS gave',
  });
}
