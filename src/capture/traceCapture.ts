/**
 * A run as a capture: MIKEY in UDP, port 2269, between loopback addresses, one packet a hop.
 *
 * @module
 */
import type { Trace } from '../../model/trace/trace.ts';
import { writePcapng } from './pcapng.ts';

/** The registered port of MIKEY. */
export const mikeyPort = 2269;

/** A trace as a pcapng file; parties have the addresses 127.0.0.11, 127.0.0.12 and so on, in their order. */
export function captureTrace(trace: Trace<Uint8Array>): Uint8Array {
  const addressOf = (name: string): string => {
    const index = trace.parties.findIndex((party) => party.name === name);
    return `127.0.${Math.floor((11 + index) / 256)}.${(11 + index) % 256}`;
  };
  return writePcapng(
    trace.messages.map((hop) => ({
      at: hop.at,
      from: addressOf(hop.from),
      to: addressOf(hop.to),
      fromPort: mikeyPort,
      toPort: mikeyPort,
      payload: hop.octets,
      comment: `#${hop.index} ${hop.type} ${hop.from} -> ${hop.to} (${hop.exchange})`,
    })),
  );
}
