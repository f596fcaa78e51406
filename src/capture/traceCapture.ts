/**
 * A run as a capture: MIKEY in UDP, port 2269, between loopback addresses, one packet a hop.
 *
 * @module
 */
import type { Trace } from '../../model/trace/trace.ts';
import { writePcapng, type Datagram } from './pcapng.ts';

/** The registered port of MIKEY. */
export const mikeyPort = 2269;

/** A trace as a pcapng file; parties have the addresses 127.0.0.11, 127.0.0.12 and so on, in their order. */
export function captureTrace(trace: Trace<Uint8Array>): Uint8Array {
  return captureTraces([trace]);
}

/** Several traces as one pcapng file. The parties of the second one are in 127.1.0.0/16, and so on. */
export function captureTraces(traces: readonly Trace<Uint8Array>[]): Uint8Array {
  return writePcapng(
    traces.flatMap((trace, index) => packetsOf(trace, { network: index, several: traces.length > 1 })),
  );
}

function packetsOf(
  trace: Trace<Uint8Array>,
  { network, several }: { readonly network: number; readonly several: boolean },
): readonly Datagram[] {
  const addressOf = (name: string): string => {
    const index = trace.parties.findIndex((party) => party.name === name);
    return `127.${network}.${Math.floor((11 + index) / 256)}.${(11 + index) % 256}`;
  };
  return trace.messages.map((hop) => ({
    at: hop.at,
    from: addressOf(hop.from),
    to: addressOf(hop.to),
    fromPort: mikeyPort,
    toPort: mikeyPort,
    payload: hop.octets,
    comment: `${several ? `${trace.title}: ` : ''}#${hop.index} ${hop.type} ${hop.from} -> ${hop.to} (${hop.exchange})`,
  }));
}
