/**
 * Counts of a run, in words.
 *
 * @module
 */
import type { Trace } from '../../model/trace/trace.ts';

/** How many messages crossed the network, and how many octets. */
export function messageCount(trace: Trace<Uint8Array>): string {
  const octets = trace.messages.reduce((sum, hop) => sum + hop.octets.length, 0);
  return `${trace.messages.length} messages, ${octets} octets`;
}
