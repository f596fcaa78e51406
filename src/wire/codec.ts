/**
 * The codec: octets of everything that has an encoding of its own, both ways.
 *
 * Strict and total: what {@link decode} accepts encodes to the same octets, and what it does not accept it turns down with a
 * MikeyError that says where.
 *
 * Statements: rfc6043:6-1, -2; rfc3830:5.2-2; rfc3830:5.3-1; rfc3830:6-1.
 *
 * @module
 * @see [RFC 3830, section 6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6)
 * @see [RFC 6043, section 6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6)
 */
import type { Omission, Syntax, SyntaxKind, SyntaxOf } from '../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../model/message/payload.ts';
import { nextPayloadField, readChain, readLink, readNested, writeChain, writeLink, writeNested } from './chain.ts';
import type { Part } from './field.ts';
import { headerPart, readHeader, writeHeader } from './header.ts';
import type { LayoutNode } from './layout.ts';
import type { Bytes, EncodeContext } from './payload/payloadCodec.ts';
import { ticketCodec, writeTicket } from './payload/ticket.ts';
import { readThdr, thdrPart, writeThdr } from './payload/ticketHeader.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

/** What each encodable thing is called in paths and layouts, and where it is defined. */
const parts: { readonly [K in SyntaxKind]: Part } = {
  Message: { name: 'Message', clause: 'rfc3830:5.2' },
  'Ticket Data': { name: 'Ticket Data', clause: 'rfc6043:A-5' },
  'Initiator Data': { name: 'Initiator Data', clause: 'rfc6043:6.10-74' },
  'Key data': { name: 'KEMAC plaintext', clause: 'rfc3830:6.2' },
  TICKET: { name: 'TICKET', clause: ticketCodec.clause },
};

/**
 * Encodes.
 *
 * @param syntax - what to encode
 * @param omit - what to leave out, for a MAC that does not cover it; length fields keep their full values
 * @returns the octets
 * @throws MikeyError ERR_MALFORMED and others if a value does not fit its field or a payload its place; ERR_MISSING_PAYLOAD if the
 *   MAC field is to be left out and there is none
 */
export function encode(syntax: Syntax<Bytes>, omit: readonly Omission[] = []): Bytes {
  const writer = new Writer();
  if (syntax.kind === 'Message') write(writer, syntax, omit);
  else writer.group(parts[syntax.kind], () => write(writer, syntax, omit));
  return writer.result();
}

/**
 * Decodes; `encode(decode(kind, octets))` equals `octets`.
 *
 * @param kind - what the octets are to be
 * @param octets - the whole of it, and nothing more
 * @throws MikeyError with code, clause, octet offset and path if the octets are not exactly one `kind`
 */
export function decode<K extends SyntaxKind>(kind: K, octets: Bytes): SyntaxOf<Bytes, K> {
  return read(new Reader(octets), kind);
}

/** A decoded thing and where each of its fields stands. */
export interface WithLayout<K extends SyntaxKind> {
  readonly syntax: SyntaxOf<Bytes, K>;
  readonly layout: LayoutNode;
}

/**
 * Decodes as {@link decode} does, and takes down where each field stands.
 *
 * @param place - offset and path of the octets in a surrounding input, for offsets of layout and errors
 * @throws MikeyError as {@link decode}
 */
export function decodeWithLayout<K extends SyntaxKind>(
  kind: K,
  octets: Bytes,
  place: { readonly offset?: number; readonly path?: string } = {},
): WithLayout<K> {
  const reader = new Reader(octets, { ...place, record: true });
  const syntax = read(reader, kind);
  const children = kind === 'Message' ? reader.layout : reader.layout.flatMap((node) => node.children);
  return { syntax, layout: { ...parts[kind], offset: place.offset ?? 0, length: octets.length, children } };
}

function write(writer: Writer, syntax: Syntax<Bytes>, omit: readonly Omission[]): void {
  switch (syntax.kind) {
    case 'Message': {
      const { header, payloads } = syntax.message;
      writer.group(headerPart, () => writeHeader(writer, header, () => writeLink(writer, nextPayloadField, payloads)));
      writeChain(writer, payloads, { place: 'Message', omit });
      break;
    }
    case 'Ticket Data':
      writer.group(thdrPart, () => {
        writeLink(writer, nextPayloadField, syntax.payloads);
        writeThdr(writer, syntax.thdr);
      });
      writeChain(writer, syntax.payloads, { place: 'Ticket Data', omit });
      break;
    case 'Initiator Data':
      writeNested(writer, syntax.payloads, { place: 'Initiator Data', omit });
      break;
    case 'Key data':
      writeChain(writer, syntax.keys, { place: 'Key data', omit });
      break;
    case 'TICKET': {
      const { ticket } = syntax;
      // The MAC of a ticket is that of the V payload which ends its Ticket Data (rfc6043:A.1-10, rfc6043:A.1-12).
      const covered = omit.includes('MAC field')
        ? encode(decode('Ticket Data', ticket.ticketData), ['MAC field'])
        : ticket.ticketData;
      const context: EncodeContext = {
        omit,
        encodeNested: (inner, nested) => writeNested(inner, nested, { place: 'TP Data', omit: [] }),
      };
      writeTicket(writer, ticket, { context, covered });
      break;
    }
  }
}

const readers: { readonly [K in SyntaxKind]: (reader: Reader) => SyntaxOf<Bytes, K> } = {
  Message(reader) {
    const { header, link } = reader.group(headerPart, () =>
      readHeader(reader, () => readLink(reader, nextPayloadField, 'Message')),
    );
    return { kind: 'Message', message: { header, payloads: readChain(reader, link, 'Message') } };
  },
  'Ticket Data'(reader) {
    const { link, thdr } = reader.group(thdrPart, () => ({
      link: readLink(reader, nextPayloadField, 'Ticket Data'),
      thdr: readThdr(reader),
    }));
    return { kind: 'Ticket Data', thdr, payloads: readChain(reader, link, 'Ticket Data') };
  },
  'Initiator Data'(reader) {
    return { kind: 'Initiator Data', payloads: readNested(reader, 'Initiator Data') };
  },
  'Key data'(reader) {
    // An update may carry no keys at all, and then not even a next payload field (rfc3830:6.2).
    const first = reader.remaining === 0 ? undefined : 'Key data';
    return { kind: 'Key data', keys: readChain(reader, first, 'Key data').filter(isKeyData) };
  },
  TICKET(reader) {
    const context = { decodeNested: (inner: Reader) => readNested(inner, 'TP Data') };
    return { kind: 'TICKET', ticket: ticketCodec.decode(reader, context) };
  },
};

function read<K extends SyntaxKind>(reader: Reader, kind: K): SyntaxOf<Bytes, K> {
  const whole = (): SyntaxOf<Bytes, K> => {
    const syntax = readers[kind](reader);
    reader.end(parts[kind].clause);
    return syntax;
  };
  // Paths start inside the message: its name in front of each of them would say nothing.
  return kind === 'Message' ? whole() : reader.group(parts[kind], whole);
}

function isKeyData(payload: Payload<Bytes>): payload is KeyDataPayload<Bytes> {
  return payload.kind === 'Key data';
}
