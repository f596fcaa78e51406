/**
 * Ticket Policy payload (TP) and Ticket payload (TICKET).
 *
 *     TP:     | Next Payload 8 | Ticket Policy ... |
 *     TICKET: | Next Payload 8 | Ticket Policy ... | Ticket Data length 16 | Ticket Data ... |
 *             | Initiator Data length 16 | Initiator Data ... |
 *
 * The Initiator Data length is always there, zero if there is no Initiator Data: otherwise nobody could find the payload that
 * follows (finding A10). Ticket Data and Initiator Data are not looked into here.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, appendix A.1](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A.1)
 */
import type { TicketPayload } from '../../../model/message/payload.ts';
import { fieldsOf, type Part } from '../field.ts';
import type { Writer } from '../writer.ts';
import type { Bytes, EncodeContext, PayloadCodec } from './payloadCodec.ts';
import { readTicketPolicy, writeTicketPolicy } from './ticketPolicy.ts';

/** TP: without the four fields that TICKET adds (rfc6043:6.10-1). */
export const tpCodec: PayloadCodec<'TP'> = {
  kind: 'TP',
  clause: 'rfc6043:6.10-1',
  encode(writer, payload, context) {
    writeTicketPolicy(writer, payload.policy, context);
  },
  decode(reader, context) {
    return { kind: 'TP', policy: readTicketPolicy(reader, context) };
  },
};

/** The fields that TICKET adds. */
const clause = 'rfc6043:6.10-11';
const field = fieldsOf(clause);
const ticketDataLength = field('Ticket Data length', 16);
const ticketData: Part = { name: 'Ticket Data', clause };
const initiatorDataLength = field('Initiator Data length', 16);
const initiatorData: Part = { name: 'Initiator Data', clause };

/** TICKET. */
export const ticketCodec: PayloadCodec<'TICKET'> = {
  kind: 'TICKET',
  clause,
  encode(writer, payload, context) {
    writeTicket(writer, payload, { context, covered: payload.ticketData });
  },
  decode(reader, context) {
    return {
      kind: 'TICKET',
      policy: readTicketPolicy(reader, context),
      ticketData: reader.prefixed(ticketDataLength, ticketData),
      initiatorData: reader.prefixed(initiatorDataLength, initiatorData),
    };
  },
};

/**
 * Writes a TICKET payload without its next payload field.
 *
 * @param options - the context, and which octets of the Ticket Data to write: all of them, or for the MAC of the ticket all but
 *   that MAC. The Ticket Data length states the full length in either case, as it is covered (rfc6043:A.1-12).
 */
export function writeTicket(
  writer: Writer,
  ticket: TicketPayload<Bytes>,
  { context, covered }: { readonly context: EncodeContext; readonly covered: Bytes },
): void {
  writeTicketPolicy(writer, ticket.policy, context);
  writer.number(ticket.ticketData.length, ticketDataLength);
  writer.raw(covered);
  // Left out of the MAC of TRANSFER_INIT, since Vi inside of it is that MAC, and of the ticket's own MAC (rfc6043:5.5, A.1).
  if (!context.omit.includes('Initiator Data')) writer.prefixed(ticket.initiatorData, initiatorDataLength);
}
