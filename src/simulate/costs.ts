/**
 * What an exchange costs the KMS, measured from runs over real bytes: nothing here is a constant.
 *
 * @module
 */
import { play } from '../../model/modes/play.ts';
import type { Scenario } from '../../model/modes/scenario.ts';
import { interpretation } from '../run/byteRun.ts';
import { countingParties, operationsBetween, sumOperations, type OperationCounts } from '../run/counting.ts';
import { costScenario } from './costScenario.ts';
import { ticketKinds, type TicketKind } from './ticketKind.ts';

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
  /** A Ticket Request; who makes tickets itself asks for none. */
  readonly request: Readonly<Record<'user' | 'group', ExchangeCost>>;
  /** A Ticket Resolve for an endpoint, all at one KMS. */
  readonly resolve: Readonly<Record<TicketKind, ExchangeCost>>;
  /** A Ticket Resolve for an endpoint, with asking the KMS of the caller and passing its answer on (RFC 6043, 10). */
  readonly ask: Readonly<Record<TicketKind, ExchangeCost>>;
  /** A Ticket Resolve for another KMS. */
  readonly answer: Readonly<Record<TicketKind, ExchangeCost>>;
}

/**
 * Measures: for each kind of ticket, a call to one endpoint at the same KMS, and one to an endpoint at another one.
 *
 * @param suite - algorithms; default sha256
 */
export function measureCosts(suite: Scenario['suite'] = 'sha256'): Costs {
  const measured = ticketKinds.map((kind) => {
    const home = measureExchanges(costScenario({ kind, suite, foreign: false }), 'kms');
    const scenario = costScenario({ kind, suite, foreign: true });
    return { kind, home, abroad: measureExchanges(scenario, 'kms-b'), asked: measureExchanges(scenario, 'kms') };
  });
  const byKind = (cost: (of: (typeof measured)[number]) => ExchangeCost): Costs['resolve'] =>
    Object.fromEntries(measured.map((of) => [of.kind, cost(of)])) as Costs['resolve'];
  const request = (kind: 'user' | 'group'): ExchangeCost =>
    costOf(measured.find((of) => of.kind === kind)?.home ?? [], 'REQUEST_RESP');
  return {
    request: { user: request('user'), group: request('group') },
    resolve: byKind(({ home }) => costOf(home, 'RESOLVE_RESP')),
    ask: byKind(({ abroad }) => together(abroad)),
    answer: byKind(({ asked }) => costOf(asked, 'RESOLVE_RESP')),
  };
}

/** The exchange that ends with a message. @throws RangeError if there is none */
function costOf(exchanges: readonly MeasuredExchange[], type: string): ExchangeCost {
  const found = exchanges.find((exchange) => exchange.type === type);
  if (!found) throw new RangeError(`the run has no ${type}`);
  const { messages, octets, operations } = found;
  return { messages, octets, operations };
}

function together(exchanges: readonly MeasuredExchange[]): ExchangeCost {
  return {
    messages: exchanges.reduce((sum, { messages }) => sum + messages, 0),
    octets: exchanges.reduce((sum, { octets }) => sum + octets, 0),
    operations: sumOperations(exchanges.map(({ operations }) => [1, operations])),
  };
}

/** A message that a KMS took and what it sent because of it. */
export interface MeasuredExchange extends ExchangeCost {
  /** The type of what it sent. */
  readonly type: string;
}

/** Every message that a KMS sends in a run, with the one that made it do so, and what it computed in between. */
export function measureExchanges(scenario: Scenario, kms: string): readonly MeasuredExchange[] {
  const counting = countingParties(interpretation('costs'));
  const exchanges: MeasuredExchange[] = [];
  let before = counting.countsOf(kms);
  let incoming: readonly number[] = [];
  play(counting.interpretation, scenario, {
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
