/**
 * Faults of a scenario, done to messages on their way.
 *
 * @module
 * @see docs/scenarios.md
 */
import { ImpossibleStep } from '../../model/modes/impossibleStep.ts';
import type { Intercept } from '../../model/modes/network.ts';
import type { Fault } from '../../model/modes/scenario.ts';
import type { TracedMessage } from '../../model/trace/trace.ts';

/** Somebody in the middle of the network who does faults. */
export interface FaultyNetwork {
  readonly intercept: Intercept<Uint8Array>;
  /** Throws if a fault was never done. @throws ImpossibleStep with the path of the fault */
  readonly finish: () => void;
}

/**
 * A network that does faults. Several faults of one message are done one after the other.
 *
 * @throws ImpossibleStep, while messages go by, if a message has no such octet
 */
export function faultyNetwork(faults: readonly Fault[]): FaultyNetwork {
  const passed = new Map<string, number>();
  const done = new Set<Fault>();
  return {
    intercept: (hop) => {
      const way = `${hop.type} ${hop.to}`;
      const nth = (passed.get(way) ?? 0) + 1;
      passed.set(way, nth);
      return faults.reduce<readonly Uint8Array[]>(
        (arriving, fault, index) => {
          if (fault.message !== hop.type || fault.to !== hop.to || fault.nth !== nth) return arriving;
          done.add(fault);
          return afterFault(fault, arriving, { hop, path: `faults[${index}]` });
        },
        [hop.octets],
      );
    },
    finish: () => {
      const index = faults.findIndex((fault) => !done.has(fault));
      const fault = faults[index];
      if (!fault) return;
      const seen = passed.get(`${fault.message} ${fault.to}`) ?? 0;
      const problem = `only ${seen} ${fault.message} went to ${fault.to}`;
      throw new ImpossibleStep(`faults[${index}].nth`, problem);
    },
  };
}

function afterFault(
  fault: Fault,
  arriving: readonly Uint8Array[],
  { hop, path }: { readonly hop: TracedMessage<Uint8Array>; readonly path: string },
): readonly Uint8Array[] {
  switch (fault.do) {
    case 'drop':
      return [];
    case 'duplicate':
      return [...arriving, ...arriving.slice(0, 1)];
    case 'flip': {
      const { length } = hop.octets;
      const place = fault.octet < 0 ? length + fault.octet : fault.octet;
      if (place < 0 || place >= length) {
        throw new ImpossibleStep(`${path}.octet`, `this ${hop.type} has ${length} octets`);
      }
      return arriving.map((octets) => {
        const changed = Uint8Array.from(octets);
        changed[place] = (changed[place] ?? 0) ^ (0x80 >> fault.bit);
        return changed;
      });
    }
  }
}
