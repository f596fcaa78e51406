/**
 * What each MAC covers: Table 5.2, the ticket's own MAC, and Vr.
 *
 * Statements: rfc6043:5.5-1; rfc3830:5.2-4, -6.
 *
 * @module
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, appendix A.1](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.1)
 */
import type { Algebra } from '../algebra/algebra.ts';
import type { Identity } from './identity.ts';
import type { Message } from './message.ts';
import type { TicketPayload, VPayload } from './payload.ts';

/**
 * Coverage of an initial message: the message without its MAC, then the identities. They are the ID Data fields alone, raw and
 * without lengths (finding A5), so a sender should always include the IDR payloads as well.
 *
 * @param identities - Identity_i and Identity_kms, Identity_i and Identity_r, or Identity_r and Identity_kms
 */
export function initialCoverage<B>(A: Algebra<B>, message: Message<B>, identities: readonly Identity<B>[]): B {
  return A.concat([
    A.encode({ kind: 'Message', message }, ['MAC field']),
    ...identities.map((identity) => identity.data),
  ]);
}

/**
 * Coverage of TRANSFER_INIT: as any initial message, but Initiator Data and its length are left out, because Vi inside of it
 * is the result.
 */
export function transferInitCoverage<B>(A: Algebra<B>, message: Message<B>, identities: readonly Identity<B>[]): B {
  return A.concat([
    A.encode({ kind: 'Message', message }, ['MAC field', 'Initiator Data']),
    ...identities.map((identity) => identity.data),
  ]);
}

/** Coverage of a response: the response without its MAC, then the entire initial message with its MAC and Initiator Data. */
export function responseCoverage<B>(A: Algebra<B>, response: Message<B>, initial: Message<B>): B {
  return A.concat([
    A.encode({ kind: 'Message', message: response }, ['MAC field']),
    A.encode({ kind: 'Message', message: initial }),
  ]);
}

/** Coverage of the MAC in a base ticket: the TICKET payload without Next Payload, Initiator Data, its length, and the MAC. */
export function ticketCoverage<B>(A: Algebra<B>, ticket: TicketPayload<B>): B {
  return A.encode({ kind: 'TICKET', ticket }, ['MAC field', 'Initiator Data']);
}

/** Coverage of Vr: all of Initiator Data but the MAC of Vr. */
export function initiatorDataCoverage<B>(A: Algebra<B>, Vi: VPayload<B>, Vr: VPayload<B>): B {
  return A.encode({ kind: 'Initiator Data', payloads: [Vi, Vr] }, ['MAC field']);
}
