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
import type { IdrPayload } from '../../model/message/payload.ts';
import { all, optional } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { sameOctets, type Entry, type Resolve, type Transcript, type Transfer } from './transcript.ts';

/** The modifier in a message; undefined unless both halves are there. */
export function resolvedModifier(entry: Entry | undefined): Modifier<Uint8Array> | undefined {
  const [IDRr, RANDRkms] = halves(entry);
  return IDRr && RANDRkms && { idData: IDRr.data, RANDRkms };
}

/**
 * IDRr and RANDRkms of TRANSFER_RESP must be those of RESOLVE_RESP, if that has them; without a Ticket Resolve of its own, those of the
 * last one that the responder ran for this ticket (finding A12).
 *
 * @returns the modifier; undefined without key forking
 */
export function judgeAnswerModifier(
  bench: Bench,
  transfer: Transfer,
  response: Entry,
): Modifier<Uint8Array> | undefined {
  const { A, findings } = bench;
  const { resolve, initial, ticket } = transfer;
  const isForking = ticket.policy.flags.I;
  const [IDRr, RANDRkms] = halves(response);
  const [givenName, givenRand] = halves(resolve?.response);
  const isReuse = resolve !== undefined && resolve.initial.index < initial.index;
  const from = isReuse ? 'RESOLVE_RESP at the first use of the ticket' : 'RESOLVE_RESP';
  const judge = (
    name: string,
    clause: string,
    half: { readonly there: boolean; readonly same: boolean | undefined },
  ): void => {
    const { there, same } = half;
    // What RESOLVE_RESP brought goes on, with key forking or without.
    if (!there && (isForking || same !== undefined)) findings.error(response, clause, `${name} is missing`);
    else if (same === false) {
      findings.error(response, isReuse ? 'rfc6043:5.3-6' : clause, `${name} is not that of ${from}`);
    }
  };
  judge('IDRr', 'rfc6043:4.2.2.3-12', {
    there: IDRr !== undefined,
    same: givenName && IDRr !== undefined && sameIdentity(A, givenName, IDRr),
  });
  judge('RANDRkms', 'rfc6043:4.2.2.3-14', {
    there: RANDRkms !== undefined,
    same: givenRand && RANDRkms !== undefined && A.equal(givenRand, RANDRkms),
  });
  return isForking && IDRr && RANDRkms ? { idData: IDRr.data, RANDRkms } : undefined;
}

/** IDRr and RANDRkms of a message. */
function halves(entry: Entry | undefined): readonly [IdrPayload<Uint8Array> | undefined, Uint8Array | undefined] {
  if (!entry) return [undefined, undefined];
  const { payloads } = entry.message;
  return [optional(payloads, 'IDR', idRoles.IDRr), optional(payloads, 'RANDR', randRoles.RANDRkms)?.rand];
}

/** Judges what passes between two KMSs: IDRr and TICKET go on unchanged, IDRr and RANDRkms come back unchanged. */
export function judgeForwarding(bench: Bench, { resolves }: Transcript): void {
  for (const resolve of resolves) {
    bench.attempt(resolve.response ?? resolve.initial, 'rfc6043:10-7', () => judgeForwarded(bench, resolve));
  }
  judgeFresh(bench, resolves);
}

/** RANDRkms is new in each Ticket Resolve, but for the one that comes through another KMS. */
function judgeFresh(bench: Bench, resolves: readonly Resolve[]): void {
  const seen = new Set<string>();
  for (const { response, of } of resolves) {
    const rand = response && all(response.message.payloads, 'RANDR', randRoles.RANDRkms)[0]?.rand;
    if (!response || !rand || of) continue;
    const text = Buffer.from(rand).toString('hex');
    if (seen.has(text)) bench.findings.error(response, 'rfc6043:4.2.3.5-18', 'its RANDRkms was used before');
    seen.add(text);
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
