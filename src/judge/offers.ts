/**
 * TRANSFER_INIT: its MAC, Initiator Data, and whether the ticket is the sender's to use, at that time.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.1)
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { initiatorDataAuthKey, messageAuthKey, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../model/message/coverage.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { lastV, one } from '../../model/message/select.ts';
import type { Bench } from './bench.ts';
import { carried } from './findings.ts';
import { judgeRands } from './keyRules.ts';
import { identityOf } from './kmsExchanges.ts';
import { initiatorDataGrammar, judgeOrder } from './order.ts';
import { judgeSuppliedKeys } from './suppliedKeys.ts';
import type { OpenedTicket } from './tickets.ts';
import type { Entry, Resolve, Transfer } from './transcript.ts';

/** What a TRANSFER_INIT brought beside the ticket. */
export interface JudgedOffer {
  readonly input: MessageKeyInput<Uint8Array>;
  readonly supplied: readonly KeyDataPayload<Uint8Array>[];
}

/**
 * Judges a TRANSFER_INIT that opens a session.
 *
 * @param resolves - the Ticket Resolves for it: they carry its Initiator Data, and after them its MAC can be checked
 */
export function judgeOffer(
  bench: Bench,
  { initial, ticket }: Transfer,
  { opened, resolves }: { readonly opened: OpenedTicket; readonly resolves: readonly Resolve[] },
): JudgedOffer | undefined {
  const { A } = bench;
  const { flags, prfFunc } = ticket.policy;
  return bench.attempt(initial, 'rfc6043:4.2.2.1-1', () => {
    const { message } = initial;
    const { header, payloads } = message;
    const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
    const V = lastV(payloads);
    const input: MessageKeyInput<Uint8Array> = {
      prfFunc: header.prfFunc,
      inkey: opened.MPKi,
      direction: 'initial',
      csbId: header.csbId,
      RANDRi,
    };
    bench.keyInputs.set(initial.index, input);
    const parties = [identityOf(initial, idRoles.IDRi, initial.from), identityOf(initial, idRoles.IDRr, initial.to)];
    const mac = A.mac(V.authAlg, messageAuthKey(A, V.authAlg, input), {
      data: transferInitCoverage(A, message, parties),
    });
    // The key comes with RESOLVE_RESP: until then the Responder can check nothing.
    const answers = resolves.map((resolve) => resolve.response ?? resolve.initial).map((entry) => entry.index);
    const late = flags.E && answers.length > 0 ? { seenAt: Math.min(...answers) } : {};
    const subject = {
      ...carried(
        initial,
        resolves.map((resolve) => resolve.response),
      ),
      ...late,
    };
    bench.same(V.mac, mac, { subject, clause: 'rfc6043:5.5-9', name: 'the MAC in V' });
    const supplied = judgeSuppliedKeys(bench, initial, {
      input,
      allowed: flags.L,
      clause: 'rfc6043:4.2.2.1-12',
      held: opened.sessionKeys,
    });
    if (flags.I) {
      const both = resolves.flatMap((resolve) => [resolve.initial, resolve.response]);
      judgeInitiatorData(bench, carried(initial, both), { V, opened });
    }
    // Without RANDRr, RANDRi alone has to be as long as the longest key (rfc6043:12.1-5; finding B1).
    if (!flags.G) {
      const sessionKeys = [...opened.sessionKeys, ...supplied];
      judgeRands(bench, initial, { rands: [RANDRi], mpks: [opened.MPKi], sessionKeys });
    }
    const samePrf = prfFunc === header.prfFunc;
    bench.findings.demand(samePrf, initial, { clause: 'rfc6043:12.1-11', reason: 'PRFs of HDR and ticket differ' });
    return { input, supplied };
  });
}

/** Vi is V but for the Next Payload octet (finding A2); Vr is a MAC over all of it under a key from MPKr. */
function judgeInitiatorData(
  bench: Bench,
  initial: Entry,
  { V, opened }: { readonly V: ReturnType<typeof lastV<Uint8Array>>; readonly opened: OpenedTicket },
): void {
  const { A, findings } = bench;
  const ticket = one(initial.message.payloads, 'TICKET');
  const syntax = A.decode('Initiator Data', ticket.initiatorData);
  if (!judgeOrder(syntax.payloads, initiatorDataGrammar, { subject: initial, findings })) return;
  const [Vi, Vr] = syntax.payloads.filter((payload) => payload.kind === 'V');
  if (!Vi || !Vr) return;
  findings.demand(Vi.authAlg === V.authAlg, initial, {
    clause: 'rfc6043:6.10-75',
    reason: 'Vi has another algorithm than V',
  });
  bench.same(Vi.mac, V.mac, { subject: initial, clause: 'rfc6043:4.2.3.6-2', name: 'the MAC in Vi' });
  findings.demand(Vr.authAlg === Vi.authAlg, initial, {
    clause: 'rfc6043:6.10-78',
    reason: 'Vr has another algorithm than Vi',
  });
  const { prfFunc } = ticket.policy;
  const authKey = initiatorDataAuthKey(A, prfFunc, { MPKr: opened.MPKr, macAlg: Vr.authAlg });
  const mac = A.mac(Vr.authAlg, authKey, { data: A.encode(syntax, ['MAC field']) });
  bench.same(Vr.mac, mac, { subject: initial, clause: 'rfc6043:6.10-77', name: 'the MAC in Vr' });
}
