/**
 * C6: which payload follows TICKET, is under the MAC of the message alone.
 *
 * @module
 * @see [RFC 6043, appendix A.1](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.1)
 */
import { nextPayloads } from '../../../spec/registry/header.ts';
import { strictProfile } from '../../../model/guard/profile.ts';
import { ticketCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import type { Payload } from '../../../model/message/payload.ts';
import { one } from '../../../model/message/select.ts';
import { readTicketData, ticketMacHolds } from '../../../model/ticket/baseTicket.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';
import { shown } from '../story.ts';

const plain = scene([user('alice'), user('bob')], { steps: [call()] });

/** The offset of the Next Payload octet of TICKET in the octets of alice's TRANSFER_INIT, where V follows it. */
function nextOfTicket(lab: Lab): number {
  const { transferInit } = lab.made();
  const octets = bytes.encode({ kind: 'Message', message: transferInit });
  const ticket = bytes.encode({ kind: 'TICKET', ticket: one(transferInit.payloads, 'TICKET') });
  return Buffer.from(octets).indexOf(ticket) - 1;
}

/** C6. */
export const c6 = demonstration({
  id: 'C6',
  title: 'The Next Payload octet of TICKET is under the MAC of the message alone',
  checks: ['offerMacValid'],
  setting: 'a receiver that verifies the MAC of the ticket alone',
  unprotected: (story) => {
    const lab = new Lab(plain, { profile: strictProfile });
    const inOffer = one(lab.made().transferInit.payloads, 'TICKET');
    const inResolve = one(lab.lastFrom('bob', 'RESOLVE_INIT_PSK').payloads, 'TICKET');
    story.equal(
      'the ticket is covered as the same octets in both messages',
      shown('coverage in TRANSFER_INIT', ticketCoverage(bytes, inOffer)),
      shown('coverage in RESOLVE_INIT', ticketCoverage(bytes, inResolve)),
    );
    const [TPK] = lab.kms().ticketKeys;
    const holds = (ticket: typeof inOffer): boolean =>
      TPK !== undefined && ticketMacHolds(bytes, ticket, { TPK: TPK.key, data: readTicketData(bytes, ticket) });
    story.holds('and its MAC holds in both', holds(inOffer) && holds(inResolve));
    const next = (message: Message<Uint8Array>): string | undefined =>
      message.payloads[message.payloads.findIndex(({ kind }) => kind === 'TICKET') + 1]?.kind;
    story.holds(
      'though another payload follows: V in one, IDR in the other',
      next(lab.made().transferInit) === 'V' && next(lab.lastFrom('bob', 'RESOLVE_INIT_PSK')) === 'IDR',
    );
  },
  shielded: (story, profile) => {
    const lab = new Lab(plain, { profile });
    const at = nextOfTicket(lab);
    const octets = bytes.encode({ kind: 'Message', message: lab.made().transferInit });
    story.equal(
      `octet ${at} of TRANSFER_INIT says that V follows TICKET`,
      shown('octet', octets.slice(at, at + 1)),
      shown('V', Uint8Array.of(nextPayloads.V)),
    );
    // A payload of three octets that nobody expects, between TICKET and V.
    const extension = { kind: 'General Ext.', type: 0, data: new Uint8Array(1) } as const;
    const { header, payloads } = lab.made().transferInit;
    const inserted = {
      header,
      payloads: payloads.flatMap((payload): readonly Payload<Uint8Array>[] =>
        payload.kind === 'TICKET' ? [payload, extension] : [payload],
      ),
    };
    const since = lab.now;
    lab.send('proxy', 'bob', inserted);
    story.refused('somebody lets another payload follow: the MAC of the message notices', 'bob', {
      check: 'offerMacValid',
      turned: lab.turnedDown('bob', since),
    });
  },
});
