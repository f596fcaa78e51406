/**
 * What the codec of one payload offers, and what it may ask of the chain around it.
 *
 * A payload codec reads and writes what comes after the next payload field: the chain takes care of that field.
 *
 * @module
 * @see [RFC 3830, section 6](https://www.rfc-editor.org/rfc/rfc3830.html#section-6)
 */
import type { Omission } from '../../../model/message/message.ts';
import type { Payload, PayloadKind } from '../../../model/message/payload.ts';
import type { PayloadOf } from '../../../model/message/select.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** A bit string that consists of octets. */
export type Bytes = Uint8Array;

/** What a payload that holds a chain of payloads needs to write it. */
export interface EncodeContext {
  /** What to leave out of this payload. */
  readonly omit: readonly Omission[];
  /** Writes a chain in front of which an octet names its first payload. */
  readonly encodeNested: (writer: Writer, payloads: readonly Payload<Bytes>[]) => void;
}

/** What a payload that holds a chain of payloads needs to read it. */
export interface DecodeContext {
  /** Reads a chain in front of which an octet names its first payload. */
  readonly decodeNested: (reader: Reader) => readonly Payload<Bytes>[];
}

/** Reads and writes one kind of payload, without its next payload field. */
export interface PayloadCodec<K extends PayloadKind> {
  readonly kind: K;
  /** The clause that draws the payload. */
  readonly clause: string;
  /** @throws MikeyError if a value does not fit its field, or a number implies no length */
  encode(writer: Writer, payload: PayloadOf<Bytes, K>, context: EncodeContext): void;
  /** @throws MikeyError if the octets end early, or a number implies no length */
  decode(reader: Reader, context: DecodeContext): PayloadOf<Bytes, K>;
}
