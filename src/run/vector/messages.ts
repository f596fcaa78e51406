/**
 * The messages of a run as a vector lists them: as they arrive, end to end, each once for each party that it reaches.
 *
 * @module
 * @see docs/vectors.md
 */
import { dataTypes } from '../../../spec/registry/header.ts';
import { idRoles } from '../../../spec/registry/identities.ts';
import { nameOf } from '../../../spec/registry/nameOf.ts';
import { MikeyError } from '../../../model/error.ts';
import type { Message } from '../../../model/message/message.ts';
import { all } from '../../../model/message/select.ts';
import type { Trace, TracedMessage } from '../../../model/trace/trace.ts';
import { bytes } from '../byteRun.ts';
import { hex } from './hex.ts';

/** A message over one hop. */
type Hop = TracedMessage<Uint8Array>;

/** What of a message arrives: the same octets, others, none, or several times. */
export type Arriving = (hop: Hop) => readonly Uint8Array[];

/** A message as listed. */
export interface ListedMessage {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly hex: string;
  /** Decoded; undefined if it is no MIKEY message. */
  readonly message: Message<Uint8Array> | undefined;
  /** Positions in the trace of the hops over which it went, the one to its receiver last. */
  readonly hops: readonly number[];
}

/** Whether a message opens a session, in contrast to a CSB update. */
function opensSession({ type, message }: Hop): boolean {
  return type === 'TRANSFER_INIT' && all(message.payloads, 'TICKET').length > 0;
}

/**
 * Lists the messages of a run.
 *
 * Of a message that crosses the proxy one hop counts. A TRANSFER_INIT that opens a session is listed at the endpoints' side, where it is seen once
 * for each endpoint, under the identity that was called; everything else at its sender's side.
 *
 * @param arriving - what of a message arrives; default: what was sent
 */
export function listMessages(
  trace: Trace<Uint8Array>,
  arriving: Arriving = (hop) => [hop.octets],
): readonly ListedMessage[] {
  const { messages, parties } = trace;
  const isProxy = (name: string): boolean => parties.some((party) => party.name === name && party.role === 'proxy');
  const identityOf = (name: string): string => parties.find((party) => party.name === name)?.identity ?? name;
  const sender = (hop: Hop): string => {
    if (!isProxy(hop.from)) return hop.from;
    const before = messages.findLast((one) => one.index < hop.index && isProxy(one.to) && same(one.octets, hop.octets));
    return before?.from ?? hop.from;
  };
  const relayed = (hop: Hop): Hop | undefined => {
    if (!isProxy(hop.to)) return undefined;
    const [octets] = arriving(hop);
    return messages.find((one) => one.index > hop.index && isProxy(one.from) && same(one.octets, octets));
  };
  const caller = (hop: Hop): string => {
    const { csbId } = hop.message.header;
    return messages.find((one) => opensSession(one) && same(one.message.header.csbId, csbId))?.from ?? hop.to;
  };
  return messages
    .filter((hop) => (opensSession(hop) ? !isProxy(hop.to) : !isProxy(hop.from)))
    .flatMap((hop) => {
      const relay = relayed(hop);
      const receiver = isProxy(hop.to) ? (relay?.to ?? caller(hop)) : hop.to;
      const to = opensSession(hop) ? calledIdentity(hop.message) : identityOf(receiver);
      return arriving(relay ?? hop).map((octets): ListedMessage => {
        const message = decoded(octets);
        const type = (message && nameOf(dataTypes, message.header.dataType)) ?? hop.type;
        const hops = relay ? [hop.index, relay.index] : [hop.index];
        return { type, from: identityOf(sender(hop)), to, hex: hex(octets), message, hops };
      });
    });
}

/** The identity in IDRr of a TRANSFER_INIT as sent. */
function calledIdentity({ payloads }: Message<Uint8Array>): string {
  const [IDRr] = all(payloads, 'IDR', idRoles.IDRr);
  return IDRr ? new TextDecoder().decode(IDRr.data) : '';
}

function decoded(octets: Uint8Array): Message<Uint8Array> | undefined {
  try {
    return bytes.decode('Message', octets).message;
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return undefined;
  }
}

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.from(a).equals(b);
}
