/**
 * What an exchange costs the KMS, measured from a run over real bytes: nothing here is a constant.
 *
 * @module
 */
import { runStandard, type StandardOptions } from '../../model/modes/standard.ts';
import { interpretation } from '../run/byteRun.ts';
import { countingParties, operationsBetween, type OperationCounts } from '../run/counting.ts';

/** What one exchange costs the KMS that answers it. */
export interface ExchangeCost {
  /** Messages in and out. */
  readonly messages: number;
  /** Octets of MIKEY in and out, without transport framing. */
  readonly octets: number;
  /** What the KMS computes. */
  readonly operations: OperationCounts;
}

/** What the exchanges of a KMS cost. */
export interface Costs {
  readonly request: ExchangeCost;
  readonly resolve: ExchangeCost;
}

/**
 * Measures. The standard flow is run with one endpoint; the books of the KMS are looked at when each of its answers leaves.
 *
 * @param suite - algorithms; default sha256
 */
export function measureCosts(suite?: StandardOptions['suite']): Costs {
  const exchanges = measureExchanges({ forks: 1, ...(suite === undefined ? {} : { suite }) });
  const costOf = (type: string): ExchangeCost => {
    const found = exchanges.find((exchange) => exchange.type === type);
    if (!found) throw new RangeError(`the run has no ${type}`);
    const { messages, octets, operations } = found;
    return { messages, octets, operations };
  };
  return { request: costOf('REQUEST_RESP'), resolve: costOf('RESOLVE_RESP') };
}

/** Every exchange of the KMS in a run, by the type of its answer. */
export function measureExchanges(options: StandardOptions): readonly (ExchangeCost & { readonly type: string })[] {
  const counting = countingParties(interpretation('costs'));
  const kms = 'kms';
  const exchanges: (ExchangeCost & { readonly type: string })[] = [];
  let before = counting.countsOf(kms);
  let incoming: readonly number[] = [];
  runStandard(counting.interpretation, options, {
    intercept: (hop) => {
      if (hop.to === kms) incoming = [...incoming, hop.octets.length];
      if (hop.from === kms) {
        const after = counting.countsOf(kms);
        // Questions are answered in the order in which they came.
        const [question = 0, ...waiting] = incoming;
        incoming = waiting;
        exchanges.push({
          type: hop.type,
          messages: 2,
          octets: question + hop.octets.length,
          operations: operationsBetween(before, after),
        });
        before = after;
      }
      return [hop.octets];
    },
  });
  return exchanges;
}
